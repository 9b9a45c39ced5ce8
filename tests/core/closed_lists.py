"""The closed member lists, written out from the design page.

Not derived from the schema: where the two differ, one of them is wrong. Paths join member names
with dots; an item of an array is its member's first.
"""

from __future__ import annotations

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
LINE_REQUIRED = (
    *("stage", "description", "amount", "amount.value", "amount.unit", "source", "result"),
    *("source.set", "primary", "quality.technologicalDQR", "quality.geographicalDQR"),
    *("quality.temporalDQR", "uncertainty.distribution", "uncertainty.statedValue"),
    *("uncertainty.geometricStandardDeviation",),
    *("allocation.method", "certificate.registry", "certificate.id", "certificate.MWh"),
    *("removal.method", "removal.evidence", "removal.stored.value", "removal.stored.unit"),
    *("circular.material", "circular.term", "circular.mass"),
    *("circular.mass.value", "circular.mass.unit"),
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
