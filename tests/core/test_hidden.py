"""Disclosures: each opens one slot of this statement, and its value keeps the slot's rule."""

from __future__ import annotations

import copy
from fractions import Fraction
from typing import Any

import pytest

from rootprint.calc.columns import excluding, memo
from rootprint.ledger.core.errors import NotCanonical, Refused
from rootprint.ledger.core.keys import SigningKey
from rootprint.ledger.core.schema.components import ADDED, COMPONENTS, MEMO, PARTS
from rootprint.ledger.core.schema.hidden import FOOTPRINT_HIDDEN
from rootprint.ledger.core.sdjwt import disclose, placeholder
from rootprint.ledger.core.seal import seal
from rootprint.ledger.core.statement import Statement, parse_statement
from tests.core.closed_lists import HIDDEN_REQUIRED
from tests.core.full_statements import FULL_LINE, HIDDEN, full
from tests.core.members import inner, objects, paths, removed
from tests.support import statements
from tests.support.statements import LOG, gas_line, raw, sign_raw

KEY = SigningKey.generate()
FULL = seal(full("product"), KEY, LOG)
LINE = {**FULL_LINE, "line": 3}
VALUES = {name: value for name, value in HIDDEN.items() if name != "inventory"}


def opening(
    lines: dict[int, Any], shape: object = None, *, size: int = 8, key: SigningKey = KEY
) -> Statement:
    """Sign an inventory whose slots open to these lines, and a shape that opens to that."""
    header, payload = raw(FULL)
    slots = list(payload["credentialSubject"]["inventory"][:size])
    disclosures = []
    for place, line in lines.items():
        disclosure = disclose(line)
        slots[place] = placeholder(disclosure.digest)
        disclosures.append(disclosure.encoded)
    payload["credentialSubject"]["inventory"] = slots
    if shape is not None:
        disclosure = disclose(shape)
        payload["credentialSubject"]["inventoryShape"] = [placeholder(disclosure.digest)]
        disclosures.append(disclosure.encoded)
    return parse_statement(sign_raw(header, payload, key, tuple(disclosures)))


def with_disclosures(*encoded: str) -> Statement:
    return Statement.of(FULL.envelope, encoded)


def test_the_envelope_is_read_without_looking_at_disclosures() -> None:
    """Check 1 and check 6 fail apart: what does not open is asked for later."""
    statement = parse_statement(FULL.bare.text + "AAAA~")
    statement.verify(KEY.public)
    with pytest.raises(NotCanonical, match="disclosure"):
        _ = statement.opened


def test_a_disclosure_of_another_statement_is_refused() -> None:
    """Even of the same draft: salts differ."""
    other = seal(full("product"), KEY, LOG)
    for encoded in other.disclosures:
        with pytest.raises(Refused, match="opens no placeholder of this statement"):
            _ = with_disclosures(encoded).opened
    mixed = [*FULL.disclosures[:-1], other.disclosures[-1]]
    with pytest.raises(Refused, match="opens no placeholder of this statement"):
        _ = with_disclosures(*mixed).opened


def test_a_disclosure_on_a_statement_without_slots_is_refused() -> None:
    """An assurance or status statement hides nothing, so nothing can be left over."""
    for draft in (statements.assurance(), statements.status()):
        statement = seal(draft, KEY, LOG)
        assert statement.sources == {}
        with pytest.raises(Refused, match="opens no placeholder"):
            _ = Statement.of(statement.envelope, FULL.disclosures[:1]).opened


@pytest.mark.parametrize("number", range(len(FULL.disclosures)))
def test_a_disclosure_twice_is_refused(number: int) -> None:
    """Whichever it is, next to itself or at the end."""
    with pytest.raises(Refused, match=r"\[\d\] is disclosed twice"):
        _ = with_disclosures(*FULL.disclosures, FULL.disclosures[number]).opened


def test_order_of_disclosures_does_not_matter() -> None:
    """Places are found by digest."""
    assert with_disclosures(*reversed(FULL.disclosures)).opened.lines == FULL.opened.lines


@pytest.mark.parametrize("number", range(len(FULL.disclosures)))
def test_a_changed_disclosure_opens_nothing(number: int) -> None:
    """Any changed character: another digest, or no longer canonical."""
    encoded = FULL.disclosures[number]
    for place in range(0, len(encoded), 7):
        other = encoded[:place] + ("A" if encoded[place] != "A" else "B") + encoded[place + 1 :]
        with pytest.raises(Refused, match=r"opens no placeholder|disclosure|salt|deeper"):
            _ = with_disclosures(other).opened


