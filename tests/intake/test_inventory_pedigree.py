"""Pedigree scores in all three formats: one draft, and a fault is reported with its cell."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from rootprint.ledger.core.tables import tables
from rootprint.ledger.intake import InventoryProblems, compose, parse_inventory
from rootprint.ledger.intake.inventory.columns import COLUMNS
from tests.intake.test_inventory import FIRST_STEPS, per
from tests.support.world import World

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement

SCORES = ("reliability", "completeness", "temporal", "geographical", "technological")
_HEADED = ("pedigree.version", "pedigree.basic", *(f"pedigree.scores.{name}" for name in SCORES))
_PREFIX = "pedigree.scores."
Rows = list[list[str]]


@pytest.fixture(scope="module")
def power() -> Statement:
    world = World()
    return world.publish(world.factor("power", includesTransmission=True, pcf=per("kilowatt hour")))


def as_yaml(cells: dict[str, str]) -> bytes:
    """The bracket, its first line alone with a pedigree: the one that these cells say."""
    value = yaml.safe_load((FIRST_STEPS / "bracket.yaml").read_bytes())
    for line in value["inventory"]:
        del line["pedigree"]
    scores = {
        name.removeprefix(_PREFIX): int(text)
        for name, text in cells.items()
        if name.startswith(_PREFIX)
    }
    value["inventory"][0]["pedigree"] = {
        "version": cells["pedigree.version"],
        "basic": cells["pedigree.basic"],
        "scores": scores,
    }
    return yaml.safe_dump(value, sort_keys=False).encode()


def as_csv(cells: dict[str, str]) -> bytes:
    rows: Rows = list(csv.reader(io.StringIO((FIRST_STEPS / "bracket.csv").read_text())))
    header = next(number for number, row in enumerate(rows) if row[:1] == ["stage"])
    for row in rows[header : header + 3]:
        del row[len(row) - len(_HEADED) :]  # the example's own, which are the last columns
    rows[header] += cells
    rows[header + 1] += cells.values()
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue().encode()


def as_xlsx(cells: dict[str, str]) -> bytes:
    """As people type it: whole numbers become number cells."""
    book = openpyxl.load_workbook(FIRST_STEPS / "bracket.xlsx")
    sheet: Any = book["inventory"]
    sheet.delete_cols(sheet.max_column + 1 - len(_HEADED), len(_HEADED))
    for column, (name, text) in enumerate(cells.items(), sheet.max_column + 1):
        sheet.cell(row=1, column=column, value=name)
        sheet.cell(row=2, column=column, value=int(text) if text.isdecimal() else text)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@settings(max_examples=8, deadline=None)
@given(
    version=st.sampled_from(sorted(tables().pedigree["versions"])),
    basic=st.sampled_from(sorted(tables().pedigree["basic"])),
    scores=st.lists(st.integers(1, 5), min_size=5, max_size=5),
    sampled=st.none() | st.integers(1, 5),
)
def test_the_three_formats_give_the_same_draft(
    power: Statement, version: str, basic: str, scores: list[int], sampled: int | None
) -> None:
    cells = dict(zip(_HEADED, [version, basic, *map(str, scores)], strict=True))
    if sampled is not None:
        cells["pedigree.scores.sample_size"] = str(sampled)
    one, *others = (
        compose(parse_inventory(data, where="x"), "did:web:x.example", lambda _: power)
        for data in (as_yaml(cells), as_csv(cells), as_xlsx(cells))
    )
    assert others == [one, one]
    spreads = [line.get("uncertainty") for line in one["credentialSubject"]["inventory"]]
    assert [spread is None for spread in spreads] == [False, True]
    assert spreads[0]["statedValue"] == "0.75"


def test_every_indicator_of_the_table_has_its_column() -> None:
    indicators = {name for version in tables().pedigree["versions"].values() for name in version}
    columns = {name.removeprefix(_PREFIX) for name in COLUMNS if name.startswith(_PREFIX)}
    assert columns == indicators


def test_every_column_is_documented() -> None:
    text = (FIRST_STEPS.parents[1] / "docs" / "inventory.md").read_text(encoding="utf-8")
    _, _, section = text.partition("### Columns\n")
    assert [name for name in COLUMNS if f"`{name}`" not in section] == []


def test_an_indicator_that_no_table_has_is_reported_where_it_stands() -> None:
    data = as_yaml({**GOOD, "pedigree.scores.luck": "1"})
    with pytest.raises(InventoryProblems) as caught:
        parse_inventory(data, where="x.yaml")
    (found,) = caught.value.problems
    assert found.member == "inventory.1.pedigree.scores.luck"
    assert found.line == 1 + data.decode().splitlines().index("      luck: 1")
    assert "use one of completeness, geographical" in found.remedy


GOOD = dict(zip(_HEADED, ["2", "energy-and-materials", "1", "2", "3", "4", "5"], strict=True))


@pytest.mark.parametrize(
    ("name", "text", "place", "cell", "message"),
    [
        ("pedigree.scores.temporal", "7", (29, 14), "N2", "is not an integer from 1 to 5"),
        ("pedigree.scores.temporal", "0", (29, 14), "N2", "is not an integer from 1 to 5"),
        ("pedigree.scores.temporal", "good", (29, 14), "N2", "is not an integer from 1 to 5"),
        ("pedigree.scores.temporal", "", (29, 10), "J2", "no score for temporal"),
        ("pedigree.version", "9", (29, 10), "J2", "is not in the pedigree table — use one of 1, 2"),
        ("pedigree.version", "", (29, 10), "J2", "inventory.1.pedigree.version is missing"),
        ("pedigree.basic", "weather", (29, 11), "K2", "is not in the pedigree table — use one"),
        (
            "uncertainty.geometricStandardDeviation", "1.2", (29, 10), "J2",
            "inventory.1.pedigree stands beside uncertainty",
        ),
    ],
)  # fmt: skip
def test_a_fault_has_its_cell_and_what_to_do(
    name: str, text: str, place: tuple[int, int], cell: str, message: str
) -> None:
    cells = {**GOOD, name: text}
    if name.startswith("uncertainty."):
        cells |= {"uncertainty.distribution": "lognormal", "uncertainty.statedValue": "0.75"}
    for data, where in ((as_csv(cells), "x.csv"), (as_xlsx(cells), "x.xlsx")):
        with pytest.raises(InventoryProblems) as caught:
            parse_inventory(data, where=where)
        (found,) = caught.value.problems
        assert message in str(found)
        assert found.remedy
        if where == "x.csv":
            assert (found.line, found.column) == place
        else:
            assert found.cell == f"inventory!{cell}"


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("pedigree.scores.reliabilty", "did you mean pedigree.scores.reliability?"),
        ("pedigree.scores", "did you mean pedigree."),
    ],
)
def test_a_column_that_is_no_indicator_is_reported_at_its_head(name: str, near: str) -> None:
    with pytest.raises(InventoryProblems) as caught:
        parse_inventory(as_csv({**GOOD, name: "1"}), where="x.csv")
    (found,) = caught.value.problems
    assert (found.line, found.column) == (28, 17)
    assert near in found.remedy
