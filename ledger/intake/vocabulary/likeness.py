"""Which of some texts is most like another one: what somebody probably meant.

The only place that compares texts so, within bounds: both may come from a file.
"""

from __future__ import annotations

from difflib import get_close_matches  # noqa: TID251 - bounded here
from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST: Final = 64
_AMONG: Final = 512


def most_like(text: str, known: Iterable[str]) -> str | None:
    """Return the known text that is most like ``text``, None if none is like it.

    Its first 64 characters are compared with the first 512 of ``known``. Cost: up to 20 ms; who
    asks for many texts of a file asks for those that are shown.

    ``most_like("plate-2", ["plate-1", "bolt"])`` is ``"plate-1"``.
    """
    near = get_close_matches(text[:_LONGEST], list(islice(known, _AMONG)), n=1)
    return near[0] if near else None
