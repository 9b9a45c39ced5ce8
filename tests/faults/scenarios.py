"""What may happen between a log and its chain: each fault once, on a real node.

A scenario makes its fault and says, by assertions, what the anchorer does meanwhile; that nothing
is lost and nothing anchored twice is checked by ``Weather.settled`` at its end. Where a person is
needed, the words that say so are what is checked.
"""

from __future__ import annotations

import resource
import sqlite3
from collections.abc import Callable
from contextlib import contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING

from rootprint.ledger.anchor import AnchorFailed, Equivocation, Outcome
from rootprint.ledger.anchor.calls import anchor_data
from rootprint.ledger.chain import Limits, RemoteAccount
from rootprint.ledger.core.errors import LedgerError, Unavailable
from rootprint.ledger.log import Log
from rootprint.ledger.store import IntentState, Store
from tests.faults.weather import ETHER, LOG_ID, LOG_KEY, OPERATOR, OPERATOR_KEY, Weather
from tests.support.signer import signing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rootprint.ledger.store import Attempt
    from tests.support.signer import Signer

Scenario = Callable[[Weather], None]
SCENARIOS: dict[str, Scenario] = {}
GWEI = 10**9


def scenario(function: Scenario) -> Scenario:
    """Enter a scenario under its name."""
    SCENARIOS[function.__name__] = function
    return function


def fails(step: Callable[[], object], *words: str, kind: type[Exception] = LedgerError) -> None:
    """Expect an error of that kind with these words in it."""
    try:
        done = step()
    except kind as error:
        said = str(error)
        assert all(word in said for word in words), said
    else:
        raise AssertionError(f"nothing was said of {words}: {done}")


# The pool.


@scenario
def a_transaction_is_dropped(weather: Weather) -> None:
    """The pool loses it; the next step sends the same one again."""
    mine = weather.anchorer()
    assert mine.anchor().state is Outcome.PENDING
    (sent,) = weather.attempts()
    weather.drop(sent)
    mine.anchor()
    weather.mine()
    assert weather.settled(mine).transaction == sent.hash


@scenario
def the_pool_is_emptied_twice(weather: Weather) -> None:
    """As where a node forgets what it held, again and again."""
    mine = weather.anchorer()
    for _ in range(2):
        mine.anchor()
        weather.rpc("anvil_dropAllTransactions")
    weather.settled(mine)


@scenario
def a_transaction_is_stuck_under_a_base_fee_spike(weather: Weather) -> None:
    """It is replaced by ones that pay an eighth more at least, until one is taken."""
    mine = weather.anchorer()
    mine.anchor()
    for base in (50, 150):
        weather.rpc("anvil_setNextBlockBaseFeePerGas", hex(base * GWEI))
        weather.mine()
        weather.clock.now += 31
        mine.anchor()
    made = weather.attempts()
    assert len(made) == 3
    for before, after in pairwise(made):
        assert after.max_fee * 8 >= before.max_fee * 9
        assert after.priority * 8 >= before.priority * 9
    weather.settled(mine)


@scenario
def the_base_fee_rises_beyond_the_ceiling(weather: Weather) -> None:
    """Nothing more is signed, and it is said; it is anchored once the fee has fallen."""
    mine = weather.anchorer(limits=Limits(fee=10 * GWEI))
    weather.rpc("anvil_setNextBlockBaseFeePerGas", hex(900 * GWEI))
    weather.mine()
    assert "fee ceiling reached" in mine.anchor().reason
    assert weather.attempts() == []
    weather.rpc("anvil_setNextBlockBaseFeePerGas", hex(GWEI))
    weather.mine()
    weather.settled(mine)


@scenario
def an_earlier_attempt_is_mined_in_place_of_the_last(weather: Weather) -> None:
    """Any of them may win; the others are void."""
    mine = weather.anchorer()
    mine.anchor()
    weather.clock.now += 31
    mine.anchor()
    first, last = weather.attempts()
    weather.drop(last)
    weather.direct.broadcast([first.raw])
    weather.mine()
    assert weather.settled(mine).transaction == first.hash


