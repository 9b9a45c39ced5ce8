"""Law 5, variants: a variant's number is its row of a pool, and the pool is the base number.

Which variants share a pool is in the closed list of reasons: energy attributes, recycled content
and mass balance take from one another; a site or a means of transport takes from none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.errors import CalculationError
from rootprint.calc.laws import Variant, why_not_one_pool
from rootprint.ledger.core.encoding import digest_bytes
from rootprint.ledger.core.schema.kinds import FOOTPRINT, POOL
from rootprint.ledger.figures import NotConserved, exact, unit_table
from rootprint.ledger.verify.laws import Ruling, broken, held, not_checkable
from rootprint.ledger.verify.rulings.records import Record, Unknown, require_record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify.node import Node

LAW: Final = 5
SHARING: Final = frozenset({"energy-attributes", "recycled-content", "mass-balance"})
_TOTAL: Final = "pcfExcludingBiogenicUptake"


def rule(node: Node, statement: Statement, nodes: Mapping[bytes, Node]) -> Ruling:
    """Judge a footprint's variant by its pool, as far as the pool is open."""
    variant = statement.subject.get("variant")
    if variant is None or ("pool" not in variant and variant["reason"] not in SHARING):
        return held(LAW)
    if "pool" not in variant:
        said = "its variant takes from a shared pool and names none"
        return not_checkable(LAW, "its variant names no pool").noting(said)
    digest = digest_bytes(variant["pool"])
    try:
        record = require_record(node, digest, nodes, POOL, "its variant pool")
        pool = record.statement
        pending = require_pool(nodes[digest], pool, nodes) or record.unknown
        _require_row(statement, pool, nodes)
    except Unknown as error:
        return not_checkable(LAW, str(error))
    except CalculationError as error:
        return broken(LAW, str(error.args[0]))
    if not pool.opened.whole("rows", "rowsShape"):
        return not_checkable(LAW, "its variant pool hides rows")
    return held(LAW) if pending is None else not_checkable(LAW, pending)


def require_pool(node: Node, pool: Statement, nodes: Mapping[bytes, Node]) -> str | None:
    """Raise NotConserved if a pool is not of its base number; Unknown where that can't be seen.

    Return what of its base is pending, None where nothing is.
    """
    record = _base(node, pool, nodes)
    base = record.statement
    if "variant" in base.subject:
        message = "the base of its variant pool is a variant itself"
        raise NotConserved(message)
    if pool.subject["product"] not in base.subject["productIds"]:
        message = "its variant pool is of another product than its base"
        raise NotConserved(message)
    if not pool.opened.whole("rows", "rowsShape"):
        return record.unknown
    total = base.subject["pcf"][_TOTAL]
    rows = [_variant(row) for row in pool.opened.items("rows").values()]
    why = why_not_one_pool(rows, exact(total), len(total.partition(".")[2]))
    if why is not None:
        message = f"its variant pool: {why}"
        raise NotConserved(message)
    return record.unknown


def _base(node: Node, pool: Statement, nodes: Mapping[bytes, Node]) -> Record:
    digest = digest_bytes(pool.subject["base"])
    return require_record(node, digest, nodes, FOOTPRINT, "the base of its variant pool")


def _require_row(statement: Statement, pool: Statement, nodes: Mapping[bytes, Node]) -> None:
    subject, code = statement.subject, statement.subject["variant"]["code"]
    if pool.subject["product"] not in subject["productIds"]:
        message = "its variant pool is of another product"
        raise NotConserved(message)
    rows = pool.opened.items("rows").values()
    own = next((row for row in rows if row.get("variant") == code), None)
    if own is None:
        if pool.opened.whole("rows", "rowsShape"):
            message = "its variant pool has no row of its code"
            raise NotConserved(message)
        message = "its row of its variant pool is hidden"
        raise Unknown(message)
    base = nodes[digest_bytes(pool.subject["base"])].statement
    if base is not None and exact(own["value"]) != _per_base(subject["pcf"], base.subject["pcf"]):
        message = "its number is not that of its row of the variant pool"
        raise NotConserved(message)


def _per_base(pcf: Mapping[str, Any], base: Mapping[str, Any]) -> Fraction:
    """Return a footprint's number for the base's declared amount."""
    unit, into = pcf["declaredUnitOfMeasurement"], base["declaredUnitOfMeasurement"]
    amount = exact(pcf["declaredUnitAmount"]) * unit_table().factor(unit, into)
    return exact(pcf[_TOTAL]) * exact(base["declaredUnitAmount"]) / amount


def _variant(row: Mapping[str, Any]) -> Variant:
    return Variant(row.get("variant"), exact(row["volume"]), exact(row["value"]))
