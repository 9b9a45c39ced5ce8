"""A chain in memory, as a verifier sees one: words in slots and code hashes, block by block.

It writes what the three contracts would write, by the compiler's own storage layout, and does not
ask whether they would have allowed it: a case may show a state that no honest chain reaches.

Writes wait, as transactions do, until ``mine`` puts them all into one block with its time::

    chain = MemoryChain()
    chain.admit("did:web:maker.example", account, record, Role.SUPPLIER)
    chain.add_key("did:web:maker.example", key.public.thumbprint)
    chain.anchor(log, size, root)
    block = chain.mine(chain.block().time + 60)
    ChainReader(chain, chain.contracts, block)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from eth_hash.auto import keccak

from rootprint.ledger.core.chain import (
    TEST_CHAIN_ID,
    Block,
    Contracts,
    StatusState,
    organisation_id,
)
from rootprint.ledger.core.errors import NotFound
from rootprint.ledger.core.standing import REASONS, Admission, Reach, Role
from tests.support.memory_state import State, state_of
from tests.support.solidity_storage import Storage, artifact

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

GENESIS_TIME = 1_790_000_000  # 2026-09-21T14:13:20Z
REGISTRAR = b"\xaa" * 20
OPERATOR = b"\xbb" * 20
DECISION = b"\xde" * 32
FIRST_RETROACTIVE = 128
CONTRACTS = Contracts(
    checkpoint_registry=b"\x01" * 20,
    organization_registry=b"\x02" * 20,
    status_registry=b"\x03" * 20,
)

Snapshot = dict[bytes, dict[int, bytes]]  # contract -> slot -> word; absent = zero


class MemoryChain:
    """A ``ChainView`` with functions that write rows. Block 0 has the contracts and nothing else.

    ``contracts`` are the addresses; ``code_hashes`` the accounts' code hashes by address, from the
    committed artifacts: take one out and that account is absent at every block, put another hash
    in and its code is another's.
    """

    def __init__(
        self,
        *,
        chain_id: int = TEST_CHAIN_ID,
        time: int = GENESIS_TIME,
        registrar: bytes = REGISTRAR,
        contracts: Contracts = CONTRACTS,
    ) -> None:
        self.chain_id = chain_id
        self.contracts = contracts
        self._checkpoints = Storage("CheckpointRegistry")
        self._organizations = Storage("OrganizationRegistry")
        self._status = Storage("StatusRegistry")
        self.code_hashes = {
            contracts.checkpoint_registry: _code_hash("CheckpointRegistry"),
            contracts.organization_registry: _code_hash("OrganizationRegistry"),
            contracts.status_registry: _code_hash("StatusRegistry"),
        }
        self._waiting: list[Callable[[int], None]] = []
        self._times: list[int] = []
        self._states: dict[tuple[int, tuple[tuple[bytes, bytes], ...]], State] = {}
        self._snapshots: list[Snapshot] = []
        self._organizations.set("_registrar", value=registrar)
        self._checkpoints.set("_organizations", value=contracts.organization_registry)
        self._status.set("_organizations", value=contracts.organization_registry)
        self._head = bytes(32)
        self._seal(time)

    # What a verifier sees.

    def block(self, number: int | None = None) -> Block:
        """Return the block with that number, or the newest one. Raises NotFound beyond it."""
        wanted = self._known(number)
        return Block(wanted, keccak(self._state(wanted).header), self._times[wanted])

    def slot(self, contract: bytes, key: bytes, block: int) -> bytes:
        """Return the word at ``key`` after ``block``; zero where nothing was written."""
        snapshot = self._snapshots[self._known(block)]
        if contract not in self.code_hashes:
            return bytes(32)
        return snapshot.get(contract, {}).get(int.from_bytes(key), bytes(32))

    def code_hash(self, contract: bytes, block: int) -> bytes:
        """Return the account's code hash, or 32 zero bytes if there is no account."""
        self._known(block)
        return self.code_hashes.get(contract, bytes(32))

    def header(self, block: int) -> bytes:
        """Return the block's header in RLP."""
        return self._state(self._known(block)).header

    def proof(self, contract: bytes, slots: Sequence[bytes], block: int) -> list[bytes]:
        """Return the trie nodes on the way to an account and to words of its storage."""
        return self._state(self._known(block)).proof(contract, slots)

    def _known(self, number: int | None) -> int:
        wanted = len(self._times) - 1 if number is None else number
        if not 0 <= wanted < len(self._times):
            message = f"the chain has no block {wanted}"
            raise NotFound(message)
        return wanted

    # Blocks.

    def mine(self, time: int | None = None) -> Block:
        """Put all that waits into a new block, stamped ``time`` or a second after its parent.

        Raises ValueError unless ``time`` is later than the parent's, as every chain demands.
        """
        parent = self._times[-1]
        time = parent + 1 if time is None else time
        if time <= parent:
            message = f"block time {time} is not after its parent's, {parent}"
            raise ValueError(message)
        waiting, self._waiting = self._waiting, []
        for write in waiting:
            write(time)
        return self._seal(time)

    # CheckpointRegistry.

    def open_log(self, log_id: bytes, operator: bytes = OPERATOR) -> None:
        """Write a log's row."""
        self._later(
            lambda _time: self.change_log(
                log_id, operator=int.from_bytes(operator), vkeyHash=int.from_bytes(log_id)
            )
        )

    def anchor(self, log_id: bytes, size: int, root: bytes) -> None:
        """Append (size, root, block time) to a log's history, an append to it or not."""

        def write(time: int) -> None:
            number = self.rows(log_id)
            self.set_row(log_id, number, size, root, time)

        self._later(write)

    def freeze(self, log_id: bytes) -> None:
        """Freeze a log at the next block's time."""
        self._later(lambda time: self.change_log(log_id, frozenAt=time))

    def name_successor(self, log_id: bytes, number: int, successor: bytes) -> None:
        """Let a log go on from row ``number`` of a frozen one, and repeat that row as its first."""

        def write(time: int) -> None:
            named = int.from_bytes(successor)
            self.change_log(log_id, successor=named, successorFrom=number)
            its, third = self._checkpoints.struct("_logs", log_id), number // 3
            packed = self._checkpoints.word("_sizes", log_id, third.to_bytes(32))
            rows = its["recent"] if third == its["rows"] // 3 else packed
            root = self._checkpoints.word("_roots", log_id, number.to_bytes(32)).to_bytes(32)
            size = rows >> 80 * (number % 3) & ((1 << 40) - 1)
            self.set_row(successor, 0, size, root, time)

        self._later(write)

    def rows(self, log_id: bytes) -> int:
        """Return how many rows a log has."""
        return self._checkpoints.struct("_logs", log_id)["rows"]

    def set_row(self, log_id: bytes, number: int, size: int, root: bytes, time: int) -> None:
        """Write row ``number`` as the last one of a log, at once: what was before it stays."""
        if not 0 <= size < 1 << 40:
            message = f"a row's size has five bytes, and {size} does not fit"
            raise ValueError(message)
        third, place = divmod(number, 3)
        its = self._checkpoints.struct("_logs", log_id)
        recent = its["recent"] if third == its["rows"] // 3 else 0
        row = (time << 40 | size) << 80 * place
        if place == 2:
            key = third.to_bytes(32)
            self._checkpoints.set("_sizes", log_id, key, value=(recent | row).to_bytes(32))
            recent = row = 0
        self._checkpoints.set("_roots", log_id, number.to_bytes(32), value=root)
        self.change_log(log_id, rows=number + 1, recent=recent | row)

    def change_log(self, log_id: bytes, **change: int) -> None:
        """Change members of a log's struct, at once."""
        row: dict[str, Any] = {**self._checkpoints.struct("_logs", log_id), **change}
        self._checkpoints.set_struct("_logs", log_id, **row)

    # OrganizationRegistry.

    def admit(  # noqa: PLR0913 - a row's members
        self,
        did: str,
        account: bytes,
        record_digest: bytes,
        roles: Role,
        *,
        decision: bytes = bytes(32),
        reason: int = 0,
    ) -> None:
        """Append an admitted row, and the organisation's 20-byte account unless it is the last."""
        organisation = organisation_id(did)

        def write(time: int) -> None:
            accounts = "_accounts", organisation
            known = self._organizations.length(*accounts)
            acting = int.from_bytes(account)
            if not known or self._organizations.last(*accounts)["account"] != acting:
                self._organizations.append(*accounts, account=acting, time=time)
            self._organizations.append(
                "_rows",
                organisation,
                record=int.from_bytes(record_digest),
                decision=int.from_bytes(decision),
                time=time,
                status=Admission.ADMITTED,
                roles=roles,
                reason=reason,
                reach=Reach.PROSPECTIVE if reason else Reach.NONE,
                windowFrom=0,
                windowUntil=0,
            )

        self._later(write)

    def suspend(
        self,
        did: str,
        reason: int = REASONS["inquiry"],
        decision: bytes = DECISION,
        window: tuple[int, int] = (0, 0),
    ) -> None:
        """Append a suspended row; roles and record are carried over."""
        self._carry_over(did, Admission.SUSPENDED, reason, decision, window)

    def expel(
        self,
        did: str,
        reason: int = REASONS["ceased"],
        decision: bytes = DECISION,
        window: tuple[int, int] = (0, 0),
    ) -> None:
        """Append an expelled row; roles and record are carried over."""
        self._carry_over(did, Admission.EXPELLED, reason, decision, window)

    def add_key(self, did: str, thumbprint: bytes, possession: bytes = bytes(32)) -> None:
        """Set a key's ``added`` to the block time, and the digest of its proof of possession."""
        proof = int.from_bytes(possession)
        self._later(lambda time: self._change_key(did, thumbprint, added=time, possession=proof))

    def retire_key(self, did: str, thumbprint: bytes) -> None:
        """Set a key's ``retired`` to the block time."""
        self._later(lambda time: self._change_key(did, thumbprint, retired=time))

    def report_compromise(self, did: str, thumbprint: bytes, since: int) -> None:
        """Set a key's ``compromisedSince``."""
        self._later(lambda _time: self._change_key(did, thumbprint, compromisedSince=since))

    def accredit(
        self, body: str, accreditor: str, scope: bytes, valid_from: int, valid_until: int
    ) -> None:
        """Append a row of what a body is accredited for, by DIDs; it has not ended."""
        members = {
            "scope": int.from_bytes(scope),
            "accreditor": int.from_bytes(organisation_id(accreditor)),
            "from": valid_from,
            "until": valid_until,
            "ended": 0,
        }
        self._later(
            lambda time: self._organizations.append(
                "_accreditations", organisation_id(body), **members, time=time
            )
        )

    def end_accreditation(self, body: str, number: int) -> None:
        """Set ``ended`` of a body's row to the block time."""
        self._later(
            lambda time: self._organizations.change(
                "_accreditations", organisation_id(body), number=number, ended=time
            )
        )

    # StatusRegistry.

    def set_status(
        self, did: str, digest: bytes, state: StatusState, statement_digest: bytes
    ) -> None:
        """Append what an organisation says of a digest; list it there if it concludes adversely."""
        organisation = organisation_id(did)

        def write(time: int) -> None:
            self._status.append(
                "_rows",
                organisation,
                digest,
                statement=int.from_bytes(statement_digest),
                time=time,
                state=state,
            )
            if state is StatusState.ADVERSE:
                self._status.push("_adverse", digest, organisation)
            said = organisation, digest, statement_digest, state.to_bytes(32), time.to_bytes(32)
            self._head = keccak(b"".join((self._head, *said)))
            self._status.set("_head", value=self._head)

        self._later(write)

    def _later(self, write: Callable[[int], None]) -> None:
        self._waiting.append(write)

    def _carry_over(
        self, did: str, status: Admission, reason: int, decision: bytes, window: tuple[int, int]
    ) -> None:
        rows = organisation_id(did)
        change = {
            "status": status,
            "reason": reason,
            "reach": Reach.PROSPECTIVE if reason < FIRST_RETROACTIVE else Reach.RETROACTIVE,
            "decision": int.from_bytes(decision),
            "windowFrom": window[0],
            "windowUntil": window[1],
        }
        self._later(
            lambda time: self._organizations.append(
                "_rows", rows, **{**self._organizations.last("_rows", rows), **change, "time": time}
            )
        )

    def _change_key(self, did: str, thumbprint: bytes, **change: int) -> None:
        keys = (organisation_id(did), thumbprint)
        row: dict[str, Any] = {**self._organizations.struct("_keys", *keys), **change}
        self._organizations.set_struct("_keys", *keys, **row)

    def _seal(self, time: int) -> Block:
        snapshot = {
            self.contracts.checkpoint_registry: dict(self._checkpoints.words),
            self.contracts.organization_registry: dict(self._organizations.words),
            self.contracts.status_registry: dict(self._status.words),
        }
        self._times.append(time)
        self._snapshots.append(snapshot)
        return self.block()

    def _state(self, number: int) -> State:
        """Return a block's header and tries: made when asked for, by the code that is there now."""
        codes = tuple(sorted(self.code_hashes.items()))
        if (number, codes) not in self._states:
            self._states[number, codes] = state_of(
                number, self._times[number], self._snapshots[number], dict(codes)
            )
        return self._states[number, codes]


def _code_hash(contract: str) -> bytes:
    return bytes.fromhex(artifact(contract)["deployedCodeHash"].removeprefix("0x"))
