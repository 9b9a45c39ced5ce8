"""What a law finds: a sentence on the lines that it is about, and how much it weighs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    """``unsaid``: the law can't be checked, since something it asks for was never said."""

    BROKEN = "broken"
    UNSAID = "unsaid"
    NOTICE = "notice"


@dataclass(frozen=True)
class Finding:
    """``lines`` are the lines concerned, the one to correct first; ``what`` is said of it.

    ``member`` is the line's member to correct: stage, source or amount. Without lines ``what`` is
    of the whole footprint, and so is ``member``. ``remedy`` is for who composes.
    """

    weight: Weight
    what: str
    remedy: str = ""
    lines: tuple[int, ...] = ()
    member: str = "source"
