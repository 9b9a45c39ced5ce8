"""What a PACT V3.0.4 ProductFootprint looks like: its attributes, which are required, their types.

Source: PACT Technical Specifications 3.0.4, OpenAPI document, ``components/schemas``, restated.
Decimals are stricter than that document, which has no pattern for them since 3.0.4 and takes
"abc"; 3.0.3 had wrongly anchored ones. A member that PACT does not have is a fault here.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.schema import pcf
from rootprint.ledger.core.schema.names import DECLARED_UNITS, REGIONS
from rootprint.ledger.core.valuekey import value_key

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from rootprint.ledger.core.canonical import Json

_DECIMAL: Final = r"[+-]?\d+(\.\d+)?"
_ZERO: Final = r"[+-]?0+(\.0+)?"
_URI: Final = r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+"
TEXTS: Final = {
    "Decimal": _DECIMAL,
    "> 0": rf"(?!{_ZERO}$)\+?\d+(\.\d+)?",
    ">= 0": r"\+?\d+(\.\d+)?",
    "<= 0": rf"-\d+(\.\d+)?|{_ZERO}",
    "NonEmptyString": r"(?s:.+)",
    "Urn": r"(?i:urn:[a-z0-9][a-z0-9-]{0,30}[a-z0-9]:[^\s/?#][^\s?#]*)",  # RFC 8141 section 2
    "uri": _URI,  # RFC 3986 section 3
    "string": r"(?s:.*)",
    "uuid": r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}",
    "date-time": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)",  # RFC 3339
    "version": r"\d+\.\d+\.\d+(-\d{8})?",
    "semantic version": r"\d+\.\d+\.\d+([-+][0-9A-Za-z.+-]+)?",
    "country": r"[A-Z]{2}",
    "subdivision": r"[A-Z]{2}-[A-Z0-9]{1,3}",
    "assessment report": r"AR\d+",
}
ENUMS: Final[dict[str, tuple[str, ...]]] = {
    "status": ("Active", "Deprecated"),
    "unit": DECLARED_UNITS,
    "region": REGIONS,
    "ccu approach": ("Cut-off", "Credit"),
    "coverage": ("PCF calculation model", "PCF program", "product level"),
    "operator": ("PEF", "EPD International", "Other"),
}
_WORDS: Final = {
    "Decimal": "a plain decimal in a string",
    "> 0": "a plain decimal above zero in a string",
    ">= 0": "a plain decimal of zero or more in a string",
    "<= 0": "a plain decimal of zero or less in a string",
    "NonEmptyString": "non-empty text",
    "Urn": "a URN",
    "uri": "an absolute URI",
    "string": "text",
    "uuid": "a UUID",
    "date-time": "an RFC 3339 time",
    "version": "a version such as 3.0.4",
    "semantic version": "a version such as 2.0.0",
    "country": "an ISO 3166-1 alpha-2 code",
    "subdivision": "an ISO 3166-2 code",
    "assessment report": "an assessment report such as AR6",
    "boolean": "true or false",
    "object": "an object",
}
# attribute: its type; "!" required, "[]" a non-empty array, "{}" one without repeated items.
TYPES: Final[dict[str, dict[str, str]]] = {
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
        "declaredUnitAmount": "!> 0",
        "productMassPerDeclaredUnit": "!Decimal",
        "referencePeriodStart": "!date-time",
        "referencePeriodEnd": "!date-time",
        "geographyRegionOrSubregion": "region",
        "geographyCountry": "country",
        "geographyCountrySubdivision": "subdivision",
        "boundaryProcessesDescription": "string",
        "pcfExcludingBiogenicUptake": "!Decimal",
        "pcfIncludingBiogenicUptake": "!Decimal",
        "fossilCarbonContent": "!>= 0",
        "biogenicCarbonContent": ">= 0",
        "recycledCarbonContent": ">= 0",
        "fossilGhgEmissions": "!>= 0",
        "landUseChangeGhgEmissions": ">= 0",
        "landCarbonLeakage": ">= 0",
        "landManagementFossilGhgEmissions": ">= 0",
        "landManagementBiogenicCO2Emissions": ">= 0",
        "landManagementBiogenicCO2Removals": "<= 0",
        "biogenicCO2Uptake": "<= 0",
        "biogenicNonCO2Emissions": ">= 0",
        "landAreaOccupation": ">= 0",
        "aircraftGhgEmissions": ">= 0",
        "packagingEmissionsIncluded": "boolean",
        "packagingGhgEmissions": ">= 0",
        "packagingBiogenicCarbonContent": ">= 0",
        "outboundLogisticsGhgEmissions": ">= 0",
        "ccsTechnologicalCO2CaptureIncluded": "boolean",
        "ccsTechnologicalCO2Capture": "<= 0",
        "technologicalCO2CaptureOrigin": "string",
        "technologicalCO2Removals": "<= 0",
        "ccuCarbonContent": ">= 0",
        "ccuCalculationApproach": "ccu approach",
        "ccuCreditCertification": "uri",
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
        "specVersion": "!semantic version",
        "dataSchema": "!uri",
        "documentation": "uri",
        "data": "!object",
    },
}
_GEOGRAPHY: Final = frozenset(pcf.GEOGRAPHY)
# Longer decimals than a statement can have serve no one, and sums of them are not exact any more.
_MOST_CHARACTERS: Final = 128
_DECIMALS: Final = ("Decimal", "> 0", ">= 0", "<= 0")
_ARRAYS: Final = ("[]", "{}")


def faults(value: Json, kind: str = "ProductFootprint", path: str = "") -> list[str]:
    """Return the places where ``value`` is not a ``kind``, with what is wanted there."""
    if kind in TYPES:
        return _object(value, kind, path)
    good = _PLAIN[kind](value) if kind in _PLAIN else _matches(value, kind)
    wanted = _WORDS.get(kind) or f"one of {', '.join(ENUMS[kind])}"
    return [] if good else [f"{path.lstrip('.')} is not {wanted}"]


def required(kind: str) -> set[str]:
    """Return the attributes that a ``kind`` can't be without."""
    return {name for name, wanted in TYPES[kind].items() if wanted.startswith("!")}


