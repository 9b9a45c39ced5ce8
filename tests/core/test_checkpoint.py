"""Checkpoints, verifier keys and witness quorums: C2SP signed-note and tlog-checkpoint."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from rootprint.ledger.core.checkpoint import (
    MAX_NOTE,
    LogKey,
    NoteKey,
    SignedCheckpoint,
    check_origin,
    parse_checkpoint,
)
from rootprint.ledger.core.errors import BadSignature, NotCanonical, Refused, TooLarge

ORIGIN = "log.rootprint.example/test"
ROOT = bytes(range(32))
KEY = LogKey(ORIGIN, Ed25519PrivateKey.from_private_bytes(b"\x01" * 32))
PRIME = 2**255 - 19
EDWARDS_D = -121665 * pow(121666, -1, PRIME) % PRIME
ORIGINS = st.text(
    st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="+"),
    min_size=1,
    max_size=255,
)


def witness(number: int, name: str | None = None) -> tuple[NoteKey, Ed25519PrivateKey]:
    native = Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)
    public = native.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return NoteKey(name or f"witness.example/{number}", public, algorithm=4), native


def line(name: str, data: bytes) -> str:
    return f"\u2014 {name} {base64.b64encode(data).decode()}\n"


def cosigned(note: SignedCheckpoint, *numbers: int, time: int = 1_790_000_000) -> SignedCheckpoint:
    """Return the note with a tlog-cosignature v1 line of each of these witnesses."""
    text = note.text
    for number in numbers:
        key, native = witness(number)
        message = f"cosignature/v1\ntime {time}\n{note.checkpoint.body()}".encode()
        text += line(key.name, key.key_id + time.to_bytes(8) + native.sign(message))
    return parse_checkpoint(text)


@given(ORIGINS, st.integers(0, 10**16 - 1), st.binary(min_size=32, max_size=32))
@settings(max_examples=50)
def test_what_is_signed_is_read_back_and_verifies(origin: str, size: int, root: bytes) -> None:
    """Origin, size and root survive the text, which is C2SP's to the byte."""
    key = LogKey(origin, Ed25519PrivateKey.generate())
    signed = key.sign(size, root)
    again = parse_checkpoint(signed.text)
    assert (again.checkpoint.origin, again.checkpoint.size, again.checkpoint.root) == (
        origin,
        size,
        root,
    )
    again.verify(key.note_key)
    head, tail = signed.text.split("\n\n")
    assert head == f"{origin}\n{size}\n{base64.b64encode(root).decode()}"
    assert tail.startswith(f"\u2014 {origin} ")


@given(ORIGINS)
@settings(max_examples=30)
def test_a_vkey_goes_both_ways(origin: str) -> None:
    """name+id+key with the id from C2SP's own definition."""
    key = LogKey(origin, Ed25519PrivateKey.generate()).note_key
    assert NoteKey.parse(key.vkey) == key
    name, identity, encoded = key.vkey.split("+", 2)
    digest = hashlib.sha256(name.encode() + b"\n" + base64.b64decode(encoded)).digest()
    assert (name, identity) == (origin, digest[:4].hex())


def test_the_example_of_go_s_note_package_is_read() -> None:
    """golang.org/x/mod/sumdb/note documents this verifier key and this signed note."""
    key = NoteKey.parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    text = (
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n"
    )
    signature = base64.b64decode(
        "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
    )
    assert signature[:4] == key.key_id
    key.check(text.encode(), signature[4:])
    with pytest.raises(BadSignature, match="not signed by PeterNeumann"):
        key.check(text.encode() + b"\n", signature[4:])


@pytest.mark.parametrize(
    ("vkey", "reason"),
    [
        pytest.param(ORIGIN, "not name\\+id\\+key", id="name-only"),
        pytest.param("a+b", "not name\\+id\\+key", id="two-parts"),
        pytest.param(KEY.note_key.vkey.replace("+", "+0", 1), "id does not belong", id="long-id"),
        pytest.param(
            KEY.note_key.vkey.replace(KEY.note_key.key_id.hex(), "00000000"),
            "id does not belong",
            id="other-id",
        ),
        pytest.param(
            KEY.note_key.vkey.replace(KEY.note_key.key_id.hex(), KEY.note_key.key_id.hex().upper()),
            "id does not belong",
            id="upper-case-id",
        ),
        pytest.param("x" + KEY.note_key.vkey, "id does not belong", id="other-name"),
        pytest.param(KEY.note_key.vkey + "=", "not (canonical )?base64", id="padding"),
        pytest.param("a+00000000+", "no key", id="no-key"),
        pytest.param(
            "a+00000000+" + base64.b64encode(b"\x01" + b"k" * 31).decode(),
            "not a 32-byte Ed25519 key",
            id="short-key",
        ),
        pytest.param(
            "a+00000000+" + base64.b64encode(b"\x02" + b"k" * 32).decode(),
            "not a 32-byte Ed25519 key",
            id="another-algorithm",
        ),
        pytest.param("a b" + KEY.note_key.vkey, "no space, no plus", id="space-in-name"),
    ],
)
def test_other_vkeys_are_refused(vkey: str, reason: str) -> None:
    """Parts that don't agree, other algorithms, other lengths."""
    with pytest.raises(Refused, match=reason):
        NoteKey.parse(vkey)


