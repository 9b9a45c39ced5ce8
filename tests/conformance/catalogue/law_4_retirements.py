"""Law 4 in check 7: a claim rests on certificates that were retired for it, each once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
from tests.conformance.claiming import HALL, line_of, on_a_claim, part_of
from tests.support.processes import (
    REGISTRY,
    claim,
    composed,
    contract,
    file,
    retirement,
    status,
    with_registry,
)
from tests.support.world import PUBLISHER, SUPPLIER

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement
    from tests.conformance.claiming import Draft


@case(failed(7))
def a_retirement_for_somebody_else_fail() -> Files:
    """The attributes were retired for another beneficiary."""
    return on_a_claim({"beneficiary": PUBLISHER})


@case(failed(7))
def a_retirement_by_a_maker_fail() -> Files:
    """Who retired them is no registry."""
    scene = Scene()
    draft = {**retirement(), "issuer": SUPPLIER}
    drawn = scene.publish(claim(scene.publish(draft)))
    subject = scene.publish(part_of(drawn, "10000"))
    scene.anchor()
    return scene.files(subject)


@case(failed(7))
def a_retirement_of_another_registry_fail() -> Files:
    """The line's certificate is of one registry, the retirement record of another."""
    return on_a_claim({"registry": "Another registry"})


@case(failed(7))
def a_certificate_outside_the_ranges_fail() -> Files:
    """The line names certificate 1, and 2 to 10 and 0001 to 0010 were retired."""
    ranges = [{"from": "W-0002", "to": "W-0010"}, {"from": "0001", "to": "0010"}]
    return on_a_claim({"certificates": ranges})


@case(failed(7))
def a_certificate_between_ends_of_other_lengths_fail() -> Files:
    """Ends with another number of digits are two certificates, and no range."""

    def changed(draft: Draft) -> None:
        line_of(draft)["certificate"]["id"] = "W-5"

    return on_a_claim({"certificates": [{"from": "W-1", "to": "W-10"}]}, changed=changed)


@case(verified())
def a_certificate_within_a_range_in_another_spelling() -> Files:
    """Case, width and white space of registry and certificate say nothing."""

    def changed(draft: Draft) -> None:
        line_of(draft)["certificate"] |= {"registry": "EXAMPLE\u00a0registry ", "id": "w-0007"}

    return on_a_claim(changed=changed)


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


@case(verified(notices=1))
def a_contested_retirement() -> Files:
    """Somebody else claims it too: that blocks neither, and is reported."""

    def before(scene: Scene, record: Statement) -> None:
        scene.publish(claim(record, issuer=PUBLISHER))

    return on_a_claim(before=before)


@case(failed(7))
def a_claim_on_heat_for_electricity_fail() -> Files:
    """What was retired is heat, and the line takes electricity by contract."""
    return on_a_claim(
        {"attribute": "heat"}, changed=lambda d: line_of(d).update(electricity="contract")
    )


@case(failed(7))
def a_claim_on_heat_for_own_electricity_fail() -> Files:
    """What was retired is heat, and the line takes electricity of the maker's own plant."""
    return on_a_claim({"attribute": "heat"}, changed=lambda d: line_of(d).update(electricity="own"))


@case(failed(7))
def a_claim_on_heat_for_a_factor_of_electricity_fail() -> Files:
    """What was retired is heat, and the factor that the line cites is one of electricity."""
    scene = Scene()
    with_registry(scene)
    drawn = scene.publish(claim(scene.publish(retirement(attribute="heat"))))
    unit = {"declaredUnitOfMeasurement": "kilowatt hour"}
    wind = scene.publish(scene.factor("wind", pcf=unit, includesTransmission=True))
    named = {"registry": "Example registry", "id": "W-0001", "MWh": "10"}
    line = scene.line(
        wind, "10", "kilowatt hour", certificate=named | {"claim": drawn.digest.hex()}
    )
    made = {"value": "100", "unit": "kilogram"}
    subject = scene.publish(scene.product("part", [line], producedAmount=made))
    scene.anchor()
    return scene.files(subject)


@case(failed(7))
def a_certificate_on_electricity_of_the_grid_fail() -> Files:
    """A certificate beside the average of a grid, which is no holder's own."""
    return on_a_claim(changed=lambda d: line_of(d).update(electricity="grid"))


