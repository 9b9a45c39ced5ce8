"""What a statement says in the open and another format has no member for, as plain sentences.

A reader of that format sees its comment and nothing of the statement. So whatever changes how the
number may be used is said there: on which GWP sets it rests, for which sites and variant it is,
what stands behind it in a mass balance. A sentence gives the signed values and judges nothing.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.schema.components import (
    BIOGENIC_EMISSIONS,
    DIFFERENCE,
    REMOVALS,
    UPTAKE,
)
from rootprint.ledger.core.schema.names import REPORTS, UNSTATED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from rootprint.ledger.core.canonical import Json

_METHANE: Final = "AR5-28"
_KINDS: Final = {
    "calorificValue": "{} calorific value",
    "state": "gas at {}",
    "moisture": "{} mass",
}
_INTERPRETATION: Final = {
    "conclusions": "Conclusions",
    "sensitivity": "Sensitivity",
    "limitations": "Limitations",
    "valueChoices": "Value choices",
}


def remarks(subject: Mapping[str, Json]) -> list[str]:
    """Return the sentences of one product's ``credentialSubject``, most important first."""
    return [sentence for make in _MAKERS if (sentence := make(subject))]


def replaced(digests: Iterable[str]) -> list[str]:
    """Return a sentence on statements that this one replaces and that the form can't name."""
    named = ", ".join(digests)
    return [f"Replaces {named}."] if named else []


def single_set(subject: Mapping[str, Json]) -> str | None:
    """Return the one assessment report that all of the footprint rests on; None if there is none.

    A footprint of several sets, of AR5 with 28 for all methane or of sets that are not stated has
    no such report.
    """
    sets = [item["set"] for item in subject["characterizationSets"]]
    return sets[0] if len(sets) == 1 and sets[0] in REPORTS else None


def _sets(subject: Mapping[str, Json]) -> str:
    """Shares are of the gross emissions (law 1)."""
    named = subject["pcf"]["ipccCharacterizationFactors"]
    if [single_set(subject)] == named:
        return ""
    shares = subject["characterizationSets"]
    listed = ", ".join(
        f"{'not stated' if item['set'] == UNSTATED else item['set']} {item['share']} %"
        for item in shares
    )
    text = f"GWP sets behind the gross emissions: {listed}."
    if any(item["set"] == _METHANE for item in shares):
        text += f" {_METHANE} is AR5 with a GWP of 28 for all methane."
    if any(item["set"] == UNSTATED for item in shares):
        text += f" {', '.join(named)} is not claimed for the share whose set is not stated."
    return text


def _difference(subject: Mapping[str, Json]) -> str:
    value = subject["pcf"].get(DIFFERENCE, "0")
    if not Decimal(value):
        return ""
    return (
        f"fossilGhgEmissions includes a {DIFFERENCE} of {value} kg CO2e: by so much the printed "
        "totals of publications differ from their printed parts."
    )


def _memo(subject: Mapping[str, Json]) -> str:
    pcf = subject["pcf"]
    if not Decimal(pcf.get(BIOGENIC_EMISSIONS, "0")):
        return ""
    return (
        f"{UPTAKE} is net: {pcf.get(UPTAKE, '0')} kg CO2 taken up and {pcf[BIOGENIC_EMISSIONS]} kg "
        "biogenic CO2 set free."
    )


def _packaging(subject: Mapping[str, Json]) -> str:
    mass = subject["pcf"].get("packagingMassPerDeclaredUnit")
    return "" if mass is None else f"The packaging of the declared unit weighs {mass} kg."


def _weights(subject: Mapping[str, Json]) -> str:
    if not any(Decimal(subject["pcf"].get(name, "0")) for name in REMOVALS):
        return ""
    return (
        "primaryDataShare, dqi and shares of GWP sets are of the gross emissions, before removals."
    )


def _service(subject: Mapping[str, Json]) -> str:
    return f"The product is a service: {subject['service']}." if "service" in subject else ""


def _outlook(subject: Mapping[str, Json]) -> str:
    if subject.get("outlook") != "prospective":
        return ""
    return "The footprint is prospective: of a production that is planned, not measured."


def _variant(subject: Mapping[str, Json]) -> str:
    variant = subject.get("variant")
    if variant is None:
        return ""
    pool = f", with the other variants in pool {variant['pool']}" if "pool" in variant else ""
    return (
        f"Variant {variant['code']} of the product, by {_words(variant['reason'])}{pool}: it is "
        "not the number of all that is sold under these product ids."
    )


def _custody(subject: Mapping[str, Json]) -> str:
    custody = subject.get("chainOfCustody")
    if custody is None:
        return ""
    certificate = f", certificate {custody['certificate']}" if "certificate" in custody else ""
    free = "with" if custody["freeAttribution"] else "without"
    text = (
        f"Chain of custody: {_words(custody['model'])} by {custody['scheme']}{certificate}, {free} "
        "free attribution."
    )
    attributed = [
        f"{custody[name]} kg of {kind} carbon"
        for name, kind in (
            ("attributedBiogenicCarbon", "biogenic"),
            ("attributedRecycledCarbon", "recycled"),
        )
        if name in custody
    ]
    if attributed:
        text += f" Attributed and not physically in the product: {' and '.join(attributed)}."
    return text


def _functional_unit(subject: Mapping[str, Json]) -> str:
    unit = subject.get("functionalUnit")
    if unit is None:
        return ""
    flow, life = unit["referenceFlow"], unit["serviceLife"]
    text = (
        f"Functional unit: {unit['value']} {unit['unit']}, {unit['description']}; reference flow "
        f"{flow['value']} {flow['unit']}, service life {life['value']} {life['unit']}."
    )
    for name, title in (("useScenario", "Use"), ("endOfLifeScenario", "End of life")):
        text += f" {title}: {unit[name]}" if name in unit else ""
    return text


def _quantity(subject: Mapping[str, Json]) -> str:
    kinds = subject.get("quantity", {})
    listed = ", ".join(form.format(kinds[name]) for name, form in _KINDS.items() if name in kinds)
    return f"The declared unit is counted as {listed}." if listed else ""


def _sites(subject: Mapping[str, Json]) -> str:
    return f"Made at {', '.join(subject['sites'])}." if "sites" in subject else ""


def _process(subject: Mapping[str, Json]) -> str:
    process = subject.get("process")
    if process is None:
        return ""
    return (
        f"The product shares a process with others; its share is row {process['row']} of process "
        f"record {process['record']}."
    )


def _sources(subject: Mapping[str, Json]) -> str:
    pcf = subject["pcf"]
    if "secondaryEmissionFactorSources" in pcf or Decimal(pcf["primaryDataShare"]) == 100:  # noqa: PLR2004
        return ""
    return "Secondary data is used; the statement does not name its sources in the open."


def _interpretation(subject: Mapping[str, Json]) -> str:
    said = subject.get("interpretation", {})
    parts = [
        f"{title}: {said[name] if isinstance(said[name], str) else '; '.join(said[name])}"
        for name, title in _INTERPRETATION.items()
        if name in said
    ]
    return " ".join(parts)


def _reference(subject: Mapping[str, Json]) -> str:
    return f"Reference: {subject['reference']}" if "reference" in subject else ""


def _words(name: str) -> str:
    return name.replace("-", " ")


_MAKERS: Final[tuple[Callable[[Mapping[str, Json]], str], ...]] = (
    _sets,
    _difference,
    _memo,
    _packaging,
    _weights,
    _service,
    _outlook,
    _variant,
    _custody,
    _functional_unit,
    _quantity,
    _sites,
    _process,
    _sources,
    _interpretation,
    _reference,
)
