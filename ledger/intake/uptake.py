"""Biogenic CO2 of a composed footprint, before anybody signs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rootprint.calc.columns import memo

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from rootprint.ledger.intake.linefaults import LineFaults

_WHAT: Final = "sets biogenic CO2 free, and in all more biogenic CO2 is set free than was taken up"
_REMEDY: Final = (
    "add the uptake of the biomass that is burnt (CO2_uptake, stage raw-material); the carbon of"
    " residues and waste water was taken up by plants too: as much as is set free of it"
)


def check_uptake(
    components: Mapping[str, Fraction], exact: Sequence[Mapping[str, Fraction]], faults: LineFaults
) -> None:
    """Note each line that sets biogenic CO2 free, where more is set free than was taken up.

    What is set free was taken up before (PACT V3 section 3.3.2.4). ``components`` are the stated
    ones, ``exact`` the lines': neither's rounding alone makes it so.
    """
    if memo(components) > 0 and sum(map(memo, exact)) > 0:
        for number, line in enumerate(exact):
            if memo(line) > 0:
                faults.add(number, ("source",), _WHAT, _REMEDY)