@scenario
def it_is_replaced_by_another_transaction_of_the_same_account(weather: Weather) -> None:
    """The nonce is gone: said as soon as it is sure, and the next step anchors under another."""
    mine = weather.anchorer()
    mine.anchor()
    (intent,) = weather.intents(IntentState.PENDING)
    weather.send_elsewhere(nonce=intent.nonce)
    weather.mine()
    assert "was used by another transaction" in mine.anchor().reason
    weather.clock.now += 31
    fails(mine.anchor, "was used by another transaction", "new nonce", kind=AnchorFailed)
    weather.settled(mine)


@scenario
def the_nonce_is_used_elsewhere_and_an_endpoint_takes_whatever_it_is_sent(weather: Weather) -> None:
    """What it answers to sending counts nothing: no higher fee is signed, and it goes on."""
    mine = weather.anchorer()
    mine.anchor()
    (intent,) = weather.intents(IntentState.PENDING)
    weather.send_elsewhere(nonce=intent.nonce)
    weather.mine()
    weather.proxies[1].says["eth_sendRawTransaction"] = "0x" + "00" * 32
    weather.proxies[1].says["eth_getTransactionByHash"] = {"hash": "0x" + "00" * 32}
    weather.clock.now += 31
    fails(mine.anchor, "was used by another transaction", kind=AnchorFailed)
    (failed,) = weather.intents(IntentState.FAILED)
    with weather.store.read() as tx:
        assert len(tx.anchors.attempts(failed)) == 1
    weather.settled(mine)
    assert [row.size for row in weather.rows()] == [3]


@scenario
def the_nonce_is_used_elsewhere_in_a_block_that_is_reorganised_out(weather: Weather) -> None:
    """Within the confirmations nothing is given up: the same transaction is mined after all."""
    mine = weather.anchorer(confirmations=3)
    mine.anchor()
    (intent,) = weather.intents(IntentState.PENDING)
    (ours,) = weather.attempts()
    weather.send_elsewhere(nonce=intent.nonce)
    weather.mine()
    weather.clock.now += 31
    assert "not yet in a block that is deep enough" in mine.anchor().reason
    weather.rpc("anvil_reorg", 1, [])
    weather.rpc("anvil_dropAllTransactions")
    weather.clock.now -= 31
    weather.settled(mine)
    (anchored,) = weather.intents(IntentState.CONFIRMED)
    assert (anchored.nonce, anchored.number) == (intent.nonce, intent.number)
    assert weather.direct.receipt(ours.hash)


def _disagreeing(weather: Weather) -> None:
    """Leave two endpoints: the account was used elsewhere, and the first has not noticed."""
    before = weather.pending_nonce()
    weather.send_elsewhere()
    weather.mine()
    weather.proxies[2].dead = True
    weather.proxies[0].says["eth_getTransactionCount"] = hex(before)


@scenario
def two_endpoints_disagree_about_the_nonce_and_one_proves_it(weather: Weather) -> None:
    """The block's state says who is right: the other one is passed over, and it is anchored."""
    _disagreeing(weather)
    chain = weather.chain()
    mine = weather.anchorer(chain)
    mine.anchor()
    assert "and that block's state proves" in chain.passed_over()["endpoint 1 (127.0.0.1)"]
    weather.settled(mine)
    assert weather.intents(IntentState.FAILED) == []


@scenario
def two_endpoints_disagree_about_the_nonce_and_none_proves_it(weather: Weather) -> None:
    """It waits, and says which they are and what to do; without the false one it goes on."""
    _disagreeing(weather)
    for proxy in weather.proxies:
        proxy.says["eth_getProof"] = None
    mine = weather.anchorer()
    outcome = mine.anchor()
    for words in ("endpoint 1 (127.0.0.1) says", "endpoint 2 (127.0.0.1) says", "chain use --rpc"):
        assert words in outcome.warning
    weather.mine()
    assert mine.anchor().state is Outcome.PENDING
    assert weather.rows() == []
    weather.proxies[0].dead = True
    weather.settled(weather.anchorer())
    assert [row.size for row in weather.rows()] == [3]


@scenario
def the_account_is_used_elsewhere_between_two_anchors(weather: Weather) -> None:
    """The chain says the nonce, not our memory of it."""
    mine = weather.anchorer()
    weather.settled(mine)
    weather.send_elsewhere()
    weather.mine()
    weather.publish(2)
    weather.settled(mine)
    assert len(weather.rows()) == 2


