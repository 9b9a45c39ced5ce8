"""One disclosed line of an inventory: its members, its source, what may be negative."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema.line import line as check_line
from tests.core.closed_lists import LINE_REQUIRED
from tests.core.full_statements import FULL_LINE
from tests.core.members import inner, objects, paths, removed
from tests.support.statements import DIGEST

LINE = {**FULL_LINE, "line": 3}


@pytest.mark.parametrize("path", [p for p in paths(LINE) if p in LINE_REQUIRED])
def test_a_line_without_a_required_member_is_refused(path: str) -> None:
    """At every level of a line."""
    with pytest.raises(Refused, match=r"it.* lacks"):
        check_line(removed(LINE, path), "it")


def test_every_required_member_of_a_line_was_tried() -> None:
    """The written list and the full line agree; the index is required as well."""
    assert set(LINE_REQUIRED) <= set(paths(LINE))
    with pytest.raises(Refused, match="it lacks line"):
        check_line(FULL_LINE, "it")


@pytest.mark.parametrize(
    "name",
    [
        *("quality", "uncertainty", "allocation", "certificate", "evidence", "electricity"),
        *("removal", "circular", "amount.quantity", "uncertainty.group", "allocation.activity"),
        *("certificate.claim", "removal.stored"),
    ],
)
def test_a_line_s_optional_members_may_be_missing(name: str) -> None:
    """Where there is nothing to say; a member without a value says nothing and is refused."""
    check_line(removed(LINE, name), "it")
    empty, (whole, _, last) = copy.deepcopy(LINE), name.rpartition(".")
    inner(empty, whole)[last] = None
    with pytest.raises(Refused, match=rf"it\.{name}"):
        check_line(empty, "it")


@pytest.mark.parametrize("path", objects(LINE))
@pytest.mark.parametrize("name", ["foreign", "_sd", "..."])
def test_an_unknown_member_of_a_line_is_refused(path: str, name: str) -> None:
    """Closed at every level, the result's component names too."""
    line = copy.deepcopy(LINE)
    inner(line, path)[name] = "1"
    with pytest.raises(Refused, match=r"does not know|member name is not one of"):
        check_line(line, "it")


def source(**members: object) -> dict[str, Any]:
    return {**LINE, "source": members}


