"""Biogenic CO2 of a composed footprint, before anybody signs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootprint.calc.columns import memo
from rootprint.ledger.core.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from fractions import Fraction


def require_uptake(
    components: Mapping[str, Fraction], exact: Iterable[Mapping[str, Fraction]]
) -> None:
    """Refuse a footprint that sets more biogenic CO2 free than was taken up.

    What is set free was taken up before (PACT V3 section 3.3.2.4). ``components`` are the stated
    ones, ``exact`` the lines': neither's rounding alone makes it so.
    """
    if memo(components) > 0 and sum(map(memo, exact)) > 0:
        message = "more biogenic CO2 is set free than was taken up"
        raise Refused(message, remedy="add the uptake of the biomass that is burnt (CO2_uptake)")
