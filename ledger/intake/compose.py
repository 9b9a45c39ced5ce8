"""Composing: an inventory and the signed statements it cites become a draft with exact totals.

The same functions of calc that check 8 recomputes with are used here, so a draft that comes out
is one that verifies.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from calc.compatibility import transmission_counted_twice, why_incompatible
from calc.lines import line_result
from calc.rounding import decimal_text, half_up
from calc.totals import FOSSIL, Totals, totals
from calc.uncertainty import GSD_PLACES, from_pedigree
from ledger.core.encoding import digest_text
from ledger.core.errors import Refused
from ledger.core.schema import footprint, hidden
from ledger.core.schema.kinds import FOOTPRINT
from ledger.core.sdjwt import decoy, placeholder
from ledger.core.tables import tables
from ledger.intake.citing import cited_statements
from ledger.intake.identities import require_identities
from ledger.intake.placing import placed
from ledger.walk import figures
from ledger.walk.gases import composed_gases
from ledger.walk.uncertainty import composed_uncertainty

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from calc.lines import Cited
    from ledger.core.statement import Statement
    from ledger.intake.inventory import Inventory

Resolve = Callable[[str], "Statement"]
_RATINGS = ("technologicalDQR", "geographicalDQR", "temporalDQR")


def compose(inventory: Inventory, issuer: str, resolve: Resolve) -> dict[str, Any]:
    """Return a draft for ``ledger.core.seal.seal``, by the base compatibility table alone.

    ``resolve`` gives the signed statement behind an input's name. Raises what that raises, Refused
    or CalculationError, with the place, the line's number and description, and what to do.
    """
    subject = dict(inventory.subject)
    if inventory.lines:
        subject = _composed(inventory, subject, resolve)
    else:
        with placed(inventory.where):
            _require_no_product(subject)
            _require_well_formed(subject)
    return {
        "type": FOOTPRINT,
        "issuer": issuer,
        "validFrom": inventory.valid_from,
        "validUntil": inventory.valid_until,
        "credentialSubject": subject,
    }


def _composed(inventory: Inventory, subject: dict[str, Any], resolve: Resolve) -> dict[str, Any]:
    cited = cited_statements(inventory, resolve)
    written = [_written(inventory, number, other) for number, other in enumerate(cited)]
    lines = [
        figures.line(value, _upstream(other)) for value, other in zip(written, cited, strict=True)
    ]
    results = []
    for number, line in enumerate(lines):
        place = inventory.place(number)
        with placed(place):
            result = line_result(line, figures.unit_table(), tables().gwp, inventory.line_digits)
            written[number]["result"] = {
                name: decimal_text(value) for name, value in result.items()
            }
        hidden.line({**written[number], "line": number}, place)
        results.append(result)
    with placed(inventory.where):
        total = totals(lines, results, digits=inventory.digits, line_digits=inventory.line_digits)
        composed = _with_totals(inventory, subject, total)
        composed["inventory"] = written
        composed["stages"] = {name: decimal_text(value) for name, value in total.stages.items()}
        gases = composed_gases(lines, results, cited, inventory.line_digits)
        if gases is not None:
            composed["gases"] = gases
        uncertainty = composed_uncertainty(written, lines, results, cited, total.excluding)
        if uncertainty is not None:
            composed["uncertainty"] = uncertainty
        require_identities(composed)
        _require_well_formed(composed)
    _check_compatible(inventory, composed, cited)
    return composed


def _require_no_product(subject: Mapping[str, Any]) -> None:
    if subject.get("role") == "product":
        message = "a product has no line in its inventory, so there is nothing to compose"
        raise Refused(message, remedy="list its inputs and emissions under inventory")


def _written(inventory: Inventory, number: int, cited: Statement | None) -> dict[str, Any]:
    """Return the line as it will be signed, still without its result."""
    value, place = inventory.lines[number], inventory.place(number)
    units = figures.unit_table()
    source = dict(value["source"])
    with placed(place):
        amount = {**value["amount"], "unit": units.named(value["amount"]["unit"])}
        if "per" in source:
            source["per"] = units.named(source["per"])
    if cited is not None:
        own = {"issuer": cited.issuer, "productId": cited.subject["productIds"][0]}
        digest = digest_text(cited.digest)
        if "emission" in source:
            source = {"emission": source["emission"], "factor": digest, **own}
        else:
            source = {"statement": digest, **own}
    line = {**value, "amount": amount, "source": source}
    if "pedigree" in line:
        with placed(place):
            line["uncertainty"] = _spread(line.pop("pedigree"), amount["value"])
    # Judged before it is computed with, by the rule it will be read with.
    hidden.line({**line, "line": number, "result": {FOSSIL: "0"}}, place)
    return line


def _spread(pedigree: Mapping[str, Any], amount: str) -> dict[str, str]:
    """Return the spread of an amount with these pedigree scores, GSD to four places."""
    found = from_pedigree(
        tables().pedigree, pedigree["version"], pedigree["basic"], pedigree["scores"]
    )
    gsd = half_up(Fraction(math.exp(found.parameters[0])), GSD_PLACES)
    return {
        "distribution": found.distribution,
        "statedValue": amount,
        "geometricStandardDeviation": decimal_text(gsd),
    }


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


def _require_well_formed(subject: Mapping[str, Any]) -> None:
    """Judge every open member as a verifier will, with slots in place of what will be hidden."""
    slot = placeholder(decoy())
    clear = {name: value for name, value in subject.items() if name not in footprint.HIDDEN}
    if "inventory" in subject:
        clear |= {"inventory": [slot] * footprint.MIN_SLOTS, "inventoryShape": [slot]}
    footprint.subject(clear, "the footprint")


def _check_compatible(
    inventory: Inventory, subject: Mapping[str, Any], cited: Sequence[Statement | None]
) -> None:
    rule, own = tables().rule, figures.terms(subject)
    for number, (value, other) in enumerate(zip(inventory.lines, cited, strict=True)):
        if other is None:
            continue
        why = why_incompatible(
            rule, own, figures.terms(other.subject), emission="emission" in value["source"]
        )
        if why is not None:
            message = f"{inventory.place(number)}: what it cites does not fit: {why}"
            raise Refused(message, remedy="cite a footprint that fits, or state the line otherwise")
    if transmission_counted_twice(rule, [figures.terms(o.subject) for o in cited if o is not None]):
        message = "transmission is added to electricity that already includes it"
        with placed(inventory.where):
            raise Refused(message, remedy="leave out one of the two lines")


def _version() -> str:
    try:
        return version("rootprint")
    except PackageNotFoundError:
        return "from source"