@scenario
def an_endpoint_lies_about_the_nonce(weather: Weather) -> None:
    """It is the one that is preferred; what most say at one block is taken."""
    weather.proxies[0].says["eth_getTransactionCount"] = "0x63"
    mine = weather.anchorer()
    mine.anchor()
    weather.mine()
    assert mine.anchor().state is Outcome.ANCHORED
    weather.settled(mine)


@scenario
def all_endpoints_say_a_nonce_that_is_too_high(weather: Weather) -> None:
    """What was signed waits above a gap; it is meant again, and the old ones are refused."""
    mine, next_one = weather.anchorer(), weather.pending_nonce()
    for proxy in weather.proxies:
        proxy.says["eth_getTransactionCount"] = hex(next_one + 2)
    mine.anchor()
    weather.mine()
    assert weather.rows() == []
    for proxy in weather.proxies:
        proxy.says.clear()
    weather.settled(mine)
    for size in (4, 5, 6):
        weather.publish(1)
        weather.settled(mine)
        assert [row.size for row in weather.rows()] == [3, *range(4, size + 1)]
    (failed, *_) = weather.intents(IntentState.FAILED)
    assert "is above the account's next" in failed.reason or "refused" in failed.reason


@scenario
def a_transaction_below_ours_is_dropped(weather: Weather) -> None:
    """Another's was in the pool under the lower nonce, mined, and reorganised out for good."""
    mine = weather.anchorer()
    weather.send_elsewhere()
    weather.mine()
    weather.settled(mine)
    depth = weather.direct.block().number - 10
    weather.rpc("anvil_reorg", depth, [])
    weather.rpc("anvil_dropAllTransactions")
    assert weather.rows() == []
    weather.settled(mine)
    assert [row.size for row in weather.rows()] == [3]


# Two at once.


@scenario
def two_anchorers_share_key_and_store(weather: Weather) -> None:
    """Whichever goes first: one transaction, one row."""
    first, second = weather.anchorer(), weather.anchorer()
    first.anchor()
    second.anchor()
    assert len(weather.attempts()) == 1
    weather.settled(second)
    assert first.anchor().state is Outcome.NOTHING_NEW
    assert len(weather.rows()) == 1


@scenario
def two_machines_anchor_the_same_log_with_one_key(weather: Weather) -> None:
    """Each has a store of its own; the state stands once, and both come to rest."""
    copy = weather.copied_log()
    mine, other = weather.anchorer(), weather.anchorer(log=copy)
    mine.anchor()
    other.anchor()
    weather.settled(mine)
    for _ in range(40):
        try:
            if other.anchor().state is not Outcome.PENDING:
                break
        except LedgerError:
            pass
        weather.clock.now += 60
        weather.mine()
    assert other.anchor().state is Outcome.NOTHING_NEW
    assert [row.size for row in weather.rows()] == [3]


@scenario
def another_root_stands_at_the_same_size(weather: Weather) -> None:
    """Two logs under one key: the second is told to stop, and sends nothing."""
    other = weather.other_log(3)
    weather.anchorer(log=other).anchor()
    weather.mine()
    nonce = weather.pending_nonce()
    fails(weather.anchorer().anchor, "another root than ours", "stop", kind=Equivocation)
    assert weather.pending_nonce() == nonce


@scenario
def the_chain_has_more_than_the_log(weather: Weather) -> None:
    """The store came back from an old copy: it says to restore a newer one."""
    other = weather.other_log(5)
    weather.anchorer(log=other).anchor()
    weather.mine()
    fails(weather.anchorer().anchor, "has anchored 5 entries", "restore", kind=Equivocation)


@scenario
def a_longer_state_is_mined_before_ours(weather: Weather) -> None:
    """Ours can't be mined any more; that is said, and nothing is left to do."""
    mine = weather.anchorer()
    mine.anchor()
    (ours,) = weather.attempts()
    weather.drop(ours)
    weather.publish(2)
    data = anchor_data(LOG_ID, 5, weather.log.root(5), [])
    weather.send_elsewhere(data, to=weather.contracts.checkpoint_registry)
    weather.mine()
    assert [row.size for row in weather.rows()] == [5]
    weather.clock.now += 31
    fails(mine.anchor, "was used by another transaction", kind=AnchorFailed)
    assert weather.settled(mine).state is Outcome.NOTHING_NEW


