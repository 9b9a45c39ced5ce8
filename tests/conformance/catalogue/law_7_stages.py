"""Law 7: a stage belongs to its boundary, and a grave is counted once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.conformance.casebook import Files, Scene, case, failed, incomplete, verified
from tests.support.wrong import (
    gas,
    grave_cited_in_gate,
    grave_in_gate,
    grave_within_grave,
    landfill_in_gate,
    recycling_in_gate,
    restaged,
    taking,
    use_in_gate,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.core.statement import Statement
    from tests.support.world import World

_EVERY = [1, 2, 3, 4, 5, 6, 7, 8]
_GRAVE = {"boundary": "cradle-to-grave"}
_LORRY = {"declaredUnitOfMeasurement": "ton kilometer"}


def _wrong(
    build: Callable[[World], dict[str, Any]],
    keep: set[str] | None = None,
    laws: list[int] | None = None,
) -> Files:
    scene = Scene()
    module = scene.publish(build(scene))
    if laws is not None:
        scene.publish(scene.assurance(module, laws=laws))
    scene.anchor()
    return scene.files(module, keep=None if keep is None else {module.digest: keep})


def _takes(scene: Scene, cited: Statement, unit: str = "kilogram", **changes: Any) -> Files:
    """A product of a line that takes one unit, and of a gas beside it."""
    stage = changes.pop("stage", "raw-material")
    lines = [scene.line(cited, "2", unit, stage=stage), *changes.pop("lines", [gas()])]
    module = scene.publish(scene.product("module", lines, **changes))
    scene.anchor()
    return scene.files(module)


@case(failed(7))
def a_use_before_the_gate_fail() -> Files:
    """A cradle-to-gate footprint counts a use."""
    return _wrong(use_in_gate)


@case(failed(7))
def a_use_before_the_gate_that_only_the_cells_show_fail() -> Files:
    """The lines are hidden, and the cells have the stage use."""
    return _wrong(use_in_gate, {"cells"}, _EVERY)


@case(incomplete(7))
def a_use_before_the_gate_that_is_hidden_fail() -> Files:
    """Lines and cells are hidden, and no independent auditor saw them."""
    return _wrong(use_in_gate, set())


@case(incomplete(7))
def an_assurance_that_does_not_name_law_7_fail() -> Files:
    """An auditor saw the hidden lines and does not say that their stages are in order."""
    return _wrong(use_in_gate, set(), [1, 2, 3, 4, 5, 6, 8])


@case(failed(7))
def an_end_of_life_before_the_gate_fail() -> Files:
    """A cradle-to-gate footprint counts an end of life of its own."""
    return _wrong(grave_in_gate)


@case(failed(7))
def a_part_with_its_grave_before_the_gate_fail() -> Files:
    """A cradle-to-gate footprint takes a product whose use and disposal are in it."""
    return _wrong(grave_cited_in_gate)


@case(failed(7))
def a_grave_within_a_grave_fail() -> Files:
    """A tyre brings its own end of life, and the car counts one more."""
    return _wrong(grave_within_grave)


@case(verified())
def waste_of_production_that_a_service_treats() -> Files:
    """A waste treatment to its own grave is of the end of life stage, and an input like others."""
    scene = Scene()
    sludge = scene.fuel("sludge", service="waste-treatment", **_GRAVE)
    return _takes(scene, sludge, stage="end-of-life")


@case(verified())
def transport_to_its_own_grave() -> Files:
    """A lorry per ton kilometer is a service, though it is not said."""
    scene = Scene()
    return _takes(scene, scene.fuel("lorry", pcf=_LORRY, **_GRAVE), "ton kilometer")


@case(verified())
def a_service_of_a_product_s_role() -> Files:
    """A maintenance contract, cradle to grave, says that it is a service."""
    scene = Scene()
    return _takes(scene, scene.part("contract", service="maintenance", **_GRAVE))


@case(verified(notices=1))
def a_factor_to_the_grave_that_does_not_say_what_it_is() -> Files:
    """Its publisher does not say whether it is a service: reported, and law 7 is not checkable."""
    scene = Scene()
    return _takes(scene, scene.fuel("landfill", boundary="gate-to-grave"))


@case(verified(notices=1))
def a_factor_to_the_grave_beside_an_end_of_life() -> Files:
    """A factor that may bring its own end of life stands beside one more: reported."""
    scene = Scene()
    tyre = scene.fuel("tyre", **_GRAVE)
    return _takes(scene, tyre, lines=[gas("3", stage="end-of-life")], **_GRAVE)


@case(verified(notices=1))
def a_part_to_the_grave_beside_a_use() -> Files:
    """A part that brings its own use stands beside the whole's: reported, and no failure."""
    scene = Scene()
    tyre = scene.part("tyre", **_GRAVE)
    return _takes(scene, tyre, lines=[gas("3", stage="use")], **_GRAVE)


@case(verified(notices=1))
def distribution_in_a_production_total() -> Files:
    """Outbound distribution stands beside the production total: reported."""
    scene = Scene()
    module = scene.publish(scene.product("module", [gas(), gas("0.2", stage="distribution")]))
    scene.anchor()
    return scene.files(module)


@case(failed(7))
def a_gate_to_gate_factor_in_a_life_cycle_fail() -> Files:
    """A factor from gate to gate leaves out what came before it."""
    scene = Scene()
    step = scene.fuel("step", boundary="gate-to-gate")
    fit = scene.fuel("fit")
    draft = taking(scene.product("module", [scene.line(fit, "2", "kilogram")]), 0, step)
    module = scene.publish(draft)
    scene.anchor()
    return scene.files(module)


def _credited(stage: str) -> Files:
    """A product that is credited for scrap; it is composed in manufacturing, then restaged."""
    scene = Scene()
    steel = scene.fuel("steel")
    credit = {"stage": "distribution", "allocation": {"method": "substitution"}}
    line = {**scene.line(steel, "0.2", "kilogram"), **credit}
    draft = restaged(scene.product("module", [gas(), line]), "distribution", stage)
    module = scene.publish(draft)
    scene.anchor()
    return scene.files(module)


@case(failed(7))
def a_credit_for_recycling_before_the_gate_fail() -> Files:
    """A cradle-to-gate footprint is credited for what its end of life will replace."""
    return _credited("recycling")


@case(verified())
def a_credit_for_scrap_of_the_own_production() -> Files:
    """Scrap of production that replaces virgin steel: of stage raw-material, before the gate."""
    return _credited("raw-material")


@case(failed(7))
def recycling_of_its_own_before_the_gate_fail() -> Files:
    """A cradle-to-gate footprint counts what it emits as it is recycled."""
    return _wrong(recycling_in_gate)


@case(verified())
def waste_of_production_that_a_service_recycles() -> Files:
    """A waste treatment may stand in stage recycling too."""
    scene = Scene()
    return _takes(scene, scene.fuel("scrapyard", service="waste-treatment"), stage="recycling")


@case(verified(notices=1))
def recycling_before_the_gate_that_only_the_cells_show() -> Files:
    """The lines are hidden and assured; that the cells have the stage recycling is told."""
    return _wrong(recycling_in_gate, {"cells"}, _EVERY)


@case(failed(7))
def a_term_of_the_end_of_life_before_the_gate_fail() -> Files:
    """A line of what is landfilled, by the circular formula, stands in stage manufacturing."""
    return _wrong(landfill_in_gate)
