"""Recycled content and end of life by the Circular Footprint Formula's material part.

Commission Recommendation (EU) 2021/2279, Annex I section 4.4.8.1, per mass of material:

    (1 − R1)·Ev + R1·(A·Erec + (1 − A)·Ev·Qsin/Qp) + (1 − A)·R2·(ErecEoL − E*v·Qsout/Qp)
    + (1 − R2 − R3)·ED

Each E is a footprint of its own, so the formula is five coefficients: four of what is taken, one of
what is credited. Its part for energy recovery, (1 − B)·R3·(…), is stated as ordinary lines.

The printed sum has one A, R1, R2, R3 and one mass for all of its terms, each of them once: who
takes recycled content at one A and credits recycling at another counts the recyclate twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from rootprint.calc.errors import CalculationError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

VIRGIN: Final = "virgin"
RECYCLED: Final = "recycled"
RECYCLING: Final = "recycling"
AVOIDED: Final = "avoided"
DISPOSAL: Final = "disposal"
TERMS: Final = (VIRGIN, RECYCLED, RECYCLING, AVOIDED, DISPOSAL)
AT_THE_GATE: Final = frozenset({VIRGIN, RECYCLED})
AFTER_USE: Final = frozenset({RECYCLING, AVOIDED, DISPOSAL})
SHARES: Final = ("A", "R1", "R2", "R3")
QUALITIES: Final = ("qualityIn", "qualityOut")
# Annex I section 4.4.8.2: 0.2 where recyclate is asked for, 0.8 where it is on offer, 0.5 between.
ALLOCATION_FACTORS: Final = (Fraction("0.2"), Fraction("0.8"))


@dataclass(frozen=True)
class Circular:
    """The formula's parameters, fractions of one.

    ``a`` is the allocation factor between supplier and user of recyclate, ``r1`` the recycled
    content, ``r2`` and ``r3`` what is recycled and what is burnt for energy at the end of life,
    ``quality_in`` and ``quality_out`` what secondary material is worth beside primary (Qsin/Qp,
    Qsout/Qp). Raises CalculationError for one that is out of bounds, and where R2 and R3 come to
    more than what there is.
    """

    a: Fraction
    r1: Fraction
    r2: Fraction
    r3: Fraction
    quality_in: Fraction
    quality_out: Fraction

    def __post_init__(self) -> None:
        shares = zip(SHARES, (self.a, self.r1, self.r2, self.r3), strict=True)
        for name, value in shares:
            if not 0 <= value <= 1:
                _refuse(f"{name} is not from 0 to 1", "give it as a fraction, such as 0.4")
        for name, value in zip(QUALITIES, (self.quality_in, self.quality_out), strict=True):
            if not 0 < value <= 1:
                remedy = "give the secondary material's quality over the primary one's, at most 1"
                _refuse(f"{name} is not more than 0 and at most 1", remedy)
        if self.r2 + self.r3 > 1:
            _refuse("R2 and R3 come to more than 1", "what is recycled is not burnt as well")

    @classmethod
    def of(cls, member: Mapping[str, str]) -> Circular:
        """Return the parameters of a line's ``circular`` member; raises as the class does."""
        given = (Fraction(member[name]) for name in (*SHARES, *QUALITIES))
        return cls(*given)

    def coefficient(self, term: str) -> Fraction:
        """Return what mass of the term's footprint a unit mass of material takes, exactly.

        ``avoided`` is what is credited, and positive like the others.
        """
        recyclable = (1 - self.a) * self.r2
        coefficients = {
            VIRGIN: (1 - self.r1) + self.r1 * (1 - self.a) * self.quality_in,
            RECYCLED: self.r1 * self.a,
            RECYCLING: recyclable,
            AVOIDED: recyclable * self.quality_out,
            DISPOSAL: 1 - self.r2 - self.r3,
        }
        if term not in coefficients:
            _refuse(f"{term!r} is no term of it", f"use one of {', '.join(TERMS)}")
        return coefficients[term]

    def missing(self, stated: Collection[str], *, grave: bool) -> list[str]:
        """Return the terms that a material lacks beside ``stated``, in the formula's order.

        Who states a term of the making states both, as far as they take anything; ``grave`` says
        that the footprint goes to the grave, where every term of the end of life belongs to it.
        The making may be stated elsewhere, by the part that brings the material.
        """
        asked = set(AT_THE_GATE if AT_THE_GATE & set(stated) else ())
        asked |= AFTER_USE if grave else set()
        return [one for one in TERMS if one in asked - set(stated) and self.coefficient(one)]


def usual_allocation(parameters: Circular) -> bool:
    """Whether A lies where the Recommendation has it, from 0.2 to 0.8."""
    low, high = ALLOCATION_FACTORS
    return low <= parameters.a <= high


def _refuse(what: str, remedy: str) -> None:
    message = f"the Circular Footprint Formula can't be used: {what}"
    raise CalculationError(message, remedy=remedy)
