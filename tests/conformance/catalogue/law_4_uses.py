"""Law 4 in check 7: a claim or a certificate covers once what is taken of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootprint.ledger.core.encoding import digest_text
from tests.conformance.casebook import (
    Files,
    Scene,
    case,
    failed,
    incomplete,
    verified,
)
from tests.conformance.claiming import Change, line_of, nothing, on_a_claim, part_of
from tests.support.processes import (
    claim,
    composed,
    contract,
    file,
    output,
    process,
    record_draft,
    retirement,
    status,
    with_registry,
)

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement
    from tests.conformance.claiming import Draft

PAIR = process(output("steel", "30"), output("slag", "10"))


@case(failed(7))
def more_taken_than_claimed_fail() -> Files:
    """The line takes 10 MWh of a claim of 9."""
    return on_a_claim(claimed={"value": "9"})


@case(failed(7))
def more_taken_than_the_certificate_has_fail() -> Files:
    """Two lines take 10 MWh of a certificate of which one says that it has 9.9."""
    scene = Scene()
    draft = part_of(None, "6000", "4000")
    draft["credentialSubject"]["inventory"][1]["certificate"]["MWh"] = "9.9"
    subject = scene.publish(draft)
    scene.anchor()
    return scene.files(subject)


@case(failed(7))
def more_taken_of_a_certificate_by_two_spellings_fail() -> Files:
    """Two lines take 10 MWh of a certificate of 9.9, which one of them spells otherwise."""
    scene = Scene()
    draft = part_of(None, "6000", "4000")
    one, other = draft["credentialSubject"]["inventory"]
    one["certificate"]["MWh"] = "9.9"
    other["certificate"] |= {"MWh": "9.9", "id": " w\u200b-0001"}
    subject = scene.publish(draft)
    scene.anchor()
    return scene.files(subject)


@case(failed(7))
def a_certificate_on_kilograms_fail() -> Files:
    """The line with the certificate is counted in kilograms."""
    scene = Scene()
    draft = part_of(None, "10000")
    line = line_of(draft)
    line["amount"]["unit"] = line["source"]["per"] = "kilogram"
    subject = scene.publish(draft)
    scene.anchor()
    return scene.files(subject)


def _shared(record_changed: Change = nothing, kwh: str = "10000", mwh: str = "10") -> Files:
    """A co-product whose process takes contract electricity on a claim."""
    scene = Scene()
    with_registry(scene)
    drawn = scene.publish(claim(scene.publish(retirement())))
    given = file("steel", PAIR, [contract("wind", kwh, drawn, mwh)])
    made = record_draft(given, wind=drawn)
    record_changed(made)
    record = scene.publish(made)
    subject = scene.publish(composed(given, furnace=record, wind=drawn))
    scene.anchor()
    return scene.files(subject)


@case(verified())
def a_claim_of_a_whole_process() -> Files:
    """The process draws on the claim; each co-product's line is a share of what it took."""
    return _shared()


@case(failed(7))
def a_process_that_takes_more_than_it_claims_fail() -> Files:
    """Its share is small, and the process takes 10.1 MWh of a claim of 10."""
    return _shared(kwh="10100", mwh="11")


@case(failed(7))
def a_claim_that_the_process_does_not_draw_on_fail() -> Files:
    """The co-product rests on a claim that its process record does not name."""
    return _shared(lambda draft: draft["credentialSubject"].pop("claims"))


@case(failed(7))
def a_claim_for_each_of_a_thousand_pieces_fail() -> Files:
    """Each kilogram takes 10 MWh of a claim of 10, and 1,000 kilograms were produced."""

    def change(draft: Draft) -> None:
        made = {"value": "1000", "unit": "kilogram"}
        draft["credentialSubject"]["producedAmount"] = made
        line_of(draft)["certificate"]["MWh"] = "10000"

    return on_a_claim(changed=change)


