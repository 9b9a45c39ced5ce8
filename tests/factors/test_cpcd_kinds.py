"""CPCD: what a row covers follows from its kind, whichever boundary stands beside it."""

from __future__ import annotations

import pytest

from rootprint.ledger.core.encoding import digest_text, sha256
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.factors import read_cpcd
from rootprint.ledger.factors.drafting import Source
from rootprint.ledger.factors.releases import Release
from tests.factors.tables import RELEASE, cpcd, only, only_problem, read_rows, signed_form

BOUNDARIES = ["摇篮到大门", "摇篮到坟墓", "大门到大门", "大门到坟墓"]


@pytest.mark.parametrize("printed", BOUNDARIES)
def test_a_carbonate_is_co2_of_a_process_by_its_figure(printed: str) -> None:
    """IPCC 2006, volume 3, table 2.1; of two rows of ankerite one is printed to the grave."""
    subject = only(read_rows(f"15120X0090,铁白云石-最高值,{printed},0.47572kgCO2e / 千克,2025"))
    assert (subject["basis"], subject["boundary"]) == ("direct-only", "gate-to-gate")
    assert subject["gases"] == {"CO2": "0.47572"}
    signed_form(subject)


def test_a_carbonate_product_with_another_figure_is_what_it_is_printed_as() -> None:
    subject = only(read_rows("15120X0090,白云石砂,摇篮到大门,0.021kgCO2e / 千克,2025"))
    assert (subject["basis"], subject["boundary"]) == ("life-cycle", "cradle-to-gate")


@pytest.mark.parametrize("printed", BOUNDARIES[:2])
def test_electricity_and_transport_end_where_they_are_delivered(printed: str) -> None:
    power = only(read_rows(f"17100D0012,2MW风电机组发电,{printed},24gCO2e / 千瓦时,2022"))
    lorry = only(read_rows(f"65119X0362,纯电动货车运输,{printed},0.26kgCO2e / 公吨·公里,2024"))
    assert (power["boundary"], power["service"]) == ("cradle-to-gate", "energy")
    assert power["includesTransmission"] is False
    assert (lorry["boundary"], lorry["service"]) == ("cradle-to-gate", "transport")
    for subject in (power, lorry):
        assert printed in subject["productDescription"]
        signed_form(subject)


@pytest.mark.parametrize("printed", BOUNDARIES[2:])
@pytest.mark.parametrize(
    "row",
    [
        "54699X0012,焊接-电阻点焊,{},0.025kgCO2e / 个,2025",  # emits nothing of its own
        "23710X0012,方便面,{},435.83kgCO2e / 公吨,2021",
        "64119X0402,纯电动汽车行驶,{},0.17kgCO2e / 千米,2023",
        "64210X0242,铁路（综合客运）,{},0.027kgCO2e / 人·千米,2018",
        "94311X0232,污泥处理过程,{},17kgCO2e / 公吨,2022",
    ],
)
def test_what_begins_at_the_gate_may_hold_bought_electricity(row: str, printed: str) -> None:
    table = read_rows(row.format(printed))
    assert only_problem(table) == (2, "核算边界", "coverage-unknown")
    assert printed in table.problems[0].message


@pytest.mark.parametrize("printed", BOUNDARIES[2:])
def test_generation_from_the_gate_is_direct(printed: str) -> None:
    row = f"17100D0022,煤电机组发电,{printed},0.82kgCO2e / 千瓦时,2022"
    subject = only(read_rows(row))
    assert (subject["basis"], subject["boundary"]) == ("direct-only", "gate-to-gate")
    signed_form(subject)


@pytest.mark.parametrize(
    "name", ["2023年减排项目中国区域电网基准线排放因子（华北区域电网）-OM", "电网基准线-BM"]
)
def test_a_baseline_of_projects_is_no_factor_of_what_is_supplied(name: str) -> None:
    table = read_rows(f"17100H3092,{name},大门到大门,0.935tCO2e / 兆瓦时,2023")
    assert only_problem(table) == (2, "产品名称", "project-baseline")
    assert "电力平均" in table.problems[0].remedy


