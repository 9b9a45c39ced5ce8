"""A rule of the schema applied so that every fault is found, not only the first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema.rules import Array, Members
from rootprint.ledger.intake.inventory.closest import closest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from rootprint.ledger.intake.inventory.problems import Faults, Path

_INNER: Final = re.compile(r"\A((?:\.\w+|\[\d+\])*) (.*)\Z", re.DOTALL)
_STEP: Final = re.compile(r"\.(\w+)|\[(\d+)\]")
_EXPONENT: Final = re.compile(r"[0-9.]e[+-]?[0-9]", re.IGNORECASE)
_QUOTES: Final = "put it in quotes"
_NUMBER: Final = "write a number there, such as 0.75"


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
        collect_one(alone, value, path, faults)  # its items are told by themselves
    else:
        collect_one(rule, value, path, faults)


def _anything(value: Any, path: str) -> None:
    """An item that is judged elsewhere."""


def collect_one(rule: Callable[[Any, str], None], value: Any, path: Path, faults: Faults) -> None:
    """Add the first fault of a rule that does not tell its parts."""
    try:
        rule(value, "")
    except Refused as error:
        found = _INNER.match(str(error.args[0]))
        inner, what = ("", str(error.args[0])) if found is None else (found[1], found[2])
        steps = tuple(name or int(index) for name, index in _STEP.findall(inner))
        faults.add((*path, *steps), what, error.remedy or _hint(value, what))


def _hint(value: Any, what: str) -> str:
    if isinstance(value, bool) and "decimal" in what:
        return _NUMBER
    if isinstance(value, (int, float)) and "integer" not in what:
        return _QUOTES
    if "decimal" in what:
        return _decimal_hint(str(value))
    if "RFC 3339" in what or "time" in what:
        return "write it like 2025-01-01T00:00:00Z"
    return "correct it there"


def _decimal_hint(text: str) -> str:
    if "," in text:
        return "write the decimal point as a point, and no thousands separator"
    return "write it out without an exponent" if _EXPONENT.search(text) else _NUMBER
