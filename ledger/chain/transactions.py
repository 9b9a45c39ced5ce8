"""EIP-1559 transactions: encoding, signing, and the addresses that follow from them.

Keys come in as 32 secret bytes and leave no trace: nothing here prints, stores or raises one.
"""

from __future__ import annotations

import rlp
from eth_keys.datatypes import PrivateKey, Signature
from eth_keys.exceptions import BadSignature

from rootprint.ledger.core.chain import ADDRESS_BYTES, WORD
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.keccak import keccak

TYPE_EIP1559 = b"\x02"

# EIP-7825: no transaction may take more.
TRANSACTION_GAS = 1 << 24

# Order of secp256k1 (SEC 2, section 2.4.1): a secret key lies in [1, order - 1].
_ORDER = 0xFFFFFFFF_FFFFFFFF_FFFFFFFF_FFFFFFFE_BAAEDCE6_AF48A03B_BFD25E8C_D0364141

# What ecrecover adds to the parity (Yellow Paper, appendix F).
_LEGACY_V = 27


def address_of(key: bytes) -> bytes:
    """Return the 20-byte account address of a 32-byte secp256k1 secret key."""
    return _private_key(key).public_key.to_canonical_address()


def sign_transaction(  # noqa: PLR0913 - the members of one transaction, each named by the caller
    key: bytes,
    *,
    chain_id: int,
    nonce: int,
    to: bytes | None,
    data: bytes,
    gas: int,
    max_fee: int,
    priority: int,
) -> bytes:
    """Return the raw signed transaction of type 2 (EIP-1559, EIP-2718), moving no value.

    ``to`` is a 20-byte address, or None to create a contract from ``data``. ``max_fee`` and
    ``priority`` are wei per gas. Signatures are deterministic (RFC 6979) with low s (EIP-2), so
    the same transaction signed twice is the same bytes.
    """
    if to is not None and len(to) != ADDRESS_BYTES:
        raise Refused(f"a transaction goes to a 20-byte address, got {len(to)} bytes")
    if min(chain_id, nonce, gas, max_fee, priority) < 0 or priority > max_fee:
        raise Refused("a transaction needs 0 <= priority fee <= fee cap, and no negative number")
    members = [chain_id, nonce, priority, max_fee, gas, to or b"", 0, data, []]
    digest = keccak(TYPE_EIP1559 + rlp.encode(members))
    parity, r, s = _private_key(key).sign_msg_hash(digest).vrs
    signed: bytes = rlp.encode([*members, parity, r, s])
    return TYPE_EIP1559 + signed


def sign_digest(key: bytes, digest: bytes) -> bytes:
    """Return r, s and v (27 or 28) over 32 bytes, 65 bytes: what a contract's ecrecover takes.

    Deterministic (RFC 6979) with low s (EIP-2).
    """
    parity, r, s = _private_key(key).sign_msg_hash(digest).vrs
    return r.to_bytes(WORD) + s.to_bytes(WORD) + bytes([_LEGACY_V + parity])


def signer_of(digest: bytes, signature: bytes) -> bytes:
    """Return the 20-byte account that signed 32 bytes, as ecrecover does.

    Raises Refused for bytes that no account signed, and for the higher one of two s (EIP-2).
    """
    parity = signature[-1] - _LEGACY_V if len(signature) == 2 * WORD + 1 else -1
    r, s = int.from_bytes(signature[:WORD]), int.from_bytes(signature[WORD : 2 * WORD])
    if parity in {0, 1} and 0 < r < _ORDER and 0 < s <= _ORDER // 2:
        try:
            found = Signature(vrs=(parity, r, s)).recover_public_key_from_msg_hash(digest)
            return found.to_canonical_address()
        except BadSignature:
            pass
    raise Refused("this is no account's signature over the act")


def transaction_hash(raw_transaction: bytes) -> bytes:
    """Return the 32-byte hash that names a raw signed transaction (EIP-2718)."""
    return keccak(raw_transaction)


def create_address(sender: bytes, nonce: int) -> bytes:
    """Return the address of the contract ``sender`` creates with ``nonce`` (Yellow Paper 7)."""
    return keccak(rlp.encode([sender, nonce]))[-ADDRESS_BYTES:]


def create2_address(deployer: bytes, salt: bytes, init_code: bytes) -> bytes:
    """Return the address that CREATE2 gives (EIP-1014); ``salt`` is 32 bytes."""
    if len(salt) != WORD:
        raise Refused(f"a CREATE2 salt has 32 bytes, got {len(salt)}")
    return keccak(b"\xff" + deployer + salt + keccak(init_code))[-ADDRESS_BYTES:]


def _private_key(key: bytes) -> PrivateKey:
    """Wrap the secret; the message of a refusal says nothing about its bytes."""
    if len(key) != WORD or not 0 < int.from_bytes(key) < _ORDER:
        raise Refused("this is not a secp256k1 secret key (32 bytes, from 1 to the order - 1)")
    return PrivateKey(key)
