"""Law 5, variants: what a pool gives to one variant it takes from the others."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootprint.calc.laws import Base, Variant, left_by, why_not_one_pool


def row(code: str | None, volume: str, value: str) -> Variant:
    return Variant(code, Fraction(volume), Fraction(value))


GREEN = row("GREEN1", "30", "0.5")
REST = row(None, "70", "2.5")
BASE = Base(Fraction("1.90"), Fraction("1.90"))


def test_the_rows_weighted_by_volume_are_the_base_number() -> None:
    assert why_not_one_pool([GREEN, REST], BASE) is None


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([GREEN], "it has 0 rows of the remainder"),
        ([GREEN, REST, REST], "it has 2 rows of the remainder"),
        ([GREEN, GREEN, REST], "a variant stands in it twice"),
        ([row("GREEN1", "0", "0.5"), row(None, "0", "1.9")], "nothing was made"),
        ([GREEN, row(None, "70", "1.9")], "its remainder is not what its variants leave"),
        ([GREEN, row(None, "70", "2.5000000000000001")], "leave of the base number: 2.5 is"),
        ([row("GREEN1", "30", "0"), REST], "leave of the base number: 2.71428571428571 is"),
        ([row("GREEN1", "100", "1.8"), row(None, "0", "9")], "do not come to the base number"),
    ],
)
def test_what_is_no_pool(rows: list[Variant], why: str) -> None:
    assert why in str(why_not_one_pool(rows, BASE))


@pytest.mark.parametrize("gross", ["2", "20", "2000"])
def test_where_nothing_is_left_a_thousandth_of_the_gross_is_allowed(gross: str) -> None:
    """However many digits a total is stated with, and however little of the gross is left net."""
    base = Base(Fraction(2), Fraction(gross))
    bound = Fraction(gross) / 1000
    none = row(None, "0", "0")
    for off in (bound, -bound):
        within = Variant("GREEN1", Fraction(7), 2 + off)
        beyond = Variant("GREEN1", Fraction(7), 2 + off * Fraction("1.000001"))
        assert why_not_one_pool([within, none], base) is None
        assert why_not_one_pool([beyond, none], base) is not None


def test_of_a_gross_of_zero_it_is_the_total() -> None:
    base = Base(Fraction(-2), Fraction(0))
    none = row(None, "0", "0")
    assert why_not_one_pool([row("GREEN1", "1", "-2.002"), none], base) is None
    assert why_not_one_pool([row("GREEN1", "1", "-2.0021"), none], base) is not None


volumes = st.lists(st.integers(1, 1000), min_size=1, max_size=6)
values = st.lists(st.integers(-5000, 5000), min_size=6, max_size=6)


@given(volumes, values, st.integers(1, 1000), st.integers(-5000, 5000))
def test_the_remainder_is_what_makes_it_whole(
    made: list[int], numbers: list[int], rest: int, total: int
) -> None:
    """Whatever the variants get, one value of the remainder balances them, and no other does."""
    base = Base(Fraction(total), Fraction(5000))
    parts = [
        Variant(f"CODE{i:02}", Fraction(volume), Fraction(value))
        for i, (volume, value) in enumerate(zip(made, numbers, strict=False))
    ]
    whole = Fraction(sum(made) + rest)
    left = Fraction(left_by(parts, base, whole))
    assert why_not_one_pool([*parts, Variant(None, Fraction(rest), left)], base) is None
    given_ = sum((one.volume * one.value for one in parts), left * rest)
    assert abs(given_ - base.total * whole) <= abs(left) * rest * Fraction(1, 10**14)
    for shift in (Fraction(1, 10**30), Fraction(-1, 10**30)):
        off = Variant(None, Fraction(rest), left + shift)
        assert why_not_one_pool([*parts, off], base) is not None
