"""What is wrong with an inventory's lines as they are composed: all of it, each with its place."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rootprint.calc.errors import RootprintError
from rootprint.ledger.core.errors import Refused, Several
from rootprint.ledger.core.schema.line import LINE
from rootprint.ledger.core.schema.line import line as check_line
from rootprint.ledger.intake.inventory.collect import collect, collect_one
from rootprint.ledger.intake.inventory.problems import Faults, InventoryProblems

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rootprint.ledger.intake.inventory import Inventory, Problem
    from rootprint.ledger.intake.inventory.problems import Path


class LineProblems(InventoryProblems, Several):
    """Lines that can't be composed, reported as a broken file is; ``errors`` has each one's own."""

    def __init__(self, problems: Sequence[Problem], errors: Sequence[RootprintError]) -> None:
        super().__init__(problems)
        self.errors = tuple(errors)


class LineFaults:
    """Gathers the faults of an inventory's lines; members are named from the line on.

    It begins with what was wrong when the file was read, and is settled once.
    """

    def __init__(self, inventory: Inventory) -> None:
        self._inventory = inventory
        self._faults = Faults(inventory.where or "the inventory", dict(inventory.places))
        self._faults.take_over(inventory.problems, inventory.faulty)
        self._errors: list[RootprintError] = [
            Refused(one.message, remedy=one.remedy) for one in inventory.problems
        ]

    @contextmanager
    def at(self, number: int, *member: str) -> Iterator[None]:
        """Note an error that passes as a fault of that member, and go on behind the block."""
        try:
            yield
        except RootprintError as error:
            self._errors.append(error)
            path = (*self._inventory.path(number), *member)
            self._faults.add(path, f"is not usable: {error.args[0]}", error.remedy)

    def add(self, number: int, member: tuple[str | int, ...], what: str, remedy: str) -> None:
        """Note a fault."""
        self._add((*self._inventory.path(number), *member), what, remedy)

    def add_in(self, path: Path, what: str, remedy: str) -> None:
        """Note a fault of the whole, at a member of the file."""
        self._add(path, what, remedy)

    def find(self, number: int, member: tuple[str, ...], what: str, remedy: str) -> None:
        """Note what is allowed of a line but should be known."""
        self.find_in((*self._inventory.path(number), *member), what, remedy)

    def find_in(self, path: Path, what: str, remedy: str) -> None:
        """Note what is allowed of the whole, at a member of the file."""
        self._faults.find(path, what, remedy)

    @property
    def findings(self) -> Sequence[Problem]:
        """What ``find`` noted."""
        return self._faults.findings

    def judge(self, number: int, line: Mapping[str, Any]) -> None:
        """Note every member by which a line is not one that a verifier will read."""
        value = {**line, "line": number}
        try:
            check_line(value, "")
        except Refused as error:
            path = self._inventory.path(number)
            collect(LINE, value, path, self._faults)
            if self.sound(number):
                collect_one(check_line, value, path, self._faults)
            self._errors.append(error)

    def sound(self, number: int, *member: str) -> bool:
        """Tell whether nothing is wrong with a line, or with a member of it, yet."""
        return not self._faults.within((*self._inventory.path(number), *member))

    def settle(self) -> None:
        """Raise LineProblems if anything is wrong."""
        if self._faults.problems:
            raise LineProblems(self._faults.problems, self._errors)

    def _add(self, path: tuple[str | int, ...], what: str, remedy: str) -> None:
        self._errors.append(Refused(what, remedy=remedy))
        self._faults.add(path, what, remedy)
