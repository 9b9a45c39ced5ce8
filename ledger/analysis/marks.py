"""What a contribution is, beside its number: which line, of what stage, how it was checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.calc.lines import Ratings


class Sort(StrEnum):
    """Why nothing goes on from here, or that something does."""

    INPUT = "input"  # a line that takes a statement which is looked into
    LINE = "line"  # a gas or a published figure
    FACTOR = "factor"  # a factor without inventory
    HIDDEN = "hidden"  # what the issuer keeps to itself
    ABSENT = "absent"  # a line whose statement is not available or not readable
    ROUNDING = "rounding"
    DIFFERENCE = "difference"  # open lines that were not recomputed leave this of the signed total


@dataclass(frozen=True, eq=False)
class Mark:
    """``checked`` is one of the coverage's four; ``unstated`` the share, 0 to 1, without GWP set.

    ``components`` are kg CO2e per declared amount, without uptake and "of which"; ``primary`` is
    in percent. ``line`` is the line's index in the inventory of the statement it stands in.
    """

    sort: Sort
    description: str
    checked: str
    stage: str | None = None
    line: int | None = None
    components: Mapping[str, Fraction] = field(default_factory=dict)
    primary: Fraction | None = None
    ratings: Ratings | None = None
    unstated: Fraction = Fraction(0)
    gas: str | None = None
    published: bool = False
