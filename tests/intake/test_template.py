"""The template: filled in by its labels, in either language, it says what YAML says."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import yaml

from rootprint.ledger.intake import (
    LANGUAGES,
    InventoryProblems,
    compose,
    parse_inventory,
    template_workbook,
)
from rootprint.ledger.intake.vocabulary import names_of
from tests.intake.filling import SHEETS, filled, saved, saved_by_libreoffice, soffice

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement
    from tests.intake.place import Place

YAML = Path(__file__).parent / "data" / "template.yaml"


@pytest.fixture
def power(place: Place) -> Statement:
    per_kwh = {"declaredUnitOfMeasurement": "kilowatt hour"}
    return place.factor("mix", pcf=per_kwh, includesTransmission=True)


def drafted(data: bytes, power: Statement) -> dict[str, Any]:
    """The draft of a file, without the name of who computed it."""
    inventory = parse_inventory(data, where="template")
    return compose(inventory, inventory.issuer, {"电力": power}.__getitem__)


def as_yaml() -> bytes:
    return YAML.read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_filled_in_it_gives_the_draft_that_yaml_gives(language: str, power: Statement) -> None:
    assert drafted(saved(filled(language)), power) == drafted(as_yaml(), power)


@pytest.mark.skipif(soffice() is None, reason="there is no soffice to save the workbook with")
@pytest.mark.parametrize("language", LANGUAGES)
def test_saved_by_libreoffice_it_is_read_alike(
    language: str, power: Statement, tmp_path: Path
) -> None:
    data = saved_by_libreoffice(saved(filled(language)), tmp_path)
    assert drafted(data, power) == drafted(as_yaml(), power)


def test_it_names_the_statements_that_it_cites() -> None:
    found = parse_inventory(saved(filled("zh")), where="x.xlsx")
    assert found.statements == {"电力": "sha256:" + "0" * 64}
    assert found.inputs == {"电力"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_one_is_answered_with_the_cells_to_fill(language: str) -> None:
    with pytest.raises(InventoryProblems) as caught:
        parse_inventory(template_workbook(language), where="x.xlsx")
    cells = {one.member: one.cell for one in caught.value.problems}
    head = SHEETS[language]["head"]
    assert cells["issuer"] == f"{head}!B4"
    assert cells["pcf.declaredUnitOfMeasurement"] == f"{head}!B23"
    assert cells["inventory"].startswith(f"{SHEETS[language]['inventory']}!")
    assert all(one.cell for one in caught.value.problems)
    # Of each cell that must be filled, and none that need not be, it says so beside it.
    sheet = openpyxl.load_workbook(io.BytesIO(template_workbook(language)))[head]
    asked = {row[0].row: row[2].value for row in sheet.iter_rows(min_row=2) if not row[1].value}
    needed = {f"{head}!B{n}" for n, hint in asked.items() if str(hint)[:2] in {"必填", "re"}}
    geography = {cells.pop("pcf")}
    assert needed == set(cells.values()) - geography - {cells["inventory"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_example_that_was_changed_is_refused_until_its_mark_is_cleared(language: str) -> None:
    book = filled(language)
    sheet = book[SHEETS[language]["inventory"]]
    sheet["D2"].value = 2000
    with pytest.raises(InventoryProblems, match="is marked as an example, and was changed") as told:
        parse_inventory(saved(book), where="x.xlsx")
    assert told.value.problems[0].cell == f"{sheet.title}!A2"
    sheet["A2"].value = None
    found = parse_inventory(saved(book), where="x.xlsx")
    assert found.lines[0]["amount"]["value"] == "0.002"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_drop_down_offers_only_what_is_read(language: str) -> None:
    """Each text of each list, given to the member that it is offered for, is known there."""
    book = openpyxl.load_workbook(io.BytesIO(template_workbook(language)))
    unread, offered = [], 0
    for name, title in SHEETS[language].items():
        sheet = book[title]
        for rule in sheet.data_validations.dataValidation:
            source, _, cells = str(rule.formula1).replace("$", "").partition("!")
            if rule.type != "list" or source.strip("'") in SHEETS[language].values():
                continue
            place = min(rule.sqref.ranges, key=str)
            at = sheet.cell(place.min_row, 4) if name == "head" else sheet.cell(1, place.min_col)
            member = names_of(name).named(str(at.value)) or str(at.value)
            for row in book[source.strip("'")][cells]:
                offered += 1
                if not known(name, member, str(row[0].value)):
                    unread.append((member, row[0].value))
    assert not unread
    assert offered > 250


def known(table: str, member: str, text: str) -> bool:
    """Whether nothing is said against the word itself where YAML has it at that member."""
    value = yaml.safe_load(as_yaml())
    around = {"head": value, "outputs": value["process"]["outputs"][0]}
    node: Any = around.get(table, value["inventory"][0])
    if member in {"boundary", "basis"}:
        value["role"] = "factor"  # which may have any of them
    *inner, last = member.split(".")
    for step in inner:
        node = node[0] if isinstance(node, list) else node.setdefault(step, {})
    if isinstance(node, list):
        node[int(last) - 1 : int(last)] = [text]
    else:
        node[last] = text
    try:
        parse_inventory(yaml.safe_dump(value).encode(), where="x.yaml")
    except InventoryProblems as error:
        against = ("is not one of", "not in the unit table", "has no GWP", "is not true or false",
                   "is not an ISO", "is not product")  # fmt: skip
        said = [one.what for one in error.problems if last in one.member]
        return not any(word in what for word in against for what in said)
    return True


def test_what_is_computed_is_left_out_by_who_fills_it_in() -> None:
    book = filled("zh")
    head = book["声明"]
    (row,) = [one[0].row for one in head.iter_rows() if one[3].value == "pcf.primaryDataShare"]
    head.cell(row, 2).value = "80"
    with pytest.raises(InventoryProblems, match="is computed from the lines — leave it out"):
        parse_inventory(saved(book), where="x.xlsx")


def test_yaml_of_the_same_has_the_members_own_names() -> None:
    said = yaml.safe_load(as_yaml())
    assert said["inventory"][0]["stage"] == "manufacturing"
    assert said["pcf"]["geographyCountry"] == "CN"


def test_a_changed_heading_is_told_alone() -> None:
    book = filled("zh")
    book["清单"]["D1"] = "用量多少"
    with pytest.raises(InventoryProblems) as caught:
        parse_inventory(saved(book), where="x.xlsx")
    (one,) = caught.value.problems
    assert (one.cell, one.what) == ("清单!D1", "heads a column that is not known")


def test_an_example_without_a_deleted_column_is_one_still() -> None:
    book = filled("zh")
    heads = {one.value: one.column for one in book["清单"][1]}
    assert any(book["清单"].cell(row, heads["初级数据"]).value for row in (2, 3, 4))
    book["清单"].delete_cols(heads["初级数据"])
    with pytest.raises(InventoryProblems) as caught:
        parse_inventory(saved(book), where="x.xlsx")
    assert {one.line for one in caught.value.problems} == {5, 6, 7, 8, 9}
    assert all(one.member.endswith(".primary") for one in caught.value.problems)


def test_missing_outputs_are_asked_for_on_their_sheet() -> None:
    book = filled("zh")
    book["产出"].delete_rows(3, 5)
    with pytest.raises(InventoryProblems) as caught:
        parse_inventory(saved(book), where="x.xlsx")
    assert any(
        (one.cell, one.member) == ("产出!A3", "process.outputs") for one in caught.value.problems
    )


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        (("引用", "C3"), "sha256:" + "0" * 63, "copy it whole, as rootprint publish prints it"),
        (("引用", "C3"), "0" * 64, "copy it whole"),
        (("引用", "C3"), "sha256:" + "A" * 64, "copy it whole"),
        (("声明", "声明单位"), "吨", "kilogram (千克) for a mass"),
        (("声明", "国家"), "江苏", "a province stands under pcf.geographyCountrySubdivision"),
        (("产出", "产率"), 98, "0.98 for 98 %"),
    ],
)
def test_a_remedy_speaks_of_the_member(cell: tuple[str, str], value: object, said: str) -> None:
    book = filled("zh")
    sheet = book[cell[0]]
    at = cell[1]
    if cell[0] == "声明":
        at = next(f"B{row[0].row}" for row in sheet.iter_rows() if row[0].value == cell[1])
    if cell[1] == "产率":
        at = next(f"{one.column_letter}3" for one in sheet[1]
                  if one.comment is not None and "yield" in one.comment.text)  # fmt: skip
    sheet[at] = value
    with pytest.raises(InventoryProblems) as caught:
        parse_inventory(saved(book), where="x.xlsx")
    assert any(said in one.remedy for one in caught.value.problems), caught.value.problems
