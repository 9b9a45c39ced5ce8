"""The steps of a verification as values: ``Read``, then ``Judged``, then the ``Report``.

Each can only be made of the one before, and only when all that belongs to it has been done: there
is no ``Judged`` of which a check is missing, so none that a conclusion could be drawn from early.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from rootprint.ledger.verify.report import NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.verify.context import Context
    from rootprint.ledger.verify.node import Node

ALONE: Final = frozenset({1, 3, 4, 2, 6})  # what a statement's own text and the chain decide
ALL: Final = frozenset(NAMES) - {0}  # check 0 is the file's


@dataclass(frozen=True)
class _Step:
    """A subject, all that it reaches by digest, and what the verifier has."""

    subject: Node
    nodes: Mapping[bytes, Node]
    context: Context

    def __post_init__(self) -> None:
        """Close the mapping; raise RuntimeError where a check is missing."""
        object.__setattr__(self, "nodes", MappingProxyType(dict(self.nodes)))
        wanted = self._wanted()
        for node in self.nodes.values():
            if missing := wanted - node.checks.keys():
                listed = ", ".join(map(str, sorted(missing)))
                message = f"{type(self).__name__} without check {listed} of {node.name}"
                raise RuntimeError(message)

    @staticmethod
    def _wanted() -> frozenset[int]:
        return ALL


@dataclass(frozen=True)
class Read(_Step):
    """What was reached, with the checks that need no neighbour. Made by ``walking.read``."""

    @staticmethod
    def _wanted() -> frozenset[int]:
        return ALONE


@dataclass(frozen=True)
class Judged(_Step):
    """What was read, with every check made. Made by ``walking.judge``; views are of this."""
