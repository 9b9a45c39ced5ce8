"""The verdict in one line, made from a report's JSON: the one place that says it.

A person who reads only this line must not come away believing something false. It names the number,
how its gross was checked, by which data, what is taken off, how much rests on issuers who are no
longer admitted or not seen, what is left out and was replaced, of what kind it is, how many notices
there are, and as of when, in this order; what does not apply is left out.
Shares are those of the report, never rounded again.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.rounding import decimal_text, half_up
from rootprint.ledger.verify.report import counted
from rootprint.ledger.verify.required import percent
from rootprint.ledger.verify.values import LAPSED, NOT_CHECKED, NOT_SEEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SEPARATOR: Final = " · "
_EXPECTED: Final = {0, 5}  # checks whose first value is expected, not claimed
_LEVELS: Final = ("limited", "reasonable")
_NONE: Final = Decimal(0)
_ALL: Final = Decimal(100)
_CHECKED: Final = (
    ("recomputed", "recomputed"),
    ("assured", "assured"),
    ("signed", "only signed"),
    ("unsigned", "unsigned"),
)
# Declared units by the symbols of ISO 80000; any other stands as the statement names it.
_SYMBOLS: Final = {
    "cubic meter": "m³",
    "hour": "h",
    "kilogram": "kg",
    "kilowatt hour": "kWh",
    "liter": "L",
    "megajoule": "MJ",
    "square meter": "m²",
    "ton kilometer": "t km",
}
# What a total has less than its gross, in the order of a report: by member of ``totals``.
TAKEN_OFF: Final = {
    "removals": "removals",
    "captured": "captured and stored",
    "credits": "credits",
}


def verdict_line(report: Mapping[str, Any]) -> str:
    """Return what was verified and as of when, or what decided against it, or what is missing.

    Raises KeyError for what is no report of docs/report.schema.json.
    """
    if report["verdict"] == "not_readable":
        return f"NOT READABLE {report['checks'][0]['reason']}"
    if report["verdict"] == "failed":
        return f"FAILED {_decided(report['decidedBy'])}"
    if report["verdict"] == "incomplete":
        count = counted(len(report["notChecked"]), "requirement")
        return f"INCOMPLETE {count} not met: {report['notChecked'][0]}"
    return f"VERIFIED {SEPARATOR.join(_parts(report))}"


def compared_with(number: int) -> str:
    """Return what the first of the two values that a check compared is called."""
    return "expected" if number in _EXPECTED else "claimed"


def _parts(report: Mapping[str, Any]) -> Iterator[str]:
    totals, coverage = report["totals"], report["coverage"]
    if totals is None:
        yield "signature, log and anchor; it is no footprint"
    else:
        yield f"{totals['pcfExcludingBiogenicUptake']} {totals['unit']} per {_per(totals)}"
        yield from _shares(report)
        yield from _rules(report["statements"][0])
        if coverage is not None:
            yield f"primary data {percent(coverage['data']['primary'])}"
        yield from _off(totals, coverage)
    yield from _lapsed(report)
    yield from _caveats(report["caveats"])
    if totals is not None:
        yield from totals["qualifiers"]
    notices = sum(len(one["notices"]) for one in report["statements"])
    if notices:
        yield counted(notices, "notice")
    yield f"status {report['statusAsOf'][:16]}Z"
    yield f"witnesses {report['witnesses']}"
    if report["chain"]["test"]:
        yield "TEST CHAIN"


def _per(totals: Mapping[str, Any]) -> str:
    amount, unit = totals["declaredUnitAmount"], totals["declaredUnitOfMeasurement"]
    symbol = _SYMBOLS.get(unit, unit)
    return symbol if Decimal(amount) == 1 else f"{amount} {symbol}"


def _shares(report: Mapping[str, Any]) -> Iterator[str]:
    """Yield how the gross was checked, and how much of it somebody assured."""
    coverage, who = report["coverage"], _who(report)
    if coverage is None:
        yield "no gross to take shares of"
        if report["assurance"]["bodies"]:
            yield f"third-party assurance{who}"
        return
    checked = coverage["checked"]
    hidden, seen = Decimal(checked["assured"]), sum(map(Decimal, _seen(report).values()), _NONE)
    parts = [f"recomputed {percent(checked['recomputed'])}"]
    if hidden:
        parts.append(f"assured {percent(checked['assured'])}{who}")
    if Decimal(checked["signed"]):
        parts.append(f"only signed {percent(checked['signed'])}")
    yield ", ".join([*parts, f"unsigned {percent(checked['unsigned'])}"])
    if seen and seen != hidden:
        yield f"third-party assurance {percent(seen)}{'' if hidden else who}"


def _rules(subject: Mapping[str, Any]) -> Iterator[str]:
    """Yield how many rules of each pack hold, of those that have something to say of the subject.

    A rule that looks at what is hidden did not hold, so it counts among those asked.
    """
    packs = []
    for pack in subject["conformity"]:
        asked = pack["held"] + sum(pack["broken"].values()) + pack["notCheckable"]
        packs.append(f"{pack['id']} {pack['version']}: {pack['held']} of {asked}")
    if packs:
        yield f"rules {', '.join(packs)}"


def _seen(report: Mapping[str, Any]) -> dict[str, str]:
    """Return the shares of the levels of assurance that anything has."""
    coverage = report["coverage"]
    shares = {} if coverage is None else coverage["assurance"]
    return {level: shares[level] for level in _LEVELS if Decimal(shares.get(level, 0))}


def _who(report: Mapping[str, Any]) -> str:
    bodies = report["assurance"]["bodies"]
    unchecked = [body for body in bodies if body["accreditation"] == NOT_CHECKED]
    words = [" and ".join(_seen(report))] if _seen(report) else []
    words.append("1 body" if len(bodies) == 1 else f"{len(bodies)} bodies")
    if report["caveats"]["materiality"] is not None:
        words.append(f"materiality {percent(report['caveats']['materiality'])}")
    if unchecked:
        of = "" if len(unchecked) == len(bodies) else f" of {len(unchecked)}"
        words.append(f"accreditation{of} not checked")
    words += _lapsed_bodies(report)
    return f" ({', '.join(words)})"


def _lapsed(report: Mapping[str, Any]) -> Iterator[str]:
    """Yield how many issuers are no longer admitted, and how much of the gross rests on them.

    What rests on makers that are not seen is named beside it, since it may rest on them too; and
    without any, since nothing says that those are admitted.
    """
    count, coverage = len(report["noLongerAdmitted"]["issuers"]), report["coverage"]
    if count:
        share = "" if coverage is None else f" ({_of_coverage(coverage)})"
        yield f"{counted(count, 'issuer')} no longer admitted{share}"
    elif coverage is not None:
        off = coverage["takenOffStanding"] or {NOT_SEEN: "0"}
        shares = [
            f"{before}{percent(standing[NOT_SEEN])}"
            for before, standing in (("", coverage["standing"]), ("of what is taken off ", off))
            if Fraction(standing[NOT_SEEN])
        ]
        if shares:
            yield f"makers not seen {'; '.join(shares)}"


def _caveats(caveats: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is left out, and what was replaced since: a number is of neither."""
    if caveats["exempted"] is not None:
        yield f"leaves out up to {percent(caveats['exempted'])}"
    if caveats["superseded"]:
        yield f"{counted(caveats['superseded'], 'statement')} superseded since"


