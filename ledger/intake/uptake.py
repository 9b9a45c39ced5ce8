"""Biogenic CO2 and materials of a composed footprint against its mass, before anybody signs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.columns import memo
from rootprint.ledger import figures
from rootprint.ledger.verify.rulings import holding

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from rootprint.ledger.intake.linefaults import LineFaults

_MASS: Final = (
    "state it and packagingMassPerDeclaredUnit in kg, which hold biogenicCarbonContent (a kilogram"
    " weighs one, of dry mass too; packaging counts with packagingEmissionsIncluded: true); what is"
    " lost on the way is set free (CO2_biogenic); where only rounding is beyond, state more digits"
)
_WHAT: Final = "sets biogenic CO2 free, and in all more biogenic CO2 is set free than was taken up"
_REMEDY: Final = (
    "add the uptake of the biomass that is burnt (CO2_uptake, stage raw-material); the carbon of"
    " residues and waste water was taken up by plants too: as much as is set free of it"
)


def check_holding(subject: Mapping[str, Any], faults: LineFaults) -> None:
    """Note that what a footprint took up needs more mass than it states.

    ``subject`` has its totals; check 8 asks the same of what is signed.
    """
    beyond = holding.holding_fault(subject, figures.components(subject))
    if beyond is not None:
        _, (stands, most) = beyond
        what = f"is too little for the uptake of biogenic CO2: {stands}, {most}"
        faults.add_in(("pcf", "productMassPerDeclaredUnit"), what, _MASS)


def find_heavy_ends(subject: Mapping[str, Any], faults: LineFaults) -> None:
    """Find materials that weigh more at the end of life than what ``subject`` declares."""
    lines = dict(enumerate(subject["inventory"]))
    for one in figures.end_of_life_findings(subject, lines):
        faults.find(one.lines[0], (one.member, "mass"), one.what, one.remedy)


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
