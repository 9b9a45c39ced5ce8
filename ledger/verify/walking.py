"""The walk: from one statement down its signed inputs, each checked, the whole judged.

First everything is read (checks 1, 3, 4, 2, 6, which need only the statement itself), then judged
(5, 7, 8, 9, 10, which need its neighbours), then concluded.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import InvalidOperation, Overflow
from math import inf
from typing import TYPE_CHECKING

from rootprint.ledger.core.errors import TooLarge, Unavailable
from rootprint.ledger.verify import resting
from rootprint.ledger.verify.checks import arithmetic, assurance, conformity, inputs, status
from rootprint.ledger.verify.conclude import conclude
from rootprint.ledger.verify.reading import Reading
from rootprint.ledger.verify.report import with_found
from rootprint.ledger.verify.rulings.allocations import Allocations
from rootprint.ledger.verify.rulings.numbers import LiveNumbers
from rootprint.ledger.verify.rulings.retirements import Retirements
from rootprint.ledger.verify.steps import Judged, Read

if TYPE_CHECKING:
    from rootprint.ledger.core.chain import Block, ChainView
    from rootprint.ledger.verify.context import Context
    from rootprint.ledger.verify.node import Node
    from rootprint.ledger.verify.report import Check, Report
    from rootprint.ledger.verify.sharing import Made
    from rootprint.ledger.verify.trust import Trust


Look = Callable[[Judged], None]
# What signed numbers alone can bring about: too large for a double or a decimal, for the stack,
# for the memory.
_BEYOND = (OverflowError, InvalidOperation, Overflow, RecursionError, MemoryError)


def unseen(_judged: Judged) -> None:
    """Look at nothing (``Look``)."""


class Watch:
    """Reports how far a verification is, and ends it when its time is up.

    ``seconds`` count from now; ``progress`` is called with the number of statements read, and of
    how many (``of``), None where that is not known.
    """

    def __init__(
        self,
        seconds: float = inf,
        progress: Callable[[int, int | None], None] = lambda _read, _of: None,
    ) -> None:
        self._end, self._progress = time.monotonic() + seconds, progress
        self.of: int | None = None

    def read(self, statements: int) -> None:
        """Note how many statements are read; raises as ``require_time``."""
        self.require_time(statements)
        self._progress(statements, self.of)

    def require_time(self, statements: int) -> None:
        """Raise Unavailable if time ran out."""
        if time.monotonic() > self._end:
            message = f"time ran out after {statements} statements"
            raise Unavailable(message, remedy="allow more time")


def walk(
    subject: bytes,
    context: Context,
    file_check: Check,
    *,
    watch: Watch | None = None,
    looked: Look = unseen,
) -> Report:
    """Check ``subject`` and every statement reachable from it; return the report.

    ``file_check`` is check 0, made by whoever read the file. ``looked`` is called with what was
    read and judged, for views beside the report. Raises TooLarge if too many statements are
    reachable, Unavailable if the chain can't be read or time ran out. Cost: one signature, its own
    lines and two rows of chain slots per statement (log2(rows) of them where the row is not given
    it is).
    """
    found = read(subject, context, watch := watch or Watch())
    with _countable():
        judged = judge(found, watch)
    looked(judged)
    with _countable():
        return conclude(judged, file_check)


@contextmanager
def _countable() -> Iterator[None]:
    """Refuse numbers that Python can't compute with: whoever signs them may not stop a verifier.

    Any other error is a mistake in this program and says nothing of the statement, so it is not
    caught: a division by zero too, for every divisor is looked at before.
    """
    try:
        yield
    except _BEYOND as error:
        message = f"its numbers are beyond what can be computed: {error}"
        raise TooLarge(message) from error


def read(subject: bytes, context: Context, watch: Watch) -> Read:
    """Read all that ``subject`` reaches: checks 1, 3, 4, 2 and 6. Raises as ``walk``."""
    nodes = Reading(context, watch.read).read(subject)
    return Read(nodes[subject], nodes, context)


def judge(found: Read, watch: Watch) -> Judged:
    """Judge all that was read by its neighbours, once: checks 5, 9, 7, 8 and 10.

    Checks 7, 8 and 10 ask of neighbours what was found before them, and nothing of the chain, so
    they can be made of each statement apart. Raises as ``walk``.
    """
    nodes, context = found.nodes, found.context
    standing = {}
    for number, node in enumerate(nodes.values()):
        watch.require_time(number)
        standing[node.digest] = status.check(node, nodes, context)
    live = LiveNumbers(nodes, standing, watch.require_time)
    retired = Retirements(nodes, standing, watch.require_time)
    allocated = Allocations(nodes, standing, watch.require_time)
    for number, node in enumerate(live.oldest_first()):
        watch.require_time(number)
        # What a statement rests on has its check 5 before it.
        made = live.judged(node, standing[node.digest])
        node.set(allocated.judged(node, retired.judged(node, made)))
    words = resting.notices(found.subject, nodes)
    for number, node in enumerate(nodes.values()):
        watch.require_time(number)
        node.set(assurance.check(node, nodes, context))

    def judging(node: Node) -> Made:
        watch.require_time(len(nodes))
        made = arithmetic.check(node, nodes, context)
        said = words.get(node.digest)
        return (
            inputs.check(node, nodes, context),
            with_found(made, made.found, said) if said else made,
            conformity.check(node, nodes, context),
        )

    every = list(nodes.values())
    for node, checks in zip(every, context.share(every, judging), strict=True):
        for check in checks:
            node.set(check)
    return Judged(found.subject, nodes, context)


def block_asked(view: ChainView, trust: Trust, as_of: int) -> Block:
    """Return the newest final block that is not later than ``as_of`` (binary search by time).

    Raises Unavailable where the chain has none: nothing can be said of that time.
    """
    low, high = 0, view.block().number - trust.confirmations
    if high >= 0 and (block := view.block(high)).time <= as_of:
        return block
    if high < 0 or view.block(low).time > as_of:
        message = f"the chain has no block with {trust.confirmations} confirmations at that time"
        raise Unavailable(message, remedy="ask as of a later time, or wait for confirmations")
    while low < high:
        middle = (low + high + 1) // 2
        if view.block(middle).time <= as_of:
            low = middle
        else:
            high = middle - 1
    return view.block(low)
