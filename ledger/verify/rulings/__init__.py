"""What checks 5, 7 and 8 find of the accounting laws, a module each; they carry it in their answer.

1 and 3 are ``equations``, ``bounds`` and ``holding``, 2 is ``processes`` and ``allocations``, 4
``claims``, ``markets`` and ``retirements``, 5 ``numbers``, ``variants`` and ``pools``, 6
``deliveries``, 7 ``stages``, 8 ``quantities``; of 9 ``periods``.
Publishing and composing ask some of them too.
"""

from rootprint.ledger.verify.rulings import (
    bounds,
    deliveries,
    displaced,
    equations,
    holding,
    periods,
    pools,
    processes,
    variants,
)

__all__ = [
    "bounds",
    "deliveries",
    "displaced",
    "equations",
    "holding",
    "periods",
    "pools",
    "processes",
    "variants",
]
