"""Drafts that keep every rule of the base pack, and what judging them finds."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from rootprint.ledger.rules import judge, library

if TYPE_CHECKING:
    from rootprint.ledger.rules import Finding

AT = "2026-11-20T10:00:00Z"
KWH, STEEL, HEAT, LOSS = (f"sha256:{digit * 64}" for digit in "abcd")
MARK = "urn:rootprint:class:electricity-transmission"

CITED: dict[str, dict[str, Any]] = {
    KWH: {
        "role": "factor",
        "basis": "life-cycle",
        "includesTransmission": True,
        "pcf": {"declaredUnitOfMeasurement": "kilowatt hour"},
    },
    STEEL: {
        "role": "product",
        "basis": "life-cycle",
        "pcf": {"declaredUnitOfMeasurement": "kilogram"},
    },
    HEAT: {
        "role": "factor",
        "basis": "direct-only",
        "quantity": {"calorificValue": "net"},
        "pcf": {"declaredUnitOfMeasurement": "megajoule"},
    },
    LOSS: {
        "role": "factor",
        "basis": "life-cycle",
        "includesTransmission": True,
        "productClassifications": [MARK],
        "pcf": {"declaredUnitOfMeasurement": "kilowatt hour"},
    },
}


def line(**members: Any) -> dict[str, Any]:
    return {
        "stage": "manufacturing",
        "description": "Electricity of the press",
        "source": {"statement": KWH},
        "result": {"fossilGhgEmissions": "1.0"},
        **members,
    }


def product() -> dict[str, Any]:
    """Return a draft that keeps every rule of the base pack."""
    pcf = {
        "declaredUnitOfMeasurement": "piece",
        "declaredUnitAmount": "1",
        "productMassPerDeclaredUnit": "1.2",
        "referencePeriodStart": "2025-01-01T00:00:00Z",
        "referencePeriodEnd": "2026-01-01T00:00:00Z",
        "geographyCountry": "CN",
        "boundaryProcessesDescription": "from ore to the gate",
        "pcfExcludingBiogenicUptake": "3.00",
        "pcfIncludingBiogenicUptake": "2.45",
        "fossilGhgEmissions": "3.00",
        "biogenicNonCO2Emissions": "0.10",
        "ccsTechnologicalCO2Capture": "-0.10",
        "ccsTechnologicalCO2CaptureIncluded": True,
        "biogenicCO2Uptake": "-0.60",
        "biogenicCO2Emissions": "0.05",
        "biogenicCarbonContent": "0.15",
        "fossilCarbonContent": "0",
        "primaryDataShare": "40",
        "secondaryEmissionFactorSources": [{"name": "a", "version": "1"}],
        "ipccCharacterizationFactors": ["AR6"],
        "crossSectoralStandards": ["ISO14067"],
        "exemptedEmissionsPercent": "2",
        "exemptedEmissionsDescription": "the pallets",
        "allocationRulesDescription": "by mass; the process can't be divided",
        "packagingEmissionsIncluded": False,
        "dqi": {"technologicalDQR": "2", "geographicalDQR": "2", "temporalDQR": "2"},
    }
    subject = {
        "role": "product",
        "boundary": "cradle-to-gate",
        "basis": "life-cycle",
        "productIds": ["urn:gtin:4712345060507", "urn:example:part"],
        "sites": ["urn:gs1:gln:4012345000009"],
        "characterizationSets": [{"set": "AR6", "share": "100"}],
        "pcf": pcf,
        "inventory": [
            line(),
            line(source={"statement": STEEL}, allocation={"method": "economic"}),
            line(
                source={"emission": "CO2e", "factor": HEAT},
                amount={"value": "1", "unit": "MJ", "quantity": {"calorificValue": "net"}},
            ),
        ],
    }
    return {
        "type": "FootprintStatement",
        "issuer": "did:web:maker.example",
        "validFrom": "2027-02-01T00:00:00Z",
        "validUntil": "2029-01-01T00:00:00Z",
        "credentialSubject": subject,
    }


def factor() -> dict[str, Any]:
    """Return a factor that keeps every rule of the base pack."""
    subject = {
        "role": "factor",
        "boundary": "gate-to-gate",
        "basis": "direct-only",
        "reference": "a table, row 1",
        "licence": "public domain",
        "characterizationSets": [{"set": "AR6", "share": "100"}],
        "pcf": {
            "referencePeriodStart": "2025-01-01T00:00:00Z",
            "referencePeriodEnd": "2026-01-01T00:00:00Z",
            "geographyCountry": "CN",
            "fossilGhgEmissions": "0.5",
            "pcfExcludingBiogenicUptake": "0.5",
            "pcfIncludingBiogenicUptake": "0.5",
        },
    }
    return {"validFrom": AT, "validUntil": AT, "credentialSubject": subject}


def by_id(draft: dict[str, Any], known: dict[str, dict[str, Any]] | None = None, at: str = AT
          ) -> dict[str, Finding]:  # fmt: skip
    pack = library().compiled("rootprint-base-rules")
    return {
        finding.id: finding
        for finding in judge(pack, draft, cited=CITED if known is None else known, at=at)
    }


def changed(draft: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """Return the draft with another value at a dotted path; None takes the member away."""
    draft = copy.deepcopy(draft)
    *steps, last = path.split(".")
    place: Any = draft
    for step in steps:
        place = place[int(step)] if step.isdigit() else place[step]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return draft


PCF = "credentialSubject.pcf."
LINE = "credentialSubject.inventory.0."
