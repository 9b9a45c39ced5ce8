"""Columns of a footprint: gross emissions, removals and credits apart, biogenic CO2 outside them.

The names are those of ledger.core.schema.components, which this package may not read; a test holds
the two together.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from rootprint.calc.amounts import Amounts
from rootprint.calc.exact import exact_sum

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

FOSSIL: Final = "fossilGhgEmissions"
DIFFERENCE: Final = "publicationDifference"
EMISSIONS: Final = (
    FOSSIL,
    "biogenicNonCO2Emissions",
    "landUseChangeGhgEmissions",
    "landManagementBiogenicCO2Emissions",
)
GROSS: Final = (*EMISSIONS, DIFFERENCE)
TECHNOLOGICAL_REMOVALS: Final = "technologicalCO2Removals"
CAPTURE: Final = "ccsTechnologicalCO2Capture"
REMOVALS: Final = ("landManagementBiogenicCO2Removals", TECHNOLOGICAL_REMOVALS, CAPTURE)
SUBSTITUTION: Final = "substitutionCredits"
CREDITS: Final = (SUBSTITUTION,)
TAKEN_OFF: Final = (*REMOVALS, *CREDITS)
UPTAKE: Final = "biogenicCO2Uptake"
BIOGENIC_EMISSIONS: Final = "biogenicCO2Emissions"
MEMO: Final = (UPTAKE, BIOGENIC_EMISSIONS)
EXCLUDING: Final = (*GROSS, *TAKEN_OFF)
INCLUDING: Final = (*EXCLUDING, *MEMO)
# The "of which": they scale as fossilGhgEmissions does, and no sum adds them.
PARTS: Final = ("aircraftGhgEmissions", "landManagementFossilGhgEmissions")
_ZERO: Final = Fraction(0)
COLUMNS: Final = {"gross": GROSS, "removals": REMOVALS, "credits": CREDITS, "memo": MEMO}


def column(components: Mapping[str, Decimal | Fraction], names: tuple[str, ...]) -> Fraction:
    """Return the exact sum of the components that ``names`` lists, in kg CO2e."""
    if isinstance(components, Amounts):
        found = components.sum(names)
        return Fraction(found, components.below) if found else _ZERO
    return exact_sum(components[name] for name in names if name in components)


def gross(components: Mapping[str, Decimal | Fraction]) -> Fraction:
    """Return what is emitted, before anything is taken off."""
    return column(components, GROSS)


def excluding(components: Mapping[str, Decimal | Fraction]) -> Fraction:
    """Return gross emissions, removals and credits in one sum: pcfExcludingBiogenicUptake."""
    return column(components, EXCLUDING)


def removed(components: Mapping[str, Decimal | Fraction]) -> Fraction:
    """Return what is removed and captured, zero or positive."""
    return -column(components, REMOVALS)


def memo(components: Mapping[str, Decimal | Fraction]) -> Fraction:
    """Return biogenic CO2 set free less what was taken up."""
    return column(components, MEMO)


def including(components: Mapping[str, Decimal | Fraction]) -> Fraction:
    """Return pcfIncludingBiogenicUptake: ``excluding`` and the memo flows."""
    return column(components, INCLUDING)
