"""Scenes of lines that are more than amount × factor, and of spreads that hang together."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from rootprint.calc.allocation import plain_decimal
from rootprint.calc.circular import AT_THE_GATE, AVOIDED, TERMS, Circular
from rootprint.calc.rounding import decimal_text
from tests.agreement.lawful import SCENES
from tests.agreement.making import Json, Setting
from tests.agreement.scenes import amount, fuel, gas, scene, seen, takes

if TYPE_CHECKING:
    from random import Random

    from rootprint.ledger.core.statement import Statement
    from tests.agreement.stage import Stage

DIRECTIONS = ("in", "in", "out")


def balance(stage: Stage, chance: Random) -> Json:
    """Return a line of a carbon balance in which little comes out."""
    streams: list[Json] = [
        {
            "stream": f"stream {number}",
            "direction": direction,
            "mass": {"value": "1" if direction == "out" else amount(chance), "unit": "kilogram"},
            "carbon": "0.0001" if direction == "out" else chance.choice(("0.84", "1", "0.5")),
        }
        for number, direction in enumerate(DIRECTIONS)
    ]
    if chance.random() < 0.5:
        streams[1]["biogenicShare"] = chance.choice(("0", "0.5"))
    quantity = {"value": amount(chance), "unit": "piece"}
    return gas(stage, chance, amount=quantity, source={"balance": streams})


def land(stage: Stage, chance: Random) -> Json:
    """Return a line of direct land-use change."""
    change: Json = {
        "before": "180.5",
        "after": chance.choice(("0", "60", "180.49")),
        "years": chance.choice((20, 21, 33)),
    }
    if change["years"] != 20:
        change["harvestPeriod"] = "a plantation that is felled late"
    quantity = {"value": amount(chance), "unit": chance.choice(("hectare", "square meter"))}
    return gas(stage, chance, amount=quantity, source={"landUseChange": change})


def circular(
    stage: Stage, chance: Random, cited: Statement, material: str = "PET of the body"
) -> list[Json]:
    """Return the lines of a material by the Circular Footprint Formula, at times its end alone."""
    parameters = {
        "A": chance.choice(("0.2", "0.5", "0.8")),
        "R1": "0.4",
        "R2": chance.choice(("0.85", "0.3333333")),
        "R3": "0.1",
        "qualityIn": "0.9",
        "qualityOut": chance.choice(("1", "0.77")),
    }
    mass = {"value": amount(chance), "unit": chance.choice(("kilogram", "tonne"))}
    lines = []
    for term in chance.choice((TERMS, TERMS, TERMS[len(AT_THE_GATE) :])):
        share = Fraction(mass["value"]) * Circular.of(parameters).coefficient(term)
        line = {
            **takes(stage, chance, cited),
            "stage": "recycling",
            "amount": {**mass, "value": decimal_text(plain_decimal(share))},
            "circular": {"material": material, "term": term, "mass": mass, **parameters},
        }
        lines.append(
            {**line, "allocation": {"method": "substitution"}} if term == AVOIDED else line
        )
    return lines


def spread(value: str, gsd: str, group: str | None = None) -> Json:
    """Return a lognormal spread, of a group if it has one."""
    member = {
        "distribution": "lognormal",
        "statedValue": value,
        "geometricStandardDeviation": gsd,
    }
    return member if group is None else {**member, "group": group}


@scene("carbon, land and the circular formula", 2)
def _carbon(stage: Stage, chance: Random) -> Setting:
    pet = fuel(stage, chance)
    lines = [
        balance(stage, chance),
        land(stage, chance),
        *circular(stage, chance, pet),
        {
            **gas(stage, chance),
            "stage": "raw-material",
            "amount": {"value": "1000000", "unit": "tonne"},
            "source": {"gas": "CO2_uptake", "set": "AR6"},
        },
    ]
    if chance.random() < 0.5:
        lines.append(gas(stage, chance))
    if chance.random() < 0.5:
        lines += circular(stage, chance, pet, chance.choice(("label", "聚酯")))
    subject = stage.part("bottle", lines, boundary="cradle-to-grave")
    stage.anchor()
    keep = chance.choice(({}, {}, {subject.digest: {"inventory[0]", "inventory[1]", "cells"}}))
    return seen(chance, Setting(stage, subject, keep))


@scene("lines that are off together, and an uncertain output", 2)
def _together(stage: Stage, chance: Random) -> Setting:
    oil = stage.fuel("oil", uncertainty=spread("2.5", "1.1"))
    values = [amount(chance) for _ in range(4)]
    groups = [chance.choice((None, "one meter", "another")) for _ in values]
    of = [spread(value, "1.2", group) for value, group in zip(values, groups, strict=True)]
    lines = [
        {
            **gas(stage, chance, source={"gas": "CO2", "set": "AR6"}),
            "amount": {"value": value, "unit": "kilogram"},
            "uncertainty": member,
        }
        for value, member in zip(values[1:], of[1:], strict=True)
    ]
    lines.append({**stage.line(oil, values[0], "kilogram"), "uncertainty": of[0]})
    output = {} if chance.random() < 0.3 else {"outputUncertainty": spread("1", "1.05")}
    subject = stage.part("part", lines, **output)
    stage.anchor()
    all_but_output = {"inventory", "inventoryShape", "cells", "gases", "uncertainty"}
    keep = chance.choice(({}, {}, {subject.digest: all_but_output}))
    return seen(chance, Setting(stage, subject, keep))


__all__ = ["SCENES"]
