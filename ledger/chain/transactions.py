"""EIP-1559 transactions: encoding, signing, and the addresses that follow from them.

Keys come in as 32 secret bytes and leave no trace: nothing here prints, stores or raises one. In
place of a key an account may be one whose key a remote signer holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import rlp
from eth_keys.datatypes import PrivateKey, Signature
from eth_keys.exceptions import BadSignature

from rootprint.ledger.core.chain import ADDRESS_BYTES, WORD
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.keccak import keccak
from rootprint.ledger.core.rlp import decode as decode_rlp

if TYPE_CHECKING:
    from rootprint.ledger.chain.remote import RemoteAccount
    from rootprint.ledger.core.rlp import Rlp

# The 32-byte secret of an account, or one whose key a remote signer holds.
Account: TypeAlias = "bytes | RemoteAccount"

TYPE_EIP1559 = b"\x02"

# EIP-7825: no transaction may take more.
TRANSACTION_GAS = 1 << 24

# Order of secp256k1 (SEC 2, section 2.4.1): a secret key lies in [1, order - 1].
_ORDER = 0xFFFFFFFF_FFFFFFFF_FFFFFFFF_FFFFFFFE_BAAEDCE6_AF48A03B_BFD25E8C_D0364141

# What is signed of a transaction of type 2, in its order (EIP-1559), and what follows it.
MEMBERS: Final = ("chain id", "nonce", "priority fee", "fee cap", "gas", "receiver", "value",
                  "data", "access list")  # fmt: skip
_SIGNATURE_MEMBERS: Final = 3

# What ecrecover adds to the parity (Yellow Paper, appendix F).
_LEGACY_V = 27


@dataclass(frozen=True, slots=True)
class Unsigned:
    """A transaction of type 2 (EIP-1559, EIP-2718) that moves no value, before it is signed.

    ``to`` is a 20-byte address, or None to create a contract from ``data``. ``max_fee`` and
    ``priority`` are wei per gas.
    """

    chain_id: int
    nonce: int
    to: bytes | None
    data: bytes
    gas: int
    max_fee: int
    priority: int

    def __post_init__(self) -> None:
        """Refuse what no chain takes."""
        if self.to is not None and len(self.to) != ADDRESS_BYTES:
            raise Refused(f"a transaction goes to a 20-byte address, got {len(self.to)} bytes")
        numbers = (self.chain_id, self.nonce, self.gas, self.max_fee, self.priority)
        if min(numbers) < 0 or self.priority > self.max_fee:
            raise Refused("a transaction needs 0 <= priority fee <= fee cap, no negative number")

    @property
    def members(self) -> list[Any]:
        """The nine that are signed, in their order."""
        return [self.chain_id, self.nonce, self.priority, self.max_fee, self.gas, self.to or b"", 0,
                self.data, []]  # fmt: skip

    def digest(self) -> bytes:
        """Return the 32 bytes that are signed."""
        return keccak(TYPE_EIP1559 + rlp.encode(self.members))

    def signed(self, parity: int, r: int, s: int) -> bytes:
        """Return the raw transaction with a signature."""
        encoded: bytes = rlp.encode([*self.members, parity, r, s])
        return TYPE_EIP1559 + encoded


def address_of(account: Account) -> bytes:
    """Return the 20-byte address of an account: of its 32-byte secret, or as its signer's."""
    if isinstance(account, bytes):
        return _private_key(account).public_key.to_canonical_address()
    return account.address


def sign_transaction(  # noqa: PLR0913 - the members of one transaction, each named by the caller
    account: Account,
    *,
    chain_id: int,
    nonce: int,
    to: bytes | None,
    data: bytes,
    gas: int,
    max_fee: int,
    priority: int,
) -> bytes:
    """Return the raw signed transaction whose members ``Unsigned`` describes.

    With a secret, signatures are deterministic (RFC 6979) with low s (EIP-2), so the same
    transaction signed twice is the same bytes. A remote signer raises as ``RemoteAccount.sign``.
    """
    unsigned = Unsigned(chain_id, nonce, to, data, gas, max_fee, priority)
    if not isinstance(account, bytes):
        return account.sign(unsigned)
    return unsigned.signed(*_private_key(account).sign_msg_hash(unsigned.digest()).vrs)


def require_signed(raw: bytes, unsigned: Unsigned, address: bytes) -> None:
    """Return if ``raw`` is exactly this transaction, signed by the 20-byte account.

    Raises Refused with the first member that differs, what was asked for and what was signed.
    """
    if raw[:1] != TYPE_EIP1559:
        raise Refused(f"a transaction of another type than 2: it begins with 0x{raw[:1].hex()}")
    found, asked = decode_rlp(raw[1:]), decode_rlp(rlp.encode(unsigned.members))
    count = len(MEMBERS) + _SIGNATURE_MEMBERS
    if isinstance(found, bytes) or isinstance(asked, bytes) or len(found) != count:
        raise Refused("its transaction has not the members of type 2")
    for name, wanted, given in zip(MEMBERS, asked, found, strict=False):
        if given != wanted:
            raise Refused(f"its {name} is {_shown(given)} and not {_shown(wanted)}")
    parity, r, s = (_number(one) for one in found[len(MEMBERS) :])
    if parity > 1 or unsigned.signed(parity, r, s) != raw:
        raise Refused("its signature is not the numbers of an EIP-1559 transaction")
    signature = r.to_bytes(WORD) + s.to_bytes(WORD) + bytes([_LEGACY_V + parity])
    signer = signer_of(unsigned.digest(), signature)
    if signer != address:
        raise Refused(f"account 0x{signer.hex()} signed it")


def sign_digest(account: Account, digest: bytes) -> bytes:
    """Return r, s and v (27 or 28) over 32 bytes, 65 bytes: what a contract's ecrecover takes.

    Deterministic (RFC 6979) with low s (EIP-2). Raises Refused for an account of a remote signer,
    which signs no digest that it can't read.
    """
    if not isinstance(account, bytes):
        raise Refused(
            f"the signer of account 0x{account.address.hex()} signs transactions, and no act for "
            "another to send",
            remedy="send it with the account itself, which then pays",
        )
    parity, r, s = _private_key(account).sign_msg_hash(digest).vrs
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
    raise Refused("this is no account's signature over it")


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


def _number(item: Rlp) -> int:
    """Read a number that was written in at most 32 bytes; anything else is none of a signature."""
    if not isinstance(item, bytes) or len(item) > WORD:
        raise Refused("its signature is not the numbers of an EIP-1559 transaction")
    return int.from_bytes(item)


def _shown(item: Rlp) -> str:
    """Return a member in few words: a number, an address, the beginning of data."""
    if not isinstance(item, bytes):
        return f"a list of {len(item)}"
    if len(item) < ADDRESS_BYTES:
        return str(int.from_bytes(item))
    return f"0x{item[:WORD].hex()}" + (f"… ({len(item)} bytes)" if len(item) > WORD else "")


def _private_key(key: bytes) -> PrivateKey:
    """Wrap the secret; the message of a refusal says nothing about its bytes."""
    if len(key) != WORD or not 0 < int.from_bytes(key) < _ORDER:
        raise Refused("this is not a secp256k1 secret key (32 bytes, from 1 to the order - 1)")
    return PrivateKey(key)
