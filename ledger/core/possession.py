"""Proof of possession: whoever adds a key to an organisation shows that it holds the private key.

The key signs the organisation, the chain and the contract. The account is left out, since it may
change. The chain keeps the SHA-256 of the signature, and the ledger the signature itself. Evidence
has a place for it that is not used yet (ADR 0015).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootprint.ledger.core.encoding import hex_text, sha256
from rootprint.ledger.core.errors import BadProof

if TYPE_CHECKING:
    from rootprint.ledger.core.keys import PublicKey


def possession_message(organisation: bytes, chain_id: int, contract: bytes) -> bytes:
    r"""Return what the key signs: four lines, each ended by a newline.

    ``organisation`` is SHA-256 of the DID, ``contract`` the OrganizationRegistry's 20 bytes::

        rootprint key possession\n0x<64 hex digits>\n<chain id>\n0x<40 hex digits>\n
    """
    lines = ("rootprint key possession", hex_text(organisation), chain_id, hex_text(contract))
    return "".join(f"{line}\n" for line in lines).encode()


def possession_digest(signature: bytes) -> bytes:
    """Return the 32-byte SHA-256 that the contract keeps of a proof (r ‖ s, 64 bytes)."""
    return sha256(signature)


def check_possession(key: PublicKey, signature: bytes, digest: bytes, message: bytes) -> None:
    """Return if ``signature`` is the one that the chain names by ``digest`` and ``key`` made it.

    Raises BadProof for another signature than the chain's, BadSignature for one that is not true.
    """
    if possession_digest(signature) != digest:
        raise BadProof("the proof of possession is not the one whose digest is on the chain")
    key.verify(message, signature)
