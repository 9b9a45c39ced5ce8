"""Product statements to map, small and whole, and PACT's own document where it is at hand."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from rootprint.ledger.core.canonical import decode
from rootprint.ledger.core.standing import Role
from rootprint.ledger.core.statement import Statement, parse_statement
from rootprint.ledger.intake.composing import compose
from rootprint.ledger.intake.inventory import parse_inventory
from tests.support.world import SUPPLIER, World

RECORD = {
    "legalName": "Example Maker (fictional)",
    "country": "CN",
    "did": SUPPLIER,
    "registerNumbers": {"USCC": "91310000EXAMPLE001", "LEI": "529900EXAMPLEMAKER00"},
}
# Every optional attribute that a statement may carry in the open.
WHOLE_PCF: dict[str, Any] = {
    "boundaryProcessesDescription": "Melting and casting.",
    "biogenicCarbonContent": "0.10",
    "recycledCarbonContent": "0.0",
    "landCarbonLeakage": "0",
    "landManagementFossilGhgEmissions": "0",
    "landAreaOccupation": "0.250",
    "packagingEmissionsIncluded": True,
    "packagingGhgEmissions": "0.100",
    "packagingBiogenicCarbonContent": "0.010",
    "outboundLogisticsGhgEmissions": "0.020",
    "ccsTechnologicalCO2CaptureIncluded": True,
    "technologicalCO2CaptureOrigin": "Fossil, from an example kiln.",
    "ccuCarbonContent": "0",
    "ccuCalculationApproach": "Credit",
    "ccuCreditCertification": "https://certificates.example/17",
    "productOrSectorSpecificRules": [
        {"operator": "Other", "ruleNames": ["Example rule 1"], "otherOperatorName": "Example body"}
    ],
    "allocationRulesDescription": "By mass.",
    "secondaryEmissionFactorSources": [{"name": "Example factors", "version": "1.0"}],
    "dqi": {"technologicalDQR": "2.0", "geographicalDQR": "1.5", "temporalDQR": "1"},
    "verification": {
        "coverage": "product level",
        "providerName": "Example verifier",
        "completedAt": "2026-02-01T00:00:00Z",
        "standardName": "ISO 14067",
        "comments": "Fictional.",
    },
}


@dataclass
class Makers:
    """A world and the factor that its product takes."""

    world: World
    fuel: Statement

    def product(self, **changes: Any) -> Statement:
        """Compose, sign and read again a product of two kilograms of fuel."""
        lines = [self.world.line(self.fuel, "2", "kilogram")]
        envelope = {
            name: changes.pop(name) for name in ("validFrom", "validUntil") if name in changes
        }
        draft = {**self.world.product("part", lines, **changes), **envelope}
        return parse_statement(self.world.publish(draft).text)

    def whole(self) -> Statement:
        """Return a product that says everything a statement can say in the open."""
        removal = {"published": "-0.25", "per": "kilogram", "reference": "Example tables, row 2"}
        line = {
            "stage": "manufacturing",
            "description": "removal",
            "amount": {"value": "1", "unit": "kilogram"},
            "primary": True,
        }
        lines = [
            self.world.line(self.fuel, "2", "kilogram"),
            *(
                {**line, "source": {**removal, "component": component}}
                for component in ("technologicalCO2Removals", "biogenicCO2Uptake")
            ),
        ]
        return self.world.publish(
            self.world.product(
                "whole",
                lines,
                pcf=WHOLE_PCF,
                productClassifications=["urn:cpc:4153"],
                extensions=[
                    {
                        "specVersion": "2.0.0",
                        "dataSchema": "https://schemas.example/shipment.json",
                        "documentation": "https://schemas.example/shipment",
                        "data": {"shipment": "S1"},
                    }
                ],
            )
        )


@pytest.fixture(scope="session")
def makers() -> Makers:
    world = World()
    return Makers(world, world.publish(world.factor("fuel")))


@pytest.fixture(scope="session")
def pv_module(root: Path) -> tuple[Statement, dict[str, Any]]:
    """The demo's product, composed from its inventories, and its maker's record."""
    folder = root / "examples" / "pv-module"
    scenario = yaml.safe_load((folder / "scenario.yaml").read_text(encoding="utf-8"))
    listed = yaml.safe_load((folder / scenario["organisations"]).read_text(encoding="utf-8"))
    dids = {one["id"]: one["did"] for one in listed["organisations"]}
    world, signed = World(), {}
    for did in dids.values():
        world.admit(did, Role.SUPPLIER)
    for name in scenario["publish"]:
        file = folder / "inventories" / f"{name}.yaml"
        inventory = parse_inventory(file.read_bytes(), where=file.name)
        draft = compose(inventory, dids[inventory.issuer], signed.__getitem__)
        signed[name] = world.publish(draft)
    product = signed[scenario["product"]]
    records = [decode(record, what="record") for record in world.records.values()]
    return product, next(one for one in records if one["did"] == product.issuer)


@pytest.fixture(scope="session")
def pact_document(request: pytest.FixtureRequest) -> dict[str, Any]:
    """PACT's OpenAPI document of V3.0.3, which the project reads but does not carry."""
    place = os.environ.get("ROOTPRINT_SHARED")
    folder = Path(place) if place else request.getfixturevalue("shared")
    file = folder / "standards" / "pact" / "pact-v3.0.3-openapi.yaml"
    if not file.is_file():
        pytest.skip("PACT's OpenAPI document of V3.0.3 is not here")
    document: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return document
