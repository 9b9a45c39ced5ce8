"""Totals from lines, against sums written out again in Fractions."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootprint.calc.columns import FOSSIL, PARTS, UPTAKE, excluding, gross, including
from rootprint.calc.errors import CalculationError
from rootprint.calc.lines import Cited, Gas, Line, Published, Ratings
from rootprint.calc.rounding import half_up, total_places
from rootprint.calc.totals import Totals, digits_that_show, rounded_away, totals

_STAGES = ("raw-material", "manufacturing", "end-of-life")
_REMOVED = "technologicalCO2Removals"
_CREDIT = "substitutionCredits"
_SET_FREE = "biogenicCO2Emissions"
_AIRCRAFT, _LAND = PARTS

positive = st.fractions(min_value=0, max_value=10**6, max_denominator=10**9)
negative = positive.map(lambda value: -value)
results = st.fixed_dictionaries(
    {FOSSIL: st.fractions(min_value=1, max_value=10**6, max_denominator=10**9)},
    optional={
        "biogenicNonCO2Emissions": positive,
        "publicationDifference": positive | negative,
        _REMOVED: negative,
        _CREDIT: negative,
        UPTAKE: negative,
        _SET_FREE: positive,
        _AIRCRAFT: st.fractions(min_value=0, max_value=1, max_denominator=10**9),
        _LAND: st.fractions(min_value=0, max_value=1, max_denominator=10**9),
    },
)
ratings = st.none() | st.tuples(
    *[st.fractions(min_value=1, max_value=5, max_denominator=10) for _ in range(3)]
)
_Pairs = list[tuple[Line, dict[str, Fraction]]]


def _line(
    stage: str,
    *,
    primary: bool = False,
    share: Fraction = Fraction(0),
    quality: Ratings | None = None,
) -> Line:
    cited = Cited("kilogram", Fraction(1), {}, share, None, {"AR6": Fraction(100)})
    return Line(stage, Fraction(1), "kilogram", cited, primary, quality)


lines = st.builds(
    _line,
    st.sampled_from(_STAGES),
    primary=st.booleans(),
    share=st.fractions(min_value=0, max_value=100, max_denominator=100),
    quality=ratings,
)
pairs_of_lines = st.lists(st.tuples(lines, results), min_size=1, max_size=12)


def _totals(pairs: _Pairs, digits: int = 12, line_digits: int = 9) -> Totals:
    own, values = [line for line, _ in pairs], [result for _, result in pairs]
    return totals(own, values, digits=digits, line_digits=line_digits)


def test_only_gross_emissions_weigh() -> None:
    """A removal as large as the emission raises no share, and halves none."""
    mine, other = _line("use", primary=True, share=Fraction(100)), _line("use")
    two = Fraction(2)
    taken = [
        (mine, {FOSSIL: two, _REMOVED: -two}),
        (mine, {_REMOVED: -two, UPTAKE: -two}),
        (other, {FOSSIL: two}),
    ]
    assert _totals(taken).primary_share == 50
    assert _totals([*taken, (other, {"publicationDifference": -Fraction(1)})]).primary_share == 40


@given(pairs=pairs_of_lines)
def test_each_cell_is_rounded_once_and_all_else_is_added(pairs: _Pairs) -> None:
    """Random lines equal exact rationals, rounded by the one rule: per stage and component."""
    emitted = sum((gross(result) for _, result in pairs), Fraction(0))
    found = _totals(pairs)
    places = max(0, total_places(emitted, 12, 9))
    assert found.places == places
    sums: dict[str, Fraction] = {FOSSIL: Fraction(0)}
    for stage in {line.stage for line, _ in pairs}:
        there = [result for line, result in pairs if line.stage == stage]
        names = {name for result in there for name in result}
        assert found.cells[stage].keys() == names
        for name in names:
            together = sum((one[name] for one in there if name in one), Fraction(0))
            assert found.cells[stage][name] == half_up(together, places)
            sums[name] = sums.get(name, Fraction(0)) + Fraction(found.cells[stage][name])
    assert {name: Fraction(value) for name, value in found.components.items()} == sums
    assert found.cells.keys() == {line.stage for line, _ in pairs}


@given(pairs=pairs_of_lines, digits=st.integers(5, 15))
def test_totals_are_the_exact_sums_of_what_is_shown(pairs: _Pairs, digits: int) -> None:
    """What a citing line multiplies, the components, is what the reader sees, to the last digit."""
    try:
        found = _totals(pairs, digits)
    except CalculationError:
        return  # where parts nearly cancel, 0.1 % of the gross may be more than they leave
    assert Fraction(found.excluding) == excluding(found.components)
    assert Fraction(found.including) == including(found.components)
    shown = [found.excluding, found.including, *found.components.values()]
    shown += [value for row in found.cells.values() for value in row.values()]
    assert {-int(value.as_tuple().exponent) for value in shown} == {found.places}


@given(pairs=pairs_of_lines)
def test_a_part_is_never_rounded_beyond_its_whole(pairs: _Pairs) -> None:
    found = _totals(pairs)
    for part in PARTS:
        assert found.components.get(part, Decimal(0)) <= found.components[FOSSIL]


@given(pairs=pairs_of_lines)
def test_shares_and_ratings_weigh_by_the_gross(pairs: _Pairs) -> None:
    found = _totals(pairs)
    own = [line for line, _ in pairs]
    weights = [abs(gross(result)) for _, result in pairs]
    total = sum(weights, Fraction(0))
    if total:
        shares = [w * line.primary_share for w, line in zip(weights, own, strict=True)]
        assert found.primary_share == half_up(sum(shares, Fraction(0)) / total, 4)
    rated = [(w, line.ratings) for w, line in zip(weights, own, strict=True) if w]
    if not rated or any(rating is None for _, rating in rated):
        assert found.quality is None
        return
    assert found.quality is not None
    for place in range(3):
        weighed = [w * rating[place] for w, rating in rated if rating is not None]
        assert found.quality[place] == half_up(sum(weighed, Fraction(0)) / total, 4)


def test_columns_and_memo_flows_stand_apart() -> None:
    result = {
        FOSSIL: Fraction(3),
        _AIRCRAFT: Fraction(1, 2),
        _REMOVED: Fraction(-1),
        _CREDIT: Fraction(-1, 4),
        UPTAKE: Fraction("-1.2"),
        _SET_FREE: Fraction("0.2"),
    }
    found = _totals([(_line("use"), result)], digits=4)
    assert (found.excluding, found.including) == (Decimal("1.750"), Decimal("0.750"))
    assert found.components[UPTAKE] == Decimal("-1.200")
    assert found.components[_SET_FREE] == Decimal("0.200")


def test_places_are_taken_from_the_gross_and_never_from_a_net() -> None:
    """A removal that nearly cancels the emission must not change how either is shown."""
    emitted = (_line("use"), {FOSSIL: Fraction("123.456")})
    removed = (_line("use"), {_REMOVED: Fraction("-123.45")})
    assert _totals([emitted], digits=5).components[FOSSIL] == Decimal("123.46")
    both = _totals([emitted, removed], digits=5)
    assert both.components == {FOSSIL: Decimal("123.46"), _REMOVED: Decimal("-123.45")}
    assert both.excluding == Decimal("0.01")


def test_a_large_total_keeps_its_last_whole_kilogram() -> None:
    """Two totals without biogenic flows are one number, however few digits are asked for."""
    found = _totals([(_line("use"), {FOSSIL: Fraction("12345.67")})], digits=4)
    assert found.excluding == found.including == found.components[FOSSIL] == 12346


def test_a_stage_s_cells_are_rounded_and_not_its_lines() -> None:
    """Four lines that are each too small to show come to something together."""
    small = [(_line("use"), {FOSSIL: Fraction("0.0004")}) for _ in range(4)]
    large = (_line("manufacturing"), {FOSSIL: Fraction("9.5")})
    assert _totals([large, *small], digits=4).components[FOSSIL] == Decimal("9.502")


def test_removals_raise_no_share() -> None:
    """One unassured, primary removal as large as the emission: the emission's share stands."""
    found = _totals(
        [
            (_line("use", primary=True, share=Fraction(100)), {_REMOVED: Fraction(-3)}),
            (_line("use"), {FOSSIL: Fraction(3)}),
        ],
        digits=4,
    )
    assert found.primary_share == Decimal("0.0000")
    assert found.excluding == 0


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


