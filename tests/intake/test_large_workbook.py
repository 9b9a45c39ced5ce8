"""A workbook of thousands of lines: read, signed and verified; of tens of thousands: refused."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import pytest
import yaml

from rootprint.ledger.core.errors import TooLarge
from rootprint.ledger.intake import compose, parse_inventory
from tests.intake.place import HEAD
from tests.tables.books import book

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.intake.place import Place

COLUMNS = ("stage", "description", "amount.value", "amount.unit", "source.published", "source.per",
           "source.component", "source.reference", "primary")  # fmt: skip


def _rows(rows: Iterable[Iterable[object]]) -> str:
    """Return a sheet: numbers as number cells, all else as texts of their own."""
    return f"<sheetData>{''.join(map(_row, rows))}</sheetData>"


def _row(cells: Iterable[object]) -> str:
    return f"<row>{''.join(map(_cell, cells))}</row>"


def _cell(value: object) -> str:
    if isinstance(value, (int, float)):
        return f"<c><v>{value!r}</v></c>"
    return f'<c t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


def _dotted(value: object, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for inner, member in value.items():
            yield from _dotted(member, f"{name}.{inner}" if name else inner)
    elif isinstance(value, list):
        for number, member in enumerate(value, 1):
            yield from _dotted(member, f"{name}.{number}")
    else:
        yield name, str(value).lower() if isinstance(value, bool) else str(value)


def workbook(lines: int) -> bytes:
    rows = (
        ("raw-material", f"part {number}", round(1 + number / 1000, 3), "kg", "2.0", "kilogram",
         "fossilGhgEmissions", f"table 1, row {number}", "false")
        for number in range(lines)
    )  # fmt: skip
    head = [("member", "value"), *_dotted(yaml.safe_load(HEAD), "")]
    return book({"head": _rows(head), "inventory": _rows([COLUMNS, *rows])})


@pytest.mark.slow
def test_a_workbook_of_5_000_lines_becomes_a_verified_statement(place: Place) -> None:
    inventory = parse_inventory(workbook(5000), where="large.xlsx")
    assert len(inventory.lines) == 5000
    assert inventory.findings == ()
    draft = compose(inventory, inventory.issuer, lambda _: None)  # type: ignore[arg-type,return-value]
    statement = place.published(draft)
    place.anchor()
    report = place.walk(statement)
    assert report.verdict == "verified"
    # 2 kg for each of 1 + 0, 1 + 0.001, … kilograms.
    assert statement.subject["pcf"]["fossilGhgEmissions"].startswith("3499")


@pytest.mark.slow
def test_a_workbook_of_40_000_lines_is_refused() -> None:
    with pytest.raises(TooLarge, match=r"large\.xlsx sheet inventory is beyond 16384 rows"):
        parse_inventory(workbook(40_000), where="large.xlsx")
