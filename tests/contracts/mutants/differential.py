"""The Merkle library's second stage: run in an EVM, against two Python verifiers.

A suite of honest proofs that hold and tampered ones that fail once left half of the mutants alive.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.contracts import test_rfc9162 as differential
from tests.contracts.evm import Account, Contract, Evm, Reverted

if TYPE_CHECKING:
    from collections.abc import Callable

LIBRARY = "contracts/RFC9162.sol"
HARNESS = differential.HARNESS
CHECKS: tuple[Callable[[Callable[..., Any]], None], ...] = (
    differential.test_hashes_are_the_reference_trees,
    differential.test_every_honest_proof_of_small_trees_holds,
    differential.test_consistency_of_anything_is_judged_alike,
    differential.test_inclusion_of_anything_is_judged_alike,
)


def noticed(compiled: dict[str, Any]) -> str:
    """Return which check notices that this is not the library, or an empty text."""
    made = compiled["RFC9162Harness"]
    contract = Contract(made["abi"], made["evm"]["bytecode"]["object"])
    sender = Account("deployer")
    evm = Evm(sender)
    _, address = evm.transact(sender, b"", contract.bytecode)
    for check in CHECKS:
        try:
            check(lambda name, *arguments: evm.call(address, contract, name, *arguments))
        except (AssertionError, Reverted):
            return check.__name__
    return ""
