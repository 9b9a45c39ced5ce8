"""A Catena-X PCF of the semantic model 9.0.0 in PACT's members, exactly.

Source: the JSON schema of ``urn:samm:io.catenax.pcf:9.0.0#Pcf`` (Catena-X Automotive Network, CC BY
4.0). Every group is an array of one item, figures are JSON numbers, and aircraft emissions (H)
stand beside the fossil ones (A), where PACT has them inside: A + H is what PACT calls fossil.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.rounding import decimal_text, half_up
from rootprint.ledger.core.schema.components import AIRCRAFT, FOSSIL
from rootprint.ledger.exchange import catena_x
from rootprint.ledger.partner import values
from rootprint.ledger.partner.noted import ASK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.canonical import Json
    from rootprint.ledger.partner.noted import Noted

_ASSESSED: Final = ("pcfAssessmentAndMethodology", "pcfAssessmentInformation")
_METHOD: Final = ("pcfAssessmentAndMethodology", "pcfMethodology")
_STAGES: Final = "productLifeCycleStagesAndEmissions"
_PRODUCTION: Final = (
    *("biogenicNonCO2Emissions", "biogenicCO2Uptake", "landUseChangeGhgEmissions"),
    *("landManagementBiogenicCO2Emissions", "landManagementBiogenicCO2Removals"),
    *(AIRCRAFT, "pcfExcludingBiogenicUptake", "pcfIncludingBiogenicUptake"),
)
_COVERAGE: Final = {"PCF Program Certification": "PCF program"}
_KIND: Final = "retroOrProspectivePcfType"
# A progressive PCF is neither: its assumptions need not follow the rulebook.
_RETROSPECTIVE, _PROSPECTIVE = "Retrospective PCF", "Prospective PCF"


@dataclass(frozen=True)
class InPact:
    """A footprint in PACT's members, and what of it a statement has a member for beside them."""

    document: dict[str, Json]
    more: dict[str, Json] = field(default_factory=dict)


def as_pact(given: Mapping[str, Json], noted: Noted) -> InPact | None:
    """Return the PCF in PACT's members, None (with faults noted) for what is not read here.

    Read is model 9.0.0 and cradle-to-gate. Whatever is missing is left out, and whoever reads the
    members judges that.
    """
    scope = _group(given, "scopeOfPcfForm")
    version, whole = scope.get("specVersion"), scope.get("partialFullPcf")
    if version != catena_x.SPEC_VERSION:
        what = f"is not {catena_x.SPEC_VERSION}, which is read"
        remedy = "ask the partner for its PCF in that version, or in PACT 3.0"
        noted.refuse("scopeOfPcfForm[0].specVersion", what, remedy)
    if whole != "Cradle-to-gate":
        noted.refuse("scopeOfPcfForm[0].partialFullPcf", "is not Cradle-to-gate",
                     "ask the partner for its cradle-to-gate PCF")  # fmt: skip
    if noted.faults:
        return None
    company = _group(given, "companyAndProductInformation", "companyInformation")
    product = _group(given, "companyAndProductInformation", "productInformation")
    which = identity(given)
    time = _group(given, *_ASSESSED, "time")
    general = _group(given, "general")
    document = {
        **_picked(which, "id", "version", "status", "precedingPfIds"),
        **_picked(time, "created", "validityPeriodStart", "validityPeriodEnd"),
        "specVersion": "Catena-X 9.0.0",
        **_picked(company, "companyName", "companyIds"),
        **_picked(product, "productIds", "productClassifications", "productNameCompany",
                  "productDescription"),
        **_picked(general, "comment"),
        "pcf": {
            **_picked(product, "declaredUnitOfMeasurement", "declaredUnitAmount",
                      "productMassPerDeclaredUnit"),
            **_picked(time, "referencePeriodStart", "referencePeriodEnd"),
            **_picked(_group(given, *_ASSESSED, "geography"), "geographyCountry",
                      "geographyCountrySubdivision", "geographyRegionOrSubregion"),
            **_picked(_group(given, *_ASSESSED, "technology"), "boundaryProcessesDescription",
                      "ccsTechnologicalCO2CaptureIncluded"),
            **_picked(_group(given, *_ASSESSED, "boundarySpecifications"),
                      "exemptedEmissionsPercent", "exemptedEmissionsDescription"),
            **_figures(given, noted),
            **_carbon(_group(given, "carbonContent")),
            **_method(given),
            **_quality(_group(given, "pcfAssessmentAndMethodology", "dataSourcesAndQuality")),
            **_verification(_group(given, "attestationOfConformance")),
        },
    }  # fmt: skip
    return InPact(document, {"outlook": _outlook(which, noted), **_more(given, general)})


