"""The envelope: closed lists, canonical bytes, one algorithm, one identity."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rootprint.ledger.core.canonical import encode
from rootprint.ledger.core.encoding import b64url
from rootprint.ledger.core.errors import BadSignature, NotCanonical, Refused, TooLarge
from rootprint.ledger.core.keys import P256_ORDER, SigningKey
from rootprint.ledger.core.sdjwt import join
from rootprint.ledger.core.seal import seal
from rootprint.ledger.core.statement import has_inventory, parse_statement
from tests.support import statements
from tests.support.statements import DIGEST, LOG, raw, sign_raw

if TYPE_CHECKING:
    from collections.abc import Callable

KEY = SigningKey.generate()
SEALED = {
    "product": seal(statements.product(), KEY, LOG),
    "factor": seal(statements.factor(), KEY, LOG),
    "assurance": seal(statements.assurance(), KEY, LOG),
    "status": seal(statements.status(), KEY, LOG),
}
PRODUCT = SEALED["product"]
HEADER = {"alg", "kid", "typ"}
PAYLOAD = {
    *("@context", "type", "id", "issuer", "validFrom", "validUntil", "log"),
    *("credentialSubject", "_sd_alg"),
}
kinds = pytest.mark.parametrize("kind", SEALED)


def header_with(**members: Any) -> str:
    header, payload = raw(PRODUCT)
    return sign_raw({**header, **members}, payload, KEY, PRODUCT.disclosures)


def payload_with(**members: Any) -> str:
    header, payload = raw(PRODUCT)
    return sign_raw(header, {**payload, **members}, KEY, PRODUCT.disclosures)


@kinds
def test_what_was_sealed_is_read_back(kind: str) -> None:
    """Text and back is the same statement, and its signature is true."""
    statement = SEALED[kind]
    again = parse_statement(statement.text)
    assert again == statement
    again.verify(KEY.public)
    assert again.issuer.startswith("did:web:")
    assert again.log == LOG
    assert again.id.startswith("urn:uuid:")
    assert again.kid == KEY.public.kid


@kinds
def test_the_digest_is_sha_256_of_the_jwt_s_text(kind: str) -> None:
    """Of header.payload.signature as ASCII, without disclosures or tildes."""
    statement = SEALED[kind]
    jwt = statement.text.split("~")[0]
    assert statement.digest == hashlib.sha256(jwt.encode("ascii")).digest()
    assert statement.bare.digest == statement.digest


def test_a_statement_says_what_it_concerns() -> None:
    """Assurance and status name another statement; footprints don't; products have inventories."""
    concerned = bytes.fromhex(DIGEST.removeprefix("sha256:"))
    assert {kind: s.concerns for kind, s in SEALED.items()} == {
        "product": None,
        "factor": None,
        "assurance": concerned,
        "status": concerned,
    }
    assert {kind for kind, s in SEALED.items() if has_inventory(s)} == {"product"}
    assert PRODUCT.validity == (1767225600, 1830297600)


@pytest.mark.parametrize("name", sorted(HEADER))
def test_a_header_without_a_member_is_refused(name: str) -> None:
    """alg, kid and typ, each of them."""
    header, payload = raw(PRODUCT)
    assert set(header) == HEADER
    del header[name]
    with pytest.raises(Refused, match=f"header lacks {name}"):
        parse_statement(sign_raw(header, payload, KEY))


@kinds
@pytest.mark.parametrize("name", sorted(PAYLOAD))
def test_a_payload_without_a_member_is_refused(kind: str, name: str) -> None:
    """Nine members, all in the open, in every kind."""
    header, payload = raw(SEALED[kind])
    assert set(payload) == PAYLOAD
    del payload[name]
    with pytest.raises(Refused, match=f"payload lacks {name}"):
        parse_statement(sign_raw(header, payload, KEY))


