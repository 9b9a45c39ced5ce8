"""Law 7: a stage belongs to its boundary, and a grave is counted once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.schema.names import SERVICE_UNITS, WEIGHED_SERVICES
from tests.conformance.casebook import Files, Scene, case, failed, incomplete, verified
from tests.support.wrong import (
    distribution_in_gate,
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
_LENGTH = {"declaredUnitOfMeasurement": "kilometer"}
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


@case(verified(notices=2))
def a_waste_treatment_with_a_credit() -> Files:
    """Waste is burnt for heat, which is credited to the service: reported on who takes it."""
    scene = Scene()
    heat = scene.fuel("heat")
    credit = {"stage": "end-of-life", "allocation": {"method": "substitution"}}
    lines = [gas("5", stage="end-of-life"), scene.line(heat, "1", "kilogram", **credit)]
    burnt = scene.part("incineration", lines, service="waste-treatment", **_GRAVE)
    return _takes(scene, burnt, stage="end-of-life")


@case(verified())
def transport_to_its_own_grave() -> Files:
    """A lorry per ton kilometer is a service, though it is not said."""
    scene = Scene()
    return _takes(scene, scene.fuel("lorry", pcf=_LORRY, **_GRAVE), "ton kilometer")


@case(verified(notices=1))
def a_road_per_kilometer_that_does_not_say_what_it_is() -> Files:
    """A kilometer counts drives and roads: without its service law 7 is not checkable."""
    scene = Scene()
    return _takes(scene, scene.fuel("road", pcf=_LENGTH, **_GRAVE), "kilometer")


@case(verified())
def a_drive_per_kilometer_that_says_so() -> Files:
    """A lorry per kilometer is a service, which it says."""
    scene = Scene()
    drive = scene.fuel("drive", pcf=_LENGTH, service="transport", **_GRAVE)
    return _takes(scene, drive, "kilometer")


@case(verified())
def a_service_of_a_product_s_role() -> Files:
    """An hour of maintenance, cradle to grave, says that it is a service."""
    scene = Scene()
    hour = {"declaredUnitOfMeasurement": "hour", "productMassPerDeclaredUnit": "0"}
    contract = scene.part("contract", service="maintenance", pcf=hour, **_GRAVE)
    return _takes(scene, contract, "hour")


@case(verified())
def services_of_every_kind() -> Files:
    """Each kind of service by a unit that counts it, to its own grave, weighs and holds nothing."""
    scene = Scene()
    lines = []
    for service, units in SERVICE_UNITS.items():
        pcf = {
            "declaredUnitOfMeasurement": units[0],
            "productMassPerDeclaredUnit": "1" if service in WEIGHED_SERVICES else "0",
            "fossilCarbonContent": "0.0",
        }
        said = {"includesTransmission": True} if service == "energy" else {}
        cited = scene.fuel(service, pcf=pcf, service=service, **said, **_GRAVE)
        lines.append(scene.line(cited, "2", units[0]))
    module = scene.publish(scene.product("module", lines))
    scene.anchor()
    return scene.files(module)


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
    tyre = scene.part("tyre", [gas(), gas("1", stage="end-of-life")], **_GRAVE)
    return _takes(scene, tyre, lines=[gas("3", stage="use")], **_GRAVE)


@case(verified(notices=1))
def a_product_to_the_grave_without_use_or_end() -> Files:
    """A cradle-to-grave footprint counts a manufacture and nothing after it: reported."""
    return _wrong(_endless)


@case(verified(notices=1))
def a_product_to_the_grave_without_use_or_end_that_only_the_cells_show() -> Files:
    """The lines are hidden and assured, and the cells have no stage after the manufacture."""
    return _wrong(_endless, {"cells"}, _EVERY)


@case(verified())
def a_product_to_the_grave_without_use_or_end_that_is_hidden() -> Files:
    """Lines and cells are hidden and assured: nothing shows which stages are left out."""
    return _wrong(_endless, set(), _EVERY)


def _endless(world: World) -> dict[str, Any]:
    return world.product("bracket", [gas()], **_GRAVE)


@case(verified(notices=1))
def distribution_in_a_production_total() -> Files:
    """Outbound distribution is added to the production total, beside which it stands."""
    return _wrong(distribution_in_gate)


@case(incomplete(7))
def distribution_that_only_the_cells_show_fail() -> Files:
    """The lines are hidden, and the cells have a stage that is no part of the total."""
    return _wrong(distribution_in_gate, {"cells"})


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


def _credited(stage: str, laws: list[int] | None = None) -> Files:
    """A product that is credited for scrap; it is composed in raw-material, then restaged."""
    scene = Scene()
    steel = scene.fuel("steel")
    credit = {"stage": "raw-material", "allocation": {"method": "substitution"}}
    line = {**scene.line(steel, "0.2", "kilogram"), **credit}
    draft = restaged(scene.product("module", [gas(), line]), "raw-material", stage)
    module = scene.publish(draft)
    if laws is not None:
        scene.publish(scene.assurance(module, laws=laws))
    scene.anchor()
    return scene.files(module)


@case(failed(7))
def a_credit_for_recycling_before_the_gate_fail() -> Files:
    """A cradle-to-gate footprint is credited for what its end of life will replace."""
    return _credited("recycling")


@case(incomplete(7))
def a_credit_for_scrap_without_a_process_record_fail() -> Files:
    """Scrap replaces virgin steel before the gate, and no record shows how much there was."""
    return _credited("raw-material")


@case(verified(notices=1))
def a_credit_for_scrap_that_was_assured() -> Files:
    """No record shows how much scrap replaces virgin steel, and an auditor answers for law 2."""
    return _credited("raw-material", _EVERY)


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


@case(failed(7))
def a_term_of_the_end_of_life_in_distribution_fail() -> Files:
    """The same line stands in stage distribution, which alone would be a notice."""
    return _wrong(lambda world: restaged(landfill_in_gate(world), "manufacturing", "distribution"))
