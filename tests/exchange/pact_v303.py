"""What a PACT V3.0.3 ProductFootprint must be: our own short table, and what differs from it.

Source: PACT Technical Specifications 3.0.3, OpenAPI document, ``components/schemas``; required
attributes, types and enumerations carried over. Decimals are stricter than its patterns, of which
two are wrongly anchored and accept "10" as negative and "1abc" as positive. A test compares the
table with the published document where that lies beside the project.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

DECIMAL = r"[+-]?\d+(\.\d+)?"
ZERO = r"[+-]?0+(\.0+)?"
URI = r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+"
TEXTS = {
    "Decimal": DECIMAL,
    "PositiveNonZeroDecimal": rf"(?!{ZERO}$)\+?\d+(\.\d+)?",
    "PositiveOrZeroDecimal": r"\+?\d+(\.\d+)?",
    "NegativeOrZeroDecimal": rf"-\d+(\.\d+)?|{ZERO}",
    "NegativeNonZeroDecimal": rf"(?!{ZERO}$)-\d+(\.\d+)?",
    "NonEmptyString": r"(?s:.+)",
    "Urn": r"(?i:urn:[a-z0-9][a-z0-9-]{0,30}[a-z0-9]:[^\s/?#][^\s?#]*)",  # RFC 8141 section 2
    "Uri": URI,
    "uri": URI,
    "string": r"(?s:.*)",
    "uuid": r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    "date-time": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)",  # RFC 3339
    "version": r"\d+\.\d+\.\d+(-\d{8})?",
    "country": r"[A-Z]{2}",
    "subdivision": r"[A-Z]{2}-[A-Z0-9]{1,3}",
    "assessment report": r"AR\d+",
}
ENUMS = {
    "status": "Active|Deprecated",
    "unit": "liter|kilogram|cubic meter|kilowatt hour|megajoule|ton kilometer|square meter|piece"
    "|hour|megabit second",
    "region": "Africa|Americas|Asia|Europe|Oceania|Australia and New Zealand|Central Asia"
    "|Eastern Asia|Eastern Europe|Latin America and the Caribbean|Melanesia|Micronesia"
    "|Northern Africa|Northern America|Northern Europe|Polynesia|South-eastern Asia|Southern Asia"
    "|Southern Europe|Sub-Saharan Africa|Western Asia|Western Europe",
    "ccu approach": "Cut-off|Credit",
    "coverage": "PCF calculation model|PCF program|product level",
    "operator": "PEF|EPD International|Other",
}
# attribute: its type; "!" required, "[]" a non-empty array, "{}" one without repeated items.
TYPES: dict[str, dict[str, str]] = {
    "ProductFootprint": {
        "id": "!uuid",
        "specVersion": "!version",
        "precedingPfIds": "{}uuid",
        "created": "!date-time",
        "status": "!status",
        "validityPeriodStart": "date-time",
        "validityPeriodEnd": "date-time",
        "companyName": "!NonEmptyString",
        "companyIds": "!{}Urn",
        "productDescription": "!string",
        "productIds": "!{}Urn",
        "productClassifications": "{}Urn",
        "productNameCompany": "!NonEmptyString",
        "comment": "string",
        "pcf": "!CarbonFootprint",
        "extensions": "[]DataModelExtension",
    },
    "CarbonFootprint": {
        "declaredUnitOfMeasurement": "!unit",
        "declaredUnitAmount": "!PositiveNonZeroDecimal",
        "productMassPerDeclaredUnit": "!Decimal",
        "referencePeriodStart": "!date-time",
        "referencePeriodEnd": "!date-time",
        "geographyRegionOrSubregion": "region",
        "geographyCountry": "country",
        "geographyCountrySubdivision": "subdivision",
        "boundaryProcessesDescription": "string",
        "pcfExcludingBiogenicUptake": "!Decimal",
        "pcfIncludingBiogenicUptake": "!Decimal",
        "fossilCarbonContent": "!PositiveOrZeroDecimal",
        "biogenicCarbonContent": "PositiveOrZeroDecimal",
        "recycledCarbonContent": "PositiveOrZeroDecimal",
        "fossilGhgEmissions": "!PositiveOrZeroDecimal",
        "landUseChangeGhgEmissions": "PositiveOrZeroDecimal",
        "landCarbonLeakage": "PositiveOrZeroDecimal",
        "landManagementFossilGhgEmissions": "PositiveOrZeroDecimal",
        "landManagementBiogenicCO2Emissions": "PositiveOrZeroDecimal",
        "landManagementBiogenicCO2Removals": "NegativeOrZeroDecimal",
        "biogenicCO2Uptake": "NegativeOrZeroDecimal",
        "biogenicNonCO2Emissions": "PositiveOrZeroDecimal",
        "landAreaOccupation": "PositiveOrZeroDecimal",
        "aircraftGhgEmissions": "PositiveOrZeroDecimal",
        "packagingEmissionsIncluded": "boolean",
        "packagingGhgEmissions": "PositiveOrZeroDecimal",
        "packagingBiogenicCarbonContent": "PositiveOrZeroDecimal",
        "outboundLogisticsGhgEmissions": "PositiveOrZeroDecimal",
        "ccsTechnologicalCO2CaptureIncluded": "boolean",
        "ccsTechnologicalCO2Capture": "NegativeOrZeroDecimal",
        "technologicalCO2CaptureOrigin": "string",
        "technologicalCO2Removals": "NegativeOrZeroDecimal",
        "ccuCarbonContent": "PositiveOrZeroDecimal",
        "ccuCalculationApproach": "ccu approach",
        "ccuCreditCertification": "Uri",
        "ipccCharacterizationFactors": "!{}assessment report",
        "crossSectoralStandards": "!{}string",
        "productOrSectorSpecificRules": "{}ProductOrSectorSpecificRule",
        "exemptedEmissionsPercent": "!Decimal",
        "exemptedEmissionsDescription": "string",
        "allocationRulesDescription": "string",
        "secondaryEmissionFactorSources": "[]EmissionFactorSource",
        "primaryDataShare": "Decimal",
        "dqi": "DataQualityIndicators",
        "verification": "Verification",
    },
    "Verification": {
        "coverage": "coverage",
        "providerName": "string",
        "completedAt": "date-time",
        "standardName": "string",
        "comments": "string",
    },
    "DataQualityIndicators": {
        "technologicalDQR": "!Decimal",
        "geographicalDQR": "!Decimal",
        "temporalDQR": "!Decimal",
    },
    "ProductOrSectorSpecificRule": {
        "operator": "!operator",
        "ruleNames": "!{}NonEmptyString",
        "otherOperatorName": "NonEmptyString",
    },
    "EmissionFactorSource": {"name": "!NonEmptyString", "version": "!NonEmptyString"},
    "DataModelExtension": {
        "specVersion": "!string",
        "dataSchema": "!uri",
        "documentation": "uri",
        "data": "!object",
    },
}
GEOGRAPHY = {"geographyRegionOrSubregion", "geographyCountry", "geographyCountrySubdivision"}


def faults(value: Any, kind: str = "ProductFootprint", path: str = "") -> list[str]:
    """Return the places where ``value`` is not a ``kind``, with what is wanted there."""
    if kind in TYPES:
        return _object(value, kind, path)
    good = _PLAIN[kind](value) if kind in _PLAIN else _matches(value, kind)
    return [] if good else [f"{path} is no {kind}"]


def _object(value: Any, kind: str, path: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{path} is no {kind}"]
    table, found = TYPES[kind], []
    found += [f"{path}.{name} is missing" for name in required(kind) - set(value)]
    found += [f"{path}.{name} is not PACT's" for name in set(value) - set(table)]
    if kind == "CarbonFootprint" and len(GEOGRAPHY & set(value)) > 1:
        found.append(f"{path} has more than one geography")
    for name in set(value) & set(table):
        found += _attribute(value[name], table[name].removeprefix("!"), f"{path}.{name}")
    return found


def _attribute(value: Any, kind: str, path: str) -> list[str]:
    if kind[:2] not in {"[]", "{}"}:
        return faults(value, kind, path)
    if not isinstance(value, list) or not value:
        return [f"{path} is no array with items"]
    repeated = kind.startswith("{}") and any(item in value[:i] for i, item in enumerate(value))
    found = [f"{path} repeats an item"] if repeated else []
    for index, item in enumerate(value):
        found += faults(item, kind[2:], f"{path}[{index}]")
    return found


def _matches(value: Any, kind: str) -> bool:
    if not isinstance(value, str):
        return False
    if not re.fullmatch(TEXTS.get(kind) or ENUMS[kind], value, re.ASCII):
        return False
    return kind != "date-time" or _is_time(value)


def _is_time(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def required(kind: str) -> set[str]:
    """Return the attributes that a ``kind`` can't be without."""
    return {name for name, wanted in TYPES[kind].items() if wanted.startswith("!")}


_PLAIN: dict[str, Callable[[Any], bool]] = {
    "boolean": lambda value: isinstance(value, bool),
    "object": lambda value: isinstance(value, dict),
}
