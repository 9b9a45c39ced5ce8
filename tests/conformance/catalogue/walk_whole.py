"""Whole walks: what any verifier should get right before any of the failures."""

from __future__ import annotations

from tests.conformance.casebook import Files, Scene, case, incomplete, verified
from tests.support.wrong_columns import stored


@case(verified())
def four_levels_with_every_kind_of_line() -> Files:
    """A module of a part of a grid mix of a fuel, with a gas, an own emission and a publication."""
    scene = Scene()
    fuel, heat = scene.fuel(), scene.direct()
    part = scene.part(
        "part",
        [
            scene.line(fuel, "200", "gram"),
            {
                **scene.line(heat, "0.5", "kg"),
                "source": {"emission": "CO2e", "factor": heat.digest.hex()},
            },
            scene.gas(),
        ],
    )
    published = {
        "published": "0.1",
        "per": "kilogram",
        "component": "fossilGhgEmissions",
        "reference": "An example, table 1",
    }
    module = scene.part(
        "module",
        [
            scene.line(part, "3", "kilogram"),
            {**scene.gas("3"), "source": published, "primary": False},
        ],
    )
    scene.anchor()
    return scene.files(module)


@case(verified())
def one_input_on_two_ways() -> Files:
    """The same factor enters through two parts and is walked once."""
    scene = Scene()
    fuel = scene.fuel()
    left = scene.part("left", [scene.line(fuel, "200", "gram")])
    right = scene.part("right", [scene.line(fuel, "300", "gram")])
    module = scene.part(
        "module", [scene.line(left, "1", "kilogram"), scene.line(right, "1", "kilogram")]
    )
    scene.anchor()
    return scene.files(module)


@case(verified())
def tiers_anchored_one_after_the_other() -> Files:
    """Factor, part and product were anchored by three rows, each proven under its own."""
    scene = Scene()
    fuel = scene.fuel()
    scene.anchor()
    part = scene.part("part", [scene.line(fuel, "200", "gram")])
    scene.anchor()
    module = scene.part("module", [scene.line(part, "1", "kilogram")])
    scene.anchor()
    return scene.files(module)


@case(verified())
def a_removal_and_an_uptake() -> Files:
    """Negative components count in the columns where PACT has them, and weigh nothing."""
    scene = Scene()
    line = {**scene.gas(), "primary": False, "amount": {"value": "1", "unit": "kilogram"}}
    figure = {"per": "kilogram", "reference": "An example, table 1"}
    subject = scene.part(
        lines=[
            {**line, "source": {**figure, "published": "3", "component": "fossilGhgEmissions"}},
            {
                **line,
                "source": {**figure, "published": "-1", "component": "technologicalCO2Removals"},
                "removal": stored("1"),
            },
            {**line, "source": {**figure, "published": "-0.5", "component": "biogenicCO2Uptake"}},
        ],
        pcf={"biogenicCarbonContent": "0.1364"},
    )
    scene.anchor()
    return scene.files(subject)


@case(incomplete(7))
def one_line_is_hidden_fail() -> Files:
    """The shape names two lines and one is shown: what is shown passes, and the rest is unknown."""
    scene = Scene()
    part = scene.part(lines=[scene.gas(), scene.gas("7")])
    scene.anchor()
    first = next(iter(part.opened.lines))
    return scene.files(part, keep={part.digest: {"inventoryShape", f"inventory[{first}]"}})


@case(incomplete(7))
def the_shape_is_hidden_fail() -> Files:
    """Every line is shown, and without the shape it is not known that these are all."""
    scene = Scene()
    part = scene.part()
    scene.anchor()
    return scene.files(part, keep={part.digest: {"inventory"}})
