"""Decimals and the other small rules, against plain definitions."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema import rules

DIGITS = st.text("0123456789", max_size=36)
NEARLY = st.builds(
    lambda sign, whole, dot, rest: sign + whole + dot + rest,
    st.sampled_from(["", "-", "+", "--"]),
    DIGITS,
    st.sampled_from(["", ".", ",", ".."]),
    DIGITS,
)


def by_the_definition(text: str) -> bool:
    """The design page's words: pattern in full, no minus zero, at most 34 significant digits."""
    if not re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", text, re.ASCII):
        return False
    value = Decimal(text)
    significant = len(value.as_tuple().digits) if value else 0
    return significant <= 34 and not (value == 0 and text.startswith("-"))


@given(NEARLY)
@example("0." + "0" * 33 + "1")
@example("1" + "0" * 33)
@example("1" + "0" * 34)
@example("-0.0")
def test_decimals_are_those_of_the_definition(text: str) -> None:
    """For everything short enough to be a number somebody means."""
    if len(text) <= 68:
        assert rules.is_decimal(text) == by_the_definition(text)


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=6, min_value=-(10**9), max_value=10**9
    )
)
def test_signs_and_ranges_are_those_of_arithmetic(value: Decimal) -> None:
    """not_negative, not_positive, positive, percent and rating against exact comparison."""
    text = f"{abs(value) if value == 0 else value:f}"
    exact = Fraction(text)
    expected = {
        rules.not_negative: exact >= 0,
        rules.not_positive: exact <= 0,
        rules.positive: exact > 0,
        rules.percent: 0 <= exact <= 100,
        rules.rating: 1 <= exact <= 5,
    }
    assert {rule: _keeps(rule, text) for rule in expected} == expected


@pytest.mark.parametrize("text", ["0", "0.00", "100", "100.000", "99.9999", "1", "5.0", "5", "1.0"])
def test_boundaries_of_ranges(text: str) -> None:
    """Trailing zeros change nothing about a range."""
    exact = Fraction(text)
    assert _keeps(rules.percent, text) == (0 <= exact <= 100)
    assert _keeps(rules.rating, text) == (1 <= exact <= 5)
    assert _keeps(rules.positive, text) == (exact > 0)


@pytest.mark.parametrize("value", [1, 1.5, None, True, [], {}, b"1", Decimal(1)], ids=repr)
@pytest.mark.parametrize(
    "rule",
    [rules.decimal, rules.positive, rules.percent, rules.text, rules.did, rules.urn, rules.time],
)
def test_values_of_another_type_are_refused(rule: rules.Rule, value: Any) -> None:
    """Numbers are never taken for decimals, nor anything else for text."""
    with pytest.raises(Refused, match="place is not"):
        rule(value, "place")


def test_messages_name_the_place_and_never_the_value() -> None:
    """What is refused may be somebody's secret; only unknown member names are shown, cut short."""
    secret = "a-secret-recipe"
    for rule in (rules.decimal, rules.digest, rules.did, rules.urn, rules.time, rules.boolean):
        with pytest.raises(Refused, match="here") as caught:
            rule(secret, "here")
        assert secret not in str(caught.value)
    with pytest.raises(Refused, match=r"here has a member 'x{64}' that") as caught:
        rules.members({})({"x" * 1000: 1}, "here")
    assert len(str(caught.value)) < 200


def _keeps(rule: rules.Rule, value: object) -> bool:
    try:
        rule(value, "it")
    except Refused:
        return False
    return True