def _object(value: Json, kind: str, path: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{path.lstrip('.') or 'the document'} is not an object ({kind})"]
    table, place = TYPES[kind], f"{path}.".lstrip(".")
    found = [f"{place}{name} is missing" for name in sorted(required(kind) - value.keys())]
    found += [f"{place}{name[:64]} is no attribute of PACT" for name in value if name not in table]
    if kind == "CarbonFootprint" and len(_GEOGRAPHY & value.keys()) > 1:
        found.append(f"{path.lstrip('.')} has more than one geography")
    for name in value:
        if name in table:
            found += _attribute(value[name], table[name].removeprefix("!"), f"{path}.{name}")
    return found


def _attribute(value: Json, kind: str, path: str) -> list[str]:
    if not kind.startswith(_ARRAYS):
        return faults(value, kind, path)
    if not isinstance(value, list) or not value:
        return [f"{path.lstrip('.')} is not an array with items"]
    found = []
    keys: set[Hashable] = set()
    for index, item in enumerate(value):
        key = value_key(item)
        if kind.startswith("{}") and key in keys:
            found.append(f"{path.lstrip('.')}[{index}] is there twice")
        keys.add(key)
        found += faults(item, kind[2:], f"{path}[{index}]")
    return found


def _matches(value: Json, kind: str) -> bool:
    if not isinstance(value, str):
        return False
    if kind in ENUMS:
        return value in ENUMS[kind]
    if kind in _DECIMALS and len(value) > _MOST_CHARACTERS:
        return False
    if not re.fullmatch(TEXTS[kind], value, re.ASCII):
        return False
    return kind != "date-time" or _is_time(value)


def _is_time(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


_PLAIN: Final[dict[str, Callable[[Json], bool]]] = {
    "boolean": lambda value: isinstance(value, bool),
    "object": lambda value: isinstance(value, dict),
}
