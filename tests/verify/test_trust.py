"""The trust file: closed, whole, and clear about whose statement is expected."""

from __future__ import annotations

import json
from typing import Any

import pytest

from rootprint.ledger.core.canonical import encode
from rootprint.ledger.core.checkpoint import NoteKey
from rootprint.ledger.core.errors import Refused, TooLarge
from rootprint.ledger.evidence import read
from rootprint.ledger.verify import NothingExpected, parse_trust
from rootprint.ledger.verify.trust import MAX_BYTES
from tests.support.world import World


@pytest.fixture(scope="module")
def content() -> dict[str, Any]:
    world = World()
    return world.trust_json(world.publish(world.factor("fuel")))


def test_people_may_write_it_with_spaces(content: dict[str, Any]) -> None:
    pretty = json.dumps(content, indent=2).encode()
    assert parse_trust(pretty) == parse_trust(encode(content))


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({"version": 1}, "trust.version"),
        ({"unknown": 1}, "does not know"),
        ({"registrar": "0xAA" + "aa" * 19}, "trust.registrar"),
        ({"logId": "0x00"}, "trust.logId"),
        ({"origin": "another.example/log"}, "origin is not the name"),
        ({"vkey": "log.rootprint.example/conformance+00000000+AAAA"}, "note key"),
        ({"confirmations": -1}, "trust.confirmations"),
        ({"confirmations": 1.5}, "float"),
        ({"auditors": []}, "trust.auditors"),
        ({"auditors": ["the auditor"]}, "trust.auditors"),
        ({"maxStatusAge": 60}, "does not know"),
        ({"asOf": "tomorrow"}, "trust.asOf"),
        ({"witnessPolicy": {"threshold": 0, "witnesses": []}}, "trust.witnessPolicy"),
    ],
)
def test_a_wrong_trust_file_is_refused_with_the_place(
    content: dict[str, Any], changes: dict[str, Any], answer: str
) -> None:
    with pytest.raises(Refused, match=answer):
        parse_trust(json.dumps({**content, **changes}).encode())


@pytest.mark.parametrize(
    "name", ["chainId", "contracts", "logId", "origin", "vkey", "registrar", "authority"]
)
def test_nothing_has_a_default(content: dict[str, Any], name: str) -> None:
    rest = {member: value for member, value in content.items() if member != name}
    with pytest.raises(Refused, match=f"lacks {name}"):
        parse_trust(encode(rest))


def test_more_witnesses_asked_for_than_there_are_is_refused(content: dict[str, Any]) -> None:
    """Bug: it was found only when the first checkpoint was read, as a failure of check 3."""
    log = NoteKey.parse(content["vkey"])
    policy = {"threshold": 2, "witnesses": [NoteKey(log.name, log.key, 0x04).vkey]}
    with pytest.raises(Refused, match="beyond the number of distinct witnesses"):
        parse_trust(encode({**content, "witnessPolicy": policy}))


def test_its_length_is_bounded(content: dict[str, Any]) -> None:
    with pytest.raises(TooLarge, match=f"longer than {MAX_BYTES}"):
        parse_trust(json.dumps(content).encode() + b" " * MAX_BYTES)


@pytest.mark.parametrize("filler", ["", " " * MAX_BYTES], ids=["small", "too large"])
def test_evidence_in_its_place_is_reported_as_a_swap(filler: str) -> None:
    """Bug: the advice was of length or members only, and of evidence to have it signed again."""
    world = World()
    fuel = world.publish(world.factor("fuel"))
    world.anchor()
    evidence = world.evidence(fuel) + filler.encode()
    with pytest.raises(Refused, match="looks like an evidence file; were the two swapped"):
        parse_trust(evidence)


@pytest.mark.parametrize("indent", [None, 2])
def test_it_in_the_place_of_evidence_is_reported_as_a_swap(
    content: dict[str, Any], indent: int | None
) -> None:
    with pytest.raises(Refused, match="looks like a trust file; were the two swapped"):
        read(json.dumps(content, indent=indent).encode())


@pytest.mark.parametrize(
    ("expect", "said"),
    [
        ({}, False),
        ({"issuer": "did:web:maker.example"}, False),
        ({"product": "urn:example:part"}, False),
        ({"issuer": "did:web:maker.example", "product": "urn:example:part"}, True),
        ({"digest": "sha256:" + "11" * 32}, True),
    ],
)
def test_an_expectation_names_one_statement_or_its_owner_and_product(
    content: dict[str, Any], expect: dict[str, str], *, said: bool
) -> None:
    expectation = parse_trust(encode({**content, "expect": expect})).expect
    assert expectation.said is said
    if said:
        expectation.require()
    else:
        with pytest.raises(NothingExpected, match="it is not said whose statement"):
            expectation.require()
