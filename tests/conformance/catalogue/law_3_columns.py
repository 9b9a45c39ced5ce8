"""Law 3: debits and credits are apart, and what is taken off rests on evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.encoding import digest_text
from tests.conformance.casebook import Files, Scene, case, failed, incomplete, verified
from tests.support.wrong import gas
from tests.support.wrong_columns import (
    CREDIT,
    EVIDENCE,
    captures_more_than_is_generated,
    captures_more_than_is_stored,
    captures_of,
    credits_too_much,
    credits_what_removes,
    figure,
    flow,
    removes_more_than_is_stored,
    stored,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.core.statement import Statement
    from tests.support.world import World

_EVERY = [1, 2, 3, 4, 5, 6, 7, 8]
_BUT_3 = [1, 2, 4, 5, 6, 7, 8]
# After the use, as no process has a record of what is recovered then (law 2 says so in a notice).
_GRAVE = {"boundary": "cradle-to-grave"}
_RECOVERED = {"stage": "end-of-life", **CREDIT}


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


def _right(*lines: dict[str, Any], scene: Scene | None = None, **changes: Any) -> Files:
    place = scene or Scene()
    module = place.publish(place.product("module", lines, **changes))
    place.anchor()
    return place.files(module)


@case(failed(8))
def more_removed_than_is_stored_fail() -> Files:
    """900 kg are removed from the air, and 1 kg is shown to be stored."""
    return _wrong(removes_more_than_is_stored)


@case(incomplete(8))
def more_removed_than_is_stored_and_hidden_fail() -> Files:
    """The lines are hidden, and no independent auditor saw what is behind the removal."""
    return _wrong(removes_more_than_is_stored, {"cells"})


@case(incomplete(8))
def a_removal_whose_auditor_does_not_name_law_3_fail() -> Files:
    """An auditor saw the hidden lines and does not answer for what is taken off."""
    return _wrong(removes_more_than_is_stored, {"cells"}, _BUT_3)


@case(verified())
def a_hidden_removal_that_an_auditor_answers_for() -> Files:
    """The lines are hidden, and an auditor answers for law 3: it is that auditor's word."""
    made = _wrong(removes_more_than_is_stored, {"cells"}, _EVERY)
    return made.requiring(mostRemovals=None)


@case(verified())
def an_auditor_who_does_not_name_law_3_where_nothing_is_taken_off() -> Files:
    """The lines are hidden; no column but the gross has anything, so law 3 asks for nothing."""
    return _wrong(lambda world: world.product("module", [gas("10")]), {"cells"}, _BUT_3)


@case(failed(8))
def more_captured_than_is_generated_fail() -> Files:
    """A process that emits methane captures CO2: what it captures is not its own."""
    return _wrong(captures_more_than_is_generated)


@case(failed(8))
def a_capture_of_what_aircraft_emit_fail() -> Files:
    """10 kg of CO2 are of aircraft, which have no stack that 5 kg could be captured at."""
    return _wrong(lambda world: captures_of(world, "CO2_aircraft"))


@case(failed(8))
def a_capture_of_what_changed_land_lost_fail() -> Files:
    """10 kg of CO2 are of land that was changed, where no CO2 is captured at its source."""
    return _wrong(lambda world: captures_of(world, "CO2_land_use_change"))


@case(failed(8))
def a_capture_of_what_managed_land_emits_fail() -> Files:
    """10 kg of CO2 are of land that is managed, where no CO2 is captured at its source."""
    return _wrong(lambda world: captures_of(world, "CO2_land_management"))


@case(verified(notices=1))
def captured_carbon_in_the_product_beside_what_is_stored() -> Files:
    """0.2 kg of carbon of captured CO2 are in the product, and as much is captured and stored."""
    return _right(
        gas("10"),
        flow("CO2_captured", "0.733333", removal=stored("0.733333")),
        pcf={
            "ccuCarbonContent": "0.2",
            "ccuCalculationApproach": "Credit",
            "ccuCreditCertification": "An example scheme",
            "fossilCarbonContent": "0.2",
            "ccsTechnologicalCO2CaptureIncluded": True,
            "technologicalCO2CaptureOrigin": "The works' own stack",
        },
    )


def _flare(scene: Scene, heat: Statement) -> dict[str, Any]:
    """A draft that emits 25 kg by a direct-only factor and captures them."""
    emitted = {
        "stage": "manufacturing",
        "description": "Flare",
        "amount": {"value": "10", "unit": "kilogram"},
        "source": {"emission": "CO2e", "input": heat.digest.hex()},
        "primary": True,
    }
    lines = [emitted, flow("CO2_captured", "25", removal=stored("25"))]
    return scene.product("flare", lines)


