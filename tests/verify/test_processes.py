"""Law 2 in a walk: the co-products carry the process, or the verifier says what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.schema.kinds import PROCESS
from rootprint.ledger.verify import Verdict
from tests.support.processes import (
    composed,
    credit,
    file,
    gas,
    output,
    point_at,
    process,
    record_draft,
    status,
    takes,
)
from tests.support.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify import Report

PAIR = process(output("steel", "30"), output("slag", "10"))
LINES = [gas("40"), gas("2", "N2O", output="slag")]
Draft = dict[str, Any]


def published(world: World, given: Draft, **inputs: Statement) -> tuple[Statement, Statement]:
    """Publish a file's process record, then its co-product."""
    record = world.publish(record_draft(given, **inputs))
    return record, world.publish(composed(given, furnace=record, **inputs))


def verified(
    world: World, subject: Statement, keep: Mapping[bytes, set[str]] | None = None
) -> Report:
    world.anchor()
    evidence = world.evidence(subject, keep)
    return world.verifier(subject).verify(evidence)


def law(report: Report, number: int = 2) -> str:
    return str(report.statements[0].laws[number])


def decided(report: Report) -> str:
    assert report.deciding is not None
    return str(report.deciding[1].reason)


@pytest.mark.parametrize("name", ["steel", "slag"])
def test_each_co_product_verifies_with_its_record(name: str) -> None:
    world = World()
    record, subject = published(world, file(name, PAIR, LINES))
    report = verified(world, subject)
    assert report.verdict is Verdict.VERIFIED
    assert law(report) == "held"
    assert [one.kind for one in report.statements] == ["FootprintStatement", PROCESS]
    assert report.statements[1].digest == record.digest


def test_the_record_is_needed_and_nothing_else() -> None:
    world = World()
    record, subject = published(world, file("steel", PAIR, LINES))
    world.held = {digest: one for digest, one in world.held.items() if one is not record}
    report = verified(world, subject)
    assert report.verdict is Verdict.INCOMPLETE
    assert f"law 2: its process record {digest_text(record.digest)} is not available" in str(
        report.unmet
    )


def test_a_single_output_needs_no_record() -> None:
    alone = {"name": "Furnace 1", "outputs": [output("steel", "30")]}
    world = World()
    subject = world.publish(composed(file("steel", alone, [gas()])))
    report = verified(world, subject)
    assert (report.verdict, law(report)) == (Verdict.VERIFIED, "not applicable")


def test_a_single_output_may_have_one() -> None:
    alone = process(output("steel", "30"))
    del alone["allocation"]
    world = World()
    _, subject = published(world, file("steel", alone, [gas()]))
    report = verified(world, subject)
    assert (report.verdict, law(report)) == (Verdict.VERIFIED, "held")


def test_a_share_without_a_record_fails() -> None:
    world = World()
    without = {name: member for name, member in PAIR.items() if name != "record"}
    report = verified(world, world.publish(composed(file("steel", without, LINES))))
    assert (report.verdict, law(report)) == (Verdict.FAILED, "broken")
    assert "is a share of a process with several outputs, and no process record" in decided(report)


def _first_line(draft: Draft) -> Draft:
    """The line of what is shared, which is activity number one in the file's order."""
    return draft["credentialSubject"]["inventory"][0]


def _less(draft: Draft) -> None:
    line = _first_line(draft)
    line["amount"]["value"] = "0.5"
    line["result"]["fossilGhgEmissions"] = "0.50000000000000000000"


def _rows(draft: Draft, name: str) -> Draft:
    return next(one for one in draft["credentialSubject"]["allocation"] if one["name"] == name)


def _recalculated(world: World, given: Draft, change: Callable[[Draft], None]) -> Statement:
    """Publish a record with a draft that was changed, then what a dishonest maker makes of it."""
    draft = record_draft(given)
    change(draft)
    return world.publish(draft)


def _shifted(draft: Draft) -> None:
    """More than there is to the one row, less to the other: it still adds to 100."""
    _rows(draft, "steel")["share"] = "60.000000000000"
    _rows(draft, "slag")["share"] = "40.000000000000"


def _vanished(draft: Draft) -> None:
    _rows(draft, "steel")["share"] = "50.000000000000"


def _two_methods(draft: Draft) -> None:
    _rows(draft, "slag")["method"] = "economic"


def _two_units(draft: Draft) -> None:
    _rows(draft, "slag")["weightUnit"] = "tonne"


def _waste_with_share(draft: Draft) -> None:
    _rows(draft, "slag")["method"] = "waste"


