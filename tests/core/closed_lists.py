"""The closed member lists, written out from the design page, and statements that use them all.

Not derived from the schema: where the two differ, one of them is wrong. Paths join member names
with dots; an item of an array is its member's first.
"""

from __future__ import annotations

import copy
from typing import Any

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
    *(f"{name}...." for name in ("inventory", "inventoryShape", "stages", "gases")),
    *(f"{name}...." for name in ("uncertainty", "producedAmount", "evidence")),
)
REQUIRED = {
    "product": (
        *COMMON_REQUIRED,
        *("productDescription", "computedWith", "inventory", "inventoryShape"),
        *COMPUTED_WITH,
        *(f"pcf.{name}" for name in PACT_RULES),
    ),
    # inventory, inventoryShape and computedWith of a factor only come together
    "factor": (
        *COMMON_REQUIRED,
        *("reference", "licence", "includesTransmission"),
        *("computedWith", "inventory", "inventoryShape"),
        *COMPUTED_WITH,
    ),
    "assurance": (
        *("statement", "standard", "level", "coverage", "includesInventory"),
        *("materialityPercent", "outcome", "examined"),
        *("accreditation", "accreditation.body", "accreditation.number"),
    ),
    "status": ("statement", "state", "reason", "supersededBy"),
}

_PCF_OPTIONAL: dict[str, Json] = {
    "biogenicNonCO2Emissions": "0",
    "landUseChangeGhgEmissions": "0",
    "landManagementBiogenicCO2Emissions": "0",
    "landManagementBiogenicCO2Removals": "0",
    "technologicalCO2Removals": "0",
    "ccsTechnologicalCO2Capture": "0",
    "biogenicCO2Uptake": "0",
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
    "stages": {"manufacturing": "2.50"},
    "gases": {"CO2": "2.5"},
    "uncertainty": {
        "distribution": "lognormal",
        "statedValue": "2.50",
        "interval": {"lower": "2.38", "upper": "2.63", "percent": "95"},
    },
    "producedAmount": {"value": "1000", "unit": "kilogram"},
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

FULL_LINE: Json = statements.gas_line(
    "2.5",
    quality={"technologicalDQR": "1", "geographicalDQR": "1", "temporalDQR": "1"},
    uncertainty={
        "distribution": "lognormal",
        "statedValue": "2.5",
        "geometricStandardDeviation": "1.05",
    },
    allocation={"method": "physical", "share": "40.0000", "group": "1"},
    certificate={"registry": "Example registry", "id": "1", "MWh": "3.5"},
    evidence=[DIGEST],
)
LINE_REQUIRED = (
    *("stage", "description", "amount", "amount.value", "amount.unit", "source", "result"),
    *("source.set", "primary", "quality.technologicalDQR", "quality.geographicalDQR"),
    *("quality.temporalDQR", "uncertainty.distribution", "uncertainty.statedValue"),
    "uncertainty.geometricStandardDeviation",
    *("allocation.method", "certificate.registry", "certificate.id", "certificate.MWh"),
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
)


def full(kind: str) -> statements.Draft:
    """Return a draft that has every member its kind may have."""
    optional = copy.deepcopy(_OPTIONAL)
    if kind == "product":
        return statements.product(pcf=_PCF_OPTIONAL, lines=[copy.deepcopy(FULL_LINE)], **optional)
    if kind == "factor":
        rest = statements.product()["credentialSubject"]["pcf"]
        rules = {name: rest[name] for name in PACT_RULES}
        return statements.factor(
            pcf={**_PCF_OPTIONAL, **rules},
            productDescription="Grid mix",
            inventory=[copy.deepcopy(FULL_LINE)],
            computedWith=statements.computed_with(),
            **optional,
        )
    if kind == "assurance":
        return statements.assurance()
    return statements.status(state="superseded", supersededBy="sha256:" + "6b" * 32)


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
