"""China Products Carbon Footprint Factors Database (CPCD), core table (CSV).

The table calls grid factors of direct CO2 (电力…二氧化碳排放因子) cradle-to-gate like the
footprints (碳足迹因子) beside them. They are not: whatever is named so becomes direct-only,
gate-to-gate, and never a life-cycle factor. A figure whose boundary begins at the gate has no
upstream part either.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.encoding import digest_text, sha256
from rootprint.ledger.factors.cpcd_tables import BOUNDARIES, KILOGRAMS, PROVINCES, SOURCE, UNITS
from rootprint.ledger.factors.drafting import (
    FIRST_YEAR,
    LAST_YEAR,
    FactorTable,
    Problem,
    Row,
    Unfit,
    draft,
)
from rootprint.ledger.factors.units import declared
from rootprint.ledger.tables import csv_rows, number, text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from rootprint.ledger.factors.drafting import Draft
    from rootprint.ledger.factors.units import Declared

ID: Final = "产品ID"
NAME: Final = "产品名称"
BOUNDARY: Final = "核算边界"
VALUE: Final = "碳足迹"
YEAR: Final = "数据年份"
COLUMNS: Final = (ID, NAME, BOUNDARY, VALUE, YEAR)
_ID = re.compile(r"[0-9A-Za-z]{4,32}", re.ASCII)
_VALUE = re.compile(r"(?P<number>-?[0-9.]{1,34})(?P<mass>kg|t|g)CO2e\s*/\s*(?P<unit>\S.{0,63})")
_KWH: Final = "kilowatt hour"
_DIRECT_CO2: Final = ("二氧化碳排放因子", "基准线排放因子")
_LOSSES: Final = "输配电"
# Said of a footprint that is a grid's average, which holds what it takes to deliver it.
_AVERAGE: Final = re.compile(r"电力平均碳足迹因子")
_FOOTPRINT: Final = re.compile(r"电力.*碳足迹因子|输配电碳足迹因子")


@dataclass(frozen=True)
class _Coverage:
    """What a row covers, in our words; ``says`` tells where they differ from the table's."""

    boundary: str
    basis: str
    says: str
    transmission: bool | None = None
    losses: bool = False
    co2_only: bool = False


def read_cpcd(data: bytes, *, where: str = "CPCD core table") -> FactorTable:
    """Return the factors of the table's bytes.

    Raises Refused for what is no such CSV, TooLarge beyond a limit; what is wrong with a row is a
    problem of the table.
    """
    drafts: list[Draft] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    read = 0
    for row, cells in csv_rows(data, COLUMNS, where=where):
        read += 1
        try:
            drafts.append(draft(_understand(row, cells, seen), SOURCE))
        except Unfit as why:
            problems.append(Problem(where, row, *why.reported))
        seen.add(text(cells[ID]))
    digest = digest_text(sha256(data))
    return FactorTable(SOURCE, digest, read, tuple(drafts), tuple(problems))


def _understand(row: int, cells: Mapping[str, str], seen: set[str]) -> Row:
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
    covers = _coverage(code, name, text(cells[BOUNDARY]), unit)
    return Row(
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
        gwp_set="AR6" if covers.co2_only else "unstated",
        gases={"CO2": value} if covers.co2_only else None,
        includes_transmission=covers.transmission,
        is_transmission=covers.losses,
    )


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
    if unit == _KWH and "电池" in name:
        raise Unfit(VALUE, "unit-not-energy", f"{code} is per kWh of capacity, not of energy",
                     "state it per piece or kilogram of the battery")  # fmt: skip
    return figure * KILOGRAMS[parts["mass"]], declared(unit)


def _coverage(code: str, name: str, printed: str, unit: Declared) -> _Coverage:
    if any(mark in name for mark in _DIRECT_CO2):
        says = f"Direct CO2 of generation; the table prints {printed or 'no boundary'}."
        return _Coverage("gate-to-gate", "direct-only", says, transmission=False, co2_only=True)
    boundary = BOUNDARIES.get(printed)
    if boundary is None:
        raise Unfit(BOUNDARY, "no-boundary", f"{code} has no boundary of the four",
                     f"one of {', '.join(BOUNDARIES)}")  # fmt: skip
    if boundary.startswith("gate-"):
        return _Coverage(boundary, "direct-only", f"Without anything upstream ({printed}).")
    says = f"Life cycle as the table has it ({printed})."
    if unit.unit != _KWH:
        return _Coverage(boundary, "life-cycle", says)
    losses = _LOSSES in name
    if _FOOTPRINT.search(name) and boundary == "cradle-to-grave":
        # Delivered electricity has nothing after its delivery: its grave is the customer's gate.
        boundary, says = "cradle-to-gate", f"{says} Electricity ends where it is delivered."
    with_losses = losses or _AVERAGE.search(name) is not None
    return _Coverage(boundary, "life-cycle", says, transmission=with_losses, losses=losses)


def _geography(name: str) -> dict[str, str]:
    for province, code in PROVINCES.items():
        if province in name and ("电力" in name or "电网" in name):
            return {"geographyCountrySubdivision": f"CN-{code}"}
    return {"geographyCountry": "CN"}