def _of_coverage(coverage: Mapping[str, Any]) -> str:
    off = coverage["takenOffStanding"]
    more = "" if off is None else f"; of what is taken off {_of_standing(off)}"
    return _of_standing(coverage["standing"]) + more


def _of_standing(standing: Mapping[str, str]) -> str:
    unseen = f", {percent(standing[NOT_SEEN])} not seen" if Fraction(standing[NOT_SEEN]) else ""
    return f"{percent(standing[LAPSED])}{unseen}"


def _lapsed_bodies(report: Mapping[str, Any]) -> Iterator[str]:
    count, coverage = len(report["noLongerAdmitted"]["bodies"]), report["coverage"]
    if count:
        bodies = "1 body" if count == 1 else f"{count} bodies"
        share = (
            "" if coverage is None else f"{percent(coverage['bodies'][LAPSED])} of the gross by "
        )
        yield f"{share}{bodies} no longer admitted"


def _off(totals: Mapping[str, Any], coverage: Mapping[str, Any] | None) -> Iterator[str]:
    """Yield what of the total is taken off its gross, and how that was checked.

    Who reads one line only must see that the shares of the gross say nothing of it.
    """
    emitted = Fraction(totals["gross"])
    taken = {word: -Fraction(totals[name]) for name, word in TAKEN_OFF.items()}
    parts = [
        f"{word} −{_share(value, emitted, totals['unit'])}"
        for word, value in taken.items()
        if value
    ]
    if parts:
        of = " of the gross" if emitted > 0 else ", gross not above zero"
        yield SEPARATOR.join(parts) + of + _off_checked(coverage)
    if Fraction(totals["pcfExcludingBiogenicUptake"]) < 0:
        yield "net negative"


def _off_checked(coverage: Mapping[str, Any] | None) -> str:
    """Say how removals and credits were checked, unless all of them were recomputed."""
    checked = None if coverage is None else coverage["takenOff"]
    if checked is None or Decimal(checked["recomputed"]) == _ALL:
        return ""
    parts = [
        f"{word} {percent(checked[name])}" for name, word in _CHECKED if Decimal(checked[name])
    ]
    return f" ({', '.join(parts)})"


def _share(taken: Fraction, emitted: Fraction, unit: str) -> str:
    if emitted <= 0:
        return f"{decimal_text(half_up(taken, 2))} {unit}"
    share = half_up(100 * taken / emitted, 2)
    return percent(decimal_text(share)) if share else "<0.01 %"


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
