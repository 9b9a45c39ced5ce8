"""Sealing and redacting: what is hidden, how, and that nothing else changes."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rootprint.ledger.core.errors import NotCanonical, Refused
from rootprint.ledger.core.keys import SigningKey
from rootprint.ledger.core.sdjwt import parse_disclosure
from rootprint.ledger.core.seal import DRAFT_MEMBERS, redact, seal
from rootprint.ledger.core.statement import Statement, parse_statement
from tests.core.full_statements import full
from tests.support import statements
from tests.support.statements import LOG, gas_line

KEY = SigningKey.generate()
FULL = seal(full("product"), KEY, LOG)
SINGLE = (
    *("inventoryShape", "cells", "gases", "uncertainty", "outputUncertainty"),
    "producedAmount",
)


def product_of(lines: int) -> Statement:
    return seal(statements.product(lines=[gas_line(f"{n + 1}") for n in range(lines)]), KEY, LOG)


@pytest.mark.parametrize("kind", ["product", "factor", "assurance", "status"])
def test_a_draft_with_every_member_is_sealed_and_read_again(kind: str) -> None:
    """The result is what every verifier reads, signed and open."""
    statement = seal(full(kind), KEY, LOG)
    again = parse_statement(statement.text)
    assert again.opened == statement.opened
    again.verify(KEY.public)
    assert (again.log, again.kid) == (LOG, KEY.public.kid)


def test_what_was_hidden_opens_to_what_the_draft_said() -> None:
    """Values at their places, lines with their index added."""
    subject = full("product")["credentialSubject"]
    opened = FULL.opened
    (place,) = opened.lines
    assert opened.lines[place] == {**subject["inventory"][0], "line": place}
    assert opened.shape == (place,)
    assert opened.cells == subject["cells"]
    assert opened.gases == subject["gases"]
    assert opened.uncertainty == subject["uncertainty"]
    assert opened.produced_amount == subject["producedAmount"]
    assert [opened.evidence[n] for n in range(2)] == subject["evidence"]
    assert opened.complete


def test_nothing_hidden_stands_in_the_clear() -> None:
    """The JWT alone tells no line, stage, gas or amount; and no _sd member exists."""
    jwt = str(FULL.envelope.payload)
    for secret in ("Natural gas", "meter", "manufacturing", "lognormal", "1000", "invoice"):
        assert secret not in jwt
    assert "'_sd'" not in jwt
    assert FULL.bare.opened.shape is None
    assert not FULL.bare.opened.complete


def test_two_sealings_of_one_draft_share_no_digest() -> None:
    """Fresh id and salts: a hidden value can't be recognised by guessing it."""
    one, two = (seal(full("product"), KEY, LOG) for _ in range(2))
    assert one.id != two.id
    assert one.digest != two.digest
    assert not _digests(one) & _digests(two)
    assert re.fullmatch(
        r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-.{12}", one.id
    )


def _digests(statement: Statement) -> set[str]:
    return {slot["..."] for name in ("inventory", *SINGLE) for slot in statement.subject[name]}


@settings(max_examples=25)
@given(st.integers(1, 70))
def test_placeholders_tell_no_more_than_a_power_of_two(lines: int) -> None:
    """As many slots as the next power of two from 8 on; one of each other member."""
    statement = product_of(lines)
    expected = next(size for size in (8, 16, 32, 64, 128) if size >= lines)
    assert len(statement.subject["inventory"]) == expected
    assert len(statement.subject["inventoryShape"]) == 1
    shape = statement.opened.shape
    assert shape is not None
    assert len(shape) == lines == len(statement.opened.lines)
    assert list(shape) == sorted(set(shape))
    amounts = [statement.opened.lines[place]["amount"]["value"] for place in shape]
    assert amounts == [f"{n + 1}" for n in range(lines)]
    assert {len(slot["..."]) for slot in statement.subject["inventory"]} == {43}


def test_places_of_lines_are_spread_evenly() -> None:
    """Three lines in eight slots, 400 times: each slot about 150 times (five sigma: 49)."""
    places = Counter(place for _ in range(400) for place in product_of(3).opened.shape or ())
    assert set(places) == set(range(8))
    assert all(101 <= count <= 199 for count in places.values())


@settings(max_examples=40)
@given(st.sets(st.sampled_from(["inventory", "evidence", "evidence[0]", "evidence[1]", *SINGLE])))
def test_redacting_only_takes_away(keep: set[str]) -> None:
    """The same JWT, digest and signature; exactly the places named stay open."""
    less = redact(FULL, keep)
    assert less.digest == FULL.digest
    assert less.envelope.jwt == FULL.envelope.jwt
    assert set(less.disclosures) <= set(FULL.disclosures)
    assert {f"{name}[{index}]" if name == "evidence" else name for name, index in less.sources} == (
        keep - {"evidence"}
    ) | ({"evidence[0]", "evidence[1]"} if "evidence" in keep else set())
    again = parse_statement(less.text)
    assert again.opened == less.opened
    again.verify(KEY.public)


