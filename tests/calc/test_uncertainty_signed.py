"""What is signed of an uncertainty: exact about the total, rounded once, readable again."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from rootprint.calc.errors import CalculationError
from rootprint.calc.uncertainty import Spread, agrees, first_order, lognormal, member, spread
from rootprint.ledger.core.schema import parts
from tests.calc.uncertainty_cases import Part, model

TOTAL = Decimal("2.500")
LOGNORMAL = {
    "distribution": "lognormal",
    "statedValue": "2.500",
    "geometricStandardDeviation": "1.1235",
}
NORMAL = {
    "distribution": "normal",
    "statedValue": "2.500",
    "interval": {"lower": "2.010", "upper": "2.990", "percent": "95"},
}


def signed(of: Spread | None, total: Decimal = TOTAL) -> dict[str, Any]:
    lines = ((None, float(total), of),)
    return member(first_order(model([Part("x", lines=lines)]), 0), total)


def test_a_lognormal_is_signed_as_its_gsd_with_four_places() -> None:
    assert signed(lognormal(1.12346)) == LOGNORMAL
    assert signed(lognormal(1))["geometricStandardDeviation"] == "1.0000"


def test_a_normal_is_signed_as_a_95_percent_interval_with_the_totals_places() -> None:
    assert signed(Spread("normal", (0.1, 0, 0))) == NORMAL


@pytest.mark.parametrize("of", [lognormal(1.3), Spread("normal", (0.1, 0, 0))])
def test_what_is_signed_keeps_the_schema_and_is_read_again(of: Spread) -> None:
    """The next tier composes with it: the same spread, but for the rounding."""
    written = signed(of)
    parts.uncertainty(written, "uncertainty")
    again = spread(written, stated=Fraction(TOTAL))
    assert again.distribution == of.distribution
    assert again.parameters[0] == pytest.approx(of.parameters[0], rel=1e-3)


def test_an_uncertainty_with_gaps_is_not_signed() -> None:
    with pytest.raises(CalculationError, match=r"100\.0% of the contributions"):
        signed(None)


def test_nothing_is_signed_about_zero() -> None:
    with pytest.raises(CalculationError, match="total of 0"):
        signed(lognormal(1.1), Decimal("0.000"))


def test_an_interval_is_never_narrower_than_the_last_digit_said() -> None:
    """An optional figure must not stop a footprint: one unit on each side is what can be said."""
    interval = signed(Spread("normal", (0.0001, 0, 0)))["interval"]
    low, high = Decimal(interval["lower"]), Decimal(interval["upper"])
    unit = Decimal(1).scaleb(int(low.as_tuple().exponent))
    assert high - low == 2 * unit


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({}, True),
        ({"geometricStandardDeviation": "1.1236"}, True),
        ({"geometricStandardDeviation": "1.1234"}, True),
        ({"geometricStandardDeviation": "1.1237"}, False),
        ({"geometricStandardDeviation": "1.12"}, False),
        ({"statedValue": "2.501"}, False),
        ({"distribution": "normal"}, False),
    ],
)
def test_a_signed_gsd_agrees_within_one_unit_of_its_last_place(
    change: dict[str, str], *, same: bool
) -> None:
    assert agrees({**LOGNORMAL, **change}, LOGNORMAL) is same


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({}, True),
        ({"lower": "2.011"}, True),
        ({"lower": "2.012"}, False),
        ({"percent": "94"}, False),
    ],
)
def test_a_signed_interval_agrees_within_one_unit_of_its_last_place(
    change: dict[str, str], *, same: bool
) -> None:
    interval: dict[str, str] = NORMAL["interval"]  # type: ignore[assignment]
    assert agrees({**NORMAL, "interval": {**interval, **change}}, NORMAL) is same
    assert not agrees(LOGNORMAL, NORMAL)


def test_more_digits_than_decimals_context_has_are_all_kept() -> None:
    """Bug: bounds were added in Decimal's context of 28 digits, so another verifier's differed."""
    total = Decimal("123456789012345678901234567890.5")
    interval = signed(Spread("normal", (0.1, 0, 0)), total)["interval"]
    assert Fraction(interval["lower"]) + Fraction(interval["upper"]) == 2 * Fraction(total)
