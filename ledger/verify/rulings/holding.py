"""What check 8 asks of biogenic CO2 at the gate, open or hidden: a mass to hold it (law 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.columns import MEMO
from rootprint.calc.uptake import COMPOSED, PRINTED, held, most_held, rounded
from rootprint.ledger import figures
from rootprint.ledger.verify.rulings.bounds import six

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

BEYOND: Final = "took up more biogenic CO2 than product and packaging can hold as carbon"


def holding_fault(
    subject: Mapping[str, Any], components: Mapping[str, Fraction]
) -> tuple[str, tuple[str, str]] | None:
    """Return why a footprint to the gate can't hold what it took up, with both masses, or None."""
    stands = held(components)
    most = most_of(subject, components) if stands else None
    if most is None or stands <= most:
        return None
    return BEYOND, (f"{six(stands)} kg CO2 held", f"at most {six(most)} kg")


def most_of(subject: Mapping[str, Any], components: Mapping[str, Fraction]) -> Fraction | None:
    """Return how much CO2 (kg) a footprint to the gate can hold, None where nothing is asked.

    Nothing is asked of what holds none, of what goes to the grave, nor where no mass is stated or
    known.
    """
    kilograms = figures.masses(subject["pcf"])
    if not held(components) or kilograms is None or not subject["boundary"].endswith("-to-gate"):
        return None
    product, packaging = kilograms
    return most_held(components, product + packaging, _rounding(subject))


def packed_notice(
    subject: Mapping[str, Any], components: Mapping[str, Fraction]
) -> tuple[str, ...]:
    """Return a notice where packaging holds what the product alone can't."""
    stands = held(components)
    kilograms = figures.masses(subject["pcf"]) if stands else None
    if kilograms is None or most_of(subject, components) is None:
        return ()
    product, packaging = kilograms
    if stands <= most_held(components, product, _rounding(subject)):
        return ()
    around = f"packaging of {six(packaging)} kg around {six(product)} kg of product"
    return (
        f"law 3: {around} holds biogenic CO2 that was taken up and that the product can't hold",
    )


def _rounding(subject: Mapping[str, Any]) -> Fraction:
    printed = (text for name, text in subject["pcf"].items() if name in MEMO)
    return rounded(printed, COMPOSED if "inventory" in subject else PRINTED)