def _dumped(draft: Draft) -> None:
    """An activity that serves a row of waste is carried by no product."""
    row = _rows(draft, "slag")
    row |= {"method": "waste", "share": "0", "weight": "0"}
    _rows(draft, "steel")["share"] = "100.000000000000"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (_shifted, "is not its weight over the sum of weights"),
        (_vanished, "is not its weight over the sum of weights"),
        (_two_methods, "by economic and physical: a process has one method"),
        (_two_units, "weights in more than one unit"),
        (_waste_with_share, "is waste and has a share"),
        (_dumped, "which is waste and carries nothing"),
    ],
)
def test_a_table_that_does_not_add_up_fails_where_it_is_open(
    change: Callable[[Draft], None], reason: str
) -> None:
    world, given = World(), file("steel", PAIR, LINES)
    honest = world.publish(record_draft(given))
    record = _recalculated(world, given, change)
    draft = composed(given, furnace=honest)
    point_at(draft, honest, record)
    subject = world.publish(draft)
    opened = verified(world, subject)
    assert opened.verdict is Verdict.FAILED
    assert decided(opened).startswith("law 2: ")
    assert reason in decided(opened)
    # Hidden, it is not known, and said so: never verified.
    hidden = verified(world, subject, {record.digest: set()})
    assert hidden.verdict is Verdict.INCOMPLETE
    assert law(hidden) == "not checkable"


def _no_activity(draft: Draft) -> None:
    del _first_line(draft)["allocation"]["activity"]


def _another_share(draft: Draft) -> None:
    _first_line(draft)["allocation"]["share"] = "74"


def _another_group(draft: Draft) -> None:
    _first_line(draft)["allocation"]["group"] = "Furnace 2"


def _another_row(draft: Draft) -> None:
    rows = draft["credentialSubject"]["process"]
    rows["row"] = next(n for n in range(8) if n != rows["row"])


def _another_product(draft: Draft) -> None:
    draft["credentialSubject"]["productIds"] = ["urn:example:iron"]


def _another_period(draft: Draft) -> None:
    draft["credentialSubject"]["pcf"]["referencePeriodEnd"] = "2026-02-01T00:00:00Z"


def _another_site(draft: Draft) -> None:
    draft["credentialSubject"]["sites"] = ["urn:example:site-2"]


def _another_stage(draft: Draft) -> None:
    subject = draft["credentialSubject"]
    _first_line(draft)["stage"] = "raw-material"
    subject["cells"] = {"raw-material": subject["cells"].pop("manufacturing")}


def _twice(draft: Draft) -> None:
    draft["credentialSubject"]["inventory"] *= 2


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (_less, "is not the share of activity"),
        (_no_activity, "names no activity of its process record"),
        (_another_share, "says another share than its process record"),
        (_another_group, "names another process than its process record"),
        (_another_row, "row "),
        (_another_product, "is of another product"),
        (_another_period, "is of another period"),
        (_another_site, "is of a site that it does not name"),
        (_another_stage, "its stage"),
        (_twice, "for the second time"),
    ],
)
def test_a_co_product_that_is_not_its_row_fails(
    change: Callable[[Draft], None], reason: str
) -> None:
    world, given = World(), file("steel", PAIR, LINES)
    record = world.publish(record_draft(given))
    draft = composed(given, furnace=record)
    change(draft)
    report = verified(world, world.publish(draft))
    assert report.verdict is Verdict.FAILED
    assert law(report) == "broken"
    assert decided(report).startswith("law 2: ")
    assert reason in decided(report)


def test_an_activity_that_no_product_takes_is_reported() -> None:
    """The maker leaves a line out of the statement that its record has."""
    world = World()
    both = file("steel", PAIR, [gas("40"), gas("1", "CH4_fossil")])
    record = world.publish(record_draft(both))
    one = file("steel", {**PAIR, "name": "Furnace 1"}, [gas("40")])
    honest = world.publish(record_draft(one))
    draft = composed(one, furnace=honest)
    point_at(draft, honest, record)
    report = verified(world, world.publish(draft))
    assert "is taken by no line" in decided(report)
    hidden = verified(world, world.held[report.statements[0].digest],
                      {record.digest: {"allocation", "allocationShape"}})  # fmt: skip
    assert (hidden.verdict, law(hidden)) == (Verdict.INCOMPLETE, "not checkable")


