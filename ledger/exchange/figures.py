"""A footprint's figures in the columns of formats that have fewer than version 2 has.

PACT V3 and Catena-X know no credits, no biogenic CO2 that is set free, and no difference between a
publication's printed total and its parts. What they have no column for is either said where their
reader sees it or refused; it is never dropped, and sums stay exact (laws 1 and 3).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal, Inexact, localcontext
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema.components import (
    BIOGENIC_EMISSIONS,
    DIFFERENCE,
    FOSSIL,
    PARTS,
    REMOVALS,
    SUBSTITUTION,
    UPTAKE,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rootprint.ledger.core.canonical import Json

# Sums of decimals of at most 34 digits and 68 characters never need more; Inexact would be a fault.
_EXACT: Final = Context(prec=400, traps=[Inexact])
_OTHERS: Final = (
    "biogenicNonCO2Emissions",
    "landUseChangeGhgEmissions",
    "landManagementBiogenicCO2Emissions",
    *REMOVALS,
    *PARTS,
)


@dataclass(frozen=True)
class Figures:
    """Kilograms of CO2e per declared unit, exact; ``components`` holds those that are stated.

    ``fossilGhgEmissions`` among them has the publication's difference in it, and
    ``biogenicCO2Uptake`` is net of biogenic CO2 that is set free.
    """

    excluding: Decimal
    including: Decimal
    difference: Decimal
    components: Mapping[str, Decimal]


def exact_sum(values: Iterable[Decimal]) -> Decimal:
    """Add decimals exactly; the sum has as many decimal places as the longest of them."""
    total = Decimal(0)
    with localcontext(_EXACT):
        for value in values:
            total += value
    return total


def plain(value: Decimal) -> str:
    """Write a decimal without an exponent, with its trailing zeros and no minus zero."""
    return format(value or abs(value), "f")


def figures(pcf: Mapping[str, Json], form: str) -> Figures:
    """Return the figures for ``form`` (the name of a format, for messages).

    Raises Refused for substitution credits, for more biogenic CO2 set free than was taken up, and
    where a difference leaves less fossil emissions than nothing or than a part of them.
    """
    if Decimal(pcf.get(SUBSTITUTION, "0")):
        message = (
            f"credentialSubject.pcf.{SUBSTITUTION} is {pcf[SUBSTITUTION]} kg CO2e, and {form} has "
            "no member for credits: its total would be one that its own parts do not add up to"
        )
        raise Refused(
            message,
            remedy="its issuer can sign a statement that allocates in place of substitution",
        )
    difference = Decimal(pcf.get(DIFFERENCE, "0"))
    stated = {name: Decimal(pcf[name]) for name in _OTHERS if name in pcf}
    stated[FOSSIL] = exact_sum((Decimal(pcf[FOSSIL]), difference))
    for name, whole in PARTS.items():
        if stated[whole] < max(stated.get(name, Decimal(0)), Decimal(0)):
            _refuse_difference(pcf, name, form)
    memo = [Decimal(pcf[name]) for name in (UPTAKE, BIOGENIC_EMISSIONS) if name in pcf]
    if memo:
        stated[UPTAKE] = exact_sum(memo)
        _require_uptake(stated[UPTAKE], form)
    return Figures(
        Decimal(pcf["pcfExcludingBiogenicUptake"]),
        Decimal(pcf["pcfIncludingBiogenicUptake"]),
        difference,
        stated,
    )


def _refuse_difference(pcf: Mapping[str, Json], part: str, form: str) -> None:
    message = (
        f"credentialSubject.pcf.{DIFFERENCE} is {pcf[DIFFERENCE]} kg CO2e, for which {form} has no "
        f"member, and with it {FOSSIL} of {pcf[FOSSIL]} falls below {part} or below zero"
    )
    raise Refused(
        message, remedy="its issuer can use a publication whose parts add up to its total"
    )


def _require_uptake(net: Decimal, form: str) -> None:
    if net > 0:
        message = (
            f"credentialSubject.pcf sets {plain(net)} kg more biogenic CO2 free than {UPTAKE} "
            f"takes up, and {form} has a member for net uptake only"
        )
        raise Refused(
            message,
            remedy="its issuer can compose it with more digits if rounding did this, and else "
            "check that the uptake of all bought biomass is in it",
        )