def test_a_published_figure_is_of_a_component_that_a_total_adds() -> None:
    """Bug: 113 kg flown stood beside a total of 0.412 kg, and everything verified."""
    source = {"published": "1.13", "per": "ton kilometer", "reference": "a table, its row"}
    for component in COMPONENTS:
        line = {**LINE, "source": {**source, "component": component}}
        if component not in (*PARTS, "publicationDifference", "substitutionCredits"):
            assert opening({3: line}, [3]).opened.complete
            continue
        if component not in PARTS:
            with pytest.raises(Refused, match=r"component is not one of|without substitution"):
                _ = opening({3: line}, [3]).opened
            continue
        with pytest.raises(Refused, match="is a part of fossilGhgEmissions") as caught:
            _ = opening({3: line}, [3]).opened
        assert caught.value.remedy == "give the line as gas CO2_aircraft, or as fossilGhgEmissions"
    for name in ADDED:  # what one of the totals adds, the other adds beside it or not at all
        one = {name: Fraction(1)}
        assert (excluding(one), memo(one)) == ((0, 1) if name in MEMO else (1, 0))


def test_a_line_says_where_it_stands() -> None:
    """Its index is signed inside it; another place is refused."""
    assert opening({3: LINE}, [3]).opened.complete
    for place in (0, 2, 7):
        with pytest.raises(Refused, match=rf"inventory\[{place}\] says that it is line 3"):
            _ = opening({place: LINE}).opened


@pytest.mark.parametrize("shape", [[8], [3, 8], [8191]])
def test_a_shape_beyond_the_inventory_is_refused(shape: list[int]) -> None:
    """It names slots that exist."""
    with pytest.raises(Refused, match="names a line beyond the inventory"):
        _ = opening({}, shape).opened


@pytest.mark.parametrize("shape", [[], [2], [0, 4]])
def test_a_line_outside_the_shape_is_refused(shape: list[int]) -> None:
    """Otherwise an issuer could show an extra line to one buyer only."""
    with pytest.raises(Refused, match="not one of those that inventoryShape names"):
        _ = opening({3: LINE}, shape).opened


@pytest.mark.parametrize(
    ("shape", "reason"),
    [
        ([3, 3], "an array of rising indices"),
        ([4, 3], "an array of rising indices"),
        ([-1], "an integer from 0"),
        ([8192], "an integer from 0"),
        (["3"], "an integer from 0"),
        ([True], "an integer from 0"),
        ([None], "an integer from 0"),
        ({"3": 3}, "an array of 0"),
        (3, "an array of 0"),
        ("3", "an array of 0"),
    ],
    ids=repr,
)
def test_a_shape_is_rising_indices(shape: object, reason: str) -> None:
    """Integers in order, each once."""
    with pytest.raises(Refused, match=rf"inventoryShape\[0\].* is not {reason}"):
        _ = opening({}, shape).opened


def test_an_empty_inventory_is_never_complete() -> None:
    """Its sum would be zero and its arithmetic true: so it counts as not shown."""
    opened = opening({}, []).opened
    assert opened.shape == ()
    assert not opened.complete


def test_an_item_of_one_place_does_not_open_another() -> None:
    """A value is judged by the rule of the slot that holds its digest."""
    header, payload = raw(FULL)
    disclosure = disclose(VALUES["cells"])
    payload["credentialSubject"]["producedAmount"] = [placeholder(disclosure.digest)]
    statement = parse_statement(sign_raw(header, payload, KEY, (disclosure.encoded,)))
    with pytest.raises(Refused, match=r"producedAmount\[0\] lacks value"):
        _ = statement.opened


@pytest.mark.parametrize("name", sorted(VALUES))
def test_the_other_hidden_members_are_closed_too(name: str) -> None:
    """Required members, unknown members, at every level of each hidden value."""
    value = VALUES[name][0] if name == "evidence" else VALUES[name]
    FOOTPRINT_HIDDEN[name].opened(value, name)
    for path in paths(value):
        if f"{name}.{path}" in HIDDEN_REQUIRED:
            with pytest.raises(Refused, match="lacks"):
                FOOTPRINT_HIDDEN[name].opened(removed(value, path), name)
        elif name == "cells":
            continue
        elif len(value) > 1:
            FOOTPRINT_HIDDEN[name].opened(removed(value, path), name)
    for path in objects(value) if name != "gases" else []:  # gases: whatever they are called
        foreign = copy.deepcopy(value)
        inner(foreign, path)["foreign"] = "1"
        with pytest.raises(Refused, match=r"does not know|member name is not one of"):
            FOOTPRINT_HIDDEN[name].opened(foreign, name)
    for wrong in (None, [], "text", 1, {}, [value]):
        with pytest.raises(Refused, match=name):
            FOOTPRINT_HIDDEN[name].opened(wrong, name)


def test_a_spoilt_line_is_refused_when_opened_and_not_before() -> None:
    """Signed nonsense behind a placeholder surfaces with its place."""
    statement = opening({3: {**LINE, "primary": "yes"}}, [3])
    statement.verify(KEY.public)
    with pytest.raises(Refused, match=r"inventory\[3\].primary is not true or false"):
        _ = statement.opened


def test_two_inventories_can_t_be_signed_for_two_buyers() -> None:
    """One shape slot, one slot a place: whichever lines are shown, they are the ones signed."""
    one, two = gas_line("1", line=0), gas_line("9", line=0)
    statement = opening({0: one}, [0])
    other = disclose(two)
    forged = Statement.of(statement.envelope, (other.encoded, *statement.disclosures[1:]))
    with pytest.raises(Refused, match="opens no placeholder"):
        _ = forged.opened
