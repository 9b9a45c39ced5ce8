"""Biogenic uptake of a composed footprint, before anybody signs it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema.components import UPTAKE

if TYPE_CHECKING:
    from collections.abc import Mapping


def require_uptake(subject: Mapping[str, Any]) -> None:
    """Refuse a footprint whose uptake is positive.

    Uptake is never positive: what is set free was taken up before (PACT V3 section 3.3.2.4).
    """
    if Fraction(subject["pcf"].get(UPTAKE, "0")) > 0:
        message = "more biogenic CO2 is set free than was taken up"
        raise Refused(message, remedy="add the uptake of the biomass that is burnt (CO2_uptake)")
