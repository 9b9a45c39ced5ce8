"""The rows that statements give in the tables of what may exist once: pure readings of them.

A footprint's uses of certificates are read from its open lines; where a line is the share of an
activity, it is the whole activity that is used, once for all co-products that share it (law 4).
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.claims import AS_ROUNDED
from rootprint.calc.sharing import WASTE
from rootprint.ledger.core.encoding import digest_bytes, time_seconds
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.processkey import process_key
from rootprint.ledger.core.schema.kinds import CLAIM, FOOTPRINT, PROCESS, RETIREMENT
from rootprint.ledger.core.spelling import Span, fold, same_urn, spans
from rootprint.ledger.core.tables import tables
from rootprint.ledger.store import ClaimRow, ProcessRow, ProductRow, RangeRow, UseRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from rootprint.ledger.core.statement import Statement

    Find = Callable[[bytes], "Statement | None"]

_MEGAWATT_HOUR: Final = "megawatt hour"


def in_base(amount: Mapping[str, str]) -> tuple[str, Fraction]:
    """Return an amount's dimension and its value in that dimension's base unit. Raises Refused."""
    unit = tables().units["units"].get(amount["unit"])
    if unit is None:
        message = f"unit {amount['unit'][:64]!r} is not in the unit table"
        raise Refused(message, remedy="use a unit's full name, such as megawatt hour")
    return str(unit["dimension"]), Fraction(amount["value"]) * Fraction(unit["factor"])


def derived_row(statement: Statement) -> ProcessRow | ClaimRow | None:
    """Return the row that a record's open members give, None for what gives none."""
    subject = statement.subject
    if statement.kind == PROCESS:
        return ProcessRow(
            statement.digest,
            statement.issuer,
            *process_key(subject),
            time_seconds(subject["periodStart"], what="periodStart"),
            time_seconds(subject["periodEnd"], what="periodEnd"),
        )
    if statement.kind == CLAIM and statement.concerns is not None:
        dimension, amount = in_base(subject["amount"])
        return ClaimRow(statement.digest, statement.issuer, statement.concerns, dimension, amount)
    return None


def range_rows(statement: Statement) -> list[RangeRow]:
    """Return the spans of a retirement record's certificates, none of another statement."""
    if statement.kind != RETIREMENT:
        return []
    registry = fold(statement.subject["registry"])
    found = [span for span, _ in _ranges(statement)]
    return [
        RangeRow(
            statement.digest, number, statement.issuer, registry, stem, len(first), first, last
        )
        for number, (stem, first, last) in enumerate(found)
    ]


def range_written(statement: Statement, number: int) -> str:
    """Return the range that gives the row of that number, as the record writes it."""
    _, each = _ranges(statement)[number]
    return each["from"] if each["from"] == each["to"] else f"{each['from']} to {each['to']}"


def _ranges(statement: Statement) -> list[tuple[Span, Mapping[str, str]]]:
    """Return each span of a retirement record with the range that it is of."""
    return [
        (span, each)
        for each in statement.subject["certificates"]
        for span in spans(each["from"], each["to"])
    ]


def product_rows(statement: Statement) -> list[ProductRow]:
    """Return the products of a process record's open rows, each once; waste is no product."""
    if statement.kind != PROCESS:
        return []
    products = dict.fromkeys(
        same_urn(row["productId"])
        for row in statement.opened.items("allocation").values()
        if "productId" in row and row["method"] != WASTE
    )
    return [ProductRow(statement.digest, product, statement.issuer) for product in products]


def uses(statement: Statement, find: Find) -> Iterator[UseRow]:
    """Yield what the open lines of a footprint take of certificates.

    ``find`` gives the process record that it cites, with what is kept open of it. Raises Refused
    where a line with a certificate is counted in what is no energy.
    """
    if statement.kind != FOOTPRINT:
        return
    cited = statement.subject.get("process")
    record = None if cited is None else find(digest_bytes(cited["record"]))
    activities = {} if record is None else record.opened.items("activities")
    for index, line in statement.opened.lines.items():
        certificate = line.get("certificate")
        if certificate is None:
            continue
        number = line.get("allocation", {}).get("activity")
        shared = record is not None and number is not None
        activity = activities.get(number, line) if shared else line
        times = Fraction(1) if shared else _times_made(statement)
        yield UseRow(
            statement.digest,
            index,
            statement.issuer,
            fold(certificate["registry"]),
            fold(certificate["id"]),
            Fraction(certificate["MWh"]),
            _megawatt_hours(activity["amount"], index) * times,
            digest_bytes(certificate["claim"]) if "claim" in certificate else None,
            record.digest if shared and record is not None else statement.digest,
            number if shared else index,
        )


def _times_made(statement: Statement) -> Fraction:
    """Return how many declared amounts were produced, once where that is hidden or not stated.

    What can't be counted here is not checkable to whoever verifies it (law 4).
    """
    made, pcf = statement.opened.single("producedAmount"), statement.subject["pcf"]
    if made is None:
        return Fraction(1)
    declared = {"value": pcf["declaredUnitAmount"], "unit": pcf["declaredUnitOfMeasurement"]}
    dimension, produced = in_base(made)
    wanted, one = in_base(declared)
    if dimension != wanted or not produced:
        return Fraction(1)
    return produced / one * AS_ROUNDED


def _megawatt_hours(amount: Mapping[str, Any], index: int) -> Fraction:
    dimension, value = in_base(amount)
    wanted, whole = in_base({"value": "1", "unit": _MEGAWATT_HOUR})
    if dimension != wanted:
        message = f"line {index} has a certificate, and is counted in {amount['unit']}"
        raise Refused(message, remedy="give what it takes in kilowatt hours")
    return value / whole


def taken_once(rows: list[UseRow]) -> dict[tuple[bytes, int], UseRow]:
    """Return the uses, of one activity the largest: its co-products use it once."""
    found: dict[tuple[bytes, int], UseRow] = {}
    for row in rows:
        key = (row.source, row.activity)
        if key not in found or row.used > found[key].used:
            found[key] = row
    return found
