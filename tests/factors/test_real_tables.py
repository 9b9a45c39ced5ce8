"""The published tables themselves: how many factors come out, and that each can be signed."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.core.schema.names import FURTHER_UNITS
from rootprint.ledger.factors import (
    Draft,
    FactorTable,
    inventory_text,
    read_cpcd,
    read_epa,
    read_uk,
)
from rootprint.ledger.intake.inventory import parse_inventory
from rootprint.ledger.rules import broken, judge, library
from tests.factors.tables import signed_form

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

EPA = "data/epa_supply_chain_factors/SupplyChainGHGEmissionFactors_v1.3.0_NAICS_{}_USD2022.csv"
UK = "data/uk_gov_ghg_2025/ghg-conversion-factors-2025-flat-file.xlsx"
FROM, UNTIL = "2026-01-01T00:00:00Z", "2028-01-01T00:00:00Z"


@pytest.fixture(scope="session")
def uk(shared: Path) -> FactorTable:
    return read_uk((shared / UK).read_bytes())


@pytest.fixture(scope="session")
def cpcd(shared: Path) -> FactorTable:
    return read_cpcd((shared / "facts/cpcd_core_table.csv").read_bytes())


@pytest.fixture(scope="session")
def epa(shared: Path) -> FactorTable:
    totals, gases = ((shared / EPA.format(name)).read_bytes() for name in ("CO2e", "byGHG"))
    return read_epa(totals, gases)


def test_the_uk_flat_file(uk: FactorTable) -> None:
    assert (uk.rows, len(uk.drafts), uk.findings) == (8740, 2626, ())
    assert uk.reasons == {"no-number": 795, "not-emissions": 514, "coverage-unknown": 62}
    assert Counter(draft.subject["characterizationSets"][0]["set"] for draft in uk.drafts) == {
        "AR5-28": 2608,
        "unstated": 18,
    }
    assert uk.drafts[0].subject["reference"].endswith("2025 (DESNZ), flat file, row 1_100_1000_15")


def test_flights_of_the_uk_state_what_the_aircraft_emits_and_no_multiplied_mass(
    uk: FactorTable,
) -> None:
    """18 rows by an index of radiative forcing, 18 without, and 36 of the fuel's upstream."""
    flights = [d.subject for d in uk.drafts if " RF, per" in d.subject["productNameCompany"]]
    assert not any("gases" in flight for flight in flights)
    assert Counter(
        (
            flight["characterizationSets"][0]["set"],
            flight["pcf"]["aircraftGhgEmissions"] == flight["pcf"]["fossilGhgEmissions"],
            flight["pcf"]["aircraftGhgEmissions"] == "0",
        )
        for flight in flights
    ) == {("unstated", True, False): 18, ("AR5-28", True, False): 18, ("AR5-28", False, True): 36}


def test_biogenic_co2_of_the_uk_stands_beside_the_footprint(uk: FactorTable) -> None:
    outside = [d.subject for d in uk.drafts if "Outside of scopes" in str(d.subject)]
    assert len(outside) == 56
    for subject in outside:
        pcf = subject["pcf"]
        assert (pcf["fossilGhgEmissions"], pcf["pcfExcludingBiogenicUptake"]) == ("0", "0")
        assert pcf["biogenicCO2Emissions"] == subject["gases"]["CO2_biogenic"]


def test_services_say_that_they_are(uk: FactorTable, cpcd: FactorTable) -> None:
    counted = [Counter(d.subject.get("service") for d in one.drafts) for one in (uk, cpcd)]
    assert counted[0] == {"transport": 1667, None: 814, "energy": 11, "waste-treatment": 134}
    assert counted[1] == {None: 198, "energy": 166, "transport": 57, "waste-treatment": 3}


