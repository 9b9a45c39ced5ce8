"""May this footprint enter that one, and how well? Judged by the base rule, a table with a version.

Basis, GWP sets, periods: PACT Methodology V3 sections 3.2.2, 3.2.3 and 3.3.1; of boundaries only an
emission's factor, as the others are law 7's (``calc.laws.stages``). A finding is a sentence; None
means compatible. Periods that lie apart lower the temporal rating long before they are
incompatible: ``gap_rating``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

UNSTATED = "unstated"
BEST_RATING = 1
Period = tuple[int, int]
SECONDS_A_YEAR = 31_557_600


@dataclass(frozen=True, slots=True)
class Terms:
    """What a footprint says of itself that decides what it may be added to.

    ``period`` is (start, end) of the reference period in Unix seconds; ``includes_transmission``
    and ``service`` are None where it is not said. ``unit`` is the declared one, ``quantity`` its
    qualifiers.
    """

    boundary: str
    basis: str
    sets: frozenset[str]
    period: Period
    classifications: frozenset[str]
    includes_transmission: bool | None
    role: str = "product"
    unit: str = ""
    service: str | None = None
    quantity: Mapping[str, str] = field(default_factory=dict)


def why_incompatible(
    rule: Mapping[str, Any], citing: Terms, cited: Terms, *, emission: bool
) -> str | None:
    """Return why ``cited`` may not enter ``citing``, or None.

    ``emission`` says that the line is an own emission, which wants a direct-only factor.
    """
    basis = rule["emissionBasis" if emission else "lifeCycleBasis"]
    if cited.basis not in basis:
        where = "an emission line" if emission else "a line other than an own emission"
        return f"its basis is {cited.basis}, and {where} takes {', '.join(basis)}"
    allowed = rule["emissionInputs"]
    if emission and cited.boundary not in allowed:
        return f"its boundary is {cited.boundary}, and this place takes {', '.join(allowed)}"
    if not cited.sets <= citing.sets:
        unnamed = ", ".join(sorted(cited.sets - citing.sets))
        return f"its GWP set {unnamed} is not named in characterizationSets"
    if _gap(citing.period, cited.period) > rule["maxPeriodGapYears"] * SECONDS_A_YEAR:
        return f"its reference period is more than {rule['maxPeriodGapYears']} years away"
    return None


def gap_rating(rule: Mapping[str, Any], citing: Period, cited: Period) -> int:
    """Return the best temporal rating, 1 to 5, that the gap between two periods leaves.

    It counts from the end of the earlier to the start of the later; overlapping periods have none.
    A rating that is worse already stays: a gap never improves one.
    """
    gap = _gap(citing, cited)
    reached = (
        step["rating"]
        for step in rule["temporalRatings"]
        if gap >= step["gapYears"] * SECONDS_A_YEAR
    )
    return max(reached, default=BEST_RATING)


def _gap(one: Period, other: Period) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)
