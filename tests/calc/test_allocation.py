"""Allocation conserves: what is shared out is what was there."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootprint.calc.allocation import (
    NotAllocable,
    out_of_order,
    per_declared_amount,
    plain_decimal,
    shares,
)

amounts = st.fractions(min_value=Fraction(1, 10**6), max_value=10**9, max_denominator=10**6)
weights = st.dictionaries(st.text(min_size=1, max_size=3), amounts, min_size=1, max_size=8)


@given(weights)
def test_shares_add_to_exactly_one(given_weights: dict[str, Fraction]) -> None:
    found = shares(given_weights)
    assert sum(found.values()) == 1
    assert found.keys() == given_weights.keys()


@given(weights, amounts, amounts)
def test_every_output_together_carries_the_whole_amount(
    given_weights: dict[str, Fraction], amount: Fraction, declared: Fraction
) -> None:
    """Per declared amount, times the declared amounts that were made: the amount again."""
    found = shares(given_weights)
    carried = sum(
        per_declared_amount(
            amount, found[name], produced=produced, declared=declared, good=Fraction(1)
        )
        * (produced / declared)
        for name, produced in given_weights.items()
    )
    assert carried == amount


def test_losses_are_carried_by_what_is_good() -> None:
    """1 kg embodied at a yield of 0.8 is 1.25 kg consumed."""
    found = per_declared_amount(
        Fraction(100),
        Fraction(1),
        produced=Fraction(100),
        declared=Fraction(1),
        good=Fraction("0.8"),
    )
    assert found == Fraction("1.25")


@pytest.mark.parametrize(
    ("produced", "declared", "good"), [("0", "1", "1"), ("1", "0", "1"), ("1", "1", "0")]
)
def test_nothing_made_carries_nothing(produced: str, declared: str, good: str) -> None:
    with pytest.raises(NotAllocable, match="not more than zero"):
        per_declared_amount(
            Fraction(1),
            Fraction(1),
            produced=Fraction(produced),
            declared=Fraction(declared),
            good=Fraction(good),
        )


@pytest.mark.parametrize(
    ("given_weights", "message"),
    [
        ({}, "no weight"),
        ({"a": Fraction(0)}, "no weight"),
        ({"a": Fraction(2), "b": Fraction(-1)}, "output b has a negative weight"),
    ],
)
def test_outputs_that_cannot_share_are_refused(
    given_weights: dict[str, Fraction], message: str
) -> None:
    with pytest.raises(NotAllocable, match=message):
        shares(given_weights)


@pytest.mark.parametrize(
    ("method", "physical", "better"),
    [("economic", True, "physical"), ("economic", False, None), ("physical", True, None)],
)
def test_a_physical_relation_comes_before_an_economic_one(
    method: str,
    physical: bool,  # noqa: FBT001 - a parameter of the case
    better: str | None,
) -> None:
    """ISO 14044:2006 section 4.3.4.2."""
    assert out_of_order(method, {"physical": physical}) == better


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(1, 8), "0.125"),
        (Fraction(1, 3), "0.333333333333333"),
        (Fraction(2, 3), "0.666666666666667"),
        (Fraction(2000, 3), "666.666666666667"),
        (Fraction(1, 3 * 10**9), "0.000000000333333333333333"),
        (Fraction(10**20, 3), "33333333333333333333"),
        (Fraction("1.000000000000000000000000000000001"), "1.000000000000000000000000000000001"),
        (Fraction("1.0000000000000000000000000000000001"), "1.00000000000000"),
    ],
)
def test_amounts_are_exact_where_34_digits_say_them_else_15(value: Fraction, text: str) -> None:
    assert format(plain_decimal(value), "f") == text


@given(st.fractions(min_value=Fraction(1, 10**9), max_value=10**9, max_denominator=10**9))
def test_a_rounded_amount_is_within_half_a_unit_of_its_15th_digit(value: Fraction) -> None:
    written = plain_decimal(value)
    assert abs(Fraction(written) - value) * 2 <= Fraction(
        Decimal(1).scaleb(written.adjusted() - 14)
    )