def _revert_ours(weather: Weather) -> None:
    """Let the transaction that is under way be mined with status 0."""
    (sent,) = weather.attempts()
    registry = f"0x{weather.contracts.checkpoint_registry.hex()}"
    code = weather.rpc("eth_getCode", registry, "latest")
    weather.rpc("anvil_setCode", registry, "0x60006000fd")
    weather.mine()
    weather.rpc("anvil_setCode", registry, code)
    receipt = weather.direct.receipt(sent.hash)
    assert receipt is not None
    assert not receipt.status


@scenario
def it_is_mined_with_status_0(weather: Weather) -> None:
    """The failure is said with its reason; the next step anchors."""
    mine = weather.anchorer()
    mine.anchor()
    _revert_ours(weather)
    fails(mine.anchor, "the registry refused", kind=AnchorFailed)
    weather.settled(mine)


@scenario
def a_failed_transaction_is_reorganised_out(weather: Weather) -> None:
    """Its nonce is free again, and is used again."""
    registry = f"0x{weather.contracts.checkpoint_registry.hex()}"
    code = weather.rpc("eth_getCode", registry, "latest")
    mine = weather.anchorer()
    mine.anchor()
    _revert_ours(weather)
    fails(mine.anchor, "the registry refused", kind=AnchorFailed)
    weather.rpc("anvil_reorg", 1, [])
    weather.rpc("anvil_setCode", registry, code)
    weather.settled(mine)
    assert len(weather.intents(IntentState.CONFIRMED)) == 1


# Reorganisations.


@scenario
def an_anchor_is_reorganised_out(weather: Weather) -> None:
    """It is seen, and sent again under the same nonce."""
    mine = weather.anchorer()
    weather.settled(mine)
    (before,) = weather.intents(IntentState.CONFIRMED)
    weather.rpc("anvil_reorg", 3, [])
    assert weather.rows() == []
    assert mine.recheck() == 1
    weather.settled(mine)
    (after,) = weather.intents(IntentState.CONFIRMED)
    assert after.nonce == before.nonce


@scenario
def an_anchor_is_reorganised_out_and_in_again(weather: Weather) -> None:
    """Another block has it: it is settled there, and nothing new is signed."""
    mine = weather.anchorer()
    first = weather.settled(mine)
    (attempt,) = _confirmed(weather)
    depth = weather.direct.block().number - (first.block or 0) + 1
    weather.rpc("anvil_reorg", depth, [[f"0x{attempt.raw.hex()}", 0]])
    again = weather.settled(mine)
    assert again.transaction in {None, first.transaction}
    assert len(_confirmed(weather)) == 1


@scenario
def a_reorganisation_is_deeper_than_the_confirmations(weather: Weather) -> None:
    """What was called settled under two blocks is gone five deep: it is anchored again."""
    mine = weather.anchorer(confirmations=2)
    weather.settled(mine)
    weather.mine(2)
    weather.rpc("anvil_reorg", 7, [])
    assert weather.rows() == []
    weather.settled(mine)


@scenario
def a_reorganisation_takes_two_anchors(weather: Weather) -> None:
    """Both come back, in their order."""
    mine = weather.anchorer()
    weather.settled(mine)
    weather.publish(2)
    weather.settled(mine)
    weather.rpc("anvil_reorg", 6, [])
    assert weather.rows() == []
    weather.settled(mine)
    assert [row.size for row in weather.rows()][-1] == 5


@scenario
def a_reorganisation_comes_while_confirmations_are_waited_for(weather: Weather) -> None:
    """It was never called settled."""
    mine = weather.anchorer(confirmations=4)
    mine.anchor()
    weather.mine(2)
    assert "of 4 confirmations" in mine.anchor().reason
    weather.rpc("anvil_reorg", 2, [])
    assert mine.anchor().state is Outcome.PENDING
    weather.settled(mine)


@scenario
def the_chain_gets_shorter(weather: Weather) -> None:
    """A node that is set back: the block of an anchor is not there at all."""
    mine = weather.anchorer()
    weather.settled(mine)
    weather.mine(2)
    weather.rpc("anvil_rollback", 4)
    assert weather.rows() == []
    weather.settled(mine)


@scenario
def finality_is_waited_for(weather: Weather) -> None:
    """The chain's own finalised block, where that was asked for."""
    mine = weather.anchorer(finalized=True)
    mine.anchor()
    weather.mine()
    assert "the chain's newest final one is" in mine.anchor().reason
    weather.mine(100)
    weather.settled(mine)


