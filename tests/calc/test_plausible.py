"""Bounds of a figure by kind of unit: wide enough for what is known, narrow enough for a unit."""

from __future__ import annotations

from fractions import Fraction

import pytest

from rootprint.calc.plausible import BOUNDS, GAS, carbon_for_co2, implausible
from rootprint.ledger.core.schema.names import DECLARED_UNITS, FURTHER_UNITS, MONEY


def test_each_unit_of_a_factor_has_a_bound_and_a_reason() -> None:
    assert BOUNDS.keys() - {GAS} == {*DECLARED_UNITS, *FURTHER_UNITS}
    assert all(bound.seldom < bound.never and bound.why for bound in BOUNDS.values())


@pytest.mark.parametrize("unit", ["furlong", "dollar", "kilogram of 2022", "yen of 2022", GAS[:-1]])
def test_a_unit_without_a_bound_is_not_judged_by_that_of_money(unit: str) -> None:
    with pytest.raises(KeyError):
        implausible(unit, Fraction(1))


def test_what_is_found_is_said_in_figures_that_are_read() -> None:
    """A third of a kilogram has no last digit: six places are what a reader compares."""
    found = implausible("kilogram", Fraction(1000, 3))
    assert found is not None
    assert found.said.startswith(
        "333.333333 kg CO2e per kilogram is more than 100, beyond which few are: no gas"
    )


@pytest.mark.parametrize("unit", [*DECLARED_UNITS, *FURTHER_UNITS, *MONEY[::26]])
def test_beyond_a_bound_is_found_on_either_side_of_zero(unit: str) -> None:
    for size in (Fraction(10) ** 13, -(Fraction(10) ** 13)):
        found = implausible(unit, size)
        assert found is not None
        assert found.never
    assert implausible(unit, Fraction("0.001")) is None


@pytest.mark.parametrize(
    ("unit", "kilograms"),
    [
        ("kilowatt hour", "1.2"),  # lignite
        ("ton kilometer", "4.604"),  # domestic air freight with radiative forcing, UK 2025
        ("kilogram", "20"),  # magnesium by the Pidgeon process
        ("kilometer", "2.5"),  # a lorry
        ("square meter", "12820"),  # a bridge
        ("US dollar of 2022", "3.924"),  # the EPA's largest
    ],
)
def test_what_is_known_is_not_found(unit: str, kilograms: str) -> None:
    assert implausible(unit, Fraction(kilograms)) is None


def test_a_kilogram_of_a_gas_may_be_as_much_as_its_warming_potential() -> None:
    assert implausible("kilogram", Fraction(25200), gas=True) is None
    assert implausible("kilogram", Fraction(25200)) is not None


def test_a_carbon_content_is_told_from_an_emission_factor() -> None:
    assert carbon_for_co2(Fraction("0.0172")) == Fraction("0.0172") * Fraction(44, 12)
    assert carbon_for_co2(Fraction("0.0444")) is None  # coke oven gas, the lowest default
    assert carbon_for_co2(Fraction(0)) is None
