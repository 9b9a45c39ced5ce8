"""Law 2, one allocation: two records in use that allocate one process and time.

Asked once of all that a walk reaches. The later of two is broken, by whoever rests on it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.processkey import ProcessKey, process_key
from rootprint.ledger.core.schema.kinds import PROCESS
from rootprint.ledger.verify.report import with_found

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rootprint.ledger.verify.node import Node
    from rootprint.ledger.verify.report import Check

_PROVEN: Final = range(1, 5)
# Start and end of a record's period, as it writes them, its place in the log, and its digest.
_Record = tuple[str, str, int, bytes]


class Allocations:
    """The process records of a walk, compared once: which earlier one allocates the same.

    ``standing`` is what ``status.check`` said of every node, so whether it was ended too: a record
    that was ended is in use while a footprint in force rests on it. ``require_time`` is called with
    the number of records compared, and raises when time is up.
    """

    def __init__(
        self,
        nodes: Mapping[bytes, Node],
        standing: Mapping[bytes, Check],
        require_time: Callable[[int], None],
    ) -> None:
        self._standing = standing
        self._earlier: dict[bytes, tuple[int, bytes]] = {}
        self._in_use: set[bytes] = set()
        groups: dict[tuple[str, ProcessKey], list[_Record]] = defaultdict(list)
        for node in nodes.values():
            statement = node.statement
            if statement is None or statement.kind != PROCESS or node.index is None:
                continue
            if self._is_in_use(node):
                self._in_use.add(node.digest)
            of = statement.subject
            record = (of["periodStart"], of["periodEnd"], node.index, node.digest)
            groups[statement.issuer, process_key(of)].append(record)
        for group in groups.values():
            self._compare(sorted(group), require_time)

    def judged(self, node: Node, check: Check) -> Check:
        """Return a node's check 5 with the earliest other record that allocates the same."""
        earlier = self._earlier.get(node.digest)
        if earlier is None:
            return check
        return with_found(check, check.found._replace(allocated_by=earlier[1]))

    def _compare(self, rising: Sequence[_Record], require_time: Callable[[int], None]) -> None:
        """Note the earlier one of each two at one time; they rise by the start of their periods."""
        for number, one in enumerate(rising):
            require_time(number)
            for place in range(number + 1, len(rising)):
                other = rising[place]
                if other[0] > one[1]:
                    break
                # An end in common is no time in common, but for one and the same moment.
                if other[0] < min(one[1], other[1]) or other[:2] == one[:2]:
                    self._note(*sorted((one, other), key=lambda record: record[2]))

    def _note(self, earlier: _Record, later: _Record) -> None:
        found, known = earlier[2:], self._earlier.get(later[3])
        if earlier[3] in self._in_use and (known is None or found < known):
            self._earlier[later[3]] = found

    def _is_in_use(self, node: Node) -> bool:
        """Whether a record is proven, and in force or rested on by a footprint in force."""
        rested = any(one.is_footprint and not self._ended(one) for one in node.cited_by)
        return all(map(node.passed, _PROVEN)) and (rested or not self._ended(node))

    def _ended(self, node: Node) -> bool:
        return bool(self._standing[node.digest].found.ended)
