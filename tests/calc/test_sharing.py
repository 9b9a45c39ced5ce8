"""A process shared out by a table: the shares add to 100, and the rows carry the whole."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rootprint.calc.allocation import NotAllocable
from rootprint.calc.rounding import decimal_text
from rootprint.calc.sharing import Row, percent_shares, taken, why_not_shared

weights = st.lists(st.integers(1, 10**9).map(Fraction), min_size=1, max_size=12)
amounts = st.fractions(min_value=Fraction(1, 10**6), max_value=10**9, max_denominator=10**6)


def row(method: str = "physical", weight: int = 1, share: str = "0", **more: str) -> Row:
    unit = more.get("unit", "kilogram")
    return Row(method, Fraction(weight), unit, Fraction(share), Fraction(10), "kilogram")


def table(found: list[Fraction], method: str = "physical") -> dict[int, Row]:
    """A table of rows with these weights, at indices that are not their position."""
    shares = percent_shares(found)
    return {
        3 * number + 1: Row(method, weight, "tonne", Fraction(share), Fraction(10), "tonne")
        for number, (weight, share) in enumerate(zip(found, shares, strict=True))
    }


@given(weights)
def test_shares_add_to_exactly_100_with_twelve_decimals(found: list[Fraction]) -> None:
    shares = percent_shares(found)
    assert sum(shares) == 100
    assert all(share.as_tuple().exponent == -12 for share in shares)
    total = sum(found)
    for weight, share in zip(found, shares, strict=True):
        assert abs(Fraction(share) - 100 * weight / total) < Fraction(1, 10**12)


@pytest.mark.parametrize(
    ("found", "shares"),
    [
        ([1], ["100.000000000000"]),
        ([1, 1, 1], ["33.333333333334", "33.333333333333", "33.333333333333"]),
        ([1, 2, 3], ["16.666666666667", "33.333333333333", "50.000000000000"]),
        ([1, 5, 1], ["14.285714285714", "71.428571428572", "14.285714285714"]),
        ([0, 4], ["0.000000000000", "100.000000000000"]),
    ],
)
def test_the_last_digit_goes_to_the_largest_remainder_first(
    found: list[int], shares: list[str]
) -> None:
    assert [decimal_text(one) for one in percent_shares([Fraction(n) for n in found])] == shares


def test_a_weight_whose_share_is_too_small_to_be_written_is_refused() -> None:
    with pytest.raises(NotAllocable, match="output 2 has a weight, and a share of 0"):
        percent_shares([Fraction(10**15), Fraction(1)])


@given(weights, st.sampled_from(["physical", "economic"]))
def test_a_table_as_it_is_made_is_one_that_recomputes(found: list[Fraction], method: str) -> None:
    assert why_not_shared(table(found, method), whole=True) is None


@given(weights, st.data())
def test_no_share_can_be_moved_from_one_row_to_another(
    found: list[Fraction], data: st.DataObject
) -> None:
    rows = table(found)
    assume(len(rows) > 1)
    first, second = data.draw(st.permutations(list(rows)))[:2]
    step = Fraction(1, 10**12) * data.draw(st.integers(1, 10**12))
    assume(rows[first].share >= step)
    rows[first] = replace(rows[first], share=rows[first].share - step)
    rows[second] = replace(rows[second], share=rows[second].share + step)
    assert "is not its weight over the sum of weights" in str(why_not_shared(rows, whole=True))


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([row(), row("economic")], "by economic and physical: a process has one method"),
        ([row(), row(unit="piece")], "more than one unit"),
        ([row("waste", 0, "1")], "row 0 is waste and has a share"),
        ([row("waste", 1)], "row 0 is waste and has a weight"),
        ([row("subdivision", 0, "1")], "row 0 is subdivision and has a share"),
        ([row("substitution", 0, "1")], "row 0 is substitution and has a share"),
    ],
)
def test_rows_that_contradict_each_other_are_reported_also_where_others_are_hidden(
    rows: list[Row], reason: str
) -> None:
    for whole in (True, False):
        assert reason in str(why_not_shared(dict(enumerate(rows)), whole=whole))


def test_shares_are_formed_again_only_from_a_whole_table() -> None:
    wrong = {0: row(weight=1, share="40"), 1: row(weight=1, share="50")}
    assert why_not_shared(wrong, whole=False) is None
    assert why_not_shared(wrong, whole=True) is not None
    nothing = {0: row(weight=0, share="50"), 1: row(weight=0, share="50")}
    assert "no weight" in str(why_not_shared(nothing, whole=True))


@given(weights, amounts, amounts)
def test_the_rows_together_carry_what_the_activity_was(
    found: list[Fraction], amount: Fraction, declared: Fraction
) -> None:
    """Per declared amount, times the declared amounts made: the activity, up to 15 digits."""
    carried = Fraction(0)
    for one in table(found).values():
        value = taken(amount, one.share, one, per_unit=Fraction(1000), declared=declared)
        carried += Fraction(value) * (one.amount * 1000 * one.good / declared)
    assert abs(carried - amount) <= amount * Fraction(len(found), 10**14)


@given(weights, st.integers(1, 10**6))
def test_where_the_amounts_end_the_rows_carry_it_exactly(
    found: list[Fraction], amount: int
) -> None:
    rows = table(found)
    carried = sum(
        Fraction(
            taken(Fraction(amount), one.share, one, per_unit=Fraction(1), declared=Fraction(1))
        )
        * one.amount
        for one in rows.values()
    )
    assert carried == amount


def test_a_yield_and_a_unit_raise_what_is_taken() -> None:
    found = replace(row(share="50"), good=Fraction("0.8"))
    value = taken(
        Fraction(16), found.share, found, per_unit=Fraction(1000), declared=Fraction(1000)
    )
    assert value == Decimal(1)
