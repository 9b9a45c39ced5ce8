"""What check 8 asks of removals and capture (law 3): evidence in kilograms, not in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.calc.columns import CREDITS, REMOVALS, column
from rootprint.calc.removals import captured, generated, stores_less
from rootprint.ledger import figures

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from rootprint.calc.lines import Line


def removal_fault(value: Mapping[str, Any], exact: Mapping[str, Fraction]) -> str | None:
    """Return what is wrong with what a line removes, None if nothing is.

    ``value`` is the line as it is signed. Raises UnitNotConvertible for a mass in no unit of mass.
    """
    stored = value.get("removal", {}).get("stored")
    kilograms = None
    if stored is not None:
        kilograms = figures.exact(stored["value"]) * figures.unit_table().factor(
            stored["unit"], "kilogram"
        )
    if ("gas" in value["source"] or "published" in value["source"]) and stores_less(
        exact, kilograms
    ):
        return "removes more CO2 than it shows to be stored"
    return None


def capture_fault(
    written: Sequence[Mapping[str, Any]],
    lines: Sequence[Line],
    exact: Sequence[Mapping[str, Fraction]],
) -> tuple[Fraction, Fraction] | None:
    """Return CO2 (kg) that is captured and that is generated, None where it is not more.

    The three are of the same lines, all of a statement's.
    """
    own = [n for n, value in enumerate(written) if {"emission", "balance"} & value["source"].keys()]
    mine, made = captured(lines, exact), generated(lines, exact, own)
    return (mine, made) if mine > made else None


def takes_off(components: Mapping[str, Fraction]) -> bool:
    """Whether a footprint states anything in the columns of removals or credits."""
    return bool(column(components, REMOVALS) or column(components, CREDITS))
