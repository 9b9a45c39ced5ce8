"""A footprint without lines: what a publication prints is stated as it is, and adds up.

A printed total stays the total. Where its printed parts come to a little more or less, as rounded
figures do, the difference is a component of its own; beyond what rounding can do it is refused, and
the higher of the two is what can be stated.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from rootprint.calc.columns import DIFFERENCE, excluding, memo
from rootprint.calc.equations import EXCLUDING_TOTAL, INCLUDING_TOTAL, including_slack
from rootprint.ledger import figures
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.verify.rulings import equations

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

plain = equations.plain
_CORRECT = "correct the figure that is wrong, or state the sum of the parts"
_ADD = "correct the figure that is wrong, or state what is left of the total in the part it is of"


def settled(
    subject: Mapping[str, Any], find: Callable[[tuple[str, ...], str, str], None]
) -> dict[str, Any]:
    """Return the subject with totals that are exactly the sums of its components.

    ``find(path, what, remedy)`` is called with what was computed. Raises Refused, with both sums,
    where the printed figures are further apart than rounding can bring them.
    """
    pcf = dict(subject["pcf"])
    components = figures.components(subject)
    stated, found = figures.exact(pcf[EXCLUDING_TOTAL]), excluding(components)
    parts = found - components.get(DIFFERENCE, Fraction(0))
    given = DIFFERENCE in pcf
    if (given and stated != found) or equations.difference_fault(pcf, stated - parts) is not None:
        raise _apart(EXCLUDING_TOTAL, stated, found if stated != found else parts)
    if stated != found:
        pcf[DIFFERENCE] = plain(stated - found)
        find(
            ("pcf", EXCLUDING_TOTAL),
            f"is {plain(stated)}, and the printed components add up to {plain(found)}: the"
            f" difference is stated as {DIFFERENCE}",
            "nothing to do if the publication rounds its figures",
        )
    wanted = stated + memo(components)
    printed = figures.exact(pcf[INCLUDING_TOTAL])
    if printed != wanted:
        if abs(printed - wanted) > including_slack(components, pcf[INCLUDING_TOTAL]):
            raise _apart(INCLUDING_TOTAL, printed, wanted)
        pcf[INCLUDING_TOTAL] = plain(wanted)
        find(
            ("pcf", INCLUDING_TOTAL),
            f"is {plain(printed)}, and the figures beside it come to {plain(wanted)}, which is"
            " stated",
            "nothing to do if the publication rounds its figures",
        )
    return {**subject, "pcf": pcf}


def _apart(name: str, stated: Fraction, found: Fraction) -> Refused:
    return Refused(
        f"pcf.{name} is {plain(stated)}, and its components add up to {plain(found)}, which is"
        " further apart than rounding can bring them",
        remedy=f"{_CORRECT}, {plain(found)}" if found > stated else _ADD,
    )
