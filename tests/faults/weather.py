"""A log, a development node and the endpoints between them, for one fault each.

What must hold when a fault is over is ``Weather.settled``'s: the whole log is anchored, each row is
the log's own root, no state stands twice, and what the anchorer calls settled is in the chain.
"""

from __future__ import annotations

import socket
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from web3 import HTTPProvider

from rootprint.ledger.anchor import Anchorer, AnchorOutcome, Outcome, open_log
from rootprint.ledger.chain import (
    RpcChain,
    RpcEndpoints,
    address_of,
    deploy_contracts,
    sign_transaction,
)
from rootprint.ledger.core.chain import ChainReader, CheckpointRow, Contracts, log_id
from rootprint.ledger.core.checkpoint import LogKey
from rootprint.ledger.core.errors import LedgerError
from rootprint.ledger.core.keys import SigningKey
from rootprint.ledger.core.seal import seal
from rootprint.ledger.log import Log
from rootprint.ledger.registry import send_step
from rootprint.ledger.store import Attempt, IntentState, Store, Target
from tests.faults.proxy import Proxy, serving
from tests.support.anvil import running
from tests.support.statements import LOG, status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rootprint.ledger.chain import SendingChain
    from rootprint.ledger.core.statement import Statement

# They guard nothing: node and folder are thrown away.
OPERATOR_KEY, REGISTRAR_KEY = bytes([3]) * 32, bytes([2]) * 32
OPERATOR = address_of(OPERATOR_KEY)
LOG_KEY = LogKey(LOG, Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
LOG_ID = log_id(OPERATOR, LOG_KEY.note_key.vkey)
ETHER = 10**18
ENDPOINTS = 3
STEPS = 40


class Clock:
    """The anchorer's clock; it passes when a scenario says so."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        """Return Unix seconds."""
        return self.now


class Weather:
    """One node without automatic mining, three endpoints, one log with three entries."""

    def __init__(self, folder: Path, program: str, stack: ExitStack) -> None:
        """Start the node, put the contracts on it and open the log."""
        self.folder, self.program, self._stack = folder, program, stack
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        self._node = ExitStack()
        stack.callback(self.stop_node)
        self.url = self.start_node()
        self.direct = RpcChain(self.url)
        for key in (OPERATOR_KEY, REGISTRAR_KEY):
            self.fund(address_of(key), 100 * ETHER)
        found = deploy_contracts(self.direct, REGISTRAR_KEY, address_of(REGISTRAR_KEY))
        self.contracts = Contracts(
            found.checkpoint_registry.address,
            found.organization_registry.address,
            found.status_registry.address,
        )
        self.code = (found.checkpoint_registry.address, found.checkpoint_registry.code_hash)
        to, data = open_log(self.contracts.checkpoint_registry, LOG_KEY.note_key.vkey)
        send_step(self.direct, [(OPERATOR_KEY, to, data)])
        self.rpc("evm_setAutomine", False)  # noqa: FBT003 - the request's
        self.rpc("anvil_mine", "0xa")
        self.issuer, self.clock = SigningKey.generate(), Clock()
        self.published: list[Statement] = []
        self.proxies = [stack.enter_context(serving(Proxy(self.url))) for _ in range(ENDPOINTS)]
        self.store = stack.enter_context(Store.create(folder / "store.sqlite"))
        self.log = Log(self.store, LOG_KEY)
        self.publish(3)

    # The node.

    def start_node(self, *options: str) -> str:
        """Start the node on its port."""
        return self._node.enter_context(running(self.program, *options, port=self._port))

    def stop_node(self) -> None:
        """End the node; its state is kept where it was started with a file for it."""
        self._node.close()
        self._node = ExitStack()

    def rpc(self, method: str, *params: Any) -> Any:
        """Ask the node itself."""
        answer = HTTPProvider(self.url).make_request(method, list(params))
        assert "error" not in answer, (method, answer)
        return answer["result"]

    def mine(self, blocks: int = 1) -> None:
        """Mine so many blocks; the first takes what is in the pool."""
        self.rpc("anvil_mine", hex(blocks))

    def fund(self, account: bytes, wei: int) -> None:
        """Let an account have just so much."""
        self.rpc("anvil_setBalance", f"0x{account.hex()}", hex(wei))

    def drop(self, attempt: Attempt) -> None:
        """Let the pool lose a transaction."""
        self.rpc("anvil_dropTransaction", f"0x{attempt.hash.hex()}")

    def pending_nonce(self) -> int:
        """Return the operator's next nonce, what the pool holds counted in."""
        return int(self.rpc("eth_getTransactionCount", f"0x{OPERATOR.hex()}", "pending"), 16)

    def send_elsewhere(self, data: bytes = b"", *, nonce: int | None = None, fee: int = 10**12,
                       to: bytes = bytes([7]) * 20) -> None:  # fmt: skip
        """Send a transaction of the operator's account from somewhere else."""
        raw = sign_transaction(
            OPERATOR_KEY,
            chain_id=self.direct.chain_id,
            nonce=self.pending_nonce() if nonce is None else nonce,
            to=to,
            data=data,
            gas=400_000,
            max_fee=fee,
            priority=fee // 2,
        )
        self.direct.broadcast([raw])

    # The log and its anchorer.

    def publish(self, count: int = 1, log: Log | None = None) -> None:
        """Append so many statements to the log."""
        made = [seal(status(), self.issuer, LOG) for _ in range(count)]
        (log or self.log).append(made)
        if log is None:
            self.published += made

    def chain(self, *, timeout: float = 5.0) -> RpcEndpoints:
        """Return a new chain through the three endpoints."""
        chains = [RpcChain(proxy.url, timeout=timeout) for proxy in self.proxies]
        return RpcEndpoints(chains, chain_id=self.direct.chain_id, code=self.code)

    def anchorer(
        self, chain: SendingChain | None = None, log: Log | None = None, **options: Any
    ) -> Anchorer:
        """Return a new anchorer, as a process that starts has it."""
        return Anchorer(
            log or self.log,
            chain or self.chain(),
            self.contracts,
            log_id=LOG_ID,
            clock=self.clock,
            **{"operator": OPERATOR_KEY, **options},
        )

    def other_log(self, entries: int) -> Log:
        """Return another machine's log under the same key, with statements of its own."""
        store = self._stack.enter_context(Store.create(self.folder / f"other-{entries}.sqlite"))
        log = Log(store, LOG_KEY)
        self.publish(entries, log)
        return log

    def copied_log(self) -> Log:
        """Return another machine's log with the same statements, and no knowledge of anchors."""
        store = self._stack.enter_context(Store.create(self.folder / "copy.sqlite"))
        log = Log(store, LOG_KEY)
        log.append(self.published)
        return log

    # What is seen.

    def rows(self) -> list[CheckpointRow]:
        """Return the log's rows at the node's newest block."""
        reader = ChainReader(self.direct, self.contracts, self.direct.block())
        return [reader.checkpoint(LOG_ID, n) for n in range(reader.checkpoint_count(LOG_ID))]

    def intents(self, state: IntentState) -> Sequence[Any]:
        """Return the anchorer's intents in that state."""
        target = Target(self.direct.chain_id, self.contracts.checkpoint_registry, LOG_ID, OPERATOR)
        with self.store.read() as tx:
            return tx.anchors.intents(target, state)

    def attempts(self) -> list[Attempt]:
        """Return what was signed for the newest intent that is pending."""
        intent = self.intents(IntentState.PENDING)[-1]
        with self.store.read() as tx:
            return tx.anchors.attempts(intent)

    def settled(self, anchorer: Anchorer | None = None) -> AnchorOutcome:
        """Step and mine until the log is anchored, then hold the promises; errors are steps too.

        No hand does anything: blocks come, the clock passes, a step follows a step.
        """
        mine = anchorer or self.anchorer()
        outcome, said = None, ""
        for _ in range(STEPS):
            try:
                outcome = mine.anchor()
            except LedgerError as error:
                said = str(error)
            if (
                outcome is not None
                and outcome.size == self.log.size
                and (outcome.state is not Outcome.PENDING)
            ):
                break
            self.mine()
            self.clock.now += 31
        assert outcome is not None, said
        assert outcome.state is not Outcome.PENDING, (outcome, said)
        assert outcome.size == self.log.size
        self.hold()
        return outcome

    def hold(self) -> None:
        """Check the promises: all of it anchored, each state once, settled means in the chain."""
        rows = self.rows()
        assert [row.root for row in rows] == [self.log.root(row.size) for row in rows]
        sizes = [row.size for row in rows]
        assert sizes == sorted(set(sizes))
        assert sizes[-1] == self.log.size
        confirmed = self.intents(IntentState.CONFIRMED)
        assert {intent.size for intent in confirmed} <= set(sizes)
        for intent in confirmed:
            assert self.direct.block(intent.block_number).hash == intent.block_hash
        assert self.intents(IntentState.PENDING) == []


@contextmanager
def weather(folder: Path, program: str) -> Iterator[Weather]:
    """Give a new one; node, endpoints and store end with the block."""
    with ExitStack() as stack:
        yield Weather(folder, program, stack)