CITED = {"issuer": "did:web:a.example", "productId": "urn:example:a"}
PUBLISHED = {
    "published": "0.5",
    "per": "kilogram",
    "component": "fossilGhgEmissions",
    "reference": "Table 1",
}
STREAM = {
    "stream": "coal",
    "direction": "in",
    "mass": {"value": "1", "unit": "kilogram"},
    "carbon": "0.75",
    "biogenicShare": "0",
}


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(source(statement=DIGEST, **CITED), id="statement"),
        pytest.param(source(emission="CO2e", factor=DIGEST, **CITED), id="emission"),
        pytest.param(source(gas="CH4_fossil", set="AR5"), id="gas"),
        pytest.param(source(**PUBLISHED), id="published"),
        pytest.param(source(balance=[STREAM]), id="balance"),
        pytest.param(
            source(landUseChange={"before": "60", "after": "40", "years": 20}), id="land use"
        ),
        pytest.param(
            source(
                landUseChange={
                    "before": "60",
                    "after": "40",
                    "years": 100,
                    "harvestPeriod": "oak, felled at a hundred years",
                }
            ),
            id="a long harvest period",
        ),
    ],
)
def test_the_sources_are_read(line: dict[str, Any]) -> None:
    """Each kind of source, and nothing of it missing."""
    check_line(line, "it")
    for name in line["source"]:
        with pytest.raises(Refused, match=r"it.source"):
            check_line(source(**removed(line["source"], name)), "it")


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
            source(landUseChange={"before": "60", "after": "40", "years": 21}),
            "without a harvestPeriod",
            id="years-of-no-harvest",
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
        pytest.param(
            source(**{**PUBLISHED, "component": []}), "component is not one of", id="list"
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
        pytest.param(source(gas="CO2", set="AR3"), "set is not one of AR4, AR5", id="set"),
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
        check_line(line, "it")


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
        ({"line": 8192}, "line is not an integer"),
        ({"line": True}, "line is not an integer"),
        ({"circular": {**LINE["circular"], "A": "1.1"}}, "A is not a share from 0 to 1"),
        ({"circular": {**LINE["circular"], "term": "avoided"}}, "where and only where"),
        ({"amount": {"value": "1", "unit": "kilogram", "quantity": {}}}, "at least one of"),
        ({"electricity": "green"}, "electricity is not one of"),
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
        check_line({**LINE, **change}, "it")


POSITIVE = (
    *("fossilGhgEmissions", "biogenicNonCO2Emissions", "landUseChangeGhgEmissions"),
    *("biogenicCO2Emissions", "aircraftGhgEmissions"),
)
REMOVED = (
    *("landManagementBiogenicCO2Removals", "technologicalCO2Removals"),
    "ccsTechnologicalCO2Capture",
)
NEGATIVE = (*REMOVED, "biogenicCO2Uptake", "substitutionCredits")
STAGES = ("raw-material", "manufacturing", "end-of-life", "use")


@pytest.mark.parametrize("component", POSITIVE)
@pytest.mark.parametrize("stage", STAGES)
def test_an_emission_is_never_negative(component: str, stage: str) -> None:
    """Whatever method is named: a credit is a component of its own, an offset is none."""
    line = {**LINE, "stage": stage, "result": {component: "-0.1"}}
    with pytest.raises(Refused, match=f"result.{component} is negative.*an offset has no place"):
        check_line(line, "it")


@pytest.mark.parametrize("component", NEGATIVE)
def test_what_is_taken_off_is_never_positive(component: str) -> None:
    """A removal with another sign would be an emission that no gross shows."""
    check_line({**LINE, "result": {component: "-1.5"}}, "it")
    with pytest.raises(Refused, match=f"result.{component} is positive, and it is taken off"):
        check_line({**LINE, "result": {component: "1.5"}}, "it")


@pytest.mark.parametrize("value", ["-0.1", "0", "0.1"])
def test_a_publication_s_difference_has_either_sign(value: str) -> None:
    """A total that is printed lower than its parts has a negative one."""
    check_line({**LINE, "result": {"publicationDifference": value}}, "it")
    with pytest.raises(Refused, match=r"it\.result\.publicationDifference is not a plain decimal"):
        check_line({**LINE, "result": {"publicationDifference": f"+{value}"}}, "it")


def credit(**changes: Any) -> dict[str, Any]:
    line = removed(LINE, "circular")
    return {
        **line,
        "source": {**PUBLISHED, **changes.pop("source", {})},
        "allocation": {"method": "substitution"},
        "result": {"substitutionCredits": "-1.25"},
        **changes,
    }


def test_a_credit_displaces_a_burden() -> None:
    """A statement or a published figure, as a positive burden; nothing is credited otherwise."""
    check_line(credit(), "it")
    check_line(credit(source={"component": "substitutionCredits"}), "it")
    check_line({**credit(), "source": {"statement": DIGEST, **CITED}}, "it")
    for figure in ("-0.5", "0"):
        with pytest.raises(Refused, match="published is not more than zero") as caught:
            check_line(credit(source={"published": figure}), "it")
        assert "positive figure" in str(caught.value.remedy)
    for other in ({"gas": "CO2", "set": "AR6"}, {"balance": [STREAM]}):
        with pytest.raises(Refused, match="source is not a statement or a published figure"):
            check_line({**credit(), "source": other}, "it")
    with pytest.raises(Refused, match="is substitutionCredits without substitution"):
        check_line(removed(credit(source={"component": "substitutionCredits"}), "allocation"), "it")


@pytest.mark.parametrize("component", REMOVED)
@pytest.mark.parametrize("origin", [LINE["source"], PUBLISHED], ids=["gas", "published"])
def test_a_removal_has_evidence(component: str, origin: dict[str, Any]) -> None:
    """Whoever removes CO2 says how and by what evidence; but for land, also what is stored."""
    line = {**LINE, "source": origin, "result": {component: "-1.5"}}
    check_line(line, "it")
    with pytest.raises(Refused, match=rf"it removes CO2 \({component}\) and lacks removal"):
        check_line(removed(line, "removal"), "it")
    bare = removed(line, "removal.stored")
    if component == "landManagementBiogenicCO2Removals":
        check_line(bare, "it")
        return
    with pytest.raises(Refused, match=r"it.removal lacks stored"):
        check_line(bare, "it")


@pytest.mark.parametrize("component", REMOVED)
def test_what_an_input_removes_is_its_own_to_show(component: str) -> None:
    """A line that cites a footprint carries its removals on; their evidence stands there."""
    bare = removed({**LINE, "result": {component: "-1.5"}}, "removal")
    check_line({**bare, "source": {"statement": DIGEST, **CITED}}, "it")
    with pytest.raises(Refused, match=rf"it removes CO2 \({component}\) and lacks removal"):
        check_line({**bare, "source": LINE["source"]}, "it")
