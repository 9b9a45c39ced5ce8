"""C2SP tlog-proof: one text with index, path and signed checkpoint."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from rootprint.ledger.core import merkle
from rootprint.ledger.core.checkpoint import MAX_NOTE, LogKey
from rootprint.ledger.core.errors import BadProof, NotCanonical, Refused, TooLarge
from rootprint.ledger.core.logproof import LogProof, parse_log_proof

KEY = LogKey("log.rootprint.example/test", Ed25519PrivateKey.from_private_bytes(b"\x01" * 32))
ENTRIES = [bytes([n]) * 65 for n in range(40)]


def proof_of(index: int, size: int, extra: str | None = None) -> LogProof:
    nodes: dict[tuple[int, int], bytes] = {}
    for place, entry in enumerate(ENTRIES[:size]):
        for level, at, value in merkle.completed_by(
            place, merkle.leaf_hash(entry), lambda level, at: nodes[level, at]
        ):
            nodes[level, at] = value
    path = merkle.inclusion_proof(index, size, lambda level, at: nodes[level, at])
    return LogProof(index, tuple(path), KEY.sign(size, merkle.tree_root(ENTRIES[:size])), extra)


@given(st.integers(1, 40), st.data(), st.none() | st.binary(max_size=20))
def test_a_proof_goes_both_ways_and_verifies(
    size: int, data: st.DataObject, extra: bytes | None
) -> None:
    """Text and back gives the same proof, which shows its own entry and no other."""
    index = data.draw(st.integers(0, size - 1))
    proof = proof_of(index, size, None if extra is None else base64.b64encode(extra).decode())
    again = parse_log_proof(proof.text())
    assert again == proof
    assert again.text() == proof.text()
    again.verify(ENTRIES[index])
    again.checkpoint.verify(KEY.note_key)
    with pytest.raises(BadProof, match="does not lead"):
        again.verify(ENTRIES[index][:-1] + b"\xff")


def test_the_text_is_c2sp_s() -> None:
    """Header, optional extra, index, hashes, a blank line, the note: each on its own line."""
    proof = proof_of(1, 2, extra="AAAA")
    sibling = base64.b64encode(merkle.leaf_hash(ENTRIES[0])).decode()
    assert proof.text() == (
        f"c2sp.org/tlog-proof@v1\nextra AAAA\nindex 1\n{sibling}\n\n{proof.checkpoint.text}"
    )


PROOF = proof_of(5, 7)
TEXT = PROOF.text()
HASH = base64.b64encode(PROOF.path[0]).decode()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("", "does not begin with c2sp", id="empty"),
        pytest.param(TEXT.replace("@v1", "@v2"), "does not begin with c2sp", id="version"),
        pytest.param("\n" + TEXT, "does not begin with c2sp", id="blank-first"),
        pytest.param(TEXT.replace("\n\n", "\n", 1), "index|plain|base64|origin", id="no-blank"),
        pytest.param(TEXT.replace("index 5\n", ""), "no plain decimal index", id="no-index"),
        pytest.param(TEXT.replace("index 5", "5"), "no plain decimal index", id="no-word"),
        pytest.param(TEXT.replace("index 5", "index 05"), "no plain decimal index", id="zero"),
        pytest.param(TEXT.replace("index 5", "index -5"), "no plain decimal index", id="minus"),
        pytest.param(TEXT.replace("index 5", "index \u0665"), "no plain decimal index", id="digit"),
        pytest.param(TEXT.replace("index 5", "index 5 "), "no plain decimal index", id="space"),
        pytest.param(TEXT.replace("index 5", "index  5"), "no plain decimal index", id="spaces"),
        pytest.param(TEXT.replace("index 5", f"index {10**16}"), "no plain decimal", id="huge"),
        pytest.param(TEXT.replace("index 5", "index 5\nindex 5"), "hash is not base64", id="twice"),
        pytest.param(
            TEXT.replace("index 5", "index 5\nextra AAAA"), "hash is not base64", id="order"
        ),
        pytest.param(
            TEXT.replace("index 5", "extra !\nindex 5"), "extra is not base64", id="extra"
        ),
        pytest.param(TEXT.replace(HASH, HASH[:-1]), "hash is not base64", id="padding"),
        pytest.param(TEXT.replace(HASH, ""), "not canonical|origin, size", id="empty-line"),
        pytest.param(TEXT[:-1], "signature lines", id="cut"),
    ],
)
def test_other_texts_are_refused(text: str, reason: str) -> None:
    """One form; anything else is refused with the part that is wrong."""
    with pytest.raises(NotCanonical, match=reason):
        parse_log_proof(text)


def test_limits_come_first() -> None:
    """Length of the text and number of hashes."""
    with pytest.raises(TooLarge, match="longer than its limit"):
        parse_log_proof(TEXT + "a" * 2 * MAX_NOTE)
    with pytest.raises(TooLarge, match="more than 64 hashes"):
        parse_log_proof(TEXT.replace(HASH, "\n".join([HASH] * 65)))


@given(st.integers(0, len(TEXT) - 1), st.characters(max_codepoint=126))
def test_no_changed_character_shows_another_entry(place: int, character: str) -> None:
    """A proof that still parses and verifies is about the same entry and index."""
    text = TEXT[:place] + character + TEXT[place + 1 :]
    try:
        proof = parse_log_proof(text)
        proof.verify(ENTRIES[5])
        proof.checkpoint.verify(KEY.note_key)
    except Refused:
        return
    assert (proof.index, proof.path, proof.checkpoint.checkpoint) == (
        PROOF.index,
        PROOF.path,
        PROOF.checkpoint.checkpoint,
    )


def test_a_swapped_hash_or_index_is_refused() -> None:
    """What parses is still checked against the root."""
    for text in (
        TEXT.replace("index 5", "index 4"),
        TEXT.replace("index 5", "index 7"),
        TEXT.replace(HASH, base64.b64encode(bytes(32)).decode()),
        TEXT.replace(HASH, base64.b64encode(bytes(31)).decode()),
    ):
        with pytest.raises(BadProof, match=r"inclusion proof|not in a tree|not 32 bytes"):
            parse_log_proof(text).verify(ENTRIES[5])