@case(failed(7))
def a_certificate_on_a_residual_mix_fail() -> Files:
    """A certificate beside what other certificates leave of a grid."""
    return on_a_claim(changed=lambda d: line_of(d).update(electricity="residual"))


@case(failed(7))
def a_claim_in_another_dimension_fail() -> Files:
    """What was retired is counted in kilograms."""
    return on_a_claim({"amount": {"value": "10", "unit": "kilogram"}})


@case(failed(7))
def a_claim_beyond_its_production_fail() -> Files:
    """The claim's period ends after that in which the electricity was made."""
    return on_a_claim({"productionEnd": "2025-06-01T00:00:00Z"})


@case(failed(7))
def a_withdrawn_retirement_fail() -> Files:
    """The registry withdrew its record."""

    def then(scene: Scene, record: Statement, _drawn: Statement) -> None:
        scene.publish(status(record, "withdrawn"))

    return on_a_claim(then=then)


@case(incomplete(7))
def a_retirement_is_missing_fail() -> Files:
    """The retirement record is not in the file: the claim on it is not checked."""

    def then(scene: Scene, record: Statement, _drawn: Statement) -> None:
        del scene.held[record.digest]

    return on_a_claim(then=then)


@case(incomplete(7))
def a_retirement_whose_registry_is_not_known_fail() -> Files:
    """The registry's record is not in the file, so who retired it is not checked."""
    scene = Scene()
    with_registry(scene)
    drawn = scene.publish(claim(scene.publish(retirement())))
    subject = scene.publish(part_of(drawn, "10000"))
    scene.anchor()

    def remove(value: Payload) -> None:
        value["records"] = [one for one in value["records"] if one["did"] != REGISTRY]

    return scene.files(subject, edit(scene.evidence(subject), remove))


@case(failed(7))
def claims_beyond_the_retirement_fail() -> Files:
    """The maker claims 10 MWh of a retirement of which it claimed 1 before."""

    def before(scene: Scene, record: Statement) -> None:
        scene.publish(claim(record, "1"))

    return on_a_claim(before=before)


@case(verified())
def a_later_claim_takes_nothing_from_an_earlier_one() -> Files:
    """The maker overdraws the retirement later: what rests on the first claim stays covered."""

    def then(scene: Scene, record: Statement, _drawn: Statement) -> None:
        scene.publish(claim(record, "1"))

    return on_a_claim(then=then)


@case(verified(notices=1))
def a_claim_that_was_withdrawn_frees_its_amount() -> Files:
    """The maker claimed 1 MWh before, and withdrew that: reported, and it counts no more."""

    def before(scene: Scene, record: Statement) -> None:
        scene.publish(status(scene.publish(claim(record, "1")), "withdrawn"))

    return on_a_claim(before=before)


@case(verified(notices=1))
def a_retirement_of_another_market() -> Files:
    """A product of one country rests on what was retired in the market of another: reported."""
    return on_a_claim({"market": "BR"})


@case(verified())
def a_retirement_of_its_own_market_in_another_spelling() -> Files:
    """The registry writes the country's code in small letters."""
    return on_a_claim({"market": " cn"})


@case(verified())
def a_retirement_of_a_market_of_several_countries() -> Files:
    """A market that is no country is compared with none."""
    return on_a_claim({"market": "EU"})


@case(verified(notices=1))
def a_certificate_on_electricity_of_another_market() -> Files:
    """The product is of the retirement's market, and the wind power that it takes is not."""
    scene = Scene()
    with_registry(scene)
    wind = scene.fuel(
        "wind",
        includesTransmission=True,
        pcf={"declaredUnitOfMeasurement": "kilowatt hour", "geographyCountry": "BR"},
    )
    drawn = scene.publish(claim(scene.publish(retirement())))
    named = {"registry": "Example registry", "id": "W-0001", "MWh": "10"}
    certificate = {**named, "claim": drawn.digest.hex()}
    line = scene.line(wind, "10", "kilowatt hour", electricity="contract", certificate=certificate)
    made = {"value": "100", "unit": "kilogram"}
    subject = scene.publish(scene.product("part", [line], producedAmount=made))
    scene.anchor()
    return scene.files(subject)
