"""The base rule's table: what may enter what, and the sentence where it may not."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootprint.calc.compatibility import (
    Terms,
    gap_rating,
    why_incompatible,
)
from rootprint.calc.lines import Cited, Line, Ratings
from rootprint.ledger.core.tables import tables

RULE = tables().rule
YEAR = 31_557_600
TERMS = Terms("cradle-to-gate", "life-cycle", frozenset({"AR6"}), (0, YEAR), frozenset(), False)  # noqa: FBT003


@pytest.mark.parametrize(
    ("boundary", "fits"),
    [
        ("gate-to-gate", True),
        ("gate-to-grave", True),
        ("cradle-to-gate", False),
        ("cradle-to-grave", False),
    ],
)
def test_the_boundary_of_an_emission_s_factor(
    boundary: str,
    fits: bool,  # noqa: FBT001 - a row of the table
) -> None:
    direct = replace(TERMS, basis="direct-only", boundary=boundary)
    why = why_incompatible(RULE, TERMS, direct, emission=True)
    assert (why is None) is fits
    assert fits or str(why).startswith(f"its boundary is {boundary}, and this place takes")


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


@pytest.mark.parametrize(("years", "rating"), [(0, 1), (3, 2), (6, 3), (10, 4), (15, 5), (40, 5)])
def test_a_gap_of_years_leaves_the_pedigree_matrix_s_rating(years: int, rating: int) -> None:
    """Temporal correlation: less than 3, 6, 10, 15 years are 1, 2, 3, 4; whichever is earlier."""
    own, other = (100 * YEAR, 101 * YEAR), ((99 - years) * YEAR, (100 - years) * YEAR)
    assert gap_rating(RULE, own, other) == gap_rating(RULE, other, own) == rating
    if rating > 1:
        nearer = (other[0], other[1] + 1)  # a second less than so many years
        assert gap_rating(RULE, own, nearer) == max(1, rating - (years != 40))


def test_the_table_s_steps_rise() -> None:
    steps = [(one["gapYears"], one["rating"]) for one in RULE["temporalRatings"]]
    assert all(
        low < high for one, two in pairwise(steps) for low, high in zip(one, two, strict=True)
    )
    assert all(1 < rating <= 5 for _, rating in steps)


times = st.integers(0, 60 * YEAR)
periods = st.tuples(times, times).map(lambda two: (min(two), max(two)))
scores = st.fractions(min_value=1, max_value=5, max_denominator=100)


@given(own=periods, cited=periods, further=times, rated=st.tuples(scores, scores, scores))
def test_a_gap_never_improves_a_rating(
    own: tuple[int, int], cited: tuple[int, int], further: int, rated: Ratings
) -> None:
    """Nor does a longer one improve on a shorter, nor does it touch technology or geography."""
    cited = (cited[0] - 120 * YEAR, cited[1] - 120 * YEAR)
    earlier = (cited[0] - further, cited[1] - further)
    near, far = gap_rating(RULE, own, cited), gap_rating(RULE, own, earlier)
    assert 1 <= near <= far <= 5

    def entering(gap: int, given_by: str) -> Ratings:
        source = Cited("kilogram", Fraction(1), {}, Fraction(0), rated, {})
        own_rating = rated if given_by == "line" else None
        line = Line("use", Fraction(1), "kilogram", source, False, own_rating, gap)  # noqa: FBT003
        assert line.ratings is not None
        return line.ratings

    for given_by in ("line", "cited"):
        first, second = entering(near, given_by), entering(far, given_by)
        assert first[:2] == second[:2] == rated[:2]
        assert rated[2] <= first[2] <= second[2]
        assert first[2] in {rated[2], near}


def test_periods_that_touch_or_overlap_have_no_gap() -> None:
    own = (10 * YEAR, 11 * YEAR)
    for other in ((9 * YEAR, 10 * YEAR), (0, 50 * YEAR), (11 * YEAR, 60 * YEAR)):
        assert gap_rating(RULE, own, other) == 1
