"""Amounts over one denominator against the same numbers as Fractions."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import gcd

from hypothesis import given
from hypothesis import strategies as st

from rootprint.calc.amounts import Amounts, over_one
from rootprint.calc.columns import COLUMNS, EXCLUDING, PARTS, column, including, memo
from rootprint.calc.exact import exact_mean
from rootprint.calc.rounding import decimal_text, half_up, ratio_places, total_places, units_of
from rootprint.calc.rounding import units_text as written

_NAMES = (*EXCLUDING, *COLUMNS["memo"], *PARTS)
ratios = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**12)
decimals = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20),
                       max_value=10**20)  # fmt: skip
components = st.dictionaries(st.sampled_from(_NAMES), ratios, max_size=8)


@given(values=components)
def test_they_are_the_numbers_that_they_were_made_of(values: dict[str, Fraction]) -> None:
    found = Amounts.of(values)
    assert found == values
    assert Amounts.of(found) is found
    assert {name: Fraction(above, found.below) for name, above in found.above.items()} == values
    assert len(found) == len(values)
    assert all(name in found for name in values)
    assert "of no column" not in found


@given(texts=st.dictionaries(st.sampled_from(_NAMES), decimals.map(lambda d: f"{d:f}")))
def test_signed_decimals_are_read_as_decimals_are(texts: dict[str, str]) -> None:
    read = Amounts.of_decimals(texts)
    assert read == {name: Fraction(Decimal(text)) for name, text in texts.items()}


def test_a_draft_may_write_an_exponent() -> None:
    texts = {"fossilGhgEmissions": "1.5e3", "biogenicCO2Uptake": "-2"}
    assert Amounts.of_decimals(texts)["fossilGhgEmissions"] == 1500


@given(values=components)
def test_columns_add_both_alike(values: dict[str, Fraction]) -> None:
    for names in COLUMNS.values():
        assert column(Amounts.of(values), names) == column(values, names)
    assert including(values) == column(values, EXCLUDING) + memo(values)


@given(rows=st.lists(components, max_size=4))
def test_over_one_denominator_they_stay_what_they_are(rows: list[dict[str, Fraction]]) -> None:
    integers, below = over_one([Amounts.of(row) for row in rows])
    assert [{n: Fraction(v, below) for n, v in row.items()} for row in integers] == rows


@given(value=ratios, times=st.integers(1, 10**6), places=st.integers(-6, 12))
def test_a_ratio_need_not_be_reduced(value: Fraction, times: int, places: int) -> None:
    above, below = value.numerator * times, value.denominator * times
    assert gcd(above, below) % times == 0
    units = units_of(above, below, places)
    assert written(units, places) == decimal_text(half_up(value, places))
    assert ratio_places(above, below, 6, 9) == total_places(value, 6, 9)


@given(pairs=st.lists(st.tuples(st.integers(0, 10**9), ratios), max_size=5))
def test_a_mean_weighs_exactly(pairs: list[tuple[int, Fraction]]) -> None:
    weights, values = [weight for weight, _ in pairs], [value for _, value in pairs]
    total = sum(weights)
    wanted = sum((w * v for w, v in pairs), Fraction(0)) / total if total else Fraction(0)
    assert Fraction(*exact_mean(weights, values)) == wanted
