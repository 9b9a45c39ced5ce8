"""Law 5 in check 5: two live statements of one number on a walk, of which neither names the other.

The later one fails. What an issuer replaced by a later statement that says so is a notice on the
earlier; that it attests one footprint of a partner's document twice is a notice on the later. A
statement counts once it was proven, anchored and signed by who had the right to.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.errors import TooLarge
from rootprint.ledger.core.livenumber import (
    names,
    overlap,
    questions,
    received,
    same_place,
    sites,
)
from rootprint.ledger.core.schema.kinds import POOL
from rootprint.ledger.verify.laws import Ruling, Unseen, broken, not_checkable
from rootprint.ledger.verify.report import with_found, with_laws
from rootprint.ledger.verify.rulings import variants
from rootprint.ledger.verify.rulings.pools import Pools

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify.node import Node
    from rootprint.ledger.verify.report import Check

LAW: Final = 5
MAX_OF_ONE_NUMBER: Final = 1024
ATTESTED_TWICE: Final = "it attests a footprint of a partner's document that is attested already"
_PROVEN: Final = (1, 2, 3, 4)


class LiveNumbers:
    """The live numbers of a walk, compared once: each statement's twin and its successor.

    ``standing`` is what ``status.check`` said of every node, so whether it was ended too.
    Raises TooLarge where more than MAX_OF_ONE_NUMBER statements are of one number, and what
    ``require_time`` raises: it is called with the number of groups compared.
    """

    def __init__(
        self,
        nodes: Mapping[bytes, Node],
        standing: Mapping[bytes, Check],
        require_time: Callable[[int], None],
    ) -> None:
        self._nodes, self._standing, self._pools = nodes, standing, Pools(nodes)
        self._without_remainder = frozenset(self._wholly_parted())
        self._twins: dict[bytes, Node] = {}
        self._successors: dict[bytes, Node] = {}
        self._taken: dict[bytes, Node] = {}  # what attests the same of a document, earlier
        self._compare_all(questions, self._twins, require_time)
        self._compare_all(received, self._taken, require_time)

    def oldest_first(self) -> list[Node]:
        """Return the nodes in the order of the log, those without a place in it first."""
        return sorted(self._nodes.values(), key=_index)

    def judged(self, node: Node, check: Check) -> Check:
        """Return a node's check 5 with what law 5 finds of it, and what readers should know."""
        statement = _proven(node)
        if statement is None:
            unproven = not_checkable(LAW, "it is not proven to be in the log", Unseen.PENDING)
            return with_laws(check, [unproven] if node.is_footprint else [])
        notices = []
        successor = self._successors.get(node.digest)
        if successor is not None:
            notices.append(
                f"{_named(successor)}, a later statement of the same number, names it in"
                " precedingStatements"
            )
        cited = node.is_footprint and any(one.is_footprint for one in node.cited_by)
        if cited and (statement.issuer, digest_text(node.digest)) in self._without_remainder:
            notices.append(f"law {LAW}: it is cited, and its variant pool leaves nothing of it")
        taken = self._taken.get(node.digest)
        if taken is not None and node.digest not in self._twins:
            notices.append(f"law {LAW}: {ATTESTED_TWICE}: {_named(taken)}")
        if "pseudonym" in statement.subject:
            notices.append("its pseudonym was not checked")
        rulings = self._rulings(node, statement)
        return with_laws(with_found(check, check.found, notices), rulings, needed=(LAW,))

    def _rulings(self, node: Node, statement: Statement) -> list[Ruling]:
        twin = self._twins.get(node.digest)
        if twin is not None:
            reason = (
                f"{_named(twin)} of the same issuer states the same number for the same time, and"
                " it is not named in precedingStatements"
            )
            compared = ("one live number", f"{_named(twin)}, {_named(node)}")
            return [broken(LAW, reason, compared)]
        return (
            [variants.rule(node, statement, self._nodes, self._pools)] if node.is_footprint else []
        )

    def _wholly_parted(self) -> Iterator[tuple[str, str]]:
        """Yield issuer and base of each live pool that leaves nothing of its base number."""
        for node in self._nodes.values():
            pool = _proven(node)
            if pool is None or pool.kind != POOL or self._standing[node.digest].found.ended:
                continue
            rows = pool.opened.items("rows").values()
            if any("variant" not in row and not Fraction(row["volume"]) for row in rows):
                yield pool.issuer, pool.subject["base"]

    def _compare_all(
        self,
        asked: Callable[[Statement], list[tuple[bytes, str]]],
        found: dict[bytes, Node],
        require_time: Callable[[int], None],
    ) -> None:
        """Compare those that answer one question; in ``found`` the later has the earliest other."""
        groups: dict[tuple[bytes, str], list[Node]] = defaultdict(list)
        for node in self._nodes.values():
            statement = _proven(node)
            if statement is not None:
                for question in asked(statement):
                    groups[question].append(node)
        for number, group in enumerate(groups.values()):
            require_time(number)
            if len(group) > MAX_OF_ONE_NUMBER:
                message = f"more than {MAX_OF_ONE_NUMBER} statements of one number are reachable"
                raise TooLarge(message)
            for one, other in combinations(group, 2):
                earlier, later = sorted((one, other), key=_index)
                self._compare(earlier, later, found)

    def _compare(self, earlier: Node, later: Node, found: dict[bytes, Node]) -> None:
        first, second = _proven(earlier), _proven(later)
        if first is None or second is None or not overlap(first.validity, second.validity):
            return
        if not same_place(sites(first.subject), sites(second.subject)):
            return
        if any(self._standing[one.digest].found.ended for one in (earlier, later)):
            return
        if names(second, first.digest):
            known = self._successors.get(earlier.digest)
            if known is None or _index(known) < _index(later):
                self._successors[earlier.digest] = later
            return
        known = found.get(later.digest)
        if known is None or _index(earlier) < _index(known):
            found[later.digest] = earlier


def _proven(node: Node) -> Statement | None:
    return node.readable if all(node.passed(number) for number in _PROVEN) else None


def _index(node: Node) -> int:
    return -1 if node.index is None else node.index


def _named(node: Node) -> str:
    return f"{digest_text(node.digest)} (entry {node.index})"
