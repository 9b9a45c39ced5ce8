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
