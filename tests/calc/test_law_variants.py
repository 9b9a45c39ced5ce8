"""Law 5, variants: what a pool gives to one variant it takes from the others."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rootprint.calc.laws import Variant, why_not_one_pool


def row(code: str | None, volume: str, value: str) -> Variant:
    return Variant(code, Fraction(volume), Fraction(value))


GREEN = row("GREEN1", "30", "0.5")
REST = row(None, "70", "2.5")
BASE = Fraction("1.90")


def test_the_rows_weighted_by_volume_are_the_base_number() -> None:
    assert why_not_one_pool([GREEN, REST], BASE, 2) is None


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([GREEN], "it has 0 rows of the remainder"),
        ([GREEN, REST, REST], "it has 2 rows of the remainder"),
        ([GREEN, GREEN, REST], "a variant stands in it twice"),
        ([row("GREEN1", "0", "0.5"), row(None, "0", "1.9")], "nothing was made"),
        ([GREEN, row(None, "70", "1.9")], "do not come to the base number"),
        ([row("GREEN1", "30", "0"), REST], "do not come to the base number"),
    ],
)
def test_what_is_no_pool(rows: list[Variant], why: str) -> None:
    assert why in str(why_not_one_pool(rows, BASE, 2))


def test_half_a_last_place_is_what_rounding_can_do() -> None:
    """What comes to 1.004 is printed as 1.00, and not as 1.000."""
    rows = [row("AAAAAA", "1", "1.002"), row("BBBBBB", "1", "1.006"), row(None, "1", "1.004")]
    assert why_not_one_pool(rows, Fraction(1), 2) is None
    assert why_not_one_pool(rows, Fraction(1), 3) is not None


volumes = st.lists(st.integers(1, 1000), min_size=1, max_size=6)
values = st.lists(st.integers(0, 5000), min_size=6, max_size=6)


@given(volumes, values, st.integers(1, 1000), st.integers(1, 5000))
def test_the_remainder_is_what_makes_it_whole(
    made: list[int], numbers: list[int], rest: int, shift: int
) -> None:
    """Whatever the variants get, one value of the remainder balances them, and no other does."""
    base = Fraction(1000)
    parts = [
        Variant(f"CODE{i:02}", Fraction(volume), Fraction(value))
        for i, (volume, value) in enumerate(zip(made, numbers, strict=False))
    ]
    whole = sum(made) + rest
    given_ = sum((one.volume * one.value for one in parts), Fraction(0))
    balance = (base * whole - given_) / rest
    assert why_not_one_pool([*parts, Variant(None, Fraction(rest), balance)], base, 6) is None
    assume(Fraction(shift * rest) > Fraction(whole, 2 * 10**6))
    off = Variant(None, Fraction(rest), balance + shift)
    assert why_not_one_pool([*parts, off], base, 6) is not None