def identity(given: Mapping[str, Json]) -> Mapping[str, Json]:
    """Return the group that has a PCF's id, version, status and predecessors."""
    return _group(given, *_ASSESSED, "idAndVersion")


def _figures(given: Mapping[str, Json], noted: Noted) -> dict[str, Json]:
    production = _group(given, _STAGES, "productionStage")
    made = _picked(production, *_PRODUCTION)
    both = [name for name in (FOSSIL, AIRCRAFT) if name in production]
    read = {name: values.decimal(production[name]) for name in both}
    for name in (name for name, value in read.items() if value is None):
        made.pop(name, None)  # it is refused here, under the name that the file has for it
        noted.refuse(f"{_STAGES}[0].productionStage[0].{name}", "is no number", ASK)
    if FOSSIL in read and None not in read.values():
        made[FOSSIL] = _sum(*map(str, read.values()))
    packaging = _group(given, _STAGES, "packagingStage")
    made |= _picked(packaging, "packagingEmissionsIncluded")
    if packaging.get("packagingEmissionsIncluded") is True:
        made |= _renamed(packaging, "packagingPcfExcludingBiogenicUptake", "packagingGhgEmissions")
    distribution = _group(given, _STAGES, "distributionStage")
    if distribution.get("distributionStageIncluded") is True:
        made |= _renamed(distribution, "distributionStagePcfExcludingBiogenicUptake",
                         "outboundLogisticsGhgEmissions")  # fmt: skip
    return made


def _carbon(group: Mapping[str, Json]) -> dict[str, Json]:
    """Return carbon contents; the model's biogenic one includes that of the packaging."""
    made = _picked(group, "fossilCarbonContent", "recycledCarbonContent",
                   "packagingBiogenicCarbonContent")  # fmt: skip
    whole = values.decimal(group.get("biogenicCarbonContent"))
    packaging = values.decimal(group.get("packagingBiogenicCarbonContent", 0))
    if whole is not None and packaging is not None:
        made["biogenicCarbonContent"] = _difference(whole, packaging)
    return made


def _method(given: Mapping[str, Json]) -> dict[str, Json]:
    standards = _group(given, *_METHOD, "standards")
    sets = _group(given, *_METHOD, "gwpCharacterizationFactorDetails")
    allocation = _group(given, *_METHOD, "allocationInForeground")
    words = [
        f"{what}{allocation[name]}"
        for name, what in (
            ("allocationRulesDescription", ""),
            ("allocationRecycledCarbon", "recycled carbon: "),
            ("allocationWasteIncineration", "waste incineration: "),
        )
        if isinstance(allocation.get(name), str)
    ]
    own = standards.get("productOrSectorSpecificRules")
    rules = [one for one in own if isinstance(one, str)] if isinstance(own, list) else []
    named = sets.get("ipccCharacterizationFactors")
    return {
        **_picked(standards, "crossSectoralStandards"),
        **({"productOrSectorSpecificRules": [_other(rules)]} if rules else {}),
        **({"ipccCharacterizationFactors": [named]} if isinstance(named, str) else {}),
        **({"allocationRulesDescription": "; ".join(words)} if words else {}),
    }


def _other(rules: list[str]) -> dict[str, Json]:
    return {"operator": "Other", "otherOperatorName": "named in the rule", "ruleNames": rules}


