"""One step of the registry: several signed calls in one block, with right nonces."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from rootprint.ledger.chain import (
    CALL_GAS,
    Reverted,
    address_of,
    await_receipts,
    decode_error,
    sign_transaction,
    transaction_hash,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rootprint.ledger.chain import Receipt, SendingChain

CONTRACTS: Final = ("OrganizationRegistry", "StatusRegistry", "CheckpointRegistry")


def send_step(
    chain: SendingChain,
    calls: Sequence[tuple[bytes, bytes, bytes]],
    *,
    timeout: float = 120.0,
) -> list[Receipt]:
    """Send (32-byte key, to, call data) in this order as one step and return the receipts.

    On the embedded chain a step is one block; elsewhere the order holds for each account only.
    Accounts that are used here have nothing else under way. Raises Reverted, with the contract's
    own reason, for the first call that was refused (the others of the step stand), Unavailable
    if they are in no block after ``timeout`` seconds.
    """
    max_fee, priority = chain.fees()
    ahead: Counter[bytes] = Counter()
    raw = []
    for key, to, data in calls:
        sender = address_of(key)
        raw.append(
            sign_transaction(
                key,
                chain_id=chain.chain_id,
                nonce=chain.nonce(sender) + ahead[sender],
                to=to,
                data=data,
                gas=CALL_GAS,
                max_fee=max_fee,
                priority=priority,
            )
        )
        ahead[sender] += 1
    chain.broadcast(raw)
    receipts = await_receipts(chain, [transaction_hash(one) for one in raw], timeout=timeout)
    for number, receipt in enumerate(receipts, 1):
        if not receipt.status:
            raise Reverted(
                f"call {number} of {len(receipts)} was refused: {_reason(receipt.revert)}",
                data=receipt.revert,
            )
    return receipts


def _reason(revert: bytes) -> str:
    reasons = [decode_error(name, revert) for name in CONTRACTS]
    known = [reason for reason in reasons if not reason.startswith("unknown error")]
    return (known or reasons)[0]
