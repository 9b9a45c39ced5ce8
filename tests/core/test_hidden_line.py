"""One disclosed line of an inventory: its members, its source, what may be negative."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema import hidden
from tests.core.closed_lists import (
    FULL_LINE,
    LINE_REQUIRED,
    inner,
    objects,
    paths,
    removed,
)
from tests.support.statements import DIGEST

LINE = {**FULL_LINE, "line": 3}


@pytest.mark.parametrize("path", [p for p in paths(LINE) if p in LINE_REQUIRED])
def test_a_line_without_a_required_member_is_refused(path: str) -> None:
    """At every level of a line."""
    with pytest.raises(Refused, match=r"it.* lacks"):
        hidden.line(removed(LINE, path), "it")


def test_every_required_member_of_a_line_was_tried() -> None:
    """The written list and the full line agree; the index is required as well."""
    assert set(LINE_REQUIRED) <= set(paths(LINE))
    with pytest.raises(Refused, match="it lacks line"):
        hidden.line(FULL_LINE, "it")


@pytest.mark.parametrize(
    "name", ["quality", "uncertainty", "allocation", "certificate", "evidence"]
)
def test_a_line_s_optional_members_may_be_missing(name: str) -> None:
    """Where there is nothing to say."""
    hidden.line(removed(LINE, name), "it")


@pytest.mark.parametrize("path", objects(LINE))
@pytest.mark.parametrize("name", ["foreign", "_sd", "..."])
def test_an_unknown_member_of_a_line_is_refused(path: str, name: str) -> None:
    """Closed at every level, the result's component names too."""
    line = copy.deepcopy(LINE)
    inner(line, path)[name] = "1"
    with pytest.raises(Refused, match=r"does not know|member name is not one of"):
        hidden.line(line, "it")


def source(**members: object) -> dict[str, Any]:
    return {**LINE, "source": members}


