"""Scenes of what version 2 signs: processes, claims, columns, kinds of quantity, live numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.standing import Role
from tests.agreement.making import Json, Setting
from tests.agreement.scenes import SCENES, amount, fuel, gas, removes, scene, seen, takes
from tests.support import processes as made
from tests.support.world import PUBLISHER, SUPPLIER

if TYPE_CHECKING:
    from random import Random

    from rootprint.ledger.core.statement import Statement
    from tests.agreement.stage import Stage

LAWS = (1, 2, 3, 4, 5, 6, 7, 8)


def assured(stage: Stage, statement: Statement) -> None:
    """Publish an assurance that names every law."""
    stage.publish(stage.assurance(statement, laws=[*LAWS]))


@scene("a co-product of a process", 4)
def _co_product(stage: Stage, chance: Random) -> Setting:
    factor = fuel(stage, chance)
    process = made.process(
        made.output("steel", amount(chance)), made.output("slag", amount(chance))
    )
    lines = [
        made.takes("fuel", amount(chance)),
        made.gas(amount(chance)),
        made.gas(amount(chance), "N2O", output="steel"),
        made.gas(amount(chance), "CH4_fossil", output="slag"),
    ]
    file = made.file("steel", process, lines)
    record = stage.publish(made.record_draft(file, fuel=factor))
    subject = stage.publish(made.composed(file, fuel=factor, furnace=record))
    assured(stage, subject)
    stage.anchor()
    places = {"allocation", "allocationShape", "activities", "activitiesShape"}
    own: set[str] = {"inventory", "inventoryShape", "cells", "gases"}
    nothing: set[str] = set()
    choices: tuple[dict[bytes, set[str]], ...] = (
        {},
        {},
        {record.digest: places - {"allocationShape"}},
        {record.digest: {"allocation[0]", "activities", "activitiesShape"}},
        {subject.digest: nothing, record.digest: nothing},
        {subject.digest: own - {"inventory"}},
    )
    keep = chance.choice(choices)
    return seen(chance, Setting(stage, subject, keep))


@scene("a certificate that rests on a retirement", 4)
def _certificate(stage: Stage, chance: Random) -> Setting:
    stage.admit(made.REGISTRY, Role.REGISTRY)
    retired = stage.publish(made.retirement())
    other = chance.choice((SUPPLIER, PUBLISHER))
    stage.publish(made.claim(retired, chance.choice(("1", "8.5", "9")), issuer=other))
    claimed = stage.publish(made.claim(retired, "1"))
    line = made.contract("wind", chance.choice(("900", "1000", "12")), claimed)
    if chance.random() < 0.5:
        line["electricity"] = "contract"
    alone = {"name": "Hall 1", "outputs": [made.output("part", "1")]}
    subject = stage.publish(made.composed(made.file("part", alone, [line]), wind=claimed))
    stage.anchor()
    return seen(chance, Setting(stage, subject))


@scene("columns and memo flows", 3)
def _columns(stage: Stage, chance: Random) -> Setting:
    factor = fuel(stage, chance)
    credit = {"allocation": {"method": "substitution"}, "stage": "end-of-life"}

    def of(name: str, value: str) -> Json:
        quantity = {"value": value, "unit": "gram"}
        return gas(stage, chance, amount=quantity, source={"gas": name, "set": "AR6"})

    subject = stage.part(
        "module",
        [
            of("CO2", "500"),
            removes(of("CO2_captured", "400")),
            removes(of("CO2_technological_removal", "30")),
            of("CO2_uptake", "90"),
            of("CO2_biogenic", "20"),
            takes(stage, chance, factor),
            {**takes(stage, chance, factor), **credit},
        ],
        boundary="cradle-to-grave",
    )
    assured(stage, subject)
    stage.anchor()
    hidden: dict[bytes, set[str]] = {subject.digest: set()}
    keep = chance.choice(({}, {subject.digest: {"cells"}}, hidden))
    return seen(chance, Setting(stage, subject, keep))


@scene("two numbers, of which the later names the earlier", 3)
def _numbers(stage: Stage, chance: Random) -> Setting:
    first = fuel(stage, chance, "oil")
    changes: Json = {"precedingStatements": [digest_text(first.digest)]}
    if chance.random() < 0.5:
        changes["sites"] = ["urn:example:site-1"]
    second = fuel(stage, chance, "oil", **changes)
    subject = stage.part("module", [takes(stage, chance, first), takes(stage, chance, second)])
    stage.anchor()
    return seen(chance, Setting(stage, subject))


@scene("kinds of quantity, and losses", 4)
def _kinds(stage: Stage, chance: Random) -> Setting:
    unit: Json = {"declaredUnitOfMeasurement": "kilowatt hour"}
    wood = stage.fuel("wood", quantity={"moisture": "dry"})
    grid = stage.fuel("grid", pcf=unit, includesTransmission=False)
    mark = ["urn:rootprint:class:electricity-transmission"]
    losses = stage.fuel("losses", pcf=unit, includesTransmission=False, productClassifications=mark)
    converted = {
        "value": "10", "unit": "kilogram", "by": "0.8", "reference": "A test", "moisture": "wet",
    }  # fmt: skip
    dry: dict[str, Any] = {"moisture": "dry", "converted": converted}
    quantity = {"value": "8", "unit": "kilogram", "quantity": dry}
    subject = stage.part(
        "module",
        [
            {**stage.line(wood, "8", "kilogram"), "amount": quantity},
            stage.line(grid, "3", "kilowatt hour"),
            stage.line(losses, chance.choice(("1", "3")), "kilowatt hour"),
        ],
    )
    stage.anchor()
    return seen(chance, Setting(stage, subject))


@scene("more cited than made", 3)
def _delivered(stage: Stage, chance: Random) -> Setting:
    made_amount = {"value": chance.choice(("100", "200")), "unit": "kilogram"}
    ore = stage.part("ore", [gas(stage, chance)], producedAmount=made_amount)
    part = stage.part("part", [gas(stage, chance)])
    module = {"value": chance.choice(("100", "150", "400")), "unit": "kilogram"}
    lines = [stage.line(ore, "1", "kilogram"), takes(stage, chance, part)]
    subject = stage.part("module", lines, producedAmount=module)
    stage.anchor()
    keep = chance.choice(({}, {}, {ore.digest: {"inventory", "inventoryShape"}}))
    return seen(chance, Setting(stage, subject, keep))


__all__ = ["SCENES"]
