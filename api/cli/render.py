"""A report in text, made from its JSON: the footprint, the checks, both coverages, the verdict."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from rootprint.api.cli.terminal import plain
from rootprint.api.cli.words import HOW_CHECKED, KINDS, STATES, WHO_STANDS
from rootprint.ledger.core.schema.kinds import ASSURANCE
from rootprint.ledger.verify import TAKEN_OFF, compared_with, counted, percent
from rootprint.ledger.verify import verdict_line as _verdict_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rootprint.api.cli.lines import WorkedLines

MOST_EXPLAINED: Final = 50
_OPEN: Final = 5
_COVERED: Final = (5, 7, 8, 10)  # what an assurance that included the inventory stands in for
_STATUS: Final = 5
_OF_POOLS: Final = 5  # the law of check 5 that an assurance can stand in for
_LAWS_SHOWN: Final = ("broken", "not checkable")


def report_text(
    report: Mapping[str, Any],
    explain: int | None = None,
    most: int = MOST_EXPLAINED,
    worked: WorkedLines | None = None,
) -> str:
    """Return the whole text.

    ``explain`` adds that check of every statement with both values, as a tree of ``most`` rows, and
    beneath each of them its lines of ``worked``.
    """
    report = plain(report)
    if report["verdict"] == "not_readable":
        return verdict_line(report)
    lines = [*_totals(report), *_subject_checks(report), *_table(report), *_laws(report)]
    if explain is not None:
        lines += ["", *_explained(report, explain, most, worked)]
    lines += ["", *_coverage(report), *_hidden(report), *_notices(report), *_open(report)]
    return "\n".join([*lines, verdict_line(report)])


def verdict_line(report: Mapping[str, Any]) -> str:
    """Return the last line; no text in it steers a terminal or begins a line of its own."""
    return _verdict_line(plain(report))


def footprint_line(totals: Mapping[str, Any]) -> str:
    """Return the number as it may stand: with unit, declared unit, boundary, period, method."""
    return (
        f"{totals['pcfExcludingBiogenicUptake']} {totals['unit']} per "
        f"{totals['declaredUnitAmount']} {totals['declaredUnitOfMeasurement']}, "
        f"{''.join(f'{one}, ' for one in totals['qualifiers'])}"
        f"{totals['boundary']}, {totals['referencePeriodStart'][:10]} to "
        f"{totals['referencePeriodEnd'][:10]}, excluding biogenic uptake"
    )


def _totals(report: Mapping[str, Any]) -> Iterator[str]:
    totals = report["totals"]
    if totals is None:
        return
    yield f"Footprint  {footprint_line(totals)}"
    yield f"           including biogenic uptake {totals['pcfIncludingBiogenicUptake']}"
    if any(Decimal(totals[name]) for name in TAKEN_OFF):
        shown = ", ".join(f"{word} {totals[name]}" for name, word in TAKEN_OFF.items())
        net = f"{totals['pcfExcludingBiogenicUptake']} {totals['unit']}"
        yield f"           gross {totals['gross']}, {shown}, net {net}"
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
    label = f"{check['number']} {check['name']}"
    name = f"{STATES[check['state']]} {label:<13}"
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
        yield f"{f'{number} {name}':<15}{row[0]:>7} {row[1]:>7} {row[2]:>12} {row[3]:>15}"


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


def _explained(
    report: Mapping[str, Any], number: int, most: int, worked: WorkedLines | None
) -> Iterator[str]:
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
        if worked is not None:
            yield from (f"{indent}       {line}" for line in worked.of(statement["digest"]))
    if omitted:
        yield f"... and {omitted} more that passed (--nodes shows more of them)"
    if worked is not None:
        yield from worked.rest()
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
    how = " · ".join(f"{HOW_CHECKED[name]} {percent(share)}" for name, share in checked.items())
    yield f"How checked  {how}"
    yield "What data    " + " · ".join(f"{name} {percent(share)}" for name, share in data.items())
    who = report["coverage"]["assurance"]
    yield "Who assured  " + " · ".join(f"{name} {percent(share)}" for name, share in who.items())
    for body in report["assurance"]["bodies"]:
        yield f"             {body['did']}, accreditation {body['accreditation']}"
    yield from _standing(report)
    off = report["coverage"].get("takenOff")
    if off is not None:
        shares = (f"{HOW_CHECKED[name]} {percent(share)}" for name, share in off.items())
        yield f"Taken off    {' · '.join(shares)}"
        standing = report["coverage"]["takenOffStanding"].items()
        yield "             standing " + " · ".join(
            f"{WHO_STANDS[name]} {percent(share)}" for name, share in standing
        )
    none = "" if report["assurance"]["bodies"] else ", and none has"
    yield (
        "             What was recomputed is arithmetic;"
        f" what a meter showed, only an auditor can see{none}."
    )


def _standing(report: Mapping[str, Any]) -> Iterator[str]:
    """Yield how much rests on issuers, and was assured by bodies, who are no longer admitted."""
    coverage, gone = report["coverage"], report["noLongerAdmitted"]
    for label, part, who in (
        ("Assured by", "bodies", gone["bodies"]),
        ("Standing", "standing", gone["issuers"]),
    ):
        if who or part == "standing":
            shares = coverage[part].items()
            yield f"{label:<13}" + " · ".join(
                f"{WHO_STANDS[name]} {percent(share)}" for name, share in shares
            )
        for one in who:
            why = "" if one["reason"] is None else f", {one['reason']}"
            yield f"             {one['did']}, {one['status']} since {one['since']}{why}"


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
    return [
        check["number"]
        for check in statement["checks"]
        if check["number"] in _COVERED
        and check["state"] == "not_checked"
        and (check["number"] != _STATUS or check.get("law") == _OF_POOLS)
    ]


def _auditors(report: Mapping[str, Any], statement: Mapping[str, Any]) -> list[str]:
    """Return who assured a statement, its inventory included: legal names where they are known."""
    names: dict[str, str | None] = dict.fromkeys(statement["auditors"])
    for one in report["statements"]:
        if one["kind"] == ASSURANCE and one["issuer"] in names:
            names[one["issuer"]] = names[one["issuer"]] or one["legalName"]
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