def _quality(group: Mapping[str, Json]) -> dict[str, Json]:
    ratings = _picked(group, "technologicalDQR", "geographicalDQR", "temporalDQR")
    named = group.get("secondaryEmissionFactorSources")
    sources = [one for one in named if isinstance(one, str)] if isinstance(named, list) else []
    return {
        **_picked(group, "primaryDataShare"),
        **({"dqi": ratings} if ratings else {}),
        **(
            {"secondaryEmissionFactorSources": [_source(one) for one in sources]} if sources else {}
        ),
    }


def _source(text: str) -> dict[str, Json]:
    """Return a source's name and version, which the model has in one text."""
    name, _, version = text.strip().rpartition(" ")
    numbered = bool(name) and any(mark.isdigit() for mark in version)
    return {"name": name, "version": version} if numbered else {
        "name": text.strip(), "version": "not stated",
    }  # fmt: skip


def _verification(group: Mapping[str, Json]) -> dict[str, Json]:
    kind = group.get("attestationType")
    said = {
        **_picked(group, "providerName", "completedAt", "standardName"),
        **_renamed(group, "attestationOfConformanceId", "comments"),
    }
    if isinstance(kind, str) and said:
        said["coverage"] = _COVERAGE.get(kind, "product level")
    return {"verification": said} if said else {}


def _outlook(which: Mapping[str, Json], noted: Noted) -> str:
    """Return whether the PCF is of what was or of what is to come; a fault where it is neither."""
    kind = which.get(_KIND, _RETROSPECTIVE)
    if isinstance(kind, str) and kind.startswith(_PROSPECTIVE):
        return "prospective"
    if kind != _RETROSPECTIVE:
        path = ".".join(f"{name}[0]" for name in (*_ASSESSED, "idAndVersion"))
        what = f"is neither {_RETROSPECTIVE} nor a {_PROSPECTIVE} of the model"
        noted.refuse(f"{path}.{_KIND}", what, "ask the partner for one by the rulebook's rules")
    return "retrospective"


def _more(given: Mapping[str, Json], general: Mapping[str, Json]) -> dict[str, Json]:
    legal = general.get("pcfLegalStatement")
    balance = _group(given, *_METHOD, "massBalancingInformation")
    scheme = balance.get("massBalancingCertificateScheme")
    made: dict[str, Json] = {}
    if isinstance(legal, str) and legal.strip():
        made["licence"] = legal.strip()
    if balance.get("massBalancingUsed") is True and isinstance(scheme, str) and scheme.strip():
        free = str(balance.get("freeAttributionInMassBalancing")).lower() == "true"
        made["chainOfCustody"] = {
            "model": "mass-balance", "scheme": scheme.strip(), "freeAttribution": free,
        }  # fmt: skip
    return made


def _group(given: Json, *path: str) -> Mapping[str, Json]:
    """Return the one item of a group within groups; empty where there is none."""
    here: Any = given
    for name in path:
        here = here.get(name) if isinstance(here, dict) else None
        here = here[0] if isinstance(here, list) and here else here
    return here if isinstance(here, dict) else {}


def _picked(group: Mapping[str, Json], *names: str) -> dict[str, Json]:
    """Return these members, numbers as texts: JSON numbers are this form's own way."""
    return {name: _text(group[name]) for name in names if name in group}


def _renamed(group: Mapping[str, Json], name: str, to: str) -> dict[str, Json]:
    return {to: _text(group[name])} if name in group else {}


def _text(value: Json) -> Json:
    number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    return (values.decimal(value) or str(value)) if number else value


def _difference(whole: str, part: str) -> str:
    return _sum(whole, part if part == "0" else f"-{part}")


def _sum(*texts: str) -> str:
    """Add decimals exactly; what has more than 34 digits then is refused where it is read."""
    places = max(len(text.partition(".")[2]) for text in texts)
    return decimal_text(half_up(sum(map(Fraction, texts), Fraction(0)), places))
