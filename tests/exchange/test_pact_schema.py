"""Mapped footprints against PACT's types: our own table always, PACT's document where it is."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootprint.ledger.core.schema import pcf, rules
from rootprint.ledger.core.schema.components import DIFFERENCE, MEMO, SUBSTITUTION
from rootprint.ledger.exchange import catena_x, pact, pact_form
from tests.exchange.conftest import RECORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.exchange.conftest import Examples, Makers

WRONG = {  # a change that leaves the shape of JSON alone, by where it is made
    "a decimal as a number": ("pcf.pcfExcludingBiogenicUptake", 5.0),
    "a decimal with an exponent": ("pcf.pcfIncludingBiogenicUptake", "5e0"),
    "a unit that PACT has not": ("pcf.declaredUnitOfMeasurement", "kg"),
    "a declared amount of zero": ("pcf.declaredUnitAmount", "0.00"),
    "a negative emission": ("pcf.fossilGhgEmissions", "-1"),
    "a positive uptake": ("pcf.biogenicCO2Uptake", "10"),
    "null for undefined": ("pcf.dqi", None),
    "a second geography": ("pcf.geographyRegionOrSubregion", "Asia"),
    "a time that no clock shows": ("created", "2026-13-01T00:00:00Z"),
    "an id with its prefix": ("id", "urn:uuid:f4b1225a-bd44-4c8e-861d-079e4e1dfd69"),
    "a company named by its DID": ("companyIds", ["did:web:maker.example"]),
    "no product id": ("productIds", []),
    "a product id twice": ("productIds", ["urn:gtin:4712345060507"] * 2),
    "a lower-case status": ("status", "active"),
    "a standard of no name": ("pcf.crossSectoralStandards", [14067]),
    "an extension without a schema's URI": (
        "extensions",
        [{"specVersion": "2.0.0", "dataSchema": "schema.json", "data": {}}],
    ),
}


@pytest.fixture(scope="module")
def mapped(makers: Makers, at_the_gate: Examples) -> dict[str, dict[str, Any]]:
    """A small view, one that says all, and that of every product of every example."""
    return {
        "small": pact.footprint(makers.product(), RECORD),
        "whole": pact.footprint(makers.whole(), RECORD),
        **{name: pact.footprint(*given) for name, given in at_the_gate.items()},
    }


@pytest.fixture(scope="module")
def validator(pact_document: dict[str, Any]) -> jsonschema.Draft202012Validator:
    """PACT's schema with strict decimals in place of none, and with every format looked at."""
    document = copy.deepcopy(pact_document)
    formats = jsonschema.FormatChecker(formats=())
    for name, kind in {
        "uuid": "uuid",
        "date-time": "date-time",
        "uri": "uri",
        "urn": "Urn",
    }.items():
        formats.checks(name)(lambda value, kind=kind: not pact_form.faults(value, kind))
    for group in document["components"]["schemas"].values():
        for schema in group.get("properties", {}).values():
            if schema.get("format") == "decimal":
                text = pact_form.TEXTS[schema.get("x-comment", "Decimal")]
                schema["pattern"] = f"^(?:{text})$"
    return jsonschema.Draft202012Validator(
        {**document, "$ref": "#/components/schemas/ProductFootprint"}, format_checker=formats
    )


def test_the_examples_hold_products(examples: Examples) -> None:
    assert {name.partition("/")[0] for name in examples} == {
        *("battery-materials", "first-steps", "published", "pv-module", "sayable"),
        "variants",
    }
    assert len(examples) > 50


def test_those_beyond_the_gate_are_refused(examples: Examples, at_the_gate: Examples) -> None:
    beyond = examples.keys() - at_the_gate.keys()
    assert beyond == {"sayable/pet-bottle"}
    for view in (pact.footprint, catena_x.footprint):
        for name in beyond:
            with pytest.raises(rules.Refused, match="cradle-to-gate, this one is cradle-to-grave"):
                view(*examples[name])


def test_every_view_keeps_our_rules(mapped: dict[str, dict[str, Any]]) -> None:
    assert {name: found for name, one in mapped.items() if (found := pact.faults(one))} == {}


def test_every_view_keeps_pacts_own_schema(
    mapped: dict[str, dict[str, Any]], validator: jsonschema.Draft202012Validator
) -> None:
    for name, one in mapped.items():
        assert [error.message for error in validator.iter_errors(one)] == [], name


def test_every_view_keeps_pacts_own_schema_as_published(
    mapped: dict[str, dict[str, Any]], pact_document: dict[str, Any]
) -> None:
    schema = {**pact_document, "$ref": "#/components/schemas/ProductFootprint"}
    published = jsonschema.Draft202012Validator(schema)
    assert [name for name, one in mapped.items() if not published.is_valid(one)] == []


@pytest.mark.parametrize("name", WRONG)
def test_our_table_sees_what_is_wrong(name: str, makers: Makers) -> None:
    assert len(pact_form.faults(spoilt(makers, name))) == 1


