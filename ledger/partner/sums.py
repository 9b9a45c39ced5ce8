"""A partner's figures, so that they are one (law 1): where they disagree, the higher one counts.

PACT's total is the sum of its components, and the including total adds the uptake. No one signed
either, so the receiver can't know which is wrong; it states no total that is below the file's, or
below what its parts add up to, by more than rounding explains. What rounding alone brings apart is
left as it is: composing states it as the publication's difference.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.columns import excluding
from rootprint.calc.equations import EXCLUDING_TOTAL, INCLUDING_TOTAL, including_slack
from rootprint.ledger.core.schema.components import ADDED, EMISSIONS, FOSSIL, PARTS, UPTAKE
from rootprint.ledger.partner import carbon
from rootprint.ledger.partner.noted import ASK
from rootprint.ledger.verify.rulings import equations

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.partner.noted import Noted

plain = equations.plain
_COUNTS: Final = "the higher figure is stated"
_PACKAGING: Final = "packagingGhgEmissions"


def settle(pcf: dict[str, Any], noted: Noted) -> None:
    """Bring the figures of ``pcf`` (texts of decimals) to one, with a finding for each change.

    ``pcf`` has the excluding total; it gains the including one and the fossil emissions where they
    are missing.
    """
    found: dict[str, Fraction] = {name: Fraction(pcf[name]) for name in ADDED if name in pcf}
    printed = dict(pcf)
    _fossil(pcf, found, Fraction(pcf[EXCLUDING_TOTAL]), noted)
    _one_total(pcf, found, noted)
    carbon.hold(pcf, found, noted)
    _with_uptake(pcf, found, printed, noted)
    while carbon.agree(pcf, found, noted):
        _with_uptake(pcf, found, printed, noted)
    if INCLUDING_TOTAL not in printed:
        pcf[INCLUDING_TOTAL] = plain(Fraction(pcf[EXCLUDING_TOTAL]) + found.get(UPTAKE, 0))
        what = f"is missing; {pcf[INCLUDING_TOTAL]} is stated, what the other figures come to"
        noted.find(f"pcf.{INCLUDING_TOTAL}", what, ASK)
    carbon.within(pcf, noted)
    _packaging(pcf, found, noted)


def _fossil(pcf: dict[str, Any], found: dict[str, Fraction], total: Fraction, noted: Noted) -> None:
    """Settle the fossil emissions, which PACT asks for and which hold their parts."""
    if FOSSIL not in found:
        found[FOSSIL] = max(total - excluding(found), Fraction(0))
        pcf[FOSSIL] = plain(found[FOSSIL])
        what = f"is missing; what is left of the total, {pcf[FOSSIL]}, is stated"
        noted.find(f"pcf.{FOSSIL}", what, ASK)
    for part in PARTS:
        if part in pcf and Fraction(pcf[part]) > found[FOSSIL]:
            what = f"is more than {FOSSIL}, {pcf[FOSSIL]}, of which it is a part: {_COUNTS}"
            noted.find(f"pcf.{part}", what, ASK)
            pcf[FOSSIL], found[FOSSIL] = pcf[part], Fraction(pcf[part])


def _one_total(pcf: dict[str, Any], found: dict[str, Fraction], noted: Noted) -> None:
    """State the printed total where its parts come to it, else the higher of it and their sum."""
    total, parts = Fraction(pcf[EXCLUDING_TOTAL]), excluding(found)
    if equations.difference_fault(pcf, total - parts) is None:
        return
    what = f"is {plain(total)}, and its parts add up to {plain(parts)}: {_COUNTS}"
    rest = "" if parts > total else f", with the rest under {FOSSIL}"
    noted.find(f"pcf.{EXCLUDING_TOTAL}", f"{what}{rest}", ASK)
    _raise_total(pcf, found, total)


def _with_uptake(
    pcf: dict[str, Any], found: dict[str, Fraction], printed: Mapping[str, Any], noted: Noted
) -> None:
    """Settle the total with the uptake of biogenic CO2, which only takes off.

    ``printed`` are the members as the file has them; without that total nothing is to be settled.
    """
    if INCLUDING_TOTAL not in printed:
        return
    total = Fraction(pcf[EXCLUDING_TOTAL])
    wanted = total + found.get(UPTAKE, Fraction(0))
    stated = Fraction(pcf[INCLUDING_TOTAL])
    if abs(stated - wanted) <= _rounding(pcf, found, printed):
        return
    what = f"is {plain(stated)}, and the figures beside it come to {plain(wanted)}: {_COUNTS}"
    noted.find(f"pcf.{INCLUDING_TOTAL}", what, ASK)
    if stated > wanted:
        # The uptake is smaller than the file says; where none is left the total is larger.
        if UPTAKE in found:
            found[UPTAKE] = min(stated - total, Fraction(0))
            pcf[UPTAKE] = plain(found[UPTAKE])
        if stated > total:
            _raise_total(pcf, found, stated)
    settled = Fraction(pcf[EXCLUDING_TOTAL]) + found.get(UPTAKE, 0)
    if settled != stated:
        pcf[INCLUDING_TOTAL] = plain(settled)


def _rounding(
    pcf: Mapping[str, Any], found: Mapping[str, Fraction], printed: Mapping[str, Any]
) -> Fraction:
    """Return what rounding of the printed figures can bring the including total apart.

    Half a unit for each, and no more than composing takes, which knows the including total's
    places only.
    """
    figures = [INCLUDING_TOTAL, EXCLUDING_TOTAL, *([UPTAKE] if found.get(UPTAKE) else [])]
    halves = [Fraction(1, 2 * 10 ** len(printed[name].partition(".")[2])) for name in figures]
    return min(sum(halves, Fraction(0)), including_slack(found, pcf[INCLUDING_TOTAL]))


def _raise_total(pcf: dict[str, Any], found: dict[str, Fraction], least: Fraction) -> None:
    """State a total of ``least`` or of its parts' sum if that is more, exactly; the rest is fossil.

    No difference is left for rounding: the total that was printed is no longer stated.
    """
    parts = excluding(found)
    found[FOSSIL] += max(least - parts, Fraction(0))
    pcf[FOSSIL] = plain(found[FOSSIL])
    pcf[EXCLUDING_TOTAL] = plain(max(least, parts))


def _packaging(pcf: dict[str, Any], found: dict[str, Fraction], noted: Noted) -> None:
    """Leave out packaging that can't be a part of the emissions."""
    most = sum((found[name] for name in EMISSIONS if name in found), Fraction(0))
    if _PACKAGING in pcf and Fraction(pcf[_PACKAGING]) > most:
        del pcf[_PACKAGING]
        what = "is more than all emissions, of which it is a part, and is left out"
        noted.find(f"pcf.{_PACKAGING}", what, ASK)
