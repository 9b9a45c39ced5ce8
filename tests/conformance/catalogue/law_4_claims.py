"""Law 4 in check 7: a claim serves once, and one without a retirement record is reported."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.standing import Role
from tests.conformance.casebook import (
    Files,
    Payload,
    Scene,
    case,
    edit,
    failed,
    incomplete,
    verified,
)
from tests.support.processes import (
    REGISTRY,
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
from tests.support.world import PUBLISHER, SUPPLIER

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement

Draft = dict[str, Any]
Change = Callable[[Draft], object]
HALL = {"name": "Hall 1", "outputs": [output("part", "1")]}
PAIR = process(output("steel", "30"), output("slag", "10"))


def _nothing(_draft: Draft) -> None:
    pass


def _part(claimed: Statement | None, *kwh: str) -> Draft:
    lines = [
        contract("wind", each, claimed, description=f"meter {n}") for n, each in enumerate(kwh)
    ]
    return composed(file("part", HALL, lines), **({} if claimed is None else {"wind": claimed}))


def _files(
    retired: Draft | None = None,
    claimed: Draft | None = None,
    changed: Change = _nothing,
    before: Callable[[Scene, Statement], None] | None = None,
    then: Callable[[Scene, Statement, Statement], None] | None = None,
) -> Files:
    """A part of 10 MWh that rest on a claim, and that on a retirement of 10 MWh.

    ``before`` comes before the claim, ``then`` after the part.
    """
    scene = Scene()
    with_registry(scene)
    record = scene.publish(retirement(**(retired or {})))
    if before is not None:
        before(scene, record)
    drawn = scene.publish(claim(record, **(claimed or {})))
    draft = _part(drawn, "10000")
    changed(draft)
    subject = scene.publish(draft)
    if then is not None:
        then(scene, record, drawn)
    scene.anchor()
    return scene.files(subject)


def _line(draft: Draft) -> Draft:
    line: Draft = draft["credentialSubject"]["inventory"][0]
    return line


@case(verified())
def a_claim_on_a_retirement_record() -> Files:
    """A registry retired 10 MWh for the maker, who claims them and takes them."""
    return _files()


@case(verified(notices=1))
def a_certificate_without_a_claim() -> Files:
    """The line names a certificate alone: verified, and reported as an unsigned claim."""
    scene = Scene()
    subject = scene.publish(_part(None, "10000"))
    scene.anchor()
    return scene.files(subject)


@case(verified(notices=1))
def a_claim_without_a_retirement_record() -> Files:
    """The claim is on a certificate with no retirement logged: reported once for two lines."""
    scene = Scene()
    drawn = scene.publish(claim(None))
    subject = scene.publish(_part(drawn, "6000", "4000"))
    scene.anchor()
    return scene.files(subject)


@case(verified(notices=1))
def a_contested_retirement() -> Files:
    """Somebody else claims it too: that blocks neither, and is reported."""

    def before(scene: Scene, record: Statement) -> None:
        scene.publish(claim(record, issuer=PUBLISHER))

    return _files(before=before)


@case(failed(7))
def a_retirement_for_somebody_else_fail() -> Files:
    """The attributes were retired for another beneficiary."""
    return _files({"beneficiary": PUBLISHER})


@case(failed(7))
def a_retirement_by_a_maker_fail() -> Files:
    """Who retired them is no registry."""
    scene = Scene()
    draft = {**retirement(), "issuer": SUPPLIER}
    drawn = scene.publish(claim(scene.publish(draft)))
    subject = scene.publish(_part(drawn, "10000"))
    scene.anchor()
    return scene.files(subject)


@case(failed(7))
def a_retirement_of_another_registry_fail() -> Files:
    """The line's certificate is of one registry, the retirement record of another."""
    return _files({"registry": "Another registry"})


@case(failed(7))
def a_certificate_outside_the_ranges_fail() -> Files:
    """The line names certificate 1, and 2 to 10 and 0001 to 0010 were retired."""
    ranges = [{"from": "W-0002", "to": "W-0010"}, {"from": "0001", "to": "0010"}]
    return _files({"certificates": ranges})


@case(failed(7))
def a_certificate_between_ends_of_other_lengths_fail() -> Files:
    """Ends with another number of digits are two certificates, and no range."""

    def changed(draft: Draft) -> None:
        _line(draft)["certificate"]["id"] = "W-5"

    return _files({"certificates": [{"from": "W-1", "to": "W-10"}]}, changed=changed)


