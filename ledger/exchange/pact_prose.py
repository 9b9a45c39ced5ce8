"""What PACT 3.0.4 asks in prose, where neither its schema nor its conformance run looks.

Source: the descriptions in the OpenAPI document's ``components/schemas`` (PACT Technical
Specifications 3.0.4) and section "Validity Period"; attributes that PACT Methodology V3 says a
footprint SHALL have. ``faults`` are breaches of MUST and SHALL, ``advice`` is what SHOULD be
otherwise. Both take a document in which ``pact_form`` found nothing.
"""

from __future__ import annotations

from datetime import MAXYEAR, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema.names import RATINGS
from rootprint.ledger.exchange import pact_extension
from rootprint.ledger.exchange.figures import exact_sum, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rootprint.ledger.core.canonical import Json

VALID_YEARS: Final = 3
ADDED: Final = (
    "fossilGhgEmissions",
    "landUseChangeGhgEmissions",
    "landManagementBiogenicCO2Emissions",
    "landManagementBiogenicCO2Removals",
    "technologicalCO2Removals",
    "ccsTechnologicalCO2Capture",
    "biogenicNonCO2Emissions",
)
STANDARDS: Final = (
    *("ISO14067", "ISO14083", "ISO14040-44", "GHGP-Product", "PEF"),
    *("PACT-1.0", "PACT-2.0", "PACT-3.0", "PAS2050"),
)
CCS: Final = (
    "ccsTechnologicalCO2Capture",
    "technologicalCO2Removals",
    "technologicalCO2CaptureOrigin",
)
# Methodology V3: SHALL, though the schema does not require them.
_SHALL: Final = (
    "packagingEmissionsIncluded",
    "ccsTechnologicalCO2CaptureIncluded",
    "primaryDataShare",
)


def faults(document: Mapping[str, Json]) -> list[str]:
    """Return what the footprint says and PACT forbids, each with its place."""
    pcf = document["pcf"]
    return [
        *(f"pcf.{name} is missing" for name in _SHALL if name not in pcf),
        *_sums(pcf),
        *_parts(pcf),
        *_flags(pcf),
        *_ranges(pcf),
        *_times(document),
        *_rules(pcf),
        *_extensions(document),
        *(
            ["precedingPfIds names the footprint itself"]
            if document["id"] in document.get("precedingPfIds", [])
            else []
        ),
    ]


def advice(document: Mapping[str, Json]) -> list[str]:
    """Return what PACT says a footprint should have or not have, and this one has not or has."""
    pcf = document["pcf"]
    found = [
        f"pcf.crossSectoralStandards names {standard[:64]!r}, which PACT 3.0.4 does not list"
        for standard in pcf["crossSectoralStandards"]
        if standard not in STANDARDS
    ]
    if not any(name.startswith("geography") for name in pcf):
        found.append("pcf has no geography: it is read as a global one")
    if pcf["packagingEmissionsIncluded"] and "packagingGhgEmissions" not in pcf:
        found.append("pcf.packagingGhgEmissions is missing though packaging is included")
    secondary = Decimal(pcf["primaryDataShare"]) < 100  # noqa: PLR2004 - percent
    if secondary and "secondaryEmissionFactorSources" not in pcf:
        found.append("pcf.secondaryEmissionFactorSources is missing though data is secondary")
    return found


def years_later(time: str) -> str:
    """Add PACT's years of validity. 29 February becomes the 28th: no leap year is three on."""
    day = time[5:10].replace("02-29", "02-28")
    return f"{min(int(time[:4]) + VALID_YEARS, MAXYEAR):04}-{day}{time[10:]}"


def _sums(pcf: Mapping[str, Json]) -> Iterator[str]:
    excluding = exact_sum(_value(pcf, name) for name in ADDED)
    including = exact_sum((excluding, _value(pcf, "biogenicCO2Uptake")))
    for name, sum_ in (
        ("pcfExcludingBiogenicUptake", excluding),
        ("pcfIncludingBiogenicUptake", including),
    ):
        if _value(pcf, name) != sum_:
            yield f"pcf.{name} is {pcf[name]}, and its parts add up to {plain(sum_)}"


def _parts(pcf: Mapping[str, Json]) -> Iterator[str]:
    part = "landManagementFossilGhgEmissions"
    if _value(pcf, part) > _value(pcf, "fossilGhgEmissions"):
        yield f"pcf.{part} is more than fossilGhgEmissions, which includes it"


def _flags(pcf: Mapping[str, Json]) -> Iterator[str]:
    if not pcf.get("packagingEmissionsIncluded", True) and "packagingGhgEmissions" in pcf:
        yield "pcf.packagingGhgEmissions is given though packagingEmissionsIncluded is false"
    if not pcf.get("ccsTechnologicalCO2CaptureIncluded", True):
        for name in CCS:
            if name in pcf:
                yield f"pcf.{name} is given though ccsTechnologicalCO2CaptureIncluded is false"
    if "ccuCreditCertification" in pcf and pcf.get("ccuCalculationApproach") != "Credit":
        yield "pcf.ccuCreditCertification is given though ccuCalculationApproach is not Credit"
    exempted = _value(pcf, "exemptedEmissionsPercent")
    if exempted and not pcf.get("exemptedEmissionsDescription", "left out").strip():
        yield "pcf.exemptedEmissionsDescription is empty though emissions are exempted"


def _ranges(pcf: Mapping[str, Json]) -> Iterator[str]:
    for name in ("primaryDataShare", "exemptedEmissionsPercent"):
        if not 0 <= _value(pcf, name) <= 100:  # noqa: PLR2004
            yield f"pcf.{name} is no percentage from 0 to 100"
    for name in RATINGS:
        if "dqi" in pcf and not 1 <= _value(pcf["dqi"], name) <= 5:  # noqa: PLR2004
            yield f"pcf.dqi.{name} is no rating from 1 to 5"
    if _value(pcf, "productMassPerDeclaredUnit") < 0:
        yield "pcf.productMassPerDeclaredUnit is negative"


def _times(document: Mapping[str, Json]) -> Iterator[str]:
    pcf = document["pcf"]
    closing = pcf["referencePeriodEnd"]
    if _moment(pcf["referencePeriodStart"]) > _moment(closing):
        yield "pcf.referencePeriodEnd is before referencePeriodStart"
    last = years_later(closing)
    start = document.get("validityPeriodStart", closing)
    end = document.get("validityPeriodEnd", last)
    if _moment(start) < _moment(closing):
        yield "validityPeriodStart is before referencePeriodEnd"
    if _moment(end) > _moment(last):
        yield f"validityPeriodEnd is more than {VALID_YEARS} years after referencePeriodEnd"
    if _moment(start) >= _moment(end):
        yield "validityPeriodEnd is not after validityPeriodStart"


def _rules(pcf: Mapping[str, Json]) -> Iterator[str]:
    for index, rule in enumerate(pcf.get("productOrSectorSpecificRules", [])):
        if rule["operator"] == "Other" and "otherOperatorName" not in rule:
            yield f"pcf.productOrSectorSpecificRules[{index}] names no otherOperatorName"


def _extensions(document: Mapping[str, Json]) -> Iterator[str]:
    """An extension that says it is ours leads to a statement in its own form, or it misleads."""
    for index, one in enumerate(document.get("extensions", [])):
        if one["dataSchema"] == pact_extension.SCHEMA:
            try:
                pact_extension.form(one["data"], f"extensions[{index}].data")
            except Refused as refused:
                yield str(refused)


def _value(group: Mapping[str, Json], name: str) -> Decimal:
    return Decimal(group.get(name, "0"))


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
