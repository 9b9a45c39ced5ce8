"""The UK's flat file: what becomes a factor, what is refused and why."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from rootprint.ledger.core.encoding import digest_text, sha256
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.factors import read_uk
from rootprint.ledger.factors.uk import COLUMNS
from tests.factors.tables import flat_file, gases, only, only_problem, signed_form

ELECTRICITY = ("Scope 2", "UK electricity", "Electricity generated", "Electricity: UK", "kWh", None)
BUTANE = ("Scope 1", "Fuels", "Gaseous fuels", "Butane", None, None)


def test_a_fuel_is_a_direct_factor_with_its_gases_and_the_tables_own_gwps() -> None:
    """3033.38067 kg CO2e a tonne: per 1000 kilogram, so the number stays as printed."""
    rows = gases("1_1_15", BUTANE, "tonnes", 3033.38067, 3029.26, 2.52, 1.60067)
    drafts = read_uk(flat_file(rows)).drafts
    subject = next(draft.subject for draft in drafts if "Butane" in str(draft.subject))
    pcf = subject["pcf"]
    assert (subject["basis"], subject["boundary"]) == ("direct-only", "gate-to-gate")
    assert (pcf["declaredUnitOfMeasurement"], pcf["declaredUnitAmount"]) == ("kilogram", "1000")
    assert pcf["fossilGhgEmissions"] == "3033.38067"
    assert pcf["referencePeriodStart"] == "2025-01-01T00:00:00Z"
    assert subject["productIds"] == ["urn:rootprint:factor:uk-gov-ghg-2025:1_1_15"]
    assert subject["characterizationSets"] == [{"set": "AR5-28", "share": "100"}]
    assert subject["gases"] == {"CO2": "3029.26", "CH4_fossil": "0.09", "N2O": "0.006040264151"}
    signed_form(subject)


def test_grid_electricity_is_direct_and_without_transmission() -> None:
    """Trap 1 and 2: it may not stand in a life-cycle line, and losses are a factor apart."""
    subject = only(read_uk(flat_file([("7_1_5_1", *ELECTRICITY, "kWh", "kg CO2e", 0.177)], [])))
    assert subject["basis"] == "direct-only"
    assert subject["includesTransmission"] is False
    assert "productClassifications" not in subject
    loss = ("Scope 3", "Transmission and distribution", "T&D- UK electricity", "UK", None, None)
    subject = only(read_uk(flat_file([("13_1_5_1", *loss, "kWh", "kg CO2e", 0.01853)], [])))
    assert subject["includesTransmission"] is True
    assert subject["productClassifications"] == ["urn:rootprint:class:electricity-transmission"]
    signed_form(subject)


@pytest.mark.parametrize(
    ("level1", "basis", "boundary", "component"),
    [
        ("WTT- fuels", "life-cycle", "cradle-to-gate", "fossilGhgEmissions"),
        ("Material use", "life-cycle", "cradle-to-gate", "fossilGhgEmissions"),
        ("Waste disposal", "direct-only", "gate-to-grave", "fossilGhgEmissions"),
        ("Bioenergy", "direct-only", "gate-to-gate", "biogenicNonCO2Emissions"),
    ],
)
def test_what_a_table_covers(level1: str, basis: str, boundary: str, component: str) -> None:
    row = ("9_1_15_1", "Scope", level1, "a", "b", None, None, "tonnes", "kg CO2e", 12.5)
    subject = only(read_uk(flat_file([row], [])))
    assert (subject["basis"], subject["boundary"]) == (basis, boundary)
    assert subject["pcf"][component] == "12.5"
    signed_form(subject)


def test_a_table_that_does_not_print_its_gwps_is_unstated_and_has_no_gases() -> None:
    rows = gases("1_1_15", BUTANE, "tonnes", 3033.38067, 3029.26, 2.52, 1.60067)
    subject = only(read_uk(flat_file(rows, [])))
    assert subject["characterizationSets"] == [{"set": "unstated", "share": "100"}]
    assert "gases" not in subject


def test_methane_is_called_fossil_only_where_its_origin_decides_nothing() -> None:
    """Trap 4: the table does not say it. A tenth of the total as methane leaves no gases at all."""
    little = gases("1_2_8", BUTANE, "litres", 2.6, 2.5252, 0.0028, 0.072)
    much = gases("1_2_8", BUTANE, "litres", 2.6, 2.228, 0.3, 0.072)
    subjects = [
        next(d.subject for d in read_uk(flat_file(rows)).drafts if "Butane" in str(d.subject))
        for rows in (little, much)
    ]
    assert subjects[0]["gases"]["CH4_fossil"] == "0.0001"
    assert "gases" not in subjects[1]


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (("1_1_15_1", *BUTANE, "tonnes", "kg CO2e", None), "GHG Conversion Factor", "no-number"),
        (("1_1_15_1", *BUTANE, "tonnes", "kg CO2e", "n/a"), "GHG Conversion Factor", "no-number"),
        (("1_1_15_1", *BUTANE, "tonnes", "kg CO2e", True), "GHG Conversion Factor", "no-number"),
        (("1_1_15_1", *BUTANE, "tonnes", "kg CO2e", -1), "GHG Conversion Factor", "negative"),
        (("1_1_4_1", *BUTANE, "Room per night", "kg CO2e", 1), "UOM", "unit-unknown"),
        (("1_1_4_1", *BUTANE, None, "kg CO2e", 1), "UOM", "unit-unknown"),
        ((None, *BUTANE, "tonnes", "kg CO2e", 1), "ID", "no-source"),
        (("1_1_4_1", "Scope 3", "Water supply", "a", None, None, None, "tonnes", "kg CO2e", 1),
         "Level 1", "coverage-unknown"),
        (("1_1_4_1", "Scope 1", "A new table", "a", None, None, None, "tonnes", "kg CO2e", 1),
         "Level 1", "coverage-unknown"),
        (("6_1_4_5", "Scope 1", "SECR kWh pass & delivery vehs", "a", None, None, None, "tonnes",
          "kWh (Net CV)", 1), "GHG/Unit", "not-emissions"),
        (("99_1_4_2", "Outside of Scopes", "Outside of scopes", "a", None, None, None, "litres",
          "kg CO2e of CO2 per unit", None), "GHG Conversion Factor", "no-number"),
        (("1_1_15_1", *BUTANE, "kg", "kg CO2e", 3033380.67), "GHG Conversion Factor",
         "implausible"),
    ],
)  # fmt: skip
def test_a_row_that_is_no_factor_is_reported_with_its_place(
    row: tuple[Any, ...], column: str, reason: str
) -> None:
    table = read_uk(flat_file([row], []), where="my.xlsx")
    assert only_problem(table) == (7, column, reason)
    assert str(table.problems[0]).startswith(f"my.xlsx, row 7, column {column} (")
    assert table.problems[0].cell == f"{'ABCDEFGHIJ'[COLUMNS.index(column)]}7"


def test_gases_that_do_not_add_to_the_total_are_refused() -> None:
    table = read_uk(flat_file(gases("1_1_15", BUTANE, "tonnes", 3033.38, 3029.26, 2.52, 1.70)))
    assert [problem.reason for problem in table.problems] == ["gases-disagree"]


def test_a_row_that_is_given_twice_is_reported() -> None:
    row = ("1_1_15_1", *BUTANE, "tonnes", "kg CO2e", 1)
    table = read_uk(flat_file([row, row], []))
    assert [problem.reason for problem in table.problems] == ["twice"]
    assert len(table.drafts) == 1


def test_all_problems_come_at_once_and_are_counted() -> None:
    rows = [
        ("1_1_15_1", *BUTANE, "tonnes", "kg CO2e", 1),
        ("1_2_15_1", *BUTANE, "tonnes", "kg CO2e", None),
        ("1_3_15_1", *BUTANE, "acres", "kg CO2e", 1),
        ("1_4_15_1", *BUTANE, "acres", "kg CO2e", 1),
    ]
    data = flat_file(rows, [])
    table = read_uk(data)
    assert table.digest == digest_text(sha256(data))
    assert table.summary == (
        "uk-gov-ghg-2025: 4 rows read, 1 factors, 3 refused (2 unit-unknown, 1 no-number)"
    )


@pytest.mark.parametrize(
    ("printed", "unit", "amount"),
    [
        ("km", "kilometer", "1"),
        ("miles", "kilometer", "1.609344"),
        ("passenger.km", "passenger kilometer", "1"),
    ],
)
@pytest.mark.parametrize(
    ("level1", "covers"),
    [
        ("Passenger vehicles", ("direct-only", "gate-to-gate")),
        ("WTT- pass vehs & travel- land", ("life-cycle", "cradle-to-gate")),
    ],
)
def test_a_factor_by_distance_covers_what_its_table_covers(
    printed: str, unit: str, amount: str, level1: str, covers: tuple[str, str]
) -> None:
    """0.27 a mile stays 0.27: what is declared is a mile in kilometers."""
    row = ("6_1_4_1", "Scope", level1, "a", "b", None, None, printed, "kg CO2e", 0.27)
    subject = only(read_uk(flat_file([row], [])))
    pcf = subject["pcf"]
    assert (pcf["declaredUnitOfMeasurement"], pcf["declaredUnitAmount"]) == (unit, amount)
    assert pcf["fossilGhgEmissions"] == "0.27"
    assert (subject["basis"], subject["boundary"]) == covers
    signed_form(subject)


@pytest.mark.parametrize(
    ("level1", "says", "includes"),
    [
        ("Passenger vehicles", "none where it drives on electricity", None),
        ("UK electricity for EVs", "nor losses", False),
        ("UK electricity T&D for EVs", "added to the factor of generation, once", True),
        ("Business travel- land", "with losses on the way", True),
    ],
)
def test_an_electric_vehicle_says_where_its_electricity_is(
    level1: str, says: str, *, includes: bool | None
) -> None:
    """Its own factor is 0, which is true of its exhaust and of nothing else."""
    row = ("1_1_4_1", "Scope", level1, "Cars", "a", None, "Battery Electric Vehicle", "km",
           "kg CO2e", 0)  # fmt: skip
    subject = only(read_uk(flat_file([row], [])))
    assert says in " ".join(subject["productDescription"].split())
    assert subject.get("includesTransmission") is includes
    signed_form(subject)


def test_a_number_is_read_with_the_15_digits_that_a_workbook_shows() -> None:
    row = ("1_1_15_1", *BUTANE, "tonnes", "kg CO2e", 0.11367000000000001)
    assert only(read_uk(flat_file([row], [])))["pcf"]["fossilGhgEmissions"] == "0.11367"


@pytest.mark.parametrize("heading", ["GHG Conversion Factor", "Factor 2025", None])
def test_another_workbook_is_refused(heading: str | None) -> None:
    with pytest.raises(Refused, match=r"row 6: the columns are not those of the flat file"):
        read_uk(flat_file([], [], heading=heading))


def test_a_workbook_without_the_sheet_or_the_headings_is_refused() -> None:
    book = openpyxl.Workbook()
    held = io.BytesIO()
    book.save(held)
    with pytest.raises(Refused, match="has no sheet 'Factors by Category'"):
        read_uk(held.getvalue())
    book.active.title = "Factors by Category"
    held = io.BytesIO()
    book.save(held)
    with pytest.raises(Refused, match="no row of headings"):
        read_uk(held.getvalue())


def test_a_hidden_sheet_of_factors_is_refused() -> None:
    book = openpyxl.load_workbook(io.BytesIO(flat_file([])))
    book.active.sheet_state = "hidden"
    book.create_sheet("Introduction")
    held = io.BytesIO()
    book.save(held)
    with pytest.raises(Refused, match="sheet 'Factors by Category' is hidden") as caught:
        read_uk(held.getvalue())
    assert "show it" in caught.value.remedy


@pytest.mark.parametrize(
    ("level1", "unit", "quantity"),
    [
        ("Fuels", "kWh (Net CV)", {"calorificValue": "net"}),
        ("WTT- fuels", "kWh (Gross CV)", {"calorificValue": "gross"}),
        ("Fuels", "litres", None),
    ],
)
def test_a_fuel_says_by_which_calorific_value_and_nothing_of_transmission(
    level1: str, unit: str, quantity: dict[str, str] | None
) -> None:
    row = ("1_1_1_1", "Scope", level1, "Gaseous fuels", "Natural gas", None, None, unit, "kg CO2e",
           0.2)  # fmt: skip
    subject = only(read_uk(flat_file([row], [])))
    assert subject.get("quantity") == quantity
    assert "includesTransmission" not in subject
    signed_form(subject)


def test_heat_per_kilowatt_hour_is_said_to_be_heat() -> None:
    row = ("1_1_1_1", "Scope", "WTT- heat and steam", "Heat and steam", "Onsite", None, None, "kWh",
           "kg CO2e", 0.03)  # fmt: skip
    subject = only(read_uk(flat_file([row], [])))
    assert subject["productClassifications"] == ["urn:rootprint:class:heat"]
    assert "includesTransmission" not in subject
    signed_form(subject)


def test_a_copy_s_figures_that_are_not_read_as_shown_are_to_be_looked_at() -> None:
    """What a table shows rounded, or computes, was read without a word."""
    rows = [(f"9_1_{n}_1", "Scope 3", "Material use", "a", f"b{n}", None, None, "tonnes", "kg CO2e",
             12.25 + n) for n in range(3)]  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(flat_file(rows, [])))
    page = book["Factors by Category"]
    figures = [cell for row in page.iter_rows(min_col=10, max_col=10) for cell in row
               if isinstance(cell.value, float)]  # fmt: skip
    for cell in figures[1:]:
        cell.number_format = "0.0"
    held = io.BytesIO()
    book.save(held)
    read = read_uk(held.getvalue(), where="copy.xlsx")
    assert len(read.drafts) == 3
    (one,) = read.findings
    assert (one.cell, one.reason) == (figures[1].coordinate, "as-held")
    assert "shows fewer digits than it holds: those that it holds are read (and 1 more" in str(one)
    assert "1 to look at" in read.summary