@pytest.mark.parametrize(
    ("figures", "digits", "what", "more"),
    [
        ({FOSSIL: "1.0049"}, 3, "pcfExcludingBiogenicUptake of the gross emissions", "digits"),
        ({FOSSIL: "100", UPTAKE: "-99.95"}, 3, None, None),  # 0.05 % of the gross
        (
            {FOSSIL: "100", UPTAKE: "-99.6"},  # 0.4 % of it
            3,
            "pcfIncludingBiogenicUptake of the gross emissions",
            "digits",
        ),
        ({_REMOVED: "-0.0000000014"}, 3, "pcfExcludingBiogenicUptake of itself", "lineDigits"),
        ({UPTAKE: "-0.0000000014"}, 3, "pcfIncludingBiogenicUptake of itself", "lineDigits"),
    ],
)
def test_a_rounding_that_moves_a_total_by_a_thousandth_of_the_gross_is_refused(
    figures: dict[str, str], digits: int, what: str | None, more: str | None
) -> None:
    pairs = [(_line("use"), {name: Fraction(text) for name, text in figures.items()})]
    if what is None:
        _totals(pairs, digits)
        return
    name, _, of = what.partition(" ")
    with pytest.raises(CalculationError, match=f"moves {name} by more than 0.1 % {of}") as caught:
        _totals(pairs, digits)
    assert caught.value.remedy == f"take more {more}"


