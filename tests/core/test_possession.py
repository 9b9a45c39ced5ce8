"""Proof of possession: what a key signs when it is added, and what does not count for it."""

from __future__ import annotations

import pytest

from rootprint.ledger.core.encoding import sha256
from rootprint.ledger.core.errors import BadProof, BadSignature
from rootprint.ledger.core.keys import SigningKey
from rootprint.ledger.core.possession import (
    check_possession,
    possession_digest,
    possession_message,
)

ORGANISATION, CONTRACT, CHAIN = b"\x0a" * 32, b"\x02" * 20, 20261120
MESSAGE = possession_message(ORGANISATION, CHAIN, CONTRACT)


def test_the_message_is_four_lines_of_text() -> None:
    assert MESSAGE == (
        b"rootprint key possession\n0x" + b"0a" * 32 + b"\n20261120\n0x" + b"02" * 20 + b"\n"
    )


def test_the_keys_own_signature_is_a_proof() -> None:
    key = SigningKey.generate()
    signature = key.sign(MESSAGE)
    assert possession_digest(signature) == sha256(signature)
    check_possession(key.public, signature, possession_digest(signature), MESSAGE)


@pytest.mark.parametrize(
    "message",
    [
        possession_message(b"\x0b" * 32, CHAIN, CONTRACT),
        possession_message(ORGANISATION, 1, CONTRACT),
        possession_message(ORGANISATION, CHAIN, b"\x03" * 20),
    ],
)
def test_a_proof_for_another_organisation_chain_or_contract_does_not_count(message: bytes) -> None:
    key = SigningKey.generate()
    signature = key.sign(message)
    with pytest.raises(BadSignature, match="not true for these bytes and this key"):
        check_possession(key.public, signature, possession_digest(signature), MESSAGE)


def test_another_proof_than_the_chains_does_not_count() -> None:
    key = SigningKey.generate()
    digest = possession_digest(key.sign(MESSAGE))
    with pytest.raises(BadProof, match="not the one whose digest is on the chain"):
        check_possession(key.public, key.sign(MESSAGE), digest, MESSAGE)


def test_somebody_elses_key_is_not_added_by_ones_own_signature() -> None:
    """The shell auditor: a key that another holds, named as one's own."""
    theirs, own = SigningKey.generate(), SigningKey.generate()
    signature = own.sign(MESSAGE)
    with pytest.raises(BadSignature):
        check_possession(theirs.public, signature, possession_digest(signature), MESSAGE)
