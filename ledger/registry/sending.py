"""One step of the registry: several signed calls in one block, with right nonces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rootprint.ledger.chain import Reverted, Step, decode_error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rootprint.ledger.chain import Account, Limits, Receipt, SendingChain

CONTRACTS: Final = ("OrganizationRegistry", "StatusRegistry", "CheckpointRegistry")


def send_step(
    chain: SendingChain,
    calls: Sequence[tuple[Account, bytes, bytes]],
    *,
    limits: Limits | None = None,
    timeout: float = 120.0,
) -> list[Receipt]:
    """Send (account, to, call data) in this order as one step and return the receipts.

    On the embedded chain a step is one block; elsewhere a call that needs what an earlier one
    writes waits for its block. Accounts that are used here have nothing else under way. Raises
    Reverted, with the contract's own reason, for the first call that is refused (the others of the
    step stand), OutOfFunds or Unavailable before a call that can't be paid for within ``limits``,
    Unavailable if they are in no block after ``timeout`` seconds.
    """
    step = Step(chain, limits=limits, timeout=timeout)
    try:
        for account, to, data in calls:
            step.add(account, to, data)
        receipts = step.done()
    except Reverted as error:
        raise _refused(step.sent + 1, len(calls), error.data) from error
    for number, receipt in enumerate(receipts, 1):
        if not receipt.status:
            raise _refused(number, len(calls), receipt.revert)
    return receipts


def _refused(number: int, calls: int, revert: bytes) -> Reverted:
    return Reverted(f"call {number} of {calls} was refused: {_reason(revert)}", data=revert)


def _reason(revert: bytes) -> str:
    reasons = [decode_error(name, revert) for name in CONTRACTS]
    known = [reason for reason in reasons if not reason.startswith("unknown error")]
    return (known or reasons)[0]