def test_a_redacted_statement_can_be_redacted_further_but_not_back() -> None:
    """A holder passes on at most what it got."""
    once = redact(FULL, {"cells", "gases"})
    assert redact(once, {"gases", "inventory"}).sources.keys() == {("gases", 0)}
    assert redact(redact(FULL, set()), {"inventory"}).disclosures == ()


def test_single_lines_can_be_shown() -> None:
    """By index; without the shape it is not known how many others there are."""
    statement = product_of(5)
    place = (statement.opened.shape or ())[2]
    shown = redact(statement, {f"inventory[{place}]"})
    assert shown.opened.lines == {place: statement.opened.lines[place]}
    assert shown.opened.shape is None
    assert not shown.opened.complete


def test_complete_means_shape_and_all_its_lines() -> None:
    """Lines without the shape, or the shape with a line missing, are not complete."""
    statement = product_of(3)
    first, *rest = statement.opened.shape or ()
    some = {f"inventory[{place}]" for place in rest}
    assert statement.opened.complete
    assert not redact(statement, {"inventory"}).opened.complete
    assert not redact(statement, {"inventoryShape"}).opened.complete
    assert not redact(statement, {"inventoryShape", *some}).opened.complete
    assert redact(statement, {"inventoryShape", *some, f"inventory[{first}]"}).opened.complete


@pytest.mark.parametrize("name", sorted(DRAFT_MEMBERS))
def test_a_draft_has_exactly_its_members(name: str) -> None:
    """Neither one less nor one more: id, log and algorithm are not the drafter's to choose."""
    draft = statements.product()
    less = {member: value for member, value in draft.items() if member != name}
    for wrong in (less, {**draft, "id": "urn:uuid:1"}):
        with pytest.raises(Refused, match="does not have exactly the members"):
            seal(wrong, KEY, LOG)


def with_line(**members: Any) -> statements.Draft:
    return statements.product(lines=[gas_line("2.5", **members)])


@pytest.mark.parametrize(
    ("draft", "error", "reason"),
    [
        pytest.param(statements.product(lines=[]), Refused, "0 items", id="empty-inventory"),
        pytest.param(
            statements.product(lines=[gas_line("1")] * 8193), Refused, "8193 items", id="too-many"
        ),
        pytest.param(
            statements.product(inventory=5), Refused, "inventory is not an array", id="number"
        ),
        pytest.param(
            statements.product(inventory=["a"]), Refused, "inventory is not an array", id="texts"
        ),
        pytest.param(statements.product(evidence={}), Refused, "evidence is not an", id="evidence"),
        pytest.param(
            statements.product(cells={"mining": {"fossilGhgEmissions": "1"}}),
            Refused,
            "one of raw-material",
            id="stage",
        ),
        pytest.param(
            statements.product(pcf={"fossilGhgEmissions": 2.5}), NotCanonical, "float", id="float"
        ),
        pytest.param(with_line(share=0.5), NotCanonical, "written as float", id="float-in-line"),
        pytest.param(with_line(stage="mining"), Refused, "stage is not one of", id="line-stage"),
        pytest.param(
            {**statements.product(), "issuer": "did:web:Maker.example"},
            Refused,
            "lower-case DID",
            id="issuer",
        ),
        pytest.param(
            {**statements.product(), "type": "Statement"}, Refused, "payload.type", id="type"
        ),
        pytest.param(
            {**statements.product(), "credentialSubject": []},
            Refused,
            "not an object",
            id="subject",
        ),
    ],
)
def test_nothing_is_sealed_that_would_be_refused(
    draft: statements.Draft, error: type[Refused], reason: str
) -> None:
    """The drafter hears it before the key is of use to anybody."""
    with pytest.raises(error, match=reason):
        seal(draft, KEY, LOG)


def test_a_log_name_is_checked_on_sealing() -> None:
    """An http address with a space can't name a log."""
    with pytest.raises(Refused, match="no space, no plus"):
        seal(statements.product(), KEY, "http://log.example/my log")


def test_every_disclosure_is_salted_apart() -> None:
    """Equal lines have different salts, hence different digests."""
    statement = seal(statements.product(lines=[gas_line("1")] * 8), KEY, LOG)
    parsed = [parse_disclosure(encoded) for encoded in statement.disclosures]
    assert len({item.digest for item in parsed}) == len(parsed) == 10