def test_a_road_per_kilometer_is_no_service() -> None:
    subject = only(read_rows("53221X0032,半刚性沥青路面,摇篮到坟墓,174.4tCO2e / 千米,2022"))
    assert "service" not in subject
    signed_form(subject)


def test_treatment_of_waste_is_a_service() -> None:
    subject = only(read_rows("94311X0232,污泥处理过程,摇篮到坟墓,1723.03kgCO2e / 公吨,2022"))
    assert (subject["service"], subject["boundary"]) == ("waste-treatment", "cradle-to-grave")
    signed_form(subject)


def test_heat_is_no_electricity_and_no_fuel() -> None:
    for cell in ("54.8kgCO2e / 吉焦", "0.2kgCO2e / 千瓦时"):
        subject = only(read_rows(f"17300X0032,热力-北京,摇篮到大门,{cell},2025"))
        assert subject["service"] == "energy"
        assert subject["productClassifications"] == ["urn:rootprint:class:heat"]
        assert "includesTransmission" not in subject
        assert "quantity" not in subject
        signed_form(subject)


def test_a_kilowatt_hour_of_no_one_says_what_is_refused() -> None:
    row = "12345X0001,某燃料,摇篮到大门,0.2kgCO2e / 千瓦时,2025"
    assert only_problem(read_rows(row)) == (2, "碳足迹", "energy-of-what")


@pytest.mark.parametrize("name", ["木材", "生物质成型燃料", "秸秆颗粒", "黑液"])
def test_burnt_biomass_is_biogenic_co2_and_never_fossil(name: str) -> None:
    subject = only(read_rows(f"39283X0012,{name},大门到坟墓,1.74tCO2e / 公吨,2025"))
    pcf = subject["pcf"]
    assert (pcf["fossilGhgEmissions"], pcf["biogenicCO2Emissions"]) == ("0", "1740")
    assert pcf["pcfExcludingBiogenicUptake"] == "0"
    assert subject["gases"] == {"CO2_biogenic": "1740"}
    signed_form(subject)


@pytest.mark.parametrize(
    "row",
    [
        "39990X0001,木材加工,大门到坟墓,0.3tCO2e / 公吨,2025",
        "39283X0001,木材加工,大门到坟墓,0.3tCO2e / 公吨,2025",
        "31000X0001,木材,大门到坟墓,0.3tCO2e / 公吨,2025",
        "43921X0001,秸秆颗粒机,大门到坟墓,0.3kgCO2e / 千克,2025",
        "35490X0001,生物柴油生产,大门到坟墓,0.3kgCO2e / 毫升,2025",
    ],
)
def test_what_is_done_with_biomass_is_no_fuel(row: str) -> None:
    """Its emissions would be biogenic CO2 beside a total of 0."""
    assert only_problem(read_rows(row)) == (2, "核算边界", "coverage-unknown")


@pytest.mark.parametrize("cell", ["2.9kgCO2e / 千克", "70kgCO2e / 吉焦"])
def test_a_blend_of_biomass_is_not_wholly_biogenic(cell: str) -> None:
    table = read_rows(f"33360X0002,柴油（含生物柴油）,大门到坟墓,{cell},2025")
    assert only_problem(table) == (2, "产品名称", "biogenic-not-apart")


@pytest.mark.parametrize(
    ("row", "unit"),
    [
        ("43931X0001,蒸汽锅炉,摇篮到大门,9000kgCO2e / 台,2025", "piece"),
        ("37510X0001,蒸汽养护混凝土,摇篮到大门,300kgCO2e / 立方米,2025", "cubic meter"),
        ("41278X0001,供热管,摇篮到大门,90tCO2e / 千米,2025", "kilometer"),
    ],
)
def test_what_heat_is_made_or_carried_with_is_no_heat(row: str, unit: str) -> None:
    subject = only(read_rows(row))
    assert "service" not in subject
    assert "productClassifications" not in subject
    assert subject["pcf"]["declaredUnitOfMeasurement"] == unit
    signed_form(subject)