@pytest.mark.parametrize("name", ["jwk", "x5c", "crit", "cty", "b64", "iat", "jku", "zip", ""])
def test_another_header_member_is_refused(name: str) -> None:
    """A key, a certificate or an instruction in the header is never looked at."""
    with pytest.raises(Refused, match="does not know"):
        parse_statement(header_with(**{name: "x"}))


@kinds
@pytest.mark.parametrize("name", ["iss", "sub", "iat", "nbf", "exp", "aud", "_sd", "cnf", "vct"])
def test_another_payload_member_is_refused(kind: str, name: str) -> None:
    """JWT's own claims would say things twice, perhaps differently."""
    header, payload = raw(SEALED[kind])
    with pytest.raises(Refused, match=f"member '{name}' that version 2 does not know"):
        parse_statement(sign_raw(header, {**payload, name: 1}, KEY))


@pytest.mark.parametrize(
    ("member", "value"),
    [
        *[("alg", a) for a in ("none", "ES384", "RS256", "HS256", "EdDSA", "es256", "", None, 256)],
        *[("typ", t) for t in ("JWT", "vc+sd-jwt ", "VC+SD-JWT", "application/vc+sd-jwt", "")],
        *[("kid", k) for k in ("", "A" * 42, "A" * 44, "did:web:a.example#1", "+" * 43, None)],
    ],
)
def test_another_header_value_is_refused(member: str, value: object) -> None:
    """ES256 alone, one media type, and a thumbprint as the key's name."""
    with pytest.raises(Refused, match=f"header.{member} is not"):
        parse_statement(header_with(**{member: value}))


@pytest.mark.parametrize(
    ("member", "value", "reason"),
    [
        ("type", ["FootprintStatement", "VerifiableCredential"], "payload.type is not"),
        ("type", ["VerifiableCredential"], "payload.type is not"),
        ("type", ["VerifiableCredential", "FootprintStatement", "More"], "payload.type is not"),
        ("type", ["VerifiableCredential", "LabelCertificate"], "payload.type is not"),
        ("type", "FootprintStatement", "payload.type is not"),
        ("@context", "https://www.w3.org/ns/credentials/v2", "payload.@context is not"),
        ("@context", ["https://www.w3.org/ns/credentials/v2"], "payload.@context is not"),
        (
            "@context",
            ["urn:rootprint:statement:v2", "https://www.w3.org/ns/credentials/v2"],
            "payload.@context is not",
        ),
        (
            "@context",
            ["https://www.w3.org/ns/credentials/v2", "urn:rootprint:statement:v1"],
            "payload.@context is not",
        ),
        ("_sd_alg", "sha-512", "payload._sd_alg is not"),
        ("id", "urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8", "UUIDv4"),
        ("id", "urn:uuid:6BA7B810-9DAD-41D1-80B4-00C04FD430C8", "UUIDv4"),
        ("id", "urn:uuid:6ba7b810-9dad-41d1-c0b4-00c04fd430c8", "UUIDv4"),
        ("id", "6ba7b810-9dad-41d1-80b4-00c04fd430c8", "UUIDv4"),
        ("id", "urn:uuid:6ba7b810-9dad-41d1-80b4-00c04fd430c8\n", "UUIDv4"),
        ("issuer", "did:web:Maker.example", "lower-case DID"),
        ("issuer", "did:web:mäker.example", "lower-case DID"),
        ("issuer", "DID:web:maker.example", "lower-case DID"),
        ("issuer", "https://maker.example", "lower-case DID"),
        ("issuer", "did:web:maker.example#key", "lower-case DID"),
        ("issuer", {"id": "did:web:maker.example"}, "lower-case DID"),
        ("issuer", "did:web:" + "a" * 248, "lower-case DID"),
        ("log", "https://log.example/my log", "no space, no plus"),
        ("log", "log+x", "no space, no plus"),
        ("log", "", "no space, no plus"),
        ("log", None, "payload.log is not"),
        ("validFrom", "2026-01-01T00:00:00+00:00", "payload.validFrom is not an RFC 3339"),
        ("validFrom", "2026-02-30T00:00:00Z", "payload.validFrom is not an RFC 3339"),
        ("validFrom", 1767225600, "payload.validFrom is not a time"),
        ("validUntil", "2025-12-31T23:59:59Z", "validUntil is not after validFrom"),
        ("validUntil", "2026-01-01T00:00:00Z", "validUntil is not after validFrom"),
        ("credentialSubject", [], "credentialSubject"),
        ("credentialSubject", None, "credentialSubject"),
    ],
    ids=str,
)
def test_another_payload_value_is_refused(member: str, value: object, reason: str) -> None:
    """Each member has one form."""
    with pytest.raises(Refused, match=reason):
        parse_statement(payload_with(**{member: value}))


