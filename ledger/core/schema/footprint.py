"""FootprintStatement's ``credentialSubject``: the closed member list of version 1.

Names and meanings inside ``pcf`` are those of PACT Technical Specifications V3. What a product
must say and what a factor must say differ; everything else is the same kind.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema import rules
from rootprint.ledger.core.schema.rules import array, boolean, members, one_of, text

if TYPE_CHECKING:
    from rootprint.ledger.core.canonical import Json

# Σ of these is pcfExcludingBiogenicUptake; with uptake, pcfIncludingBiogenicUptake.
POSITIVE_COMPONENTS: Final = (
    "fossilGhgEmissions",
    "biogenicNonCO2Emissions",
    "landUseChangeGhgEmissions",
    "landManagementBiogenicCO2Emissions",
)
NEGATIVE_COMPONENTS: Final = (
    "landManagementBiogenicCO2Removals",
    "technologicalCO2Removals",
    "ccsTechnologicalCO2Capture",
)
UPTAKE: Final = "biogenicCO2Uptake"
OF_WHICH: Final = "aircraftGhgEmissions"
ADDED: Final = (*POSITIVE_COMPONENTS, *NEGATIVE_COMPONENTS, UPTAKE)
COMPONENTS: Final = (*ADDED, OF_WHICH)
RATINGS: Final = ("technologicalDQR", "geographicalDQR", "temporalDQR")
# A part says how much of the sum beside it is something; nothing adds it, so it is never more.
# PACT V3 counts packaging in the footprint, or has no figure for it.
PARTS: Final = {
    OF_WHICH: POSITIVE_COMPONENTS[:1],
    "landManagementFossilGhgEmissions": POSITIVE_COMPONENTS[:1],
    "packagingGhgEmissions": POSITIVE_COMPONENTS,
}
STAGES: Final = (
    "raw-material",
    "manufacturing",
    "distribution",
    "use",
    "end-of-life",
    "recycling",
)
DECLARED_UNITS: Final = (
    "liter",
    "kilogram",
    "cubic meter",
    "kilowatt hour",
    "megajoule",
    "ton kilometer",
    "square meter",
    "piece",
    "hour",
    "megabit second",
)
# What money is counted in: a currency (ISO 4217's name) at the purchaser price of a year. No two of
# them convert: what a price index says is somebody's judgement and no definition.
CURRENCIES: Final = ("US dollar", "euro", "pound sterling", "yuan renminbi")
MONEY_YEARS: Final = range(2010, 2036)
MONEY: Final = tuple(f"{currency} of {year}" for currency in CURRENCIES for year in MONEY_YEARS)
# PACT knows none of these, so no product may declare them.
FURTHER_UNITS: Final = ("kilometer", "passenger kilometer", "kilowatt")
FACTOR_UNITS: Final = (*DECLARED_UNITS, *FURTHER_UNITS, *MONEY)
REGIONS: Final = (
    "Africa", "Americas", "Asia", "Europe", "Oceania", "Australia and New Zealand",
    "Central Asia", "Eastern Asia", "Eastern Europe", "Latin America and the Caribbean",
    "Melanesia", "Micronesia", "Northern Africa", "Northern America", "Northern Europe",
    "Polynesia", "South-eastern Asia", "Southern Asia", "Southern Europe",
    "Sub-Saharan Africa", "Western Asia", "Western Europe",
)  # fmt: skip
GEOGRAPHY: Final = (
    "geographyCountry",
    "geographyCountrySubdivision",
    "geographyRegionOrSubregion",
)
HIDDEN: Final = (
    "inventory",
    "inventoryShape",
    "stages",
    "gases",
    "uncertainty",
    "producedAmount",
    "evidence",
)
MIN_SLOTS: Final = 8
MAX_LINE_DIGITS: Final = 30

_component_rules = (
    dict.fromkeys(POSITIVE_COMPONENTS, rules.not_negative)
    | dict.fromkeys(NEGATIVE_COMPONENTS, rules.not_positive)
    | {UPTAKE: rules.not_positive, OF_WHICH: rules.not_negative}
)
_pact_rules = {
    "productMassPerDeclaredUnit": rules.not_negative,
    "fossilCarbonContent": rules.not_negative,
    "ipccCharacterizationFactors": array(
        rules.matching(r"AR[0-9]{1,2}", "an assessment report such as AR6"), unique=True
    ),
    "crossSectoralStandards": array(text, unique=True),
    "exemptedEmissionsPercent": rules.percent,
    "exemptedEmissionsDescription": text,
    "packagingEmissionsIncluded": boolean,
}
_more_of_pact = {
    "boundaryProcessesDescription": text,
    "biogenicCarbonContent": rules.not_negative,
    "recycledCarbonContent": rules.not_negative,
    "landCarbonLeakage": rules.not_negative,
    "landManagementFossilGhgEmissions": rules.not_negative,
    "landAreaOccupation": rules.not_negative,
    "packagingGhgEmissions": rules.not_negative,
    "packagingBiogenicCarbonContent": rules.not_negative,
    "outboundLogisticsGhgEmissions": rules.not_negative,
    "ccsTechnologicalCO2CaptureIncluded": boolean,
    "technologicalCO2CaptureOrigin": text,
    "ccuCarbonContent": rules.not_negative,
    "ccuCalculationApproach": one_of("Cut-off", "Credit"),
    "ccuCreditCertification": text,
    "productOrSectorSpecificRules": array(
        members(
            {
                "operator": one_of("PEF", "EPD International", "Other"),
                "ruleNames": array(text, unique=True),
            },
            {"otherOperatorName": text},
        )
    ),
    "allocationRulesDescription": text,
    "secondaryEmissionFactorSources": array(members({"name": text, "version": text})),
    "dqi": members(dict.fromkeys(RATINGS, rules.rating)),
    "verification": members(
        {},
        {
            "coverage": one_of("PCF calculation model", "PCF program", "product level"),
            "providerName": text,
            "completedAt": rules.time,
            "standardName": text,
            "comments": text,
        },
    ),
}


def _factor_unit(value: Json, path: str) -> None:
    if value not in FACTOR_UNITS:
        named = ", ".join((*DECLARED_UNITS, *FURTHER_UNITS))
        rules.refuse(path, f"one of {named}, or money of a year, {MONEY[0]} to {MONEY[-1]}")


_pcf_required = {
    "declaredUnitOfMeasurement": one_of(*DECLARED_UNITS),
    "declaredUnitAmount": rules.positive,
    "referencePeriodStart": rules.time,
    "referencePeriodEnd": rules.time,
    "pcfExcludingBiogenicUptake": rules.decimal,
    "pcfIncludingBiogenicUptake": rules.decimal,
    "primaryDataShare": rules.percent,
    "fossilGhgEmissions": rules.not_negative,
}
_pcf_optional = (
    _component_rules
    | _more_of_pact
    | {
        "geographyCountry": rules.matching(r"[A-Z]{2}", "an ISO 3166-1 alpha-2 code"),
        "geographyCountrySubdivision": rules.matching(
            r"[A-Z]{2}-[A-Z0-9]{1,3}", "an ISO 3166-2 code"
        ),
        "geographyRegionOrSubregion": one_of(*REGIONS),
    }
)


def placeholders(least: int, most: int = 4096) -> rules.Rule:
    """An array of hidden slots only."""
    return array(rules.placeholder, least, most)


def _slots(value: Json, path: str) -> None:
    placeholders(MIN_SLOTS)(value, path)
    if len(value) & (len(value) - 1):
        rules.refuse(path, "padded to a power of two")


_computed_with = members(
    {
        "rule": members({"id": text, "digest": rules.digest}),
        "tables": rules.digest,
        "lineDigits": rules.integer(9, MAX_LINE_DIGITS),
        "digits": rules.integer(3, 30),
        "tool": text,
    }
)
_inventory = {"inventory": _slots, "inventoryShape": placeholders(1, 1)}
_common = {
    "productIds": array(rules.urn, most=64, unique=True),
    "productNameCompany": text,
    "characterizationSets": array(
        members({"set": one_of("AR5", "AR6", "unstated"), "share": rules.percent}), most=8
    ),
}
_open_optional = {
    "productClassifications": array(rules.urn, most=64, unique=True),
    "precedingStatements": array(rules.digest, most=64, unique=True),
    "extensions": array(
        members(
            {"specVersion": text, "dataSchema": text, "data": lambda _value, _path: None},
            {"documentation": text},
        ),
        most=16,
    ),
    "stages": placeholders(1, 1),
    "gases": placeholders(1, 1),
    "uncertainty": placeholders(1, 1),
    "producedAmount": placeholders(1, 1),
    "evidence": placeholders(1, 256),
}
_product = members(
    {
        **_common,
        **_inventory,
        "role": one_of("product"),
        "productDescription": text,
        "boundary": one_of("cradle-to-gate", "cradle-to-grave"),
        "basis": one_of("life-cycle"),
        "pcf": members(_pcf_required | _pact_rules, _pcf_optional),
        "computedWith": _computed_with,
    },
    {**_open_optional, "reference": text, "licence": text},
)
_factor = members(
    {
        **_common,
        "role": one_of("factor"),
        "boundary": one_of("cradle-to-gate", "cradle-to-grave", "gate-to-gate", "gate-to-grave"),
        "basis": one_of("life-cycle", "direct-only"),
        "reference": text,
        "licence": text,
        "pcf": members(
            _pcf_required | {"declaredUnitOfMeasurement": _factor_unit},
            _pact_rules | _pcf_optional,
        ),
    },
    {
        **_open_optional,
        **_inventory,
        "productDescription": text,
        "includesTransmission": boolean,
        "computedWith": _computed_with,
    },
)


def rule_of(role: Json) -> rules.Rule | None:
    """Return the member list of a role, None for a role that does not exist."""
    return {"product": _product, "factor": _factor}.get(role) if isinstance(role, str) else None


def subject(value: Json, path: str) -> None:
    """Check a FootprintStatement's subject; raises Refused with the path of the first fault."""
    role = value.get("role") if isinstance(value, dict) else None
    rule = rule_of(role)
    if rule is None:
        rules.refuse(f"{path}.role", "product or factor")
    rule(value, path)
    if role == "factor":
        _factor_together(value, path)
    for together in TOGETHER:
        together(value, path)


