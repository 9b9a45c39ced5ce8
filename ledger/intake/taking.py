"""One line as it is composed: what it cites, what will be signed of it, what it comes to.

Nothing is raised for a faulty line: its faults are noted with their places, and the next line is
looked at.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from rootprint.calc.columns import FOSSIL
from rootprint.calc.compatibility import UNSTATED, Terms, why_incompatible
from rootprint.calc.lines import exact_result
from rootprint.calc.rounding import decimal_text, half_up
from rootprint.calc.uncertainty import GSD_PLACES, from_pedigree
from rootprint.ledger import figures
from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.schema.footprint import MIN_LINE_DIGITS
from rootprint.ledger.core.schema.kinds import CLAIM
from rootprint.ledger.core.schema.names import REPORT_OF
from rootprint.ledger.core.schema.rules import MAX_SIGNIFICANT_DIGITS, is_decimal
from rootprint.ledger.core.tables import tables
from rootprint.ledger.intake.citing import cited_record, cited_statement
from rootprint.ledger.intake.inventory.lines import CO2_APART
from rootprint.ledger.intake.inventory.masses import named_masses
from rootprint.ledger.intake.lawful import check_line
from rootprint.ledger.intake.signedform import signed_amount, signed_source
from rootprint.ledger.verify.rulings import bounds

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from rootprint.calc.lines import Line
    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.intake.inventory import Inventory
    from rootprint.ledger.intake.linefaults import LineFaults
    from rootprint.ledger.intake.resolving import Resolve

_NOTHING = {FOSSIL: "0"}
_STAND_IN = {"gas": "CO2", "set": "AR6"}
_OTHER = "cite a footprint that fits, or state the line otherwise"


@dataclass(frozen=True)
class Taken:
    """A line as it will be signed, as it is calculated with, and its result, shown and exact."""

    written: Mapping[str, Any]
    line: Line
    result: Mapping[str, Decimal]
    exact: Mapping[str, Fraction]
    cited: Statement | None


def take(
    inventory: Inventory, number: int, own: Terms, resolve: Resolve, faults: LineFaults
) -> Taken | None:
    """Return the line with this index, or None with its faults noted.

    ``own`` are the terms of the footprint that is composed; its sets are those that its
    ``pcf.ipccCharacterizationFactors`` names, none where it names none.
    """
    value, cited = _claiming(number, inventory.lines[number], resolve, faults), None
    with faults.at(number, "source", _member(value)):
        cited = cited_statement(inventory, value, resolve)
    if cited is not None:
        _check_fits(number, value, cited, own, faults)
    if cited is not None or not _cites(value):
        terms = None if cited is None else figures.terms(cited.subject)
        check_line(own, number, value, terms, faults)
        _check_sets(number, value, cited, own, faults)
    if number in inventory.partial:
        _check_part(number, value, cited, faults)
        return None
    written = _written(number, value, cited, faults)
    if cited is not None or not _cites(value):
        _check_unit(number, written, cited, faults)
    if not faults.sound(number):
        return None
    line = _line(written, cited, own)
    with faults.at(number, "source", _member(value)):
        exact = exact_result(line, figures.unit_table(), tables().gwp)
        result = {name: half_up(one, inventory.line_digits) for name, one in exact.items()}
        written["result"] = {name: decimal_text(one) for name, one in result.items()}
        _check_result(number, written, inventory.line_digits, faults)
        if faults.sound(number):
            faults.judge(number, written)
        if faults.sound(number):
            _check_stored(number, written, exact, faults)
            _check_streams(number, written, faults)
        return Taken(written, line, result, exact, cited)
    return None


def _claiming(
    number: int, value: Mapping[str, Any], resolve: Resolve, faults: LineFaults
) -> Mapping[str, Any]:
    """Return the line with the digest of the claim that its certificate names."""
    certificate = value.get("certificate", {})
    if "claim" not in certificate:
        return value
    with faults.at(number, "certificate", "claim"):
        claim = digest_text(cited_record(certificate["claim"], resolve, CLAIM).digest)
        return {**value, "certificate": {**certificate, "claim": claim}}
    return value


def _check_stored(
    number: int, written: Mapping[str, Any], exact: Mapping[str, Fraction], faults: LineFaults
) -> None:
    with faults.at(number, "removal", "stored", "unit"):
        fault = bounds.removal_fault(written, exact)
        if fault is not None:
            remedy = "remove no more than what is shown to be stored"
            faults.add(number, ("removal", "stored"), fault, remedy)


def _check_streams(number: int, written: Mapping[str, Any], faults: LineFaults) -> None:
    fault = figures.hidden_co2(written["source"])
    if fault is not None:
        place, what = fault
        faults.add(number, ("source", "balance", place), what, CO2_APART)


def _check_part(
    number: int, value: Mapping[str, Any], cited: Statement | None, faults: LineFaults
) -> None:
    """Judge the unit of a line that is not composed, as its amount is not known."""
    if cited is not None and "amount" in value and faults.sound(number, "amount"):
        units, into = figures.unit_table(), cited.subject["pcf"]["declaredUnitOfMeasurement"]
        with faults.at(number, "amount", "unit"):
            units.factor(units.named(value["amount"]["unit"]), into)


def _check_result(
    number: int, written: Mapping[str, Any], line_digits: int, faults: LineFaults
) -> None:
    """Note a result that is not in the file: it comes from the amount."""
    for name, text in written["result"].items():
        if not is_decimal(text):
            what = f"gives {name} of more than {MAX_SIGNIFICANT_DIGITS} significant digits"
            left = MAX_SIGNIFICANT_DIGITS - len(text.lstrip("-").partition(".")[0])
            remedy = "check amount and unit: no footprint is that large"
            if MIN_LINE_DIGITS <= left < line_digits:
                remedy = f"check amount and unit, or take {left} lineDigits"
            faults.add(number, ("amount", "value"), what, remedy)


def _cites(value: Mapping[str, Any]) -> bool:
    return "input" in value["source"] or "factor" in value["source"]


def _member(value: Mapping[str, Any]) -> str:
    """Return the member of a line's source that says what it takes."""
    return next(
        name
        for name in ("input", "factor", "gas", "published", *figures.COUNTED, "source")
        if name in value["source"] or name == "source"
    )  # fmt: skip


