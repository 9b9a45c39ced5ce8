"""A chain in one file, in process: py-evm kept in SQLite. A test chain: one party runs it alone.

Reading needs no EVM and trusts nothing but the block hashes in the file; sending imports py-evm
on first use. Neither web3 nor SQLAlchemy is ever needed.
"""

from __future__ import annotations

import os
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self

from rootprint.ledger.chain import state
from rootprint.ledger.chain.chain_file import new_file, open_file
from rootprint.ledger.chain.clock import BlockClock
from rootprint.ledger.chain.identity import EMBEDDED_CHAIN_ID
from rootprint.ledger.chain.sending import Receipt
from rootprint.ledger.core.chain import ADDRESS_BYTES, WORD
from rootprint.ledger.core.errors import Refused, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rootprint.ledger.chain.chain_file import ChainFile
    from rootprint.ledger.chain.restamp import Restamped
    from rootprint.ledger.core.chain import Block
    from rootprint.ledger.core.stateproof import Account

__all__ = ["EMBEDDED_CHAIN_ID", "EmbeddedChain"]


class EmbeddedChain:
    """The chain in a file: a ``ProvingChain`` and, unless opened read-only, a ``SendingChain``.

    Threads may share one; several processes may write to one file, one step after the other.
    There is one chain in the file; only ``restamp`` ever takes a block back.
    """

    def __init__(
        self,
        file: ChainFile,
        *,
        read_only: bool,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
    ) -> None:
        """Take over an open file; callers use ``create`` or ``open``."""
        self._file = file
        self._reading = threading.Lock()  # guards _file's one connection
        self._read_only = read_only
        self._clock, self._sleep = clock, sleep

    @classmethod
    def create(
        cls,
        path: Path | str,
        *,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> Self:
        """Make a new chain of one block and open it. Raises Refused if the file exists.

        The file appears whole or not at all. ``clock`` gives Unix seconds.
        """
        from rootprint.ledger.chain.mining import write_genesis  # noqa: PLC0415 - py-evm on use

        target = Path(path)
        with tempfile.TemporaryDirectory(dir=_folder(target), prefix=".chain-") as folder:
            draft = new_file(Path(folder) / "chain")
            try:
                write_genesis(draft, int(clock()))
            finally:
                draft.close()
            try:
                os.link(draft.path, target)
            except FileExistsError as error:
                raise Refused(f"{target} exists already; a chain is never overwritten") from error
        return cls.open(target, clock=clock, sleep=sleep)

    @classmethod
    def open(
        cls,
        path: Path | str,
        *,
        read_only: bool = False,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> Self:
        """Open an existing chain. Raises NotFound, Refused (not a chain file) or Unavailable.

        ``read_only`` never writes, not even to recover, and works in a read-only folder.
        """
        file = open_file(Path(path), mode="ro" if read_only else "rw", write=False)
        return cls(file, read_only=read_only, clock=clock, sleep=sleep)

    def close(self) -> None:
        """Let go of the file; what was broadcast is on disk already."""
        with self._reading:
            self._file.close()

    def __enter__(self) -> Self:
        """Return itself; the file is closed at the end of the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()

    @property
    def mines_at_once(self) -> bool:
        """True: what is broadcast together is one block, and gas costs nothing."""
        return True

    @property
    def chain_id(self) -> int:
        """EIP-155 chain id: the same for every embedded chain, whatever the file says."""
        return EMBEDDED_CHAIN_ID

    def block(self, number: int | None = None) -> Block:
        """Return the block with that number, or the newest one. Raises NotFound."""
        with self._reading:
            return state.header(self._file, number).block

    def slot(self, contract: bytes, key: bytes, block: int) -> bytes:
        """Return the 32-byte word at ``key`` (32 bytes) of ``contract`` after a block."""
        _check_length("storage key", key, WORD)
        with self._reading:
            account = self._account(contract, block)
            return state.word(self._file, account.storage_root, key) if account else bytes(WORD)

    def code_hash(self, contract: bytes, block: int) -> bytes:
        """Return keccak-256 of the contract's code after a block, or zeros without an account."""
        with self._reading:
            account = self._account(contract, block)
        return account.code_hash if account else bytes(WORD)

    def header(self, block: int) -> bytes:
        """Return the RLP of a block's header; its keccak-256 is the block's hash."""
        with self._reading:
            return state.read_header(self._file, block)[1]

    def proof(self, contract: bytes, slots: Sequence[bytes], block: int) -> list[bytes]:
        """Return each trie node on the way to the contract's account and to its slots, once."""
        _check_length("address", contract, ADDRESS_BYTES)
        for key in slots:
            _check_length("storage key", key, WORD)
        with self._reading:
            root = state.header(self._file, block).state_root
            return state.proof(self._file, root, contract, slots)

    def nonce(self, address: bytes, block: int | None = None) -> int:
        """Return the nonce after those mined up to a block (default: the newest)."""
        with self._reading:
            account = self._account(address, block)
        return account.nonce if account else 0

    def doubts(self) -> str:
        """Return "": there is one file."""
        return ""

    def fees(self) -> tuple[int, int]:
        """Return (0, 0) wei per gas: ``ledger.chain.mining`` says why the base fee stays zero."""
        return 0, 0

    def estimate(self, sender: bytes, to: bytes | None, data: bytes) -> int:  # noqa: ARG002 - SendingChain's
        """Return the most that one transaction may take: gas costs nothing here."""
        from rootprint.ledger.chain.transactions import TRANSACTION_GAS  # noqa: PLC0415 - on use

        return TRANSACTION_GAS

    def balance(self, address: bytes) -> int:
        """Return what an account has, in wei; nothing here is paid for."""
        with self._reading:
            account = self._account(address, None)
        return account.balance if account else 0

    def finalized(self) -> Block:
        """Return the newest block: all are final."""
        return self.block()

    def broadcast(self, raw_transactions: Sequence[bytes]) -> None:
        """Mine the transactions of one step into one block, on disk when this returns.

        Those mined before are left out, so a step may be sent again after a crash. A transaction
        that reverts is mined with status 0; one that no block could hold (wrong nonce, chain,
        signature, more than it has) raises Refused and nothing is mined. The block's time is
        later than its parent's and never later than the clock: a second step within one second
        waits for the next second. Raises Unavailable if another writer keeps the file, or if the
        clock can't be right (``ledger.chain.clock``).
        """
        from rootprint.ledger.chain.mining import mine_step  # noqa: PLC0415 - py-evm on use

        with self._writer() as writer, writer.transaction():
            stamp = self._block_clock().stamp
            mine_step(writer, raw_transactions, lambda parent: stamp(writer, parent))

    def confirm_clock(self) -> int:
        """Keep that the clock is right, after a pause longer than blocks may have between them.

        Returns its second. Whoever says it has compared the clock with another one.
        """
        with self._writer() as writer, writer.transaction():
            return self._block_clock().confirm(writer)

    def restamp(self) -> Restamped:
        """Take back the blocks that lie in the future and mine their transactions again.

        It waits a second for each block after the first. Raises Refused if the chain's first block
        lies there itself.
        """
        from rootprint.ledger.chain.restamp import restamp  # noqa: PLC0415 - py-evm on use

        with self._writer() as writer, writer.transaction():
            clock = self._block_clock()
            return restamp(writer, clock.now(), lambda parent: clock.stamp(writer, parent))

    def receipt(self, transaction_hash: bytes) -> Receipt | None:
        """Return what became of a transaction (32-byte hash), or None if it was never mined."""
        with self._reading:
            row = self._file.receipt(transaction_hash)
            if row is None:
                return None
            block = state.header(self._file, row.number).block
        return Receipt(row.hash, block, row.status, row.gas_used, row.contract, row.revert)

    def call(self, contract: bytes, data: bytes, block: int | None = None) -> bytes:
        """Return what a contract answers after a block (default: the newest). Raises Reverted."""
        from rootprint.ledger.chain.mining import execute_call  # noqa: PLC0415 - py-evm on use

        _check_length("address", contract, ADDRESS_BYTES)
        with self._reading:
            number = state.header(self._file, block).block.number
            return execute_call(self._file, contract, data, number)

    @contextmanager
    def _writer(self) -> Iterator[ChainFile]:
        """Open the file once more, for one step's writing."""
        if self._read_only:
            raise Unavailable(f"the chain {self._file.path} is open for reading only")
        writer = open_file(self._file.path, mode="rw", write=True)
        try:
            yield writer
        finally:
            writer.close()

    def _block_clock(self) -> BlockClock:
        return BlockClock(self._clock, self._sleep)

    def _account(self, address: bytes, block: int | None) -> Account | None:
        """Read an account; the caller holds ``_reading``."""
        _check_length("address", address, ADDRESS_BYTES)
        return state.account(self._file, state.header(self._file, block).state_root, address)


def _folder(target: Path) -> Path:
    if not target.parent.is_dir():
        raise Unavailable(f"there is no folder {target.parent}", remedy="make it first")
    return target.parent


def _check_length(name: str, value: bytes, length: int) -> None:
    if len(value) != length:
        raise Refused(f"this {name} has {len(value)} bytes, not {length}")
