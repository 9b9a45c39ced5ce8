"""Which block a verifier asks: the newest final one that is not later than the time asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rootprint.ledger.core.encoding import time_text
from rootprint.ledger.core.errors import Unavailable
from rootprint.ledger.verify import Policy, Trust, Verdict, block_asked
from tests.support.memory_chain import GENESIS_TIME, MemoryChain
from tests.support.world import World

if TYPE_CHECKING:
    from tests.verify.chains import Chain

TIMES = [GENESIS_TIME, *(GENESIS_TIME + 10 * n for n in range(1, 8))]


def _chain() -> MemoryChain:
    chain = MemoryChain()
    for time in TIMES[1:]:
        chain.mine(time)
    return chain


def _trust(confirmations: int = 0) -> Trust:
    world = World()
    return world.trust(world.publish(world.factor("fuel")), confirmations=confirmations)


@pytest.mark.parametrize("number", range(len(TIMES)))
@pytest.mark.parametrize("later", [0, 1, 9])
def test_the_newest_block_not_later_than_the_time(number: int, later: int) -> None:
    assert block_asked(_chain(), _trust(), TIMES[number] + later).number == number


def test_a_time_beyond_the_head_gives_the_head() -> None:
    assert block_asked(_chain(), _trust(), TIMES[-1] + 10**9).number == len(TIMES) - 1


@pytest.mark.parametrize("confirmations", [1, 3, 7])
def test_blocks_that_are_not_final_are_not_asked(confirmations: int) -> None:
    newest = block_asked(_chain(), _trust(confirmations), TIMES[-1])
    assert newest.number == len(TIMES) - 1 - confirmations


def test_before_the_first_block_nothing_can_be_said() -> None:
    """Bug: block 0 was asked although it was later than the time asked."""
    with pytest.raises(Unavailable, match="no block with 0 confirmations"):
        block_asked(_chain(), _trust(), GENESIS_TIME - 1)


def test_a_chain_shorter_than_the_confirmations_has_no_final_block() -> None:
    """Bug: block 0 was asked although it was not final."""
    with pytest.raises(Unavailable, match="no block with 8 confirmations"):
        block_asked(_chain(), _trust(8), TIMES[-1])


def test_the_answer_says_as_of_when_the_status_was_seen(assured: Chain) -> None:
    then = assured.world.chain.block().time
    report = assured.report(policy=Policy(oldest_status=5), asOf=time_text(then + 5)).json()
    assert (report["asOf"], report["statusAsOf"]) == (time_text(then + 5), time_text(then))


@pytest.mark.parametrize(
    ("allowed", "verdict"),
    [(4, Verdict.INCOMPLETE), (5, Verdict.VERIFIED), (None, Verdict.VERIFIED)],
)
def test_a_status_older_than_allowed_is_incomplete(
    assured: Chain, allowed: int | None, verdict: Verdict
) -> None:
    then = time_text(assured.world.chain.block().time + 5)
    report = assured.report(policy=Policy(oldest_status=allowed), asOf=then)
    assert report.verdict is verdict
    assert report.unmet == [
        f"oldestStatus: the chain was seen 5 s before the time asked, {allowed} s is the most"
        for _ in range(verdict is Verdict.INCOMPLETE)
    ]


def test_a_chain_that_can_not_be_read_is_no_failure(
    assured: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    trust = assured.world.trust(assured.module)
    evidence = assured.world.evidence(assured.module)

    def gone(*_: object) -> bytes:
        message = "the node does not answer"
        raise Unavailable(message)

    monkeypatch.setattr(assured.world.chain, "slot", gone)
    report = assured.world.verifier(trust).verify(evidence)
    assert report.verdict is Verdict.INCOMPLETE
    assert report.unmet == ["the walk could not be finished: the node does not answer"]
