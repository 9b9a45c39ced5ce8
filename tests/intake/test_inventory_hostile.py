"""Whatever stands in a file, the answer is an inventory or a refusal with its place."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from rootprint.calc.errors import RootprintError
from rootprint.ledger.intake import InventoryProblems, parse_inventory
from tests.intake.drafts import PRODUCT, gas, line, product

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rootprint.ledger.intake.inventory import Problem

FIRST_STEPS = Path(__file__).resolve().parents[2] / "examples" / "first-steps"
OUTPUT = {
    "amount": {"value": "3", "unit": "kg"},
    "economic": {"value": "1", "currency": "EUR"},
    "physical": {"value": "1", "unit": "MJ"},
}
WHOLE = product(
    line(
        {"input": "x"},
        "3",
        "t",
        output="a",
        quality=dict.fromkeys(("technologicalDQR", "geographicalDQR", "temporalDQR"), "2"),
        uncertainty={
            "distribution": "lognormal",
            "statedValue": "3",
            "geometricStandardDeviation": "1.2",
        },
    ),
    line(
        {"input": "lorry"},
        amount=None,
        transport={"mass": {"value": "1", "unit": "t"}, "distance": {"value": "3", "unit": "km"}},
    ),
    line(
        {"input": "power"},
        "10",
        "kWh",
        electricity="contract",
        certificate={"registry": "r", "id": "i", "MWh": "3"},
    ),
    line(
        {"published": "1", "per": "kg", "component": "fossilGhgEmissions", "reference": "r"},
        defaultFor="x",
    ),
    line({"emission": "CO2e", "factor": "x"}, "10", "kWh"),
    gas(),
    process={
        "name": "n",
        "outputs": [{"name": "a", **OUTPUT}, {"name": "b", "productId": "urn:x-y:b", **OUTPUT}],
        "product": "a",
        "allocation": {"method": "economic", "reason": "r"},
        "yield": "0.9",
    },
    producedAmount={"value": "1", "unit": "t"},
    evidence=[{"digest": "sha256:" + "5a" * 32, "type": "invoice"}],
)
FACTOR: dict[str, Any] = {
    **PRODUCT,
    "role": "factor",
    "reference": "r",
    "licence": "l",
    "gases": {"CO2": "1"},
    "characterizationSets": [{"set": "AR6", "share": "100"}],
    "pcf": {
        **PRODUCT["pcf"],
        "fossilGhgEmissions": "1",
        "pcfExcludingBiogenicUptake": "1",
        "pcfIncludingBiogenicUptake": "1",
        "primaryDataShare": "0",
    },
}
NOTHING = [None, 0, -1, True, "", [], {}, [[]], [None], [{}], ["x"], {"x": "y"}]
WORDS = ["x", "0", "-1", "1e5", "kg", "kWh", "AR5", "economic", "subdivision", "a", "9" * 39]
JUNK = st.sampled_from([*NOTHING, *WORDS, {"value": "1"}, 10**30])


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    parts = value.items() if isinstance(value, dict) else enumerate(value)
    for step, part in parts if isinstance(value, (dict, list)) else ():
        if isinstance(part, (dict, list)):
            yield from paths(part, (*path, step))
        else:
            yield (*path, step)


WHOLE, FACTOR = (json.loads(json.dumps(one)) for one in (WHOLE, FACTOR))  # nothing shared
PLACES = [(whole, path) for whole in (WHOLE, FACTOR) for path in paths(whole)]


def problems_of(data: bytes) -> tuple[Problem, ...]:
    """None where the file is sound; any error but the refusal fails the test."""
    try:
        parse_inventory(data, where="x.yaml")
    except InventoryProblems as error:
        return error.problems
    return ()


def test_the_whole_files_are_sound() -> None:
    for whole in (WHOLE, FACTOR):
        parse_inventory(yaml.safe_dump(whole).encode(), where="x.yaml")


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(PLACES), JUNK, st.booleans())
def test_one_wrong_member_is_reported_at_its_line_or_is_sound(
    place: tuple[dict[str, Any], tuple[Any, ...]],
    junk: Any,
    leave_out: bool,  # noqa: FBT001 - a parameter of the case
) -> None:
    whole, path = place
    value = node = copy.deepcopy(whole)
    for step in path[:-1]:
        node = node[step]
    if leave_out:
        del node[path[-1]]
    else:
        node[path[-1]] = copy.deepcopy(junk)
    data = yaml.safe_dump(value, sort_keys=False).encode()
    for problem in problems_of(data):
        assert 1 <= problem.line <= data.count(b"\n")
        assert problem.what
        assert problem.remedy


@pytest.mark.parametrize("suffix", ["csv", "yaml", "xlsx"])
@settings(max_examples=80, deadline=None)
@given(st.data())
def test_flipped_bytes_are_refused_or_read(suffix: str, data: st.DataObject) -> None:
    text = bytearray((FIRST_STEPS / f"bracket.{suffix}").read_bytes())
    at = data.draw(st.integers(0, len(text) - 1))
    text[at : at + data.draw(st.integers(0, 12))] = data.draw(st.binary(max_size=3))
    try:
        parse_inventory(bytes(text), where=f"x.{suffix}")
    except RootprintError as error:
        assert str(error)  # noqa: PT017 - either answer will do


@pytest.mark.parametrize("name", ["1", "01", "0", "9" * 5000, "productIds." + "9" * 5000, "a..b"])
def test_a_member_name_that_is_no_name_is_refused(name: str) -> None:
    text = f"member,value\n{name},x\n"
    with pytest.raises(InventoryProblems) as caught:
        parse_inventory(text.encode(), where="x.csv")
    assert any(one.line == 2 for one in caught.value.problems)
