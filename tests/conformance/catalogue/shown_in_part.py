"""What is shown is recomputed, whatever else is hidden; an assurance stands in for the hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.conformance.casebook import Files, Scene, case, failed, incomplete, verified

if TYPE_CHECKING:
    from collections.abc import Callable

Subject = dict[str, Any]
_TOTALS = ("fossilGhgEmissions", "pcfExcludingBiogenicUptake", "pcfIncludingBiogenicUptake")
_UNKNOWN = "sha256:" + "11" * 32


def _shown(
    change: Callable[[Subject], None],
    *names: str,
    shape: bool = True,
    assured: bool = False,
    lines: bool = True,
) -> Files:
    """A part of 100 kg of fuel and of gas, of which the fuel's line is shown, unless ``names``."""
    scene = Scene()
    draft = scene.product("part", [scene.line(scene.fuel(), "100", "kilogram"), scene.gas()])
    change(draft["credentialSubject"])
    part = scene.publish(draft)
    if assured:
        scene.publish(scene.assurance(part))
    scene.anchor()
    opened = part.opened.lines
    fuel = next(number for number, line in opened.items() if "statement" in line["source"])
    keep = {*names} or {f"inventory[{fuel}]"} if lines else set()
    return scene.files(part, keep={part.digest: keep | ({"inventoryShape"} if shape else set())})


def _less(subject: Subject) -> None:
    """Say that 100 kg of fuel bring a gram, and sum that up with the gas."""
    subject["inventory"][0]["result"] = {"fossilGhgEmissions": "0.001000000000"}
    subject["pcf"] |= dict.fromkeys(_TOTALS, "1.19300")
    subject["cells"] = {
        "raw-material": {"fossilGhgEmissions": "0.00100"},
        "manufacturing": {"fossilGhgEmissions": "1.19200"},
    }


def _no_gwp(subject: Subject) -> None:
    subject["inventory"][1]["source"]["gas"] = "phlogiston"


def _other_tables(subject: Subject) -> None:
    subject["computedWith"]["tables"] = _UNKNOWN


def _other_rule(subject: Subject) -> None:
    subject["computedWith"]["rule"]["digest"] = _UNKNOWN


@case(failed(8))
def a_false_line_shown_beside_a_hidden_one_fail() -> Files:
    """Of two lines one is shown, and it is not its amount times its factor."""
    return _shown(_less)


@case(failed(8))
def a_false_line_shown_beside_a_hidden_one_that_was_assured_fail() -> Files:
    """Of two lines the false one is shown; that an auditor has seen both makes it no truer."""
    return _shown(_less, assured=True)


@case(failed(8))
def a_false_line_shown_without_the_shape_fail() -> Files:
    """One line is shown, false; the shape is hidden, so that it is not known how many there are."""
    return _shown(_less, shape=False)


@case(failed(8))
def a_false_line_shown_without_the_shape_that_was_assured_fail() -> Files:
    """One line is shown, false; the shape is hidden, and an auditor has seen the inventory."""
    return _shown(_less, shape=False, assured=True)


@case(failed(8))
def every_line_is_shown_and_one_is_false_without_the_shape_fail() -> Files:
    """Both lines are shown and one is false; the shape is hidden, and an auditor has seen it."""
    return _shown(_less, "inventory", shape=False, assured=True)


@case(failed(8))
def a_gas_without_a_gwp_shown_without_the_shape_fail() -> Files:
    """A line that is shown names a gas that its set does not have; the shape is hidden."""
    return _shown(_no_gwp, "inventory", shape=False)


@case(failed(8))
def a_false_line_beside_one_whose_input_is_missing_fail() -> Files:
    """Everything is open; one line's input was left out of the file, and another line is false."""
    scene = Scene()
    fuel = scene.fuel()
    draft = scene.product("part", [scene.line(fuel, "100", "kilogram"), scene.gas()])
    result = draft["credentialSubject"]["inventory"][1]["result"]
    result["fossilGhgEmissions"] = "1.191000000000"
    part = scene.publish(draft)
    scene.anchor()
    return scene.files(part, scene.whole(part, fuel))


@case(verified())
def a_line_shown_without_the_shape_that_was_assured() -> Files:
    """One line is shown and recomputes; the shape is hidden, and an auditor has seen it all."""
    return _shown(lambda _subject: None, shape=False, assured=True)


@case(incomplete(8))
def an_assured_inventory_is_open_and_its_tables_are_unknown_fail() -> Files:
    """Nothing is hidden that an assurance could stand in for, and it was not recomputed here."""
    return _shown(_other_tables, "inventory", assured=True)


@case(incomplete(7))
def an_assured_inventory_is_open_and_its_rule_is_unknown_fail() -> Files:
    """Nothing is hidden that an assurance could stand in for, and its rule is not known here."""
    return _shown(_other_rule, "inventory", assured=True)


@case(incomplete(8))
def a_line_by_unknown_tables_beside_a_hidden_one_that_was_assured_fail() -> Files:
    """The assurance stands in for the hidden line, and not for the one that is shown."""
    return _shown(_other_tables, assured=True)


@case(incomplete(7))
def a_line_by_an_unknown_rule_beside_a_hidden_one_that_was_assured_fail() -> Files:
    """The assurance stands in for the hidden line, and not for the one that is shown."""
    return _shown(_other_rule, assured=True)


@case(verified())
def a_hidden_inventory_by_unknown_tables_that_was_assured() -> Files:
    """Every line is hidden, so that an assurance stands in whatever it was computed with."""
    return _shown(_other_tables, lines=False, assured=True)


@case(verified())
def a_hidden_inventory_by_an_unknown_rule_that_was_assured() -> Files:
    """Every line is hidden, so that an assurance stands in whatever it was composed by."""
    return _shown(_other_rule, lines=False, assured=True)
