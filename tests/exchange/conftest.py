"""Product statements to map, small, whole and of every example; PACT's document where it is."""

from __future__ import annotations

import copy
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from rootprint.ledger.core.canonical import decode
from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.schema.kinds import POOL
from rootprint.ledger.core.standing import Role
from rootprint.ledger.core.statement import Statement, parse_statement
from rootprint.ledger.intake.composing import compose
from rootprint.ledger.intake.inventory import parse_inventory
from rootprint.ledger.intake.pools import PoolFile, pool_draft, read_pool
from tests.support.world import SUPPLIER, World

RECORD = {
    "legalName": "Example Maker (fictional)",
    "country": "CN",
    "did": SUPPLIER,
    "registerNumbers": {"USCC": "91310000EXAMPLE001", "LEI": "529900EXAMPLEMAKER00"},
}
if TYPE_CHECKING:
    from collections.abc import Mapping

Examples = dict[str, tuple[Statement, dict[str, Any]]]
# Not of inventories alone: one takes evidence, process records and claims, the other is no YAML.
OTHERWISE = {"battery-pack", "own-sheet"}
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
    _draft: dict[str, Any] | None = None

    def product(self, **changes: Any) -> Statement:
        """Compose, sign and read again a product of two kilograms of fuel."""
        lines = [self.world.line(self.fuel, "2", "kilogram")]
        envelope = {
            name: changes.pop(name) for name in ("validFrom", "validUntil") if name in changes
        }
        draft = {**self.world.product("part", lines, **changes), **envelope}
        return parse_statement(self.world.publish(draft).text)

    def stated(self, pcf: Mapping[str, Any] | None = None, **subject: Any) -> Statement:
        """Sign a product that says these members, whether or not its lines add up to them."""
        if self._draft is None:
            lines = [self.world.line(self.fuel, "2", "kilogram")]
            self._draft = self.world.product("part", lines)
        draft = copy.deepcopy(self._draft)
        draft["credentialSubject"] |= subject
        sets = {item["set"] for item in draft["credentialSubject"]["characterizationSets"]}
        named = sorted({name.partition("-")[0] for name in sets - {"unstated"}})
        if named:  # every report that it rests on, as a statement has to say
            draft["credentialSubject"]["pcf"]["ipccCharacterizationFactors"] = named
        draft["credentialSubject"]["pcf"] |= pcf or {}
        return self.world.sign(draft)

    def whole(self) -> Statement:
        """Return a product that says everything a statement can say in the open."""
        removal = {"published": "-0.25", "per": "kilogram", "reference": "Example tables, row 2"}
        line = {
            "stage": "manufacturing",
            "description": "removal",
            "amount": {"value": "1", "unit": "kilogram"},
            "primary": True,
        }
        shown = {
            "method": "Example mineralisation",
            "evidence": "Example record 5",
            "stored": {"value": "0.25", "unit": "kilogram"},
        }
        lines = [
            self.world.line(self.fuel, "2", "kilogram"),
            *(
                {**line, "source": {**removal, "component": component}, **more}
                for component, more in (
                    ("technologicalCO2Removals", {"removal": shown}),
                    ("biogenicCO2Uptake", {}),
                )
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
def examples(root: Path) -> Examples:
    """Every product statement of the examples with its issuer's record, by example and file.

    Those that inventories alone make.
    """
    found: Examples = {}
    for folder in sorted((root / "examples").iterdir()):
        if folder.is_dir() and folder.name not in OTHERWISE:
            found |= _example(folder)
    return found


@pytest.fixture(scope="session")
def at_the_gate(examples: Examples) -> Examples:
    """Those of them that both forms hold."""
    return {
        name: given
        for name, given in examples.items()
        if given[0].subject["boundary"] == "cradle-to-gate"
    }


@pytest.fixture(scope="session")
def pv_module(examples: Examples) -> Any:
    """The PV module of examples/pv-module, composed from its inventories; its maker's record."""
    return examples["pv-module/module-cn"]


def _example(folder: Path) -> Examples:
    """Compose and sign an example's inventories, each as soon as what it takes is signed."""
    world, signed, dids = World(), dict[str, Statement](), dict[str, str]()
    if (folder / "scenario.yaml").is_file():
        scenario = yaml.safe_load((folder / "scenario.yaml").read_text(encoding="utf-8"))
        listed = yaml.safe_load((folder / scenario["organisations"]).read_text(encoding="utf-8"))
        dids = {one["id"]: one["did"] for one in listed["organisations"]}
        waiting = [folder / "inventories" / f"{name}.yaml" for name in scenario["publish"]]
    else:
        waiting = sorted(folder.glob("*.yaml"))
    while waiting:
        later = []
        for file in waiting:
            try:
                statement = world.publish(_draft(file, dids, world, signed))
            except KeyError:  # what it takes is not signed yet
                later.append(file)
                continue
            signed[file.stem] = signed[digest_text(statement.digest)] = statement
        assert len(later) < len(waiting), later
        waiting = later
    records = [decode(record, what="record") for record in world.records.values()]
    by_did = {record["did"]: record for record in records}
    return {
        f"{folder.name}/{name}": (statement, by_did[statement.issuer])
        for name, statement in signed.items()
        if statement.subject.get("role") == "product" and not name.startswith("sha256:")
    }


def _draft(
    file: Path, dids: Mapping[str, str], world: World, signed: Mapping[str, Statement]
) -> dict[str, Any]:
    """Compose an inventory, or make the draft of a variant pool; KeyError for what is to come."""
    data = file.read_bytes()
    is_pool = yaml.safe_load(data)["kind"] == POOL
    given = (read_pool if is_pool else parse_inventory)(data, where=file.name)
    issuer = dids.get(given.issuer, given.issuer)
    if issuer not in world.keys:
        world.admit(issuer, Role.SUPPLIER)
    if isinstance(given, PoolFile):
        return pool_draft(given, issuer, signed.__getitem__)
    return compose(given, issuer, signed.__getitem__)


@pytest.fixture(scope="session")
def pact_document(request: pytest.FixtureRequest) -> dict[str, Any]:
    """PACT's OpenAPI document of V3.0.4, which the project reads but does not carry."""
    place = os.environ.get("ROOTPRINT_SHARED")
    folder = Path(place) if place else request.getfixturevalue("shared")
    file = folder / "standards" / "pact" / "pact-v3.0.4-openapi-from-conformance-service.yaml"
    if not file.is_file():
        pytest.skip("PACT's OpenAPI document of V3.0.4 is not here")
    document: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return document


@pytest.fixture(scope="session")
def catena_x_schema() -> dict[str, Any]:
    """The JSON schema of Catena-X's PCF 9.0.0, which the tests carry (data/README.md)."""
    file = Path(__file__).parent / "data" / "catena-x-pcf-9.0.0.schema.json"
    schema: dict[str, Any] = json.loads(file.read_bytes())
    return schema
