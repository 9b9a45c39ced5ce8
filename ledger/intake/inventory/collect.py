"""A rule of the schema applied so that every fault is found, not only the first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema import rules
from rootprint.ledger.core.schema.rules import Array, Members
from rootprint.ledger.intake.inventory.closest import closest
from rootprint.ledger.intake.inventory.writing import SHARES, decimal_hint
from rootprint.ledger.intake.vocabulary import nearest_word

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from rootprint.ledger.intake.inventory.problems import Faults, Path

_INNER: Final = re.compile(r"\A((?:\.\w+|\[\d+\])*) (.*)\Z", re.DOTALL)
_STEP: Final = re.compile(r"\.(\w+)|\[(\d+)\]")
_TEXTS: Final = (rules.text, rules.any_text)
_DAY: Final = re.compile(r"[0-9]{5}(?:\.[0-9]{1,16})?", re.ASCII)
# 2000-01-01 and 2050-01-01 as spreadsheets count days.
_FIRST_DAY: Final = 36_526
_LAST_DAY: Final = 54_789
_NUMBERED: Final = (
    "is a number such as a spreadsheet keeps for a day, in place of a text",
    "if it was a date, write it as text, such as 2026-03-05",
)
_QUOTES: Final = "put it in quotes"
_NUMBER: Final = "write a number there, such as 0.75"

_DIGEST: Final = (
    "copy it whole, as rootprint publish prints it: sha256: and 64 digits 0 to 9 and a to f, small"
)
_SHARE: Final = "write it as a share of one: 0.98 for 98 %"
_OF_MEMBERS: Final = {
    "declaredUnitOfMeasurement": "choose one of these: kilogram (千克) for a mass, whose lines and"
    " outputs may stay in tonnes",
    "geographyCountry": "say the country's two letters, such as CN; a province stands under"
    " pcf.geographyCountrySubdivision, such as CN-JS",
}


def collect(
    rule: Callable[[Any, str], None],
    value: Any,
    path: Path,
    faults: Faults,
    *,
    absent: Collection[str] = (),
) -> None:
    """Add every fault of ``value``; members named in ``absent`` need not be there."""
    if isinstance(rule, Members):
        if not isinstance(value, dict):
            asked = ", ".join(name for name in rule.required if name not in absent)
            faults.add(path, "is not a group of members", f"give {asked}")
            return
        for name in rule.required:
            if name not in value and name not in absent:
                faults.add((*path, name), "is missing", "add it")
        for name, member in value.items():
            if name in rule.known:
                collect(rule.known[name], member, (*path, name), faults)
            else:
                remedy = closest(name, rule.known)
                faults.add((*path, name), "is not a member that is known here", remedy)
    elif isinstance(rule, Array) and isinstance(value, list):
        for index, item in enumerate(value):
            collect(rule.item, item, (*path, index), faults)
        alone = Array(_anything, rule.least, rule.most, unique=rule.unique)
        collect_one(alone, value, path, faults)  # its items are reported one by one
    else:
        collect_one(rule, value, path, faults)


def _anything(value: Any, path: str) -> None:
    """An item that is judged elsewhere."""


def collect_one(rule: Callable[[Any, str], None], value: Any, path: Path, faults: Faults) -> None:
    """Add the first fault of a rule that does not tell its parts.

    A text that may have been a date is a finding: in a cell of another format a spreadsheet shows
    the number of the day, and saves that.
    """
    try:
        rule(value, "")
        if rule in _TEXTS and _DAY.fullmatch(value) and _FIRST_DAY <= float(value) < _LAST_DAY:
            faults.find_alike(path, *_NUMBERED)
    except Refused as error:
        found = _INNER.match(str(error.args[0]))
        inner, what = ("", str(error.args[0])) if found is None else (found[1], found[2])
        steps = tuple(name or int(index) for name, index in _STEP.findall(inner))
        at = (*path, *steps)
        hint = None if steps else nearest_word(at, value, what)
        faults.add(at, what, error.remedy or hint or _hint(value, what, at))


def _hint(value: Any, what: str, path: Path) -> str:
    name = str(path[-1]) if path else ""
    if "hexadecimal" in what:
        return _DIGEST
    if name in _OF_MEMBERS and not isinstance(value, (bool, float)):
        return _OF_MEMBERS[name]
    if isinstance(value, bool) and "decimal" in what:
        return _NUMBER
    if isinstance(value, (int, float)) and "integer" not in what:
        return _QUOTES
    if "decimal" in what:
        return decimal_hint(str(value), name)
    if "RFC 3339" in what or "time" in what:
        return "write it like 2025-01-01T00:00:00Z"
    return _SHARE if name in SHARES else "correct it there"
