"""``--pack-file``: rule packs that did not come with this version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from rootprint.api.cli.failing import Misused
from rootprint.api.cli.options import InputFile, input_name, read_input
from rootprint.ledger.core.errors import LedgerError
from rootprint.ledger.rules import Library, library, parse_pack

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

F = TypeVar("F", bound="Callable[..., Any]")


def pack_files(command: F) -> F:
    """Add ``--pack-file FILE``, repeatable; the command gets ``packs``, a Library with them too."""
    return click.option(
        "--pack-file",
        "packs",
        type=InputFile,
        multiple=True,
        callback=_library,
        help="A rule pack (JSON) that did not come with this version; repeatable.",
    )(command)


def _library(_ctx: Any, _param: Any, paths: tuple[Path, ...]) -> Library:
    try:
        read = [parse_pack(read_input(path), where=input_name(path)) for path in paths]
        return library().extended(read) if read else library()
    except LedgerError as error:
        # The user's own file: that it can't be read says nothing of a draft or of evidence.
        message = f"--pack-file: {Exception.__str__(error)}"
        raise Misused(message, remedy=error.remedy) from error
