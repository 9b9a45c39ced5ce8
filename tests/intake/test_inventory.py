"""Inventory files: three formats, one draft; every problem at once, each with its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from rootprint.ledger.core.errors import Refused, TooLarge
from rootprint.ledger.intake import InventoryProblems, compose, parse_inventory
from tests.intake.drafts import PRODUCT, gas, line, parsed, problems, product
from tests.support.world import World

FIRST_STEPS = Path(__file__).resolve().parents[2] / "examples" / "first-steps"
BROKEN = b"""kind: FootprintStatement
issuer: did:web:maker.example
role: product
role: factor
validFrom: 2025-01-01
validUntil: "2027-12-31T23:59:59Z"
productIds: ["urn:example:part"]
productNameCompany: "Part"
productDescription: "A part"
boundary: cradle-to-gate
basis: life-cycle
pcf:
  declaredUnitOfMeasurement: kilogram
  declaredUnitAmount: 1.5
  referencePeriodStart: "2025-01-01T00:00:00Z"
  referencePeriodEnd: "2024-01-01T00:00:00Z"
  geographyCountry: NO
inventory:
  - stage: maufacturing
    description: "Melting"
    amount: {value: "1,5", unit: kWh}
    source: {gas: CH4, set: AR6}
    primary: yes
  - {stage: use, descripton: "y", amount: {value: "1", unit: kWh}, primary: true,
     source: {gas: CO2, set: AR6}}
"""


def example(suffix: str) -> Any:
    name = f"bracket.{suffix}"
    return parse_inventory((FIRST_STEPS / name).read_bytes(), where=name)


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_the_three_formats_give_the_same_draft(suffix: str) -> None:
    world = World()
    power = world.publish(
        world.factor("power", includesTransmission=True, pcf=per("kilowatt hour"))
    )
    one, other = (
        compose(example(each), "did:web:x.example", lambda _: power) for each in ("yaml", suffix)
    )
    assert one == other
    assert one["credentialSubject"]["pcf"]["pcfExcludingBiogenicUptake"] == "2.287"


def per(unit: str) -> dict[str, str]:
    return {"declaredUnitOfMeasurement": unit}


def test_every_problem_of_a_file_is_reported_at_once_with_its_place() -> None:
    with pytest.raises(InventoryProblems) as caught:
        parse_inventory(BROKEN, where="part.yaml")
    places = {(one.line, one.column, one.member) for one in caught.value.problems}
    assert places >= {
        (4, 1, "role"),
        (5, 12, "validFrom"),
        (14, 23, "pcf.declaredUnitAmount"),
        (16, 23, "pcf.referencePeriodEnd"),
        (17, 21, "pcf.geographyCountry"),
        (19, 12, "inventory.1.stage"),
        (21, 21, "inventory.1.amount.value"),
        (22, 19, "inventory.1.source.gas"),
        (23, 14, "inventory.1.primary"),
        (24, 30, "inventory.2.descripton"),
    }
    assert all(one.remedy for one in caught.value.problems)


def test_the_problems_are_one_readable_list() -> None:
    with pytest.raises(InventoryProblems) as caught:
        parse_inventory(BROKEN, where="part.yaml")
    first, *rest = str(caught.value).splitlines()
    assert first == f"part.yaml has {len(rest)} problems:"
    assert rest == [f"  {one}" for one in caught.value.problems]
    assert (
        "  part.yaml:21:21: inventory.1.amount.value is not a plain decimal in a string, at most"
        " 34 significant digits, no minus zero — write the decimal point as a point, and no"
        " thousands separator" in rest
    )


def test_one_problem_is_one_sentence() -> None:
    with pytest.raises(InventoryProblems) as caught:
        parsed(product(gas(), digits=2))
    assert str(caught.value) == (
        "part.yaml:27:9: digits is not an integer from 3 to 30 — correct it there"
    )
    assert isinstance(caught.value, Refused)


def test_a_message_never_shows_what_a_member_holds() -> None:
    with pytest.raises(InventoryProblems) as caught:
        parsed(product(gas(value="secret-recipe"), issuer=7))
    assert "secret-recipe" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("pcfExcludingBiogenicUptake", "1"),
        ("primaryDataShare", "100"),
        ("fossilGhgEmissions", "1"),
        ("dqi", {}),
    ],
)
def test_what_the_lines_give_cannot_be_given_beside_them(name: str, value: Any) -> None:
    found = problems(product(gas(), pcf={name: value}))
    assert found == {f"pcf.{name}": "is computed from the lines — leave it out"}


def test_a_product_without_lines_is_refused_and_a_factor_is_not() -> None:
    assert "has no line to compose" in problems(PRODUCT)["inventory"]
    factor = (FIRST_STEPS / "electricity.yaml").read_bytes()
    assert parse_inventory(factor, where="electricity.yaml").lines == ()


def test_geography_is_asked_for_also_where_other_things_are_wrong() -> None:
    value = product(gas(), digits=1)
    del value["pcf"]["geographyCountry"]
    assert problems(value).keys() == {"digits", "pcf"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"a: &x [1]\nb: *x\n", "b is an alias"),
        (b"a: !!python/object:os.system x\n", "a has a tag"),
        (b"a: 1\n---\nb: 2\n", "holds a second document"),
        (b"a: [1\n", "^x.yaml:2:1: is not YAML here"),
        (b"- a\n", "is not a mapping of members"),
        (b"", "^x.yaml:1:1: is empty"),
        (b"\xff\xfe\xfa", "^x.yaml:1:1: is not UTF-8"),
        (b"a: 1\nb: \xff\n", "^x.yaml:2:1: is not UTF-8 — save it as text in UTF-8"),
        (b"a: 1_000\n", "a is an unquoted number"),
        (b"? [a]\n: 1\n", "is no member name"),
    ],
)
def test_what_yaml_could_hide_is_refused(text: bytes, message: str) -> None:
    with pytest.raises(InventoryProblems, match=message):
        parse_inventory(text, where="x.yaml")


def test_files_are_bounded() -> None:
    with pytest.raises(TooLarge, match="longer than 8388608 bytes"):
        parse_inventory(b" " * (8 * 1024 * 1024 + 1), where="x.yaml")
    with pytest.raises(TooLarge, match="deeper than 16 levels"):
        parse_inventory(b"a: " + b"[" * 1000, where="x.yaml")
    with pytest.raises(TooLarge, match="more than 400000 values"):
        parse_inventory(b"a: [" + b"x," * 400_000 + b"]", where="x.yaml")
    many = yaml.safe_dump(product(*[gas()] * 8193)).encode()
    with pytest.raises(InventoryProblems, match="is not a list of 1 to 8192 lines"):
        parse_inventory(many, where="x.yaml")


def test_several_inputs_that_are_not_named_are_reported_together() -> None:
    value = product(line({"input": "steel"}), gas(), line({"input": "coal"}))

    def resolve(name: str) -> Any:
        message = f"it is not said what {name} is"
        raise Refused(message)

    with pytest.raises(Refused) as caught:
        compose(parsed(value), "did:web:x.example", resolve)
    assert str(caught.value).splitlines() == [
        "part.yaml has 2 problems:",
        "  part.yaml:35:12: inventory.1.source.input is not usable: it is not said what steel is",
        "  part.yaml:52:12: inventory.3.source.input is not usable: it is not said what coal is",
    ]


def test_a_file_is_read_by_what_it_holds_not_by_its_name() -> None:
    for suffix in ("csv", "xlsx", "yaml"):
        data = (FIRST_STEPS / f"bracket.{suffix}").read_bytes()
        assert parse_inventory(data, where="-").lines == example("yaml").lines
