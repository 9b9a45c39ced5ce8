"""What is wrong with any line is reported at once, in the list that a broken file gives."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import yaml

from rootprint.ledger.core.errors import NotAuthorised, NotFound
from rootprint.ledger.intake import InventoryProblems, compose, parse_inventory
from rootprint.ledger.intake.linefaults import LineProblems
from tests.intake.drafts import PRODUCT, gas, line, product
from tests.intake.test_inventory import FIRST_STEPS
from tests.support.world import SUPPLIER, World

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.core.statement import Statement

Flat = dict[str, str]


@pytest.fixture(scope="module")
def inputs() -> dict[str, Statement]:
    """A factor that fits, and three that don't."""
    world = World()
    old = {
        "referencePeriodStart": "2000-01-01T00:00:00Z",
        "referencePeriodEnd": "2001-01-01T00:00:00Z",
    }
    ar5 = [{"set": "AR5", "share": "100.0000"}]
    return {
        "fuel": world.publish(world.factor("fuel")),
        "grave": world.publish(world.factor("grave", boundary="cradle-to-grave")),
        "direct": world.publish(world.factor("direct", basis="direct-only")),
        "old": world.publish(world.factor("old", pcf=old)),
        "ar5": world.publish(world.factor("ar5", characterizationSets=ar5)),
    }


def flat(value: Any, name: str = "") -> Flat:
    """Members as tables name them."""
    if isinstance(value, dict):
        parts = [(f"{name}.{key}" if name else key, one) for key, one in value.items()]
    elif isinstance(value, list):
        parts = [(f"{name}.{number}", one) for number, one in enumerate(value, 1)]
    else:
        return {name: str(value).lower() if isinstance(value, bool) else str(value)}
    return {key: text for part, one in parts for key, text in flat(one, part).items()}


def tables(value: dict[str, Any]) -> tuple[list[list[str]], list[list[str]]]:
    """The head's rows and the activity table's."""
    head = flat({name: one for name, one in value.items() if name != "inventory"})
    lines = [flat(one) for one in value["inventory"]]
    columns = list(dict.fromkeys(name for one in lines for name in one))
    rows = [columns, *([one.get(name, "") for name in columns] for one in lines)]
    return [["member", "value"], *([name, text] for name, text in head.items())], rows


def as_yaml(value: dict[str, Any]) -> bytes:
    return yaml.safe_dump(value, sort_keys=False).encode()


def as_csv(value: dict[str, Any]) -> bytes:
    head, rows = tables(value)
    file = io.StringIO()
    csv.writer(file).writerows([*head, [], *rows])
    return file.getvalue().encode()


def as_xlsx(value: dict[str, Any]) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    for sheet, rows in zip(("head", "inventory"), tables(value), strict=True):
        place = book.create_sheet(sheet)
        for row in rows:
            place.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def refused(data: bytes, inputs: dict[str, Statement], where: str) -> LineProblems:
    def resolve(name: str) -> Statement:
        if name == "stranger":
            message = "its issuer is suspended"
            raise NotAuthorised(message, remedy="cite another")
        if name not in inputs:
            message = f"it is not said which statement the input {name!r} is"
            raise NotFound(message, remedy=f"give --input {name}=sha256:…")
        return inputs[name]

    with pytest.raises(LineProblems) as caught:
        compose(parse_inventory(data, where=where, patient=True), SUPPLIER, resolve)
    return caught.value


@pytest.mark.parametrize(
    ("write", "where", "places"),
    [
        (as_yaml, "x.yaml", ["x.yaml:33:11", "x.yaml:43:12", "x.yaml:51:10"]),
        (as_csv, "x.csv", ["x.csv:27:4", "x.csv:28:5", "x.csv:29:7"]),
        (as_xlsx, "x.xlsx", ["x.xlsx inventory!D2", "x.xlsx inventory!E3", "x.xlsx inventory!G4"]),
    ],
    ids=["yaml", "csv", "xlsx"],
)
def test_three_faults_in_three_lines_are_one_list(
    inputs: dict[str, Statement],
    write: Callable[[dict[str, Any]], bytes],
    where: str,
    places: list[str],
) -> None:
    """Two that only composing finds and one that reading does, each with place and remedy."""
    value = product(
        line({"input": "fuel"}, unit="kWh"), line({"input": "direct"}), gas("zzzzzz"), gas()
    )
    error = refused(write(value), inputs, where)
    said = [
        "inventory.1.amount.unit is not usable: kilowatt hour (energy) can't be converted to kilog",
        "inventory.2.source.input does not fit: its basis is direct-only, and a line other than an",
        "inventory.3.source.gas has no GWP in the table — state it by ",
    ]
    head, *answer = str(error).splitlines()
    assert head == f"{where} has 3 problems:"
    for one, place, words in zip(answer, places, said, strict=True):
        assert one.startswith(f"  {place}: {words}")
        assert " — " in one
    in_json = error.json()
    assert in_json["code"] == "inventory"
    assert [one["member"] for one in in_json["problems"]] == [words.split(" ")[0] for words in said]


