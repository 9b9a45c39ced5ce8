"""The narrow SD-JWT: limits first, one encoding of each part, salted disclosures."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootprint.ledger.core import sdjwt
from rootprint.ledger.core.canonical import encode
from rootprint.ledger.core.encoding import b64url
from rootprint.ledger.core.errors import NotCanonical, TooLarge

SALT = b64url(bytes(16))
JWT = f"{b64url(b'{}')}.{b64url(b'{}')}.{b64url(b'signature')}"


def test_the_disclosure_digest_is_rfc_9901_s() -> None:
    """SHA-256 over the base64url text, not over what it decodes to (section 4.2.3)."""
    encoded = b64url(encode([SALT, "FR"]))
    expected = base64.urlsafe_b64encode(hashlib.sha256(encoded.encode("ascii")).digest())
    assert sdjwt.parse_disclosure(encoded).digest == expected.decode().rstrip("=")


@given(
    st.recursive(
        st.none() | st.text(max_size=5, alphabet="aé水"), lambda v: st.lists(v, max_size=3)
    )
)
def test_a_disclosure_goes_both_ways(value: Any) -> None:
    """Made and read again it has the same value and digest, and never the same salt twice."""
    one, two = sdjwt.disclose(value), sdjwt.disclose(value)
    assert sdjwt.parse_disclosure(one.encoded) == one
    assert one.value == value
    assert one.encoded != two.encoded
    assert one.digest != two.digest


def test_salts_have_128_random_bits() -> None:
    """Over 200 disclosures every bit position of the salt takes both values."""
    salts = []
    for _ in range(200):
        raw = base64.urlsafe_b64decode(sdjwt.disclose(None).encoded + "==")
        salts.append(base64.urlsafe_b64decode(json.loads(raw)[0] + "=="))
    assert {len(salt) for salt in salts} == {16}
    numbers = [int.from_bytes(salt) for salt in salts]
    for bit in range(128):
        assert {number >> bit & 1 for number in numbers} == {0, 1}


def test_decoys_look_like_digests() -> None:
    """43 characters of base64url, all different."""
    decoys = [sdjwt.decoy() for _ in range(50)]
    assert {len(decoy) for decoy in decoys} == {43}
    assert len(set(decoys)) == 50


@given(st.lists(st.text("abc-_", min_size=1, max_size=4), max_size=5))
def test_join_and_split_are_inverse(disclosures: list[str]) -> None:
    """JWT, then each disclosure ended by a tilde."""
    text = sdjwt.join(JWT, tuple(disclosures))
    assert sdjwt.split(text) == (JWT, tuple(disclosures))
    assert text.endswith("~")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param(JWT, id="no-tilde"),
        pytest.param(f"{JWT}~{SALT}", id="key-binding-place"),
        pytest.param(f"{JWT}~\n", id="newline"),
        pytest.param(f"{JWT}é~", id="not-ascii"),
    ],
)
def test_other_texts_are_refused(text: str) -> None:
    """ASCII that ends with a tilde: what a key binding JWT would follow is not accepted."""
    with pytest.raises(NotCanonical, match="ASCII SD-JWT that ends with a tilde"):
        sdjwt.split(text)


def test_eight_mebibytes_pass_and_a_byte_more_does_not() -> None:
    """JWT and disclosures together, tildes counted."""
    most = JWT + "~" + "a" * (sdjwt.MAX_BYTES - len(JWT) - 2) + "~"
    assert len(most) == sdjwt.MAX_BYTES == 8 * 1024 * 1024
    sdjwt.split(most)
    with pytest.raises(TooLarge, match="longer than 8388608 bytes"):
        sdjwt.split("a" + most)


def test_16384_disclosures_pass_and_16385_do_not() -> None:
    """Counted before any of them is decoded."""
    sdjwt.split(sdjwt.join(JWT, ("a",) * 16384))
    with pytest.raises(TooLarge, match="more than 16384 disclosures"):
        sdjwt.split(sdjwt.join(JWT, ("a",) * 16385))


@pytest.mark.parametrize("count", [1, 2, 4])
def test_a_jwt_has_three_parts(count: int) -> None:
    """Header, payload, signature: never two (RFC 7515 section 7.1), never a nested one."""
    with pytest.raises(NotCanonical, match=r"not header\.payload\.signature"):
        sdjwt.parse_envelope(".".join([b64url(b"{}")] * count))


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        pytest.param(b'{"a": 1}', "is not canonical JSON", id="space"),
        pytest.param(b'{"a":1,"a":1}', "is not canonical JSON", id="duplicate"),
        pytest.param(b'{"a":0.5}', "written as float", id="float"),
        pytest.param(b"{", "is not JSON", id="not-json"),
    ],
)
@pytest.mark.parametrize("place", [0, 1])
def test_header_and_payload_are_canonical(part: bytes, reason: str, place: int) -> None:
    """The message names the part."""
    parts = [b64url(b"{}"), b64url(b"{}"), ""]
    parts[place] = b64url(part)
    with pytest.raises(NotCanonical, match=reason):
        sdjwt.parse_envelope(".".join(parts))


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("spelling", ["e30=", "e31", "e3 0", "e"])
def test_every_part_is_base64url_in_one_spelling(place: int, spelling: str) -> None:
    """Padding, tail bits or spaces would give one statement two digests."""
    parts = ["e30", "e30", "e30"]
    parts[place] = spelling
    with pytest.raises(NotCanonical, match="is not base64url"):
        sdjwt.parse_envelope(".".join(parts))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param([SALT], "not an array of salt and value", id="one"),
        pytest.param([SALT, "name", "value"], "not an array of salt and value", id="object-member"),
        pytest.param({"a": 1}, "not an array of salt and value", id="object"),
        pytest.param([b64url(bytes(15)), 1], "salt is not 16 bytes", id="short-salt"),
        pytest.param([b64url(bytes(17)), 1], "salt is not 16 bytes", id="long-salt"),
        pytest.param(["", 1], "salt is not 16 bytes", id="no-salt"),
        pytest.param([None, 1], "salt is not 16 bytes", id="null-salt"),
        pytest.param([SALT + "==", 1], "salt is not base64url", id="padded-salt"),
    ],
)
def test_other_disclosures_are_refused(content: Any, reason: str) -> None:
    """[salt, value] with 128 bits of salt; the three-part form of object members is not known."""
    with pytest.raises(NotCanonical, match=reason):
        sdjwt.parse_disclosure(b64url(encode(content)))


def test_a_disclosure_has_one_spelling() -> None:
    """Spaces inside would make a twin with another digest."""
    with pytest.raises(NotCanonical, match="disclosure is not canonical JSON"):
        sdjwt.parse_disclosure(b64url(f'["{SALT}", 1]'.encode()))
