"""Biogenic carbon of a partner's figures: what product and packaging hold was taken up (laws 3, 9).

Where the file's members contradict each other, the smaller uptake is stated, which is the higher
figure, and what can't be beside it is left out.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.rounding import decimal_text, half_up
from rootprint.calc.uptake import CO2_OF_CARBON
from rootprint.ledger.core.schema.components import UPTAKE
from rootprint.ledger.partner.noted import ASK
from rootprint.ledger.verify.rulings import equations, holding

if TYPE_CHECKING:
    from rootprint.ledger.partner.noted import Noted

plain = equations.plain
GATE: Final = "cradle-to-gate"
_FINE: Final = 6
_FOSSIL: Final = "fossilCarbonContent"
_CONTENT: Final = "biogenicCarbonContent"
_PACKED: Final = "packagingBiogenicCarbonContent"
# Each is a part of the product's carbon, fossil and biogenic.
_PARTS: Final = ("recycledCarbonContent", "ccuCarbonContent")


def hold(pcf: dict[str, Any], found: dict[str, Fraction], noted: Noted) -> None:
    """Lower an uptake that is more than the product's mass can hold as carbon (law 3)."""
    most = holding.most_of({"boundary": GATE, "pcf": pcf}, found)
    if most is None or -found[UPTAKE] <= most:
        return
    # What is held is bounded by rounding too, and that of six places is the least that is stated.
    finer = {**pcf, UPTAKE: decimal_text(half_up(found[UPTAKE], _FINE))}
    most = holding.most_of({"boundary": GATE, "pcf": finer}, found) or Fraction(0)
    kept = half_up(most - Fraction(1, 2 * 10**_FINE), _FINE)
    what = f"is {pcf[UPTAKE]}, and its mass can hold no more than {kept} kg as carbon, which is"
    noted.find(f"pcf.{UPTAKE}", f"{what} stated", ASK)
    found[UPTAKE] = -Fraction(kept)
    pcf[UPTAKE] = plain(found[UPTAKE])


def agree(pcf: dict[str, Any], found: dict[str, Fraction], noted: Noted) -> bool:
    """Bring uptake and biogenic carbon contents together; return whether the uptake was lowered.

    At the gate the one is 44/12 of the other. Beyond the tenth that uncertain contents explain, the
    smaller uptake is stated; a content that is larger is left out, and so is one beside no uptake.
    """
    stands = -found.get(UPTAKE, Fraction(0))
    if _CONTENT not in pcf or not (stands or Fraction(pcf[_CONTENT])):
        return False
    carbon = sum((Fraction(pcf[name]) for name in (_CONTENT, _PACKED) if name in pcf), Fraction(0))
    bound = CO2_OF_CARBON * carbon
    if abs(stands - bound) <= min(stands, bound) / 10:
        return False
    if bound > stands:
        del pcf[_CONTENT]
        what = f"is more carbon than the uptake of {plain(stands)} kg CO2 has, and is left out"
        noted.find(f"pcf.{_CONTENT}", what, ASK)
        return False
    pcf[UPTAKE] = decimal_text(-half_up(bound, _FINE))
    found[UPTAKE] = Fraction(pcf[UPTAKE])
    what = f"takes up {plain(stands)} kg CO2, and {_CONTENT} holds {plain(bound)} kg, which is"
    noted.find(f"pcf.{UPTAKE}", f"{what} stated", ASK)
    return True


def within(pcf: dict[str, Any], noted: Noted) -> None:
    """Leave out recycled and captured carbon that is more than the carbon that is stated."""
    whole = sum((Fraction(pcf.get(name, "0")) for name in (_FOSSIL, _CONTENT)), Fraction(0))
    for name in _PARTS:
        if Fraction(pcf.get(name, "0")) > whole:
            del pcf[name]
            what = f"is more than the carbon that is stated, {plain(whole)} kg, and is left out"
            noted.find(f"pcf.{name}", what, ASK)