def small_order_encodings() -> list[bytes]:
    """Return every 32-byte spelling of the eight points of order 1, 2, 4 and 8.

    From the curve -x² + y² = 1 + d x² y² itself: orders 1 and 2 have y = ±1, order 4 has y = 0.
    Doubling gives y = 0 where x² = -y², so for order 8 d y⁴ + 2 y² - 1 = 0.
    """
    ys = {0, 1, PRIME - 1}
    discriminant = _sqrt((1 + EDWARDS_D) % PRIME)
    assert discriminant is not None
    for root in (discriminant, -discriminant):
        y = _sqrt((root - 1) * pow(EDWARDS_D, -1, PRIME) % PRIME)
        ys |= {y, PRIME - y} if y is not None else set()
    assert len(ys) == 5
    return [
        (number | sign_bit << 255).to_bytes(32, "little")
        for y in sorted(ys)
        for number in (y, y + PRIME)  # not reduced: the same point, spelt otherwise
        if number < 2**255
        for sign_bit in (0, 1)
    ]


def _sqrt(square: int) -> int | None:
    candidate = pow(square, (PRIME + 3) // 8, PRIME)
    for root in (candidate, candidate * pow(2, (PRIME - 1) // 4, PRIME) % PRIME):
        if root * root % PRIME == square:
            return root
    return None


@pytest.mark.parametrize("encoded", small_order_encodings(), ids=bytes.hex)
def test_small_order_keys_are_refused(encoded: bytes) -> None:
    """All eight points and their non-canonical spellings: anybody could sign for such a key."""
    for algorithm in (1, 4):
        with pytest.raises(Refused, match="small order"):
            NoteKey(ORIGIN, encoded, algorithm)


def test_small_order_keys_really_are_dangerous() -> None:
    """The library alone takes a signature made by no key, under the neutral point."""
    key = object.__new__(NoteKey)
    for name, value in (("name", ORIGIN), ("key", (1).to_bytes(32, "little")), ("algorithm", 1)):
        object.__setattr__(key, name, value)
    forged = (1).to_bytes(32, "little") + bytes(32)
    key.check(b"anything", forged)
    key.check(b"and anything else", forged)
    with pytest.raises(BadSignature):  # it is checked all the same: another R is no signature
        key.check(b"anything", bytes(32) + bytes(32))


@pytest.mark.parametrize(
    "origin",
    ["", " ", "a b", "a+b", "a\nb", "a\tb", "é", "a\u00a0b", "a\x7f", "\u2014", "a" * 256],
)
def test_other_origins_are_refused(origin: str) -> None:
    """A log's name is printable ASCII without space or plus, up to 255 characters."""
    with pytest.raises(Refused, match="1 to 255 printable ASCII"):
        check_origin(origin)
    with pytest.raises(Refused, match="1 to 255 printable ASCII"):
        NoteKey(origin, KEY.note_key.key)


SIGNED = KEY.sign(7, ROOT)
BODY = SIGNED.checkpoint.body()
LINE = SIGNED.text.removeprefix(BODY + "\n")
ROOT_TEXT = base64.b64encode(ROOT).decode()


def test_signature_lines_of_others_are_tolerated() -> None:
    """Unknown names, a foreign key under the log's name, cosignatures: none of our business."""
    stranger = line("someone.example", b"\x00" * 4 + b"\x01" * 64)
    namesake = line(ORIGIN, b"\x00" * 4 + b"\x01" * 64)
    short = line("x.example", b"")
    for text in (LINE + stranger, stranger + LINE, namesake + LINE + short):
        found = parse_checkpoint(f"{BODY}\n{text}")
        found.verify(KEY.note_key)
        assert (found.checkpoint.size, found.checkpoint.root) == (7, ROOT)
        with pytest.raises(BadSignature, match="has no signature by"):
            parse_checkpoint(f"{BODY}\n{text.replace(LINE, '')}").verify(KEY.note_key)
    cosigned(SIGNED, 11, 12).verify(KEY.note_key)


@pytest.mark.parametrize("second", [LINE, line(ORIGIN, KEY.note_key.key_id + bytes(64))])
def test_two_lines_of_the_log_s_key_are_refused(second: str) -> None:
    """Repeated or contradicting itself: which one counts must never be a question."""
    for text in (LINE + second, second + LINE):
        with pytest.raises(BadSignature, match=r"two signature lines of log.rootprint"):
            parse_checkpoint(f"{BODY}\n{text}").verify(KEY.note_key)


def test_another_log_s_checkpoint_is_refused() -> None:
    """The origin line is compared with the key's name, whoever signed."""
    other = LogKey("other.example", Ed25519PrivateKey.from_private_bytes(b"\x01" * 32))
    with pytest.raises(BadSignature, match=r"of log 'other.example', not 'log.rootprint"):
        other.sign(7, ROOT).verify(KEY.note_key)
    renamed = other.sign(7, ROOT).text.replace("\u2014 other.example", f"\u2014 {ORIGIN}")
    with pytest.raises(BadSignature, match=r"of log 'other.example'"):
        parse_checkpoint(renamed).verify(KEY.note_key)


def test_an_unsigned_checkpoint_is_refused() -> None:
    """No line of the key, another key of the same name, or a signature of another length."""
    stranger = LogKey(ORIGIN, Ed25519PrivateKey.generate()).sign(7, ROOT)
    cut = parse_checkpoint(f"{BODY}\n" + line(ORIGIN, KEY.note_key.key_id + bytes(63)))
    for note in (stranger, cut):
        with pytest.raises(BadSignature, match=r"no signature by log.rootprint"):
            note.verify(KEY.note_key)


@given(st.integers(0, 511))
def test_every_changed_bit_of_the_signature_is_refused(bit: int) -> None:
    """64 bytes, none of them free."""
    name, data = SIGNED.signatures[0]
    changed = bytearray(data)
    changed[4 + bit // 8] ^= 1 << bit % 8
    with pytest.raises(BadSignature, match="not signed by"):
        replace(SIGNED, signatures=((name, bytes(changed)),)).verify(KEY.note_key)


def test_changed_size_or_root_is_refused() -> None:
    """Size and root are signed together."""
    for text in (
        SIGNED.text.replace("\n7\n", "\n8\n"),
        SIGNED.text.replace(ROOT_TEXT, base64.b64encode(bytes(32)).decode()),
    ):
        with pytest.raises(BadSignature, match="not signed by"):
            parse_checkpoint(text).verify(KEY.note_key)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("", "origin, size, root", id="empty"),
        pytest.param(BODY + LINE, "origin, size, root", id="no-blank-line"),
        pytest.param(f"{ORIGIN}\n7\n\n{LINE}", "origin, size, root", id="two-lines"),
        pytest.param(f"{BODY}extension\n\n{LINE}", "origin, size, root", id="extension-line"),
        pytest.param(f"{BODY}\n{LINE[:-1]}", "origin, size, root", id="no-last-newline"),
        pytest.param(f"{BODY}\n", "origin, size, root|not dash", id="no-signature"),
        pytest.param(f"{BODY}\n\n", "not dash", id="empty-signature-line"),
        pytest.param(f"{BODY}\n{LINE}\n", "not dash", id="blank-after"),
        pytest.param(f"{BODY}\n{LINE.replace(chr(0x2014), '-')}", "not dash", id="hyphen"),
        pytest.param(f"{BODY}\n{LINE}trailing text\n", "not dash", id="other-line"),
        pytest.param(f"{BODY}\n\u2014  {LINE[2:]}", "not dash", id="two-spaces"),
        pytest.param(f"{ORIGIN}\n07\n{ROOT_TEXT}\n\n{LINE}", "plain decimal", id="leading-zero"),
        pytest.param(f"{ORIGIN}\n+7\n{ROOT_TEXT}\n\n{LINE}", "plain decimal", id="plus"),
        pytest.param(f"{ORIGIN}\n-7\n{ROOT_TEXT}\n\n{LINE}", "plain decimal", id="minus"),
        pytest.param(f"{ORIGIN}\n7 \n{ROOT_TEXT}\n\n{LINE}", "plain decimal", id="space"),
        pytest.param(
            f"{ORIGIN}\n\u0667\n{ROOT_TEXT}\n\n{LINE}", "plain decimal", id="arabic-digit"
        ),
        pytest.param(f"{ORIGIN}\n²\n{ROOT_TEXT}\n\n{LINE}", "plain decimal", id="superscript"),
        pytest.param(f"{ORIGIN}\n{10**16}\n{ROOT_TEXT}\n\n{LINE}", "plain decimal", id="huge"),
        pytest.param(f"{ORIGIN}\n\n{ROOT_TEXT}\n\n{LINE}", "origin, size, root", id="no-size"),
        pytest.param(f"{ORIGIN}\n7\n{ROOT_TEXT[:-1]}\n\n{LINE}", "not base64", id="no-padding"),
        pytest.param(f"{ORIGIN}\n7\nAAAA\n\n{LINE}", "root is not 32 bytes", id="short-root"),
        pytest.param(f"a b\n7\n{ROOT_TEXT}\n\n{LINE}", "no space", id="origin-with-space"),
        pytest.param(SIGNED.text.replace("\n", "\r\n"), "origin, size, root", id="crlf"),
        pytest.param(f"{BODY}\n\u2014 {ORIGIN} !!!\n", "not base64", id="signature-not-base64"),
    ],
)
def test_other_notes_are_refused(text: str, reason: str) -> None:
    """One form: three lines, a blank one, signature lines, each ended by a newline."""
    with pytest.raises(NotCanonical if "space" not in reason else Refused, match=reason):
        parse_checkpoint(text)


def test_a_long_note_is_refused_before_it_is_read() -> None:
    """64 KiB, however they are spent."""
    with pytest.raises(TooLarge, match="longer than 65536"):
        parse_checkpoint(SIGNED.text + line("w.example", b"0" * 64) * (MAX_NOTE // 80))


def test_a_quorum_counts_distinct_witnesses() -> None:
    """As many as the threshold asks pass, one fewer does not."""
    keys = [witness(n)[0] for n in (11, 12, 13)]
    for numbers in ((11,), (11, 13), (11, 12, 13)):
        note = cosigned(SIGNED, *numbers)
        note.verify_quorum(keys, len(numbers))
        if len(numbers) < 3:
            with pytest.raises(BadSignature, match=f"{len(numbers)} of {len(numbers) + 1} witness"):
                note.verify_quorum(keys, len(numbers) + 1)


@pytest.mark.parametrize("threshold", [-1, 0, 4])
def test_a_policy_that_asks_nothing_or_the_impossible_is_refused(threshold: int) -> None:
    """Threshold 0 would pass everything; beyond the keys nothing could."""
    keys = [witness(n)[0] for n in (11, 12, 13)]
    with pytest.raises(Refused, match="threshold is below 1 or beyond"):
        cosigned(SIGNED, 11, 12, 13).verify_quorum(keys, threshold)


def test_one_key_under_two_names_counts_once() -> None:
    """Distinct keys, not distinct names or repeated entries, make a quorum."""
    once, native = witness(11)
    again = replace(once, name="alias.example")
    message = f"cosignature/v1\ntime 5\n{BODY}".encode()
    text = SIGNED.text
    for key in (once, again):
        text += line(key.name, key.key_id + (5).to_bytes(8) + native.sign(message))
    note, other = parse_checkpoint(text), witness(12)[0]
    with pytest.raises(BadSignature, match="1 of 2 witness"):
        note.verify_quorum([once, again, other], 2)
    with pytest.raises(Refused, match="threshold"):
        note.verify_quorum([once, once], 2)


def test_cosignatures_cover_time_and_checkpoint() -> None:
    """A changed time, another checkpoint's line, or an ordinary note signature doesn't count."""
    key, native = witness(11)
    good = cosigned(SIGNED, 11)
    name, data = good.signatures[1]
    later = data[:4] + (int.from_bytes(data[4:12]) + 1).to_bytes(8) + data[12:]
    plain = key.key_id + native.sign(BODY.encode())
    elsewhere = cosigned(KEY.sign(8, ROOT), 11).signatures[1][1]
    for wrong in (later, plain, elsewhere, key.key_id):
        note = replace(SIGNED, signatures=(*SIGNED.signatures, (name, wrong)))
        with pytest.raises(BadSignature, match="0 of 1 witness"):
            note.verify_quorum([key], 1)


def test_a_log_key_never_shows_its_secret() -> None:
    """Its repr has the public vkey only."""
    assert repr(KEY) == f"<LogKey {KEY.note_key.vkey}>"
    assert base64.b64encode(b"\x01" * 32).decode() not in repr(KEY)
