"""The ``pcf`` group of a footprint: PACT Technical Specifications V3's names, and its meanings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.schema import names, parts, rules
from rootprint.ledger.core.schema.components import COMPONENTS, FOSSIL, SIGNS
from rootprint.ledger.core.schema.rules import any_text, array, boolean, members, one_of, text

if TYPE_CHECKING:
    from rootprint.ledger.core.canonical import Json

GEOGRAPHY: Final = (
    "geographyCountry",
    "geographyCountrySubdivision",
    "geographyRegionOrSubregion",
)
_pact_rules: Final = {
    "productMassPerDeclaredUnit": rules.not_negative,
    "fossilCarbonContent": rules.not_negative,
    "ipccCharacterizationFactors": array(one_of(*names.REPORTS), unique=True),
    "crossSectoralStandards": array(text, unique=True),
    "exemptedEmissionsPercent": rules.percent,
    # PACT 3.0.4: it "CAN be the empty string if no emissions were excluded".
    "exemptedEmissionsDescription": any_text,
    "packagingEmissionsIncluded": boolean,
}
_more_of_pact: Final = {
    "boundaryProcessesDescription": text,
    "biogenicCarbonContent": rules.not_negative,
    "recycledCarbonContent": rules.not_negative,
    "landCarbonLeakage": rules.not_negative,
    "landAreaOccupation": rules.not_negative,
    "packagingGhgEmissions": rules.not_negative,
    "packagingBiogenicCarbonContent": rules.not_negative,
    # Ours: PACT has no mass of packaging, and its carbon needs one to be in.
    "packagingMassPerDeclaredUnit": rules.not_negative,
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
    "dqi": parts.ratings,
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


def factor_unit(value: Json, path: str) -> None:
    """A unit that a factor may be per: a declared unit, a further one, or money of a year."""
    if value not in names.FACTOR_UNITS:
        named = ", ".join((*names.DECLARED_UNITS, *names.FURTHER_UNITS))
        money = names.MONEY
        rules.refuse(path, f"one of {named}, or money of a year, {money[0]} to {money[-1]}")


_required: Final = {
    "declaredUnitOfMeasurement": one_of(*names.DECLARED_UNITS),
    "declaredUnitAmount": rules.positive,
    "referencePeriodStart": rules.time,
    "referencePeriodEnd": rules.time,
    "pcfExcludingBiogenicUptake": rules.decimal,
    "pcfIncludingBiogenicUptake": rules.decimal,
    "primaryDataShare": rules.percent,
    FOSSIL: SIGNS[FOSSIL],
}
country: Final = rules.matching(r"[A-Z]{2}", "an ISO 3166-1 alpha-2 code")
_optional: Final = (
    {name: SIGNS[name] for name in COMPONENTS}
    | _more_of_pact
    | {
        "geographyCountry": country,
        "geographyCountrySubdivision": rules.matching(
            r"[A-Z]{2}-[A-Z0-9]{1,3}", "an ISO 3166-2 code"
        ),
        "geographyRegionOrSubregion": one_of(*names.REGIONS),
    }
)
PRODUCT: Final = members(_required | _pact_rules, _optional)
ATTESTED: Final = members(_required, _pact_rules | _optional)
FACTOR: Final = members(
    _required | {"declaredUnitOfMeasurement": factor_unit}, _pact_rules | _optional
)
