"""Which statements an inventory's lines cite, with every fault of theirs in one answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calc.errors import RootprintError
from ledger.core.errors import Refused, Several
from ledger.core.schema.kinds import FOOTPRINT
from ledger.intake.inventory.problems import listed
from ledger.intake.placing import placed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ledger.core.statement import Statement
    from ledger.intake.inventory import Inventory


class InputProblems(Several):
    """Several lines whose inputs can't be cited; ``errors`` has each line's own."""

    code = "inputs"

    def __init__(self, where: str, errors: list[RootprintError]) -> None:
        head = f"{where or 'the inventory'} has {len(errors)} lines that can't be composed:"
        super().__init__(listed(head, errors), errors)


def cited_statements(
    inventory: Inventory, resolve: Callable[[str], Statement]
) -> list[Statement | None]:
    """Return, for each line, the footprint it cites, if it cites.

    One fault is raised as it is, with the line's place before its message; several as
    InputProblems.
    """
    found: list[Statement | None] = []
    errors: list[RootprintError] = []
    for number, value in enumerate(inventory.lines):
        try:
            with placed(inventory.place(number)):
                found.append(_cited(inventory, value, resolve))
        except RootprintError as error:
            errors.append(error)
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise InputProblems(inventory.where, errors)
    return found


def _cited(
    inventory: Inventory, value: Mapping[str, Any], resolve: Callable[[str], Statement]
) -> Statement | None:
    name = value["source"].get("input") or value["source"].get("factor")
    if name is None:
        return None
    statement = resolve(name)
    if statement.kind != FOOTPRINT:
        message = f"{name} is an {statement.kind}, which has no footprint"
        raise Refused(message, remedy="name the footprint that it is about")
    twice = inventory.makes.intersection(statement.subject["productIds"])
    if twice:
        message = f"{name} is what this process makes itself, so it would be counted twice"
        raise Refused(
            message, remedy="leave the line out, or take what makes it out of this process"
        )
    return statement
