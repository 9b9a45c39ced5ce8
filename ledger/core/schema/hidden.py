"""What opens behind placeholders: the hidden members of each kind, in one table.

Each disclosure opens exactly one slot; its value keeps the rule of the place where the slot stands.
Sealing, reading and the open member lists all go by this table, so they can't differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.schema import names, parts, rules
from rootprint.ledger.core.schema.components import COMPONENTS
from rootprint.ledger.core.schema.line import line, source
from rootprint.ledger.core.schema.rules import array, mapping, members, one_of, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.canonical import Json

MAX_EVIDENCE: Final = 256
MAX_GASES: Final = 512
_one_slot = rules.placeholders(1, 1)
_slots = rules.placeholders(1, MAX_EVIDENCE)


def _rising(value: Json, path: str) -> None:
    if value != sorted(set(value)):
        rules.refuse(path, "an array of rising indices")


# An opened shape: rising indices (an empty one is well-formed, never enough).
_indices = array(rules.integer(0, rules.MAX_SLOTS - 1), 0, rules.MAX_SLOTS)
shape: Final = rules.Together(_indices, _rising)


@dataclass(frozen=True)
class Single:
    """A member that is hidden as a whole behind one slot."""

    opened: rules.Rule
    open: rules.Rule = _one_slot


@dataclass(frozen=True)
class Listed:
    """A list whose items are each behind a slot of their own; their number is open."""

    opened: rules.Rule
    open: rules.Rule = _slots


@dataclass(frozen=True)
class Padded:
    """Items at random slots among decoys; ``shape`` is the member that opens to their indices.

    ``index`` is the member of an item that says at which slot it stands.
    """

    opened: rules.Rule
    index: str
    shape: str
    open: rules.Rule = rules.padded_slots


Place = Single | Listed | Padded
Hidden = dict[str, Place]
_evidence = members({"digest": rules.digest, "type": text}, {
    "instrument": members(
        {"id": text},
        {
            "calibrationCertificate": text,
            "calibrationValidUntil": rules.time,
            "expandedUncertaintyPercent": rules.percent,
        },
    )
})  # fmt: skip
_components = mapping(one_of(*COMPONENTS), rules.decimal)
FOOTPRINT_HIDDEN: Final[Hidden] = {
    "inventory": Padded(line, "line", "inventoryShape"),
    "inventoryShape": Single(shape),
    "cells": Single(mapping(one_of(*names.STAGES), _components)),
    "gases": Single(mapping(text, rules.decimal, MAX_GASES)),
    "uncertainty": Single(parts.uncertainty),
    "outputUncertainty": Single(parts.uncertainty),
    "producedAmount": Single(parts.amount),
    "evidence": Listed(_evidence),
}
SHARE_METHODS: Final = ("subdivision", "physical", "economic", "waste", "substitution")
WEIGHED: Final = ("physical", "economic")


def _fraction_of_one(value: Json, path: str) -> None:
    rules.positive(value, path)
    whole, _, fraction = value.partition(".")
    if whole not in {"0", "1"} or (whole == "1" and fraction.strip("0")):
        rules.refuse(path, "more than 0 and at most 1")


_row = members(
    {
        "row": rules.integer(0, rules.MAX_SLOTS - 1),
        "name": text,
        "amount": parts.amount,
        "yield": _fraction_of_one,
        "method": one_of(*SHARE_METHODS),
        "weight": rules.not_negative,
        "weightUnit": text,
        "share": rules.percent,
    },
    {"productId": rules.urn},
)


def row(value: Json, path: str) -> None:
    """One output of a process. What takes a share is a product, or no footprint would carry it."""
    _row(value, path)
    if value["method"] in WEIGHED and "productId" not in value:
        rules.refuse(f"{path}.productId", "there: the row takes a share")


ACTIVITY: Final = members(
    {
        "activity": rules.integer(0, rules.MAX_SLOTS - 1),
        "description": text,
        "stage": one_of(*names.STAGES),
        "amount": parts.line_amount,
        "source": source,
    },
    {"serves": rules.integer(0, rules.MAX_SLOTS - 1)},
)
PROCESS_HIDDEN: Final[Hidden] = {
    "allocation": Padded(row, "row", "allocationShape"),
    "allocationShape": Single(shape),
    "activities": Padded(ACTIVITY, "activity", "activitiesShape"),
    "activitiesShape": Single(shape),
}
VARIANT_CODE: Final = rules.matching(r"[A-Za-z0-9]{6,32}", "6 to 32 letters and digits")
# A row without a variant is the remainder: what is sold under the base number.
POOL_ROW: Final = members(
    {
        "row": rules.integer(0, rules.MAX_SLOTS - 1),
        "volume": rules.not_negative,
        "value": rules.decimal,
    },
    {"variant": VARIANT_CODE},
)
POOL_HIDDEN: Final[Hidden] = {
    "rows": Padded(POOL_ROW, "row", "rowsShape"),
    "rowsShape": Single(shape),
}
HIDDEN: Final[Mapping[str, Hidden]] = {
    "FootprintStatement": FOOTPRINT_HIDDEN,
    "ProcessRecord": PROCESS_HIDDEN,
    "VariantPool": POOL_HIDDEN,
}


def open_form(places: Hidden, name: str) -> rules.Rule:
    """Return the rule of a hidden member as it stands in the open: placeholders only."""
    return places[name].open


# Every place that can be hidden, of whatever kind, and the shape that tells how long a list is.
NAMES: Final = tuple(dict.fromkeys(name for places in HIDDEN.values() for name in places))
SHAPES: Final = {
    name: place.shape
    for places in HIDDEN.values()
    for name, place in places.items()
    if isinstance(place, Padded)
}
