"""What a footprint is made of: tier by tier, path by path, grouped; and what rests on whom.

Everything is an identity on known unit footprints: parts sum to the total they are parts of. The
same code runs on exact rationals (what is signed) and on doubles. Shares weigh by |contribution|,
so that a removal never makes a share negative or larger than the whole.
"""

from rootprint.calc.contributions.grouping import Group, grouped, tiers
from rootprint.calc.contributions.model import Composition, Input, Own, Part, Unit, closed
from rootprint.calc.contributions.paths import Limits, Rest, Row, Traversal, traverse
from rootprint.calc.contributions.resting import Flags, by_highest_rank, resting_on

__all__ = [
    "Composition",
    "Flags",
    "Group",
    "Input",
    "Limits",
    "Own",
    "Part",
    "Rest",
    "Row",
    "Traversal",
    "Unit",
    "by_highest_rank",
    "closed",
    "grouped",
    "resting_on",
    "tiers",
    "traverse",
]
