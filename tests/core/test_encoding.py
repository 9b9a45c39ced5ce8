"""Texts for bytes: each has one spelling."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootprint.ledger.core import encoding
from rootprint.ledger.core.errors import NotCanonical, Refused

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
LAST = 253402300799  # 9999-12-31T23:59:59Z


@given(st.binary(max_size=70))
def test_base64url_goes_both_ways(data: bytes) -> None:
    """What is written is read back, and has neither padding nor the standard alphabet's + and /."""
    text = encoding.b64url(data)
    assert encoding.b64url_bytes(text, what="it") == data
    assert set(text) <= set(ALPHABET)
    assert text == base64.urlsafe_b64encode(data).decode().rstrip("=")


@given(st.binary(min_size=1, max_size=40), st.integers(1, 63))
def test_base64url_tail_bits_are_zero(data: bytes, flip: int) -> None:
    """Bits that no byte needs must be zero: another last character never gives the same bytes."""
    text = encoding.b64url(data)
    other = text[:-1] + ALPHABET[ALPHABET.index(text[-1]) ^ flip]
    if len(data) % 3 == 0 or flip % (16 if len(data) % 3 == 1 else 4) == 0:
        assert encoding.b64url_bytes(other, what="it") != data
    else:
        with pytest.raises(NotCanonical, match="zero tail bits"):
            encoding.b64url_bytes(other, what="it")


@pytest.mark.parametrize(
    "text",
    [
        "A",
        "AAAAA",
        "AA==",
        "AAA=",
        "AB",
        "AAB",
        "A+AA",
        "A/AA",
        "AA A",
        "AAAA\n",
        "ÄAAA",
        "AA\x00A",
        ".",
    ],
)
def test_other_base64url_is_refused(text: str) -> None:
    """Padding, impossible lengths, tail bits, foreign characters."""
    with pytest.raises(NotCanonical, match="it is not base64url without padding"):
        encoding.b64url_bytes(text, what="it")


@given(st.binary(max_size=70))
def test_base64_goes_both_ways(data: bytes) -> None:
    """The padded alphabet of signed notes."""
    assert encoding.b64_bytes(base64.b64encode(data).decode(), what="it") == data


@pytest.mark.parametrize(
    "text",
    [
        "A",
        "AA",
        "AAA",
        "AB==",
        "AAB=",
        "AA==AA==",
        "A-AA",
        "A_AA",
        "AA A",
        "AAAA\n",
        "====",
        "ÄAAA",
    ],
)
def test_other_base64_is_refused(text: str) -> None:
    """No padding, tail bits, the URL alphabet, spaces, inner padding."""
    with pytest.raises(NotCanonical, match=r"it is not (canonical )?base64"):
        encoding.b64_bytes(text, what="it")


@given(st.binary(min_size=32, max_size=32))
def test_digests_go_both_ways(digest: bytes) -> None:
    """sha256: and 64 lower-case digits."""
    text = encoding.digest_text(digest)
    assert encoding.digest_bytes(text) == digest
    assert text == f"sha256:{digest.hex()}"


@pytest.mark.parametrize(
    "text",
    [
        "sha256:" + "AB" * 32,
        "SHA256:" + "ab" * 32,
        "sha256:" + "ab" * 31,
        "sha256:" + "ab" * 33,
        "sha256:" + "ab" * 32 + "\n",
        "sha256: " + "ab" * 32,
        "sha512:" + "ab" * 32,
        "sha256-" + "ab" * 32,
        "0x" + "ab" * 32,
        "sha256:" + "\u0660" * 64,
        "ab" * 32,
        "",
    ],
)
def test_other_digests_are_refused(text: str) -> None:
    """Upper case, other lengths, other algorithms, other digits."""
    with pytest.raises(Refused, match="parent is not sha256: and 64 lower-case"):
        encoding.digest_bytes(text, what="parent")


@given(st.binary(max_size=40))
def test_hexadecimal_goes_both_ways(data: bytes) -> None:
    """0x and two lower-case digits a byte."""
    assert encoding.hex_bytes(encoding.hex_text(data), len(data), what="it") == data


@pytest.mark.parametrize(
    "text", ["0xAB", "ab", "0Xab", "0xa", "0xabab", "0x", "0xab\n", "0x a", ""]
)
def test_other_hexadecimal_is_refused(text: str) -> None:
    """Upper case, no 0x, another length."""
    with pytest.raises(Refused, match="it is not 0x and 2 lower-case"):
        encoding.hex_bytes(text, 1, what="it")


@given(st.integers(0, LAST))
def test_times_go_both_ways(seconds: int) -> None:
    """Whole seconds from 1970 to the year 9999."""
    text = encoding.time_text(seconds)
    assert encoding.time_seconds(text, what="it") == seconds
    assert datetime.fromisoformat(text) == datetime.fromtimestamp(seconds, UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30T00:00:00Z",
        "2026-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T00:60:00Z",
        "2026-12-31T23:59:60Z",
        "0000-01-01T00:00:00Z",
        "2026-01-01T00:00:00+00:00",
        "2026-01-01T00:00:00+01:00",
        "2026-01-01T00:00:00-00:00",
        "2026-01-01T00:00:00",
        "2026-01-01T00:00:00.0Z",
        "2026-01-01T00:00:00.123Z",
        "2026-01-01t00:00:00Z",
        "2026-01-01T00:00:00z",
        "2026-01-01 00:00:00Z",
        "2026-01-01T00:00Z",
        "2026-01-01T00:00:00Z\n",
        " 2026-01-01T00:00:00Z",
        "20260101T000000Z",
        "2026-W01-1T00:00:00Z",
        "+2026-01-01T00:00:00Z",
        "12026-01-01T00:00:00Z",
        "\uff12\uff10\uff12\uff16-01-01T00:00:00Z",
        "",
    ],
)
def test_other_times_are_refused(text: str) -> None:
    """Days that don't exist, offsets, fractions, lower case, other shapes."""
    with pytest.raises(Refused, match="validFrom is not an RFC 3339 time in UTC"):
        encoding.time_seconds(text, what="validFrom")


def test_a_leap_day_passes() -> None:
    """2028 has one."""
    assert encoding.time_seconds("2028-02-29T12:00:00Z", what="it") == 1835438400
