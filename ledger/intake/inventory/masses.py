"""Masses inside a line, in units by their full names: a balance's streams, a formula's material."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.ledger import figures

if TYPE_CHECKING:
    from collections.abc import Mapping


def named_masses(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return a line's source, or its ``circular``, with the full names of its masses' units.

    Raises UnitNotConvertible for a unit that is not in the table.
    """
    named = dict(value)
    if "balance" in value:
        named["balance"] = [{**one, "mass": _named(one["mass"])} for one in value["balance"]]
    if "mass" in value:
        named["mass"] = _named(value["mass"])
    return named


def _named(mass: Mapping[str, Any]) -> dict[str, Any]:
    return {**mass, "unit": figures.unit_table().named(mass["unit"])}
