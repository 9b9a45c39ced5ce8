"""What an attempt pays: the chain's own suggestion, then rises that nodes accept."""

from __future__ import annotations

from dataclasses import dataclass

# A node takes a replacement only if both caps rise by a tenth at least; an eighth passes all.
_RISE_NUMERATOR, _RISE_DENOMINATOR = 9, 8


@dataclass(frozen=True)
class Fees:
    """EIP-1559 caps in wei per gas."""

    max_fee: int
    priority: int


def raised(last: Fees, suggested: Fees) -> Fees:
    """Return at least 12.5 % more than ``last`` in both caps, and at least ``suggested``."""
    return Fees(
        max(_rise(last.max_fee), suggested.max_fee), max(_rise(last.priority), suggested.priority)
    )


def _rise(fee: int) -> int:
    return -(-fee * _RISE_NUMERATOR // _RISE_DENOMINATOR)
