"""What can be read and written inside one transaction, by subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootprint.ledger.store.anchors import Anchors
from rootprint.ledger.store.directory import Directory
from rootprint.ledger.store.exclusive import Exclusive
from rootprint.ledger.store.numbers import Numbers
from rootprint.ledger.store.statements import Statements
from rootprint.ledger.store.tree import Tree

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Transaction:
    """The open transaction of ``Store.read`` or ``Store.write``; of no use after its block."""

    def __init__(self, connection: Connection) -> None:
        self.statements = Statements(connection)
        self.tree = Tree(connection)
        self.directory = Directory(connection)
        self.anchors = Anchors(connection)
        self.exclusive = Exclusive(connection)
        self.numbers = Numbers(connection)
