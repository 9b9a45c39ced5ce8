"""Rounding against ``decimal``, which has its own ROUND_HALF_UP."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootprint.calc.rounding import (
    MAX_ROUNDING_SHARE,
    decimal_text,
    half_up,
    total_places,
)

decimals = st.decimals(allow_nan=False, allow_infinity=False, places=12, min_value=-(10**9),
                       max_value=10**9)  # fmt: skip


@given(value=decimals, places=st.integers(-6, 12))
def test_half_up_is_decimals_own_on_decimals(value: Decimal, places: int) -> None:
    with localcontext() as context:
        context.prec = 60
        expected = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    found = half_up(Fraction(value), places)
    assert found == expected
    if places > 0:
        assert decimal_text(found).partition(".")[2] == f"{abs(expected):f}".partition(".")[2]


@given(
    numerator=st.integers(-(10**30), 10**30),
    denominator=st.integers(1, 10**30),
    places=st.integers(0, 20),
)
def test_half_up_is_the_nearest_and_ties_go_away_from_zero(
    numerator: int, denominator: int, places: int
) -> None:
    exact = Fraction(numerator, denominator)
    off = Fraction(half_up(exact, places)) - exact
    half = Fraction(1, 2 * 10**places)
    assert abs(off) <= half
    if abs(off) == half:
        assert off * exact > 0


@pytest.mark.parametrize(
    ("text", "places", "rounded"),
    [
        ("0.5", 0, "1"),
        ("-0.5", 0, "-1"),
        ("2.5", 0, "3"),
        ("1.005", 2, "1.01"),
        ("-0.0004", 3, "0.000"),
        ("1250", -2, "1300"),
        ("7", 3, "7.000"),
    ],
)
def test_texts_have_their_places_and_no_minus_zero(text: str, places: int, rounded: str) -> None:
    assert decimal_text(half_up(Fraction(text), places)) == rounded


@given(value=decimals.filter(bool), digits=st.integers(4, 12))
def test_a_total_keeps_its_significant_digits(value: Decimal, digits: int) -> None:
    exact = Fraction(value)
    places = total_places(exact, digits, 12)
    rounded = half_up(exact, places)
    assert abs(Fraction(rounded) - exact) <= MAX_ROUNDING_SHARE * abs(exact)
    shown = decimal_text(rounded).replace(".", "").lstrip("-").lstrip("0")
    assert len(shown) == digits if places >= 0 else len(shown) > digits


@pytest.mark.parametrize(
    ("total", "digits", "shown"),
    [
        ("9.996", 3, "10.0"),
        ("9.994", 3, "9.99"),
        ("0.00099999", 3, "0.00100"),
        ("123456", 3, "123000"),
        ("0", 6, "0.000000000"),
        ("99.95139", 5, "99.951"),
    ],
)
def test_carrying_over_takes_a_place_away(total: str, digits: int, shown: str) -> None:
    exact = Fraction(total)
    assert decimal_text(half_up(exact, total_places(exact, digits, 9))) == shown


@given(
    above=st.integers(1, 10**60),
    below=st.integers(1, 10**60),
    power=st.integers(-600, 600),
)
def test_places_are_those_of_the_number_whatever_its_size(
    above: int, below: int, power: int
) -> None:
    """The exponent brackets the number: 10**e <= value < 10**(e + 1)."""
    value = Fraction(above, below) * Fraction(10) ** power
    exponent = -total_places(value, 40, 0) + 39
    assert Fraction(10) ** exponent <= value + Fraction(10) ** (exponent - 39)
    assert value < Fraction(10) ** (exponent + 1)


@pytest.mark.parametrize("power", [-20_000, -4301, -1, 0, 1, 4300, 20_000])
def test_powers_of_ten_are_met_exactly(power: int) -> None:
    value = Fraction(10) ** power
    assert total_places(value, 3, 0) == 2 - power
    assert total_places(value - value / 10**9, 12, 0) == 12 - power


def test_a_number_too_long_to_be_written_out_has_places() -> None:
    """Python refuses to write an integer of more than 4,300 digits in decimal."""
    long = 7**6000
    assert total_places(Fraction(long + 1, long), 12, 9) == 11
    assert total_places(Fraction(1, 3) + Fraction(1, long), 12, 9) == 12
