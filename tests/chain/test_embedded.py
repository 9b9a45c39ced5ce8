"""The embedded chain: one block per step, no block later than the clock, nothing vanishes."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from eth_hash.auto import keccak

from rootprint.ledger.chain import (
    EMBEDDED_CHAIN_ID,
    EmbeddedChain,
    Reverted,
    await_receipts,
    transaction_hash,
)
from rootprint.ledger.chain.mining import STEP_GAS, TRANSACTION_BYTES
from rootprint.ledger.chain.transactions import TRANSACTION_GAS
from rootprint.ledger.core.errors import NotFound, Refused, TooLarge, Unavailable

if TYPE_CHECKING:
    from tests.chain.bench import Bench

pytestmark = pytest.mark.chain
ZERO = bytes(32)


def word(number: int) -> bytes:
    return number.to_bytes(32)


def test_a_new_chain_has_one_block_stamped_by_the_clock(bench: Bench) -> None:
    assert bench.chain.chain_id == EMBEDDED_CHAIN_ID == 20_261_120
    assert (bench.chain.block().number, bench.chain.block().time) == (0, int(bench.clock.now))
    assert bench.chain.block(0) == bench.chain.block()


def test_a_chain_is_never_overwritten(bench: Bench) -> None:
    before = bench.path.read_bytes()
    with pytest.raises(Refused, match="exists already"):
        EmbeddedChain.create(bench.path)
    assert bench.path.read_bytes() == before
    assert [entry.name for entry in bench.path.parent.iterdir()] == [bench.path.name]


def test_the_transactions_of_one_step_stand_in_one_block(bench: Bench) -> None:
    contract = bench.probe()
    step = [bench.sign(contract, word(n), ahead=n) for n in range(20)]
    bench.chain.broadcast(step)
    receipts = [bench.chain.receipt(transaction_hash(raw)) for raw in step]
    assert {receipt.block for receipt in receipts} == {bench.chain.block(2)}
    assert all(receipt.status for receipt in receipts)
    assert bench.chain.nonce(bench.account) == 21


def test_no_block_is_later_than_the_clock_even_after_100_quick_steps(bench: Bench) -> None:
    """Each is checked at the moment it is mined; seconds are waited for, not borrowed."""
    contract = bench.probe()
    for number in range(100):
        bench.store(contract, number)
        assert bench.chain.block().time <= bench.clock.now
    times = [bench.chain.block(number).time for number in range(102)]
    assert times == sorted(set(times))
    assert max(bench.clock.slept) <= 1.0


def test_a_step_after_a_pause_does_not_wait(bench: Bench) -> None:
    bench.clock.now += 3600
    contract = bench.probe()
    bench.clock.now += 60
    bench.store(contract, 1)
    assert bench.clock.slept == []
    assert bench.chain.block().time == int(bench.clock.now)


def test_a_clock_behind_the_chain_is_an_error_and_nothing_is_mined(bench: Bench) -> None:
    bench.clock.now -= 3600
    with pytest.raises(Unavailable, match=r"clock is 360[01] s behind"):
        bench.probe()
    assert bench.chain.block().number == 0


def test_a_clock_that_stands_still_is_given_up_on(bench: Bench) -> None:
    bench.chain._sleep = bench.clock.slept.append
    with pytest.raises(Unavailable, match="behind the newest block"):
        bench.probe()
    assert len(bench.clock.slept) < 10


def test_slots_and_code_hashes_are_those_of_the_block_asked_for(bench: Bench) -> None:
    contract = bench.probe()
    bench.store(contract, 5)
    bench.store(contract, 6)
    bench.store(contract, 0)
    slots = [bench.chain.slot(contract, ZERO, block) for block in range(5)]
    assert slots == [ZERO, ZERO, word(5), word(6), ZERO]
    codes = [bench.chain.code_hash(contract, block) for block in range(2)]
    assert codes == [ZERO, keccak(bench.runtime)]


def test_an_absent_account_has_zero_slots_and_a_zero_code_hash(bench: Bench) -> None:
    bench.probe()
    absent = bytes([9]) * 20
    assert bench.chain.slot(absent, ZERO, 1) == ZERO
    assert bench.chain.code_hash(absent, 1) == ZERO
    assert bench.chain.nonce(absent) == 0


def test_an_account_without_code_has_the_hash_of_nothing(bench: Bench) -> None:
    bench.probe()
    assert bench.chain.code_hash(bench.account, 1) == keccak(b"")


def test_a_block_that_is_not_there_is_not_found(bench: Bench) -> None:
    for missing in (1, 10**30, -1):
        with pytest.raises(NotFound, match="no block"):
            bench.chain.block(missing)


def test_a_reverting_transaction_is_mined_with_its_reason(bench: Bench) -> None:
    contract = bench.probe()
    good, bad = bench.sign(contract, word(3)), bench.sign(contract, b"", ahead=1)
    bench.chain.broadcast([good, bad])
    receipt = bench.chain.receipt(transaction_hash(bad))
    assert (receipt.status, receipt.revert) == (False, bytes.fromhex("deadbeef"))
    assert receipt.contract_address is None
    assert 21_000 < receipt.gas_used < 22_000
    assert bench.chain.receipt(transaction_hash(good)).status
    assert bench.chain.slot(contract, ZERO, 2) == word(3)


def test_a_step_sent_again_changes_nothing(bench: Bench) -> None:
    contract = bench.probe()
    first, second = bench.sign(contract, word(1)), bench.sign(contract, word(2), ahead=1)
    bench.chain.broadcast([first, first])
    bench.chain.broadcast([first])
    assert bench.chain.block().number == 2
    bench.chain.broadcast([first, second])
    assert bench.chain.block().number == 3
    assert bench.chain.receipt(transaction_hash(first)).block.number == 2
    bench.chain.broadcast([])
    assert bench.chain.block().number == 3


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        ({"nonce": 5}, Refused, "has nonce 5, due is 1; nothing was mined"),
        ({"nonce": 0}, Refused, "has nonce 0, due is 1; nothing was mined"),
        ({"chain_id": 1}, Refused, "signed for chain 1, this is 20261120"),
        ({"gas": 20_000}, Refused, "asks for 20000 gas, it takes 21[0-9]* to start"),
        ({"gas": TRANSACTION_GAS + 1}, TooLarge, "the limit is 16777216"),
        ({"max_fee": 1}, Refused, "has 0 wei and may need 500000"),
    ],
)
def test_what_no_block_could_hold_is_refused_and_nothing_is_mined(
    bench: Bench, changes: dict[str, int], error: type[Exception], message: str
) -> None:
    contract = bench.probe()
    good = bench.sign(contract, word(1))
    bad = bench.sign(contract, word(2), **{"nonce": 2, **changes})
    with pytest.raises(error, match=message):
        bench.chain.broadcast([good, bad] if "nonce" not in changes else [bad])
    assert bench.chain.block().number == 1
    assert bench.chain.receipt(transaction_hash(good)) is None
    bench.chain.broadcast([good])
    assert bench.chain.receipt(transaction_hash(good)).status


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "not of type 2"),
        (b"\x01\xc0", "not of type 2"),
        (b"\x02", "not a valid signed transaction"),
        (b"\x02\xc0", "not a valid signed transaction"),
        (b"\x02" + bytes(TRANSACTION_BYTES), f"the limit is {TRANSACTION_BYTES}"),
    ],
)
def test_bytes_that_are_no_transaction_are_refused(bench: Bench, raw: bytes, message: str) -> None:
    with pytest.raises(Refused, match=message):
        bench.chain.broadcast([raw])
    assert bench.chain.block().number == 0


def test_every_truncation_of_a_transaction_is_refused(bench: Bench) -> None:
    raw = bench.sign(None, b"")
    for length in range(len(raw)):
        with pytest.raises(Refused):
            bench.chain.broadcast([raw[:length]])
    assert bench.chain.block().number == 0


def test_a_step_beyond_the_gas_of_a_block_is_refused_before_it_runs(bench: Bench) -> None:
    raw = [bench.sign(None, b"", ahead=n, gas=TRANSACTION_GAS) for n in range(2)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rootprint.ledger.chain.mining.STEP_GAS", 2 * TRANSACTION_GAS - 1)
        with pytest.raises(TooLarge, match="send it in parts"):
            bench.chain.broadcast(raw)
    assert STEP_GAS > 2 * TRANSACTION_GAS


def test_gas_stays_free_after_a_block_of_heavy_use(bench: Bench) -> None:
    """An infinite loop burns all it may; the base fee stays zero, so does the account's need."""
    loop = bytes.fromhex("5b600056")
    raw = bench.sign(None, loop, gas=1_000_000)
    bench.chain.broadcast([raw])
    receipt = bench.chain.receipt(transaction_hash(raw))
    assert (receipt.status, receipt.gas_used, receipt.revert) == (False, 1_000_000, b"")
    bench.probe()
    assert bench.chain.fees() == (0, 0)


