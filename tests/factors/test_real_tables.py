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
    assert (uk.rows, len(uk.drafts)) == (8740, 2570)
    assert uk.reasons == {
        "no-number": 793,
        "not-emissions": 514,
        "coverage-unknown": 62,
        "outside-of-scopes": 58,
    }
    assert {draft.subject["characterizationSets"][0]["set"] for draft in uk.drafts} == {"AR5-28"}


def test_the_cpcd_table(cpcd: FactorTable) -> None:
    assert (cpcd.rows, len(cpcd.drafts)) == (539, 514)
    assert cpcd.reasons == {
        "unit-unknown": 19,
        "negative": 5,
        "unit-not-energy": 1,
    }


def test_no_direct_co2_factor_of_cpcd_is_life_cycle(cpcd: FactorTable) -> None:
    """121 rows per kWh, whatever the table calls them; a metro's passenger km begin at the gate."""
    named = [
        draft.subject
        for draft in cpcd.drafts
        if "排放因子" in draft.subject["productNameCompany"]
        and "碳足迹因子" not in draft.subject["productNameCompany"]
    ]
    assert Counter((s["basis"], s["boundary"]) for s in named) == {
        ("direct-only", "gate-to-gate"): 121,
        ("direct-only", "gate-to-grave"): 1,
    }


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
        ("kilometer", "1"): 21,
        ("passenger kilometer", "1"): 18,
        ("kilometer", "0.001"): 10,
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