def test_the_cpcd_table(cpcd: FactorTable) -> None:
    assert (cpcd.rows, len(cpcd.drafts)) == (539, 424)
    assert cpcd.reasons == {
        "coverage-unknown": 78,
        "unit-unknown": 19,
        "implausible": 8,
        "negative": 5,
        "biogenic-not-apart": 3,
        "project-baseline": 1,
        "unit-not-energy": 1,
    }
    assert [finding.row for finding in cpcd.findings] == [315, 319, 326, 532]
    assert cpcd.source.id == "cpcd-core-539"


def test_biomass_of_cpcd_is_biogenic(cpcd: FactorTable) -> None:
    """Net calorific value times IPCC 2006's default for biogenic CO2: wood 15.6 x 112."""
    biogenic = {
        d.subject["productNameCompany"]: d.subject["pcf"]["biogenicCO2Emissions"]
        for d in cpcd.drafts
        if "biogenicCO2Emissions" in d.subject["pcf"]
    }
    assert biogenic == {
        "亚硫酸盐废液（黑液）": "1120",
        "其他主要固体生物燃料": "1160",
        "木材/木材废弃物": "1740",
        "木炭": "3300",
    }


def test_carbon_contents_of_cpcd_are_not_taken_for_co2(cpcd: FactorTable) -> None:
    """17.2, 29.5 and 33.6 per GJ are t C per TJ; burning no fossil fuel gives so little CO2."""
    rows = [p.row for p in cpcd.problems if "kg of carbon" in p.message]
    assert rows == [164, 212, 257]


def test_burnt_fuels_of_cpcd_are_by_the_net_calorific_value(cpcd: FactorTable) -> None:
    burnt = [d.subject for d in cpcd.drafts if "quantity" in d.subject]
    assert len(burnt) == 17
    for subject in burnt:
        assert subject["quantity"] == {"calorificValue": "net"}
        assert (subject["basis"], subject["boundary"]) == ("direct-only", "gate-to-gate")


def test_no_direct_co2_factor_of_cpcd_is_life_cycle(cpcd: FactorTable) -> None:
    """120 rows per kWh, whatever the table calls them; none is a margin that projects avoid."""
    named = [
        draft.subject
        for draft in cpcd.drafts
        if "排放因子" in draft.subject["productNameCompany"]
        and "碳足迹因子" not in draft.subject["productNameCompany"]
    ]
    assert Counter((s["basis"], s["boundary"]) for s in named) == {
        ("direct-only", "gate-to-gate"): 120
    }
    margins = [p.row for p in cpcd.problems if p.reason == "project-baseline"]
    assert margins == [97]


def test_what_of_cpcd_begins_at_the_gate_is_burnt_fuel_carbonate_or_energy(
    cpcd: FactorTable,
) -> None:
    """Welds, drives and sites may hold the generation of electricity that was bought."""
    direct = [d.subject for d in cpcd.drafts if d.subject["basis"] == "direct-only"]
    energy = [s for s in direct if s.get("service") == "energy"]
    said = Counter(s["productDescription"].split(". ")[1].split(" ")[0] for s in direct)
    assert (len(direct), len(energy)) == (167, 135)
    assert said == {"Direct": 155, "CO2": 8, "Biogenic": 4}
    unknown = [p.message for p in cpcd.problems if p.reason == "coverage-unknown"]
    for code in ("54699X0012025C", "23710X0012021C", "53122X0042023C", "64210X0242018C"):
        assert any(code in one for one in unknown)


def test_the_epa_tables(epa: FactorTable, shared: Path) -> None:
    """Its gases fit AR5 with 28 for all methane in all 1,016 rows, and AR6 not."""
    assert (epa.rows, len(epa.drafts), epa.reasons) == (1016, 1016, {})
    assert {_unit(draft) for draft in epa.drafts} == {("US dollar of 2022", "1")}
    assert epa.drafts[0].subject["pcf"]["fossilGhgEmissions"] == "0.532"
    assert {draft.subject["characterizationSets"][0]["set"] for draft in epa.drafts} == {"AR5-28"}
    alone = read_epa((shared / EPA.format("CO2e")).read_bytes())
    assert alone.drafts[0].subject["characterizationSets"][0]["set"] == "unstated"


