"""Products by the Circular Footprint Formula whose lines recompute and are not of one material.

Every line is what its own parameters give; what is wrong is only what they have apart (law 1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.calc.circular import AVOIDED, TERMS, Circular
from tests.support.wrong_columns import CREDIT, recomputed

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.core.statement import Statement
    from tests.support.world import World
    from tests.support.wrong import Draft

FORMULA: dict[str, Any] = {
    "material": "PET",
    "mass": {"value": "2", "unit": "kilogram"},
    "A": "0.2",
    "R1": "0.4",
    "R2": "0.85",
    "R3": "0",
    "qualityIn": "1",
    "qualityOut": "1",
}
_CREDIT = TERMS.index(AVOIDED)
GRAVE = {"boundary": "cradle-to-grave"}
WEIGHT = {"declaredUnitOfMeasurement": "piece", "productMassPerDeclaredUnit": "4"}
STAGES = dict(zip(TERMS, ("raw-material", "raw-material", "recycling", "recycling", "end-of-life"),
                  strict=True))  # fmt: skip


def term(world: World, cited: Statement, name: str, **changes: Any) -> Draft:
    """Return the line of a term, with the amount that its parameters give (2 kg of material)."""
    formula = {**FORMULA, **changes}
    taken = 2 * Circular.of(formula).coefficient(name)
    line = world.line(cited, f"{float(taken):g}", "kilogram", stage=STAGES[name])
    return {**line, "circular": {**formula, "term": name}, **(CREDIT if name == AVOIDED else {})}


def bottle(world: World, *lines: Draft, **changes: Any) -> Draft:
    """Return the draft of a bottle of 4 kg of these lines, cradle to grave."""
    return world.product("bottle", lines, **{**GRAVE, "pcf": WEIGHT, **changes})


def whole(world: World, **changes: Any) -> list[Draft]:
    """Return the lines of all terms of one material."""
    cited = world.publish(world.factor(str(changes.get("material", "pet"))))
    return [term(world, cited, name, **changes) for name in TERMS]


def _changed(world: World, change: Callable[[list[Draft]], None]) -> Draft:
    """Compose a right bottle, and state what follows once its signed lines are changed."""
    pet = world.publish(world.factor("pet"))
    draft = bottle(world, *(term(world, pet, name) for name in TERMS))
    change(draft["credentialSubject"]["inventory"])
    return recomputed(draft, pet)


def _reformed(line: Draft, **changes: Any) -> None:
    """Give a signed line other parameters, and the amount that they give."""
    line["circular"] |= changes
    taken = 2 * Circular.of(line["circular"]).coefficient(line["circular"]["term"])
    line["amount"] = {"value": f"{float(taken):g}", "unit": "kilogram"}


def recycled_in_one_line_alone(world: World) -> Draft:
    """85 % is recycled where it is credited, and 95 % where the rest is disposed of."""

    def change(lines: list[Draft]) -> None:
        for line in lines:
            if line["circular"]["term"] == "disposal":
                _reformed(line, R2="0.95")

    return _changed(world, change)


def allocated_both_ways(world: World) -> Draft:
    """Nearly all benefit of recycled content by an A of 0.9, and of the credit by an A of 0.1."""

    def change(lines: list[Draft]) -> None:
        for line in lines:
            made = line["circular"]["term"] in {"virgin", "recycled"}
            _reformed(line, A="0.9" if made else "0.1")

    return _changed(world, change)


def credited_twice(world: World) -> Draft:
    """The credit of one material stands in two lines."""

    def change(lines: list[Draft]) -> None:
        lines.append(dict(lines[_CREDIT]))

    return _changed(world, change)


def without_its_burden(world: World) -> Draft:
    """What recycling avoids is credited, and what it takes is left out."""

    def change(lines: list[Draft]) -> None:
        del lines[_CREDIT - 1]

    return _changed(world, change)


def of_another_mass(world: World) -> Draft:
    """More is credited than there is of the material."""

    def change(lines: list[Draft]) -> None:
        lines[_CREDIT]["circular"]["mass"] = {"value": "4", "unit": "kilogram"}
        lines[_CREDIT]["amount"] = {"value": "2.72", "unit": "kilogram"}

    return _changed(world, change)


# Each breaks law 1 where all lines are open.
WRONG: dict[str, Callable[[World], Draft]] = {
    "recycled-in-one-line-alone": recycled_in_one_line_alone,
    "allocated-both-ways": allocated_both_ways,
    "credited-twice": credited_twice,
    "without-its-burden": without_its_burden,
    "of-another-mass": of_another_mass,
}
