"""Law 9, members are judged together: every rule of it, kept and broken by a twin."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from rootprint.ledger.rules import State
from tests.rules.judged import CITED, HEAT, KWH, LINE, PCF, STEEL, by_id, changed, line, product

SUBJECT = "credentialSubject."
UNIT, AMOUNT = PCF + "declaredUnitOfMeasurement", PCF + "declaredUnitAmount"
MASS, PERCENT = PCF + "productMassPerDeclaredUnit", PCF + "exemptedEmissionsPercent"
FOSSIL, BIOGENIC = PCF + "fossilCarbonContent", PCF + "biogenicCarbonContent"
START, END = PCF + "referencePeriodStart", PCF + "referencePeriodEnd"
COUNTRY, PART = PCF + "geographyCountry", PCF + "geographyCountrySubdivision"
UPTAKE, FREED = PCF + "biogenicCO2Uptake", PCF + "biogenicCO2Emissions"
CAPTURE, SAID = PCF + "ccsTechnologicalCO2Capture", PCF + "ccsTechnologicalCO2CaptureIncluded"
CUSTODY = SUBJECT + "chainOfCustody"
IDS, SITES, LINES = SUBJECT + "productIds", SUBJECT + "sites", SUBJECT + "inventory"
SUPPLIER = {KWH: {**CITED[KWH], "role": "product"}}
GRID = {KWH: CITED[KWH]}
CERTIFICATE = {"registry": "GEC", "id": "1", "MWh": "5"}
GAS = {"gas": "CO2", "set": "AR6"}
ZERO = {"published": "0", "per": "kilowatt hour", "component": "fossilGhgEmissions"}

Changes = dict[str, Any]


@dataclass(frozen=True)
class Twin:
    """A rule, what keeps it and what breaks it, each as changes to a draft that keeps all."""

    rule: str
    severity: str
    kept: Changes
    broken: Changes
    cited: dict[str, Any] = field(default_factory=dict)


def mass_balance(**members: str) -> dict[str, Any]:
    return {"model": "mass-balance", "scheme": "ISCC PLUS", "freeAttribution": False, **members}


def kilowatt_hours(**members: Any) -> list[dict[str, Any]]:
    return [line(amount={"value": "1000", "unit": "kWh"}, **members)]


CAPTURED = {"ccsTechnologicalCO2Capture": "-0.1"}
TWINS = [
    # mass with declared unit
    Twin("mass-of-kilogram", "error", {UNIT: "kilogram", AMOUNT: "12.0", MASS: "12"},
         {UNIT: "kilogram", MASS: "100"}),
    Twin("mass-of-kilogram", "error", {UNIT: "kilogram", MASS: "1.000"},
         {UNIT: "kilogram", MASS: "2"}),
    Twin("mass-of-volume", "error", {UNIT: "liter", AMOUNT: "2", MASS: "27.2"},
         {UNIT: "liter", AMOUNT: "2", MASS: "46.1"}),
    Twin("mass-of-volume", "error", {UNIT: "cubic meter", MASS: "0.72"},
         {UNIT: "cubic meter", MASS: "0"}),
    Twin("mass-of-none", "warning", {UNIT: "kilowatt hour", MASS: "0"},
         {UNIT: "kilowatt hour", MASS: "1"}),
    # carbon with mass
    Twin("carbon-in-mass", "error", {FOSSIL: "1", BIOGENIC: "0.2"}, {FOSSIL: "1.1"}),
    Twin("carbon-in-mass", "error", {BIOGENIC: None}, {BIOGENIC: "1.65"}),
    Twin("packaging-carbon", "warning", {PCF + "packagingBiogenicCarbonContent": "1.2"},
         {PCF + "packagingBiogenicCarbonContent": "1.21"}),
    Twin("recycled-in-carbon", "error", {FOSSIL: "0.1", PCF + "recycledCarbonContent": "0.25"},
         {FOSSIL: "0.1", PCF + "recycledCarbonContent": "0.26"}),
    Twin("ccu-in-carbon", "error", {PCF + "ccuCarbonContent": "0.15"},
         {PCF + "ccuCarbonContent": "0.16"}),
    # uptake with carbon, at the gate
    Twin("content-needs-uptake", "warning", {BIOGENIC: "0.1"}, {UPTAKE: None}),
    Twin("uptake-equals-carbon", "warning", {BIOGENIC: "0.1515"}, {BIOGENIC: "0.17"}),
    Twin("uptake-far-from-carbon", "error", {BIOGENIC: "0.16"},
         {UPTAKE: "-50", BIOGENIC: "0.01"}),
    Twin("uptake-far-from-carbon", "error",
         {BIOGENIC: "0.1", PCF + "packagingBiogenicCarbonContent": "0.05"},
         {PCF + "packagingBiogenicCarbonContent": "0.15"}),
    # what is left out, and how long
    Twin("exempted-all", "error", {PERCENT: "99.9"}, {PERCENT: "100"}),
    Twin("reference-period-year", "warning", {START: "2024-01-01T00:00:00Z",
         END: "2025-01-01T00:00:00Z"}, {START: "2018-01-01T00:00:00Z"}),
    Twin("reference-period-short", "info", {START: "2025-01-06T00:00:00Z"},
         {START: "2025-04-30T00:00:00Z"}),
    Twin("reference-period-length", "error", {START: "2016-01-01T00:00:00Z"},
         {START: "0001-01-01T00:00:00Z", END: "9999-01-01T00:00:00Z"}),
    Twin("reference-period-length", "error", {START: "2025-12-31T00:00:00Z"},
         {START: "2026-01-01T00:00:00Z"}),
    # codes
    Twin("country-code", "error", {COUNTRY: "GB"}, {COUNTRY: "UK"}),
    Twin("subdivision-country", "error", {COUNTRY: None, PART: "GB-ENG"},
         {COUNTRY: None, PART: "UK-ENG"}),
    Twin("gtin-check-digit", "error", {IDS: ["URN:GTIN:4712345060507", "urn:gs1:gtin:96385074"]},
         {IDS: ["urn:example:part", "urn:gtin:4712345060508"]}),
    Twin("gtin-check-digit", "error", {IDS: ["urn:gs1:01:10614141000415"]},
         {IDS: ["urn:gtin:471234506050"]}),
    Twin("gln-check-digit", "error", {SITES: ["urn:gln:4012345000009"]},
         {SITES: ["urn:gln:4012345000000"]}),
    # capture
    Twin("capture-in-emissions", "error", {CAPTURE: "-3.05"}, {CAPTURE: "-5"}),
    Twin("capture-in-own-emissions", "warning",
         {LINES: [line(source=GAS), line(source=GAS, result=CAPTURED)]},
         {LINES: [line(), line(source=GAS, result=CAPTURED)]}, GRID),
    Twin("capture-said", "error", {SAID: False, CAPTURE: None}, {SAID: False}),
    Twin("packaging-said", "error", {PCF + "packagingEmissionsIncluded": False},
         {PCF + "packagingGhgEmissions": "0.1"}),
    # electricity
    Twin("electricity-contract-factor", "warning",
         {LINES: kilowatt_hours(electricity="contract", source={"statement": STEEL})},
         {LINES: kilowatt_hours(certificate=CERTIFICATE)},
         {**GRID, STEEL: SUPPLIER[KWH]}),
    Twin("electricity-zero", "warning",
         {LINES: kilowatt_hours(source=ZERO, result={}, certificate=CERTIFICATE)},
         {LINES: kilowatt_hours(source=ZERO, result={"fossilGhgEmissions": "0"})}),
    Twin("electricity-zero", "warning",
         {LINES: kilowatt_hours(result={"biogenicNonCO2Emissions": "0.1"})},
         {LINES: kilowatt_hours(result={})}, GRID),
    Twin("calorific-value", "warning",
         {LINES: [product()["credentialSubject"]["inventory"][2]]},
         {LINES: [line(source={"emission": "CO2e", "factor": HEAT},
                       amount={"value": "1", "unit": "kWh",
                               "quantity": {"calorificValue": "gross"}})]}),
    # attributed carbon stands apart from physical carbon
    Twin("attribution-model", "error", {CUSTODY: mass_balance(attributedRecycledCarbon="0.1")},
         {CUSTODY: mass_balance(attributedRecycledCarbon="0.1", model="segregated")}),
    Twin("attributed-biogenic", "error",
         {FOSSIL: "0.7", CUSTODY: mass_balance(attributedBiogenicCarbon="0.7")},
         {FOSSIL: "0.7", CUSTODY: mass_balance(attributedBiogenicCarbon="0.71")}),
    Twin("attributed-recycled", "error",
         {PCF + "recycledCarbonContent": "0.1",
          CUSTODY: mass_balance(attributedRecycledCarbon="0.05")},
         {PCF + "recycledCarbonContent": "0.1",
          CUSTODY: mass_balance(attributedRecycledCarbon="0.06")}),
    Twin("gwp-named", "warning",
         {SUBJECT + "characterizationSets": [{"set": "AR5-28", "share": "100"}],
          PCF + "ipccCharacterizationFactors": ["AR5"]},
         {SUBJECT + "characterizationSets": [{"set": "AR5-28", "share": "100"}]}),
]  # fmt: skip


def with_all(changes: Changes) -> dict[str, Any]:
    draft = product()
    for path, value in changes.items():
        place: Any = draft
        *steps, last = path.split(".")
        for step in steps:
            place = place[int(step)] if step.isdigit() else place[step]
        if value is None:
            place.pop(last, None)
        else:
            place[last] = value
    return draft


@pytest.mark.parametrize("twin", TWINS, ids=[f"{n}-{twin.rule}" for n, twin in enumerate(TWINS)])
def test_each_rule_is_kept_by_one_twin_and_broken_by_the_other(twin: Twin) -> None:
    cited = twin.cited or CITED
    kept, broken = (by_id(with_all(one), cited)[twin.rule] for one in (twin.kept, twin.broken))
    assert kept.state in {State.PASSED, State.NOT_APPLICABLE}, kept.found
    assert broken.state is State.FAILED, broken.found
    assert broken.severity == twin.severity
    assert broken.remedy


@pytest.mark.parametrize(
    ("changes", "rule", "words"),
    [
        ({UNIT: "kilogram", MASS: "100"}, "mass-of-kilogram",
         "productMassPerDeclaredUnit is 100, not 1 (subject.pcf.declaredUnitAmount)"),
        ({UPTAKE: "-50", BIOGENIC: "0.01"}, "uptake-far-from-carbon", "is 49.95, not 0.0366667"),
        ({COUNTRY: "UK"}, "country-code", "geographyCountry is UK, not one of AD, AE, AF"),
        ({IDS: ["urn:gtin:4712345060508"]}, "gtin-check-digit",
         "the check digit of urn:gtin:4712345060508 is not right: it would be 7"),
        ({START: "2018-01-01T00:00:00Z"}, "reference-period-year", "2922 days, more than 366 days"),
    ],
)  # fmt: skip
def test_a_finding_says_what_and_how_much(changes: Changes, rule: str, words: str) -> None:
    assert words in by_id(with_all(changes))[rule].found


def test_a_product_that_is_dry_may_weigh_more_than_its_declared_unit() -> None:
    dry = {UNIT: "kilogram", MASS: "1.1", SUBJECT + "quantity": {"moisture": "dry"}}
    assert by_id(with_all(dry))["mass-of-kilogram"].state is State.NOT_APPLICABLE


def test_attributed_carbon_has_its_uptake_without_being_in_the_product() -> None:
    """Mass balance: the uptake is of what was attributed, the carbon in the product is fossil."""
    attributed = mass_balance(attributedBiogenicCarbon="0.15")
    bought = {BIOGENIC: "0", FOSSIL: "0.15", CUSTODY: attributed}
    alone = {BIOGENIC: "0", FOSSIL: "0.15"}
    assert by_id(with_all(bought))["uptake-equals-carbon"].state is State.PASSED
    assert by_id(with_all(alone))["uptake-equals-carbon"].state is State.FAILED


def test_carbon_is_not_compared_where_the_unit_has_no_mass() -> None:
    fuel = {UNIT: "megajoule", MASS: "0", FOSSIL: "0.02"}
    assert by_id(with_all(fuel))["carbon-in-mass"].state is State.NOT_APPLICABLE


def test_the_cradle_to_grave_sets_free_what_was_taken_up() -> None:
    """Nothing is held to the carbon at the gate there."""
    grave = {SUBJECT + "boundary": "cradle-to-grave", FREED: "0.60"}
    assert by_id(with_all(grave))["uptake-far-from-carbon"].state is State.NOT_APPLICABLE


def test_rounding_of_the_totals_is_no_fault_of_the_carbon() -> None:
    """A car of 10 t with 0.1 kg of biogenic carbon: its totals have no place for its uptake."""
    coarse = {UPTAKE: "-1", FREED: "0", BIOGENIC: "0.1"}
    assert by_id(with_all(coarse))["uptake-equals-carbon"].state is State.PASSED


def test_a_hidden_inventory_leaves_its_sums_unchecked() -> None:
    hidden = changed(product(), "credentialSubject.inventory", [{"...": "x"}])
    assert by_id(hidden)["capture-in-own-emissions"].state is State.NOT_CHECKED
    assert by_id(hidden)["capture-in-emissions"].state is State.PASSED


def test_an_input_that_is_not_available_leaves_its_line_unchecked() -> None:
    certified = changed(product(), LINE + "certificate", CERTIFICATE)
    assert by_id(certified, {})["electricity-contract-factor"].state is State.NOT_CHECKED
