"""Law 6: what is cited of a product is compared with what was made of it.

More cited than made is an alarm and no failure: stocks, rounding of a declared amount, or a period
that is counted otherwise can make it so of two true statements.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rootprint.calc.compatibility import Period


@dataclass(frozen=True)
class Delivery:
    """What one footprint takes of another per its declared amount, and what was made of it.

    ``taken`` is in the supplier's declared unit; ``made`` and ``declared`` are in the taker's.
    ``made`` is None where it is not known here.
    """

    period: Period
    taken: Fraction
    declared: Fraction
    made: Fraction | None


def delivered(period: Period, deliveries: Iterable[Delivery]) -> tuple[Fraction, bool]:
    """Return how much was taken in all within ``period``, and whether all that was taken is known.

    Only takers whose own period lies within the supplier's are counted: what was made then is what
    they could take. How much another one took of it is not known.
    """
    total, known = Fraction(0), True
    for one in deliveries:
        within = period[0] <= one.period[0] and one.period[1] <= period[1]
        if one.made is None or not within:
            known = False
        else:
            total += one.taken * one.made / one.declared
    return total, known