@pytest.mark.parametrize("shape", [None, [], "text", 1])
def test_header_and_payload_are_objects(shape: object) -> None:
    """Canonical JSON of another kind is refused, not a crash."""
    header, payload = raw(PRODUCT)
    with pytest.raises(Refused, match="header is not an object"):
        parse_statement(sign_raw(shape, payload, KEY))
    with pytest.raises(Refused, match="payload is not an object"):
        parse_statement(sign_raw(header, shape, KEY))


def test_subjects_are_of_their_kind() -> None:
    """One kind's subject under another kind's name is refused."""
    for kind, other in (("product", "status"), ("assurance", "product"), ("status", "assurance")):
        header, payload = raw(SEALED[kind])
        payload["credentialSubject"] = raw(SEALED[other])[1]["credentialSubject"]
        with pytest.raises(Refused, match="credentialSubject"):
            parse_statement(sign_raw(header, payload, KEY))


def test_the_high_s_twin_of_a_statement_is_refused() -> None:
    """The same content with the other signature would be a second digest of one statement."""
    jwt, _, rest = PRODUCT.text.partition("~")
    unsigned = jwt.rpartition(".")[0]
    signature = PRODUCT.envelope.signature
    high = signature[:32] + (P256_ORDER - int.from_bytes(signature[32:])).to_bytes(32)
    twin = parse_statement(f"{unsigned}.{b64url(high)}~{rest}")
    assert twin.digest != PRODUCT.digest
    with pytest.raises(BadSignature, match="low s"):
        twin.verify(KEY.public)


def test_only_the_named_key_verifies() -> None:
    """Another key is refused by name, before any signature is computed."""
    other = SigningKey.generate()
    with pytest.raises(Refused, match="not the one that the statement's header names"):
        PRODUCT.verify(other.public)
    header, payload = raw(PRODUCT)
    forged = parse_statement(sign_raw({**header, "kid": KEY.public.kid}, payload, other))
    with pytest.raises(BadSignature, match="not true for these bytes"):
        forged.verify(KEY.public)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param(lambda p: p.replace(b'":', b'": ', 1), "not canonical", id="space"),
        pytest.param(lambda p: p[:-1] + b',"log":"a"}', "not canonical", id="duplicate"),
        pytest.param(lambda p: p[:-1] + b',"x":1.0}', "float", id="float"),
        pytest.param(
            lambda p: p.replace(b"sha-256", rb"sha\u002d256"), "not canonical", id="escape"
        ),
        pytest.param(lambda p: p[:-1] + b',"\xc3\xa9":1}', "not ASCII", id="name"),
        pytest.param(lambda p: p[:-1] + b',"x":"\\ud800"}', "not JSON", id="surrogate"),
        pytest.param(lambda p: b"\xef\xbb\xbf" + p, "not JSON", id="byte-order-mark"),
    ],
)
def test_a_payload_that_is_not_canonical_is_refused(
    change: Callable[[bytes], bytes], reason: str
) -> None:
    """Signed or not, bytes that are not RFC 8785's are not a statement."""
    header, payload = raw(PRODUCT)
    unsigned = f"{b64url(encode(header))}.{b64url(change(encode(payload)))}"
    with pytest.raises(NotCanonical, match=f"payload.*{reason}|{reason}"):
        parse_statement(join(f"{unsigned}.{b64url(KEY.sign(unsigned.encode()))}", ()))


