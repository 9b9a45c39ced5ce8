"""Which statement a line of an inventory cites, if it cites one, and whether it may."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema.kinds import FOOTPRINT
from rootprint.ledger.intake.inventory import cited_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.intake.inventory import Inventory
    from rootprint.ledger.intake.resolving import Resolve


def cited_statement(
    inventory: Inventory, value: Mapping[str, Any], resolve: Resolve
) -> Statement | None:
    """Return the footprint that a line cites, None if it cites nothing.

    Raises what ``resolve`` raises, and Refused for what has no footprint or is made here.
    """
    name = cited_name(value)
    if name is None:
        return None
    statement = resolve(name)
    if statement.kind != FOOTPRINT:
        message = f"{name} is a statement of kind {statement.kind}, which has no footprint"
        raise Refused(message, remedy="name the footprint that it is about")
    twice = inventory.makes.intersection(statement.subject["productIds"])
    if twice:
        message = f"{name} is what this process makes itself, so it would be counted twice"
        raise Refused(
            message, remedy="leave the line out, or take what makes it out of this process"
        )
    return statement


def cited_record(name: str, resolve: Resolve, kind: str) -> Statement:
    """Return the record of this kind behind a name. Raises what ``resolve`` raises, and Refused."""
    record = resolve(name)
    if record.kind != kind:
        message = f"{name} is a {record.kind}, and no {kind}"
        raise Refused(message, remedy=f"give --input {name}= the digest of a {kind}")
    return record
