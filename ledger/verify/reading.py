"""Reading: which statements the walk reaches, and the checks that need no neighbour.

An input is always older than what cites it, so statements are read by falling log index: when one
is reached, all that cite it have been. No step goes back.
"""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.errors import TooLarge
from rootprint.ledger.verify.checks import anchor, disclosure, envelope, inclusion, issuer
from rootprint.ledger.verify.node import Node
from rootprint.ledger.verify.report import not_checked

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.verify.context import Context

MAX_STATEMENTS: Final = 100_000
MAX_DEPTH: Final = 256


class Reading:
    """The statements reached so far, by digest; the subject first."""

    def __init__(self, context: Context, progress: Callable[[int], None]) -> None:
        self._context, self._progress = context, progress
        self._waiting: list[tuple[int, bytes]] = []
        self.nodes: dict[bytes, Node] = {}

    def read(self, subject: bytes) -> dict[bytes, Node]:
        """Read the subject and all it reaches, then what concerns each of them.

        Raises TooLarge beyond MAX_STATEMENTS or MAX_DEPTH.
        """
        self._expect(subject, None)
        while self._waiting:
            _, digest = heapq.heappop(self._waiting)
            node = self.nodes[digest]
            if not read_one(node, self._context) and node.cited_by:
                del self.nodes[digest]  # not available: the citing statement's check 7 says so
                continue
            self._progress(len(self.nodes))
            for citation in node.citations():
                self._expect(citation.digest, node)
            for record in node.records():
                self._expect(record, node)
        for node in list(self.nodes.values()):
            self._read_concerning(node)
        return self.nodes

    def _expect(self, digest: bytes, citing: Node | None) -> None:
        node = self.nodes.get(digest)
        if node is None:
            if len(self.nodes) >= MAX_STATEMENTS:
                message = f"more than {MAX_STATEMENTS} statements are reachable"
                raise TooLarge(message)
            if citing is not None and citing.depth >= MAX_DEPTH:
                message = f"statements are cited more than {MAX_DEPTH} levels deep"
                raise TooLarge(message)
            node = Node(digest, 0, ()) if citing is None else Node(
                digest, citing.depth + 1, citing.path
            )  # fmt: skip
            self.nodes[digest] = node
            heapq.heappush(self._waiting, (-self._claimed_index(digest), digest))
        # All that one statement cites comes in a row, so once is as much as not twice running.
        if citing is not None and (not node.cited_by or node.cited_by[-1] is not citing):
            node.cited_by.append(citing)

    def _claimed_index(self, digest: bytes) -> int:
        # Only an order to read in. What a place claims is judged by check 3, and order by check 7.
        place = self._context.place(digest)
        return -1 if place is None else place.index

    def _read_concerning(self, node: Node) -> None:
        for digest in self._context.sources.concerning(node.digest):
            if digest in self.nodes:
                continue
            other = Node(digest, node.depth, node.path, about=node)
            if read_one(other, self._context):
                self.nodes[digest] = other
                self._progress(len(self.nodes))
                node.concerned_by.append(other)
                if other.is_record:  # a claim counts until it is ended
                    self._read_concerning(other)
                elif other.is_assurance and node.is_footprint:
                    self._read_accreditations(other)

    def _read_accreditations(self, node: Node) -> None:
        """Read what the body of an assurance was accredited for at its t, by whomever.

        Whom the reader believes decides which count, and not which words and texts a file has.
        """
        if node.statement is None or node.t is None:
            return
        for row in self._context.accreditations(node.statement.issuer):
            if not row.in_force(node.t):
                continue
            record = self.nodes.get(row.scope)
            if record is None:
                record = Node(row.scope, node.depth, node.path, about=node)
                if not read_one(record, self._context):
                    continue
                self.nodes[row.scope] = record
            node.accredited_by.append((row, record))


def read_one(node: Node, context: Context) -> bool:
    """Make checks 1, 3, 4, 2 and 6 (2 needs the time that 4 gives).

    Return False if the statement is not available.
    """
    text = context.sources.statement(node.digest)
    if text is None:
        for number in (1, 2, 3, 4, 6):
            node.set(not_checked(number, "the statement is not available"))
        return False
    node.give(text)
    for one in (envelope, inclusion, anchor, issuer, disclosure):
        node.set(one.check(node, {}, context))
    return True
