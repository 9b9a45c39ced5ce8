"""May this footprint enter that one? Judged by the base rule, a table with a version.

Boundary, basis, GWP sets, periods, transmission losses counted twice: PACT Methodology V3 sections
3.2.2, 3.2.3 and 3.3.1. A finding is a sentence; None means compatible.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

UNSTATED = "unstated"
_SECONDS_A_YEAR = 31_557_600


@dataclass(frozen=True)
class Terms:
    """What a footprint says of itself that decides what it may be added to.

    ``period`` is (start, end) of the reference period in Unix seconds.
    """

    boundary: str
    basis: str
    sets: frozenset[str]
    period: tuple[int, int]
    classifications: frozenset[str]
    includes_transmission: bool


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
    allowed = _boundaries(rule, citing, emission=emission)
    if cited.boundary not in allowed:
        return f"its boundary is {cited.boundary}, and this place takes {', '.join(allowed)}"
    unnamed = cited.sets - citing.sets
    if unnamed:
        return f"its GWP set {', '.join(sorted(unnamed))} is not named in characterizationSets"
    gap = max(citing.period[0] - cited.period[1], cited.period[0] - citing.period[1], 0)
    if gap > rule["maxPeriodGapYears"] * _SECONDS_A_YEAR:
        return f"its reference period is more than {rule['maxPeriodGapYears']} years away"
    return None


def transmission_counted_twice(rule: Mapping[str, Any], cited: Iterable[Terms]) -> bool:
    """Tell whether a transmission factor stands beside electricity that already includes it."""
    terms = list(cited)
    mark = rule["transmissionClassification"]
    return any(mark in item.classifications for item in terms) and any(
        item.includes_transmission and mark not in item.classifications for item in terms
    )


def _boundaries(rule: Mapping[str, Any], citing: Terms, *, emission: bool) -> list[str]:
    if emission:
        return list(rule["emissionInputs"])
    whole = citing.boundary.endswith("-to-grave")
    return list(rule["cradleToGraveInputs" if whole else "cradleToGateInputs"])
