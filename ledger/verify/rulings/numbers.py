"""Law 5 in check 5: two live statements of one number on a walk, of which neither names the other.

The later one fails. What an issuer replaced by a later statement that says so is a notice on the
earlier. A statement counts once it was proven, anchored and signed by who had the right to.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.errors import TooLarge
from rootprint.ledger.core.livenumber import names, overlap, questions, same_place, sites
from rootprint.ledger.verify.laws import Ruling, broken, not_checkable
from rootprint.ledger.verify.report import with_found, with_laws
from rootprint.ledger.verify.rulings import variants

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify.node import Node
    from rootprint.ledger.verify.report import Check

LAW: Final = 5
MAX_OF_ONE_NUMBER: Final = 1024
_PROVEN: Final = (1, 2, 3, 4)


class LiveNumbers:
    """The live numbers of a walk, compared once: each statement's twin and its successor.

    ``standing`` is what ``status.check`` said of every node, so whether it was ended too.
    Raises TooLarge where more than MAX_OF_ONE_NUMBER statements are of one number.
    """

    def __init__(self, nodes: Mapping[bytes, Node], standing: Mapping[bytes, Check]) -> None:
        self._nodes, self._standing = nodes, standing
        self._twins: dict[bytes, Node] = {}
        self._successors: dict[bytes, Node] = {}
        groups: dict[tuple[bytes, str], list[Node]] = defaultdict(list)
        for node in nodes.values():
            statement = _proven(node)
            if statement is not None:
                for question in questions(statement):
                    groups[question].append(node)
        for group in groups.values():
            if len(group) > MAX_OF_ONE_NUMBER:
                message = f"more than {MAX_OF_ONE_NUMBER} statements of one number are reachable"
                raise TooLarge(message)
            for one, other in combinations(group, 2):
                self._compare(*sorted((one, other), key=_index))

    def oldest_first(self) -> list[Node]:
        """Return the nodes in the order of the log, those without a place in it first."""
        return sorted(self._nodes.values(), key=_index)

    def judged(self, node: Node, check: Check) -> Check:
        """Return a node's check 5 with what law 5 finds of it, and what readers should know."""
        statement = _proven(node)
        if statement is None:
            unproven = not_checkable(LAW, "it is not proven to be in the log")
            return with_laws(check, [unproven] if node.is_footprint else [])
        notices = []
        successor = self._successors.get(node.digest)
        if successor is not None:
            notices.append(
                f"{_named(successor)}, a later statement of the same number, names it in"
                " precedingStatements"
            )
        if "pseudonym" in statement.subject:
            notices.append("its pseudonym was not checked")
        noted = with_found(check, check.found, notices)
        return with_laws(noted, self._rulings(node, statement))

    def _rulings(self, node: Node, statement: Statement) -> list[Ruling]:
        twin = self._twins.get(node.digest)
        if twin is not None:
            reason = (
                f"{_named(twin)} of the same issuer states the same number for the same time, and"
                " it is not named in precedingStatements"
            )
            compared = ("one live number", f"{_named(twin)}, {_named(node)}")
            return [broken(LAW, reason, compared)]
        return [variants.rule(node, statement, self._nodes)] if node.is_footprint else []

    def _compare(self, earlier: Node, later: Node) -> None:
        first, second = _proven(earlier), _proven(later)
        if first is None or second is None or not overlap(first.validity, second.validity):
            return
        if not same_place(sites(first), sites(second)):
            return
        if any(self._standing[one.digest].found.ended for one in (earlier, later)):
            return
        if names(second, first.digest):
            known = self._successors.get(earlier.digest)
            if known is None or _index(known) < _index(later):
                self._successors[earlier.digest] = later
            return
        known = self._twins.get(later.digest)
        if known is None or _index(earlier) < _index(known):
            self._twins[later.digest] = earlier


def _proven(node: Node) -> Statement | None:
    return node.readable if all(node.passed(number) for number in _PROVEN) else None


def _index(node: Node) -> int:
    return -1 if node.index is None else node.index


def _named(node: Node) -> str:
    return f"{digest_text(node.digest)} (entry {node.index})"