@case(verified())
def a_certificate_within_a_range_in_another_spelling() -> Files:
    """Case, width and white space of registry and certificate say nothing."""

    def changed(draft: Draft) -> None:
        _line(draft)["certificate"] |= {"registry": "EXAMPLE\u00a0registry ", "id": "w-0007"}

    return _files(changed=changed)


def _beside(issuer: str, **changes: Any) -> Files:
    """Somebody else retires certificates 10 to 20, and the maker claims of both."""
    scene = Scene()
    with_registry(scene)
    scene.admit(issuer, Role.REGISTRY)
    scene.chain.mine()
    first = scene.publish(retirement())
    certificates = [{"from": "W-0010", "to": "W-0020"}]
    other = {**retirement(certificates=certificates, **changes), "issuer": issuer}
    second = scene.publish(other)
    one, two = (scene.publish(claim(record)) for record in (first, second))
    lines = [contract("wind", "10000", one), contract("sun", "10000", two)]
    lines[1]["certificate"]["id"] = "W-0015"
    subject = scene.publish(composed(file("part", HALL, lines), wind=one, sun=two))
    scene.anchor()
    return scene.files(subject)


@case(verified(notices=2))
def certificates_that_two_registries_retired() -> Files:
    """Both retired certificate 10: each retirement is told to be contested."""
    return _beside("did:web:registry-2.example", registry="example  Registry")


@case(failed(7))
def a_claim_on_heat_for_electricity_fail() -> Files:
    """What was retired is heat, and the line takes electricity by contract."""
    return _files({"attribute": "heat"}, changed=lambda d: _line(d).update(electricity="contract"))


@case(failed(7))
def a_claim_in_another_dimension_fail() -> Files:
    """What was retired is counted in kilograms."""
    return _files({"amount": {"value": "10", "unit": "kilogram"}})


@case(failed(7))
def a_claim_beyond_its_production_fail() -> Files:
    """The claim's period ends after that in which the electricity was made."""
    return _files({"productionEnd": "2025-06-01T00:00:00Z"})


@case(failed(7))
def a_claim_of_another_time_fail() -> Files:
    """The claim is for the year before the product's."""
    period = {"periodStart": "2024-01-01T00:00:00Z", "periodEnd": "2024-12-31T00:00:00Z"}
    production = {"productionStart": "2024-01-01T00:00:00Z"}
    return _files(production, period)


@case(failed(7))
def more_taken_than_claimed_fail() -> Files:
    """The line takes 10 MWh of a claim of 9."""
    return _files(claimed={"value": "9"})


@case(failed(7))
def claims_beyond_the_retirement_fail() -> Files:
    """The maker claims 10 MWh of a retirement of which it claimed 1 before."""

    def before(scene: Scene, record: Statement) -> None:
        scene.publish(claim(record, "1"))

    return _files(before=before)


@case(verified())
def a_later_claim_takes_nothing_from_an_earlier_one() -> Files:
    """The maker overdraws the retirement later: what rests on the first claim stays covered."""

    def then(scene: Scene, record: Statement, _drawn: Statement) -> None:
        scene.publish(claim(record, "1"))

    return _files(then=then)


@case(verified(notices=1))
def a_claim_that_was_withdrawn_frees_its_amount() -> Files:
    """The maker claimed 1 MWh before, and withdrew that: reported, and it counts no more."""

    def before(scene: Scene, record: Statement) -> None:
        scene.publish(status(scene.publish(claim(record, "1")), "withdrawn"))

    return _files(before=before)


@case(failed(7))
def a_withdrawn_claim_fail() -> Files:
    """The maker withdrew the claim that the part rests on."""

    def then(scene: Scene, _record: Statement, drawn: Statement) -> None:
        scene.publish(status(drawn, "withdrawn"))

    return _files(then=then)


@case(failed(7))
def a_withdrawn_retirement_fail() -> Files:
    """The registry withdrew its record."""

    def then(scene: Scene, record: Statement, _drawn: Statement) -> None:
        scene.publish(status(record, "withdrawn"))

    return _files(then=then)


@case(failed(7))
def a_claim_of_another_issuer_fail() -> Files:
    """The line rests on somebody else's claim."""
    return _files({"beneficiary": PUBLISHER}, {"issuer": PUBLISHER})


@case(failed(7))
def a_claim_that_is_logged_later_fail() -> Files:
    """The claim comes after the part that rests on it."""
    scene = Scene()
    with_registry(scene)
    drawn = scene.sign(claim(scene.publish(retirement())))
    subject = scene.publish(_part(drawn, "10000"))
    scene.log(drawn)
    scene.anchor()
    return scene.files(subject)


