"""A clock that is wrong: no block far ahead of its parent, and how one that was is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rootprint.ledger.chain import EmbeddedChain, transaction_hash
from rootprint.ledger.chain.clock import MAX_PAUSE_SECONDS
from rootprint.ledger.core.errors import Refused, Unavailable
from tests.chain.proven import agree

if TYPE_CHECKING:
    from tests.chain.bench import Bench

pytestmark = pytest.mark.chain
YEAR, DAY = 365 * 86_400, 86_400


def test_a_block_absurdly_ahead_of_its_parent_is_refused_and_nothing_is_mined(bench: Bench) -> None:
    bench.clock.now += YEAR
    with pytest.raises(Unavailable, match="365 days after the newest block") as caught:
        bench.probe()
    assert "rootprint chain confirm-clock" in caught.value.remedy
    assert bench.chain.block().number == 0
    bench.clock.now -= YEAR - 60
    bench.probe()
    assert bench.chain.block().time == int(bench.clock.now)


def test_the_longest_pause_is_taken_and_a_second_more_is_not(bench: Bench) -> None:
    parent = bench.chain.block().time
    bench.clock.now = parent + MAX_PAUSE_SECONDS + 1
    with pytest.raises(Unavailable, match="no block is stamped so far ahead"):
        bench.probe()
    bench.clock.now = parent + MAX_PAUSE_SECONDS
    bench.probe()


@pytest.mark.parametrize("wrong", [-1.0, 0.0, 1e12])
def test_a_clock_of_no_time_at_all_is_refused(bench: Bench, wrong: float) -> None:
    bench.clock.now = wrong
    with pytest.raises(Unavailable, match="clock"):
        bench.probe()
    with pytest.raises(Unavailable, match="no time a block can have"):
        bench.chain.confirm_clock()


def test_a_clock_that_a_person_confirmed_is_believed_after_a_restart(bench: Bench) -> None:
    bench.clock.now += YEAR
    assert bench.chain.confirm_clock() == int(bench.clock.now)
    bench.chain.close()
    bench.chain = EmbeddedChain.open(bench.path, clock=bench.clock, sleep=bench.clock.sleep)
    bench.clock.now += DAY
    contract = bench.probe()
    bench.store(contract, 1)
    bench.clock.now += YEAR
    with pytest.raises(Unavailable, match="365 days"):
        bench.store(contract, 2)


def test_what_was_confirmed_under_a_wrong_clock_opens_no_way_for_it_later(bench: Bench) -> None:
    bench.clock.now += 10 * YEAR
    bench.chain.confirm_clock()
    bench.clock.now -= 9 * YEAR
    with pytest.raises(Unavailable, match="365 days"):
        bench.probe()


def test_restamping_takes_future_blocks_back_and_loses_no_transaction(bench: Bench) -> None:
    contract = bench.probe()
    kept = bench.chain.block()
    right = bench.clock.now
    bench.clock.now += 20 * DAY
    wrong = [bench.store(contract, number) for number in (5, 6, 7)]
    taken = [bench.chain.block(number).hash for number in (2, 3, 4)]
    bench.clock.now = right + 60
    with pytest.raises(Unavailable, match="rootprint chain restamp"):
        bench.store(contract, 8)
    done = bench.chain.restamp()
    assert (done.kept, done.blocks, done.transactions, done.changed) == (1, 3, 3, ())
    assert bench.chain.block(1) == kept
    assert [bench.chain.block(n).hash in taken for n in (2, 3, 4)] == [False] * 3
    times = [bench.chain.block(n).time for n in range(5)]
    assert times == sorted(set(times))
    assert times[-1] <= bench.clock.now
    for number, digest in enumerate(wrong, 2):
        receipt = bench.chain.receipt(digest)
        assert receipt is not None
        assert receipt.status
        assert receipt.block == bench.chain.block(number)
    assert [bench.chain.slot(contract, bytes(32), n)[-1] for n in range(1, 5)] == [0, 5, 6, 7]
    bench.store(contract, 8)
    head = bench.chain.block().number
    assert head == 5
    agree(bench.chain, contract, [bytes(32)], head)
    bench.chain.close()
    bench.chain = EmbeddedChain.open(bench.path, clock=bench.clock, sleep=bench.clock.sleep)
    bench.store(contract, 9)
    assert bench.chain.slot(contract, bytes(32), 6)[-1] == 9


def test_restamping_a_chain_that_is_right_changes_nothing(bench: Bench) -> None:
    contract = bench.probe()
    bench.store(contract, 5)
    before = [bench.chain.block(n) for n in range(3)]
    done = bench.chain.restamp()
    assert (done.kept, done.blocks, done.transactions) == (2, 0, 0)
    assert [bench.chain.block(n) for n in range(3)] == before
    bench.store(contract, 6)


def test_a_restamping_that_stops_midway_leaves_the_chain_as_it_was(bench: Bench) -> None:
    contract = bench.probe()
    right = bench.clock.now
    bench.clock.now += DAY
    digest = bench.store(contract, 5)
    bench.store(contract, 6)
    bench.clock.now = right
    bench.chain._sleep = lambda _seconds: None  # the next second never comes
    before = bench.chain.block()
    with pytest.raises(Unavailable, match="behind the newest block"):
        bench.chain.restamp()
    assert bench.chain.block() == before
    assert bench.chain.receipt(digest) is not None


def test_a_first_block_in_the_future_can_only_be_waited_for(bench: Bench) -> None:
    bench.clock.now -= DAY
    with pytest.raises(Refused, match="first block is in the future"):
        bench.chain.restamp()


def test_a_transaction_that_ends_otherwise_at_another_time_is_named(bench: Bench) -> None:
    """Its contract reverts up to second 1,800,100,000: PUSH4, TIMESTAMP, GT, JUMPI, REVERT."""
    runtime = bytes.fromhex(f"63{1_800_100_000:08x}4211600f5760006000fd5b00")
    length = f"{len(runtime):02x}"
    raw = bench.sign(None, bytes.fromhex(f"60{length}600c60003960{length}6000f3") + runtime)
    bench.chain.broadcast([raw])
    made = bench.chain.receipt(transaction_hash(raw))
    assert made is not None
    assert made.contract_address is not None
    right, bench.clock.now = bench.clock.now, 1_800_200_000.0
    digest = bench.store(made.contract_address, 1)
    passed = bench.chain.receipt(digest)
    assert passed is not None
    assert passed.status
    bench.clock.now = right + 10
    assert bench.chain.restamp().changed == (digest,)
    failed = bench.chain.receipt(digest)
    assert failed is not None
    assert not failed.status
