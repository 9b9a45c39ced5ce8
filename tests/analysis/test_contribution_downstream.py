"""What changes upwards from a footprint: held against composing everything again, and the walk."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from rootprint.calc.errors import CalculationError
from rootprint.calc.graph import NotFinite
from rootprint.ledger.analysis import Downstream, Limits, changes, what_changes
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.seal import redact
from tests.analysis.seen import Seen
from tests.support.world import World
from tests.support.wrong_columns import stored
from tests.verify.chains import Chain, gas, published

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rootprint.ledger.core.statement import Statement


def collected(changed: Statement, later: Iterable[Statement]) -> Downstream:
    found = Downstream(changed)
    for statement in later:
        found.take(statement)
    return found


def said(statement: Statement) -> Mapping[str, Any]:
    return {"issuer": statement.issuer}


def view(found: Downstream, value: str, **limits: Any) -> dict[str, Any]:
    return changes(found, Fraction(value), Limits(**limits), said)


def test_it_is_what_the_walk_s_own_view_of_a_change_says(assured: Chain) -> None:
    seen = Seen(assured.world, assured.module)
    expected = what_changes(seen.judged, assured.fuel.digest, 5.0)
    assert expected is not None
    found = view(collected(assured.fuel, [assured.part, assured.module]), "5")
    rows = [found["changed"], *found["changes"]]
    assert {row["product"]: (float(row["stated"]), float(row["value"])) for row in rows} == {
        one["product"]: (float(one["before"]), float(one["after"])) for one in expected
    }
    assert len(rows) == 3


def test_it_is_what_composing_everything_again_gives() -> None:
    """Twelve products over one factor, each of up to three earlier ones: twice, at 2.5 and at 7."""
    draw = random.Random(17)
    recipes = [
        [(draw.randrange(n + 1), draw.randrange(1, 5000)) for _ in range(draw.randrange(1, 4))]
        for n in range(12)
    ]
    before, after = (made(recipes, value) for value in ("2.5", "7"))
    found = view(collected(before[0], before[1:]), "7", nodes=20)
    expected = {
        statement.subject["productNameCompany"]: total(statement) for statement in after[1:]
    }
    reached = {row["product"]: Decimal(row["value"]) for row in found["changes"]}
    assert reached.keys() == expected.keys()  # every recipe leads to the one factor
    for name, value in reached.items():
        assert float(value) == pytest.approx(expected[name], rel=1e-4)  # six digits a tier
    for row in found["changes"]:
        assert Decimal(row["stated"]) + Decimal(row["difference"]) == Decimal(row["value"])
    sizes = [abs(Decimal(row["percent"])) for row in found["changes"]]
    assert sizes == sorted(sizes, reverse=True)


def made(recipes: list[list[tuple[int, int]]], value: str) -> list[Statement]:
    world = World()
    stated = dict.fromkeys(
        ("fossilGhgEmissions", "pcfExcludingBiogenicUptake", "pcfIncludingBiogenicUptake"), value
    )
    held = [world.publish(world.factor("fuel", pcf=stated))]
    for number, recipe in enumerate(recipes):
        lines = [world.line(held[at], str(grams), "gram") for at, grams in recipe]
        held.append(world.publish(world.product(f"product-{number}", [*lines, gas("3")])))
    return held


def total(statement: Statement) -> float:
    return float(statement.subject["pcf"]["pcfExcludingBiogenicUptake"])


class Kitchen:
    """One fuel; a part of it, a secret of it, what rests on each, and what rests on neither."""

    def __init__(self) -> None:
        world = World()
        self.fuel = world.publish(world.factor("fuel"))
        self.other = world.publish(world.factor("other"))
        lines = [world.line(self.fuel, "2", "kilogram"), gas("10")]
        self.part = world.publish(world.product("part", lines))
        self.secret = world.publish(world.product("secret", [world.line(self.fuel, "1", "kg")]))
        self.toy = world.publish(world.product("toy", [world.line(self.secret, "2", "kilogram")]))
        lines = [world.line(self.part, "1", "kg"), world.line(self.secret, "3", "kg")]
        self.kit = world.publish(world.product("kit", lines))
        self.free = world.publish(world.product("free", [world.line(self.other, "1", "kg")]))
        self.world = world
        self.later = [self.other, self.part, self.secret, self.toy, self.kit, self.free]

    def found(self, *bare: Statement) -> Downstream:
        """What rests on the fuel, with the inventories of ``bare`` hidden."""
        hidden = {one.digest for one in bare}
        return collected(
            self.fuel,
            [redact(one, set()) if one.digest in hidden else one for one in self.later],
        )


@pytest.fixture(scope="module")
def kitchen() -> Kitchen:
    return Kitchen()


def test_with_all_open_everything_is_said(kitchen: Kitchen) -> None:
    found = view(kitchen.found(), "3.5")
    assert {row["product"]: Decimal(row["difference"]) for row in found["changes"]} == {
        "part": 2, "secret": 1, "toy": 2, "kit": 5,
    }  # fmt: skip
    assert all(row["whole"] for row in found["changes"])
    assert found["nothingSaid"] == {"hidden": 0, "restingOnHidden": 0, "statements": []}
    assert found["rest"] == {"statements": 0, "mostPercent": "0.00"}


def test_where_an_inventory_is_hidden_nothing_is_said_and_that_is_said(kitchen: Kitchen) -> None:
    """A kit takes the part in the open and the secret, so its change is only known in part."""
    found = view(kitchen.found(kitchen.secret), "3.5")
    assert {row["product"]: (Decimal(row["difference"]), row["whole"])
            for row in found["changes"]} == {"part": (2, True), "kit": (2, False)}  # fmt: skip
    unsaid = found["nothingSaid"]
    assert (unsaid["hidden"], unsaid["restingOnHidden"]) == (1, 1)
    assert [one["product"] for one in unsaid["statements"]] == ["secret", "toy"]


def test_some_open_lines_of_a_hidden_recipe_say_a_part() -> None:
    world = World()
    fuel = world.publish(world.factor("fuel"))
    lines = [world.line(fuel, "2", "kg"), published("1"), world.line(fuel, "1", "kg")]
    part = world.publish(world.product("part", lines))
    cites = [n for n, line in part.opened.lines.items() if "statement" in line["source"]]
    shown = redact(part, {"inventoryShape", f"inventory[{cites[0]}]"})
    amount = Decimal(part.opened.lines[cites[0]]["amount"]["value"])
    (row,) = view(collected(fuel, [shown]), "3.5")["changes"]
    assert (Decimal(row["difference"]), row["whole"]) == (amount, False)


def test_what_is_not_shown_is_counted_with_its_largest_share(kitchen: Kitchen) -> None:
    whole = view(kitchen.found(), "3.5")["changes"]
    found = view(kitchen.found(), "3.5", nodes=1)
    assert found["changes"] == whole[:1]
    assert found["rest"] == {"statements": 3, "mostPercent": whole[1]["percent"]}
    least = Decimal(whole[-1]["percent"])
    cut = view(kitchen.found(), "3.5", cut_off=float(least) / 100 + 0.001)
    assert cut["changes"] == [
        row for row in whole if Decimal(row["percent"]) > least + Decimal("0.1")
    ]
    assert cut["rest"]["statements"] == len(whole) - len(cut["changes"])
    assert view(kitchen.found(kitchen.secret), "3.5", nodes=1)["nothingSaid"]["statements"] == [
        {"statement": one["statement"], "product": "secret", "issuer": kitchen.secret.issuer}
        for one in view(kitchen.found(kitchen.secret), "3.5")["nothingSaid"]["statements"][:1]
    ]


def test_a_footprint_of_nothing_has_no_percentage_and_comes_first() -> None:
    """A part that takes as much as it removes: from 0 to something is no share of anything."""
    world = World()
    fuel = world.publish(world.factor("fuel"))
    removal = published("1", "-2.5")
    removal["source"]["component"] = "technologicalCO2Removals"
    removal["removal"] = stored("2.5")
    nothing = world.publish(world.product("nothing", [world.line(fuel, "1", "kg"), removal]))
    part = world.publish(world.product("part", [world.line(fuel, "1", "kg")]))
    found = view(collected(fuel, [part, nothing]), "5", cut_off=0.5)
    assert [(row["product"], row["percent"]) for row in found["changes"]] == [
        ("nothing", None),
        ("part", "100.00"),
    ]
    assert view(collected(fuel, [part, nothing]), "5", nodes=1)["rest"]["mostPercent"] == "100.00"


def test_the_same_value_changes_nothing_and_is_refused(kitchen: Kitchen) -> None:
    with pytest.raises(CalculationError, match="the one that is stated"):
        kitchen.found().effects(Fraction("2.50"))


def test_a_statement_that_is_no_footprint_is_refused(kitchen: Kitchen) -> None:
    about = kitchen.world.sign(kitchen.world.assurance(kitchen.part))
    with pytest.raises(Refused, match="has no footprint"):
        Downstream(about)
    found = kitchen.found()
    found.take(about)  # on the way up it is passed by
    assert len(found.effects(Fraction(5))) == 5


def test_an_amount_that_no_double_holds_is_an_error_not_a_number() -> None:
    world = World()
    fuel = world.publish(world.factor("fuel"))
    huge, held = "9" * 33, [fuel]
    for number in range(12):
        draft = world.product(f"step-{number}", [world.line(held[-1], "1", "kilogram")])
        draft["credentialSubject"]["inventory"][0]["amount"]["value"] = huge  # as an attacker signs
        held.append(world.publish(draft))
    with pytest.raises(NotFinite):
        collected(fuel, held[1:]).effects(Fraction(5))
