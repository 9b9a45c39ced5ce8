"""What a transaction may cost: gas as the chain estimates it, ceilings, and the funds for it.

Gas is never a fixed number: the same call costs otherwise under another fork's rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rootprint.ledger.chain.transactions import TRANSACTION_GAS
from rootprint.ledger.core.errors import Refused, Unavailable

if TYPE_CHECKING:
    from rootprint.ledger.chain.sending import SendingChain

GWEI: Final = 10**9
MOST_GAS: Final = 2 * TRANSACTION_GAS
ETHER: Final = 10**18
# Between the estimate and the block other transactions change what this one meets.
_MARGIN_NUMERATOR, _MARGIN_DENOMINATOR = 5, 4
_DECIMALS: Final = 18


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is signed for: ``fee`` wei per gas, ``gas`` for one transaction.

    500 gwei: an anchor of 100,000 gas then costs at most 0.05 of the chain's coin. The gas is twice
    what EIP-7825 lets a transaction have: from Amsterdam on (EIP-8037) that bounds execution alone,
    and the state which a contract's creation writes comes beside it.
    """

    fee: int = 500 * GWEI
    gas: int = MOST_GAS


class OutOfFunds(Unavailable):
    """An account can't pay for a transaction; the message names it and the remedy how much."""

    code = "out_of_funds"


def gas_for(
    chain: SendingChain, sender: bytes, to: bytes | None, data: bytes, limits: Limits
) -> int:
    """Return the gas to sign for: the chain's estimate and a quarter, up to the ceiling.

    What EIP-7825 allows is passed only where the estimate itself passes it.

    Raises Refused where the estimate itself is beyond it, Reverted where the contract refuses.
    """
    estimate = chain.estimate(sender, to, data)
    if estimate > limits.gas:
        raise Refused(
            f"this transaction needs {estimate} gas, and {limits.gas} is the most allowed here",
            remedy="raise gasCeiling in rootprint.json if that is what it may take",
        )
    most = limits.gas if estimate > TRANSACTION_GAS else min(limits.gas, TRANSACTION_GAS)
    return min(-(-estimate * _MARGIN_NUMERATOR // _MARGIN_DENOMINATOR), most)


def require_fee(max_fee: int, limits: Limits) -> None:
    """Raise Unavailable where a fee cap is beyond the ceiling."""
    if max_fee > limits.fee:
        raise Unavailable(
            f"fee ceiling reached: a transaction needs {max_fee} wei per gas now, "
            f"{limits.fee} is allowed",
            remedy="try again when the chain asks for less, or raise feeCeilingGwei in "
            "rootprint.json",
        )


def require_funds(chain: SendingChain, account: bytes, cost: int) -> int:
    """Return what the account has, in wei; raise OutOfFunds where ``cost`` is more."""
    if not cost:
        return 0
    balance = chain.balance(account)
    if balance < cost:
        place = f"account 0x{account.hex()} on chain {chain.chain_id}"
        raise OutOfFunds(
            f"{place} has {coins(balance)} and may need {coins(cost)} for this transaction",
            remedy=f"send at least {coins(cost - balance)} to it, then do the same again",
        )
    return balance


def coins(wei: int) -> str:
    """Return wei as a decimal number of the chain's coin (10^18 wei), every digit of it.

    >>> coins(1_500_000_000_000_000)
    '0.0015 coins'
    """
    whole, part = divmod(wei, ETHER)
    digits = f"{part:0{_DECIMALS}d}".rstrip("0")
    return f"{whole}{'.' if digits else ''}{digits} coins"