@pytest.mark.parametrize(
    ("figures", "digits", "lost"),
    [
        ({FOSSIL: "1.0000000001", UPTAKE: "-0.9999999"}, 6, ("pcfIncludingBiogenicUptake", 8)),
        ({FOSSIL: "100", _REMOVED: "-99.9951"}, 6, ("pcfExcludingBiogenicUptake", 7)),
        ({FOSSIL: "1", UPTAKE: "-1"}, 6, None),  # nothing is what they come to
        ({FOSSIL: "1", UPTAKE: "-0.5"}, 6, None),
        ({FOSSIL: "1", _REMOVED: f"-0.{'9' * 40}"}, 6, ("pcfExcludingBiogenicUptake", None)),
    ],
)
def test_digits_that_cancelled_are_reported_with_how_many_would_show(
    figures: dict[str, str], digits: int, lost: tuple[str, int | None] | None
) -> None:
    own, exact = [_line("use")], [{name: Fraction(text) for name, text in figures.items()}]
    found = digits_that_show(own, exact, digits=digits, line_digits=9)
    assert found == lost
    if found is not None and found[1] is not None:
        shown = digits_that_show(own, exact, digits=found[1], line_digits=9)
        assert shown is None or shown[0] != found[0]


@given(st.lists(st.tuples(lines, results), min_size=1, max_size=6), st.integers(3, 12))
def test_a_component_that_rounds_to_zero_is_named_and_the_digits_show_it(
    pairs: _Pairs, digits: int
) -> None:
    own, exact = [line for line, _ in pairs], [result for _, result in pairs]
    found = rounded_away(own, exact, digits=digits, line_digits=30)
    if found is None:
        return
    names, enough = found
    sums = {name: sum(one.get(name, Fraction(0)) for one in exact) for name in names}
    assert all(sums.values())
    if enough is not None:
        assert enough > digits
        assert rounded_away(own, exact, digits=enough, line_digits=30) is None
        assert rounded_away(own, exact, digits=enough - 1, line_digits=30) is not None


def test_a_small_component_beside_a_large_one_is_lost_in_few_digits() -> None:
    pairs = [(_line("use"), {FOSSIL: Fraction(1000), _AIRCRAFT: Fraction(1, 1000)})]
    own, exact = [line for line, _ in pairs], [result for _, result in pairs]
    assert rounded_away(own, exact, digits=3, line_digits=9) == ((_AIRCRAFT,), 7)
    assert rounded_away(own, exact, digits=7, line_digits=9) is None


def test_a_footprint_of_nothing_has_the_lines_places_and_still_names_its_sets() -> None:
    found = _totals([(_line("use"), {FOSSIL: Fraction(0)})])
    assert str(found.excluding) == "0E-9"
    assert found.sets == {"AR6": Decimal("100.0000")}
