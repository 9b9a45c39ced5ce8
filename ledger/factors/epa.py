"""US EPA's supply chain emission factors by NAICS-6 commodity (CSV), spend-based.

A row is kg CO2e per US dollar of one year at purchaser price, "with margins": from the cradle to
the point of sale, the price that a purchase is paid at. A factor may declare that dollar, a product
may not: PACT has no unit of money, and a dollar is never called a piece.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from rootprint.calc.compatibility import UNSTATED
from rootprint.ledger.core.encoding import digest_text, sha256
from rootprint.ledger.core.tables import tables
from rootprint.ledger.factors.drafting import FactorTable, Problem, Row, Source, Unfit, draft
from rootprint.ledger.factors.gwp import METHANE
from rootprint.ledger.factors.releases import Release, recognised
from rootprint.ledger.factors.sized import Cell, require_possible
from rootprint.ledger.factors.units import declared
from rootprint.ledger.tables import csv_rows, number, text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from rootprint.ledger.factors.drafting import Draft
    from rootprint.ledger.factors.units import Declared

CODE: Final = "2017 NAICS Code"
TITLE: Final = "2017 NAICS Title"
VALUE: Final = "Supply Chain Emission Factors with Margins"
COLUMNS: Final = (CODE, TITLE, "GHG", "Unit", VALUE)
_CODE = re.compile(r"[0-9A-Z]{2,8}", re.ASCII)
_UNIT = re.compile(r"kg(?: CO2e)?/(\d{4}) USD, purchaser price")
# v1.3.0 is the one release in dollars of 2022; each has a DOI of its own. Of its two files, kg CO2e
# and by gas. The SHA-256 are of the files as their publisher has them.
RELEASES: Final = (
    Release(
        Source(
            "epa-supply-chain-1.3.0",
            "US EPA, Supply Chain Greenhouse Gas Emission Factors v1.3.0 by NAICS-6,"
            " doi:10.23719/1531143, factors with margins",
            "US Government work, public domain",
        ),
        "2022",
        (
            "sha256:6025a14c4fe16675735efba1683030e4d36011e3973f3c4261f8231aa69c002f",
            "sha256:963952e5911dd5c5a4408172192b327c1583b5491a5b80c2d7cb03260411ee16",
        ),
    ),
)
_STATES: Final = "the year of its dollars"
_ALL: Final = "All GHGs"
# The by-gas table's names. Its methane is of all origins, for which only AR5-28 has one value.
_GASES: Final = {
    "Carbon dioxide": "CO2",
    "Methane": METHANE,
    "Nitrous oxide": "N2O",
    "Sulfur hexafluoride": "SF6",
    "Nitrogen trifluoride": "NF3",
    "Carbon tetrafluoride": "CF4",
    "Hexafluoroethane": "C2F6",
    "Perfluoropropane": "C3F8",
}
# No gas of the table warms more than this per kg in any set: a bound for those we don't know.
_STRONGEST: Final = Fraction(26_000)
# Unspecified HFCs and PFCs are given in kg CO2e: part of the total, and no mass of a gas.
_MIXTURE: Final = "CO2e"
_HALF: Final = Fraction(1, 2)
_SAME_BUT_METHANE: Final = ("AR5", "AR5-28")

Gases = dict[str, "Decimal"]


def dollar(year: int) -> str:
    """Return the unit that a purchase of that year is counted in."""
    return f"US dollar of {year}"


@dataclass(frozen=True)
class _Good:
    """A row that has all a factor needs."""

    row: int
    code: str
    title: str
    year: int
    value: Decimal


def read_epa(
    data: bytes,
    by_gas: bytes | None = None,
    *,
    where: str = "EPA supply chain factors",
) -> FactorTable:
    """Return the factors of the CO2e table's bytes; the by-gas table tells the GWP set.

    Gases are not given: methane is of all origins there, and unspecified HFCs have no mass. Raises
    Refused for what is no such CSV, and for either file of a release that is not known (by its
    digest or by the year of its dollars); TooLarge beyond a limit.
    """
    gases, problems = _by_gas(by_gas, f"{where} by gas")
    digest = digest_text(sha256(data))
    years: set[str] = set()
    good: dict[str, _Good] = {}
    read = 0
    for row, cells in csv_rows(data, COLUMNS, where=where):
        read += 1
        taken = _taken(row, cells, good, years)
        if isinstance(taken, _Good):
            good[taken.code] = taken
        else:
            problems.append(Problem(where, row, *taken))
    # A table without a sound row states no year, and there is nothing of it to name a release for.
    source = _release(digest, years, where) if years else RELEASES[0].source
    gwp_set = _recognised({code: one.value for code, one in good.items()}, gases)
    drafts: list[Draft] = []
    findings: list[Problem] = []
    for one in good.values():
        made = _row(one, declared(dollar(one.year)), gwp_set)
        try:
            cell = Cell(where, one.row, VALUE, f"{one.code}, {one.title}")
            look = require_possible(cell, made.value, made.declared)
        except Unfit as why:
            problems.append(Problem(where, one.row, *why.reported))
        else:
            drafts.append(draft(made, source))
            findings += [] if look is None else [look]
    problems.sort(key=lambda problem: (problem.where, problem.row))
    return FactorTable(source, digest, read, tuple(drafts), tuple(problems), tuple(findings))


def _release(digest: str, years: set[str], where: str) -> Source:
    return recognised(RELEASES, digest, ", ".join(sorted(years)), where=where, of=_STATES)


def _row(one: _Good, unit: Declared, gwp_set: str) -> Row:
    return Row(
        number=one.row,
        id=one.code,
        name=f"{one.title}, per {dollar(one.year)} at purchaser price",
        description="Spend-based average of US purchases, from the cradle to the point of sale. The"
        " year is the dollar's; the emissions behind it may be of others.",
        value=one.value,
        declared=unit,
        year=one.year,
        geography={"geographyCountry": "US"},
        boundary="cradle-to-gate",
        basis="life-cycle",
        gwp_set=gwp_set,
    )


def _taken(
    row: int, cells: Mapping[str, str], good: Mapping[str, _Good], years: set[str]
) -> _Good | tuple[str, str, str, str]:
    """Return what a row says, or column, reason, message and remedy of the first fault in it."""
    code, value = text(cells[CODE]), number(cells[VALUE])
    unit = _UNIT.fullmatch(text(cells["Unit"]))
    if unit is not None:
        years.add(unit[1])
    if not _CODE.fullmatch(code):
        return CODE, "no-source", "the row has no NAICS code, so it can't be cited", "give the code"
    if code in good:
        return CODE, "twice", f"{code} is given twice", "keep one of the rows"
    if unit is None:
        wanted = "the table must be of kg CO2e per dollar of a year at purchaser price"
        return "Unit", "unit-unknown", f"{code}: its unit is not per US dollar", wanted
    if text(cells["GHG"]) != _ALL or "CO2e" not in unit[0]:
        what = f"{code} is of one gas, {text(cells['GHG'])[:64] or 'not named'}, and not of all"
        return "GHG", "one-gas", what, "give this file by --by-gas, beside the table of kg CO2e"
    if value is None:
        return VALUE, "no-number", f"{code} has no number", "give the number, or leave out the row"
    if value < 0:
        return VALUE, "negative", f"{code} is below zero", "ask the publisher"
    return _Good(row, code, text(cells[TITLE]) or code, int(unit[1]), value)


def _by_gas(data: bytes | None, where: str) -> tuple[dict[str, Gases], list[Problem]]:
    found: dict[str, Gases] = {}
    problems: list[Problem] = []
    years: set[str] = set()
    for row, cells in () if data is None else csv_rows(data, COLUMNS, where=where):
        mass, gas = number(cells[VALUE]), text(cells["GHG"])
        unit = _UNIT.fullmatch(text(cells["Unit"]))
        years |= set() if unit is None else {unit[1]}
        if mass is None or mass < 0 or not gas:
            problems.append(
                Problem(where, row, VALUE, "no-number", f"{gas or 'a gas'} has no mass", "give it")
            )
            continue
        name = _MIXTURE if "CO2e" in text(cells["Unit"]) else _GASES.get(gas, gas)
        found.setdefault(text(cells[CODE]), {})[name] = mass
    if data is not None and found:
        _release(digest_text(sha256(data)), years, where)
    return found, problems


def _recognised(totals: Mapping[str, Decimal], gases: Mapping[str, Gases]) -> str:
    """Return the one GWP set by which every row's gases can give its total; else ``unstated``."""
    if not totals or not totals.keys() <= gases.keys():
        return UNSTATED
    fitting = [
        name
        for name, gwp in tables().gwp["sets"].items()
        if all(_fits(total, gases[code], gwp) for code, total in totals.items())
    ]
    if fitting == list(_SAME_BUT_METHANE):
        # One methane for all gives the totals: where there is any, the wider set only fits too.
        methane = any(gases[code].get(METHANE) for code in totals)
        return _SAME_BUT_METHANE[int(methane)]
    return fitting[0] if len(fitting) == 1 else UNSTATED


def _fits(total: Decimal, gases: Gases, gwp: Mapping[str, str]) -> bool:
    """Tell whether the total lies between the least and the most that these gases can be."""
    least = most = Fraction(0)
    for gas, mass in gases.items():
        low, high = _range(gas, gwp)
        half = _HALF * Fraction(10) ** int(mass.as_tuple().exponent)
        least += low * (Fraction(mass) - half)
        most += high * (Fraction(mass) + half)
    half = _HALF * Fraction(10) ** int(total.as_tuple().exponent)
    return least - half <= Fraction(total) <= most + half


def _range(gas: str, gwp: Mapping[str, str]) -> tuple[Fraction, Fraction]:
    if gas == METHANE:
        origins = [Fraction(gwp[name]) for name in ("CH4_fossil", "CH4_non_fossil")]
        return min(origins), max(origins)
    if gas == _MIXTURE:
        return Fraction(1), Fraction(1)
    if gas in gwp:
        return Fraction(gwp[gas]), Fraction(gwp[gas])
    return Fraction(0), _STRONGEST
