"""Small tables in the form of the real ones, with made-up rows."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import openpyxl

from rootprint.ledger.core.schema import footprint
from rootprint.ledger.factors import read_cpcd

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rootprint.ledger.factors import FactorTable

UK_HEAD = ("ID", "Scope", "Level 1", "Level 2", "Level 3", "Level 4", "Column Text", "UOM",
           "GHG/Unit")  # fmt: skip
EPA_HEAD = ("2017 NAICS Code", "2017 NAICS Title", "GHG", "Unit",
            "Supply Chain Emission Factors with Margins")  # fmt: skip
EPA_UNIT = '"kg CO2e/2022 USD, purchaser price"'
RELEASE = "2026-01-31"
CPCD_HEAD = ("产品ID", "产品名称", "核算边界", "碳足迹", "数据年份")
# AR5's, as the real table prints them.
GWPS = (("Carbon dioxide", 1), ("Methane", 28), ("Nitrous oxide", 265), ("HFC-23", 12400),
        ("Nitrogen trifluoride", 16100))  # fmt: skip


def flat_file(
    rows: Iterable[tuple[Any, ...]],
    gwps: Iterable[tuple[str, float]] = GWPS,
    *,
    heading: str | None = "GHG Conversion Factor 2025",
) -> bytes:
    """Return a flat file (XLSX) with its headings in row 6, these rows, and the rows of gases."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Factors by Category"
    for _ in range(5):
        sheet.append(["UK Government GHG Conversion Factors"])
    sheet.append([*UK_HEAD, heading])
    for row in rows:
        sheet.append(row)
    for number, (gas, value) in enumerate(gwps):
        levels = ("Scope 1", "Refrigerant & other", "Kyoto protocol products", gas, None, None)
        sheet.append([f"3_{number}_3_1", *levels, "kg", "kg CO2e", value])
    sheet.append([None, "END"])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def gases(code: str, levels: tuple[Any, ...], unit: str, *values: float) -> list[tuple[Any, ...]]:
    """Return the four rows of one factor: kg CO2e, and of it CO2, CH4, N2O."""
    kinds = ("kg CO2e", *(f"kg CO2e of {gas} per unit" for gas in ("CO2", "CH4", "N2O")))
    return [
        (f"{code}_{number}", *levels, unit, kind, value)
        for number, (kind, value) in enumerate(zip(kinds, values, strict=True), start=1)
    ]


def epa(*rows: str) -> bytes:
    """Return a table in EPA's form."""
    head = ",".join(f'"{name}"' for name in EPA_HEAD)
    return "\n".join([head, *rows, ""]).encode()


def cpcd(*rows: str) -> bytes:
    """Return a table in CPCD's form."""
    return "\n".join([",".join(CPCD_HEAD), *rows, ""]).encode("utf-8-sig")


def read_rows(*rows: str) -> FactorTable:
    """Return what the reader makes of these rows of CPCD, whose release its reader names."""
    return read_cpcd(cpcd(*rows), release=RELEASE)


def signed_form(subject: Mapping[str, Any]) -> None:
    """Check a draft by the rules that its statement will be held to; raises Refused."""
    hidden = {"gases": [{"...": "A" * 43}]} if "gases" in subject else {}
    footprint.subject({**subject, **hidden}, "credentialSubject")


def only(table: FactorTable) -> Any:
    """Return the subject of the one draft of a table without problems."""
    assert [str(problem) for problem in table.problems] == []
    assert len(table.drafts) == 1
    return table.drafts[0].subject


def only_problem(table: FactorTable) -> tuple[int, str, str]:
    """Return row, column and reason of the one problem of a table without drafts."""
    assert table.drafts == ()
    assert len(table.problems) == 1
    problem = table.problems[0]
    assert problem.remedy
    return problem.row, problem.column, problem.reason
