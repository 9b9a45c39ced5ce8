"""Processes with several outputs, claims and retirements, in the world's figures.

A process is an inventory file as a mapping: what ``process_draft`` records, and what each
co-product is composed of.
"""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import yaml

from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.errors import NotFound
from rootprint.ledger.core.standing import Role
from rootprint.ledger.intake import compose, parse_inventory
from rootprint.ledger.intake.processes import process_draft
from tests.support.world import SUPPLIER, VALID

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rootprint.ledger.core.statement import Statement
    from tests.support.world import World

REGISTRY = "did:web:registry.example"
SITE = "urn:example:site-1"
PERIOD = {"periodStart": "2025-01-01T00:00:00Z", "periodEnd": "2026-01-01T00:00:00Z"}


def file(name: str, process: Mapping[str, Any], lines: Sequence[Mapping[str, Any]],
         **changes: Any) -> dict[str, Any]:  # fmt: skip
    """Return a co-product's inventory file: one kilogram of ``name``, of the world's supplier."""
    return {
        "kind": "FootprintStatement",
        "issuer": SUPPLIER,
        **VALID,
        "role": "product",
        "productIds": [f"urn:example:{name}"],
        "productNameCompany": name,
        "productDescription": f"One kilogram of {name}, fictional.",
        "boundary": "cradle-to-gate",
        "basis": "life-cycle",
        "pcf": {
            "declaredUnitOfMeasurement": "kilogram",
            "declaredUnitAmount": "1",
            "referencePeriodStart": PERIOD["periodStart"],
            "referencePeriodEnd": PERIOD["periodEnd"],
            "geographyCountry": "CN",
            "productMassPerDeclaredUnit": "1",
            "fossilCarbonContent": "0",
            "ipccCharacterizationFactors": ["AR6"],
            "crossSectoralStandards": ["ISO14067"],
            "exemptedEmissionsPercent": "0",
            "exemptedEmissionsDescription": "Nothing is exempted.",
            "packagingEmissionsIncluded": False,
        },
        "digits": 12,
        "lineDigits": 20,
        "process": copy.deepcopy({**process, "product": name}),
        "inventory": copy.deepcopy(list(lines)),
        **changes,
    }


def output(name: str, value: str = "10", unit: str = "kg", **more: Any) -> dict[str, Any]:
    """Return an output with a product id of its own."""
    given = {"name": name, "amount": {"value": value, "unit": unit}, **more}
    return {"productId": f"urn:example:{name}", **given}


def process(*outputs: Mapping[str, Any], method: str = "physical", **more: Any) -> dict[str, Any]:
    """Return a process of these outputs, with a site and the name of its record."""
    return {
        "name": "Furnace 1",
        "site": SITE,
        "record": "furnace",
        "outputs": [dict(one) for one in outputs],
        "allocation": {"method": method},
        **more,
    }


def gas(value: str = "40", gas_: str = "CO2", **more: Any) -> dict[str, Any]:
    """Return an emission of the process, in kilograms."""
    return {
        "stage": "manufacturing",
        "description": f"{gas_} of the furnace",
        "amount": {"value": value, "unit": "kg"},
        "source": {"gas": gas_, "set": "AR6"},
        "primary": True,
        **more,
    }


def takes(name: str, value: str, unit: str = "kg", **more: Any) -> dict[str, Any]:
    """Return a line of the process that takes an input of this name."""
    return gas(value, **{"source": {"input": name}, "description": f"takes {name}",
                         "amount": {"value": value, "unit": unit}, **more})  # fmt: skip


def credit(output_: str, value: str, unit: str = "kg", published: str = "2") -> dict[str, Any]:
    """Return the credit of a substituted output, by a published figure."""
    return gas(
        value,
        description=f"{output_} displaces",
        amount={"value": value, "unit": unit},
        source={
            "published": published,
            "per": "kilogram",
            "component": "fossilGhgEmissions",
            "reference": "A table, row 3",
        },
        primary=False,
        output=output_,
        allocation={"method": "substitution"},
    )


def record_draft(given: Mapping[str, Any], **inputs: Statement) -> dict[str, Any]:
    """Return the draft of the process record of a file."""
    return process_draft(_parsed(given), SUPPLIER, _resolve(inputs))


