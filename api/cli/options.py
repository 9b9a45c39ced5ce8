"""Options and parameter types that several commands share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from rootprint.api.cli.failing import Misused
from rootprint.api.cli.session import PASSPHRASE, Session
from rootprint.ledger.core.chain import WORD
from rootprint.ledger.core.encoding import digest_bytes, digest_text, hex_bytes, time_seconds
from rootprint.ledger.core.errors import NotAuthorised, NotFound, Refused
from rootprint.ledger.core.schema import rules

if TYPE_CHECKING:
    from rootprint.api.service import Workspace

F = TypeVar("F", bound=Callable[..., Any])
InputFile = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)
STDIO = Path("-")
_ANOTHER = "name yours: --home FOLDER or ROOTPRINT_HOME"
MAX_INPUT = 256 * 1024 * 1024
_DIGITS = 64
_HEXADECIMAL = re.compile(r"[0-9a-f]{6,}")


class _OutputFile(click.Path):
    """A file to write in a folder that is there, or - for stdout; it itself need not be there."""

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        """Return the path; a missing folder is wrong use, reported before anything is done."""
        path = Path(str(super().convert(value, param, ctx)))
        if path != STDIO and not path.parent.is_dir():
            message = f"{path} can't be written: there is no folder {path.parent}"
            raise Misused(message, remedy="make the folder first, or name another file")
        return path


OutputFile = _OutputFile(dir_okay=False, allow_dash=True, path_type=Path)


class Digest(click.ParamType[bytes]):
    """``sha256:`` and 64 hexadecimal digits."""

    name = "digest"

    def convert(self, value: Any, param: Any, ctx: Any) -> bytes:
        """Return 32 bytes."""
        if isinstance(value, bytes):
            return value
        try:
            return digest_bytes(value, what=repr(value))
        except Refused as error:
            return self.fail(str(error), param, ctx)


class StatementName(click.ParamType[bytes]):
    """A statement of the ledger: its digest or the beginning of it, a product id, a title."""

    name = "statement"

    def convert(self, value: Any, param: Any, ctx: Any) -> bytes:
        """Return the digest; what ``ledger.intake.named`` raises is the command's own answer."""
        digits = str(value).removeprefix("sha256:")
        short = len(digits) < _DIGITS and _HEXADECIMAL.fullmatch(digits)
        if isinstance(value, bytes) or (value.startswith("sha256:") and not short):
            return Digest().convert(value, param, ctx)
        from rootprint.ledger.intake import named  # noqa: PLC0415 - verify must not need the store

        session = ctx.find_object(Session)
        with opened(session) as workspace:
            digest = named(workspace.home, value)
        session.say(f"{value}: {digest_text(digest)}")
        return digest


class BlockHash(click.ParamType[bytes]):
    """``0x`` and 64 hexadecimal digits."""

    name = "hash"

    def convert(self, value: Any, param: Any, ctx: Any) -> bytes:
        """Return 32 bytes."""
        if isinstance(value, bytes):
            return value
        try:
            return hex_bytes(value, WORD, what=repr(value))
        except Refused as error:
            return self.fail(str(error), param, ctx)


class Time(click.ParamType[int]):
    """An RFC 3339 time in UTC with Z, such as 2026-11-20T10:00:00Z."""

    name = "time"

    def convert(self, value: Any, param: Any, ctx: Any) -> int:
        """Return Unix seconds."""
        if isinstance(value, int):
            return value
        try:
            return time_seconds(value, what=repr(value))
        except Refused as error:
            return self.fail(f"{error}, such as 2026-11-20T10:00:00Z", param, ctx)


class Did(click.ParamType[str]):
    """A lower-case DID."""

    name = "did"

    def convert(self, value: Any, param: Any, ctx: Any) -> str:
        """Return the DID."""
        try:
            rules.did(value, repr(value))
        except Refused as error:
            self.fail(str(error), param, ctx)
        return str(value)


def formatted(command: F) -> F:
    """Add ``--format text|json`` to a command; JSON is also how it fails then."""
    return click.option(
        "--format",
        type=click.Choice(["text", "json"]),
        default="text",
        callback=_set_format,
        is_eager=True,
        expose_value=False,
        help="How to answer.",
    )(command)


def _set_format(ctx: click.Context, _param: click.Parameter, value: str) -> str:
    ctx.find_object(Session).format = value  # type: ignore[union-attr] # main always sets one
    return value


@contextmanager
def opened(session: Session) -> Iterator[Workspace]:
    """Open the ledger's folder for a command; errors say what the command line can correct."""
    from rootprint.api.service import Workspace  # noqa: PLC0415 - verify must not need the store

    try:
        workspace = Workspace.open(
            session.home, passphrase=session.passphrase, insecure=session.insecure
        )
    except NotFound as error:
        error.remedy = f"{error.remedy}, or {_ANOTHER}" if error.remedy else _ANOTHER
        raise
    with workspace:
        try:
            yield workspace
        except NotFound as error:
            error.remedy = error.remedy or f"if it is in another ledger, {_ANOTHER}"
            raise
        except NotAuthorised as error:
            if PASSPHRASE in error.remedy and session.passphrase is None:
                error.remedy = f"{error.remedy}; {PASSPHRASE} is not set"
            raise


def read_input(path: Path) -> bytes:
    """Read a file, or stdin for ``-``."""
    with click.open_file(str(path), "rb") as file:
        data: bytes = file.read(MAX_INPUT + 1)  # each reader refuses what is beyond its limit
    return data


def input_name(path: Path) -> str:
    """Return what messages call an input."""
    return "stdin" if path == STDIO else str(path)


def write_output(path: Path, data: bytes) -> None:
    """Write a file, or stdout for ``-``."""
    with click.open_file(str(path), "wb") as file:
        file.write(data)


def write_new(path: Path, data: bytes) -> None:
    """Write a file that a person will fill in; raises Refused where there is one of that name."""
    if path.is_file() and path != STDIO:
        message = f"{path} exists already, and is not overwritten"
        raise Refused(message, remedy="name another file under --out, or move that one away")
    write_output(path, data)


def signed_text(path: Path) -> str:
    """Return a statement's text; a draft is JSON, and is refused before anything is opened."""
    text = read_input(path).decode("ascii", errors="replace").strip()
    if text.startswith("{"):
        message = f"{input_name(path)}: this is JSON, like a draft, and is not signed"
        raise Refused(message, remedy="sign it first: rootprint sign")
    return text
