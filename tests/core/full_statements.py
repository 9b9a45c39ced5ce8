"""A statement of each kind that uses every member of the closed lists."""

from __future__ import annotations

import copy
from typing import Any

from rootprint.ledger.core.encoding import b64url
from tests.core.closed_lists import PACT_RULES
from tests.support import statements
from tests.support.statements import DIGEST

Json = Any

_PCF_OPTIONAL: dict[str, Json] = {
    "biogenicNonCO2Emissions": "0",
    "landUseChangeGhgEmissions": "0",
    "landManagementBiogenicCO2Emissions": "0",
    "publicationDifference": "0",
    "landManagementBiogenicCO2Removals": "0",
    "technologicalCO2Removals": "0",
    "ccsTechnologicalCO2Capture": "0",
    "substitutionCredits": "0",
    "biogenicCO2Uptake": "0",
    "biogenicCO2Emissions": "0",
    "aircraftGhgEmissions": "0",
    "boundaryProcessesDescription": "Everything to the gate",
    "biogenicCarbonContent": "0",
    "recycledCarbonContent": "0",
    "landCarbonLeakage": "0",
    "landManagementFossilGhgEmissions": "0",
    "landAreaOccupation": "0",
    "packagingGhgEmissions": "0",
    "packagingBiogenicCarbonContent": "0",
    "packagingMassPerDeclaredUnit": "0",
    "outboundLogisticsGhgEmissions": "0",
    "ccsTechnologicalCO2CaptureIncluded": False,
    "technologicalCO2CaptureOrigin": "None",
    "ccuCarbonContent": "0",
    "ccuCalculationApproach": "Cut-off",
    "ccuCreditCertification": "https://certificates.example/1",
    "productOrSectorSpecificRules": [
        {"operator": "Other", "ruleNames": ["Rule 1"], "otherOperatorName": "Example"}
    ],
    "allocationRulesDescription": "By mass",
    "secondaryEmissionFactorSources": [{"name": "Example tables", "version": "1"}],
    "dqi": {"technologicalDQR": "1.0", "geographicalDQR": "2.5", "temporalDQR": "5"},
    "verification": {
        "coverage": "product level",
        "providerName": "Example verifier",
        "completedAt": "2026-01-01T00:00:00Z",
        "standardName": "ISO 14064-3",
        "comments": "None",
    },
}
OPTIONAL: dict[str, Json] = {
    "productClassifications": ["urn:example:class:1"],
    "precedingStatements": [DIGEST],
    "reference": "Example report",
    "licence": "CC0-1.0",
    "extensions": [
        {
            "specVersion": "2.0.0",
            "dataSchema": "https://schema.example/1.json",
            "documentation": "https://schema.example",
            "data": {"free": [1, None]},
        }
    ],
    "service": "waste-treatment",
    "sites": ["urn:example:site:1"],
    "outlook": "prospective",
    "variant": {"reason": "site", "code": "Ab1234", "pool": DIGEST},
    "functionalUnit": {
        "description": "One kilogram that is transported for a year",
        "value": "1",
        "unit": "year",
        "referenceFlow": {"value": "1", "unit": "kilogram"},
        "serviceLife": {"value": "10", "unit": "year"},
        "useScenario": "Daily use",
        "endOfLifeScenario": "Recycled",
    },
    "chainOfCustody": {
        "model": "mass-balance",
        "scheme": "Example scheme",
        "certificate": "C-2",
        "freeAttribution": False,
        "attributedBiogenicCarbon": "0.1",
        "attributedRecycledCarbon": "0.2",
    },
    "interpretation": {
        "conclusions": "It is mostly heat",
        "sensitivity": ["Heat by 10 %: 9 %"],
        "limitations": ["One year only"],
        "valueChoices": ["None"],
    },
    "quantity": {"calorificValue": "net", "state": "0 °C 101.325 kPa", "moisture": "dry"},
    "pseudonym": {"value": b64url(bytes(32)), "proof": b64url(bytes(81))},
    "gases": {"CO2": "2.5"},
    "uncertainty": {
        "distribution": "lognormal",
        "statedValue": "2.50",
        "interval": {"lower": "2.38", "upper": "2.63", "percent": "95"},
    },
    "evidence": [
        {
            "digest": DIGEST,
            "type": "meter reading",
            "instrument": {
                "id": "meter 7",
                "calibrationCertificate": "C-1",
                "calibrationValidUntil": "2027-01-01T00:00:00Z",
                "expandedUncertaintyPercent": "0.5",
            },
        },
        {"digest": DIGEST, "type": "invoice"},
    ],
}
_COMPUTED: dict[str, Json] = {
    "process": {"record": DIGEST, "row": 3},
    "outputUncertainty": {
        "distribution": "normal",
        "statedValue": "1000",
        "geometricStandardDeviation": "1.05",
    },
    "producedAmount": {"value": "1000", "unit": "kilogram"},
}
CELLS: Json = {"manufacturing": {"fossilGhgEmissions": "2.50"}}
ROW: Json = {
    "row": 3,
    "name": "steel",
    "productId": "urn:example:product:1",
    "amount": {"value": "1000", "unit": "kilogram"},
    "yield": "0.95",
    "method": "physical",
    "weight": "1000",
    "weightUnit": "kilogram",
    "share": "100.000000000000",
}
ACTIVITY: Json = {
    "activity": 5,
    "description": "Natural gas burnt on site",
    "stage": "manufacturing",
    "amount": {"value": "2500", "unit": "kilogram"},
    "source": {"gas": "CO2", "set": "AR6"},
    "serves": 3,
}
POOL_ROW: Json = {"row": 1, "volume": "10", "value": "2.5", "variant": "Ab1234"}
_LIMITS = {"from": "2026-01-01T00:00:00Z", "until": "2027-01-01T00:00:00Z"}
_PERIOD = {"periodStart": "2025-01-01T00:00:00Z", "periodEnd": "2026-01-01T00:00:00Z"}
_AMOUNT = {"value": "100", "unit": "megawatt hour"}
_RECORDS: dict[str, tuple[str, Json]] = {
    "process": (
        "ProcessRecord",
        {
            "site": "urn:example:site:1",
            "process": "Furnace 2",
            **_PERIOD,
            "rule": {"id": "rules", "digest": DIGEST},
            "claims": [DIGEST],
            "allocation": [ROW],
            "activities": [ACTIVITY],
        },
    ),
    "retirement": (
        "RetirementRecord",
        {
            "registry": "Example registry",
            "beneficiary": statements.MAKER,
            "attribute": "electricity",
            "market": "Example market",
            "amount": _AMOUNT,
            "productionStart": "2025-01-01T00:00:00Z",
            "productionEnd": "2025-07-01T00:00:00Z",
            "certificates": [{"from": "1", "to": "100"}],
        },
    ),
    "claim": (
        "ClaimRecord",
        {**_PERIOD, "amount": _AMOUNT, "certificate": {"registry": "Example", "id": "1"}},
    ),
    "pool": (
        "VariantPool",
        {"product": "urn:example:product:1", "base": DIGEST, "unit": "kilogram",
         "rows": [POOL_ROW]},
    ),
    "decision": (
        "DecisionRecord",
        {"concerns": DIGEST, "action": "suspend", "reasonCode": "false-data", "reach": "window",
         "reasoning": DIGEST, **_LIMITS},
    ),
    "accreditation": (
        "AccreditationRecord",
        {"body": statements.AUDITOR, "standard": "ISO 14065:2020", "scope": ["metals"],
         "levels": ["limited"], **_LIMITS},
    ),
    "qualification": (
        "QualificationRecord",
        {"person": "Person 4", "body": statements.AUDITOR, "scope": ["metals"], **_LIMITS},
    ),
    "certificate": (
        "CertificateRecord",
        {"concerns": DIGEST, "number": "7", "scheme": "Example scheme", **_LIMITS},
    ),
    "review": (
        "ReviewRecord",
        {"concerns": DIGEST, "round": 1, "outcome": "revise", "remarks": ["Say the period"]},
    ),
    "reading": (
        "ReadingRecord",
        {"instrument": "meter 7", "calibration": DIGEST, **_PERIOD, "amount": _AMOUNT},
    ),
    "workflow": ("WorkflowRecord", {"id": "review", "version": "1", "definition": DIGEST}),
    "refusal": (
        "RefusalRecord", {"concerns": DIGEST, "reason": "A twin", "conflict": DIGEST},
    ),
}  # fmt: skip