@case(verified())
def a_claim_of_six_thousand_pieces() -> Files:
    """6,000 kilograms take a claim of 10 MWh whole; what each takes of it is rounded up."""
    scene = Scene()
    with_registry(scene)
    drawn = scene.publish(claim(scene.publish(retirement())))
    hall = {"name": "Hall 1", "outputs": [output("part", "6000")]}
    given = file("part", hall, [contract("wind", "10000", drawn)])
    subject = scene.publish(composed(given, wind=drawn))
    scene.anchor()
    return scene.files(subject)


@case(incomplete(7))
def a_claim_of_who_hides_how_much_was_made_fail() -> Files:
    """What a claim is used for can't be told without the amount that was produced."""
    return on_a_claim(changed=lambda draft: draft["credentialSubject"].pop("producedAmount"))


def _parts(scene: Scene, drawn: Statement, *names: str) -> list[Statement]:
    """Return parts that take 6 MWh each of one claim, each logged."""
    found = []
    for name in names:
        hall = {"name": "Hall 1", "outputs": [output(name, "1")]}
        given = file(name, hall, [contract("wind", "6000", drawn)])
        found.append(scene.publish(composed(given, wind=drawn)))
    return found


@case(failed(7))
def a_claim_that_two_products_take_fail() -> Files:
    """Two parts of one whole take 6 MWh each of a claim of 10: the later one is not covered."""
    scene = Scene()
    with_registry(scene)
    drawn = scene.publish(claim(scene.publish(retirement())))
    parts = _parts(scene, drawn, "part", "other")
    subject = scene.publish(scene.product("whole", [scene.line(p, "1", "kilogram") for p in parts]))
    scene.anchor()
    return scene.files(subject)


@case(verified(notices=2))
def a_claim_that_the_next_number_takes_over() -> Files:
    """A part's next number names the one before it, and takes over what that took of the claim."""
    scene = Scene()
    with_registry(scene)
    drawn = scene.publish(claim(scene.publish(retirement())))
    (first,) = _parts(scene, drawn, "part")
    hall = {"name": "Hall 1", "outputs": [output("part", "1")]}
    draft = composed(file("part", hall, [contract("wind", "6000", drawn)]), wind=drawn)
    draft["credentialSubject"]["precedingStatements"] = [digest_text(first.digest)]
    parts = [first, scene.publish(draft)]
    lines = [scene.line(p, "1", "kilogram") for p in parts]
    subject = scene.publish(scene.product("whole", lines))
    scene.anchor()
    return scene.files(subject)


@case(failed(7))
def a_superseded_claim_that_still_serves_fail() -> Files:
    """A part rests on a claim superseded later, another on the claim made anew: 12 MWh of 10."""
    scene = Scene()
    with_registry(scene)
    record = scene.publish(retirement())
    old = scene.publish(claim(record, "6"))
    (first,) = _parts(scene, old, "part")
    middle = scene.publish(scene.product("middle", [scene.line(first, "1", "kilogram")]))
    scene.anchor()
    new = scene.publish(claim(record, "6.0"))
    scene.publish(status(old, "superseded", new))
    (other,) = _parts(scene, new, "other")
    lines = [scene.line(one, "1", "kilogram") for one in (middle, other)]
    subject = scene.publish(scene.product("whole", lines))
    scene.anchor()
    return scene.files(subject)


@case(incomplete(7))
def a_claim_on_a_hidden_activity_fail() -> Files:
    """What the whole process took is hidden: the line's own amount says nothing of it."""
    scene = Scene()
    with_registry(scene)
    drawn = scene.publish(claim(scene.publish(retirement())))
    given = file("steel", PAIR, [contract("wind", "10000", drawn)])
    record = scene.publish(record_draft(given, wind=drawn))
    subject = scene.publish(composed(given, furnace=record, wind=drawn))
    scene.publish(scene.assurance(subject, laws=[2]))
    scene.anchor()
    return scene.files(subject, keep={record.digest: set()})
