"""A report in text, made from its JSON: the footprint, the checks, both coverages, the verdict."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from rootprint.api.cli.words import HOW_CHECKED, KINDS, STATES, compared_with
from rootprint.calc.rounding import decimal_text, half_up
from rootprint.ledger.core.schema.kinds import ASSURANCE
from rootprint.ledger.verify import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_EXPLAINED: Final = 50
_OPEN: Final = 5
_COVERED: Final = (7, 8)  # what an assurance that included the inventory stands in for
_ASSURED: Final = 9
_LAWS_SHOWN: Final = ("broken", "not checkable")


def report_text(
    report: Mapping[str, Any], explain: int | None = None, most: int = MOST_EXPLAINED
) -> str:
    """Return the whole text.

    ``explain`` adds that check of every statement with both values, as a tree of ``most`` rows.
    """
    report = plain(report)
    lines = [*_totals(report), *_subject_checks(report), *_table(report), *_laws(report)]
    if explain is not None:
        lines += ["", *_explained(report, explain, most)]
    lines += ["", *_coverage(report), *_hidden(report), *_notices(report), *_open(report)]
    return "\n".join([*lines, verdict_line(report)])


def plain(value: Any) -> Any:
    """Return a JSON value whose texts can't steer a terminal or begin a line of their own."""
    if isinstance(value, str):
        return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in value)
    if isinstance(value, dict):
        return {name: plain(member) for name, member in value.items()}
    return [plain(member) for member in value] if isinstance(value, list) else value


def verdict_line(report: Mapping[str, Any]) -> str:
    """Return the last line: what was verified and what not, or what decided against it."""
    report = plain(report)
    if report["verdict"] == "failed":
        return f"FAILED {_decided(report['decidedBy'])}"
    if report["verdict"] == "incomplete":
        count = counted(len(report["notChecked"]), "required check")
        return f"INCOMPLETE {count} could not be made: {report['notChecked'][0]}"
    own = {check["number"]: check["state"] for check in report["statements"][0]["checks"]}
    parts = [
        "VERIFIED signatures, log, anchor, "
        + ("arithmetic" if own[8] == "passed" else "not the subject's own arithmetic"),
        *_taken_off(report["totals"]),
        f"third-party assurance: {report['assurance']}",
    ]
    if report["coverage"] is not None:
        parts.append(f"primary data {_percent(report['coverage']['data']['primary'])}")
    parts.append(f"status as of {report['statusAsOf']}")
    if report["chain"]["test"]:
        parts.append(f"TEST CHAIN {report['chain']['id']}")
    return " · ".join(parts)


def _taken_off(totals: Mapping[str, Any] | None) -> Iterator[str]:
    """Yield what of the total is taken off its gross: who reads one line only must see that."""
    if totals is None:
        return
    emitted = Fraction(totals["gross"])
    taken = {name: -Fraction(totals[name]) for name in ("removals", "credits")}
    parts = [
        f"{name} −{_off(value, emitted, totals['unit'])}" for name, value in taken.items() if value
    ]
    if parts:
        yield " · ".join(parts) + (" of the gross" if emitted > 0 else ", gross not above zero")
    if Fraction(totals["pcfExcludingBiogenicUptake"]) < 0:
        yield "net negative"


def _off(taken: Fraction, emitted: Fraction, unit: str) -> str:
    if emitted <= 0:
        return f"{decimal_text(half_up(taken, 2))} {unit}"
    share = half_up(100 * taken / emitted, 2)
    return _percent(decimal_text(share)) if share else "<0.01 %"


def footprint_line(totals: Mapping[str, Any]) -> str:
    """Return the number as it may stand: with unit, declared unit, boundary, period, method."""
    return (
        f"{totals['pcfExcludingBiogenicUptake']} {totals['unit']} per "
        f"{totals['declaredUnitAmount']} {totals['declaredUnitOfMeasurement']}, "
        f"{totals['boundary']}, {totals['referencePeriodStart'][:10]} to "
        f"{totals['referencePeriodEnd'][:10]}, excluding biogenic uptake"
    )