FULL_LINE: Json = statements.gas_line(
    "2.5",
    quality={"technologicalDQR": "1", "geographicalDQR": "1", "temporalDQR": "1"},
    uncertainty={
        "distribution": "lognormal",
        "statedValue": "2.5",
        "geometricStandardDeviation": "1.05",
    },
    allocation={"method": "physical", "share": "40.0000", "group": "1", "activity": 5},
    certificate={"registry": "Example registry", "id": "1", "MWh": "3.5", "claim": DIGEST},
    electricity="contract",
    evidence=[DIGEST],
    removal={
        "method": "Stored in concrete",
        "evidence": "Report 1",
        "stored": {"value": "1", "unit": "kilogram"},
    },
    circular={
        "material": "PET of the body",
        "term": "virgin",
        "mass": {"value": "2.5", "unit": "kilogram"},
        "A": "0.2",
        "R1": "0.4",
        "R2": "0.85",
        "R3": "0",
        "qualityIn": "1",
        "qualityOut": "1",
    },
)
FULL_LINE["amount"]["quantity"] = {
    "calorificValue": "net",
    "state": "0 °C 101.325 kPa",
    "moisture": "dry",
    "converted": {
        "value": "2.25",
        "unit": "kilogram",
        "by": "1.1",
        "reference": "Example tables, row 2",
        "calorificValue": "gross",
        "state": "15 °C 101.325 kPa",
        "moisture": "wet",
    },
}
FULL_LINE["uncertainty"]["group"] = "meter 7"
HIDDEN: dict[str, Json] = {
    "inventory": {"line": 3, **FULL_LINE},
    "cells": CELLS,
    **{name: OPTIONAL[name] for name in ("gases", "uncertainty", "evidence")},
    **{name: _COMPUTED[name] for name in ("outputUncertainty", "producedAmount")},
}
_COMPUTED_WITH = {**statements.computed_with(), "model": DIGEST, "matrix": DIGEST}


