"""CPCD's CSV: what becomes a factor, what is refused and why; and what is no CSV table at all."""

from __future__ import annotations

import pytest

from rootprint.ledger.core.errors import Refused, TooLarge
from rootprint.ledger.factors import read_cpcd, read_epa
from tests.factors.tables import CPCD_HEAD, cpcd, only, only_problem, read_rows, signed_form


def test_a_footprint_factor_of_the_grid_is_life_cycle_and_holds_transmission() -> None:
    subject = only(read_rows("X0001,2024年全国电力平均碳足迹因子,摇篮到坟墓,"
                                  "0.5777kgCO2e / 千瓦时,2024"))  # fmt: skip
    assert (subject["basis"], subject["boundary"]) == ("life-cycle", "cradle-to-gate")
    assert subject["includesTransmission"] is True
    assert subject["pcf"]["fossilGhgEmissions"] == "0.5777"
    assert "摇篮到坟墓" in subject["productDescription"]
    signed_form(subject)


@pytest.mark.parametrize("printed", ["摇篮到大门", "摇篮到坟墓", ""])
def test_a_direct_co2_factor_is_never_life_cycle_whatever_the_table_prints(printed: str) -> None:
    """Trap 1: 0.5827 kg CO2 a kWh is what the stacks of Jiangsu emit, and no footprint."""
    subject = only(read_rows(f"X0001,2023年省级电力平均二氧化碳排放因子-江苏,{printed},"
                                  "0.5827kgCO2e / 千瓦时,2023"))  # fmt: skip
    assert (subject["basis"], subject["boundary"]) == ("direct-only", "gate-to-gate")
    assert subject["pcf"]["geographyCountrySubdivision"] == "CN-JS"
    assert subject["gases"] == {"CO2": "0.5827"}
    signed_form(subject)


def test_transmission_is_marked_as_what_it_is() -> None:
    subject = only(read_rows("X0001,2024年输配电碳足迹因子-含线损,摇篮到坟墓,"
                                  "0.0327kgCO2e / 千瓦时,2024"))  # fmt: skip
    assert subject["productClassifications"] == ["urn:rootprint:class:electricity-transmission"]


@pytest.mark.parametrize(
    ("cell", "value", "unit", "amount"),
    [
        ("0.935tCO2e / 兆瓦时", "935", "kilowatt hour", "1000"),
        ("29gCO2e / 公吨·公里", "0.029", "ton kilometer", "1"),
        ("3030kgCO2e / 公吨", "3030", "kilogram", "1000"),
        ("0.002kgCO2e / kJ", "0.002", "megajoule", "0.001"),
        ("22.2tCO2e / 辆", "22200", "piece", "1"),
        ("7kgCO2e / 公顷", "7", "square meter", "10000"),
        ("0.36gCO2e / 毫升", "0.00036", "liter", "0.001"),
        ("229.51gCO2e / 千米", "0.22951", "kilometer", "1"),
        ("0.8998kgCO2e / 米", "0.8998", "kilometer", "0.001"),
        ("42gCO2e / 人·千米", "0.042", "passenger kilometer", "1"),
        ("469.25kgCO2e / 千瓦", "469.25", "kilowatt", "1"),
        ("125.5tCO2e / 天", "125500", "hour", "24"),
    ],
)
def test_units_become_declared_units_exactly(cell: str, value: str, unit: str, amount: str) -> None:
    subject = only(read_rows(f"17100X0001,某产品,摇篮到大门,{cell},2022"))
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
    assert only_problem(read_rows(row)) == (2, column, reason)


# What is no table at all


def test_a_csv_without_a_column_or_in_another_encoding_is_refused() -> None:
    with pytest.raises(Refused, match="there is no column '碳足迹'"):
        read_cpcd(b"a,b\n1,2\n".replace(b"a,b", ",".join(CPCD_HEAD[:3]).encode()))
    with pytest.raises(Refused, match="line 1, is not UTF-8"):
        read_cpcd(",".join(CPCD_HEAD).replace("产", "產").encode("big5", errors="ignore"))
    assert read_cpcd(",".join(CPCD_HEAD).encode("gb18030"), release="2025-11-30").rows == 0
    with pytest.raises(Refused, match="there is no column"):
        read_epa(b"")


def test_a_csv_beyond_the_limits_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rootprint.ledger.tables.csvrows.MAX_ROWS", 2)
    with pytest.raises(TooLarge, match="more than 2 rows"):
        read_rows(*["X0001,某产品,摇篮到大门,1kgCO2e / 千克,2022"] * 3)
    monkeypatch.setattr("rootprint.ledger.tables.csvrows.MAX_BYTES", 10)
    with pytest.raises(TooLarge, match="longer than 10 bytes"):
        read_cpcd(cpcd())
