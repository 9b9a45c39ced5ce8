"""The closed member lists, written out from the design page, and statements that use them all.

Not derived from the schema: where the two differ, one of them is wrong. Paths join member names
with dots; an item of an array is its member's first.
"""

from __future__ import annotations

import copy
from typing import Any

from rootprint.ledger.core.encoding import b64url
from tests.support import statements
from tests.support.statements import DIGEST

Json = Any

PACT_UNITS = (
    *("liter", "kilogram", "cubic meter", "kilowatt hour", "megajoule", "ton kilometer"),
    *("square meter", "piece", "hour", "megabit second"),
)
# What a factor may declare beside them: of money, the first and last year of each currency.
FACTOR_UNITS = (
    *("kilometer", "passenger kilometer", "kilowatt"),
    *("US dollar of 2010", "US dollar of 2022", "US dollar of 2035"),
    *("euro of 2010", "euro of 2035", "pound sterling of 2010", "pound sterling of 2035"),
    *("yuan renminbi of 2010", "yuan renminbi of 2035"),
)
NO_UNITS = (
    *("kg", "km", "meter", "mile", "tonne", "US dollar", "dollar of 2022", "USD of 2022"),
    *("US dollar of 2009", "US dollar of 2036", "US dollar of 22", "us dollar of 2022"),
    *("US dollar of 2022 ", "franc of 2022", ""),
)
PACT_RULES = (
    *("productMassPerDeclaredUnit", "fossilCarbonContent", "ipccCharacterizationFactors"),
    *("crossSectoralStandards", "exemptedEmissionsPercent", "exemptedEmissionsDescription"),
    "packagingEmissionsIncluded",
)
PCF_REQUIRED = (
    *("declaredUnitOfMeasurement", "declaredUnitAmount", "referencePeriodStart"),
    *("referencePeriodEnd", "pcfExcludingBiogenicUptake", "pcfIncludingBiogenicUptake"),
    *("primaryDataShare", "fossilGhgEmissions", "geographyCountry"),
)
COMPUTED_WITH = (
    *("computedWith.rule", "computedWith.rule.id", "computedWith.rule.digest"),
    *("computedWith.tables", "computedWith.lineDigits", "computedWith.digits", "computedWith.tool"),
)
COMMON_REQUIRED = (
    *("role", "productIds", "productNameCompany", "boundary", "basis", "pcf"),
    *("characterizationSets", "characterizationSets.set", "characterizationSets.share"),
    *(f"pcf.{name}" for name in PCF_REQUIRED),
    # within optional members: what each must have once it is there
    *("pcf.dqi.technologicalDQR", "pcf.dqi.geographicalDQR", "pcf.dqi.temporalDQR"),
    *("pcf.productOrSectorSpecificRules.operator", "pcf.productOrSectorSpecificRules.ruleNames"),
    *("pcf.secondaryEmissionFactorSources.name", "pcf.secondaryEmissionFactorSources.version"),
    *("extensions.specVersion", "extensions.dataSchema", "extensions.data"),
    # a placeholder's one member
    *(f"{name}...." for name in ("gases", "uncertainty", "evidence")),
    # within the optional members of version 2
    *("variant.reason", "variant.code", "functionalUnit.description", "functionalUnit.value"),
    *("functionalUnit.unit", "functionalUnit.referenceFlow", "functionalUnit.serviceLife"),
    *("functionalUnit.referenceFlow.value", "functionalUnit.referenceFlow.unit"),
    *("functionalUnit.serviceLife.value", "functionalUnit.serviceLife.unit"),
    *("chainOfCustody.model", "chainOfCustody.scheme", "chainOfCustody.freeAttribution"),
    *("pseudonym.value", "pseudonym.proof"),
)
_WITH_LINES = (
    *("computedWith", "inventory", "inventoryShape", "cells"),
    *(f"{name}...." for name in ("inventory", "inventoryShape", "cells")),
    *("outputUncertainty....", "producedAmount....", "process.record", "process.row"),
    *COMPUTED_WITH,
)
REQUIRED = {
    "product": (
        *COMMON_REQUIRED,
        *_WITH_LINES,
        "productDescription",
        *(f"pcf.{name}" for name in PACT_RULES),
    ),
    # inventory, inventoryShape, cells and computedWith of a factor only come together
    "factor": (
        *COMMON_REQUIRED,
        *_WITH_LINES,
        *("reference", "licence", "includesTransmission"),
    ),
    "attested": (
        *COMMON_REQUIRED,
        *("productDescription", "partner", "partner.name", "partner.productIds"),
        *("partner.document", "partner.receivedAt", "partner.specVersion"),
    ),
    "assurance": (
        *("statement", "standard", "level", "coverage", "includesInventory"),
        *("materialityPercent", "outcome", "examined"),
        *("accreditation", "accreditation.body", "accreditation.number", "laws"),
    ),
    "status": ("statement", "state", "reason", "supersededBy"),
    "process": (
        *("site", "process", "periodStart", "periodEnd", "rule", "rule.id", "rule.digest"),
        *(f"{name}{dots}" for name in ("allocation", "allocationShape") for dots in ("", "....")),
        *(f"{name}{dots}" for name in ("activities", "activitiesShape") for dots in ("", "....")),
    ),
    "retirement": (
        *("registry", "beneficiary", "attribute", "market", "amount", "amount.value"),
        *("amount.unit", "productionStart", "productionEnd", "certificates"),
        *("certificates.from", "certificates.to"),
    ),
    # exactly one of retirement and certificate
    "claim": (
        *("amount", "amount.value", "amount.unit", "periodStart", "periodEnd", "certificate"),
        *("certificate.registry", "certificate.id"),
    ),
    "pool": (*("product", "base", "unit", "rows", "rowsShape", "rows....", "rowsShape...."),),
    # a window, and only that, has both ends
    "decision": ("concerns", "action", "reasonCode", "reach", "reasoning", "from", "until"),
    "accreditation": ("body", "standard", "scope", "levels", "from", "until"),
    "qualification": ("person", "body", "scope", "from", "until"),
    "certificate": ("concerns", "number", "scheme", "from", "until"),
    "review": ("concerns", "round", "outcome"),
    "reading": (
        *("instrument", "calibration", "periodStart", "periodEnd", "amount"),
        *("amount.value", "amount.unit"),
    ),
    "workflow": ("id", "version", "definition"),
    "refusal": ("concerns", "reason"),
}

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
_OPTIONAL: dict[str, Json] = {
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
    "service": "transport",
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
LINE_REQUIRED = (
    *("stage", "description", "amount", "amount.value", "amount.unit", "source", "result"),
    *("source.set", "primary", "quality.technologicalDQR", "quality.geographicalDQR"),
    *("quality.temporalDQR", "uncertainty.distribution", "uncertainty.statedValue"),
    *("uncertainty.geometricStandardDeviation",),
    *("allocation.method", "certificate.registry", "certificate.id", "certificate.MWh"),
    *("removal.method", "removal.evidence", "removal.stored.value", "removal.stored.unit"),
    *("circular.term", "circular.mass", "circular.mass.value", "circular.mass.unit"),
    *("circular.A", "circular.R1", "circular.R2", "circular.R3"),
    *("circular.qualityIn", "circular.qualityOut"),
    *("amount.quantity.converted.value", "amount.quantity.converted.unit"),
    *("amount.quantity.converted.by", "amount.quantity.converted.reference"),
)
HIDDEN_REQUIRED = (
    *("uncertainty.distribution", "uncertainty.statedValue", "uncertainty.interval.lower"),
    *("uncertainty.interval", "uncertainty.interval.upper", "uncertainty.interval.percent"),
    *(
        "producedAmount.value",
        "producedAmount.unit",
        "evidence.digest",
        "evidence.type",
        "evidence.instrument.id",
    ),
    *("outputUncertainty.distribution", "outputUncertainty.statedValue"),
    "outputUncertainty.geometricStandardDeviation",
)
HIDDEN: dict[str, Json] = {
    "inventory": {"line": 3, **FULL_LINE},
    "cells": CELLS,
    **{name: _OPTIONAL[name] for name in ("gases", "uncertainty", "evidence")},
    **{name: _COMPUTED[name] for name in ("outputUncertainty", "producedAmount")},
}


_COMPUTED_WITH = {**statements.computed_with(), "model": DIGEST, "matrix": DIGEST}


def full(kind: str) -> statements.Draft:
    """Return a draft that has every member its kind may have."""
    optional = copy.deepcopy({**_OPTIONAL, **(_COMPUTED if kind != "attested" else {})})
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
    if kind == "factor":
        return statements.factor(
            pcf=_PCF_OPTIONAL | _rules(),
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


def paths(value: Json, prefix: str = "") -> list[str]:
    """Return every member's path, once each; free contents of ``extensions.data`` left out."""
    if isinstance(value, list):
        found = [path for item in value for path in paths(item, prefix)]
        return list(dict.fromkeys(found))
    if not isinstance(value, dict) or prefix == "extensions.data":
        return []
    found = []
    for name, member in value.items():
        path = f"{prefix}.{name}" if prefix else name
        found += [path, *paths(member, path)]
    return found


def objects(value: Json) -> list[str]:
    """Return the path of every object, the empty path being ``value`` itself."""
    return sorted({path.removesuffix("...").rpartition(".")[0] for path in paths(value)})


def inner(value: Json, path: str) -> dict[str, Json]:
    """Return the object at ``path`` (not a copy)."""
    for step in path.split(".") if path else []:
        value = value[step]
        value = value[0] if isinstance(value, list) else value
    found: dict[str, Json] = value
    return found


def removed(value: Json, path: str) -> Json:
    """Return a copy of ``value`` without the member at ``path``."""
    result = copy.deepcopy(value)
    if path.endswith("...."):
        del inner(result, path.removesuffix("...."))["..."]
    else:
        parent, _, name = path.rpartition(".")
        del inner(result, parent)[name]
    return result
