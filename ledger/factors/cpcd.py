"""China Products Carbon Footprint Factors Database (CPCD), core table (CSV).

What a row covers follows from its kind (``cpcd_kinds``), not from the boundary that the table
prints. The table names no release, no gases and no GWP set.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.encoding import digest_text, sha256
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.factors.cpcd_kinds import KWH, coverage_of
from rootprint.ledger.factors.cpcd_tables import BASE, KILOGRAMS, PROVINCES, RELEASES, UNITS
from rootprint.ledger.factors.drafting import (
    FIRST_YEAR,
    LAST_YEAR,
    FactorTable,
    Problem,
    Row,
    Unfit,
    draft,
)
from rootprint.ledger.factors.releases import named, recognised
from rootprint.ledger.factors.sized import Cell, require_possible
from rootprint.ledger.factors.units import declared
from rootprint.ledger.tables import csv_rows, number, text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from rootprint.ledger.factors.drafting import Draft, Source
    from rootprint.ledger.factors.units import Declared

ID: Final = "产品ID"
NAME: Final = "产品名称"
BOUNDARY: Final = "核算边界"
VALUE: Final = "碳足迹"
YEAR: Final = "数据年份"
COLUMNS: Final = (ID, NAME, BOUNDARY, VALUE, YEAR)
_ID = re.compile(r"[0-9A-Za-z]{4,32}", re.ASCII)
_VALUE = re.compile(r"(?P<number>-?[0-9.]{1,34})(?P<mass>kg|t|g)CO2e\s*/\s*(?P<unit>\S.{0,63})")


def read_cpcd(
    data: bytes, *, release: str | None = None, where: str = "CPCD core table"
) -> FactorTable:
    """Return the factors of the table's bytes; ``release`` names one that is not known.

    Raises Refused for what is no such CSV, and for a file of no known digest without
    ``release``; TooLarge beyond a limit. What is wrong with a row is a problem of the table.
    """
    drafts: list[Draft] = []
    problems: list[Problem] = []
    findings: list[Problem] = []
    seen: set[str] = set()
    read = 0
    source = None
    digest = digest_text(sha256(data))
    for row, cells in csv_rows(data, COLUMNS, where=where):
        # Only now it is known to be a table of this form.
        source = source or _release(digest, release, where)
        read += 1
        try:
            made, look = _understand(row, cells, seen, where)
        except Unfit as why:
            problems.append(Problem(where, row, *why.reported))
        else:
            drafts.append(draft(made, source))
            findings += [] if look is None else [look]
        seen.add(text(cells[ID]))
    source = source or _release(digest, release, where)
    return FactorTable(source, digest, read, tuple(drafts), tuple(problems), tuple(findings))


def _release(digest: str, release: str | None, where: str) -> Source:
    """Return the source of a known copy, else of the release that its reader names.

    One table's products have one set of ids: what is known by its bytes bears no second name.
    """
    try:
        known = recognised(RELEASES, digest, "", where=where, of="release")
    except Refused as error:
        if release is not None:
            return named(BASE, release)
        remedy = f"{error.remedy}; or name the release that it is: --release 2025-11-30"
        raise Refused(error.args[0], remedy=remedy) from error
    if release is not None and named(BASE, release).id != known.id:
        message = f"{where} is {known.publication}, and --release calls it {release}"
        raise Refused(message, remedy="leave out --release: this copy is known by its digest")
    return known


def _understand(
    row: int, cells: Mapping[str, str], seen: set[str], where: str
) -> tuple[Row, Problem | None]:
    """Return what a row is, and what somebody should look at in it."""
    code, name, year = text(cells[ID]), text(cells[NAME]), text(cells[YEAR])
    if not _ID.fullmatch(code):
        raise Unfit(ID, "no-source", "the row has no id, so it can't be cited", "give the id")
    if code in seen:
        raise Unfit(ID, "twice", f"{code} is given twice", "keep one of the rows")
    if not name:
        raise Unfit(NAME, "no-name", f"{code} has no name", "give the name")
    if not year.isascii() or not year.isdigit() or not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise Unfit(YEAR, "no-year", f"{code} has no year", "give the year of the data")
    value, unit = _value(code, name, text(cells[VALUE]))
    look = require_possible(Cell(where, row, VALUE, f"{code}, {name}"), value, unit)
    covers = coverage_of(code, name, text(cells[BOUNDARY]), unit, value)
    understood = Row(
        number=row,
        id=code,
        name=name,
        description=f"{name}. {covers.says}",
        value=value,
        declared=unit,
        year=int(year),
        geography=_geography(name),
        boundary=covers.boundary,
        basis=covers.basis,
        # CO2's own GWP is 1 in every set; of the others the table doesn't say.
        gwp_set="unstated" if covers.only is None else "AR6",
        component=covers.component,
        gases=None if covers.only is None else {covers.only: value},
        includes_transmission=covers.transmission,
        is_transmission=covers.losses,
        calorific_value=covers.calorific_value,
        is_heat=covers.heat,
        service=covers.service,
    )
    return understood, look


def _value(code: str, name: str, cell: str) -> tuple[Decimal, Declared]:
    parts = _VALUE.fullmatch(cell)
    figure = None if parts is None else number(parts["number"])
    if parts is None or figure is None:
        raise Unfit(VALUE, "no-number", f"{code} is not a number with CO2e and a unit",
                     "write it like 0.5777kgCO2e / 千瓦时")  # fmt: skip
    if figure < 0:
        raise Unfit(VALUE, "negative", f"{code} is below zero: a credit without its parts",
                     "state emissions and removals apart, with their method")  # fmt: skip
    unit = UNITS.get(parts["unit"].strip())
    if unit is None:
        raise Unfit(VALUE, "unit-unknown", f"{code} is per {parts['unit'].strip()}",
                     "propose the unit for the unit table, with its exact definition")  # fmt: skip
    if unit == KWH and "电池" in name:
        raise Unfit(VALUE, "unit-not-energy", f"{code} is per kWh of capacity, not of energy",
                     "state it per piece or kilogram of the battery")  # fmt: skip
    return figure * KILOGRAMS[parts["mass"]], declared(unit)


def _geography(name: str) -> dict[str, str]:
    for province, code in PROVINCES.items():
        if province in name and ("电力" in name or "电网" in name):
            return {"geographyCountrySubdivision": f"CN-{code}"}
    return {"geographyCountry": "CN"}