def _totals(report: Mapping[str, Any]) -> Iterator[str]:
    totals = report["totals"]
    if totals is None:
        return
    yield f"Footprint  {footprint_line(totals)}"
    yield f"           including biogenic uptake {totals['pcfIncludingBiogenicUptake']}"
    if any(Decimal(totals[name]) for name in ("removals", "credits")):
        yield (
            f"           gross {totals['gross']}, removals {totals['removals']},"
            f" credits {totals['credits']}"
        )
    yield f"Product    {totals['product']} ({', '.join(totals['productIds'])})"
    legal_name = report["statements"][0]["legalName"] or "name not checked"
    yield f"Issuer     {legal_name}, {totals['issuer']}"
    yield f"Statement  {report['subject']}"
    yield ""


def _subject_checks(report: Mapping[str, Any]) -> Iterator[str]:
    own = report["statements"][0]["checks"] if report["statements"] else []
    for check in (*report["checks"], *own):
        yield _check_line(check)


def _check_line(check: Mapping[str, Any]) -> str:
    name = f"{STATES[check['state']]} {check['number']} {check['name']:<11}"
    return f"{name} {check.get('reason', '')}".rstrip()


def _table(report: Mapping[str, Any]) -> Iterator[str]:
    statements = report["statements"]
    if not statements:
        return
    tiers = 1 + max(statement["depth"] for statement in statements)
    issuers = len({statement["issuer"] for statement in statements})
    kinds = Counter(statement["kind"] for statement in statements)
    of_kind = ", ".join(counted(kinds[kind], noun) for kind, noun in KINDS.items() if kinds[kind])
    read = f"{'All ' if len(statements) > 1 else ''}{counted(len(statements), 'statement')}"
    yield ""
    yield f"{read} ({of_kind}) of {counted(issuers, 'organisation')}, {counted(tiers, 'tier')}"
    yield "check           passed  failed  not checked  not applicable"
    counts = Counter(
        (check["number"], check["name"], check["state"])
        for statement in statements
        for check in statement["checks"]
    )
    for number, name in sorted({key[:2] for key in counts}):
        row = [counts[number, name, state] for state in
               ("passed", "failed", "not_checked", "not_applicable")]  # fmt: skip
        yield f"{number} {name:<13}{row[0]:>7} {row[1]:>7} {row[2]:>12} {row[3]:>15}"


def _laws(report: Mapping[str, Any]) -> Iterator[str]:
    """Yield one line where an accounting law is broken or could not be checked."""
    found = Counter(
        (state, law)
        for statement in report["statements"]
        for law, state in statement.get("laws", {}).items()
        if state in _LAWS_SHOWN
    )
    shown = []
    for state in _LAWS_SHOWN:
        laws = [f"{law} ({counted(found[state, law], 'statement')})"
                for law in sorted({law for one, law in found if one == state})]  # fmt: skip
        if laws:
            shown.append(f"{state}: {', '.join(laws)}")
    if shown:
        yield f"Laws  {' · '.join(shown)}"


def _explained(report: Mapping[str, Any], number: int, most: int) -> Iterator[str]:
    """Yield that check of every statement as a tree; those that did not pass are never cut off."""
    rows = [
        (statement, check)
        for statement in report["statements"]
        for check in statement["checks"]
        if check["number"] == number
    ]
    if number == 0:
        rows = [({"depth": 0, "path": []}, report["checks"][0])]
    rows.sort(key=lambda row: row[0]["path"])
    left = max(0, most - sum(check["state"] != "passed" for _, check in rows))
    omitted = 0
    for statement, check in rows:
        if check["state"] == "passed" and not left:
            omitted += 1
            continue
        left -= check["state"] == "passed"
        indent = "  " * statement["depth"]
        name = f"[{statement['path'][-1]}] " if statement["path"] else ""
        yield f"{indent}{name}{_check_line(check)}"
        yield from (f"{indent}       {line}" for line in _both(check))
    if omitted:
        yield f"... and {omitted} more that passed (--nodes shows more of them)"
    repeat = next((check["compared"]["repeat"] for _, check in rows if "compared" in check), None)
    if repeat is not None:
        yield f"To repeat it: {repeat}."