def _one_geography(value: Json, path: str) -> None:
    if sum(name in value["pcf"] for name in GEOGRAPHY) != 1:
        rules.refuse(f"{path}.pcf", f"with exactly one of {', '.join(GEOGRAPHY)}")


def _period_in_order(value: Json, path: str) -> None:
    if value["pcf"]["referencePeriodStart"] > value["pcf"]["referencePeriodEnd"]:
        rules.refuse(f"{path}.pcf.referencePeriodEnd", "at or after the reference period's start")


def _each_set_once(value: Json, path: str) -> None:
    sets = [item["set"] for item in value["characterizationSets"]]
    if len(set(sets)) != len(sets):
        rules.refuse(f"{path}.characterizationSets", "naming each set once")


def _transmission_is_said(value: Json, path: str) -> None:
    unit = value["pcf"]["declaredUnitOfMeasurement"]
    electricity = unit == "kilowatt hour" and value["basis"] == "life-cycle"
    if value["role"] == "factor" and electricity and "includesTransmission" not in value:
        rules.refuse(path, "complete: a factor per kilowatt hour says includesTransmission")


def _no_part_beyond_its_whole(value: Json, path: str) -> None:
    pcf = value["pcf"]
    for part, whole in PARTS.items():
        if part not in pcf:
            continue
        # The first of a whole is never absent where it has been judged; an absent one is zero.
        texts = [pcf[part], pcf[whole[0]], *(pcf[name] for name in whole[1:] if name in pcf)]
        if not all(map(rules.is_decimal, texts)):
            continue
        most = sum(map(Fraction, texts[1:]), Fraction(0))
        if Fraction(texts[0]) > most:
            message = f"{path}.pcf.{part} is more than {' + '.join(whole)}, of which it is a part"
            raise Refused(message, remedy="a part is counted in its whole too: correct one of them")


# What no member can tell alone; each asks only for members that its own rule has judged.
TOGETHER: Final = (
    _one_geography,
    _period_in_order,
    _each_set_once,
    _transmission_is_said,
    _no_part_beyond_its_whole,
)


def _factor_together(value: dict[str, Json], path: str) -> None:
    parts = {"inventory", "inventoryShape", "computedWith"} & set(value)
    if parts and len(parts) != 3:  # noqa: PLR2004
        rules.refuse(path, "complete: inventory, inventoryShape and computedWith come together")
    if value["pcf"]["primaryDataShare"] != "0":
        rules.refuse(f"{path}.pcf.primaryDataShare", '"0", as a factor is secondary data')
