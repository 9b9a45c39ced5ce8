"""What no share says and a reader must know: what is left out, by what error, what was replaced."""

from __future__ import annotations

from rootprint.ledger.core.chain import StatusState
from tests.conformance.casebook import Files, Scene, case, verified


def _left_out(percent: str) -> dict[str, str]:
    return {
        "exemptedEmissionsPercent": percent,
        "exemptedEmissionsDescription": "Packaging and services.",
    }


@case(verified())
def a_part_that_leaves_out_nearly_half() -> Files:
    """The subject leaves out nothing of its own; the report says what a part below it does."""
    scene = Scene()
    part = scene.part(pcf=_left_out("49"))
    module = scene.part("module", [scene.line(part, "2", "kilogram"), scene.gas("7")])
    scene.anchor()
    return scene.files(module)


@case(verified(notices=1))
def assurances_of_two_materialities() -> Files:
    """One allows for an error of 5 %, the other of 95.5 %: the report says the greater."""
    scene = Scene()
    part = scene.part()
    module = scene.part("module", [scene.line(part, "2", "kilogram"), scene.gas("7")])
    scene.publish(scene.assurance(part, materialityPercent="95.5"))
    scene.publish(scene.assurance(module, materialityPercent="5"))
    scene.anchor()
    return scene.files(module, keep={part.digest: set()})


@case(verified(notices=1))
def a_materiality_that_the_policy_does_not_take_is_of_no_assurance_that_counts() -> Files:
    """An assurance that does not count says nothing of the number, for or against."""
    scene = Scene()
    part = scene.part()
    scene.publish(scene.assurance(part, materialityPercent="95.5"))
    scene.anchor()
    return scene.files(part).requiring(mostMateriality="5")


@case(verified(notices=2))
def two_statements_that_were_superseded_after_they_were_cited() -> Files:
    """They stand, and their issuers have others in their place: a notice each, and their number."""
    scene = Scene()
    fuel, part = scene.fuel(), scene.part()
    lines = [scene.line(part, "2", "kilogram"), scene.line(fuel, "1", "kilogram"), scene.gas("7")]
    module = scene.part("module", lines)
    scene.anchor()
    for old in (fuel, part):
        scene.chain.set_status(old.issuer, old.digest, StatusState.SUPERSEDED, old.digest)
        scene.chain.mine()
    return scene.files(module)


@case(verified())
def a_factor_of_direct_emissions_only_as_the_subject() -> Files:
    """What is verified is a part of a life cycle: its qualifiers say so."""
    scene = Scene()
    heat = scene.direct()
    scene.anchor()
    return scene.files(heat)