@case(verified(notices=1))
def a_capture_of_emissions_whose_factor_shows_no_gases() -> Files:
    """Whether the factor's 2.5 kg are CO2 stands nowhere: a notice says what is shown."""
    scene = Scene()
    flare = scene.publish(_flare(scene, scene.direct()))
    scene.anchor()
    return scene.files(flare)


@case(failed(8))
def a_capture_of_emissions_whose_factor_shows_methane_fail() -> Files:
    """The factor's 2.5 kg are all methane, and methane is not captured as CO2."""
    scene = Scene()
    draft = _flare(scene, scene.direct())
    leak = scene.direct("leak", gases={"CH4_fossil": "0.083892617450"})
    draft["credentialSubject"]["inventory"][0]["source"] |= {
        "factor": digest_text(leak.digest),
        "productId": leak.subject["productIds"][0],
    }
    flare = scene.publish(draft)
    scene.anchor()
    return scene.files(flare)


@case(incomplete(8))
def more_captured_than_is_generated_and_hidden_fail() -> Files:
    """The lines are hidden, and no independent auditor saw what generates the CO2."""
    return _wrong(captures_more_than_is_generated, {"cells"})


@case(verified())
def a_hidden_capture_that_an_auditor_answers_for() -> Files:
    """The lines are hidden, and an auditor answers for law 3: it is that auditor's word."""
    return _wrong(captures_more_than_is_generated, {"cells"}, _EVERY)


@case(failed(8))
def a_credit_for_displacing_a_sink_fail() -> Files:
    """What is displaced takes more out of the air than it emits: that is no burden."""
    return _wrong(credits_what_removes)


@case(incomplete(8))
def a_credit_for_displacing_a_sink_that_is_hidden_fail() -> Files:
    """The line that credits a sink is hidden, and no independent auditor saw it."""
    return _wrong(credits_what_removes, {"cells"})


@case(verified())
def a_hidden_credit_that_an_auditor_answers_for() -> Files:
    """The line that credits a sink is hidden, and an auditor answers for law 3."""
    return _wrong(credits_what_removes, {"cells"}, _EVERY)


@case(failed(8))
def a_credit_of_more_than_is_displaced_fail() -> Files:
    """A credit is ten times the signed footprint that is displaced."""
    return _wrong(credits_too_much)


@case(incomplete(8))
def a_hidden_credit_of_more_than_is_displaced_fail() -> Files:
    """The line with the credit is hidden, and no independent auditor saw it."""
    return _wrong(credits_too_much, {"cells"})


@case(verified())
def a_removal_that_is_stored() -> Files:
    """What is removed from the air is stored, and stands beside the emissions."""
    return _right(gas("10"), flow("CO2_technological_removal", "4", removal=stored("4")))


@case(verified())
def more_removed_than_is_emitted() -> Files:
    """A negative total is lawful: its columns say of what it is made; the policy sets no bound."""
    made = _right(gas("1"), flow("CO2_land_management_removal", "3", removal=EVIDENCE))
    return made.requiring(mostRemovals=None)


@case(verified())
def capture_of_what_the_process_generates() -> Files:
    """Fossil and biogenic CO2 of the stack are captured, and not more; the policy sets no bound."""
    made = _right(
        gas("4"),
        flow("CO2_uptake", "6"),
        flow("CO2_biogenic", "6"),
        flow("CO2_captured", "10", removal=stored("10")),
        pcf={"biogenicCarbonContent": "0"},
    )
    return made.requiring(mostRemovals=None)


@case(verified(notices=2))
def capture_that_an_input_brought() -> Files:
    """What an input captured is the input's to bound; here nothing is generated beside it."""
    scene = Scene()
    captured = {"fossilGhgEmissions": "3.5", "ccsTechnologicalCO2Capture": "-1"}
    clean = scene.fuel("clean", pcf=captured)
    return _right(scene.line(clean, "2", "kilogram"), scene=scene)


@case(verified(notices=1))
def a_credit_for_a_signed_footprint() -> Files:
    """What is recovered displaces heat that somebody signed: its whole total is taken off."""
    scene = Scene()
    heat = scene.fuel("heat")
    credit = scene.line(heat, "2", "kilogram", **_RECOVERED)
    return _right(gas("10"), credit, scene=scene, **_GRAVE)


@case(verified(notices=2))
def a_credit_for_a_published_figure() -> Files:
    """What is recovered displaces what a publication has a figure for."""
    return _right(gas("10"), figure("2", **_RECOVERED), **_GRAVE)


_REMOVING = {"landManagementBiogenicCO2Removals": "-1", "pcfExcludingBiogenicUptake": "1.5",
             "pcfIncludingBiogenicUptake": "1.5"}  # fmt: skip


