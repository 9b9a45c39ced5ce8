"""Readers of factor tables: what becomes a factor, what is refused and why."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from ledger.core.encoding import digest_text, sha256
from ledger.core.errors import Refused, TooLarge
from ledger.library import FactorTable, read_cpcd, read_epa, read_uk
from tests.library.tables import (
    CPCD_HEAD,
    EPA_HEAD,
    EPA_UNIT,
    cpcd,
    epa,
    flat_file,
    gases,
    signed_form,
)

ELECTRICITY = ("Scope 2", "UK electricity", "Electricity generated", "Electricity: UK", "kWh", None)
BUTANE = ("Scope 1", "Fuels", "Gaseous fuels", "Butane", None, None)


def only(table: FactorTable) -> Any:
    assert [str(problem) for problem in table.problems] == []
    assert len(table.drafts) == 1
    return table.drafts[0].subject


def only_problem(table: FactorTable) -> tuple[int, str, str]:
    assert table.drafts == ()
    assert len(table.problems) == 1
    problem = table.problems[0]
    assert problem.remedy
    return problem.row, problem.column, problem.reason


# The UK's flat file


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
    assert subject["characterizationSets"] == [{"set": "AR5", "share": "100"}]
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
          "kg CO2e of CO2 per unit", 1), "Level 1", "outside-of-scopes"),
    ],
)  # fmt: skip
def test_a_row_that_is_no_factor_is_told_with_its_place(
    row: tuple[Any, ...], column: str, reason: str
) -> None:
    table = read_uk(flat_file([row], []), where="my.xlsx")
    assert only_problem(table) == (7, column, reason)
    assert str(table.problems[0]).startswith(f"my.xlsx, row 7, column {column}: ")


def test_gases_that_do_not_add_to_the_total_are_refused() -> None:
    table = read_uk(flat_file(gases("1_1_15", BUTANE, "tonnes", 3033.38, 3029.26, 2.52, 1.70)))
    assert [problem.reason for problem in table.problems] == ["gases-disagree"]


def test_a_row_that_is_given_twice_is_told() -> None:
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


# US EPA's CSV


def test_a_dollar_factor_is_per_dollar_of_its_year() -> None:
    """It converts to nothing else, and is never called a piece."""
    data = epa('111110,"Soybean Farming","All GHGs",' + EPA_UNIT + ",0.532")
    subject = only(read_epa(data))
    assert subject["pcf"]["declaredUnitOfMeasurement"] == "US dollar of 2022"
    assert subject["pcf"]["declaredUnitAmount"] == "1"
    assert subject["pcf"]["fossilGhgEmissions"] == "0.532"
    assert subject["productNameCompany"].endswith("per US dollar of 2022 at purchaser price")
    assert (subject["basis"], subject["boundary"]) == ("life-cycle", "cradle-to-gate")
    assert subject["pcf"]["geographyCountry"] == "US"
    assert subject["characterizationSets"] == [{"set": "unstated", "share": "100"}]
    signed_form(subject)


@pytest.mark.parametrize("year", [1999, 2009, 2036])
def test_a_dollar_of_a_year_that_the_unit_table_does_not_have_is_refused(year: int) -> None:
    data = epa(f'111110,"S","All GHGs","kg CO2e/{year} USD, purchaser price",0.532')
    table = read_epa(data)
    assert only_problem(table) == (2, "Unit", "unit-not-declarable")
    assert f"US dollar of {year} is not in the unit table" in str(table.problems[0])
    assert "2010 to 2035" in table.problems[0].remedy


def by_gas(ch4: str, n2o: str, co2: str = "1.00e-01") -> bytes:
    unit = '"kg/2022 USD, purchaser price"'
    return epa(
        f'111110,"S","Carbon dioxide",{unit},{co2}',
        f'111110,"S","Methane",{unit},{ch4}',
        f'111110,"S","Nitrous oxide",{unit},{n2o}',
        f'111110,"S","HFCs and PFCs, unspecified",{EPA_UNIT},1.00e-03',
    )


@pytest.mark.parametrize(
    ("n2o", "total", "expected"),
    [
        ("1.0000e-02", "2.7510", "AR5"),  # 0.1 + 0.01 x 265 + 0.001
        ("1.0000e-02", "2.8310", "AR6"),  # 0.1 + 0.01 x 273 + 0.001
        ("1.0000e-02", "2.7900", "unstated"),  # neither
        ("1.0000e-05", "0.104", "unstated"),  # both, within the rounding
    ],
)
def test_the_gwp_set_is_named_only_if_the_numbers_fit_no_other(
    n2o: str, total: str, expected: str
) -> None:
    data = epa(f'111110,"S","All GHGs",{EPA_UNIT},{total}')
    gas = by_gas("0.000e-02", n2o)
    subject = only(read_epa(data, gas))
    assert subject["characterizationSets"] == [{"set": expected, "share": "100"}]


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (f',"S","All GHGs",{EPA_UNIT},1', "2017 NAICS Code", "no-source"),
        ('111110,"S","All GHGs","kg CO2e/EUR",1', "Unit", "unit-unknown"),
        ('111110,"S","All GHGs",,1', "Unit", "unit-unknown"),
        (f'111110,"S","All GHGs",{EPA_UNIT},', EPA_HEAD[4], "no-number"),
        (f'111110,"S","All GHGs",{EPA_UNIT},1e999', EPA_HEAD[4], "no-number"),
        (f'111110,"S","All GHGs",{EPA_UNIT},-1', EPA_HEAD[4], "negative"),
        (f'111110,"S","All GHGs",{EPA_UNIT}', EPA_HEAD[4], "no-number"),
    ],
)
def test_a_row_of_epa_that_is_no_factor(row: str, column: str, reason: str) -> None:
    assert only_problem(read_epa(epa(row))) == (2, column, reason)


# CPCD's CSV


def test_a_footprint_factor_of_the_grid_is_life_cycle_and_holds_transmission() -> None:
    subject = only(read_cpcd(cpcd("X0001,2024年全国电力平均碳足迹因子,摇篮到坟墓,"
                                  "0.5777kgCO2e / 千瓦时,2024")))  # fmt: skip
    assert (subject["basis"], subject["boundary"]) == ("life-cycle", "cradle-to-gate")
    assert subject["includesTransmission"] is True
    assert subject["pcf"]["fossilGhgEmissions"] == "0.5777"
    assert "摇篮到坟墓" in subject["productDescription"]
    signed_form(subject)


@pytest.mark.parametrize("printed", ["摇篮到大门", "摇篮到坟墓", ""])
def test_a_direct_co2_factor_is_never_life_cycle_whatever_the_table_prints(printed: str) -> None:
    """Trap 1: 0.5827 kg CO2 a kWh is what the stacks of Jiangsu emit, and no footprint."""
    subject = only(read_cpcd(cpcd(f"X0001,2023年省级电力平均二氧化碳排放因子-江苏,{printed},"
                                  "0.5827kgCO2e / 千瓦时,2023")))  # fmt: skip
    assert (subject["basis"], subject["boundary"]) == ("direct-only", "gate-to-gate")
    assert subject["pcf"]["geographyCountrySubdivision"] == "CN-JS"
    assert subject["gases"] == {"CO2": "0.5827"}
    signed_form(subject)


def test_transmission_is_marked_as_what_it_is() -> None:
    subject = only(read_cpcd(cpcd("X0001,2024年输配电碳足迹因子-含线损,摇篮到坟墓,"
                                  "0.0327kgCO2e / 千瓦时,2024")))  # fmt: skip
    assert subject["productClassifications"] == ["urn:rootprint:class:electricity-transmission"]


@pytest.mark.parametrize(
    ("cell", "value", "unit", "amount"),
    [
        ("0.935tCO2e / 兆瓦时", "935", "kilowatt hour", "1000"),
        ("29gCO2e / 公吨·公里", "0.029", "ton kilometer", "1"),
        ("3030kgCO2e / 公吨", "3030", "kilogram", "1000"),
        ("17.815kgCO2e / kJ", "17.815", "megajoule", "0.001"),
        ("22.2tCO2e / 辆", "22200", "piece", "1"),
        ("7kgCO2e / 公顷", "7", "square meter", "10000"),
        ("360gCO2e / 毫升", "0.360", "liter", "0.001"),
        ("229.51gCO2e / 千米", "0.22951", "kilometer", "1"),
        ("0.8998kgCO2e / 米", "0.8998", "kilometer", "0.001"),
        ("42gCO2e / 人·千米", "0.042", "passenger kilometer", "1"),
        ("469.25kgCO2e / 千瓦", "469.25", "kilowatt", "1"),
        ("125.5tCO2e / 天", "125500", "hour", "24"),
    ],
)
def test_units_become_declared_units_exactly(cell: str, value: str, unit: str, amount: str) -> None:
    subject = only(read_cpcd(cpcd(f"X0001,某产品,摇篮到大门,{cell},2022")))
    pcf = subject["pcf"]
    assert (pcf["fossilGhgEmissions"], pcf["declaredUnitOfMeasurement"],
            pcf["declaredUnitAmount"]) == (value, unit, amount)  # fmt: skip
    signed_form(subject)


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (",某产品,摇篮到大门,1kgCO2e / 千克,2022", "产品ID", "no-source"),
        ("X0001,,摇篮到大门,1kgCO2e / 千克,2022", "产品名称", "no-name"),
        ("X0001,某产品,大门,1kgCO2e / 千克,2022", "核算边界", "no-boundary"),
        ("X0001,某产品,摇篮到大门,kgCO2e / 千克,2022", "碳足迹", "no-number"),
        ("X0001,某产品,摇篮到大门,1kgCO2e,2022", "碳足迹", "no-number"),
        ("X0001,某产品,摇篮到大门,1.2.3kgCO2e / 千克,2022", "碳足迹", "no-number"),
        ("X0001,某产品,摇篮到大门,-1kgCO2e / 千克,2022", "碳足迹", "negative"),
        ("X0001,某产品,摇篮到大门,1kgCO2e / 晚,2022", "碳足迹", "unit-unknown"),
        ("X0001,某产品,摇篮到大门,1tCO2e / 万元人民币,2024", "碳足迹", "unit-unknown"),
        ("X0001,某产品,摇篮到大门,1kgCO2e / 人·月,2022", "碳足迹", "unit-unknown"),
        ("X0001,某产品,摇篮到大门,1kgCO2e / 年（四舍五入）,2022", "碳足迹", "unit-unknown"),
        ("X0001,某产品,摇篮到大门,1kgCO2e / 公顷·年,2022", "碳足迹", "unit-unknown"),
        ("X0001,电池包,摇篮到大门,1kgCO2e / 千瓦时,2022", "碳足迹", "unit-not-energy"),
        ("X0001,某产品,摇篮到大门,1kgCO2e / 千克,", "数据年份", "no-year"),
        ("X0001,某产品,摇篮到大门,1kgCO2e / 千克,1022", "数据年份", "no-year"),
    ],
)
def test_a_row_of_cpcd_that_is_no_factor(row: str, column: str, reason: str) -> None:
    assert only_problem(read_cpcd(cpcd(row))) == (2, column, reason)


# What is no table at all


def test_a_csv_without_a_column_or_in_another_encoding_is_refused() -> None:
    with pytest.raises(Refused, match="there is no column '碳足迹'"):
        read_cpcd(b"a,b\n1,2\n".replace(b"a,b", ",".join(CPCD_HEAD[:3]).encode()))
    with pytest.raises(Refused, match="not CSV in UTF-8"):
        read_cpcd(",".join(CPCD_HEAD).encode("gb18030"))
    with pytest.raises(Refused, match="there is no column"):
        read_epa(b"")


def test_a_csv_beyond_the_limits_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ledger.library.csvrows.MAX_ROWS", 2)
    with pytest.raises(TooLarge, match="more than 2 rows"):
        read_cpcd(cpcd(*["X0001,某产品,摇篮到大门,1kgCO2e / 千克,2022"] * 3))
    monkeypatch.setattr("ledger.library.csvrows.MAX_BYTES", 10)
    with pytest.raises(TooLarge, match="longer than 10 bytes"):
        read_cpcd(cpcd())
