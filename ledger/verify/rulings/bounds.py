"""What check 8 asks of removals and capture (law 3): evidence in kilograms, not in words."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from rootprint.calc.columns import CAPTURE, CREDITS, REMOVALS, column, removed
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
    kilograms = _stored(value)
    if not _own(value):
        return None
    if stores_less(exact, kilograms):
        return "removes more CO2 than it shows to be stored"
    if kilograms is not None and -exact.get(CAPTURE, 0) > kilograms:
        return "captures more CO2 than it shows to be stored"
    return None


def evidence_fault(
    written: Mapping[int, Mapping[str, Any]], exact: Mapping[int, Mapping[str, Fraction]]
) -> tuple[str, tuple[Fraction, Fraction]] | None:
    """Return why one evidence serves several lines for more than it shows, with both masses (kg).

    It shows the largest mass that a line gives as stored by it. ``exact`` are lines' results.
    """
    groups: dict[str, list[int]] = defaultdict(list)
    for index in exact:
        if _own(written[index]) and "removal" in written[index]:
            groups[folded(written[index]["removal"]["evidence"])].append(index)
    for lines in groups.values():
        shown = [mass for index in lines if (mass := _stored(written[index])) is not None]
        taken = sum((removed(exact[index]) for index in lines), start=removed({}))
        if len(lines) > 1 and shown and taken > max(shown):
            named = ", ".join(map(str, lines))
            return f"lines {named} remove more CO2 than their one evidence shows to be stored", (
                taken,
                max(shown),
            )
    return None


def folded(evidence: str) -> str:
    """Return the evidence of a removal as it is compared: an exclusive claim, however spelt."""
    return unicodedata.normalize("NFKC", evidence).strip().lower()


def _own(value: Mapping[str, Any]) -> bool:
    return "gas" in value["source"] or "published" in value["source"]


def _stored(value: Mapping[str, Any]) -> Fraction | None:
    stored = value.get("removal", {}).get("stored")
    if stored is None:
        return None
    factor = figures.unit_table().factor(stored["unit"], "kilogram")
    return figures.exact(stored["value"]) * factor


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
