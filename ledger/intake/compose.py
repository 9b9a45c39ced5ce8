"""Composing: an inventory and the signed statements it cites become a draft with exact totals.

The same functions of calc that check 8 recomputes with are used here, so a draft that comes out
is one that verifies.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from calc.compatibility import transmission_counted_twice, why_incompatible
from calc.errors import CalculationError
from calc.lines import line_result
from calc.rounding import decimal_text
from calc.totals import Totals, totals
from ledger.core.encoding import digest_text
from ledger.core.errors import Refused
from ledger.core.schema.kinds import FOOTPRINT
from ledger.core.tables import tables
from ledger.walk import figures

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from calc.lines import Cited
    from ledger.core.statement import Statement
    from ledger.intake.inventory import Inventory

Resolve = Callable[[str], "Statement"]
_RATINGS = ("technologicalDQR", "geographicalDQR", "temporalDQR")


def compose(inventory: Inventory, issuer: str, resolve: Resolve) -> dict[str, Any]:
    """Return a draft for ``ledger.core.seal.seal``.

    ``resolve`` gives the signed statement behind an input's name. Raises Refused or
    CalculationError with the line's number and description and what to do.
    """
    subject = dict(inventory.subject)
    if inventory.lines:
        subject = _composed(inventory, subject, resolve)
    return {
        "type": FOOTPRINT,
        "issuer": issuer,
        "validFrom": inventory.valid_from,
        "validUntil": inventory.valid_until,
        "credentialSubject": subject,
    }


def _composed(inventory: Inventory, subject: dict[str, Any], resolve: Resolve) -> dict[str, Any]:
    cited = [_resolve(value, number, resolve) for number, value in enumerate(inventory.lines)]
    written = [
        _written(value, other, number)
        for number, (value, other) in enumerate(zip(inventory.lines, cited, strict=True))
    ]
    lines = [
        figures.line(value, _upstream(other)) for value, other in zip(written, cited, strict=True)
    ]
    results = []
    for number, line in enumerate(lines):
        try:
            result = line_result(line, figures.unit_table(), tables().gwp, inventory.line_digits)
        except CalculationError as error:
            message = f"{_place(number, written[number])}: {error}"
            raise type(error)(message) from error
        written[number]["result"] = {name: decimal_text(value) for name, value in result.items()}
        results.append(result)
    total = totals(lines, results, digits=inventory.digits, line_digits=inventory.line_digits)
    composed = _with_totals(inventory, subject, total)
    composed["inventory"] = written
    composed["stages"] = {name: decimal_text(value) for name, value in total.stages.items()}
    _check_compatible(composed, written, cited)
    return composed


def _resolve(value: Mapping[str, Any], number: int, resolve: Resolve) -> Statement | None:
    name = value["source"].get("input") or value["source"].get("factor")
    if name is None:
        return None
    statement = resolve(name)
    if statement.kind != FOOTPRINT:
        message = f"{_place(number, value)}: {name} is not a footprint"
        raise Refused(message)
    return statement


def _written(value: Mapping[str, Any], cited: Statement | None, number: int) -> dict[str, Any]:
    """Return the line as it will be signed, still without its result."""
    units = figures.unit_table()
    source = dict(value["source"])
    try:
        amount = {**value["amount"], "unit": units.named(value["amount"]["unit"])}
        if "per" in source:
            source["per"] = units.named(source["per"])
    except CalculationError as error:
        message = f"{_place(number, value)}: {error}"
        raise type(error)(message) from error
    if cited is not None:
        own = {"issuer": cited.issuer, "productId": cited.subject["productIds"][0]}
        digest = digest_text(cited.digest)
        if "emission" in source:
            source = {"emission": source["emission"], "factor": digest, **own}
        else:
            source = {"statement": digest, **own}
    return {**value, "amount": amount, "source": source}


def _upstream(cited: Statement | None) -> Cited | None:
    return None if cited is None else figures.cited(cited.subject)


def _with_totals(inventory: Inventory, subject: Mapping[str, Any], total: Totals) -> dict[str, Any]:
    if not isinstance(subject.get("pcf"), dict):
        message = "the inventory has no pcf member with declared unit, period and geography"
        raise Refused(message)
    pcf = {
        **subject["pcf"],
        "pcfExcludingBiogenicUptake": decimal_text(total.excluding),
        "pcfIncludingBiogenicUptake": decimal_text(total.including),
        **{name: decimal_text(value) for name, value in total.components.items()},
        "primaryDataShare": (
            "0" if subject.get("role") == "factor" else decimal_text(total.primary_share)
        ),
    }
    if total.quality is not None:
        pcf["dqi"] = {
            name: decimal_text(value) for name, value in zip(_RATINGS, total.quality, strict=True)
        }
    base = tables()
    return {
        **subject,
        "pcf": pcf,
        "characterizationSets": [
            {"set": name, "share": decimal_text(share)} for name, share in total.sets.items()
        ],
        "computedWith": {
            "rule": {"id": base.rule["id"], "digest": base.rule_digest},
            "tables": base.digest,
            "lineDigits": inventory.line_digits,
            "digits": inventory.digits,
            "tool": f"rootprint {_version()}",
        },
    }


def _check_compatible(
    subject: Mapping[str, Any],
    written: Sequence[Mapping[str, Any]],
    cited: Sequence[Statement | None],
) -> None:
    rule, own = tables().rule, figures.terms(subject)
    for number, (value, other) in enumerate(zip(written, cited, strict=True)):
        if other is None:
            continue
        why = why_incompatible(
            rule, own, figures.terms(other.subject), emission="emission" in value["source"]
        )
        if why is not None:
            message = f"{_place(number, value)}: what it cites does not fit: {why}"
            raise Refused(message, remedy="cite a footprint that fits, or state the line otherwise")
    if transmission_counted_twice(rule, [figures.terms(o.subject) for o in cited if o is not None]):
        message = "transmission is added to electricity that already includes it"
        raise Refused(message, remedy="leave out one of the two lines")


def _place(number: int, value: Mapping[str, Any]) -> str:
    return f"line {number + 1} ({value['description']})"


def _version() -> str:
    try:
        return version("rootprint")
    except PackageNotFoundError:
        return "from source"