@pytest.mark.parametrize("name", WRONG)
def test_pacts_anchored_schema_sees_it_too(
    name: str, makers: Makers, validator: jsonschema.Draft202012Validator
) -> None:
    assert not validator.is_valid(spoilt(makers, name))


def test_nothing_required_can_be_left_out(makers: Makers) -> None:
    for lacking in without_each_required(pact.footprint(makers.product(), RECORD)):
        assert len(pact_form.faults(lacking)) == 1


def test_pacts_schema_misses_what_is_required_too(
    makers: Makers, validator: jsonschema.Draft202012Validator
) -> None:
    for lacking in without_each_required(pact.footprint(makers.product(), RECORD)):
        assert not validator.is_valid(lacking)


def test_our_table_says_what_pact_publishes(pact_document: dict[str, Any]) -> None:
    """Attributes, which of them are required, their types by name, and the enumerations."""
    schemas = pact_document["components"]["schemas"]
    for kind, table in pact_form.TYPES.items():
        assert set(schemas[kind]["properties"]) == set(table), kind
        assert set(schemas[kind].get("required", [])) == pact_form.required(kind), kind
        for name, schema in schemas[kind]["properties"].items():
            wanted = table[name].removeprefix("!")
            assert described(schema) == in_full(wanted), f"{kind}.{name}"


def test_a_statement_says_nothing_in_pcf_that_the_view_does_not_know() -> None:
    """It can say all that PACT has; beside it only what the view counts in, refuses or says."""
    ours = set(pcf.PRODUCT.known)
    theirs = set(pact_form.TYPES["CarbonFootprint"])
    assert ours - theirs == {DIFFERENCE, SUBSTITUTION, MEMO[1], "packagingMassPerDeclaredUnit"}
    assert theirs <= ours


def test_the_published_decimals_need_our_own_check(pact_document: dict[str, Any]) -> None:
    """Since 3.0.4 the schema has no pattern for decimals: any text is one."""
    schema = pact_document["components"]["schemas"]["CarbonFootprint"]["properties"]
    assert not any("pattern" in one for one in schema.values() if one.get("format") == "decimal")
    for nonsense in ("abc", "1e3", "", "1,5", " 1", "١", "1" * 129):
        assert pact_form.faults(nonsense, "Decimal"), nonsense
    assert pact_form.faults("10", "<= 0")
    assert pact_form.faults("-0", ">= 0")


DECIMALS = st.from_regex(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?", fullmatch=True)


@given(DECIMALS.filter(rules.is_decimal))
def test_a_decimal_of_ours_is_one_of_pacts(value: str) -> None:
    """Whatever a statement's rule lets pass, PACT's type of that sign takes as it stands."""
    for rule, kind in {
        rules.decimal: "Decimal",
        rules.not_negative: ">= 0",
        rules.not_positive: "<= 0",
        rules.positive: "> 0",
    }.items():
        assert keeps(rule, value) is (pact_form.faults(value, kind) == []), kind


def spoilt(makers: Makers, name: str) -> dict[str, Any]:
    """A good footprint with one thing wrong."""
    document = pact.footprint(makers.product(), RECORD)
    path, value = WRONG[name]
    *parents, last = path.split(".")
    place = document
    for parent in parents:
        place = place[parent]
    place[last] = value
    return document


def without_each_required(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The document without one required attribute, for each of them."""
    for name in pact_form.required("ProductFootprint"):
        yield {key: value for key, value in document.items() if key != name}
    for name in pact_form.required("CarbonFootprint"):
        pcf = {key: value for key, value in document["pcf"].items() if key != name}
        yield {**document, "pcf": pcf}


def keeps(rule: rules.Rule, value: str) -> bool:
    try:
        rule(value, "value")
    except rules.Refused:
        return False
    return True


def described(schema: dict[str, Any]) -> tuple[str, ...]:
    """A published attribute's type, named as the table names it."""
    if "$ref" in schema:
        return ("", schema["$ref"].rpartition("/")[2])
    if schema["type"] == "array":
        sign = "{}" if schema.get("uniqueItems") else "[]"
        return (sign, *described(schema["items"])[1:])
    if "enum" in schema:
        return ("", "|".join(schema["enum"]))
    if "pattern" in schema:
        return ("", schema["pattern"].removeprefix("^").removesuffix("$"))
    if schema.get("minLength") == 1:
        return ("", "NonEmptyString")
    if schema.get("format") == "decimal":
        return ("", schema.get("x-comment", "Decimal"))
    return ("", schema.get("format", schema["type"]))


def in_full(wanted: str) -> tuple[str, ...]:
    """The table's type with its enumeration or pattern written out where PACT has no name."""
    sign, kind = (wanted[:2], wanted[2:]) if wanted[:2] in {"[]", "{}"} else ("", wanted)
    if kind == "semantic version":  # in the prose only
        return (sign, "string")
    if kind in pact_form.ENUMS:
        return (sign, "|".join(pact_form.ENUMS[kind]))
    spelt = {"version", "country", "subdivision", "assessment report"}
    return (sign, pact_form.TEXTS[kind] if kind in spelt else kind)