def full(kind: str) -> statements.Draft:
    """Return a draft that has every member its kind may have."""
    optional = copy.deepcopy({**OPTIONAL, **(_COMPUTED if kind != "attested" else {})})
    if kind != "product":  # what includes transmission is electricity, and no fuel
        del optional["quantity"]["calorificValue"]
    if kind in _RECORDS:
        name, subject = copy.deepcopy(_RECORDS[kind])
        return statements.draft(name, statements.MAKER, subject)
    if kind == "product":
        return statements.product(
            pcf=_PCF_OPTIONAL,
            lines=[copy.deepcopy(FULL_LINE)],
            cells=CELLS,
            **{**optional, "computedWith": _COMPUTED_WITH},
        )
    if kind == "attested":
        return statements.attested(pcf=_PCF_OPTIONAL | _rules(), **optional)
    if kind == "factor":  # electricity, which weighs nothing
        optional["service"] = "energy"
        return statements.factor(
            pcf=_PCF_OPTIONAL | _rules() | {"productMassPerDeclaredUnit": "0"},
            productDescription="Grid mix",
            inventory=[copy.deepcopy(FULL_LINE)],
            cells=CELLS,
            computedWith=_COMPUTED_WITH,
            **optional,
        )
    if kind == "assurance":
        return statements.assurance()
    return statements.status(state="superseded", supersededBy="sha256:" + "6b" * 32)


def _rules() -> dict[str, Json]:
    rest = statements.product()["credentialSubject"]["pcf"]
    return {name: rest[name] for name in PACT_RULES}
