"""The places of what is hidden: padded, single, and never twice of one digest."""

from __future__ import annotations

import pytest

from rootprint.ledger.core.encoding import b64url
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.sdjwt import placeholder
from tests.core.subjects import HIDING, SUBJECTS, parse


def slots(count: int) -> list[dict[str, str]]:
    return [placeholder(b64url(number.to_bytes(32))) for number in range(count)]


@pytest.mark.parametrize("count", [0, 1, 4, 7, 9, 12, 15, 24, 8191, 16384])
def test_an_inventory_is_padded(count: int) -> None:
    """A power of two, at least 8: the number of lines must not show."""
    with pytest.raises(Refused, match=r"power of two|array of 8 to 8192"):
        parse("product", {**SUBJECTS["product"], "inventory": slots(count)})


@pytest.mark.parametrize("count", [8, 16, 8192])
def test_a_padded_inventory_is_read(count: int) -> None:
    """From 8 slots up to the limit."""
    parse("product", {**SUBJECTS["product"], "inventory": slots(count)})


@pytest.mark.parametrize(
    "name",
    [
        *("inventoryShape", "cells", "gases", "uncertainty", "outputUncertainty"),
        "producedAmount",
    ],
)
@pytest.mark.parametrize("count", [0, 2])
def test_single_slots_are_single(name: str, count: int) -> None:
    """Two would let an issuer sign two values and show each buyer another."""
    with pytest.raises(Refused, match=f"{name} is not an array of 1 to 1 items"):
        parse("product", {**SUBJECTS["product"], name: slots(count)})


def test_two_placeholders_never_hold_one_digest() -> None:
    """Not within an array, nor across two of them."""
    subject = SUBJECTS["product"]
    twice = [*subject["inventory"][:7], subject["inventory"][0]]
    for change in ({"inventory": twice}, {"cells": subject["gases"]}):
        with pytest.raises(Refused, match="two placeholders hold the same digest"):
            parse("product", {**subject, **change})


@pytest.mark.parametrize(
    "slot",
    [
        {"...": ""},
        {"...": b64url(bytes(31))},
        {"...": b64url(bytes(33))},
        {"...": HIDING + "="},
        {"...": 1},
        {"..": HIDING},
        {"...": HIDING, "a": 1},
        HIDING,
        None,
    ],
    ids=str,
)
def test_a_placeholder_is_one_digest(slot: object) -> None:
    """32 bytes in base64url under three dots, and nothing beside."""
    with pytest.raises(Refused, match=r"placeholder|base64url"):
        parse("product", {**SUBJECTS["product"], "cells": [slot]})