# Funds.


@scenario
def the_account_is_empty(weather: Weather) -> None:
    """It names the account and the amount, signs nothing, and anchors once it is paid."""
    mine = weather.anchorer()
    weather.fund(OPERATOR, 0)
    outcome = mine.anchor()
    assert f"account 0x{OPERATOR.hex()}" in outcome.warning
    assert "send at least" in outcome.reason
    assert weather.attempts() == []
    weather.fund(OPERATOR, ETHER)
    weather.settled(mine)


@scenario
def the_account_runs_out_while_a_higher_fee_is_needed(weather: Weather) -> None:
    """What was sent stays sent; the higher one is signed once it can be paid."""
    mine = weather.anchorer()
    mine.anchor()
    weather.rpc("anvil_setNextBlockBaseFeePerGas", hex(90 * GWEI))
    weather.mine()
    weather.fund(OPERATOR, 10**12)
    weather.clock.now += 31
    assert "out of funds" in mine.anchor().reason
    weather.fund(OPERATOR, ETHER)
    weather.settled(mine)


@scenario
def the_account_runs_low(weather: Weather) -> None:
    """It is said before it is empty, and anchoring goes on."""
    mine = weather.anchorer()
    max_fee, _ = weather.direct.fees()
    weather.fund(OPERATOR, 500_000 * max_fee)
    warning = mine.anchor().warning
    assert "anchors at today's fee" in warning
    weather.settled(mine)


# The signer that holds the operator's key.


def _remote(signer: Signer) -> RemoteAccount:
    return RemoteAccount(OPERATOR, signer.url, timeout=2.0)


@scenario
def the_signer_is_away_while_a_higher_fee_is_needed(weather: Weather) -> None:
    """What it signed is sent again meanwhile; the higher one is signed once it is back."""
    with signing(OPERATOR_KEY) as signer:
        mine = weather.anchorer(operator=_remote(signer))
        mine.anchor()
        (sent,) = weather.attempts()
        weather.drop(sent)
        signer.conduct = "hangs up"
        weather.clock.now += 31
        outcome = mine.anchor()
        assert "not signed: the signer at 127.0.0.1" in outcome.reason
        assert "can't be reached" in outcome.warning
        assert weather.pending_nonce() > 0
        assert weather.attempts() == [sent]
        weather.mine()
        assert weather.settled(mine).transaction == sent.hash


@scenario
def the_signer_signs_something_else(weather: Weather) -> None:
    """It is said and nothing is sent; it is anchored once the signer does what it is asked."""
    with signing(OPERATOR_KEY, "another receiver") as signer:
        mine, nonce = weather.anchorer(operator=_remote(signer)), weather.pending_nonce()
        assert "signed something else than it was asked to: its receiver" in mine.anchor().warning
        assert (weather.attempts(), weather.pending_nonce()) == ([], nonce)
        signer.conduct = "clef"
        weather.settled(mine)


# Endpoints.


@scenario
def an_endpoint_is_dead(weather: Weather) -> None:
    """The next one answers."""
    weather.proxies[0].dead = True
    weather.settled()


@scenario
def an_endpoint_is_slow(weather: Weather) -> None:
    """It is given up on within its time, and passed over."""
    weather.proxies[0].delay = 2.0
    chain = weather.chain(timeout=0.5)
    weather.settled(weather.anchorer(chain))
    assert "ReadTimeout" in str(chain.passed_over())


@scenario
def an_endpoint_is_of_another_chain(weather: Weather) -> None:
    """It says so itself, and nothing is sent to it."""
    weather.proxies[0].says["eth_chainId"] = "0x2a"
    weather.proxies[0].says["eth_sendRawTransaction"] = "0x00"
    chain = weather.chain()
    weather.settled(weather.anchorer(chain))
    assert "is of chain 42, not of chain 31337" in str(chain.passed_over())


@scenario
def an_endpoint_is_late(weather: Weather) -> None:
    """Its newest block is far behind the others'."""
    weather.proxies[0].frozen = weather.direct.block().number
    weather.mine(20)
    chain = weather.chain()
    weather.settled(weather.anchorer(chain))
    assert "is late: its newest block is" in str(chain.passed_over())


