"""Credits by substitution as files write them: with a sign, or as the burden that is displaced.

What is signed is the burden, positive; the calculation takes it off.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.core.schema.line import SUBSTITUTED
from rootprint.ledger.core.schema.rules import is_decimal

if TYPE_CHECKING:
    from rootprint.ledger.intake.inventory.problems import Faults, Path

DISPLACED: Final = "give the burden that is displaced as a positive figure: a credit subtracts it"


def credited(value: Any, path: Path, faults: Faults) -> Any:
    """Return a line with the sign of its credit taken away, as a finding; any other as it is.

    A sign on both the amount and the figure is a fault: it has no clear meaning.
    """
    if not isinstance(value, dict) or not _substitutes(value.get("allocation")):
        return value
    signed = [
        (group, name)
        for group, name in (("amount", "value"), ("source", "published"))
        if _is_negative(value.get(group), name)
    ]
    if len(signed) > 1:
        faults.add((*path, "source", "published"), "is negative as the amount is", DISPLACED)
        return value
    for group, name in signed:
        what = "is negative, and is read as what is displaced"
        faults.find((*path, group, name), what, DISPLACED)
        value = {**value, group: {**value[group], name: value[group][name].removeprefix("-")}}
    return value


def _substitutes(allocation: Any) -> bool:
    return isinstance(allocation, dict) and allocation.get("method") == SUBSTITUTED


def _is_negative(group: Any, name: str) -> bool:
    text = group.get(name) if isinstance(group, dict) else None
    return isinstance(text, str) and text.startswith("-") and is_decimal(text)
