"""Anchoring on the embedded chain with the real contract, and being killed between its steps."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from eth_hash.auto import keccak

from rootprint.ledger.anchor import Anchorer, Equivocation, Lag, Outcome
from rootprint.ledger.chain import EmbeddedChain
from rootprint.ledger.core.chain import Contracts
from rootprint.ledger.core.encoding import sha256
from rootprint.ledger.core.errors import NotAuthorised, Refused, Unavailable
from rootprint.ledger.log import Log
from rootprint.ledger.store import IntentState, Store, Target
from tests.anchor.conftest import LOG_ID, LOG_KEY, OPERATOR, OPERATOR_KEY, Book, Real, anchorer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from rootprint.ledger.store import Transaction

pytestmark = pytest.mark.chain


def test_an_empty_log_has_nothing_to_anchor(book: Book, real: Real) -> None:
    outcome = anchorer(book.log, real.chain, real.contracts).anchor()
    assert (outcome.state, outcome.reason) == (Outcome.NOTHING_NEW, "the log is empty")
    assert real.rows() == []


def test_each_anchor_is_a_row_with_the_logs_root(book: Book, real: Real) -> None:
    mine = anchorer(book.log, real.chain, real.contracts)
    for count in (3, 4, 1):
        book.publish(count)
        outcome = mine.anchor()
        assert outcome.state is Outcome.ANCHORED
        assert outcome.block == real.chain.block().number
    assert [row.size for row in real.rows()] == [3, 7, 8]
    assert [row.root for row in real.rows()] == [book.log.root(size) for size in (3, 7, 8)]
    again = mine.anchor()
    assert (again.state, again.size) == (Outcome.NOTHING_NEW, 8)
    assert again.reason == "all 8 entries are anchored"
    assert len(real.rows()) == 3


def test_the_lag_is_what_no_row_covers(book: Book, real: Real) -> None:
    mine = anchorer(book.log, real.chain, real.contracts)
    assert mine.lag() == Lag(0, None, None)
    book.publish(2)
    mine.anchor()
    assert mine.lag() == Lag(0, None, None)
    book.log._clock = lambda: 1_900_000_000.9
    book.publish(3)
    book.log._clock = lambda: 1_900_000_500.0
    book.publish(1)
    assert mine.lag() == Lag(4, 2, 1_900_000_000)


def test_a_log_that_is_not_open_is_refused_before_anything_is_sent(book: Book, real: Real) -> None:
    book.publish(1)
    height = real.chain.block().number
    stranger = Anchorer(
        book.log, real.chain, real.contracts, operator=OPERATOR_KEY, log_id=b"\x09" * 32
    )
    with pytest.raises(NotAuthorised, match="was never opened"):
        stranger.anchor()
    other = Anchorer(book.log, real.chain, real.contracts, operator=bytes([9]) * 32, log_id=LOG_ID)
    with pytest.raises(NotAuthorised, match="is operated by 0x"):
        other.anchor()
    assert real.chain.block().number == height


def test_an_address_without_the_registry_is_refused(book: Book, real: Real) -> None:
    book.publish(1)
    nowhere = Contracts(b"\x01" * 20, b"\x02" * 20, b"\x03" * 20)
    with pytest.raises(Refused, match="did not answer what its ABI says"):
        anchorer(book.log, real.chain, nowhere).anchor()


def test_a_second_log_under_the_same_key_is_an_equivocation(
    book: Book, real: Real, tmp_path: Path
) -> None:
    book.publish(3)
    anchorer(book.log, real.chain, real.contracts).anchor()
    with Store.create(tmp_path / "other.sqlite") as store:
        other = Book(Log(store, LOG_KEY))
        mine = anchorer(other.log, real.chain, real.contracts)
        with pytest.raises(Equivocation, match="anchored 3 entries of this log, which has 0"):
            mine.anchor()
        other.publish(2)
        with pytest.raises(Equivocation, match="anchored 3 entries of this log, which has 2"):
            mine.anchor()
        other.publish(2)
        with pytest.raises(Equivocation, match="another root than ours over the first 3 entries"):
            mine.anchor()
        with store.read() as tx:
            target = Target(
                real.chain.chain_id, real.contracts.checkpoint_registry, LOG_ID, OPERATOR
            )
            assert all(tx.anchors.intents(target, state) == [] for state in IntentState)
    assert len(real.rows()) == 1


class Killed(BaseException):
    """The process ends here: nothing may catch this."""


class Fuse:
    """Burns down by one before and after each durable step, then kills."""

    def __init__(self, length: int) -> None:
        self.length = length

    def burn(self) -> None:
        """Take one step towards the end."""
        self.length -= 1
        if self.length == 0:
            raise Killed


class MortalStore(Store):
    """A store whose process may die before a commit begins or after it is done."""

    fuse: Fuse

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """Die before or after the commit, if it is time."""
        self.fuse.burn()
        with super().write() as tx:
            yield tx
        self.fuse.burn()


class MortalChain(EmbeddedChain):
    """A chain whose sender may die before or after a broadcast."""

    fuse: Fuse

    def broadcast(self, raw_transactions: Sequence[bytes]) -> None:
        """Die before or after the block, if it is time."""
        self.fuse.burn()
        super().broadcast(raw_transactions)
        self.fuse.burn()


class SharedStore(Store):
    """A store that another process writes to just before a write of this one."""

    before: list[Callable[[], object]]

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """Let the other process go first, if it is its turn."""
        if self.before:
            self.before.pop(0)()
        with super().write() as tx:
            yield tx


@pytest.mark.parametrize("write", [0, 1, 2])
def test_two_processes_that_anchor_at_once_come_to_one_row(
    book: Book, real: Real, write: int
) -> None:
    """They met in a row of the store that may exist once; writes: intent, attempt, settled."""
    book.publish(3)
    nonce = real.chain.nonce(OPERATOR)
    other = anchorer(book.log, real.chain, real.contracts)
    with SharedStore.open(book.log.store.place) as store:
        store.before = [lambda: None] * write + [other.anchor]
        outcome = anchorer(Log(store, LOG_KEY), real.chain, real.contracts).anchor()
        assert store.before == []
    assert outcome.size == 3
    assert outcome.state is (Outcome.NOTHING_NEW if write == 0 else Outcome.ANCHORED)
    assert [(row.size, row.root) for row in real.rows()] == [(3, book.log.root(3))]
    assert real.chain.nonce(OPERATOR) == nonce + 1


def test_a_process_that_goes_on_using_the_account_is_named(book: Book, real: Real) -> None:
    def more() -> None:
        anchorer(book.log, real.chain, real.contracts).anchor()
        book.publish(1)

    book.publish(3)
    with SharedStore.open(book.log.store.place) as store:
        store.before = [more] * 10
        with pytest.raises(Unavailable, match="another process uses the operator's") as caught:
            anchorer(Log(store, LOG_KEY), real.chain, real.contracts).anchor()
        assert caught.value.remedy == "let one process anchor, and anchor again"
    assert anchorer(book.log, real.chain, real.contracts).anchor().state is Outcome.ANCHORED


STEPS = 8  # before and after: intent, signed attempt, broadcast, confirmation


@pytest.mark.parametrize("step", range(1, STEPS + 2))
def test_a_kill_between_any_two_steps_is_repaired_by_the_next_anchor(
    book: Book, real: Real, step: int
) -> None:
    """One row, one intent, one attempt, one nonce, wherever the kill came. Step 9 is no kill."""
    book.publish(3)
    nonce = real.chain.nonce(OPERATOR)
    fuse = Fuse(step)
    with (
        MortalStore.open(book.log.store.place) as store,
        MortalChain.open(real.chain._file.path, clock=real.clock, sleep=real.clock.sleep) as chain,
    ):
        store.fuse = chain.fuse = fuse
        mortal = anchorer(Log(store, LOG_KEY), chain, real.contracts)
        if step <= STEPS:
            with pytest.raises(Killed):
                mortal.anchor()
        else:
            assert mortal.anchor().state is Outcome.ANCHORED
            assert fuse.length == 1
    outcome = anchorer(book.log, real.chain, real.contracts).anchor()
    assert outcome.state is (Outcome.ANCHORED if step < STEPS else Outcome.NOTHING_NEW)
    assert [(row.size, row.root) for row in real.rows()] == [(3, book.log.root(3))]
    assert real.chain.nonce(OPERATOR) == nonce + 1
    target = Target(real.chain.chain_id, real.contracts.checkpoint_registry, LOG_ID, OPERATOR)
    with book.log.store.read() as tx:
        (intent,) = tx.anchors.intents(target, IntentState.CONFIRMED)
        (attempt,) = tx.anchors.attempts(intent)
    assert intent.nonce == nonce
    assert real.chain.receipt(attempt.hash) is not None


def test_what_was_published_after_a_kill_is_anchored_by_the_same_call(
    book: Book, real: Real
) -> None:
    """The intent under way is settled as it was written; then a second one covers the rest."""
    book.publish(3)
    with MortalStore.open(book.log.store.place) as store:
        store.fuse = Fuse(4)  # signed, not sent
        with pytest.raises(Killed):
            anchorer(Log(store, LOG_KEY), real.chain, real.contracts).anchor()
    book.publish(2)
    assert anchorer(book.log, real.chain, real.contracts).anchor().size == 5
    assert [row.size for row in real.rows()] == [3, 5]


def test_the_log_id_binds_operator_and_key() -> None:
    vkey_hash = sha256(LOG_KEY.note_key.vkey.encode())
    assert keccak(bytes(12) + OPERATOR + vkey_hash) == LOG_ID