@scenario
def an_endpoint_claims_an_absurd_height(weather: Weather) -> None:
    """It is passed over, and makes none of the others late: of three, and of two."""
    newest = weather.rpc("eth_getBlockByNumber", "latest", False)  # noqa: FBT003 - the request's
    weather.proxies[0].newest = {**newest, "number": hex(10**9)}
    chain = weather.chain()
    weather.settled(weather.anchorer(chain))
    assert list(chain.passed_over()) == ["endpoint 1 (127.0.0.1)"]
    assert "claims" in str(chain.passed_over())
    weather.proxies[2].dead = True
    weather.publish(1)
    chain = weather.chain()
    weather.settled(weather.anchorer(chain))
    assert [head.fault == "" for head in chain.standings()] == [False, True, False]


@scenario
def the_chain_is_reorganised_within_a_reading(weather: Weather) -> None:
    """What is read after it is not of another block than what was read before: it is not read."""
    one = weather.direct
    block = one.block()
    weather.rpc("anvil_reorg", 2, [])
    registry = weather.contracts.checkpoint_registry
    fails(lambda: one.slot(registry, bytes(32), block.number), "reorganised", kind=Unavailable)
    assert one.slot(registry, bytes(32), one.block().number)
    weather.settled()


@scenario
def an_endpoint_is_catching_up(weather: Weather) -> None:
    """It says so by eth_syncing."""
    weather.proxies[0].says["eth_syncing"] = {"currentBlock": "0x1", "highestBlock": "0xff"}
    chain = weather.chain()
    weather.settled(weather.anchorer(chain))
    assert "still catching up" in str(chain.passed_over())


@scenario
def an_endpoint_has_not_the_contracts(weather: Weather) -> None:
    """As a node of another chain with the same id, or one that was wiped."""
    weather.proxies[0].says["eth_getCode"] = "0x"
    weather.settled()


@scenario
def all_endpoints_are_dead_for_a_while(weather: Weather) -> None:
    """It is said, nothing is forgotten, and it goes on by itself."""
    mine = weather.anchorer()
    mine.anchor()
    for proxy in weather.proxies:
        proxy.dead = True
    fails(mine.anchor, "no chain endpoint can be used", kind=Unavailable)
    for proxy in weather.proxies:
        proxy.dead = False
    weather.settled(mine)


@scenario
def an_endpoint_dies_right_after_it_took_the_transaction(weather: Weather) -> None:
    """The next one has the receipt."""

    def die(method: str) -> None:
        weather.proxies[0].dead |= method == "eth_sendRawTransaction"

    weather.proxies[0].then = die
    weather.settled()
    assert weather.proxies[0].dead
    assert len(weather.rows()) == 1


@scenario
def the_answer_to_sending_is_lost_everywhere(weather: Weather) -> None:
    """It was taken, and no one said so: the receipt says so."""
    for proxy in weather.proxies:
        proxy.lost.add("eth_sendRawTransaction")
    mine = weather.anchorer()
    mine.anchor()
    weather.settled(mine)
    assert len(weather.rows()) == 1


@scenario
def answers_to_receipts_are_lost(weather: Weather) -> None:
    """No receipt is no verdict; the next step asks again."""
    mine = weather.anchorer()
    mine.anchor()
    weather.mine()
    for proxy in weather.proxies:
        proxy.lost.add("eth_getTransactionReceipt")
    fails(mine.anchor, "no chain endpoint can be used", kind=Unavailable)
    for proxy in weather.proxies:
        proxy.lost.clear()
    weather.settled(mine)


@scenario
def endpoints_say_numbers_that_no_chain_has(weather: Weather) -> None:
    """They are no answers, and never reach the database."""
    mine = weather.anchorer()
    for proxy in weather.proxies:
        proxy.says["eth_getTransactionCount"] = "0x" + "f" * 64
    fails(mine.anchor, "a number up to", kind=Unavailable)
    for proxy in weather.proxies:
        proxy.says.clear()
    weather.settled(mine)


# Clocks, the database, the node.


@scenario
def the_clock_jumps_a_day_ahead_and_back(weather: Weather) -> None:
    """One more attempt ahead, none back; nothing is called lost."""
    mine = weather.anchorer()
    mine.anchor()
    weather.clock.now += 86_400
    mine.anchor()
    weather.clock.now -= 2 * 86_400
    mine.anchor()
    assert len(weather.attempts()) == 2
    weather.settled(mine)


