"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ledger.core.encoding import digest_bytes

if TYPE_CHECKING:
    from api.cli.group import Session
    from api.workspace import Workspace

F = TypeVar("F", bound=Callable[..., Any])
InputFile = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)


class Digest(click.ParamType[bytes]):
    """``sha256:`` and 64 hexadecimal digits."""

    name = "digest"

    def convert(self, value: Any, param: Any, ctx: Any) -> bytes:
        """Return 32 bytes."""
        if isinstance(value, bytes):
            return value
        try:
            return digest_bytes(value)
        except Exception as error:  # noqa: BLE001 - click reports it with the parameter's name
            return self.fail(str(error), param, ctx)


def _set_format(ctx: click.Context, _param: click.Parameter, value: str) -> str:
    ctx.find_root().obj.format = value
    return value


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


@contextmanager
def opened(session: Session) -> Iterator[Workspace]:
    """Open the ledger's folder for a command."""
    from api.workspace import Workspace  # noqa: PLC0415 - verify must not need the store

    with Workspace.open(
        session.home, passphrase=session.passphrase, insecure=session.insecure
    ) as workspace:
        yield workspace


def read_input(path: Path) -> bytes:
    """Read a file, or stdin for ``-``."""
    with click.open_file(str(path), "rb") as file:
        data: bytes = file.read()
    return data
