"""An inventory file as a mapping, written as YAML and read by the real reader."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from rootprint.ledger.intake import InventoryProblems, compose, parse_inventory
from tests.support.world import SUPPLIER, World

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.intake import Inventory

WHERE = "part.yaml"
PRODUCT: dict[str, Any] = {
    "kind": "FootprintStatement",
    "issuer": SUPPLIER,
    "role": "product",
    "productIds": ["urn:example:part"],
    "productNameCompany": "Part",
    "productDescription": "A fictional part.",
    "boundary": "cradle-to-gate",
    "basis": "life-cycle",
    "validFrom": "2026-01-01T00:00:00Z",
    "validUntil": "2028-01-01T00:00:00Z",
    "pcf": {
        "declaredUnitOfMeasurement": "kilogram",
        "declaredUnitAmount": "1",
        "referencePeriodStart": "2025-01-01T00:00:00Z",
        "referencePeriodEnd": "2026-01-01T00:00:00Z",
        "geographyCountry": "CN",
        "productMassPerDeclaredUnit": "1",
        "fossilCarbonContent": "0",
        "ipccCharacterizationFactors": ["AR6"],
        "crossSectoralStandards": ["ISO14067"],
        "packagingEmissionsIncluded": False,
        "exemptedEmissionsPercent": "0",
        "exemptedEmissionsDescription": "Nothing is exempted.",
    },
    "digits": 6,
}


def line(source: dict[str, Any], value: str = "1", unit: str = "kg", **more: Any) -> dict[str, Any]:
    """One activity; ``more`` replaces or adds, None leaves out."""
    given = {
        "stage": "manufacturing",
        "description": "An activity",
        "amount": {"value": value, "unit": unit},
        "source": source,
        "primary": False,
        **more,
    }
    return {name: member for name, member in given.items() if member is not None}


def gas(name: str = "CO2", value: str = "1", unit: str = "kg", **more: Any) -> dict[str, Any]:
    """A direct emission in AR6."""
    return line({"gas": name, "set": more.pop("gwp_set", "AR6")}, value, unit, **more)


def product(
    *lines: dict[str, Any], pcf: dict[str, Any] | None = None, **changes: Any
) -> dict[str, Any]:
    """A product's file with these lines."""
    value = copy.deepcopy(PRODUCT)
    value["pcf"] |= pcf or {}
    return {**value, **changes, "inventory": list(lines)}


def parsed(value: dict[str, Any]) -> Inventory:
    return parse_inventory(yaml.safe_dump(value, sort_keys=False).encode(), where=WHERE)


def problems(value: dict[str, Any]) -> dict[str, str]:
    """The file's problems: member → what and remedy."""
    with pytest.raises(InventoryProblems) as caught:
        parsed(value)
    return {one.member: f"{one.what} — {one.remedy}" for one in caught.value.problems}


def composed(
    value: dict[str, Any], world: World | None = None, **inputs: Statement
) -> dict[str, Any]:
    """The draft's subject."""
    draft = compose(parsed(value), SUPPLIER, inputs.__getitem__)
    if world is not None:
        world.publish(draft)
    subject: dict[str, Any] = draft["credentialSubject"]
    return subject
