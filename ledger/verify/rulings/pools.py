"""Law 5, pools: a variant pool is its base number apart. A pool is judged once a walk.

It is its own statement, so what is found of it is the same for every variant that rests on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.errors import CalculationError
from rootprint.calc.laws import why_not_one_pool
from rootprint.ledger.core.encoding import digest_bytes
from rootprint.ledger.core.schema.kinds import FOOTPRINT
from rootprint.ledger.figures import (
    NotConserved,
    base_number,
    exact,
    pool_rows,
    unit_table,
    volume_in,
)
from rootprint.ledger.verify.laws import Unseen
from rootprint.ledger.verify.rulings.records import Unknown, require_record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify.node import Node

MADE: Final = "producedAmount"


@dataclass(frozen=True)
class Parted:
    """A pool that its base number is parted by, as far as both are open.

    ``rows`` are its open rows by code, that of the remainder by None; ``whole`` says that they are
    all. ``unknown`` is what of pool or base is hidden or pending, None where nothing is.
    """

    base: Statement
    rows: Mapping[str | None, Mapping[str, Any]]
    whole: bool
    unknown: Unknown | None


class Pools:
    """The pools of a walk, each judged when a variant first rests on it."""

    def __init__(self, nodes: Mapping[bytes, Node]) -> None:
        self._nodes = nodes
        self._found: dict[bytes, Parted | Unknown | CalculationError] = {}

    def require(self, node: Node, pool: Statement) -> Parted:
        """Return what ``parted`` returns of a pool, or raise what it raised; it is asked once."""
        found = self._found.get(node.digest)
        if found is None:
            try:
                found = parted(node, pool, self._nodes)
            except (Unknown, CalculationError) as error:
                found = error
            self._found[node.digest] = found
        if isinstance(found, Parted):
            return found
        raise found.with_traceback(None)


def parted(node: Node, pool: Statement, nodes: Mapping[bytes, Node]) -> Parted:
    """Return a pool with its base; raise NotConserved if it is not its base number apart.

    Raises Unknown where that can't be seen, UnitNotConvertible where its unit is of another kind
    than the base's.
    """
    digest = digest_bytes(pool.subject["base"])
    record = require_record(node, digest, nodes, FOOTPRINT, "the base of its variant pool")
    base, subject = record.statement, pool.subject
    if "variant" in base.subject:
        message = "the base of its variant pool is a variant itself"
        raise NotConserved(message)
    if subject["product"] not in base.subject["productIds"]:
        message = "its variant pool is of another product than its base"
        raise NotConserved(message)
    unit_table().factor(subject["unit"], base.subject["pcf"]["declaredUnitOfMeasurement"])
    if MADE not in base.subject:
        message = "the base of its variant pool does not state how much was produced"
        raise NotConserved(message)
    items = pool.opened.items("rows").values()
    by_code: dict[str | None, Mapping[str, Any]] = {}
    for row in items:
        by_code.setdefault(row.get("variant"), row)
    if not pool.opened.whole("rows", "rowsShape"):
        return Parted(base, by_code, whole=False, unknown=record.unknown)
    rows = pool_rows(items)
    why = why_not_one_pool(rows, base_number(base.subject))
    if why is not None:
        message = f"its variant pool: {why}"
        raise NotConserved(message)
    volume = sum((row.volume for row in rows), Fraction(0))
    made = require_made(base, volume, subject["unit"], "all rows of its variant pool")
    return Parted(base, by_code, whole=True, unknown=made or record.unknown)


def require_made(statement: Statement, volume: Fraction, unit: str, what: str) -> Unknown | None:
    """Raise NotConserved if a volume is not what was produced; return that it is hidden."""
    made = statement.opened.single(MADE)
    if made is None:
        message = f"how much was produced is hidden, which the volume of {what} is"
        return Unknown(message, Unseen.HIDDEN)
    if Fraction(volume_in(volume, unit, made["unit"])) != exact(made["value"]):
        message = f"the volume of {what} is not what was produced"
        raise NotConserved(message)
    return None
