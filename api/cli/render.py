"""A report in text, made from its JSON: the footprint, the checks, both coverages, the verdict."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_WORDS: Final = {
    "passed": "PASS",
    "failed": "FAIL",
    "not_checked": "????",
    "not_applicable": "n/a ",
}
MOST_EXPLAINED: Final = 50
_OPEN: Final = 5
_HOW: Final = {
    "recomputed": "recomputed here",
    "assured": "assured though hidden",
    "signed": "only signed",
    "unsigned": "unsigned or published figure",
}


def report_text(
    report: Mapping[str, Any], explain: int | None = None, most: int = MOST_EXPLAINED
) -> str:
    """Return the whole text.

    ``explain`` adds that check of every statement with both values, as a tree of ``most`` rows.
    """
    report = plain(report)
    lines = [*_totals(report), *_subject_checks(report), *_table(report)]
    if explain is not None:
        lines += ["", *_explained(report, explain, most)]
    lines += ["", *_coverage(report), *_notices(report), *_open(report), verdict_line(report)]
    return "\n".join(lines)


def plain(value: Any) -> Any:
    """Return a JSON value whose texts can't steer a terminal or begin a line of their own."""
    if isinstance(value, str):
        return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in value)
    if isinstance(value, dict):
        return {name: plain(member) for name, member in value.items()}
    return [plain(member) for member in value] if isinstance(value, list) else value


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: 1 tier, 2 tiers."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


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
        f"third-party assurance: {report['assurance']}",
    ]
    if report["coverage"] is not None:
        parts.append(f"primary data {_percent(report['coverage']['data']['primary'])}")
    parts.append(f"status as of {report['statusAsOf']}")
    if report["chain"]["test"]:
        parts.append(f"TEST CHAIN {report['chain']['id']}")
    return " · ".join(parts)


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
    name = f"{_WORDS[check['state']]} {check['number']} {check['name']:<11}"
    return f"{name} {check.get('reason', '')}".rstrip()


def _table(report: Mapping[str, Any]) -> Iterator[str]:
    statements = report["statements"]
    if not statements:
        return
    tiers = 1 + max(statement["depth"] for statement in statements)
    issuers = len({statement["issuer"] for statement in statements})
    kinds = Counter(statement["kind"] for statement in statements)
    of_kind = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items(), key=str))
    read = counted(len(statements), "statement")
    yield ""
    yield f"All {read} ({of_kind}) of {counted(issuers, 'organisation')}, {counted(tiers, 'tier')}"
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
    room = max(0, most - sum(check["state"] != "passed" for _, check in rows))
    left = 0
    for statement, check in rows:
        if check["state"] == "passed" and not room:
            left += 1
            continue
        room -= check["state"] == "passed"
        indent = "  " * statement["depth"]
        name = f"[{statement['path'][-1]}] " if statement["path"] else ""
        yield f"{indent}{name}{_check_line(check)}"
        yield from (f"{indent}       {line}" for line in _both(check))
    if left:
        yield f"... and {left} more that passed (--nodes shows more of them)"
    repeat = next((check["compared"]["repeat"] for _, check in rows if "compared" in check), None)
    if repeat is not None:
        yield f"To repeat it: {repeat}."


def _both(check: Mapping[str, Any]) -> Iterator[str]:
    compared: Mapping[str, Any] = check.get("compared", {})
    for label in ("claimed", "found"):
        if label in compared:
            yield f"{label}: {compared[label]['value']}   ({compared[label]['from']})"


def _coverage(report: Mapping[str, Any]) -> Iterator[str]:
    if report["coverage"] is None:
        yield "Coverage   not applicable"
        return
    checked, data = report["coverage"]["checked"], report["coverage"]["data"]
    how = " · ".join(f"{_HOW[name]} {_percent(share)}" for name, share in checked.items())
    yield f"How checked  {how}"
    yield "What data    " + " · ".join(f"{name} {_percent(share)}" for name, share in data.items())
    yield (
        "             What was recomputed is arithmetic; what a meter showed, only an auditor saw."
    )


def _notices(report: Mapping[str, Any]) -> Iterator[str]:
    seen = Counter(notice for statement in report["statements"] for notice in statement["notices"])
    for notice, count in sorted(seen.items()):
        yield f"Notice     {notice}" + (f" ({count} statements)" if count > 1 else "")


def _open(report: Mapping[str, Any]) -> Iterator[str]:
    reasons = report["notChecked"]
    for reason in reasons[:_OPEN]:
        yield f"Not checked  {reason}"
    if len(reasons) > _OPEN:
        yield f"Not checked  ... and {len(reasons) - _OPEN} more, all in --format json"


def _decided(check: Mapping[str, Any]) -> str:
    where = f" of {' > '.join(check['path'])}" if check["path"] else " of the file"
    compared = check.get("compared")
    both = (
        f" (claimed: {compared['claimed']['value']}; found: {compared['found']['value']})"
        if compared
        else ""
    )
    return f"check {check['number']} {check['name']}{where}: {check['reason']}{both}"


def _percent(share: str) -> str:
    return f"{share.rstrip('0').rstrip('.') if '.' in share else share} %"
