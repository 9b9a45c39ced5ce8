"""Law 4 in a walk: a claim serves once, and one without a retirement record is reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.verify import Verdict
from tests.support.processes import (
    SUPPLIER,
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
from tests.support.world import PUBLISHER, World

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify import Report

Draft = dict[str, Any]
ALONE = {"name": "Hall 1", "outputs": [output("part", "1")]}


@pytest.fixture
def world() -> World:
    return with_registry(World())


def part(claimed: Statement | None, kwh: str = "10000", **more: Any) -> Draft:
    """A product whose one line takes contract electricity."""
    line = contract("wind", kwh, claimed, **more)
    return composed(file("part", ALONE, [line]), wind=claimed)  # type: ignore[arg-type]


def verified(
    world: World, subject: Statement, keep: Mapping[bytes, set[str]] | None = None
) -> Report:
    world.anchor()
    evidence = world.evidence(subject, keep)
    return world.verifier(subject).verify(evidence)


def law(report: Report) -> str:
    return str(report.statements[0].laws[4])


def decided(report: Report) -> str:
    assert report.deciding is not None
    return str(report.deciding[1].reason)


def test_a_claim_on_a_retirement_record_holds(world: World) -> None:
    retired = world.publish(retirement())
    claimed = world.publish(claim(retired))
    subject = world.publish(part(claimed))
    report = verified(world, subject)
    assert (report.verdict, law(report)) == (Verdict.VERIFIED, "held")
    assert not [notice for one in report.statements for notice in one.notices]
    kinds = [one.kind for one in report.statements]
    assert kinds == ["FootprintStatement", "ClaimRecord", "RetirementRecord"]


@pytest.mark.parametrize("recorded", [True, False])
def test_a_claim_without_a_retirement_is_unsigned_and_reported(
    world: World,
    recorded: bool,  # noqa: FBT001 - a parameter of the case
) -> None:
    claimed = world.publish(claim(None)) if recorded else None
    report = verified(world, world.publish(part(claimed)))
    assert (report.verdict, law(report)) == (Verdict.VERIFIED, "not applicable")
    (notice,) = report.statements[0].notices
    assert notice == (
        "certificate W-0001 of Example registry rests on no retirement record: an unsigned claim"
    )


@pytest.mark.parametrize(
    ("retired", "claimed", "reason"),
    [
        ({"beneficiary": PUBLISHER}, {}, f"is for {PUBLISHER}, and {SUPPLIER} claims it"),
        ({"registry": "Another registry"}, {}, "record is of Another registry"),
        ({"productionEnd": "2025-06-01T00:00:00Z"}, {}, "not of the time in which it was made"),
        ({"amount": {"value": "9", "unit": "megawatt hour"}}, {}, "exceed its amount"),
        ({"amount": {"value": "10", "unit": "kilogram"}}, {}, "can't be converted"),
        ({}, {"value": "9"}, "take more of claim"),
        ({}, {"periodStart": "2024-01-01T00:00:00Z", "periodEnd": "2024-02-01T00:00:00Z"},
         "is of another time than its reference period"),
        ({}, {"issuer": PUBLISHER}, f"is {PUBLISHER}'s, not its own issuer's"),
    ],
)  # fmt: skip
def test_a_claim_that_does_not_fit_fails(
    world: World, retired: Draft, claimed: Draft, reason: str
) -> None:
    record = world.publish(retirement(**retired))
    subject = world.publish(part(world.publish(claim(record, **claimed))))
    report = verified(world, subject)
    assert (report.verdict, law(report)) == (Verdict.FAILED, "broken")
    assert reason in decided(report)


def test_what_was_claimed_first_is_covered_and_the_later_is_not(world: World) -> None:
    retired = world.publish(retirement())
    first = world.publish(claim(retired, "6"))
    second = world.publish(claim(retired, "6"))
    covered = world.publish(part(first, "6000"))
    over = world.publish(
        composed(file("other", {**ALONE, "outputs": [output("other", "1")]},
                      [contract("wind", "6000", second)]), wind=second)
    )  # fmt: skip
    assert verified(world, covered).verdict is Verdict.VERIFIED
    assert "exceed its amount" in decided(verified(world, over))


@pytest.mark.parametrize("state", ["withdrawn", "superseded"])
def test_a_claim_that_was_given_up_frees_what_it_held(world: World, state: str) -> None:
    retired = world.publish(retirement())
    first = world.publish(claim(retired, "6"))
    second = world.publish(claim(retired, "6"))
    world.publish(status(first, state, second if state == "superseded" else None))
    subject = world.publish(part(second, "6000"))
    report = verified(world, subject)
    assert (report.verdict, law(report)) == (Verdict.VERIFIED, "held")


def test_another_issuers_claim_blocks_none_and_is_reported(world: World) -> None:
    """Both are logged; the registry's record decides, and both readers see the other."""
    retired = world.publish(retirement())
    foreign = world.publish(claim(retired, issuer=PUBLISHER))
    own = world.publish(claim(retired))
    report = verified(world, world.publish(part(own)))
    assert (report.verdict, law(report)) == (Verdict.VERIFIED, "held")
    answer = f"retirement {digest_text(retired.digest)} is claimed by {PUBLISHER} too: contested"
    assert report.statements[0].notices == [answer]
    assert foreign.digest in {one.digest for one in report.statements}
    theirs = part(foreign)
    theirs["issuer"] = PUBLISHER
    theirs["credentialSubject"] |= {"role": "factor", "reference": "r", "licence": "l"}
    theirs["credentialSubject"]["pcf"]["primaryDataShare"] = "0"
    failing = verified(world, world.publish(theirs))
    assert "is for did:web:maker.example, and did:web:factors.example claims it" in decided(failing)
    assert any(f"claimed by {SUPPLIER} too" in one for one in failing.statements[0].notices)