def test_every_kind_of_fault_is_reported_beside_the_others(inputs: dict[str, Statement]) -> None:
    amount = {"value": "1", "unit": "bushel"}
    value = product(
        line({"input": "nobody"}),
        line({"input": "old"}),
        line({"input": "ar5"}),
        line({"input": "direct"}, unit="kWh"),
        line({"emission": "CO2e", "factor": "fuel"}),
        gas(amount=amount),
        gas(value="-1"),
        line({"input": "fuel"}),
    )
    answer = {one.member: one.what for one in refused(as_yaml(value), inputs, "x.yaml").problems}
    assert {name: what[:32] for name, what in answer.items()} == {
        "inventory.1.source.input": "is not usable: it is not said wh",
        "inventory.2.source.input": "does not fit: its reference peri",
        "inventory.3.source.input": "rests on AR5, and pcf.ipccCharac",
        "inventory.4.source.input": "does not fit: its basis is direc",
        "inventory.4.amount.unit": "is not usable: kilowatt hour (en",
        "inventory.5.source.factor": "does not fit: its basis is life-",
        "inventory.6.amount.unit": "is not usable: unit 'bushel' is ",
        "inventory.7.amount.value": "is not zero or positive",
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"boundary": "gate"},
        {"basis": None},
        {"validUntil": "2020-01-01T00:00:00Z"},
        {"role": "produkt"},
        {"digits": 2},
        {"pcf.geographyCountry": "Atlantis"},
        {"pcf.geographyCountry": None},
        {"pcf.referencePeriodStart": "2024"},
        {"pcf.referencePeriodEnd": "2020-01-01T00:00:00Z"},
        {"pcf.ipccCharacterizationFactors": "AR6"},
        {"pcf.declaredUnitAmount": "0"},
        {"pcf": None},
    ],
    ids=str,
)
def test_a_fault_of_the_head_is_reported_beside_those_of_composing(
    inputs: dict[str, Statement], changes: dict[str, Any]
) -> None:
    """What a faulty member would decide is not reported of an input: grave and old may fit."""
    value = product(
        line({"input": "nobody"}, "0,75"),
        line({"input": "direct"}, stage="melting"),
        line({"input": "fuel"}, unit="kWh"),
        line({"input": "grave" if "boundary" in changes else "fuel"}),
        line({"input": "ar5"}),
    )
    for name, given in changes.items():
        group, _, member = name.rpartition(".")
        place = value[group] if group else value
        place[member] = given
        if given is None:
            del place[member]
    answer = {one.member for one in refused(as_yaml(value), inputs, "x.yaml").problems}
    silent = {"pcf", "pcf.ipccCharacterizationFactors"} & changes.keys()
    by_lines = {
        "inventory.1.amount.value",
        "inventory.1.source.input",
        "inventory.2.stage",
        "inventory.2.source.input",
        "inventory.3.amount.unit",
        *(() if silent else ("inventory.5.source.input",)),
    }
    head = "pcf" if changes == {"pcf.geographyCountry": None} else next(iter(changes))
    assert answer == {head, *by_lines}


def test_who_composes_must_be_readable_first() -> None:
    value = {**product(line({"input": "nobody"})), "issuer": ""}
    with pytest.raises(InventoryProblems) as caught:
        parse_inventory(as_yaml(value), where="x.yaml", patient=True)
    assert [one.member for one in caught.value.problems] == ["issuer"]


def test_the_broken_example_has_its_unnamed_input_too() -> None:
    data = (FIRST_STEPS / "broken.csv").read_bytes()
    answer = [one.member for one in refused(data, {}, "x.csv").problems]
    assert "inventory.1.source.input" in answer
    assert len(answer) == 8


def test_an_amount_too_long_is_reported_where_it_was_written() -> None:
    """Bug: the fault was of ``result``, a member that the file has not, to be corrected there."""
    (answer,) = refused(as_yaml(product(gas(value="9" * 34))), {}, "x.yaml").problems
    assert answer.member == "inventory.1.amount.value"
    assert "check amount and unit" in answer.remedy


def test_nothing_is_composed_of_a_file_whose_only_line_is_faulty(
    inputs: dict[str, Statement],
) -> None:
    """It must not pass for a factor without lines."""
    error = refused(as_yaml(product(gas("zzzzzz"))), inputs, "x.yaml")
    assert [one.member for one in error.problems] == ["inventory.1.source.gas"]


def test_each_fault_keeps_its_kind(inputs: dict[str, Statement]) -> None:
    """By it the command line chooses its exit code."""
    value = product(line({"input": "stranger"}), line({"input": "nobody"}))
    error = refused(as_yaml(value), inputs, "x.yaml")
    assert [type(one) for one in error.errors] == [NotAuthorised, NotFound]


def test_a_line_that_was_made_by_a_program_is_judged_too(inputs: dict[str, Statement]) -> None:
    """It was never in a file; a verifier would refuse it all the same."""
    whole = parse_inventory(as_yaml(product(gas(), gas())), where="")
    made = [{**whole.lines[0], "colour": "red"}, {**whole.lines[1], "stage": "lunch"}]
    broken = type(whole)(
        SUPPLIER, PRODUCT["validFrom"], PRODUCT["validUntil"], 12, 6, tuple(made), whole.subject
    )
    with pytest.raises(LineProblems) as caught:
        compose(broken, SUPPLIER, inputs.__getitem__)
    assert [one.member for one in caught.value.problems] == [
        "inventory.1.colour",
        "inventory.2.stage",
    ]
