"""A process's carbon balance: what carbon goes in and does not come out is set free as CO2.

IPCC 2006 Guidelines, volume 3 chapter 4, equation 4.9 (iron and steel, tier 2) and Implementing
Regulation (EU) 2018/2066, article 25: Σ mass × carbon content × 44/12, in minus out.
Fossil and biogenic carbon are two balances, each of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal

from rootprint.calc.errors import CalculationError
from rootprint.calc.uptake import CO2_OF_CARBON

if TYPE_CHECKING:
    from collections.abc import Sequence

IN: Final = "in"
OUT: Final = "out"
# kg C per kg, about the 12/44 of CO2: what leaves with so much carbon is no product.
LEAST_OF_CO2, MOST_OF_CO2 = Fraction("0.27"), Fraction("0.2735")


@dataclass(frozen=True)
class Stream:
    """What enters or leaves: ``mass`` in kg, ``carbon`` in kg C per kg.

    ``biogenic`` is the part of its carbon, 0 to 1, that is biogenic; None where nothing is said,
    and all of it then counts as fossil.
    """

    name: str
    direction: Literal["in", "out"]
    mass: Fraction
    carbon: Fraction
    biogenic: Fraction | None = None

    def __post_init__(self) -> None:
        if self.direction not in {IN, OUT}:
            _refuse(f"{self.name} goes {self.direction!r}", f"say {IN} or {OUT}")
        if self.mass < 0:
            _refuse(f"the mass of {self.name} is below 0", f"say whether it goes {IN} or {OUT}")
        if not 0 <= self.carbon <= 1:
            remedy = "a percentage of carbon is divided by 100"
            _refuse(f"{self.name} does not hold 0 to 1 kg of carbon per kg", remedy)
        if self.biogenic is not None and not 0 <= self.biogenic <= 1:
            _refuse(f"the biogenic part of {self.name} is not from 0 to 1", "give a part of one")


@dataclass(frozen=True)
class Released:
    """kg of CO2 set free, exactly; ``biogenic`` is None where no stream says what part is."""

    fossil: Fraction
    biogenic: Fraction | None


def leaves_as_co2(direction: str, carbon: Fraction) -> bool:
    """Tell whether a stream that holds ``carbon`` kg per kg takes CO2 out of a balance.

    CO2 that is captured or handed on was set free by the process: no balance may make it vanish.
    """
    return direction == OUT and LEAST_OF_CO2 <= carbon <= MOST_OF_CO2


def released(streams: Sequence[Stream]) -> Released:
    """Return what these streams set free: 11/3 · Σ (in − out), for each kind of carbon.

    Raises CalculationError without streams, and where more of a kind comes out than goes in.
    """
    if not streams:
        _refuse("it has no stream", "list what carries carbon into the process and out of it")
    biogenic = Fraction(0)
    carbon = Fraction(0)
    for stream in streams:
        signed = stream.mass * stream.carbon * (1 if stream.direction == IN else -1)
        carbon += signed
        biogenic += signed * (stream.biogenic or 0)
    fossil = carbon - biogenic
    for kind, left in (("fossil", fossil), ("biogenic", biogenic)):
        if left < 0:
            remedy = "look for a stream that is left out, or whose carbon content is that of CO2"
            _refuse(f"more {kind} carbon comes out than goes in, by {_kilograms(-left)}", remedy)
    said = any(stream.biogenic is not None for stream in streams)
    return Released(fossil * CO2_OF_CARBON, biogenic * CO2_OF_CARBON if said else None)


def _kilograms(carbon: Fraction) -> str:
    return f"{float(carbon):.4g} kg"


def _refuse(what: str, remedy: str) -> None:
    message = f"a carbon balance can't be drawn: {what}"
    raise CalculationError(message, remedy=remedy)