def test_electricity_of_a_plant_that_heats_is_electricity() -> None:
    subject = only(read_rows("17100X0001,供热机组发电,摇篮到大门,0.8kgCO2e / 千瓦时,2025"))
    assert subject["includesTransmission"] is False
    assert "productClassifications" not in subject


def test_a_life_cycle_that_ends_with_burning_biomass_is_refused() -> None:
    row = "01913X0142,秸秆颗粒,摇篮到坟墓,58.04gCO2e / 兆焦,2021"
    assert only_problem(read_rows(row)) == (2, "产品名称", "biogenic-not-apart")


def test_a_burnt_fuel_per_gigajoule_is_by_the_net_calorific_value() -> None:
    subject = only(read_rows("33360X0022,柴油,大门到坟墓,74.1kgCO2e / 吉焦,2025"))
    assert subject["quantity"] == {"calorificValue": "net"}
    assert (subject["basis"], subject["boundary"]) == ("direct-only", "gate-to-gate")
    signed_form(subject)


def test_a_carbon_content_is_not_taken_for_co2() -> None:
    """17.2 t C per TJ is what China's guidelines have for gas liquids: 63.1 kg CO2 per GJ."""
    table = read_rows("12020X0152,天然气凝液,大门到坟墓,17.2kgCO2e / 吉焦,2025")
    assert only_problem(table) == (2, "碳足迹", "implausible")
    assert "63.1 kg CO2" in table.problems[0].message


@pytest.mark.parametrize(
    ("cell", "per"),
    [
        ("41583001.7kgCO2e / 千克", "41583001.7 kg CO2e per kilogram"),
        ("53288.8tCO2e / 米", "53288800000 kg CO2e per kilometer"),
        ("17.815kgCO2e / kJ", "17815 kg CO2e per megajoule"),
        ("5000kgCO2e / 公吨·公里", "5000 kg CO2e per ton kilometer"),
        ("106987tCO2e / 公吨", "106987 kg CO2e per kilogram"),
    ],
)
def test_a_figure_that_can_not_be_is_refused_by_its_cell(cell: str, per: str) -> None:
    table = read_rows(f"X0001,某产品,摇篮到大门,{cell},2023")
    assert only_problem(table) == (2, "碳足迹", "implausible")
    assert per in table.problems[0].message


def test_a_figure_that_is_seldom_so_large_is_read_and_found() -> None:
    table = read_rows("X0001,某饮料,摇篮到大门,360gCO2e / 毫升,2022")
    assert len(table.drafts) == 1
    assert [(one.row, one.column, one.reason) for one in table.findings] == [
        (2, "碳足迹", "unusual")
    ]
    assert table.summary.endswith("1 factors, 0 refused, 1 to look at")


def test_a_copy_that_is_known_bears_no_second_name(monkeypatch: pytest.MonkeyPatch) -> None:
    data = cpcd("X0001,某产品,摇篮到大门,1kgCO2e / 千克,2022")
    source = Source("cpcd-core-2024", "the copy of 2024", "none")
    known = Release(source, "", (digest_text(sha256(data)),))
    monkeypatch.setattr("rootprint.ledger.factors.cpcd.RELEASES", (known,))
    assert read_cpcd(data).source == read_cpcd(data, release="2024").source == source
    with pytest.raises(Refused, match="--release calls it 2025-11-30") as caught:
        read_cpcd(data, release="2025-11-30")
    assert "leave out --release" in caught.value.remedy


def test_a_copy_that_is_not_known_needs_a_release() -> None:
    data = cpcd("X0001,某产品,摇篮到大门,1kgCO2e / 千克,2022")
    with pytest.raises(Refused, match="states no release") as caught:
        read_cpcd(data)
    assert "--release" in caught.value.remedy
    table = read_cpcd(data, release=RELEASE)
    assert table.source.id == f"cpcd-core-{RELEASE}"
    assert RELEASE in table.drafts[0].subject["reference"]
    with pytest.raises(Refused, match="the release's name"):
        read_cpcd(data, release="最新")