CITED = {"issuer": "did:web:a.example", "productId": "urn:example:a"}
PUBLISHED = {
    "published": "0.5",
    "per": "kilogram",
    "component": "fossilGhgEmissions",
    "reference": "Table 1",
}


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(source(statement=DIGEST, **CITED), id="statement"),
        pytest.param(source(emission="CO2e", factor=DIGEST, **CITED), id="emission"),
        pytest.param(source(gas="CH4_fossil", set="AR5"), id="gas"),
        pytest.param(source(**PUBLISHED), id="published"),
    ],
)
def test_the_four_sources_are_read(line: dict[str, Any]) -> None:
    """An input, an emission with its factor, a measured gas, a published figure."""
    hidden.line(line, "it")
    for name in line["source"]:
        with pytest.raises(Refused, match=r"it.source"):
            hidden.line(source(**removed(line["source"], name)), "it")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param(source(), "exactly one of statement", id="none"),
        pytest.param({**LINE, "source": None}, "exactly one of statement", id="null"),
        pytest.param({**LINE, "source": "gas"}, "exactly one of statement", id="text"),
        pytest.param(
            source(statement=DIGEST, gas="CO2", set="AR6", **CITED), "exactly one of", id="two"
        ),
        pytest.param(
            source(**removed(PUBLISHED, "reference")), "lacks reference", id="no-reference"
        ),
        pytest.param(
            source(**{**PUBLISHED, "reference": " "}), "reference is not non-empty", id="blank"
        ),
        pytest.param(
            source(**{**PUBLISHED, "component": "offset"}),
            "component is not one of",
            id="component",
        ),
        pytest.param(source(**{**PUBLISHED, "published": 0.5}), "plain decimal", id="float"),
        pytest.param(
            source(emission="CO2", factor=DIGEST, **CITED),
            "emission is not one of CO2e",
            id="gas-name",
        ),
        pytest.param(
            source(emission="CO2e", statement=DIGEST, **CITED),
            "exactly one of",
            id="emission-statement",
        ),
        pytest.param(source(factor=DIGEST, **CITED), "exactly one of", id="factor-alone"),
        pytest.param(source(gas="CO2", set="AR4"), "set is not one of AR5, AR6", id="set"),
        pytest.param(
            source(statement="sha256:" + "AB" * 32, **CITED),
            "64 lower-case",
            id="upper-case-digest",
        ),
        pytest.param(
            source(statement=DIGEST, issuer="did:web:A.example", productId="urn:example:a"),
            "lower-case DID",
            id="upper-case-did",
        ),
        pytest.param(
            source(statement=DIGEST, issuer="did:web:a.example", productId="1"),
            "a URN",
            id="no-urn",
        ),
    ],
)
def test_another_source_is_refused(line: dict[str, Any], reason: str) -> None:
    """Each line has exactly one source, complete."""
    with pytest.raises(Refused, match=reason):
        hidden.line(line, "it")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"amount": {"value": "-1", "unit": "kilogram"}}, "amount.value is not zero or positive"),
        ({"amount": {"value": "0", "unit": "kilogram"}}, "amount.value is not more than zero"),
        ({"amount": {"value": 1, "unit": "kilogram"}}, "plain decimal"),
        ({"amount": "1 kilogram"}, "amount is not an object"),
        ({"stage": "mining"}, "stage is not one of"),
        ({"primary": "yes"}, "primary is not true or false"),
        ({"line": -1}, "line is not an integer"),
        ({"line": 4096}, "line is not an integer"),
        ({"line": True}, "line is not an integer"),
        ({"result": {}}, "object of 1 to 64"),
        ({"result": {"offset": "-1"}}, "member name is not one of"),
        ({"result": {"fossilGhgEmissions": 1}}, "plain decimal"),
        ({"result": {"fossilGhgEmissions": "-0"}}, "no minus zero"),
        ({"allocation": {"method": "best", "share": "1"}}, "method is not one of"),
        ({"allocation": {"method": "physical", "share": "101"}}, "percentage"),
        ({"certificate": {"registry": "a", "id": "b", "MWh": "0"}}, "more than zero"),
        ({"evidence": []}, "array of 1 to 64"),
        ({"evidence": [DIGEST, DIGEST]}, "without duplicates"),
        ({"quality": {"technologicalDQR": "1"}}, "lacks geographicalDQR"),
    ],
    ids=str,
)
def test_another_line_is_refused(change: dict[str, Any], reason: str) -> None:
    """Amounts are positive, words are from closed lists."""
    with pytest.raises(Refused, match=reason):
        hidden.line({**LINE, **change}, "it")


POSITIVE = ("fossilGhgEmissions", "biogenicNonCO2Emissions", "landUseChangeGhgEmissions")
MAY_BE_NEGATIVE = (
    *("biogenicCO2Uptake", "landManagementBiogenicCO2Removals", "technologicalCO2Removals"),
    "ccsTechnologicalCO2Capture",
)


@pytest.mark.parametrize("component", POSITIVE)
@pytest.mark.parametrize("stage", ["raw-material", "distribution", "use"])
def test_a_negative_line_is_refused(component: str, stage: str) -> None:
    """An offset has no place to stand, whatever method is named, where no waste arises."""
    line = {**LINE, "stage": stage, "result": {component: "-0.1"}}
    with pytest.raises(Refused, match=f"result.{component} is negative.*an offset has no place"):
        hidden.line(line, "it")


@pytest.mark.parametrize("stage", ["manufacturing", "end-of-life", "recycling"])
def test_a_credit_names_its_method(stage: str) -> None:
    """A waste or co-product line may be negative only with a named allocation method."""
    line = {**LINE, "stage": stage, "result": {"fossilGhgEmissions": "-0.1"}}
    hidden.line(line, "it")
    with pytest.raises(Refused, match="is negative"):
        hidden.line(removed(line, "allocation"), "it")


@pytest.mark.parametrize("component", MAY_BE_NEGATIVE)
def test_uptake_removals_and_capture_may_be_negative(component: str) -> None:
    """PACT's negative components, in any stage, without a method."""
    line = removed({**LINE, "stage": "raw-material", "result": {component: "-1.5"}}, "allocation")
    hidden.line(line, "it")