def test_a_record_of_another_issuer_fails() -> None:
    world, given = World(), file("steel", PAIR, LINES)
    draft = record_draft(given)
    draft["issuer"] = "did:web:factors.example"
    record = world.publish(draft)
    honest = world.publish(record_draft(given))
    made = composed(given, furnace=honest)
    point_at(made, honest, record)
    report = verified(world, world.publish(made))
    assert "did:web:factors.example's, not its own issuer's" in decided(report)


def test_a_record_that_is_logged_later_fails() -> None:
    world, given = World(), file("steel", PAIR, LINES)
    record = world.sign(record_draft(given))
    subject = world.publish(composed(given, furnace=record))
    world.log(record)
    assert "which is not earlier than entry" in decided(verified(world, subject))


def test_a_statement_may_not_stand_in_for_a_record() -> None:
    world, given = World(), file("steel", PAIR, LINES)
    fuel = world.publish(world.factor("fuel"))
    record = world.publish(record_draft(given))
    draft = composed(given, furnace=record)
    draft["credentialSubject"]["process"]["record"] = digest_text(fuel.digest)
    report = verified(world, world.publish(draft))
    assert "is a FootprintStatement, and no ProcessRecord" in decided(report)


def test_a_withdrawn_record_fails_its_co_products() -> None:
    world = World()
    record, subject = published(world, file("steel", PAIR, LINES))
    world.publish(status(record, "withdrawn"))
    report = verified(world, subject)
    assert report.verdict is Verdict.FAILED


def test_assurance_stands_in_for_a_hidden_table_only_where_it_names_the_law() -> None:
    for laws, verdict in (([2, 4, 7, 8], Verdict.VERIFIED), ([4, 7, 8], Verdict.INCOMPLETE)):
        world = World()
        record, subject = published(world, file("steel", PAIR, LINES))
        world.publish(world.assurance(subject, laws=laws))
        row = subject.subject["process"]["row"]
        keep = {record.digest: {f"allocation[{row}]", "activities", "activitiesShape"}}
        report = verified(world, subject, keep)
        assert report.verdict is verdict, laws
        assert law(report) == "not checkable"


@pytest.mark.parametrize("hidden", [{"allocation"}, {"activities"}, {"allocation", "activities"}])
def test_what_a_record_hides_is_never_held(hidden: set[str]) -> None:
    world = World()
    record, subject = published(world, file("steel", PAIR, LINES))
    places = {"allocation", "allocationShape", "activities", "activitiesShape"}
    report = verified(world, subject, {record.digest: places - hidden})
    assert (report.verdict, law(report)) == (Verdict.INCOMPLETE, "not checkable")


HEAT = process(output("steel", "30"), output("heat", "20", method="substitution"),
               output("dust", "1", method="waste"))  # fmt: skip
HEATED = [gas("40"), credit("heat", "15")]


def test_a_substituted_output_carries_exactly_what_the_others_credit() -> None:
    totals = {}
    world = World()
    record = world.publish(record_draft(file("steel", HEAT, HEATED)))
    for name, unit in (("steel", 30), ("heat", 20)):
        subject = world.publish(composed(file(name, HEAT, HEATED), furnace=record))
        report = verified(world, subject)
        assert (report.verdict, law(report)) == (Verdict.VERIFIED, "held"), name
        pcf = subject.subject["pcf"]
        totals[name] = unit * float(pcf["pcfExcludingBiogenicUptake"])
        totals[f"{name} credit"] = unit * float(pcf.get("substitutionCredits", 0))
    assert totals["heat"] == pytest.approx(30)  # 15 kg of what costs 2
    assert totals["steel credit"] == pytest.approx(-30)
    assert totals["steel"] + totals["heat"] == pytest.approx(40)


def test_more_than_was_made_is_not_credited() -> None:
    world, given = World(), file("steel", HEAT, HEATED)
    honest = world.publish(record_draft(given))

    def more(draft: Draft) -> None:
        _rows(draft, "heat")["amount"]["value"] = "14"

    record = _recalculated(world, given, more)
    draft = composed(given, furnace=honest)
    point_at(draft, honest, record)
    report = verified(world, world.publish(draft))
    assert "more is credited of row" in decided(report)


def test_inputs_of_activities_are_the_lines_own() -> None:
    world = World()
    fuel = world.publish(world.factor("fuel"))
    given = file("steel", PAIR, [takes("fuel", "8"), *LINES])
    record, subject = published(world, given, fuel=fuel)
    report = verified(world, subject)
    assert report.verdict is Verdict.VERIFIED
    assert {one.digest for one in report.statements} == {
        subject.digest, fuel.digest, record.digest,
    }  # fmt: skip
