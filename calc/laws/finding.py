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
    """``lines`` are the lines concerned, the one to correct first; ``what`` goes on after them.

    Without lines ``what`` is a whole sentence. ``remedy`` is for who composes.
    """

    weight: Weight
    what: str
    remedy: str = ""
    lines: tuple[int, ...] = ()

    @property
    def sentence(self) -> str:
        """The finding with its line in front, as a verifier tells it."""
        return f"line {self.lines[0]} {self.what}" if self.lines else self.what
