"""SD-JWTs both ways: what we seal RFC 9901's rules open, what they issue we open, and no other.

``rfc9901`` is the other reader. Version 1 takes a part of the RFC: array elements only, no key
binding, SHA-256, ES256.
"""

from __future__ import annotations

import copy
import hashlib
import json
import secrets
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.keys import SigningKey
from rootprint.ledger.core.sdjwt import parse_disclosure
from rootprint.ledger.core.seal import redact, seal
from rootprint.ledger.core.statement import parse_statement
from tests.core import rfc9901
from tests.core.full_statements import full
from tests.core.rfc9901 import Invalid, b64, digest_of, hide, unb64
from tests.support.statements import LOG

Json = Any
NATIVE = ec.generate_private_key(ec.SECP256R1())
KEY = SigningKey(NATIVE)
KINDS = ("product", "factor", "assurance", "status")


def issue(header: Json, payload: Json, disclosures: list[str]) -> str:
    return rfc9901.issue(NATIVE, header, payload, disclosures)


def processed(text: str) -> Json:
    return rfc9901.processed(NATIVE.public_key(), text)


# ---- ours, read by it ----


@pytest.mark.parametrize("kind", KINDS)
def test_the_rfc_s_reader_opens_ours_to_what_the_draft_said(kind: str) -> None:
    draft = full(kind)
    said = copy.deepcopy(draft["credentialSubject"])
    statement = seal(draft, KEY, LOG)
    subject = processed(statement.text)["credentialSubject"]
    for name in (*("cells", "gases", "uncertainty", "outputUncertainty", "producedAmount"),):
        if name in said:
            subject[name] = subject[name][0]
    for line in subject.get("inventory", []):
        del line["line"]
    subject.pop("inventoryShape", None)
    assert subject == said


@pytest.mark.parametrize("keep", [set(), {"inventory"}, {"cells", "inventoryShape"}, {"evidence"}])
def test_the_rfc_s_reader_sees_of_a_redacted_one_what_we_see(keep: set[str]) -> None:
    statement = redact(seal(full("product"), KEY, LOG), keep)
    subject = processed(statement.text)["credentialSubject"]
    opened = statement.opened
    assert subject["inventory"] == [opened.lines[place] for place in sorted(opened.lines)]
    assert subject["inventoryShape"] == ([] if opened.shape is None else [list(opened.shape)])
    assert subject["cells"] == ([] if opened.cells is None else [opened.cells])
    assert subject["evidence"] == [opened.evidence[place] for place in sorted(opened.evidence)]


# ---- its, read by us ----


def parts(kind: str = "product") -> tuple[Json, Json, list[str]]:
    """Return header, payload and disclosures, all of the oracle's own making but the content."""
    sealed = seal(full(kind), KEY, LOG)
    header, payload = copy.deepcopy((sealed.envelope.header, sealed.envelope.payload))
    disclosures = []
    for (name, place), encoded in sealed.sources.items():
        disclosure, slot = hide(parse_disclosure(encoded).value)
        payload["credentialSubject"][name][place] = slot
        disclosures.append(disclosure)
    return header, payload, disclosures


@pytest.mark.parametrize("kind", KINDS)
def test_we_open_the_oracle_s_to_what_it_hid(kind: str) -> None:
    header, payload, disclosures = parts(kind)
    text = issue(header, payload, disclosures)
    statement = parse_statement(text)
    statement.verify(KEY.public)
    theirs = processed(text)["credentialSubject"]
    assert list(statement.opened.lines.values()) == theirs.get("inventory", [])
    assert statement.opened.cells == theirs.get("cells", [None])[0]
    assert list(statement.opened.evidence.values()) == theirs.get("evidence", [])


def test_we_take_disclosures_in_any_order() -> None:
    """Section 4.2.6: their order says nothing."""
    header, payload, disclosures = parts()
    one, two = (parse_statement(issue(header, payload, order)).opened
                for order in (disclosures, disclosures[::-1]))  # fmt: skip
    assert (one.lines, one.cells, one.evidence) == (two.lines, two.cells, two.evidence)


def test_decoys_open_nothing_and_disturb_nothing() -> None:
    """Section 4.2.5: most of the inventory's slots are decoys; both readers leave them out."""
    header, payload, disclosures = parts()
    slots = payload["credentialSubject"]["inventory"]
    assert len(slots) == 8
    text = issue(header, payload, disclosures)
    assert len(parse_statement(text).opened.lines) == 1
    assert len(processed(text)["credentialSubject"]["inventory"]) == 1


# ---- what both must refuse ----

Spoil = Callable[[Json, list[str]], None]


def _subject(payload: Json) -> Json:
    return payload["credentialSubject"]


def _one_digest_twice(payload: Json, _: list[str]) -> None:
    slots = _subject(payload)["inventory"]
    slots[0] = slots[1]


def _one_digest_at_two_places(payload: Json, _: list[str]) -> None:
    _subject(payload)["inventory"][0] = _subject(payload)["cells"][0]


def _not_referenced(_: Json, disclosures: list[str]) -> None:
    disclosures.append(hide("nobody asked")[0])


def _disclosed_twice(_: Json, disclosures: list[str]) -> None:
    disclosures.append(disclosures[0])


def _three_parts_in_an_array(payload: Json, disclosures: list[str]) -> None:
    salt, value = json.loads(unb64(disclosures[-1]))
    disclosures[-1] = b64(json.dumps([salt, "name", value], separators=(",", ":")).encode())
    _subject(payload)["evidence"][-1] = {"...": digest_of(disclosures[-1])}