def _written(
    number: int, value: Mapping[str, Any], cited: Statement | None, faults: LineFaults
) -> dict[str, Any]:
    """Return the line as it will be signed, still without its result."""
    source, amount = dict(value["source"]), dict(value["amount"])
    with faults.at(number, "amount", "unit"):
        amount = signed_amount(amount)
    with faults.at(number, "source", "per"):
        source = signed_source(source, cited)
    line = {**value, "amount": amount, "source": source}
    if "stored" in line.get("removal", {}):
        with faults.at(number, "removal", "stored", "unit"):
            stored = signed_amount(dict(line["removal"]["stored"]))
            line["removal"] = {**line["removal"], "stored": stored}
    if "circular" in line:
        with faults.at(number, "circular", "mass", "unit"):
            line["circular"] = named_masses(line["circular"])
    if "pedigree" in line:
        with faults.at(number, "pedigree"):
            line["uncertainty"] = _spread(line.pop("pedigree"), amount["value"])
    # Judged before it is computed with, by the rule it will be read with. What could not be cited
    # is noted already.
    known = _STAND_IN if cited is None and _cites(value) else source
    faults.judge(number, {**line, "source": known, "result": _NOTHING})
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


def _check_unit(
    number: int, written: Mapping[str, Any], cited: Statement | None, faults: LineFaults
) -> None:
    """Note an amount that is in no unit of the kind that its source counts by."""
    source = written["source"]
    counted = [unit for kind, unit in figures.COUNTED.items() if kind in source]
    into = counted[0] if counted else source.get("per", "kilogram")
    if cited is not None:
        into = cited.subject["pcf"]["declaredUnitOfMeasurement"]
    with faults.at(number, "amount", "unit"):
        figures.unit_table().factor(written["amount"]["unit"], into)


def _check_fits(
    number: int, value: Mapping[str, Any], cited: Statement, own: Terms, faults: LineFaults
) -> None:
    """Note what check 7 would find."""
    terms = figures.terms(cited.subject)
    # characterizationSets is computed from the lines, so that it names all of theirs.
    why = why_incompatible(
        tables().rule,
        replace(own, sets=terms.sets),
        terms,
        emission="emission" in value["source"],
    )
    if why is not None:
        faults.add(number, ("source", _member(value)), f"does not fit: {why}", _OTHER)


def _check_sets(
    number: int, value: Mapping[str, Any], cited: Statement | None, own: Terms, faults: LineFaults
) -> None:
    """PACT's own attribute names every set that a line rests on, so that no mix is silent."""
    named = {value["source"].get("set", UNSTATED)}
    rests_on = (named if cited is None else figures.terms(cited.subject).sets) - {UNSTATED}
    left_out = {name for name in rests_on if REPORT_OF[name] not in own.sets}
    if own.sets and left_out:
        listed = ", ".join(sorted(left_out))
        reports = ", ".join(sorted({REPORT_OF[name] for name in left_out}))
        what = f"rests on {listed}, and pcf.ipccCharacterizationFactors leaves out {reports}"
        member = "set" if "set" in value["source"] else _member(value)
        faults.add(number, ("source", member), what, "name every set, or bring all lines to one")


def _line(written: Mapping[str, Any], cited: Statement | None, own: Terms) -> Line:
    if cited is None:
        return figures.line(written, None)
    gap = figures.gap_rating(own.period, figures.period(cited.subject))
    return figures.line(written, figures.cited(cited.subject), gap)