def test_a_call_answers_as_of_its_block_and_changes_nothing(bench: Bench) -> None:
    contract = bench.probe()
    assert bench.chain.call(contract, word(9)) == b""
    assert bench.chain.slot(contract, ZERO, bench.chain.block().number) == ZERO
    with pytest.raises(Reverted, match="refused the call at block 1") as caught:
        bench.chain.call(contract, b"")
    assert caught.value.data == bytes.fromhex("deadbeef")
    assert bench.chain.call(contract, b"", 0) == b""


def test_wrong_lengths_are_refused_not_answered(bench: Bench) -> None:
    with pytest.raises(Refused, match="storage key has 31 bytes"):
        bench.chain.slot(bytes(20), bytes(31), 0)
    for ask in (bench.chain.nonce, lambda short: bench.chain.code_hash(short, 0)):
        with pytest.raises(Refused, match="address has 19 bytes"):
            ask(bytes(19))


def test_threads_may_share_one_chain(bench: Bench) -> None:
    contract = bench.probe()
    bench.store(contract, 4)
    answers = []

    def read() -> None:
        answers.extend(bench.chain.slot(contract, ZERO, 2) for _ in range(20))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    bench.store(contract, 8)
    for thread in threads:
        thread.join()
    assert answers == [word(4)] * 80


def test_receipts_are_awaited_until_time_is_up(bench: Bench) -> None:
    contract = bench.probe()
    mined = bench.store(contract, 1)
    waits = {"clock": bench.clock, "sleep": bench.clock.sleep, "timeout": 3.0}
    assert await_receipts(bench.chain, [mined], **waits) == [bench.chain.receipt(mined)]
    start = bench.clock.now
    with pytest.raises(Unavailable, match="1 of 2 transactions are in no block yet after 3 s"):
        await_receipts(bench.chain, [mined, bytes(32)], **waits)
    assert 3.0 <= bench.clock.now - start < 4.0
