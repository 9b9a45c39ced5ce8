"""Kinds of factor rows from table to verdict: biomass beside the total, a fuel by its net value."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.story import FACTORS, MAKER, product_file, publish_file
from tests.factors.tables import cpcd, flat_file

if TYPE_CHECKING:
    from tests.cli.running import Cli

pytestmark = pytest.mark.chain
VALID = ("--valid-from", "2026-01-01T00:00:00Z", "--valid-until", "2028-12-31T00:00:00Z")


@pytest.fixture(scope="module")
def published(ledger: Cli, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Wood and diesel that are burnt, from CPCD's form; a flight, from the UK's."""
    folder = tmp_path_factory.mktemp("kinds")
    for name, did, role in (
        ("factors", FACTORS, "factor-publisher"),
        ("maker", MAKER, "supplier"),
    ):
        ledger.done("org", "admit", name, "--did", did, "--legal-name", f"{name} (fictional)",
                    "--country", "CN", "--role", role)  # fmt: skip
    (folder / "cpcd.csv").write_bytes(
        cpcd(
            "39283X0001,木材,大门到坟墓,1.7tCO2e / 公吨,2025",
            "33360X0002,柴油,大门到坟墓,74.1kgCO2e / 吉焦,2025",
        )
    )
    flight = ("27_1_4_1", "Scope 3", "Freighting goods", "Freight flights", "Long-haul", None,
              "Without RF", "tonne.km", "kg CO2e", 0.5)  # fmt: skip
    (folder / "uk.xlsx").write_bytes(flat_file([flight], []))
    common = ("--issuer", FACTORS, *VALID)
    ledger.done("factors", "import", "cpcd", folder / "cpcd.csv", "--release", "2026-01-31",
                *common, "--out", folder / "cpcd")  # fmt: skip
    ledger.done("factors", "import", "uk", folder / "uk.xlsx", *common, "--out", folder / "uk")
    files = {"wood": "cpcd/cpcd-00000.yaml", "diesel": "cpcd/cpcd-00001.yaml",
             "flight": "uk/uk-00000.yaml"}  # fmt: skip
    return {
        name: publish_file(ledger, (folder / path).read_text(encoding="utf-8"), "factors")
        for name, path in files.items()
    }


def _line(description: str, value: str, unit: str, source: str, more: str = "") -> str:
    return (
        f"  - {{stage: manufacturing, description: {description}, amount: {{value: '{value}',"
        f" unit: {unit}{more}}}, source: {source}, primary: false}}\n"
    )


def _pcf(ledger: Cli, lines: str, **inputs: str) -> dict[str, str]:
    options = [f"--input={name}={digest}" for name, digest in inputs.items()]
    text = product_file("kiln", MAKER, {}) + lines
    draft = ledger.done("compose", "-", *options, stdin=text.replace("[AR6]", "[AR5, AR6]"))
    return dict(json.loads(draft.out)["credentialSubject"]["pcf"])


def test_burnt_wood_stands_beside_the_total_next_to_its_uptake(
    ledger: Cli, published: dict[str, str]
) -> None:
    """2 kg of wood at 1.7 kg biogenic CO2 each, which grew with as much taken up."""
    lines = _line("wood burnt", "2", "kg", "{emission: CO2e, factor: wood}")
    lines += _line("grown", "3.4", "kg", "{gas: CO2_uptake, set: AR6}")
    pcf = _pcf(ledger, lines, wood=published["wood"])
    assert float(pcf["biogenicCO2Emissions"]) == 3.4
    assert float(pcf["pcfExcludingBiogenicUptake"]) == 0
    assert float(pcf["pcfIncludingBiogenicUptake"]) == 0


def test_a_fuel_by_its_net_value_takes_an_amount_by_its_net_value(
    ledger: Cli, published: dict[str, str]
) -> None:
    source = "{emission: CO2e, factor: diesel}"
    said = ", quantity: {calorificValue: net}"
    pcf = _pcf(ledger, _line("diesel", "100", "MJ", source, said), diesel=published["diesel"])
    assert float(pcf["fossilGhgEmissions"]) == 7.41
    text = product_file("kiln", MAKER, {}) + _line("diesel", "100", "MJ", source)
    unsaid = ledger("compose", "-", f"--input=diesel={published['diesel']}", stdin=text)
    assert unsaid.code == 1
    assert "calorificValue" in unsaid.err


def test_aircraft_emissions_are_carried_on(ledger: Cli, published: dict[str, str]) -> None:
    lines = _line("air freight", "10", "tkm", "{emission: CO2e, factor: flight}")
    pcf = _pcf(ledger, lines, flight=published["flight"])
    assert float(pcf["aircraftGhgEmissions"]) == float(pcf["fossilGhgEmissions"]) == 5