def test_a_withdrawn_retirement_fails_what_rests_on_it(world: World) -> None:
    retired = world.publish(retirement())
    claimed = world.publish(claim(retired))
    subject = world.publish(part(claimed))
    world.publish(status(retired, "withdrawn"))
    assert verified(world, subject).verdict is Verdict.FAILED


def test_a_retirement_is_a_registrys_word(world: World) -> None:
    draft = retirement()
    draft["issuer"] = SUPPLIER
    claimed = world.publish(claim(world.publish(draft)))
    report = verified(world, world.publish(part(claimed)))
    assert "fails check 2" in decided(report)


def test_lines_of_one_certificate_take_no_more_than_it_has(world: World) -> None:
    """Split over two lines of one statement."""
    outputs = {**ALONE, "outputs": [output("part", "1")]}
    draft = composed(file("part", outputs, [contract("", "6000"), contract("", "4000")]))
    for line in draft["credentialSubject"]["inventory"]:
        line["certificate"]["MWh"] = "9.9"
    report = verified(world, world.publish(draft))
    assert "take more MWh than it has" in decided(report)


def test_of_a_shared_activity_the_whole_counts(world: World) -> None:
    """Each co-product's line is a part; the certificate has to cover the period's activity."""
    retired = world.publish(retirement())
    claimed = world.publish(claim(retired))
    both = process(output("steel", "30"), output("slag", "10"))
    given = file("steel", both, [contract("wind", "10000", claimed)])
    record = world.publish(record_draft(given, wind=claimed))
    assert record.subject["claims"] == [digest_text(claimed.digest)]
    subject = world.publish(composed(given, furnace=record, wind=claimed))
    assert verified(world, subject).verdict is Verdict.VERIFIED
    draft = record_draft(given, wind=claimed)
    del draft["credentialSubject"]["claims"]
    bare = world.publish(draft)
    other = world.publish(composed(given, furnace=bare, wind=claimed))
    assert "does not draw on claim" in decided(verified(world, other))


def _no_energy(draft: Draft) -> None:
    line = draft["credentialSubject"]["inventory"][0]
    line["amount"]["unit"] = "kilogram"
    line["source"]["per"] = "kilogram"


def _other_certificate(draft: Draft) -> None:
    draft["credentialSubject"]["inventory"][0]["certificate"]["id"] = "W-0002"


@pytest.mark.parametrize(
    ("change", "reason"),
    [(_no_energy, "has a certificate, and its amount"),
     (_other_certificate, "names another certificate than its claim")],
)  # fmt: skip
def test_a_line_fits_its_certificate(
    world: World, change: Callable[[Draft], None], reason: str
) -> None:
    draft = part(world.publish(claim(None)))
    change(draft)
    report = verified(world, world.publish(draft))
    assert law(report) == "broken"
    assert reason in decided(report)


def test_what_is_hidden_is_not_checkable(world: World) -> None:
    claimed = world.publish(claim(world.publish(retirement())))
    subject = world.publish(part(claimed))
    report = verified(world, subject, {subject.digest: set()})
    assert (report.verdict, law(report)) == (Verdict.INCOMPLETE, "not checkable")


def test_a_claim_that_is_not_in_the_file_is_not_checkable(world: World) -> None:
    claimed = world.publish(claim(world.publish(retirement())))
    subject = world.publish(part(claimed))
    world.held.pop(claimed.digest)
    report = verified(world, subject)
    assert (report.verdict, law(report)) == (Verdict.INCOMPLETE, "not checkable")
    assert "the claim of a line" in str(report.unmet)


def test_one_claim_serves_no_two_products(world: World) -> None:
    """Bug: each footprint was held against the claim alone, so it served any number of them."""
    claimed = world.publish(claim(world.publish(retirement())))
    first = world.publish(part(claimed, "6000"))
    line = contract("wind", "6000", claimed)
    alone = {**ALONE, "outputs": [output("other", "1")]}
    later = world.publish(composed(file("other", alone, [line]), wind=claimed))
    parts = [world.line(one, "1", "kilogram") for one in (first, later)]
    whole = world.publish(world.product("whole", parts))
    assert "its lines and earlier footprints take more of claim" in decided(verified(world, whole))
    assert verified(world, first).verdict is Verdict.VERIFIED


@pytest.mark.parametrize(
    ("made", "verdict"),
    [
        ({"value": "1000", "unit": "gram"}, Verdict.VERIFIED),
        ({"value": "2", "unit": "kilogram"}, Verdict.FAILED),
        ({"value": "1", "unit": "megawatt hour"}, Verdict.INCOMPLETE),
        (None, Verdict.INCOMPLETE),
    ],
)
def test_a_claim_is_used_for_all_that_was_produced(
    world: World, made: Draft | None, verdict: Verdict
) -> None:
    draft = part(world.publish(claim(world.publish(retirement()))), mwh="1000")
    subject = draft["credentialSubject"]
    assert subject["producedAmount"] == {"value": "1", "unit": "kilogram"}  # as composed
    subject["producedAmount"] = made
    if made is None:
        del subject["producedAmount"]
    report = verified(world, world.publish(draft))
    assert report.verdict is verdict
    if verdict is Verdict.INCOMPLETE:
        assert "what was produced is not stated" in str(report.unmet)