def composed(given: Mapping[str, Any], **inputs: Statement) -> dict[str, Any]:
    """Return the draft of a co-product."""
    return compose(_parsed(given), SUPPLIER, _resolve(inputs))


def _resolve(inputs: Mapping[str, Statement]) -> Callable[[str], Statement]:
    def resolve(name: str) -> Statement:
        if name not in inputs:
            message = f"it is not said which statement the input {name!r} is"
            raise NotFound(message)
        return inputs[name]

    return resolve


def _parsed(given: Mapping[str, Any]) -> Any:
    # A copy: YAML would write what stands twice as an alias, which is refused.
    data = yaml.safe_dump(json.loads(json.dumps(given)), sort_keys=False).encode()
    return parse_inventory(data, where="part.yaml")


def point_at(draft: dict[str, Any], honest: Statement, record: Statement) -> None:
    """Make a draft that was composed by one record cite another, rows and activities alike."""
    subject = draft["credentialSubject"]
    rows = _moved(honest, record, "allocation", "name")
    activities = _moved(honest, record, "activities", "description")
    subject["process"] = {
        "record": digest_text(record.digest),
        "row": rows[subject["process"]["row"]],
    }
    for line in subject["inventory"]:
        line["allocation"]["activity"] = activities[line["allocation"]["activity"]]


def _moved(honest: Statement, record: Statement, name: str, by: str) -> dict[int, int]:
    there = {item[by]: index for index, item in record.opened.items(name).items()}
    return {index: there[item[by]] for index, item in honest.opened.items(name).items()}


def retirement(**changes: Any) -> dict[str, Any]:
    """Return the draft of 10 MWh of electricity, retired for the supplier."""
    subject = {
        "registry": "Example registry",
        "beneficiary": SUPPLIER,
        "attribute": "electricity",
        "market": "CN",
        "amount": {"value": "10", "unit": "megawatt hour"},
        "productionStart": PERIOD["periodStart"],
        "productionEnd": PERIOD["periodEnd"],
        "certificates": [{"from": "W-0001", "to": "W-0010"}],
        **changes,
    }
    return _draft("RetirementRecord", REGISTRY, subject)


def claim(retired: Statement | None, value: str = "10", issuer: str = SUPPLIER,
          **changes: Any) -> dict[str, Any]:  # fmt: skip
    """Return the draft of a claim on a retirement, or on a certificate without one."""
    named: dict[str, Any] = (
        {"certificate": {"registry": "Example registry", "id": "W-0001"}}
        if retired is None
        else {"retirement": digest_text(retired.digest)}
    )
    subject = {**named, "amount": {"value": value, "unit": "megawatt hour"}, **PERIOD, **changes}
    return _draft("ClaimRecord", issuer, subject)


def contract(name: str, kilowatt_hours: str, claimed: Statement | None = None, mwh: str = "10",
             **more: Any) -> dict[str, Any]:  # fmt: skip
    """Return a line of contract electricity, with a claim or without one.

    Its figure is published; a line of ``World.product`` has no ``electricity`` shorthand.
    """
    certificate = {"registry": "Example registry", "id": "W-0001", "MWh": mwh}
    if claimed is not None:
        certificate["claim"] = name
    return {
        "stage": "manufacturing",
        "description": "wind power by contract",
        "amount": {"value": kilowatt_hours, "unit": "kilowatt hour"},
        "source": {
            "published": "0.03",
            "per": "kilowatt hour",
            "component": "fossilGhgEmissions",
            "reference": "The generator's declaration",
        },
        "primary": True,
        "certificate": certificate,
        **more,
    }


def _draft(kind: str, issuer: str, subject: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": kind, "issuer": issuer, **VALID, "credentialSubject": dict(subject)}


def status(of: Statement, state: str, by: Statement | None = None, issuer: str | None = None,
           ) -> dict[str, Any]:  # fmt: skip
    """Return the draft of a status statement, by the record's issuer unless said otherwise."""
    subject = {"statement": digest_text(of.digest), "state": state, "reason": "made anew"}
    if by is not None:
        subject["supersededBy"] = digest_text(by.digest)
    return _draft("StatusStatement", issuer or of.issuer, subject)


def with_registry(world: World) -> World:
    """Admit the registry whose retirement records claims name."""
    world.admit(REGISTRY, Role.REGISTRY)
    world.chain.mine()
    return world