@case(verified(notices=3))
def removals_on_a_publishers_word_are_told_all_the_way_up() -> Files:
    """A factor's removals rest on its publisher's word, and so do those of who takes its user."""
    scene = Scene()
    wood = scene.fuel("wood", pcf=_REMOVING)
    part = scene.part("part", [gas("1"), scene.line(wood, "2", "kilogram")])
    return _right(gas("10"), scene.line(part, "3", "kilogram"), scene=scene)


@case(verified(notices=1))
def removals_on_the_subjects_own_word() -> Files:
    """A factor is asked for by itself: law 3 can't be checked of it, and nothing fails."""
    scene = Scene()
    wood = scene.fuel("wood", pcf=_REMOVING)
    scene.anchor()
    return scene.files(wood)


@case(verified(notices=2))
def a_credit_for_displacing_what_removes_too() -> Files:
    """What is displaced has removals on its publisher's word: they lower the credit."""
    scene = Scene()
    wood = scene.fuel("wood", pcf=_REMOVING)
    credit = scene.line(wood, "2", "kilogram", **_RECOVERED)
    return _right(gas("10"), credit, scene=scene, **_GRAVE)


def _twice(first: str, second: str, **more: Any) -> dict[str, Any]:
    return flow("CO2_technological_removal", first, removal={**stored(second), **more})


@case(failed(8))
def one_evidence_for_two_removals_beyond_it_fail() -> Files:
    """One report, spelt in two ways, shows 4 kg to be stored, and two lines take 3 kg each."""

    def build(world: World) -> dict[str, Any]:
        lines = [gas("10"), _twice("3", "4"), _twice("3", "4", evidence="Another report")]
        draft = world.product("module", lines)
        shown = draft["credentialSubject"]["inventory"][2]["removal"]
        shown["evidence"] = EVIDENCE["evidence"].upper().replace(" ", " \u200b ") + " "
        return draft

    return _wrong(build)


@case(verified())
def one_evidence_for_two_removals_within_it() -> Files:
    """One report shows 6 kg to be stored, and two lines take 3 kg each."""
    return _right(gas("10"), _twice("3", "6"), _twice("3", "6"))


@case(verified(notices=2))
def one_evidence_for_removals_of_two_footprints() -> Files:
    """A part and what it goes into name one report for a removal each: readers are told."""
    scene = Scene()
    part = scene.part("part", [gas("10"), _twice("3", "3")])
    return _right(scene.line(part, "1", "kilogram"), _twice("2", "3"), scene=scene)


@case(failed(8))
def more_captured_than_is_stored_fail() -> Files:
    """5 kg are captured of 10, and 4 kg are shown to be stored."""
    return _wrong(captures_more_than_is_stored)


@case(verified(notices=4))
def what_is_taken_off_in_four_ways() -> Files:
    """A signed and a published credit, a stored removal and a factor's: each by how it is known."""
    scene = Scene()
    wood, heat = scene.fuel("wood", pcf=_REMOVING), scene.fuel("heat")
    return _right(
        gas("40"),
        scene.line(wood, "2", "kilogram"),
        scene.line(heat, "1", "kilogram", **_RECOVERED),
        figure("3", **_RECOVERED),
        flow("CO2_technological_removal", "4", removal=stored("4")),
        scene=scene,
        **_GRAVE,
    )


@case(verified())
def parts_scale_as_their_whole_does() -> Files:
    """What of the fossil emissions was flown, and what is of land management, is carried on."""
    scene = Scene()
    parts = {"landManagementFossilGhgEmissions": "0.4", "aircraftGhgEmissions": "0.3"}
    wood = scene.fuel("wood", pcf=parts)
    return _right(scene.line(wood, "2", "kilogram"), scene=scene)


@case(failed(8))
def a_part_that_was_not_carried_on_fail() -> Files:
    """An input's land management is not in the part that takes it."""
    scene = Scene()
    wood = scene.fuel("wood", pcf={"landManagementFossilGhgEmissions": "0.4"})
    draft = scene.product("module", [scene.line(wood, "2", "kilogram")])
    subject = draft["credentialSubject"]
    del subject["inventory"][0]["result"]["landManagementFossilGhgEmissions"]
    del subject["pcf"]["landManagementFossilGhgEmissions"]
    subject["cells"] = {"raw-material": {"fossilGhgEmissions": "5.00000"}}
    module = scene.publish(draft)
    scene.anchor()
    return scene.files(module)


@case(verified())
def removals_raise_no_coverage() -> Files:
    """An assured part and an own removal as large: shares are of the gross alone."""
    scene = Scene()
    part = scene.part("part")
    scene.publish(scene.assurance(part))
    return _right(
        scene.line(part, "1", "kilogram"),
        flow("CO2_technological_removal", "1.1", removal=stored("1.1")),
        scene=scene,
    )
