"""What a product holds at the gate of what biomass took up: law 3."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from rootprint.calc.rounding import decimal_text, half_up
from rootprint.calc.uptake import COMPOSED, PRINTED, held, most_held, rounded

UPTAKE, FREED, OTHER = "biogenicCO2Uptake", "biogenicCO2Emissions", "biogenicNonCO2Emissions"
GROSS = "fossilGhgEmissions"
masses = st.fractions(0, 1000)


@given(masses, masses)
def test_what_was_set_free_is_not_held(taken: Fraction, freed: Fraction) -> None:
    assert held({UPTAKE: -taken, FREED: freed}) == max(taken - freed, 0)
    assert held({}) == 0


@given(masses, st.fractions(0, 1), st.integers(0, 9), st.sampled_from([PRINTED, COMPOSED]))
def test_a_product_of_any_carbon_is_within_the_bound(
    mass: Fraction, content: Fraction, places: int, times: int
) -> None:
    """44 g of CO2 are of 12 g of carbon, and rounding is allowed as far as it moves 0.1 %."""
    exact = mass * content * 44 / 12
    printed = half_up(-exact, places)
    stands = held({UPTAKE: Fraction(printed)})
    most = most_held({}, mass, rounded([decimal_text(printed)], times))
    assert stands <= most or (stands - exact) * 1000 > mass * 44 / 12
    assert most <= Fraction(44 * 1001, 12 * 1000) * mass


def test_nothing_holds_more_carbon_than_its_mass() -> None:
    assert most_held({}, Fraction(3), Fraction(1, 100)) == Fraction("11.01")


def test_few_places_allow_no_more_than_rounding_may_move_a_total_by() -> None:
    """A gram in which 6 kg are, printed without places; and 10 g of a cup of 100 kg gross."""
    assert rounded(["-6", "0"], PRINTED) == 1
    straw, cup = {GROSS: Fraction(1, 2)}, {GROSS: Fraction(100)}
    assert most_held(straw, Fraction(1, 1000), Fraction(1)) < Fraction("0.0042")
    assert most_held(cup, Fraction(1, 100), Fraction(6)) < Fraction("0.137")


def test_carbon_that_left_as_methane_was_taken_up_too() -> None:
    """16 kg of methane of a GWP of 25 are 400 kg CO2e, and 12 kg of carbon, 44 kg of CO2."""
    assert most_held({OTHER: Fraction(400)}, Fraction(0), Fraction(0)) == 44
