"""The published tables themselves: how many factors come out, and that each can be signed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from calc.rules import broken, judge
from ledger.core.schema.footprint import DECLARED_UNITS
from ledger.intake.inventory import parse_inventory
from ledger.library import (
    FactorTable,
    dollar,
    inventory_text,
    library,
    read_cpcd,
    read_epa,
    read_uk,
)
from tests.library.tables import signed_form

if TYPE_CHECKING:
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


def test_the_uk_flat_file(uk: FactorTable) -> None:
    assert (uk.rows, len(uk.drafts)) == (8740, 1169)
    assert uk.reasons == {
        "unit-not-declarable": 1401,
        "no-number": 793,
        "not-emissions": 514,
        "coverage-unknown": 62,
        "outside-of-scopes": 58,
    }
    assert {draft.subject["characterizationSets"][0]["set"] for draft in uk.drafts} == {"AR5"}


def test_the_cpcd_table(cpcd: FactorTable) -> None:
    assert (cpcd.rows, len(cpcd.drafts)) == (539, 460)
    assert cpcd.reasons == {
        "unit-not-declarable": 49,
        "unit-unknown": 24,
        "negative": 5,
        "unit-not-energy": 1,
    }


def test_no_direct_co2_factor_of_cpcd_is_life_cycle(cpcd: FactorTable) -> None:
    """121 rows, which the table itself calls cradle-to-gate or leaves at the gate."""
    named = [
        draft.subject
        for draft in cpcd.drafts
        if "排放因子" in draft.subject["productNameCompany"]
        and "碳足迹因子" not in draft.subject["productNameCompany"]
    ]
    assert Counter((s["basis"], s["boundary"]) for s in named) == {
        ("direct-only", "gate-to-gate"): 121
    }


def test_the_epa_tables(shared: Path) -> None:
    """None can be declared in PACT's units; its gases fit AR5 in all 1,016 rows, and AR6 not."""
    totals = (shared / EPA.format("CO2e")).read_bytes()
    gases = (shared / EPA.format("byGHG")).read_bytes()
    table = read_epa(totals)
    assert (table.rows, table.drafts, table.reasons) == (1016, (), {"unit-not-declarable": 1016})
    table = read_epa(totals, gases, declarable=(*DECLARED_UNITS, dollar(2022)))
    assert len(table.drafts) == 1016
    assert table.drafts[0].subject["characterizationSets"][0]["set"] == "AR5"
    assert table.drafts[0].subject["pcf"]["fossilGhgEmissions"] == "0.532"


@pytest.mark.parametrize("name", ["uk", "cpcd"])
def test_every_draft_is_an_inventory_file_and_has_the_signed_form(
    name: str, request: pytest.FixtureRequest
) -> None:
    """Each keeps the schema and the base rules; a sample goes through the file form and back."""
    table = request.getfixturevalue(name)
    pack = library().effective("rootprint-base-rules")
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


def test_ids_are_unique(uk: FactorTable, cpcd: FactorTable) -> None:
    for table in (uk, cpcd):
        ids = [draft.subject["productIds"][0] for draft in table.drafts]
        assert len(set(ids)) == len(ids)
