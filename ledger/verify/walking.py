"""The walk: from one statement down its signed inputs, each checked, the whole judged.

First everything is read (checks 1, 3, 4, 2, 6, which need only the statement itself), then judged
(5, 7, 8, 9, which need its neighbours), then concluded.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rootprint.ledger.core.errors import Unavailable
from rootprint.ledger.verify.checks import arithmetic, assurance, inputs, status
from rootprint.ledger.verify.conclude import conclude
from rootprint.ledger.verify.context import Context, Requirements
from rootprint.ledger.verify.node import Node
from rootprint.ledger.verify.reading import Reading
from rootprint.ledger.verify.report import with_laws
from rootprint.ledger.verify.rulings.numbers import LiveNumbers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.chain import Block, ChainView
    from rootprint.ledger.verify.report import Check, Report
    from rootprint.ledger.verify.sources import Sources
    from rootprint.ledger.verify.trust import Trust


Look = Callable[[Node, "Mapping[bytes, Node]", Context], None]


def walk(  # noqa: PLR0913 - the inputs of a verification, each of them the caller's decision
    subject: bytes,
    sources: Sources,
    view: ChainView,
    trust: Trust,
    *,
    now: int,
    file_check: Check,
    requirements: Requirements = Requirements(),  # noqa: B008 - frozen
    progress: Callable[[int], None] = lambda _count: None,
    looked: Look = lambda _subject, _nodes, _context: None,
    out_of_time: Callable[[], bool] = lambda: False,
) -> Report:
    """Check ``subject`` and every statement reachable from it; return the report.

    ``now`` (Unix seconds) counts unless the trust file says ``asOf``. ``file_check`` is check 0,
    made by whoever read the file. ``looked`` is called with what was read and judged, for views
    beside the report. ``out_of_time`` is asked at each statement. Raises TooLarge if too many
    statements are reachable, Unavailable if the chain can't be read or time ran out. Cost: one
    signature, its own lines and two rows of chain slots per statement (log2(rows) of them where
    nobody says which row it is).
    """
    as_of = trust.as_of if trust.as_of is not None else now
    block = block_asked(view, trust, as_of)
    context = Context(trust, view, sources, block, as_of, requirements.rules)

    def require_time(statements: int) -> None:
        if out_of_time():
            message = f"time ran out after {statements} statements"
            raise Unavailable(message, remedy="allow more time")

    def read_one_more(statements: int) -> None:
        require_time(statements)
        progress(statements)

    nodes = Reading(context, read_one_more).read(subject)
    standing = {}
    for number, node in enumerate(nodes.values()):
        require_time(number)
        standing[node.digest] = status.check(node, nodes, context)
    live = LiveNumbers(nodes.values())
    for node in nodes.values():
        found = [live.rule(node)] if node.is_footprint else []
        node.set(with_laws(standing[node.digest], found))
    for number, node in enumerate(nodes.values()):
        require_time(number)
        for one in (assurance, inputs, arithmetic):
            node.set(one.check(node, nodes, context))
    looked(nodes[subject], nodes, context)
    return conclude(nodes[subject], nodes, context, requirements, file_check)


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