def _unit(draft: Draft) -> tuple[str, str]:
    pcf = draft.subject["pcf"]
    return pcf["declaredUnitOfMeasurement"], pcf["declaredUnitAmount"]


def test_how_many_declare_what_pact_has_no_unit_of(uk: FactorTable, cpcd: FactorTable) -> None:
    """The rest is in PACT's own; a mile differs from a kilometer by its amount."""
    counted = Counter(_unit(d) for d in uk.drafts if _unit(d)[0] in FURTHER_UNITS)
    assert counted == {
        ("kilometer", "1"): 702,
        ("kilometer", "1.609344"): 617,
        ("passenger kilometer", "1"): 82,
    }
    assert Counter(_unit(d) for d in cpcd.drafts if _unit(d)[0] in FURTHER_UNITS) == {
        ("kilometer", "1"): 7,
        ("passenger kilometer", "1"): 1,
        ("kilometer", "0.001"): 6,
        ("kilowatt", "1"): 4,
    }


def test_a_hired_electric_vehicle_holds_its_electricity_and_the_losses(uk: FactorTable) -> None:
    """What the readers say of includesTransmission is what the table's own numbers add up to."""
    tables: dict[str, dict[tuple[str, ...], Any]] = {}
    for draft in uk.drafts:
        name = draft.subject["productNameCompany"]
        if "Electric Vehicle, per " in name:
            table, kind, *rest = name.split(", ")
            key = (kind.removeprefix("Managed ").capitalize(), *rest)
            tables.setdefault(table, {})[key] = draft.subject
    power, losses = tables["UK electricity for EVs"], tables["UK electricity T&D for EVs"]
    own = tables["Passenger vehicles"] | tables["Delivery vehicles"]
    mark = "urn:rootprint:class:electricity-transmission"
    for name in ("Business travel- land", "Freighting goods", "Managed assets- vehicles"):
        for key, hired in tables[name].items():
            assert hired["includesTransmission"] is True
            assert power[key]["includesTransmission"] is False
            assert losses[key]["productClassifications"] == [mark]
            if key in own:  # vans per tonne.km are not among the own
                parts = sum(_fossil(part[key]) for part in (own, power, losses))
                assert abs(parts - _fossil(hired)) <= Decimal("0.00002")
                assert "includesTransmission" not in own[key]


def _fossil(subject: Mapping[str, Any]) -> Decimal:
    return Decimal(subject["pcf"]["fossilGhgEmissions"])


@pytest.mark.parametrize("name", ["uk", "cpcd", "epa"])
def test_every_draft_is_an_inventory_file_and_has_the_signed_form(
    name: str, request: pytest.FixtureRequest
) -> None:
    """Each keeps the schema and the base rules; a sample goes through the file form and back."""
    table = request.getfixturevalue(name)
    pack = library().compiled("rootprint-base-rules")
    for number, draft in enumerate(table.drafts):
        signed_form(draft.subject)
        written = {"validFrom": FROM, "validUntil": UNTIL, "credentialSubject": draft.subject}
        assert broken(judge(pack, written, at=FROM), "error") == []
        if number % 40 == 0:
            text = inventory_text(draft, issuer="did:web:factors.example", valid_from=FROM,
                                  valid_until=UNTIL)  # fmt: skip
            read = parse_inventory(text.encode(), where="factor.yaml")
            assert dict(read.subject) == draft.subject
            assert read.issuer == "did:web:factors.example"


def test_ids_are_unique(uk: FactorTable, cpcd: FactorTable, epa: FactorTable) -> None:
    for table in (uk, cpcd, epa):
        ids = [draft.subject["productIds"][0] for draft in table.drafts]
        assert len(set(ids)) == len(ids)
