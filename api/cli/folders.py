"""A folder that a command writes many files into: what stands there already is not written over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootprint.ledger.core.errors import Refused

if TYPE_CHECKING:
    from pathlib import Path


def new_folder(folder: Path) -> Path:
    """Return a new folder, or one that is empty; raise Refused where it holds anything.

    Files of an earlier run would stand among the new ones, and be composed with them.
    """
    if folder.exists() and any(folder.iterdir()):
        message = f"{folder} is not empty"
        raise Refused(message, remedy="give --out a folder that is new or empty")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
