"""Which endpoint is late, and which claims what can't be: by blocks alone."""

from __future__ import annotations

import pytest

from rootprint.ledger.chain.lateness import (
    AHEAD_SECONDS,
    BLOCKS_A_SECOND,
    BLOCKS_AT_ONCE,
    FRESH_SECONDS,
    LAG_BLOCKS,
    faults_of,
)
from rootprint.ledger.core.chain import Block

NOW = 1_800_000_000
FAR = LAG_BLOCKS + 1


def at(number: int, time: int = NOW) -> Block:
    """A block of the one chain."""
    return Block(number, number.to_bytes(32), time)


def one_chain(_place: int, _block: Block) -> bool:
    """Each has the block."""
    return True


def another_chain(_place: int, _block: Block) -> bool:
    """None has it."""
    return False


@pytest.mark.parametrize("honest", [1, 2, 5])
@pytest.mark.parametrize("has", [one_chain, another_chain])
@pytest.mark.parametrize("time", [0, NOW - 3600, NOW, NOW + AHEAD_SECONDS, NOW + 10**9])
@pytest.mark.parametrize("claim", [FAR, 10**6, 2**50])
def test_no_claim_makes_an_endpoint_late_whose_newest_block_is_of_now(
    honest: int, has: object, time: int, claim: int
) -> None:
    heads = [at(100 + claim, time), *[at(100, NOW - 12)] * honest]
    assert set(faults_of(heads, has, NOW)) <= {0}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (at(10**9), "claims 999999900 blocks within 12 s since block 100"),
        (at(10**9, NOW - 3600), "claims 999999900 blocks within -3588 s"),
        (at(10**9, NOW + AHEAD_SECONDS + 1), "which has not come"),
    ],
)
def test_an_absurd_height_is_refused_by_what_its_own_endpoint_says(head: Block, words: str) -> None:
    (fault,) = faults_of([head, at(100, NOW - 12)], one_chain, NOW).values()
    assert words in fault


def test_what_most_others_have_not_is_refused() -> None:
    heads = [at(10**9), at(100), at(101)]
    assert faults_of(heads, another_chain, NOW) == {
        0: "claims block 1000000000, and has not those that most others have"
    }


@pytest.mark.parametrize(("age", "late"), [(FRESH_SECONDS, False), (FRESH_SECONDS + 1, True)])
def test_of_two_the_one_that_stands_still_is_late_once_its_block_is_old(
    age: int, *, late: bool
) -> None:
    heads = [at(100, NOW - age), at(100 + FAR)]
    assert bool(faults_of(heads, one_chain, NOW)) is late
    assert faults_of(heads, another_chain, NOW) == {}


def test_of_three_the_one_that_two_are_ahead_of_is_late() -> None:
    heads = [at(100), at(100 + FAR, NOW + 1), at(101 + FAR, NOW + 1)]
    assert faults_of(heads, one_chain, NOW) == {
        0: f"is late: its newest block is 100, another one's is {101 + FAR}"
    }
    assert faults_of(heads, another_chain, NOW) != {}


def test_a_clock_that_is_behind_all_endpoints_refuses_none() -> None:
    assert faults_of([at(1, NOW + 10**6), at(2, NOW + 10**6)], one_chain, NOW) == {}
    assert faults_of([at(1, NOW + 10**6)], one_chain, NOW) == {}


@pytest.mark.parametrize("seconds", [1, 7])
def test_as_many_blocks_as_any_chain_makes_are_believed(seconds: int) -> None:
    most = BLOCKS_A_SECOND * seconds + BLOCKS_AT_ONCE
    for blocks, refused in ((most, False), (most + 1, True)):
        heads = [at(100, NOW), at(100 + blocks, NOW + seconds)]
        assert bool(faults_of(heads, one_chain, NOW + seconds)) is refused


def test_nothing_is_asked_and_nothing_said_where_none_answers() -> None:
    def asked(*_: object) -> bool:
        raise AssertionError

    assert faults_of([], asked, NOW) == {}
    assert faults_of([None, None], asked, NOW) == {}
    assert faults_of([at(100), at(100 + LAG_BLOCKS)], asked, NOW) == {}
