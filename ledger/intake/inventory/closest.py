"""The name that somebody probably meant."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


_ALL = "leave it out; docs/inventory.md lists all"


def closest(name: str, known: Iterable[str], otherwise: str = _ALL) -> str:
    """Return the remedy for a name that is not known: the nearest one that is."""
    names = list(known)
    near = get_close_matches(name[:64], names, n=1)
    return f"did you mean {near[0]}?" if near else otherwise