def _both(check: Mapping[str, Any]) -> Iterator[str]:
    compared: Mapping[str, Any] = check.get("compared", {})
    for name, label in (("claimed", compared_with(check["number"])), ("found", "found")):
        if name in compared:
            yield f"{label}: {compared[name]['value']}   ({compared[name]['from']})"


def _coverage(report: Mapping[str, Any]) -> Iterator[str]:
    if report["coverage"] is None:
        yield "Coverage   not applicable"
        return
    checked, data = report["coverage"]["checked"], report["coverage"]["data"]
    how = " · ".join(f"{HOW_CHECKED[name]} {_percent(share)}" for name, share in checked.items())
    yield f"How checked  {how}"
    yield "What data    " + " · ".join(f"{name} {_percent(share)}" for name, share in data.items())
    off = report["coverage"].get("takenOff")
    if off is not None:
        shares = (f"{HOW_CHECKED[name]} {_percent(share)}" for name, share in off.items())
        yield f"Taken off    {' · '.join(shares)}"
    none = ", and none has" if report["assurance"] == "none" else ""
    yield (
        "             What was recomputed is arithmetic;"
        f" what a meter showed, only an auditor can see{none}."
    )


def _hidden(report: Mapping[str, Any]) -> Iterator[str]:
    """Yield what of a verified report was not checked, and on whose word it stands."""
    if report["verdict"] != "verified":
        return
    covered = [(one, numbers) for one in report["statements"] if (numbers := _unmade(one))]
    for statement, numbers in covered[:_OPEN]:
        stand = "check {} stands" if len(numbers) == 1 else "checks {} stand"
        checks = stand.format(", ".join(map(str, numbers)))
        who = ", ".join(_auditors(report, statement))
        yield f"Hidden  {statement['path'][-1]}: {checks} on the assurance of {who}"
    if len(covered) > _OPEN:
        yield f"Hidden  ... and {len(covered) - _OPEN} more, all in --format json"


def _unmade(statement: Mapping[str, Any]) -> list[int]:
    states = {check["number"]: check["state"] for check in statement["checks"]}
    return [number for number in _COVERED if states.get(number) == "not_checked"]


def _auditors(report: Mapping[str, Any], statement: Mapping[str, Any]) -> list[str]:
    """Return who assured a statement, its inventory included: legal names where they are known."""
    said = next(check["reason"] for check in statement["checks"] if check["number"] == _ASSURED)
    names: dict[str, str | None] = {}
    for one in report["statements"]:
        if one["kind"] == ASSURANCE and f" by {one['issuer']}, inventory included" in said:
            names[one["issuer"]] = names.get(one["issuer"]) or one["legalName"]
    return [name or did for did, name in names.items()]


def _notices(report: Mapping[str, Any]) -> Iterator[str]:
    seen = Counter(notice for statement in report["statements"] for notice in statement["notices"])
    for notice, count in sorted(seen.items()):
        yield f"Notice     {notice}" + (f" ({counted(count, 'statement')})" if count > 1 else "")


def _open(report: Mapping[str, Any]) -> Iterator[str]:
    """Yield what was not checked; of an incomplete report the last line says the first."""
    shown = 1 if report["verdict"] == "incomplete" else 0
    reasons = report["notChecked"][shown:]
    for reason in reasons[:_OPEN]:
        yield f"Not checked  {reason}"
    if len(reasons) > _OPEN:
        yield f"Not checked  ... and {len(reasons) - _OPEN} more, all in --format json"


def _decided(check: Mapping[str, Any]) -> str:
    where = f" of {' > '.join(check['path'])}" if check["path"] else " of the file"
    compared = check.get("compared")
    both = (
        f" ({compared_with(check['number'])}: {compared['claimed']['value']}; "
        f"found: {compared['found']['value']})"
        if compared
        else ""
    )
    return f"check {check['number']} {check['name']}{where}: {check['reason']}{both}"


def _percent(share: str) -> str:
    return f"{share.rstrip('0').rstrip('.') if '.' in share else share} %"
