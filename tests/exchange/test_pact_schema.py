"""Mapped footprints against PACT's types: our own table always, PACT's document where it is."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootprint.ledger.core.schema import footprint, rules
from rootprint.ledger.exchange import pact
from tests.exchange import pact_v303
from tests.exchange.conftest import RECORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rootprint.ledger.core.statement import Statement
    from tests.exchange.conftest import Makers

WRONG = {  # a change that leaves the shape of JSON alone, by where it is made
    "a decimal as a number": ("pcf.pcfExcludingBiogenicUptake", 5.0),
    "a decimal with an exponent": ("pcf.pcfIncludingBiogenicUptake", "5e0"),
    "a unit of nobody's": ("pcf.declaredUnitOfMeasurement", "kg"),
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


@pytest.fixture(scope="module", params=["small", "whole", "pv-module"])
def mapped(request: pytest.FixtureRequest, makers: Makers) -> dict[str, Any]:
    if request.param == "pv-module":
        pv_module: tuple[Statement, dict[str, Any]] = request.getfixturevalue("pv_module")
        return pact.footprint(*pv_module)
    statement = makers.product() if request.param == "small" else makers.whole()
    return pact.footprint(statement, RECORD)


@pytest.fixture(scope="module")
def validator(pact_document: dict[str, Any]) -> jsonschema.Draft202012Validator:
    """PACT's schema with its decimal patterns anchored and with every format looked at."""
    document = copy.deepcopy(pact_document)
    formats = jsonschema.FormatChecker(formats=())
    for name, kind in {
        "uuid": "uuid",
        "date-time": "date-time",
        "uri": "uri",
        "urn": "Urn",
    }.items():
        formats.checks(name)(lambda value, kind=kind: not pact_v303.faults(value, kind))
    for name, schema in document["components"]["schemas"].items():
        if schema.get("format") == "decimal":
            schema["pattern"] = f"^(?:{pact_v303.TEXTS[name]})$"
    return jsonschema.Draft202012Validator(
        {**document, "$ref": "#/components/schemas/ProductFootprint"}, format_checker=formats
    )


def test_keeps_our_table(mapped: dict[str, Any]) -> None:
    assert pact_v303.faults(mapped) == []


def test_keeps_pacts_own_schema(
    mapped: dict[str, Any], validator: jsonschema.Draft202012Validator
) -> None:
    assert [error.message for error in validator.iter_errors(mapped)] == []


def test_keeps_pacts_own_schema_as_published(
    mapped: dict[str, Any], pact_document: dict[str, Any]
) -> None:
    schema = {**pact_document, "$ref": "#/components/schemas/ProductFootprint"}
    assert list(jsonschema.Draft202012Validator(schema).iter_errors(mapped)) == []


@pytest.mark.parametrize("name", WRONG)
def test_our_table_sees_what_is_wrong(name: str, makers: Makers) -> None:
    assert len(pact_v303.faults(spoilt(makers, name))) == 1


@pytest.mark.parametrize("name", WRONG)
def test_pacts_anchored_schema_sees_it_too(
    name: str, makers: Makers, validator: jsonschema.Draft202012Validator
) -> None:
    assert not validator.is_valid(spoilt(makers, name))


def test_nothing_required_can_be_left_out(makers: Makers) -> None:
    for lacking in without_each_required(pact.footprint(makers.product(), RECORD)):
        assert len(pact_v303.faults(lacking)) == 1


def test_pacts_schema_misses_what_is_required_too(
    makers: Makers, validator: jsonschema.Draft202012Validator
) -> None:
    for lacking in without_each_required(pact.footprint(makers.product(), RECORD)):
        assert not validator.is_valid(lacking)


def test_our_table_says_what_pact_publishes(pact_document: dict[str, Any]) -> None:
    """Attributes, which of them are required, their types by name, and the enumerations."""
    schemas = pact_document["components"]["schemas"]
    for kind, table in pact_v303.TYPES.items():
        assert set(schemas[kind]["properties"]) == set(table), kind
        assert set(schemas[kind].get("required", [])) == pact_v303.required(kind), kind
        for name, schema in schemas[kind]["properties"].items():
            wanted = table[name].removeprefix("!")
            assert described(schema) == in_full(wanted), f"{kind}.{name}"


def test_a_statement_says_nothing_in_pcf_that_pact_has_no_name_for() -> None:
    """And it can say all that PACT has: the mapping copies and need not choose."""
    ours = footprint._pcf_required | footprint._pact_rules | footprint._pcf_optional
    assert set(ours) == set(pact_v303.TYPES["CarbonFootprint"])


@pytest.mark.parametrize(
    ("name", "nonsense"),
    [("NegativeOrZeroDecimal", "10"), ("PositiveNonZeroDecimal", "1e3")],
)
def test_the_published_decimals_need_our_own_check(
    pact_document: dict[str, Any], name: str, nonsense: str
) -> None:
    """Why the patterns are not relied on: as published they accept nonsense."""
    assert re.search(pact_document["components"]["schemas"][name]["pattern"], nonsense)
    assert pact_v303.faults(nonsense, name)


DECIMALS = st.from_regex(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?", fullmatch=True)


@given(DECIMALS.filter(rules.is_decimal))
def test_a_decimal_of_ours_is_one_of_pacts(value: str) -> None:
    """Whatever a statement's rule lets pass, PACT's type of that sign takes as it stands."""
    for rule, kind in {
        rules.decimal: "Decimal",
        rules.not_negative: "PositiveOrZeroDecimal",
        rules.not_positive: "NegativeOrZeroDecimal",
        rules.positive: "PositiveNonZeroDecimal",
    }.items():
        assert keeps(rule, value) is (pact_v303.faults(value, kind) == []), kind


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
    for name in pact_v303.required("ProductFootprint"):
        yield {key: value for key, value in document.items() if key != name}
    for name in pact_v303.required("CarbonFootprint"):
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
    return ("", schema.get("format", schema["type"]))


def in_full(wanted: str) -> tuple[str, ...]:
    """The table's type with its enumeration or pattern written out where PACT has no name."""
    sign, kind = (wanted[:2], wanted[2:]) if wanted[:2] in {"[]", "{}"} else ("", wanted)
    spelt = {"version", "country", "subdivision", "assessment report"}
    return (sign, pact_v303.ENUMS.get(kind) or (pact_v303.TEXTS[kind] if kind in spelt else kind))
