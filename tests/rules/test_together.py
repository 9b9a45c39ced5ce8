"""Law 9, members are judged together: every rule of it, kept and broken by a twin."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from rootprint.ledger.core.tables import tables
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

PACKED, PACKAGING = PCF + "packagingBiogenicCarbonContent", PCF + "packagingMassPerDeclaredUnit"
SETS = SUBJECT + "characterizationSets"
EVIDENCE = [{"sha256": "0" * 64}]
SOME = {"fossilGhgEmissions": "0.1"}

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


def shares(*names: str) -> list[dict[str, str]]:
    return [{"set": name, "share": "50"} for name in names]


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
    Twin("carbon-in-mass", "error", {UNIT: "kilogram", AMOUNT: "2", MASS: None, FOSSIL: "1.8"},
         {UNIT: "kilogram", AMOUNT: "2", MASS: None, FOSSIL: "1.9"}),
    Twin("packaging-carbon", "error", {PACKED: "0.05", PACKAGING: "0.05"},
         {PACKED: "0.05", PACKAGING: "0.04"}),
    Twin("packaging-carbon", "error", {PACKED: "0"}, {PACKED: "0.05"}),
    Twin("packaging-mass", "warning", {PACKAGING: "1.2"}, {PACKAGING: "1.21"}),
    Twin("recycled-in-carbon", "error", {FOSSIL: "0.1", PCF + "recycledCarbonContent": "0.25"},
         {FOSSIL: "0.1", PCF + "recycledCarbonContent": "0.26"}),
    Twin("ccu-in-carbon", "error", {PCF + "ccuCarbonContent": "0.15"},
         {PCF + "ccuCarbonContent": "0.16"}),
    # uptake with carbon and mass, at the gate
    Twin("biogenic-content", "error", {BIOGENIC: "0"}, {BIOGENIC: None}),
    Twin("biogenic-content", "error", {UNIT: "ton kilometer", MASS: "0", BIOGENIC: None},
         {UNIT: "megajoule", MASS: "0.06", BIOGENIC: None}),
    Twin("biogenic-content-of-factor", "warning", {SUBJECT + "role": "factor"},
         {SUBJECT + "role": "factor", SUBJECT + "boundary": "gate-to-gate", BIOGENIC: None}),
    Twin("biogenic-content-to-grave", "warning", {SUBJECT + "boundary": "cradle-to-grave"},
         {SUBJECT + "boundary": "cradle-to-grave", BIOGENIC: None}),
    Twin("uptake-mass", "error", {UNIT: "kilogram", MASS: None}, {UNIT: "piece", MASS: None}),
    Twin("uptake-of-service", "error", {UNIT: "hour", MASS: "0", FREED: "0.60"},
         {UNIT: "hour", MASS: "0", FREED: "0.40"}),
    Twin("uptake-of-service", "error",
         {UNIT: "kilometer", MASS: None, PCF + "biogenicNonCO2Emissions": "5"},
         {UNIT: "kilometer", MASS: None, PCF + "biogenicNonCO2Emissions": "4"}),
    Twin("uptake-of-energy", "error", {UNIT: "megajoule", AMOUNT: "1.4"}, {UNIT: "megajoule"}),
    Twin("uptake-of-energy", "error", {UNIT: "kilowatt hour", AMOUNT: "0.4"},
         {UNIT: "kilowatt hour", AMOUNT: "0.3"}),
    Twin("content-needs-uptake", "warning", {BIOGENIC: "0.1"}, {UPTAKE: None}),
    Twin("uptake-equals-carbon", "warning", {BIOGENIC: "0.1515"}, {BIOGENIC: "0.17"}),
    Twin("uptake-far-from-carbon", "error", {BIOGENIC: "0.16"},
         {UPTAKE: "-50", BIOGENIC: "0.01"}),
    Twin("uptake-far-from-carbon", "error", {UPTAKE: "-0.550", FREED: "0"},
         {UPTAKE: "-7.000", FREED: "0", BIOGENIC: "0.3", MASS: "3"}),
    Twin("uptake-far-from-carbon", "error", {UPTAKE: "-1.55", FREED: "1"},
         {UPTAKE: "-8", FREED: "1", BIOGENIC: "0.3", MASS: "3"}),
    Twin("uptake-far-from-carbon", "error",
         {BIOGENIC: "0.1", PACKED: "0.05"}, {PACKED: "0.15"}),
    # what is left out, and how long
    Twin("exempted-most", "error", {PERCENT: "50"}, {PERCENT: "50.1"}),
    Twin("cut-off-limit", "warning", {PERCENT: "5"}, {PERCENT: "5.1"}),
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
    Twin("electricity-zero", "warning",
         {LINES: kilowatt_hours(electricity="own", result={}, evidence=EVIDENCE)},
         {LINES: kilowatt_hours(electricity="own", result={})}, GRID),
    Twin("electricity-zero", "warning",
         {LINES: kilowatt_hours(source={**ZERO, "per": "megajoule"}, result=SOME)},
         {LINES: kilowatt_hours(source={**ZERO, "per": "megajoule"}, result={})}),
    Twin("electricity-contract-factor", "warning", {LINES: kilowatt_hours()},
         {LINES: kilowatt_hours(certificate=CERTIFICATE, electricity="contract")},
         {KWH: {**CITED[KWH], "pcf": {"declaredUnitOfMeasurement": "megajoule"}}}),
    Twin("electricity-certificate", "warning",
         {LINES: kilowatt_hours(certificate=CERTIFICATE)}, {LINES: kilowatt_hours()},
         {KWH: {**SUPPLIER[KWH], "pcf": {"declaredUnitOfMeasurement": "megajoule"}}}),
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
    Twin("gwp-methane", "warning", {SETS: shares("AR5-28", "AR6")},
         {SETS: shares("AR5", "AR5-28")}),
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


def test_energy_is_known_by_its_kind_and_not_by_its_unit() -> None:
    """Every unit of energy in the table; a fuel and heat say what they are."""
    units = tables().units["units"]
    energy = {name for name, unit in units.items() if unit["dimension"] == "energy"}
    for name in units:
        found = by_id(with_all({LINES: kilowatt_hours(source={**ZERO, "per": name}, result={})}))
        failed = found["electricity-zero"].state is State.FAILED
        assert failed == (name in energy), name
    heat = {KWH: {**CITED[KWH], "productClassifications": ["urn:rootprint:class:heat"]}}
    fuel = {KWH: {**CITED[KWH], "quantity": {"calorificValue": "net"}}}
    for cited in (heat, fuel):
        draft = with_all({LINES: kilowatt_hours(result={})})
        assert by_id(draft, cited)["electricity-zero"].state is State.NOT_APPLICABLE


def test_carbon_is_not_compared_where_the_unit_has_no_mass() -> None:
    fuel = {UNIT: "megajoule", MASS: "0", FOSSIL: "0.02"}
    assert by_id(with_all(fuel))["carbon-in-mass"].state is State.NOT_APPLICABLE


def test_the_cradle_to_grave_sets_free_what_was_taken_up() -> None:
    """Nothing is held to the carbon at the gate there."""
    grave = {SUBJECT + "boundary": "cradle-to-grave", FREED: "0.60"}
    assert by_id(with_all(grave))["uptake-far-from-carbon"].state is State.NOT_APPLICABLE


def test_rounding_of_the_totals_is_no_fault_of_the_carbon() -> None:
    """A car of 10 t with 0.1 kg of biogenic carbon: its totals have no place for its uptake."""
    coarse = {UPTAKE: "-1", FREED: "0", BIOGENIC: "0.1", PCF + "fossilGhgEmissions": "10000"}
    assert by_id(with_all(coarse))["uptake-equals-carbon"].state is State.PASSED


def test_rounding_counts_for_no_more_than_it_may_move_a_total_by() -> None:
    """The places are the issuer's choice: where 3 kg are emitted, 0.6 kg of CO2 is no rounding."""
    coarse = {UPTAKE: "-1", FREED: "0", BIOGENIC: "0.1", PCF + "fossilGhgEmissions": "3"}
    assert by_id(with_all(coarse))["uptake-far-from-carbon"].state is State.FAILED


def test_a_hidden_inventory_leaves_its_sums_unchecked() -> None:
    hidden = changed(product(), "credentialSubject.inventory", [{"...": "x"}])
    assert by_id(hidden)["capture-in-own-emissions"].state is State.NOT_CHECKED
    assert by_id(hidden)["capture-in-emissions"].state is State.PASSED


def test_an_input_that_is_not_available_leaves_its_line_unchecked() -> None:
    certified = changed(product(), LINE + "certificate", CERTIFICATE)
    assert by_id(certified, {})["electricity-contract-factor"].state is State.NOT_CHECKED
