"""The data every verifier shares: unit table, GWP sets, base compatibility table.

They are files in ``data/``, named in a statement by digest: SHA-256 over their canonical JSON. A
verifier that meets another digest says "not checked", never "wrong". Later versions are added
beside these, not in their place.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import orjson

from rootprint.ledger.core.canonical import encode
from rootprint.ledger.core.encoding import digest_text, sha256

if TYPE_CHECKING:
    from collections.abc import Mapping

_DATA: Final = Path(__file__).with_name("data")


@dataclass(frozen=True)
class Tables:
    """Parsed data: ``units`` and ``gwp`` under one digest, the base rule under its own.

    ``pedigree`` helps to write a spread, ``refrigerants`` a gas, ``unit_names`` a unit; no digest
    covers them, for what is signed is the spread, the gas and the unit. They are read on first use.
    """

    units: Mapping[str, Any]
    gwp: Mapping[str, Any]
    rule: Mapping[str, Any]
    digest: str
    rule_digest: str

    @property
    def pedigree(self) -> Mapping[str, Any]:
        """The factors of the pedigree matrix."""
        return _read("pedigree")

    @property
    def refrigerants(self) -> Mapping[str, Any]:
        """What refrigerants consist of."""
        return _read("refrigerants")

    @property
    def unit_names(self) -> Mapping[str, Any]:
        """Other names of units."""
        return _read("unitnames")


@cache
def tables() -> Tables:
    """Return the tables of this version."""
    units, gwp, rule = (_read(name) for name in ("units", "gwp", "compatibility"))
    return Tables(
        units=units,
        gwp=gwp,
        rule=rule,
        digest=digest_text(sha256(encode({"gwp": gwp, "units": units}))),
        rule_digest=digest_text(sha256(encode(rule))),
    )


@cache
def _read(name: str) -> dict[str, Any]:
    value: dict[str, Any] = orjson.loads((_DATA / f"{name}.json").read_bytes())
    return value
