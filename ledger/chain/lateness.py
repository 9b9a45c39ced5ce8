"""Which of several endpoints is late or says too much, by their newest blocks.

A height alone proves nothing: one endpoint that claims a far greater one must not make the others
seem late. So an endpoint is late if most are ahead of it, or if its own newest block is old and
another one has that very block and later ones. What an endpoint claims is refused where it
contradicts itself (more blocks since one that both have than that time allows), most of the
others, or the clock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.encoding import time_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rootprint.ledger.core.chain import Block

# So many blocks an answer may be older than another's while both are sound.
LAG_BLOCKS: Final = 8
# A block of the last two minutes shows that its endpoint follows the chain.
FRESH_SECONDS: Final = 120
# A development chain that mines at once stamps its blocks ahead of the clock.
AHEAD_SECONDS: Final = 900
# No chain of Ethereum's kind is known to make more for long; at once, development chains do.
BLOCKS_A_SECOND: Final = 10
BLOCKS_AT_ONCE: Final = 1000


def faults_of(
    heads: Sequence[Block | None], has: Callable[[int, Block], bool], now: float
) -> dict[int, str]:
    """Return what is wrong with an endpoint's newest block, by its place in ``heads``.

    ``heads`` has None for an endpoint without one; ``has`` says whether the endpoint at a place
    has that very block, ``now`` is Unix seconds.

    >>> from rootprint.ledger.core.chain import Block
    >>> faults_of([Block(9, bytes(32), 90), Block(10, bytes(32), 100)], lambda *_: True, 100)
    {}
    """
    there = {place: head for place, head in enumerate(heads) if head is not None}
    faults = _in_the_future(there, now)
    there = {place: head for place, head in there.items() if place not in faults}
    ahead = {
        place: [o for o, other in there.items() if other.number - head.number > LAG_BLOCKS]
        for place, head in there.items()
    }
    extends = {
        (other, place): has(other, there[place])
        for place, others in ahead.items()
        for other in others
    }
    faults |= _claims(there, ahead, extends)
    for place, head in there.items():
        others = [one for one in ahead[place] if one not in faults]
        stale = now - head.time > FRESH_SECONDS and any(extends[one, place] for one in others)
        if place not in faults and (2 * len(others) > len(there) or stale):
            newest = max(there[one].number for one in others)
            faults[place] = f"is late: its newest block is {head.number}, another one's is {newest}"
    return faults


def _in_the_future(there: dict[int, Block], now: float) -> dict[int, str]:
    """Return those whose block's time has not come, unless most are: then the clock is wrong."""
    found = {
        place: f"says that its newest block, {head.number}, is of {time_text(head.time)}, "
        "which has not come"
        for place, head in there.items()
        if head.time > now + AHEAD_SECONDS
    }
    return found if 2 * len(found) <= len(there) and len(there) > 1 else {}


def _claims(
    there: dict[int, Block], ahead: dict[int, list[int]], extends: dict[tuple[int, int], bool]
) -> dict[int, str]:
    """Return those that are ahead of others and contradict themselves, or most of the others."""
    faults = {}
    for place, head in there.items():
        behind = [one for one, others in ahead.items() if place in others]
        for one in behind:
            blocks, seconds = head.number - there[one].number, head.time - there[one].time
            if extends[place, one] and blocks > BLOCKS_A_SECOND * seconds + BLOCKS_AT_ONCE:
                faults[place] = (
                    f"claims {blocks} blocks within {seconds} s since block {there[one].number}, "
                    "which another one has too"
                )
        apart = [one for one in behind if not extends[place, one]]
        if place not in faults and 2 * len(apart) > len(there):
            faults[place] = f"claims block {head.number}, and has not those that most others have"
    return faults
