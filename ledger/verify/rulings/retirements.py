"""Law 4, retirements: a certificate that two registries' words retire is contested.

Asked once of all that a walk reaches, of those retirement records that are in force and proven. It
is no failure of either: both were logged, and who is right is not said here.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.schema.kinds import RETIREMENT
from rootprint.ledger.core.spelling import Span, fold, spans
from rootprint.ledger.verify.report import with_found

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from rootprint.ledger.verify.node import Node
    from rootprint.ledger.verify.report import Check

_PROVEN: Final = range(1, 5)
# The ranges of one registry with one stem and as many digits: first, last, and whose they are.
_Range = tuple[str, str, "Node"]


def retired_spans(retired: Mapping[str, Any]) -> list[Span]:
    """Return the spans of certificates that a retirement record's subject retires."""
    return [span for one in retired["certificates"] for span in spans(one["from"], one["to"])]


class Retirements:
    """The retirement records of a walk, compared once: which others retire what one retires.

    ``standing`` is what ``status.check`` said of every node, so whether it was ended too.
    ``require_time`` is called with the number of ranges compared, and raises when time is up.
    """

    def __init__(
        self,
        nodes: Mapping[bytes, Node],
        standing: Mapping[bytes, Check],
        require_time: Callable[[int], None],
    ) -> None:
        self._require_time = require_time
        self._others: dict[bytes, set[bytes]] = defaultdict(set)
        self._counting: set[bytes] = set()
        groups: dict[tuple[str, str, int], list[_Range]] = defaultdict(list)
        for node in nodes.values():
            if node.statement is None or node.statement.kind != RETIREMENT:
                continue
            if not standing[node.digest].found.ended and all(map(node.passed, _PROVEN)):
                self._counting.add(node.digest)
            subject = node.statement.subject
            registry = fold(subject["registry"])
            for stem, first, last in retired_spans(subject):
                groups[registry, stem, len(first)].append((first, last, node))
        for group in groups.values():
            self._compare(sorted(group, key=lambda one: one[0]))

    def judged(self, node: Node, check: Check) -> Check:
        """Return a node's check 5 with the records by others that retire the same as it."""
        others = self._others.get(node.digest)
        if not others:
            return check
        texts = tuple(sorted(map(digest_text, others)))
        return with_found(check, check.found._replace(retired_too=texts))

    def _compare(self, rising: Sequence[_Range]) -> None:
        """Note the ranges of different issuers that have a certificate in common."""
        reaching: dict[str, list[_Range]] = {}
        for number, one in enumerate(rising):
            self._require_time(number)
            first, _, node = one
            issuer = _issuer(node)
            for other in reaching.keys() - {issuer}:
                reaching[other] = [known for known in reaching[other] if known[1] >= first]
                for _, _, beside in reaching[other]:
                    self._note(node, beside)
                    self._note(beside, node)
            reaching.setdefault(issuer, []).append(one)

    def _note(self, node: Node, other: Node) -> None:
        if other.digest in self._counting:
            self._others[node.digest].add(other.digest)


def _issuer(node: Node) -> str:
    return "" if node.statement is None else node.statement.issuer