@scenario
def the_chains_time_jumps_a_month(weather: Weather) -> None:
    """The chain's time is the chain's own matter."""
    mine = weather.anchorer()
    mine.anchor()
    weather.rpc("evm_increaseTime", 30 * 86_400)
    weather.settled(mine)


@scenario
def the_database_is_locked(weather: Weather) -> None:
    """Another process writes for long: it is said, and done when that one has ended."""
    mine = weather.anchorer()
    other = sqlite3.connect(weather.store.place, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    fails(mine.anchor, "another process is writing", kind=Unavailable)
    other.execute("ROLLBACK")
    other.close()
    weather.settled(mine)


@contextmanager
def _no_room(weather: Weather) -> Iterator[None]:
    """Let no file of this process grow, as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    most = max(path.stat().st_size for path in weather.folder.glob("store.sqlite*"))
    resource.setrlimit(resource.RLIMIT_FSIZE, (min(most, 4096), before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@scenario
def the_database_is_full(weather: Weather) -> None:
    """Nothing can be written down, so nothing is sent; there is room again, and it goes on."""
    mine = weather.anchorer()
    nonce = weather.pending_nonce()
    with _no_room(weather):
        fails(mine.anchor, "can't be used now", kind=Unavailable)
    assert weather.pending_nonce() == nonce
    weather.settled(mine)


@scenario
def the_node_restarts_and_has_lost_its_pool(weather: Weather) -> None:
    """Its state is there, what it held is not: it is sent again."""
    state = weather.rpc("anvil_dumpState")
    mine = weather.anchorer()
    mine.anchor()
    assert weather.attempts()
    weather.stop_node()
    fails(mine.anchor, "no chain endpoint can be used", kind=Unavailable)
    weather.start_node()
    weather.rpc("evm_setAutomine", False)  # noqa: FBT003 - the request's
    weather.rpc("anvil_loadState", state)
    weather.settled(mine)


@scenario
def the_node_restarts_as_an_empty_chain(weather: Weather) -> None:
    """The same chain id and none of the ledger's contracts: it is said, and nothing is sent."""
    weather.stop_node()
    weather.start_node()
    fails(weather.anchorer().anchor, "has not the ledger's contracts", kind=Unavailable)
    assert weather.pending_nonce() == 0


# The process.


class Killed(BaseException):
    """The process ends here: nothing may catch this."""


class _Fuse:
    """Burns down by one before and after each durable step, then kills."""

    def __init__(self, length: int) -> None:
        self.length = length

    def burn(self) -> None:
        self.length -= 1
        if self.length == 0:
            raise Killed


def _killed_at(step: int) -> Scenario:
    def kill(weather: Weather) -> None:
        fuse, chain = _Fuse(step), weather.chain()

        class Mortal(Store):
            @contextmanager
            def write(self) -> Iterator[object]:  # type: ignore[override] # as it is
                fuse.burn()
                with super().write() as tx:
                    yield tx
                fuse.burn()

        send = chain.broadcast

        def broadcast(raw_transactions: Sequence[bytes]) -> None:
            fuse.burn()
            send(raw_transactions)
            weather.mine()
            fuse.burn()

        chain.broadcast = broadcast  # type: ignore[method-assign]
        with Mortal.open(weather.store.place) as store:
            try:
                weather.anchorer(chain, Log(store, LOG_KEY)).anchor()
            except Killed:
                assert step <= STEPS_TO_KILL
            else:
                raise AssertionError(f"there is no step {step}")
        weather.settled()
        assert len(weather.rows()) == 1

    kill.__doc__ = f"Killed at step {step} of {STEPS_TO_KILL}; the next process goes on."
    return kill


# Before and after: the intent, the signed attempt, the broadcast, the confirmation.
STEPS_TO_KILL = 8
for _step in range(1, STEPS_TO_KILL + 1):
    SCENARIOS[f"it_is_killed_at_step_{_step}"] = _killed_at(_step)


def _confirmed(weather: Weather) -> list[Attempt]:
    with weather.store.read() as tx:
        return [
            attempt
            for intent in weather.intents(IntentState.CONFIRMED)
            for attempt in tx.anchors.attempts(intent)
        ]
