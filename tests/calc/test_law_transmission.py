"""Law 8: losses are added to exactly the electricity that lacks them, by amount."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootprint.calc.compatibility import Terms
from rootprint.calc.laws import Finding, PowerLine, Weight, check_transmission
from rootprint.ledger.core.tables import tables

RULE = tables().rule
MARK = RULE["transmissionClassification"]
GRID = Terms(
    boundary="cradle-to-gate",
    basis="life-cycle",
    sets=frozenset({"AR6"}),
    period=(0, 1),
    classifications=frozenset(),
    includes_transmission=True,
    role="factor",
    unit="kilowatt hour",
)
BARE = replace(GRID, includes_transmission=False)
LOSSES = replace(GRID, classifications=frozenset({MARK}))
UTILITY = replace(GRID, includes_transmission=None, role="product")
STEEL = replace(UTILITY, unit="kilogram")


def kwh(amount: int | str, cited: Terms | None, **more: bool) -> PowerLine:
    return PowerLine("energy", Fraction(amount), cited, **more)


def found(*lines: PowerLine) -> list[Finding]:
    return list(check_transmission(RULE, dict(enumerate(lines))))


def weights(*lines: PowerLine) -> list[Weight]:
    return [one.weight for one in found(*lines)]


def test_two_losses_on_one_kilowatt_hour_are_one_too_many() -> None:
    assert weights(kwh(1, GRID), kwh(1, LOSSES)) == [Weight.BROKEN]
    beside = kwh("0.001", BARE)  # a fuel's row that leaves transmission out
    (one,) = found(kwh(1, GRID), kwh(1, LOSSES), beside)
    assert (one.weight, one.lines) == (Weight.BROKEN, (1,))


def test_losses_of_electricity_that_lacks_them() -> None:
    for lines in permutations((kwh(3, GRID), kwh(2, BARE), kwh(2, LOSSES))):
        assert found(*lines) == []
    for lines in ((kwh(2, BARE), kwh(1, GRID)), (kwh(2, BARE), kwh("1.999999", LOSSES))):
        (one,) = found(*lines)
        assert (one.weight, one.lines) == (Weight.NOTICE, (0,))
    assert weights(kwh(2, BARE), kwh("2.000001", LOSSES)) == [Weight.BROKEN]


def test_several_losses_and_several_grids_are_added_up() -> None:
    grids = [kwh(2, BARE), kwh(3, BARE), kwh(50, GRID)]
    assert found(*grids, kwh(4, LOSSES), kwh(1, LOSSES)) == []
    (one,) = found(*grids, kwh(4, LOSSES), kwh(2, LOSSES))
    assert one.lines == (3, 4)
    assert one.what.endswith("with line 4")


def test_a_fuel_lends_no_kilowatt_hour() -> None:
    """Its kilowatt hours are of a calorific value, whatever it says of transmission."""
    fuel = kwh(1000, BARE, fuel=True)
    assert weights(kwh(1, GRID), kwh(1, LOSSES), fuel) == [Weight.BROKEN]


def test_losses_need_electricity() -> None:
    assert weights(kwh(1, LOSSES)) == [Weight.BROKEN]
    assert weights(kwh(1, LOSSES), PowerLine("mass", Fraction(1), STEEL)) == [Weight.BROKEN]


@pytest.mark.parametrize(
    "line", [kwh(1, UTILITY), kwh(1, None, electricity=True), kwh(1, STEEL, electricity=True)]
)
def test_electricity_that_does_not_say_may_lack_them(line: PowerLine) -> None:
    assert weights(line, kwh(1, LOSSES)) == [Weight.UNSAID]
    assert weights(line, kwh(1, BARE), kwh(1, LOSSES)) == []
    assert weights(line, kwh("1.5", LOSSES)) == [Weight.BROKEN]


def test_kilometers_lend_no_kilowatt_hours() -> None:
    """The losses of an electric vehicle are counted by distance."""
    own = PowerLine("length", Fraction(40), replace(BARE, unit="kilometer"))
    lost = PowerLine("length", Fraction(40), replace(LOSSES, unit="kilometer"))
    assert found(own, lost) == []
    assert weights(own, kwh(1, LOSSES)) == [Weight.NOTICE, Weight.BROKEN]


amounts = st.fractions(min_value=Fraction(1, 1000), max_value=1000)
powers = st.builds(
    kwh, amounts, st.sampled_from([GRID, BARE, LOSSES, UTILITY, None]), fuel=st.booleans()
)


@given(st.lists(powers, max_size=8))
def test_it_is_the_sums_that_decide(lines: list[PowerLine]) -> None:
    """An oracle that adds up by itself."""
    lost = sum((one.amount for one in lines if one.cited is LOSSES), Fraction(0))
    lacking = sum((one.amount for one in lines if one.cited is BARE and not one.fuel), Fraction(0))
    unsaid = sum((one.amount for one in lines if one.cited is UTILITY and not one.fuel),
                 Fraction(0))  # fmt: skip
    if lost <= lacking:
        assert weights(*lines) == [Weight.NOTICE] * (lost < lacking)
    else:
        wanted = Weight.BROKEN if lost > lacking + unsaid else Weight.UNSAID
        assert weights(*lines) == [wanted]


@given(st.lists(powers, max_size=6), amounts)
def test_more_electricity_that_has_them_changes_nothing(
    lines: list[PowerLine], amount: Fraction
) -> None:
    assert weights(*lines) == weights(*lines, PowerLine("energy", amount, GRID))
