"""The base rule's table: what may enter what, and the sentence where it may not."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from calc.compatibility import Terms, transmission_counted_twice, why_incompatible
from ledger.core.tables import tables

RULE = tables().rule
YEAR = 31_557_600
TERMS = Terms("cradle-to-gate", "life-cycle", frozenset({"AR6"}), (0, YEAR), frozenset(), False)  # noqa: FBT003
BOUNDARIES = ("cradle-to-gate", "cradle-to-grave", "gate-to-gate", "gate-to-grave")

# citing boundary -> boundaries that may enter, apart from an own emission
ALLOWED = {
    "cradle-to-gate": {"cradle-to-gate"},
    "cradle-to-grave": {"cradle-to-gate", "cradle-to-grave"},
}


@pytest.mark.parametrize(("citing", "cited"), list(product(ALLOWED, BOUNDARIES)))
def test_boundaries(citing: str, cited: str) -> None:
    why = why_incompatible(
        RULE, replace(TERMS, boundary=citing), replace(TERMS, boundary=cited), emission=False
    )
    if cited in ALLOWED[citing]:
        assert why is None
    else:
        assert why is not None
        assert why.startswith(f"its boundary is {cited}, and this place takes cradle-to-gate")


@pytest.mark.parametrize(
    ("basis", "emission", "why"),
    [
        ("life-cycle", False, None),
        ("direct-only", True, None),
        ("direct-only", False, "its basis is direct-only, and a line other than an own emission"),
        ("life-cycle", True, "its basis is life-cycle, and an emission line takes direct-only"),
    ],
)
def test_a_direct_only_factor_stands_under_emission_and_nowhere_else(
    basis: str,
    emission: bool,  # noqa: FBT001 - a row of the table
    why: str | None,
) -> None:
    boundary = "gate-to-gate" if emission else "cradle-to-gate"
    cited = replace(TERMS, basis=basis, boundary=boundary)
    found = why_incompatible(RULE, TERMS, cited, emission=emission)
    assert found is None if why is None else str(found).startswith(why)


@pytest.mark.parametrize(
    ("citing", "cited", "named"),
    [
        ({"AR6"}, {"AR6"}, True),
        ({"AR5", "AR6"}, {"AR5"}, True),
        ({"AR6"}, {"AR5"}, False),
        ({"AR6"}, {"unstated"}, False),
        ({"AR6", "unstated"}, {"unstated", "AR6"}, True),
    ],
)
def test_gwp_sets_mix_only_where_all_are_named(
    citing: set[str],
    cited: set[str],
    named: bool,  # noqa: FBT001 - a row of the table
) -> None:
    why = why_incompatible(
        RULE,
        replace(TERMS, sets=frozenset(citing)),
        replace(TERMS, sets=frozenset(cited)),
        emission=False,
    )
    assert (why is None) is named
    assert named or "is not named in characterizationSets" in str(why)


@pytest.mark.parametrize("sign", [1, -1])
def test_periods_may_lie_ten_years_apart_and_not_a_second_more(sign: int) -> None:
    gap = RULE["maxPeriodGapYears"] * YEAR
    own = replace(TERMS, period=(100 * YEAR, 101 * YEAR))

    def why(extra: int) -> str | None:
        start = (101 * YEAR + gap + extra) if sign > 0 else (99 * YEAR - gap - extra)
        other = replace(TERMS, period=(start, start + YEAR))
        return why_incompatible(RULE, own, other, emission=False)

    assert why(0) is None
    assert why(1) == "its reference period is more than 10 years away"


def test_transmission_is_not_added_to_electricity_that_includes_it() -> None:
    mark = RULE["transmissionClassification"]
    line = replace(TERMS, classifications=frozenset({mark}))
    including = replace(TERMS, includes_transmission=True)
    assert transmission_counted_twice(RULE, [line, including])
    assert not transmission_counted_twice(RULE, [line, TERMS])
    assert not transmission_counted_twice(RULE, [including, including])
    assert not transmission_counted_twice(RULE, [])
