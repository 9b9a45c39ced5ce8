"""Cubic metres of a gas, and the state in which each is one (law 8).

``Nm3`` says 0 °C and 101.325 kPa (DIN 1343); any other state is written beside the unit, as bills
have it: ``m3(20℃)``, as GB 17820 counts natural gas, ``Sm3 (15 °C)``. The signed line has it under
``amount.quantity``. A figure per cubic metre of a state is only multiplied with those of that one:
between 0 and 25 °C the same gas fills 9 % more.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.errors import CalculationError
from rootprint.ledger import figures
from rootprint.ledger.core.schema.names import STATES

if TYPE_CHECKING:
    from rootprint.ledger.intake.inventory.problems import Faults, Path

_NORMAL: Final = STATES[0]
_CUBIC: Final = "cubic meter"
_UNITS: Final = {
    **dict.fromkeys(("Nm3", "Nm³", "Nm^3"), _CUBIC),
    **dict.fromkeys(("万Nm3", "万Nm³"), "ten thousand cubic meters"),
}
# Cubic metres of which the name alone does not say the state.
_OF_SOME_STATE: Final = {
    **_UNITS,
    **dict.fromkeys(("Sm3", "Sm³", "scm", "标方", "标立方米", "标准立方米"), _CUBIC),
}
_STATES: Final = {state.partition(" ")[0]: state for state in STATES}
_STATED: Final = re.compile(
    r"(?P<unit>[^(（@,，]+?)\s*[(（@,，]\s*(?P<degrees>[0-9]{1,2})\s*(?:°\s*C|℃|摄氏度)"
    r"(?:[\s,，、]*101\.325\s*kPa)?\s*[)）]?",
    re.ASCII,
)
_PER: Final = "say per in the same state, such as Nm3, if the publication's cubic meter is at it"


def cubic(text: str) -> tuple[str, str] | None:
    """Return a volume's unit and state for a unit that says both, None for any other.

    >>> cubic("Nm3"), cubic("万m3(20℃)")
    (('cubic meter', '0 °C 101.325 kPa'), ('ten thousand cubic meters', '20 °C 101.325 kPa'))
    """
    if text in _UNITS:
        return _UNITS[text], _NORMAL
    found = _STATED.fullmatch(text)
    if found is None or found["degrees"] not in _STATES:
        return None
    named = _OF_SOME_STATE.get(found["unit"]) or _volume(found["unit"])
    return None if named is None else (named, _STATES[found["degrees"]])


def _volume(text: str) -> str | None:
    units = figures.unit_table()
    try:
        named = units.named(text)
        units.factor(named, _CUBIC)
    except CalculationError:
        return None
    return named


def remedy_for_made(unit: str, otherwise: str) -> str:
    """Return what to do about a unit of what is made: its state stands beside the declared unit."""
    if cubic(unit) is None and unit not in _OF_SOME_STATE:
        return otherwise
    return "say m3: the state of what is made stands in the head, under quantity.state"


def with_states(value: dict[str, Any], path: Path, faults: Faults) -> dict[str, Any]:
    """Return a line whose cubic metres of a state are cubic metres, and their state a qualifier."""
    amount, source = value.get("amount"), value.get("source")
    read = cubic(str(amount.get("unit"))) if isinstance(amount, dict) else None
    if isinstance(source, dict) and "published" in source:
        value = _per_state(value, source, read, path, faults)
    if not isinstance(amount, dict) or read is None:
        return value
    quantity, (unit, state) = amount.get("quantity", {}), read
    if not isinstance(quantity, dict):
        return value
    if quantity.get("state", state) != state:
        remedy = f"leave it out, or name the unit m3: the unit says {state}"
        faults.add((*path, "amount", "quantity", "state"), "is not that of the unit", remedy)
    stated = {**amount, "unit": unit, "quantity": {**quantity, "state": state}}
    return {**value, "amount": stated}


def _per_state(
    value: dict[str, Any],
    source: dict[str, Any],
    read: tuple[str, str] | None,
    path: Path,
    faults: Faults,
) -> dict[str, Any]:
    """Return a line whose published figure is per cubic metre, of the state of its amount."""
    per = cubic(str(source.get("per")))
    amount = value.get("amount")
    quantity = amount.get("quantity") if isinstance(amount, dict) else None
    said = quantity.get("state") if isinstance(quantity, dict) else None
    of_amount = said if read is None else read[1]
    if per is None:
        if read is not None:
            what = f"states no condition, and the amount is in cubic meters at {read[1]}"
            faults.add((*path, "source", "per"), what, _PER)
        return value
    if of_amount != per[1]:
        what = f"is a cubic meter at {per[1]}, and the amount states another, or none"
        remedy = "give the amount in the same state, or convert it (amount.quantity.converted)"
        faults.add((*path, "source", "per"), what, remedy)
    return {**value, "source": {**source, "per": per[0]}}
