"""Check 5, status: a reference period has ended when it is anchored; a prospective one has not."""

from __future__ import annotations

from typing import Any

from rootprint.ledger.core.encoding import time_text
from tests.conformance.casebook import Files, Scene, case, failed, verified


def _of(end: str, **changes: Any) -> Files:
    """A product of a factor whose reference period ends then; both are anchored in 2026."""
    scene = Scene()
    fuel = scene.fuel(pcf={"referencePeriodEnd": end}, **changes)
    module = scene.part("module", [scene.line(fuel, "200", "gram")])
    scene.anchor()
    return scene.files(module)


@case(failed(5))
def a_reference_period_that_has_not_ended_fail() -> Files:
    """A factor was anchored in 2026, and is of what will be measured until 2027."""
    return _of("2027-01-01T00:00:00Z")


@case(verified(notices=1))
def a_prospective_reference_period() -> Files:
    """What is expected until 2027 is said to be expected; who takes it and is not is reported."""
    return _of("2027-01-01T00:00:00Z", outlook="prospective")


@case(verified())
def a_prospective_number_of_a_prospective_factor() -> Files:
    """Both are of what is expected until 2027."""
    scene = Scene()
    expected = {"referencePeriodEnd": "2027-01-01T00:00:00Z"}
    fuel = scene.fuel(pcf=expected, outlook="prospective")
    lines = [scene.line(fuel, "200", "gram")]
    module = scene.part("module", lines, pcf=expected, outlook="prospective")
    scene.anchor()
    return scene.files(module)


@case(verified())
def a_prospective_number_of_dry_mass() -> Files:
    """A number of what is expected until 2027, per kilogram of dry mass, says both beside it."""
    scene = Scene()
    expected = {"referencePeriodEnd": "2027-01-01T00:00:00Z"}
    module = scene.part(
        "module", [scene.gas()], pcf=expected, outlook="prospective", quantity={"moisture": "dry"}
    )
    scene.anchor()
    return scene.files(module)


@case(failed(5))
def a_prospective_number_of_the_past_fail() -> Files:
    """A factor of 2025 says that it is prospective, and was anchored in 2026."""
    return _of("2026-01-01T00:00:00Z", outlook="prospective")


@case(verified())
def a_reference_period_that_ends_as_it_is_anchored() -> Files:
    """The period ends in the second of the block that anchors the factor."""
    scene = Scene()
    moment = scene.chain.block().time + 3600
    fuel = scene.fuel(pcf={"referencePeriodEnd": time_text(moment)})
    scene.anchor(at=moment)
    return scene.files(fuel)
