"""What is found of each endpoint of a chain when all are looked at, and why one is passed over."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rootprint.ledger.chain.lateness import faults_of
from rootprint.ledger.core.errors import LedgerError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rootprint.ledger.chain.rpc import RpcChain
    from rootprint.ledger.core.chain import Block


@dataclass(frozen=True, slots=True)
class Standing:
    """What was found of an endpoint: its newest block, or ``fault``: why it is passed over."""

    name: str
    head: int | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class _Look:
    """What one endpoint says of itself: chain id (0 without an answer), newest block or fault."""

    chain_id: int = 0
    head: Block | None = None
    fault: str = ""


def examine(
    endpoints: Sequence[RpcChain],
    chain_id: int | None,
    code: tuple[bytes, bytes] | None,
    now: float,
) -> tuple[int | None, tuple[Standing, ...]]:
    """Ask all endpoints at once; return the chain's id and what was found of each, in order.

    ``chain_id`` is the chain that is meant, or None for what the first that answers says. ``code``
    is a contract's address and the keccak-256 of its code; ``now`` is Unix seconds.
    """
    with ThreadPoolExecutor(len(endpoints)) as pool:
        found = list(pool.map(lambda one: _look(one, chain_id, code), endpoints))
    if chain_id is None:
        chain_id = next((look.chain_id for look in found if look.chain_id), None)
    names = [name_of(endpoints, one) for one in endpoints]
    looks = [
        look
        if look.fault or look.chain_id == chain_id
        else _Look(fault=f"{name} is of chain {look.chain_id}, not of chain {chain_id}")
        for name, look in zip(names, found, strict=True)
    ]

    def has(place: int, block: Block) -> bool:
        try:
            return endpoints[place].block(block.number) == block
        except LedgerError:
            return False

    for place, words in faults_of([look.head for look in looks], has, now).items():
        fault = f"{_place(endpoints[place])} {words}"
        looks[place] = replace(looks[place], fault=fault)
    return chain_id, tuple(
        Standing(name, None if look.head is None else look.head.number, look.fault)
        for name, look in zip(names, looks, strict=True)
    )


def name_of(endpoints: Sequence[RpcChain], endpoint: RpcChain) -> str:
    """Return an endpoint's place and host: all of its address that is ever shown."""
    return f"endpoint {endpoints.index(endpoint) + 1} ({endpoint.host})"


def _look(endpoint: RpcChain, expected: int | None, code: tuple[bytes, bytes] | None) -> _Look:
    place, chain_id = _place(endpoint), 0
    try:
        chain_id = endpoint.asked_chain_id()
        if expected not in {None, chain_id}:
            return _Look(chain_id)
        if endpoint.syncing():
            return _Look(fault=f"{place} is still catching up with the chain")
        head = endpoint.block()
        if code is not None and endpoint.code_hash(code[0], head.number) != code[1]:
            fault = (
                f"{place} has not the ledger's contracts at block {head.number}: it is late, or of "
                f"another chain with the id {chain_id}"
            )
            return _Look(chain_id, None, fault)
    except LedgerError as error:
        return _Look(chain_id, None, str(error.args[0]))
    return _Look(chain_id, head)


def _place(endpoint: RpcChain) -> str:
    return f"the chain endpoint at {endpoint.host}"
