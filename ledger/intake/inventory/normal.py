"""Normal cubic metres: a volume, and the state in which it is one.

``Nm3`` says 0 °C and 101.325 kPa (DIN 1343), which the signed line has under ``amount.quantity``.
A figure per normal cubic metre is only multiplied with normal cubic metres: between 0 and 25 °C the
same gas fills 9 % more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.core.schema.names import STATES

if TYPE_CHECKING:
    from rootprint.ledger.intake.inventory.problems import Faults, Path

_NORMAL: Final = STATES[0]
_CUBIC: Final = "cubic meter"
_UNITS: Final = {
    **dict.fromkeys(("Nm3", "Nm³", "Nm^3"), _CUBIC),
    **dict.fromkeys(("万Nm3", "万Nm³"), "ten thousand cubic meters"),
}
_PER: Final = f"say per: Nm3 if the publication's cubic meter is at {_NORMAL}, or give both in m3"


def with_states(value: dict[str, Any], path: Path, faults: Faults) -> dict[str, Any]:
    """Return a line whose normal cubic metres are cubic metres with their state."""
    amount, source = value.get("amount"), value.get("source")
    unit = str(amount.get("unit")) if isinstance(amount, dict) else None
    if isinstance(source, dict) and "published" in source:
        value = _per_normal(value, source, unit, path, faults)
    if not isinstance(amount, dict) or unit not in _UNITS:
        return value
    quantity = amount.get("quantity", {})
    if not isinstance(quantity, dict):
        return value
    if quantity.get("state", _NORMAL) != _NORMAL:
        remedy = f"say m3 with that state, or leave the state out: Nm3 is at {_NORMAL}"
        faults.add((*path, "amount", "quantity", "state"), "is not that of Nm3", remedy)
    stated = {**amount, "unit": _UNITS[unit], "quantity": {**quantity, "state": _NORMAL}}
    return {**value, "amount": stated}


def _per_normal(
    value: dict[str, Any], source: dict[str, Any], unit: object, path: Path, faults: Faults
) -> dict[str, Any]:
    per = str(source.get("per"))
    if unit in _UNITS and per not in _UNITS:
        what = f"states no condition, and the amount is in normal cubic meters ({_NORMAL})"
        faults.add((*path, "source", "per"), what, _PER)
    if per not in _UNITS:
        return value
    amount = value.get("amount")
    quantity = amount.get("quantity") if isinstance(amount, dict) else None
    said = quantity.get("state") if isinstance(quantity, dict) else None
    if unit not in _UNITS and said != _NORMAL:
        what = f"is a normal cubic meter ({_NORMAL}), and the amount states another, or none"
        faults.add((*path, "source", "per"), what, "give the amount in Nm3, or its state")
    return {**value, "source": {**source, "per": _UNITS[per]}}
