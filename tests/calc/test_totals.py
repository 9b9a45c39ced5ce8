"""Totals from lines, against sums written out again in Fractions."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootprint.calc.lines import Cited, Gas, Line, Published, Ratings
from rootprint.calc.rounding import half_up
from rootprint.calc.totals import FOSSIL, UPTAKE, excluding_uptake, lines_move_a_total, totals

_COMPONENTS = (FOSSIL, "biogenicNonCO2Emissions", UPTAKE, "aircraftGhgEmissions")
_STAGES = ("raw-material", "manufacturing", "end-of-life")

results = st.fixed_dictionaries(
    {FOSSIL: st.decimals(min_value=0, max_value=10**6, places=9)},
    optional={
        "biogenicNonCO2Emissions": st.decimals(min_value=0, max_value=10**3, places=9),
        UPTAKE: st.decimals(min_value=-(10**3), max_value=0, places=9),
        "aircraftGhgEmissions": st.decimals(min_value=0, max_value=10**3, places=9),
    },
)
ratings = st.none() | st.tuples(
    *[st.fractions(min_value=1, max_value=5, max_denominator=10) for _ in range(3)]
)


def _line(stage: str, *, primary: bool, share: Fraction, quality: Ratings | None) -> Line:
    cited = Cited("kilogram", Fraction(1), {}, share, None, {"AR6": Fraction(100)})
    return Line(stage, Fraction(1), "kilogram", cited, primary, quality)


lines = st.builds(
    _line,
    st.sampled_from(_STAGES),
    primary=st.booleans(),
    share=st.fractions(min_value=0, max_value=100, max_denominator=100),
    quality=ratings,
)


@given(pairs=st.lists(st.tuples(lines, results), min_size=1, max_size=12))
def test_totals_are_the_sums_rounded_once(
    pairs: list[tuple[Line, dict[str, Decimal]]],
) -> None:
    own, values = [line for line, _ in pairs], [result for _, result in pairs]
    found = totals(own, values, digits=12, line_digits=9)
    weights = [Fraction(v[FOSSIL]) + Fraction(v.get("biogenicNonCO2Emissions", 0)) for v in values]
    exact = sum(weights, Fraction(0))
    places = max(0, -int(found.excluding.as_tuple().exponent))
    assert found.excluding == half_up(exact, places)
    assert found.including == half_up(
        exact + sum(Fraction(v.get(UPTAKE, 0)) for v in values), places
    )
    for name in _COMPONENTS:
        together = sum((Fraction(value[name]) for value in values if name in value), Fraction(0))
        assert found.components.get(name, Decimal(0)) == half_up(together, places)
    for stage in _STAGES:
        there = [w for w, line in zip(weights, own, strict=True) if line.stage == stage]
        if there:
            assert found.stages[stage] == half_up(sum(there, Fraction(0)), places)
    if exact:
        shares = [w * line.primary_share for w, line in zip(weights, own, strict=True)]
        assert found.primary_share == half_up(sum(shares, Fraction(0)) / exact, 4)
    _check_quality(found.quality, weights, own)


def _check_quality(
    found: tuple[Decimal, Decimal, Decimal] | None, weights: list[Fraction], lines: list[Line]
) -> None:
    rated = [(w, line.ratings) for w, line in zip(weights, lines, strict=True) if w]
    if not rated or any(rating is None for _, rating in rated):
        assert found is None
        return
    assert found is not None
    total = sum((w for w, _ in rated), Fraction(0))
    for place in range(3):
        weighed = [w * rating[place] for w, rating in rated if rating is not None]
        assert found[place] == half_up(sum(weighed, Fraction(0)) / total, 4)


def test_including_is_excluding_plus_uptake_and_an_of_which_counts_in_neither() -> None:
    result = {
        FOSSIL: Decimal("3.0"),
        UPTAKE: Decimal("-1.2"),
        "aircraftGhgEmissions": Decimal("0.5"),
    }
    found = totals([_line("use", primary=False, share=Fraction(0), quality=None)], [result],
                   digits=4, line_digits=9)  # fmt: skip
    assert (found.excluding, found.including) == (Decimal("3.000"), Decimal("1.800"))
    assert excluding_uptake(result) == 3


def test_a_line_is_primary_only_if_activity_and_factor_are() -> None:
    """PACT Methodology V3: missing is 0; a published figure is never primary, a meter is."""
    cited = Cited("kilogram", Fraction(1), {}, Fraction(40), None, {})
    published = Published(Fraction(1), "kilogram", FOSSIL)

    def share(source: Cited | Gas | Published, *, primary: bool) -> Fraction:
        return Line("use", Fraction(1), "kilogram", source, primary).primary_share

    assert share(cited, primary=True) == 40
    assert share(cited, primary=False) == 0
    assert share(published, primary=True) == 0
    assert share(Gas("CO2", "AR6"), primary=True) == 100


def test_removals_weigh_by_their_absolute_value() -> None:
    removed = {"technologicalCO2Removals": Decimal(-1)}
    emitted = {FOSSIL: Decimal(3)}
    found = totals(
        [
            _line("use", primary=True, share=Fraction(100), quality=None),
            _line("use", primary=False, share=Fraction(0), quality=None),
        ],
        [removed, emitted],
        digits=4,
        line_digits=9,
    )
    assert found.primary_share == Decimal("25.0000")
    assert found.excluding == Decimal("2.000")


@pytest.mark.parametrize(
    ("lines_", "line_digits", "moved"),
    [
        (["0.0000000014"], 9, True),  # 29 % off, and shown with all its digits
        (["0.0000000014"], 10, False),
        (["1.0004999995"], 9, False),
        (["0.0000005005"], 9, False),  # by 0.0999 %
        (["0.0000004995"], 9, True),  # by 0.1001 %
        (["1", "0.0000000004"], 9, False),
        (["0.0000000004"] * 4, 9, True),  # each is nothing, all together are something
        (["0.1234567891", "-0.1234567891"], 9, False),
        (["0.0000000006", "0.0000000006", "-0.0000000012"], 9, True),
    ],
)
def test_rounded_lines_may_move_a_total_by_a_thousandth(
    lines_: list[str],
    line_digits: int,
    moved: bool,  # noqa: FBT001 - a row of the table
) -> None:
    exact = [{FOSSIL: Fraction(text)} for text in lines_]
    rounded = [{FOSSIL: half_up(one[FOSSIL], line_digits)} for one in exact]
    assert lines_move_a_total(exact, rounded, digits=6, line_digits=line_digits) is moved


@pytest.mark.parametrize(
    ("fossil", "uptake", "moved"),
    [
        ("0", "-0.0000000014", True),
        ("1", "-0.0000000014", False),
        ("1", "-1.0000000004", False),  # in the places of the other total it is zero either way
        ("0.0000100000", "-0.0000100014", True),
    ],
)
def test_the_total_with_uptake_is_moved_where_that_shows(
    fossil: str,
    uptake: str,
    moved: bool,  # noqa: FBT001 - a row of the table
) -> None:
    exact = [{FOSSIL: Fraction(fossil), UPTAKE: Fraction(uptake)}]
    rounded = [{name: half_up(value, 9) for name, value in exact[0].items()}]
    assert lines_move_a_total(exact, rounded, digits=6, line_digits=9) is moved


@given(st.lists(st.fractions(min_value=0, max_value=10, max_denominator=10**12), min_size=1))
def test_more_places_bring_a_total_of_emissions_within_the_limit(values: list[Fraction]) -> None:
    exact = [{FOSSIL: value} for value in values]
    rounded = [{FOSSIL: half_up(value, 30)} for value in values]
    assert not lines_move_a_total(exact, rounded, digits=6, line_digits=30)
