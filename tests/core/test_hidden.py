"""Disclosures: each opens one slot of this statement, and its value keeps the slot's rule."""

from __future__ import annotations

import copy
from fractions import Fraction
from typing import Any

import pytest

from calc.totals import excluding_uptake
from ledger.core.errors import NotCanonical, Refused
from ledger.core.keys import SigningKey
from ledger.core.schema import footprint, hidden
from ledger.core.sdjwt import disclose, placeholder
from ledger.core.seal import seal
from ledger.core.statement import Statement, parse_statement
from tests.core.closed_lists import (
    FULL_LINE,
    HIDDEN_REQUIRED,
    LINE_REQUIRED,
    full,
    inner,
    objects,
    paths,
    removed,
)
from tests.support import statements
from tests.support.statements import DIGEST, LOG, gas_line, raw, sign_raw

KEY = SigningKey.generate()
FULL = seal(full("product"), KEY, LOG)
LINE = {**FULL_LINE, "line": 3}
VALUES = {
    name: value
    for name, value in full("product")["credentialSubject"].items()
    if name in {"stages", "gases", "uncertainty", "producedAmount", "evidence"}
}


def opening(
    lines: dict[int, Any], shape: object = None, *, size: int = 8, key: SigningKey = KEY
) -> Statement:
    """Sign an inventory whose slots open to these lines, and a shape that opens to that."""
    header, payload = raw(FULL)
    slots = list(payload["credentialSubject"]["inventory"][:size])
    disclosures = []
    for place, line in lines.items():
        disclosure = disclose(line)
        slots[place] = placeholder(disclosure.digest)
        disclosures.append(disclosure.encoded)
    payload["credentialSubject"]["inventory"] = slots
    if shape is not None:
        disclosure = disclose(shape)
        payload["credentialSubject"]["inventoryShape"] = [placeholder(disclosure.digest)]
        disclosures.append(disclosure.encoded)
    return parse_statement(sign_raw(header, payload, key, tuple(disclosures)))


def with_disclosures(*encoded: str) -> Statement:
    return Statement(FULL.envelope, encoded)


def test_the_envelope_is_read_without_looking_at_disclosures() -> None:
    """Check 1 and check 6 fail apart: what does not open is asked for later."""
    statement = parse_statement(FULL.bare.text + "AAAA~")
    statement.verify(KEY.public)
    with pytest.raises(NotCanonical, match="disclosure"):
        _ = statement.opened


def test_a_disclosure_of_another_statement_is_refused() -> None:
    """Even of the same draft: salts differ."""
    other = seal(full("product"), KEY, LOG)
    for encoded in other.disclosures:
        with pytest.raises(Refused, match="opens no placeholder of this statement"):
            _ = with_disclosures(encoded).opened
    mixed = [*FULL.disclosures[:-1], other.disclosures[-1]]
    with pytest.raises(Refused, match="opens no placeholder of this statement"):
        _ = with_disclosures(*mixed).opened


def test_a_disclosure_on_a_statement_without_slots_is_refused() -> None:
    """An assurance or status statement hides nothing, so nothing can be left over."""
    for draft in (statements.assurance(), statements.status()):
        statement = seal(draft, KEY, LOG)
        assert statement.opened.sources == {}
        with pytest.raises(Refused, match="opens no placeholder"):
            _ = Statement(statement.envelope, FULL.disclosures[:1]).opened


@pytest.mark.parametrize("number", range(len(FULL.disclosures)))
def test_a_disclosure_twice_is_refused(number: int) -> None:
    """Whichever it is, next to itself or at the end."""
    with pytest.raises(Refused, match=r"\[\d\] is disclosed twice"):
        _ = with_disclosures(*FULL.disclosures, FULL.disclosures[number]).opened


def test_order_of_disclosures_does_not_matter() -> None:
    """Places are found by digest."""
    assert with_disclosures(*reversed(FULL.disclosures)).opened.lines == FULL.opened.lines


@pytest.mark.parametrize("number", range(len(FULL.disclosures)))
def test_a_changed_disclosure_opens_nothing(number: int) -> None:
    """Any changed character: another digest, or no longer canonical."""
    encoded = FULL.disclosures[number]
    for place in range(0, len(encoded), 7):
        other = encoded[:place] + ("A" if encoded[place] != "A" else "B") + encoded[place + 1 :]
        with pytest.raises(Refused, match=r"opens no placeholder|disclosure|salt|deeper"):
            _ = with_disclosures(other).opened


