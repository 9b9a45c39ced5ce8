"""Amounts by the Circular Footprint Formula, and what lines of one material have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.encoding import digest_bytes
from tests.conformance.casebook import Files, Scene, case, failed, incomplete, verified
from tests.support.wrong import gas
from tests.support.wrong_columns import CREDIT, recomputed
from tests.support.wrong_materials import (
    WEIGHT,
    allocated_both_ways,
    bottle,
    credited_twice,
    of_another_mass,
    recycled_in_one_line_alone,
    term,
    whole,
    without_its_burden,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.world import World

_EVERY = [1, 2, 3, 4, 5, 6, 7, 8]
_BUT_1 = [2, 3, 4, 5, 6, 7, 8]
_MAKING = ("virgin", "recycled")
_ENDING = ("recycling", "avoided", "disposal")


def _wrong(
    build: Callable[[World], dict[str, Any]],
    keep: set[str] | None = None,
    laws: list[int] | None = None,
) -> Files:
    scene = Scene()
    subject = scene.publish(build(scene))
    if laws is not None:
        scene.publish(scene.assurance(subject, laws=laws))
    scene.anchor()
    return scene.files(subject, keep=None if keep is None else {subject.digest: keep})


def _by_formula(change: Callable[[dict[str, Any]], None]) -> Files:
    """Sign a product of 2 kg of which 1.84 kg are virgin and 0.16 kg recycled by the formula."""
    scene = Scene()
    fuel = scene.fuel()
    draft = scene.product("part", [term(scene, fuel, name) for name in _MAKING])
    change(draft["credentialSubject"]["inventory"][0])
    subject = scene.publish(draft)
    scene.anchor()
    return scene.files(subject)


@case(verified())
def an_amount_by_the_circular_footprint_formula() -> Files:
    """(1 - R1) + R1 (1 - A) Qin/Qp of the mass is what the virgin term takes."""
    return _by_formula(lambda _line: None)


@case(failed(8))
def an_amount_that_the_formula_does_not_give_fail() -> Files:
    """More recycled content is claimed than the amount follows from."""
    return _by_formula(lambda line: line["circular"].update(R1="0.5"))


@case(failed(8))
def more_is_recycled_and_burnt_than_there_is_fail() -> Files:
    """R2 and R3 come to more than one."""
    return _by_formula(lambda line: line["circular"].update(R3="0.2"))


@case(verified())
def two_materials_by_the_circular_footprint_formula() -> Files:
    """A body and a label, each with a mass and parameters of its own and with all of its terms."""
    return _wrong(
        lambda world: bottle(world, *whole(world), *whole(world, material="label", A="0.5"))
    )


@case(failed(8))
def recycling_at_another_rate_than_the_disposal_fail() -> Files:
    """85 % is recycled where it is credited, and 95 % where the rest is disposed of."""
    return _wrong(recycled_in_one_line_alone)


@case(failed(8))
def recycling_at_another_rate_beside_hidden_lines_fail() -> Files:
    """The credit and the disposal are open, and the other lines are hidden and were assured."""
    scene = Scene()
    subject = scene.publish(recycled_in_one_line_alone(scene))
    scene.publish(scene.assurance(subject, laws=_EVERY))
    scene.anchor()
    credit, rest = list(subject.opened.lines)[3:]
    keep = {f"inventory[{credit}]", f"inventory[{rest}]", "inventoryShape", "cells"}
    return scene.files(subject, keep={subject.digest: keep})


@case(failed(8))
def recycling_at_another_rate_than_a_line_without_its_input_fail() -> Files:
    """Everything is open, and the file leaves out the footprint that the disposal takes."""
    scene = Scene()
    subject = scene.publish(recycled_in_one_line_alone(scene))
    scene.anchor()
    rest = next(
        line for line in subject.opened.lines.values() if line["circular"]["term"] == "disposal"
    )
    taken = scene.held[digest_bytes(rest["source"]["statement"])]
    return scene.files(subject, scene.whole(subject, taken))


@case(failed(8))
def recycling_at_another_rate_under_other_tables_fail() -> Files:
    """Its tables are not those that a verifier holds, and it contradicts itself by any tables."""

    def build(world: World) -> dict[str, Any]:
        draft = recycled_in_one_line_alone(world)
        draft["credentialSubject"]["computedWith"]["tables"] = "sha256:" + "11" * 32
        return draft

    return _wrong(build)


@case(incomplete(8))
def recycling_at_another_rate_that_is_hidden_fail() -> Files:
    """The lines are hidden, and no independent auditor saw what they share."""
    return _wrong(recycled_in_one_line_alone, {"cells"})


@case(incomplete(8))
def a_hidden_material_whose_auditor_does_not_name_law_1_fail() -> Files:
    """An auditor saw the hidden lines of a material and does not answer for law 1."""
    return _wrong(recycled_in_one_line_alone, {"cells"}, _BUT_1)


@case(failed(8))
def a_material_allocated_both_ways_fail() -> Files:
    """Recycled content is counted by an A of 0.9, and its recycling is credited by one of 0.1."""
    return _wrong(allocated_both_ways)


@case(failed(8))
def a_material_in_two_spellings_fail() -> Files:
    """One material, spelt in two ways, has two rates of recycling."""

    def build(world: World) -> dict[str, Any]:
        draft = recycled_in_one_line_alone(world)
        draft["credentialSubject"]["inventory"][4]["circular"]["material"] = " p\uff25\u200bt "
        return draft

    return _wrong(build)


@case(failed(8))
def a_material_credited_twice_fail() -> Files:
    """The credit of one material stands in two lines."""
    return _wrong(credited_twice)


@case(failed(8))
def a_material_of_two_masses_fail() -> Files:
    """More of a material is credited than there is of it."""
    return _wrong(of_another_mass)


@case(failed(8))
def a_credit_without_the_burden_of_recycling_fail() -> Files:
    """What recycling avoids is credited, and what it takes is left out."""
    return _wrong(without_its_burden)


@case(failed(8))
def recycled_content_without_what_is_virgin_fail() -> Files:
    """A cradle-to-gate product states the recycled part of a material, and not the rest."""

    def build(world: World) -> dict[str, Any]:
        pet = world.publish(world.factor("pet"))
        draft = world.product("part", [term(world, pet, name) for name in _MAKING])
        line = draft["credentialSubject"]["inventory"][0]
        del line["circular"]
        return draft

    return _wrong(build)


@case(verified(notices=1))
def the_end_of_a_material_that_a_part_brings() -> Files:
    """A part brings the material, and its end alone is stated: that A and R1 agree is not seen."""

    def build(world: World) -> dict[str, Any]:
        pet = world.publish(world.factor("pet"))
        return bottle(world, gas(), *(term(world, pet, name) for name in _ENDING))

    return _wrong(build)


@case(verified(notices=1))
def two_materials_of_one_that_differ_in_a() -> Files:
    """Body and label take one virgin material and differ in A, which belongs to the material."""

    def build(world: World) -> dict[str, Any]:
        pet = world.publish(world.factor("pet"))
        names = (*_MAKING, *_ENDING)
        label = [term(world, pet, name, material="label", A="0.8") for name in names]
        return bottle(world, *(term(world, pet, name) for name in names), *label)

    return _wrong(build)


def _heavy(world: World) -> dict[str, Any]:
    """A bottle of 3.9 kg, of which 4 kg of two materials come to their end."""
    light = {"pcf": {**WEIGHT, "productMassPerDeclaredUnit": "3.9"}}
    return bottle(world, *whole(world), *whole(world, material="label", A="0.5"), **light)


@case(verified(notices=1))
def more_at_the_end_of_life_than_the_product_weighs() -> Files:
    """Body and label are recycled and disposed of, and weigh more than the bottle: reported."""
    return _wrong(_heavy)


@case(verified(notices=1))
def more_at_the_end_of_life_than_the_product_weighs_by_the_lines_that_are_open() -> Files:
    """The credits of two materials are open, and all else is hidden and assured."""
    scene = Scene()
    subject = scene.publish(_heavy(scene))
    scene.publish(scene.assurance(subject, laws=_EVERY))
    scene.anchor()
    credits_ = [
        f"inventory[{number}]"
        for number, line in subject.opened.lines.items()
        if line["circular"]["term"] == "avoided"
    ]
    return scene.files(subject, keep={subject.digest: {*credits_, "inventoryShape", "cells"}})


@case(verified())
def as_much_at_the_end_of_life_as_product_and_packaging_weigh() -> Files:
    """The label is packaging, which is counted: 2 kg of bottle, and 2 kg of label."""
    masses = {
        "productMassPerDeclaredUnit": "2",
        "packagingMassPerDeclaredUnit": "2",
        "packagingEmissionsIncluded": True,
    }
    return _wrong(
        lambda world: bottle(
            world, *whole(world), *whole(world, material="label", A="0.5"), pcf=WEIGHT | masses
        )
    )


@case(verified(notices=1))
def a_material_credited_by_another_footprint() -> Files:
    """A bottle is made of one PET, and its recycling is credited by the footprint of another."""

    def build(world: World) -> dict[str, Any]:
        pet, other = (world.publish(world.factor(name)) for name in ("pet", "other"))
        names = (*_MAKING, *_ENDING)
        return bottle(
            world, *(term(world, other if name == "avoided" else pet, name) for name in names)
        )

    return _wrong(build)


@case(failed(8))
def a_credit_for_recycling_beside_that_of_the_formula_fail() -> Files:
    """The recycling of a bottle is credited by the formula, and once more by a line of its own."""

    def build(world: World) -> dict[str, Any]:
        pet = world.publish(world.factor("pet"))
        beside = world.line(pet, "1", "kilogram", stage="end-of-life", **CREDIT)
        terms = [term(world, pet, name) for name in (*_MAKING, *_ENDING)]
        draft = bottle(world, *terms, beside)
        draft["credentialSubject"]["inventory"][-1]["stage"] = "recycling"
        return recomputed(draft, pet)

    return _wrong(build)