def test_limits_hold_for_a_whole_statement() -> None:
    """8 MiB together, 16,384 disclosures, depth 16, strings of 64 KiB."""
    with pytest.raises(TooLarge, match="8388608 bytes"):
        parse_statement(PRODUCT.text + "a" * 2**23 + "~")
    with pytest.raises(TooLarge, match="16384 disclosures"):
        parse_statement(join(PRODUCT.envelope.jwt, ("a",) * 16385))
    deep: Any = {}
    for _ in range(13):
        deep = {"a": deep}
    extension = {"specVersion": "2.0.0", "dataSchema": "https://a.example", "data": deep}
    too_deep = statements.product(extensions=[extension])
    with pytest.raises(TooLarge, match="deeper than 16"):
        seal(too_deep, KEY, LOG)
    with pytest.raises(TooLarge, match="longer than 65536"):
        seal(statements.product(productDescription="a" * (2**16 + 1)), KEY, LOG)


def test_extensions_may_hold_anything_within_limits() -> None:
    """PACT's shape; what is in data no check reads."""
    data = {"anything": [1, None, {"nested": "é"}]}
    extension = {
        "specVersion": "2.0.0",
        "dataSchema": "https://a.example/schema.json",
        "documentation": "https://a.example",
        "data": data,
    }
    sealed = seal(statements.product(extensions=[extension]), KEY, LOG)
    assert sealed.subject["extensions"][0]["data"] == data


@settings(max_examples=150)
@given(st.data())
def test_a_changed_character_never_verifies(data: st.DataObject) -> None:
    """Whatever one character of the JWT becomes: refused on reading or by the key."""
    jwt = PRODUCT.envelope.jwt
    place = data.draw(st.integers(0, len(jwt) - 1))
    character = data.draw(st.characters(max_codepoint=126).filter(lambda c: c != jwt[place]))
    text = join(jwt[:place] + character + jwt[place + 1 :], PRODUCT.disclosures)
    with pytest.raises(Refused, match=" "):
        parse_statement(text).verify(KEY.public)


@settings(max_examples=150)
@given(st.text(st.characters(max_codepoint=126), max_size=60))
def test_arbitrary_text_is_refused(text: str) -> None:
    """Nothing but errors of the tree, whatever is thrown at it."""
    for candidate in (text, f"{text}~", f"e30.e30.{text}~"):
        with pytest.raises(Refused, match=" "):
            parse_statement(candidate)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text("a-0.:", max_size=4),
    lambda v: (
        st.lists(v, max_size=2)
        | st.dictionaries(st.sampled_from(["a", "...", "role"]), v, max_size=2)
    ),
    max_leaves=5,
)


@settings(max_examples=300)
@given(st.sampled_from(sorted(SEALED)), st.data(), JSON)
def test_any_json_in_any_place_is_read_or_refused(
    kind: str, data: st.DataObject, value: object
) -> None:
    """A wrongly typed member anywhere is a refusal in words, never a crash."""
    header, payload = raw(SEALED[kind])
    path = data.draw(st.sampled_from(_places(payload)))
    at(payload, path[:-1])[path[-1]] = value
    text = sign_raw(header, payload, KEY, SEALED[kind].disclosures)
    try:
        statement = parse_statement(text)
        _ = (statement.digest, statement.concerns, statement.validity, statement.opened)
    except Refused:
        return
    assert statement.text == text


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if not isinstance(value, dict | list):
        return []
    found = []
    for name, member in value.items() if isinstance(value, dict) else enumerate(value):
        found += [(*path, name), *_places(member, (*path, name))]
    return found
