"""A spread that follows the amount it belongs to."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from rootprint.calc.allocation import plain_decimal
from rootprint.calc.rounding import decimal_text
from rootprint.ledger.core.schema import rules

if TYPE_CHECKING:
    from collections.abc import Mapping


def scaled_spread(member: Mapping[str, Any], ratio: Fraction) -> dict[str, Any]:
    """Return the spread of ``ratio`` times what ``member`` is of.

    A geometric standard deviation has no unit and stays. What is no decimal stays as it is, to be
    reported where it stands.
    """
    scaled = {**member, **_times(member, ("statedValue",), ratio)}
    interval = member.get("interval")
    if isinstance(interval, dict):
        scaled["interval"] = {**interval, **_times(interval, ("lower", "upper"), ratio)}
    return scaled


def _times(member: Mapping[str, Any], names: tuple[str, ...], ratio: Fraction) -> dict[str, str]:
    return {
        name: decimal_text(plain_decimal(Fraction(member[name]) * ratio))
        for name in names
        if rules.is_decimal(member.get(name))
    }