def test_a_published_figure_is_of_a_component_that_a_total_adds() -> None:
    """Bug: 113 kg flown stood beside a total of 0.412 kg, and everything verified."""
    source = {"published": "1.13", "per": "ton kilometer", "reference": "a table, its row"}
    for component in footprint.COMPONENTS:
        line = {**LINE, "source": {**source, "component": component}}
        if component in footprint.ADDED:
            assert opening({3: line}, [3]).opened.complete
            continue
        with pytest.raises(Refused, match="is a part of fossilGhgEmissions") as caught:
            _ = opening({3: line}, [3]).opened
        assert caught.value.remedy == "give the line as gas CO2_aircraft, or as fossilGhgEmissions"
    added = sum(excluding_uptake({name: Fraction(1)}) for name in footprint.ADDED)
    assert added == len(footprint.ADDED) - 1  # all but the uptake, which the other total adds


def test_a_line_says_where_it_stands() -> None:
    """Its index is signed inside it; another place is refused."""
    assert opening({3: LINE}, [3]).opened.complete
    for place in (0, 2, 7):
        with pytest.raises(Refused, match=rf"inventory\[{place}\] says that it is line 3"):
            _ = opening({place: LINE}).opened


@pytest.mark.parametrize("shape", [[8], [3, 8], [4095]])
def test_a_shape_beyond_the_inventory_is_refused(shape: list[int]) -> None:
    """It names slots that exist."""
    with pytest.raises(Refused, match="names a line beyond the inventory"):
        _ = opening({}, shape).opened


@pytest.mark.parametrize("shape", [[], [2], [0, 4]])
def test_a_line_outside_the_shape_is_refused(shape: list[int]) -> None:
    """Otherwise an issuer could show an extra line to one buyer only."""
    with pytest.raises(Refused, match="not one of those that inventoryShape names"):
        _ = opening({3: LINE}, shape).opened


@pytest.mark.parametrize(
    ("shape", "reason"),
    [
        ([3, 3], "an array of rising indices"),
        ([4, 3], "an array of rising indices"),
        ([-1], "an integer from 0"),
        ([4096], "an integer from 0"),
        (["3"], "an integer from 0"),
        ([True], "an integer from 0"),
        ([None], "an integer from 0"),
        ({"3": 3}, "an array of 0"),
        (3, "an array of 0"),
        ("3", "an array of 0"),
    ],
    ids=repr,
)
def test_a_shape_is_rising_indices(shape: object, reason: str) -> None:
    """Integers in order, each once."""
    with pytest.raises(Refused, match=rf"inventoryShape\[0\].* is not {reason}"):
        _ = opening({}, shape).opened


def test_an_empty_inventory_is_never_complete() -> None:
    """Its sum would be zero and its arithmetic true: so it counts as not shown."""
    opened = opening({}, []).opened
    assert opened.shape == ()
    assert not opened.complete


def test_an_item_of_one_place_does_not_open_another() -> None:
    """A value is judged by the rule of the slot that holds its digest."""
    header, payload = raw(FULL)
    disclosure = disclose(VALUES["stages"])
    payload["credentialSubject"]["producedAmount"] = [placeholder(disclosure.digest)]
    statement = parse_statement(sign_raw(header, payload, KEY, (disclosure.encoded,)))
    with pytest.raises(Refused, match=r"producedAmount\[0\] lacks value"):
        _ = statement.opened


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


@pytest.mark.parametrize("name", sorted(VALUES))
def test_the_other_hidden_members_are_closed_too(name: str) -> None:
    """Required members, unknown members, at every level of each hidden value."""
    value = VALUES[name][0] if name == "evidence" else VALUES[name]
    hidden.OPENED[name](value, name)
    for path in paths(value):
        if f"{name}.{path}" in HIDDEN_REQUIRED:
            with pytest.raises(Refused, match="lacks"):
                hidden.OPENED[name](removed(value, path), name)
        elif len(value) > 1:
            hidden.OPENED[name](removed(value, path), name)
    for path in objects(value) if name != "gases" else []:  # gases: whatever they are called
        foreign = copy.deepcopy(value)
        inner(foreign, path)["foreign"] = "1"
        with pytest.raises(Refused, match=r"does not know|member name is not one of"):
            hidden.OPENED[name](foreign, name)
    for wrong in (None, [], "text", 1, {}, [value]):
        with pytest.raises(Refused, match=name):
            hidden.OPENED[name](wrong, name)


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


def test_a_spoilt_line_is_refused_when_opened_and_not_before() -> None:
    """Signed nonsense behind a placeholder surfaces with its place."""
    statement = opening({3: {**LINE, "primary": "yes"}}, [3])
    statement.verify(KEY.public)
    with pytest.raises(Refused, match=r"inventory\[3\].primary is not true or false"):
        _ = statement.opened


def test_two_inventories_can_t_be_signed_for_two_buyers() -> None:
    """One shape slot, one slot a place: whichever lines are shown, they are the ones signed."""
    one, two = gas_line("1", line=0), gas_line("9", line=0)
    statement = opening({0: one}, [0])
    other = disclose(two)
    forged = Statement(statement.envelope, (other.encoded, *statement.disclosures[1:]))
    with pytest.raises(Refused, match="opens no placeholder"):
        _ = forged.opened
