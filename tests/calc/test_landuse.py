"""Direct land-use change is charged in equal parts over at least twenty years."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootprint.calc.errors import CalculationError
from rootprint.calc.landuse import land_use_change

stocks = st.fractions(min_value=0, max_value=500, max_denominator=100)
areas = st.fractions(min_value=0, max_value=1000, max_denominator=1000)


def test_a_hectare_of_forest_made_a_field() -> None:
    """180 t C less 60 t C, over 20 years: 22 t CO2 a year."""
    found = land_use_change(Fraction(1), before=Fraction(180), after=Fraction(60), years=20)
    assert found == 22000


@given(areas, stocks, stocks, st.integers(20, 100))
def test_the_years_together_carry_what_was_lost(
    hectares: Fraction, one: Fraction, other: Fraction, years: int
) -> None:
    before, after = max(one, other), min(one, other)
    found = land_use_change(hectares, before=before, after=after, years=years)
    assert found * years == hectares * (before - after) * 1000 * Fraction(44, 12)


@pytest.mark.parametrize(
    ("before", "after", "years", "what"),
    [
        ("180", "60", 19, "spread over 19 years"),
        ("60", "180", 20, "more carbon after than before"),
        ("60", "-1", 20, "below 0"),
    ],
)
def test_what_is_no_loss_over_twenty_years_is_refused(
    before: str, after: str, years: int, what: str
) -> None:
    with pytest.raises(CalculationError, match=what):
        land_use_change(Fraction(1), before=Fraction(before), after=Fraction(after), years=years)
