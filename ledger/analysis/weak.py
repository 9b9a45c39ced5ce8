"""Where a footprint is weak: what rests on less than a recomputed, recent, rated number.

A ranking, not a partition: one contribution may be weak for several reasons, and what is not known
(no rating) is not called weak.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from rootprint.calc.compatibility import SECONDS_A_YEAR
from rootprint.calc.contributions import Flags, grouped, resting_on
from rootprint.ledger.analysis.marks import Mark, Sort
from rootprint.ledger.core.encoding import time_seconds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rootprint.calc.contributions import Own
    from rootprint.calc.lines import Ratings
    from rootprint.ledger.analysis.reading import Known
    from rootprint.ledger.verify import Context

# PACT Tech Specs V3: without a validity of its own a footprint is good for three years from the
# end of its reference period.
OLD_AFTER_YEARS: Final = 3
LOW_FROM: Final = Fraction(3)  # a rating above this, of 1 (best) to 5
REASONS: Final = (
    "only signed",
    "published figure",
    "old period",
    "GWP set unstated",
    "low data quality",
)
_SIGNED, _PUBLISHED, _OLD, _UNSTATED, _LOW = REASONS


@dataclass(frozen=True)
class Weakness:
    """One place and what is weak there; ``weight`` is the Σ |contribution| that rests on it.

    ``mark`` is None where the whole statement is meant. ``detail`` says it in numbers.
    """

    reason: str
    unit: int
    mark: Mark | None
    detail: str
    weight: float


def weaknesses(known: Known, context: Context) -> list[Weakness]:
    """Return every weak place below the subject, the heaviest first."""
    takes = known.composition.graph.takes(known.subject)
    found = []
    for number, (reason, detail, mark, weight, _) in _all(known, context):
        amount = abs(float(takes[number]))
        if amount and weight:
            found.append(Weakness(reason, number, mark, detail, amount * weight))
    return sorted(found, key=lambda weakness: -weakness.weight)


def by_reason(known: Known, context: Context) -> dict[str, float]:
    """Return the Σ |contribution| weak for each reason, each contribution once."""
    flags = {reason: Flags() for reason in REASONS}
    for number, (reason, _, mark, _, place) in _all(known, context):
        if mark is None:
            flags[reason].units.add(number)
        elif mark.sort is Sort.INPUT:
            flags[reason].inputs.add((number, place))
        else:
            flags[reason].own.add((number, place))
    weights = {
        reason: resting_on(known.composition, known.subject, flag) for reason, flag in flags.items()
    }
    # A part of a contribution can't be flagged: what has several GWP sets is summed by its share.
    shares = grouped(known.composition, known.subject, _by_set)
    return {**weights, _UNSTATED: shares[True].gross if True in shares else 0.0}


def _by_set(_unit: int, own: Own[Fraction]) -> Iterator[tuple[bool, float]]:
    yield True, float(own.value * own.label.unstated)
    yield False, float(own.value * (1 - own.label.unstated))


_Found = tuple[str, str, Mark | None, float, int]


def _all(known: Known, context: Context) -> Iterator[tuple[int, _Found]]:
    gross = known.composition.gross
    for number, unit in enumerate(known.composition.units):
        age = _age(known, number, context)
        if age > OLD_AFTER_YEARS:
            detail = f"its reference period ended {age:.1f} years before"
            yield number, (_OLD, detail, None, float(gross[number]), 0)
        for place, own in enumerate(unit.own):
            for reason, detail in _of(own.label):
                part = float(own.label.unstated) if reason == _UNSTATED else 1.0
                yield number, (reason, detail, own.label, part * abs(float(own.value)), place)
        for place, taken in enumerate(unit.inputs):
            weight = abs(float(taken.scale)) * float(gross[taken.cited])
            for reason, detail in _low(taken.label.ratings):
                yield number, (reason, detail, taken.label, weight, place)


def _of(mark: Mark) -> Iterator[tuple[str, str]]:
    if mark.checked == "signed" and mark.sort is not Sort.ROUNDING:
        yield _SIGNED, _WHY[mark.sort]
    if mark.published:
        yield _PUBLISHED, "it is not signed"
    if mark.unstated:
        yield _UNSTATED, f"{100 * float(mark.unstated):.0f} % of it names no GWP set"
    yield from _low(mark.ratings)


_WHY: Final = {
    Sort.HIDDEN: "the inventory is hidden and no assurance stands in for it",
    Sort.ABSENT: "the statement it takes is not available",
    Sort.DIFFERENCE: "its arithmetic could not be checked",
    Sort.FACTOR: "it was not recomputed",
    Sort.LINE: "it was not recomputed",
}


def _low(ratings: Ratings | None) -> Iterator[tuple[str, str]]:
    if ratings is not None and max(ratings) > LOW_FROM:
        yield _LOW, f"rated {_shown(ratings)} (technological, geographical, temporal; 1 is best)"


def _shown(ratings: Sequence[Fraction]) -> str:
    return ", ".join(f"{float(rating):g}" for rating in ratings)


def _age(known: Known, number: int, context: Context) -> float:
    end = known.statements[number].subject["pcf"]["referencePeriodEnd"]
    return (context.as_of - time_seconds(end, what="referencePeriodEnd")) / SECONDS_A_YEAR
