"""Law 4 in check 7: a claim is of the one who takes it, of its time and its certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootprint.ledger.core.encoding import digest_text
from tests.conformance.casebook import (
    Files,
    Payload,
    Scene,
    case,
    failed,
    incomplete,
    verified,
)
from tests.conformance.claiming import line_of, on_a_claim, part_of
from tests.support.processes import (
    claim,
    retirement,
    status,
    with_registry,
)
from tests.support.world import PUBLISHER

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.core.statement import Statement


@case(verified())
def a_claim_on_a_retirement_record() -> Files:
    """A registry retired 10 MWh for the maker, who claims them and takes them."""
    return on_a_claim()


@case(verified(notices=1))
def a_certificate_without_a_claim() -> Files:
    """The line names a certificate alone: verified, and reported as an unsigned claim."""
    scene = Scene()
    subject = scene.publish(part_of(None, "10000"))
    scene.anchor()
    return scene.files(subject)


@case(verified(notices=1))
def a_claim_without_a_retirement_record() -> Files:
    """The claim is on a certificate with no retirement logged: reported once for two lines."""
    scene = Scene()
    drawn = scene.publish(claim(None))
    subject = scene.publish(part_of(drawn, "6000", "4000"))
    scene.anchor()
    return scene.files(subject)


@case(failed(7))
def a_claim_of_another_time_fail() -> Files:
    """The claim is for the year before the product's."""
    period = {"periodStart": "2024-01-01T00:00:00Z", "periodEnd": "2024-12-31T00:00:00Z"}
    production = {"productionStart": "2024-01-01T00:00:00Z"}
    return on_a_claim(production, period)


@case(failed(7))
def a_withdrawn_claim_fail() -> Files:
    """The maker withdrew the claim that the part rests on."""

    def then(scene: Scene, _record: Statement, drawn: Statement) -> None:
        scene.publish(status(drawn, "withdrawn"))

    return on_a_claim(then=then)


@case(failed(7))
def a_claim_of_another_issuer_fail() -> Files:
    """The line rests on somebody else's claim."""
    return on_a_claim({"beneficiary": PUBLISHER}, {"issuer": PUBLISHER})


@case(failed(7))
def a_claim_that_is_logged_later_fail() -> Files:
    """The claim comes after the part that rests on it."""
    scene = Scene()
    with_registry(scene)
    drawn = scene.sign(claim(scene.publish(retirement())))
    subject = scene.publish(part_of(drawn, "10000"))
    scene.log(drawn)
    scene.anchor()
    return scene.files(subject)


@case(failed(7))
def a_footprint_in_place_of_a_claim_fail() -> Files:
    """What the line names as its claim is a factor."""
    scene = Scene()
    fuel = scene.fuel()
    draft = part_of(None, "10000")
    line_of(draft)["certificate"]["claim"] = digest_text(fuel.digest)
    subject = scene.publish(draft)
    scene.anchor()
    return scene.files(subject)


@case(failed(7))
def a_claim_on_another_certificate_fail() -> Files:
    """The line names certificate 2, its claim certificate 1."""
    scene = Scene()
    draft = part_of(scene.publish(claim(None)), "10000")
    line_of(draft)["certificate"]["id"] = "W-0002"
    subject = scene.publish(draft)
    scene.anchor()
    return scene.files(subject)


@case(incomplete(7))
def a_claim_is_missing_fail() -> Files:
    """The claim is not in the file: nothing is wrong, and it is not checked."""

    def then(scene: Scene, _record: Statement, drawn: Statement) -> None:
        del scene.held[drawn.digest]

    return on_a_claim(then=then)


def _spoiled(change: Callable[[Payload], None]) -> Files:
    """A part whose claim was signed by somebody who does not keep to the form."""
    scene = Scene()
    with_registry(scene)
    drawn = scene.spoil(claim(scene.publish(retirement())), change)
    subject = scene.publish(part_of(drawn, "10000"))
    scene.anchor()
    return scene.files(subject, scene.whole(subject))


@case(failed(1))
def a_claim_that_ends_before_it_begins_fail() -> Files:
    """The claim's period ends before it begins."""

    def change(payload: Payload) -> None:
        payload["credentialSubject"]["periodEnd"] = "2024-01-01T00:00:00Z"

    return _spoiled(change)


@case(failed(7))
def a_claim_that_begins_before_the_reference_period_fail() -> Files:
    """The claim begins half a year before the reference period, and ends within it."""
    period = {"periodStart": "2024-07-01T00:00:00Z", "periodEnd": "2025-07-01T00:00:00Z"}
    return on_a_claim({"productionStart": "2024-01-01T00:00:00Z"}, period)
