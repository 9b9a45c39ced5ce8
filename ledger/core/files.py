"""Files that a caller names: read whole, within a limit, in words where that is not possible."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from rootprint.ledger.core.errors import NotFound, Unavailable

FileName = str | PathLike[str]


def read_file(name: FileName, most: int) -> bytes:
    """Return a file's bytes, one more than ``most`` of a longer one, for its reader to refuse.

    Raises NotFound where there is no such file, Unavailable where it can't be read.
    """
    try:
        with Path(name).open("rb") as file:
            return file.read(most + 1)
    except FileNotFoundError as error:
        message = f"there is no file {name}"
        raise NotFound(message, remedy="check the name, and the folder you are in") from error
    except OSError as error:
        message = f"{name} can't be read: {error.strerror}"
        raise Unavailable(message, remedy="give a file that you may read") from error


def beside(name: FileName, other: str) -> str:
    """Return the path of what the file ``name`` calls ``other``: relative to its own folder."""
    return str(Path(name).parent / other)
