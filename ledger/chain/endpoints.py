"""One chain through several JSON-RPC endpoints: those that can't be relied on now are passed over.

An endpoint is used if it says the right chain id, is not catching up, is not late
(``ledger.chain.lateness``) and, once the contracts are there, has their code. Among those the first
one named answers; where it fails, the next one does. What is sent goes to all of them.

Every endpoint that is used is believed in what it says of the chain: this is against endpoints
that are down, late or misconfigured, not against one that lies about a state.
"""

from __future__ import annotations

import time
from threading import Lock
from typing import TYPE_CHECKING, Final, TypeVar

from rootprint.ledger.chain.examining import Standing, examine, name_of
from rootprint.ledger.chain.nonces import ruling
from rootprint.ledger.core.errors import LedgerError, NotFound, Refused, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rootprint.ledger.chain.rpc import RpcChain
    from rootprint.ledger.chain.sending import Receipt
    from rootprint.ledger.core.chain import Block

T = TypeVar("T")
CHECK_SECONDS: Final = 30.0
MAX_ENDPOINTS: Final = 16


class RpcEndpoints:
    """The chain behind several endpoints: a ``ProvingChain`` and a ``SendingChain``.

    What is read at a block comes from an endpoint that has the block that was given before under
    that number, and from that very block of it, so one reading never mixes two forks.
    """

    def __init__(
        self,
        endpoints: Sequence[RpcChain],
        *,
        chain_id: int | None = None,
        code: tuple[bytes, bytes] | None = None,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Take the endpoints in order of preference; nothing is asked yet.

        ``chain_id`` is the chain that is meant, by default what the first that answers says.
        ``code`` is a contract's address and the keccak-256 of its code, which must be there.
        """
        if not 1 <= len(endpoints) <= MAX_ENDPOINTS:
            raise Refused(f"a chain is read through 1 to {MAX_ENDPOINTS} endpoints")
        self._endpoints, self._code = tuple(endpoints), code
        self._clock, self._now = clock, now
        self._expected = chain_id
        self._lock = Lock()  # guards what follows
        self._usable: list[RpcChain] = []
        self._standings: tuple[Standing, ...] = ()
        self._checked: float | None = None
        self._given: dict[int, tuple[bytes, RpcChain]] = {}
        self._doubt = ""

    @property
    def mines_at_once(self) -> bool:
        """False: what is sent together may be mined apart, and is paid for."""
        return False

    @property
    def chain_id(self) -> int:
        """EIP-155 chain id, which every endpoint in use says."""
        if self._expected is None:
            self._examine()
        if self._expected is None:
            raise self._none_left([])
        return self._expected

    def standings(self) -> tuple[Standing, ...]:
        """Examine all endpoints now; return what was found of each, in order."""
        self._examine()
        return self._standings

    def passed_over(self) -> dict[str, str]:
        """Return which endpoints are passed over since they were last looked at, and why."""
        return {one.name: one.fault for one in self._standings if one.fault}

    def block(self, number: int | None = None) -> Block:
        """Return the canonical block with that number, or the newest one. Raises NotFound."""
        if number is None and self._is_stale():
            self._examine()
        found, endpoint = self._first(lambda one: (one.block(number), one))
        with self._lock:
            if len(self._given) >= 2 * 1024:
                self._given.clear()
            self._given[found.number] = found.hash, endpoint
        return found

    def slot(self, contract: bytes, key: bytes, block: int) -> bytes:
        """Return the 32-byte word at ``key`` (32 bytes) of ``contract`` after a block."""
        return self._at(block, lambda one: one.slot(contract, key, block))

    def code_hash(self, contract: bytes, block: int) -> bytes:
        """Return keccak-256 of the contract's code after a block, or zeros without an account."""
        return self._at(block, lambda one: one.code_hash(contract, block))

    def header(self, block: int) -> bytes:
        """Return the RLP of a block's header; its keccak-256 is the block's hash."""
        return self._at(block, lambda one: one.header(block))

    def proof(self, contract: bytes, slots: Sequence[bytes], block: int) -> list[bytes]:
        """Return each trie node on the way to the contract's account and to its slots, once."""
        return self._at(block, lambda one: one.proof(contract, slots, block))

    def nonce(self, address: bytes, block: int | None = None) -> int:
        """Return the nonce after those mined up to a block (default: the newest).

        Every endpoint in use that has that block is asked. Of those that disagree,
        ``ledger.chain.nonces`` says whose word counts; one that is shown to be false is passed
        over, and what stays open is in ``doubts``.
        """
        height = self.block().number if block is None else block
        said: dict[RpcChain, int] = {}
        errors = []
        for endpoint in self._in_use():
            try:
                self._require_same(endpoint, height)
                said[endpoint] = endpoint.nonce(address, height)
            except Unavailable as error:
                errors.append(str(error.args[0]))
        if not said:
            raise self._none_left(errors)
        found = ruling(self._endpoints, said, address, height)
        for endpoint, fault in found.false.items():
            self._drop(endpoint, fault)
        self._doubt = found.doubt
        return found.nonce

    def doubts(self) -> str:
        """Return in words what the endpoints disagree about and none could prove; "" if nothing."""
        return self._doubt

    def fees(self) -> tuple[int, int]:
        """Return a fee cap and a priority fee that pass now, in wei per gas."""
        return self._first(lambda one: one.fees())

    def estimate(self, sender: bytes, to: bytes | None, data: bytes) -> int:
        """Return the gas that such a transaction needs after the newest block. Raises Reverted."""
        return self._first(lambda one: one.estimate(sender, to, data))

    def balance(self, address: bytes) -> int:
        """Return what an account has after the newest block, in wei."""
        return self._first(lambda one: one.balance(address))

    def finalized(self) -> Block | None:
        """Return the newest block that the chain itself calls final; None if it has none."""
        return self._first(lambda one: one.finalized())

    def receipt(self, transaction_hash: bytes) -> Receipt | None:
        """Return what became of a transaction, or None where no endpoint has it in a block."""
        found, errors = [], []
        for endpoint in self._in_use():
            try:
                found.append(endpoint.receipt(transaction_hash))
            except Unavailable as error:
                errors.append(str(error.args[0]))
                self._drop(endpoint, str(error.args[0]))
            if found and found[-1] is not None:
                return found[-1]
        if not found:
            raise self._none_left(errors)
        return None

    def call(self, contract: bytes, data: bytes, block: int | None = None) -> bytes:
        """Return what a contract answers after a block (default: the newest). Raises Reverted."""
        if block is None:
            return self._first(lambda one: one.call(contract, data))
        return self._at(block, lambda one: one.call(contract, data, block))

    def broadcast(self, raw_transactions: Sequence[bytes]) -> None:
        """Hand signed transactions to every endpoint in use; one that takes them all is enough."""
        if not raw_transactions:
            return
        refusals = []
        usable = self._in_use()
        for endpoint in usable:
            try:
                endpoint.broadcast(raw_transactions)
            except LedgerError as error:
                refusals.append(str(error.args[0]))
        if len(refusals) == len(usable):
            raise Unavailable("; ".join(refusals), remedy="try again or name another endpoint")

    def _first(self, ask: Callable[[RpcChain], T]) -> T:
        """Return the first answer that an endpoint in use gives."""
        errors = []
        for endpoint in self._in_use():
            try:
                return ask(endpoint)
            except Unavailable as error:
                errors.append(str(error.args[0]))
                self._drop(endpoint, str(error.args[0]))
        raise self._none_left(errors)

    def _at(self, block: int, ask: Callable[[RpcChain], T]) -> T:
        def asked(endpoint: RpcChain) -> T:
            self._require_same(endpoint, block)
            return ask(endpoint)

        return self._first(asked)

    def _require_same(self, endpoint: RpcChain, number: int) -> None:
        """Raise Unavailable unless the endpoint has the block that was given under a number."""
        with self._lock:
            given = self._given.get(number)
        if given is None or given[1] is endpoint:
            return
        try:
            found = endpoint.block(number).hash
        except NotFound:
            found = None
        if found != given[0]:
            raise Unavailable(
                f"the chain endpoint at {endpoint.host} has not the block {number} that another "
                "one gave before"
            )
        with self._lock:
            self._given[number] = given[0], endpoint

    def _in_use(self) -> list[RpcChain]:
        with self._lock:
            usable = list(self._usable)
        if usable:
            return usable
        self._examine()
        with self._lock:
            if self._usable:
                return list(self._usable)
        raise self._none_left([])

    def _drop(self, endpoint: RpcChain, fault: str) -> None:
        """Pass an endpoint over until all are looked at again."""
        with self._lock:
            self._usable = [one for one in self._usable if one is not endpoint]
            place = self._endpoints.index(endpoint)
            if self._standings:
                kept = list(self._standings)
                kept[place] = Standing(name_of(self._endpoints, endpoint), None, fault)
                self._standings = tuple(kept)

    def _none_left(self, errors: list[str]) -> Unavailable:
        faults = [*(one.fault for one in self._standings if one.fault), *errors]
        words = "; ".join(dict.fromkeys(faults)) or "none answers"
        return Unavailable(
            words if len(self._endpoints) == 1 else f"no chain endpoint can be used: {words}",
            remedy="try again or name another endpoint: rootprint chain use --rpc URL",
        )

    def _is_stale(self) -> bool:
        with self._lock:
            return self._checked is None or self._clock() - self._checked >= CHECK_SECONDS

    def _examine(self) -> None:
        """Look at every endpoint at once and decide which are in use until the next time."""
        found, standings = examine(self._endpoints, self._expected, self._code, self._now())
        with self._lock:
            self._expected, self._standings = found, standings
            pairs = zip(self._endpoints, standings, strict=True)
            self._usable = [endpoint for endpoint, one in pairs if not one.fault]
            self._checked = self._clock()