@case(failed(7))
def a_footprint_in_place_of_a_claim_fail() -> Files:
    """What the line names as its claim is a factor."""
    scene = Scene()
    fuel = scene.fuel()
    draft = _part(None, "10000")
    _line(draft)["certificate"]["claim"] = digest_text(fuel.digest)
    subject = scene.publish(draft)
    scene.anchor()
    return scene.files(subject)


@case(failed(7))
def a_claim_on_another_certificate_fail() -> Files:
    """The line names certificate 2, its claim certificate 1."""
    scene = Scene()
    draft = _part(scene.publish(claim(None)), "10000")
    _line(draft)["certificate"]["id"] = "W-0002"
    subject = scene.publish(draft)
    scene.anchor()
    return scene.files(subject)


@case(failed(7))
def more_taken_than_the_certificate_has_fail() -> Files:
    """Two lines take 10 MWh of a certificate of which one says that it has 9.9."""
    scene = Scene()
    draft = _part(None, "6000", "4000")
    draft["credentialSubject"]["inventory"][1]["certificate"]["MWh"] = "9.9"
    subject = scene.publish(draft)
    scene.anchor()
    return scene.files(subject)


@case(failed(7))
def more_taken_of_a_certificate_by_two_spellings_fail() -> Files:
    """Two lines take 10 MWh of a certificate of 9.9, which one of them spells otherwise."""
    scene = Scene()
    draft = _part(None, "6000", "4000")
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
    draft = _part(None, "10000")
    line = _line(draft)
    line["amount"]["unit"] = line["source"]["per"] = "kilogram"
    subject = scene.publish(draft)
    scene.anchor()
    return scene.files(subject)


def _shared(record_changed: Change = _nothing, kwh: str = "10000", mwh: str = "10") -> Files:
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


@case(incomplete(7))
def a_claim_is_missing_fail() -> Files:
    """The claim is not in the file: nothing is wrong, and it is not checked."""

    def then(scene: Scene, _record: Statement, drawn: Statement) -> None:
        del scene.held[drawn.digest]

    return _files(then=then)


@case(incomplete(7))
def a_retirement_is_missing_fail() -> Files:
    """The retirement record is not in the file: the claim on it is not checked."""

    def then(scene: Scene, record: Statement, _drawn: Statement) -> None:
        del scene.held[record.digest]

    return _files(then=then)


@case(incomplete(7))
def a_retirement_whose_registry_is_not_known_fail() -> Files:
    """The registry's record is not in the file, so who retired it is not checked."""
    scene = Scene()
    with_registry(scene)
    drawn = scene.publish(claim(scene.publish(retirement())))
    subject = scene.publish(_part(drawn, "10000"))
    scene.anchor()

    def remove(value: Payload) -> None:
        value["records"] = [one for one in value["records"] if one["did"] != REGISTRY]

    return scene.files(subject, edit(scene.evidence(subject), remove))


def _spoiled(change: Callable[[Payload], None]) -> Files:
    """A part whose claim was signed by somebody who does not keep to the form."""
    scene = Scene()
    with_registry(scene)
    drawn = scene.spoil(claim(scene.publish(retirement())), change)
    subject = scene.publish(_part(drawn, "10000"))
    scene.anchor()
    return scene.files(subject, scene.whole(subject))


@case(failed(1))
def a_claim_that_ends_before_it_begins_fail() -> Files:
    """The claim's period ends before it begins."""

    def change(payload: Payload) -> None:
        payload["credentialSubject"]["periodEnd"] = "2024-01-01T00:00:00Z"

    return _spoiled(change)


@case(failed(7))
def a_claim_for_each_of_a_thousand_pieces_fail() -> Files:
    """Each kilogram takes 10 MWh of a claim of 10, and 1,000 kilograms were produced."""

    def change(draft: Draft) -> None:
        made = {"value": "1000", "unit": "kilogram"}
        draft["credentialSubject"]["producedAmount"] = made
        _line(draft)["certificate"]["MWh"] = "10000"

    return _files(changed=change)


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
    return _files(changed=lambda draft: draft["credentialSubject"].pop("producedAmount"))


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


@case(failed(7))
def a_claim_that_begins_before_the_reference_period_fail() -> Files:
    """The claim begins half a year before the reference period, and ends within it."""
    period = {"periodStart": "2024-07-01T00:00:00Z", "periodEnd": "2025-07-01T00:00:00Z"}
    return _files({"productionStart": "2024-01-01T00:00:00Z"}, period)


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
