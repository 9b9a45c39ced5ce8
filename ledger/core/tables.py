"""The data every verifier shares: unit table, GWP sets, base compatibility table.

They are files in ``data/``, named in a statement by digest: SHA-256 over their canonical JSON. A
verifier that meets another digest says "not checked", never "wrong". Later versions are added
beside these, not in their place.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import orjson

from rootprint.ledger.core.canonical import encode
from rootprint.ledger.core.encoding import digest_text, sha256

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Tables:
    """Parsed data: ``units`` and ``gwp`` under one digest, the base rule under its own.

    ``pedigree`` helps to write a spread, ``refrigerants`` a gas, ``unit_names`` a unit; no digest
    covers them, for what is signed is the spread, the gas and the unit.
    """

    units: Mapping[str, Any]
    gwp: Mapping[str, Any]
    rule: Mapping[str, Any]
    pedigree: Mapping[str, Any]
    refrigerants: Mapping[str, Any]
    unit_names: Mapping[str, Any]
    digest: str
    rule_digest: str


@cache
def tables() -> Tables:
    """Return the tables of this version."""
    units, gwp, rule = (_read(name) for name in ("units", "gwp", "compatibility"))
    return Tables(
        units=units,
        gwp=gwp,
        rule=rule,
        pedigree=_read("pedigree"),
        refrigerants=_read("refrigerants"),
        unit_names=_read("unitnames"),
        digest=digest_text(sha256(encode({"gwp": gwp, "units": units}))),
        rule_digest=digest_text(sha256(encode(rule))),
    )


def _read(name: str) -> dict[str, Any]:
    data = files("rootprint.ledger.core").joinpath("data", f"{name}.json").read_bytes()
    value: dict[str, Any] = orjson.loads(data)
    return value