def _sibling_of_the_dots(payload: Json, _: list[str]) -> None:
    _subject(payload)["cells"][0]["more"] = 1


def _digest_by_what_it_decodes_to(payload: Json, disclosures: list[str]) -> None:
    wrong = b64(hashlib.sha256(unb64(disclosures[-1])).digest())
    _subject(payload)["evidence"][-1] = {"...": wrong}


def _changed_disclosure(_: Json, disclosures: list[str]) -> None:
    salt, value = json.loads(unb64(disclosures[-1]))
    value["type"] = "another"
    disclosures[-1] = b64(json.dumps([salt, value], separators=(",", ":")).encode())


def _another_hash(payload: Json, _: list[str]) -> None:
    payload["_sd_alg"] = "sha-512"


MUST_REFUSE: tuple[Spoil, ...] = (
    _one_digest_twice,
    _one_digest_at_two_places,
    _not_referenced,
    _disclosed_twice,
    _three_parts_in_an_array,
    _sibling_of_the_dots,
    _digest_by_what_it_decodes_to,
    _changed_disclosure,
    _another_hash,
)


@pytest.mark.parametrize("spoil", MUST_REFUSE, ids=lambda spoil: spoil.__name__.strip("_"))
def test_what_the_rfc_refuses_we_refuse(spoil: Spoil) -> None:
    """Section 7.1, steps 2 to 5: the oracle and we say no to the same, and yes without it."""
    header, payload, disclosures = parts()
    assert processed(issue(header, payload, disclosures))
    _ = parse_statement(issue(header, payload, disclosures)).opened
    spoil(payload, disclosures)
    text = issue(header, payload, disclosures)
    with pytest.raises(Invalid):
        processed(text)
    with pytest.raises(Refused):
        _ = parse_statement(text).opened


def test_the_place_of_a_key_binding_is_refused() -> None:
    """Section 7.3: what follows the last tilde would be a KB-JWT; version 2 has none."""
    text = issue(*parts()) + "e30.e30.AA"
    with pytest.raises(Invalid):
        processed(text)
    with pytest.raises(Refused, match="ends with a tilde"):
        parse_statement(text)


# ---- what the RFC allows and version 2 does not ----


def _members_digests(payload: Json, disclosures: list[str]) -> None:
    salt = b64(secrets.token_bytes(16))
    disclosure = b64(json.dumps([salt, "licence", "CC0-1.0"], separators=(",", ":")).encode())
    disclosures.append(disclosure)
    del _subject(payload)["licence"]
    _subject(payload)["_sd"] = [digest_of(disclosure)]


def _digests_at_the_top(payload: Json, _: list[str]) -> None:
    payload["_sd"] = []


def _slot_where_none_belongs(payload: Json, disclosures: list[str]) -> None:
    disclosure, slot = hide("urn:example:product:2")
    disclosures.append(disclosure)
    _subject(payload)["productIds"].append(slot)


def _hidden_in_hidden(payload: Json, disclosures: list[str]) -> None:
    inner, slot = hide("sha256:" + "5a" * 32)
    salt, line = json.loads(unb64(disclosures[0]))
    line["evidence"] = [slot]
    outer = b64(json.dumps([salt, line], separators=(",", ":"), sort_keys=True).encode())
    _subject(payload)["inventory"][line["line"]] = {"...": digest_of(outer)}
    disclosures[0] = outer
    disclosures.append(inner)


def _no_hash_named(payload: Json, _: list[str]) -> None:
    del payload["_sd_alg"]


NARROWER: tuple[Spoil, ...] = (
    _members_digests,
    _digests_at_the_top,
    _slot_where_none_belongs,
    _hidden_in_hidden,
    _no_hash_named,
)


@pytest.mark.parametrize("spoil", NARROWER, ids=lambda spoil: spoil.__name__.strip("_"))
def test_where_version_1_is_narrower_it_refuses_and_never_reads_otherwise(spoil: Spoil) -> None:
    """A general reader takes these; to us they are of no version that we know."""
    header, payload, disclosures = parts()
    spoil(payload, disclosures)
    text = issue(header, payload, disclosures)
    assert processed(text)
    with pytest.raises(Refused):
        _ = parse_statement(text).opened


@pytest.mark.parametrize("length", [0, 16, 31, 33, 64])
def test_a_digest_of_a_wrong_length_is_refused(length: int) -> None:
    """SHA-256 has 32 bytes: another slot could be opened by nothing, and would only be odd."""
    header, payload, disclosures = parts()
    _subject(payload)["inventory"][0] = {"...": b64(bytes(length))}
    with pytest.raises(Refused, match="SHA-256 digest"):
        parse_statement(issue(header, payload, disclosures))


@pytest.mark.parametrize("length", [0, 8, 15, 17, 32])
def test_a_salt_of_another_length_is_refused(length: int) -> None:
    """Section 9.3 recommends 128 bits; version 2 has exactly these."""
    header, payload, disclosures = parts()
    _, value = json.loads(unb64(disclosures[-1]))
    content = json.dumps([b64(bytes(length)), value], separators=(",", ":"), sort_keys=True)
    disclosures[-1] = b64(content.encode())
    _subject(payload)["evidence"][-1] = {"...": digest_of(disclosures[-1])}
    text = issue(header, payload, disclosures)
    assert processed(text)
    with pytest.raises(Refused, match="salt"):
        _ = parse_statement(text).opened
