"""Composing by a process record, and publishing what rests on records."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.errors import NotAuthorised, Refused
from rootprint.ledger.core.seal import redact
from rootprint.ledger.intake import InventoryProblems
from rootprint.ledger.log import InConflict
from rootprint.ledger.verify import Verdict
from tests.support.processes import (
    composed,
    credit,
    file,
    gas,
    output,
    process,
    record_draft,
    takes,
)
from tests.support.world import World

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.core.statement import Statement
    from tests.intake.place import Place

Draft = dict[str, Any]
PAIR = process(output("steel", "30"), output("slag", "10"))
LINES = [gas("40"), gas("2", "N2O", output="slag")]


def problems(given: Draft, **inputs: Statement) -> dict[str, str]:
    """Return what composing refuses: member → what and remedy."""
    with pytest.raises(InventoryProblems) as caught:
        composed(given, **inputs)
    return {one.member: f"{one.what} — {one.remedy}" for one in caught.value.problems}


def test_a_record_says_the_whole_process() -> None:
    subject = record_draft(file("steel", PAIR, LINES))["credentialSubject"]
    rows = {row["name"]: row for row in subject["allocation"]}
    assert rows["steel"] == {
        "row": rows["steel"]["row"],
        "name": "steel",
        "productId": "urn:example:steel",
        "amount": {"value": "30", "unit": "kilogram"},
        "yield": "1",
        "method": "physical",
        "weight": "30",
        "weightUnit": "kilogram",
        "share": "75.000000000000",
    }
    shared, served = subject["activities"]
    assert "serves" not in shared
    assert served["serves"] == rows["slag"]["row"]
    assert served["amount"] == {"value": "2", "unit": "kilogram"}
    assert (subject["site"], subject["process"]) == ("urn:example:site-1", "Furnace 1")


def test_it_needs_a_site_and_a_process() -> None:
    given = file("steel", PAIR, LINES)
    del given["process"]["site"]
    with pytest.raises(InventoryProblems, match="site is missing"):
        record_draft(given)
    alone = file("steel", PAIR, LINES[:1])
    del alone["process"]
    with pytest.raises(InventoryProblems, match="process is missing"):
        record_draft(alone)


def test_what_takes_a_share_is_a_product() -> None:
    """Bug: an output without a product took 99.9 % of a furnace, which no footprint carried."""
    nowhere = output("nowhere", "10")
    del nowhere["productId"]
    with pytest.raises(InventoryProblems, match="productId is missing"):
        record_draft(file("steel", process(output("steel", "30"), nowhere), LINES[:1]))
    displaced = {**nowhere, "method": "substitution"}
    record_draft(file("steel", process(output("steel", "30"), displaced), LINES[:1]))


def test_lines_name_their_activity_and_the_statement_its_row() -> None:
    record = World().sign(record_draft(file("steel", PAIR, LINES)))
    rows = {row["name"]: n for n, row in record.opened.items("allocation").items()}
    activities = {one["description"]: n for n, one in record.opened.items("activities").items()}
    subject = composed(file("slag", PAIR, LINES), furnace=record)["credentialSubject"]
    assert subject["process"] == {"record": digest_text(record.digest), "row": rows["slag"]}
    shared, served = subject["inventory"]
    assert shared["allocation"] == {
        "method": "physical",
        "share": "25.000000000000",
        "group": "Furnace 1",
        "activity": activities["CO2 of the furnace"],
    }
    assert shared["amount"]["value"] == "1"
    assert served["allocation"]["method"] == "subdivision"
    assert served["allocation"]["activity"] == activities["N2O of the furnace"]


def _amount(given: Draft) -> None:
    given["process"]["outputs"][1]["amount"]["value"] = "11"


def _method(given: Draft) -> None:
    for one in given["process"]["outputs"]:
        one["economic"] = {"value": "1", "currency": "EUR"}
    given["process"]["allocation"] = {"method": "economic"}


def _product(given: Draft) -> None:
    given["process"]["outputs"][1]["productId"] = "urn:example:gravel"


def _one_more_output(given: Draft) -> None:
    given["process"]["outputs"].append(output("dust", "1"))


def _activity(given: Draft) -> None:
    given["inventory"][0]["amount"]["value"] = "39"


def _gas(given: Draft) -> None:
    given["inventory"][1]["source"]["gas"] = "CH4_fossil"


def _left_out(given: Draft) -> None:
    del given["inventory"][1]


def _added(given: Draft) -> None:
    given["inventory"].append(gas("1", "SF6"))


def _shared(given: Draft) -> None:
    del given["inventory"][1]["output"]


def _site(given: Draft) -> None:
    given["process"]["site"] = "urn:example:site-2"


def _period(given: Draft) -> None:
    given["pcf"]["referencePeriodEnd"] = "2026-02-01T00:00:00Z"


def _yield(given: Draft) -> None:
    given["process"]["yield"] = "0.5"


@pytest.mark.parametrize(
    ("change", "member", "what"),
    [
        (_amount, "process.outputs.2.amount", "is not the process record's"),
        (_method, "process.outputs.1.method", "is not the process record's"),
        (_product, "process.outputs.2.productId", "is not the process record's"),
        (_one_more_output, "process.outputs.3.name", "is no output of the process record"),
        (_activity, "inventory.1", "is not activity {} of the process record: its amount"),
        (_gas, "inventory.2", "is not activity {} of the process record: its source"),
        (_left_out, "inventory", "lack activity {} of the process record (N2O of the furnace)"),
        (_added, "inventory.3", "is no activity of the process record"),
        (_shared, "inventory.2", "is not activity {} of the process record: its output"),
        (_site, "process.site", "is not the process record's"),
        (_period, "pcf.referencePeriodEnd", "is not the process record's"),
        (_yield, "process.outputs.1.yield", "is not the process record's"),
    ],
)
def test_what_differs_from_the_record_is_named(
    change: Callable[[Draft], None], member: str, what: str
) -> None:
    record = World().sign(record_draft(file("steel", PAIR, LINES)))
    given = file("steel", PAIR, LINES)
    change(given)
    found = problems(given, furnace=record)
    activities = {one["description"]: n for n, one in record.opened.items("activities").items()}
    number = activities["CO2 of the furnace" if member == "inventory.1" else "N2O of the furnace"]
    assert found[member].startswith(what.format(number))
    assert "rootprint process" in found[member]


def test_only_an_own_process_record_that_is_open_is_cited() -> None:
    world, given = World(), file("steel", PAIR, LINES)
    record = world.sign(record_draft(given))
    fuel = world.publish(world.factor("fuel"))
    with pytest.raises(Refused, match="furnace is a FootprintStatement, and no ProcessRecord"):
        composed(given, furnace=fuel)
    assert (
        "are not all open here"
        in problems(given, furnace=redact(record, {"allocation"}))["process.record"]
    )
    foreign = {**record_draft(given), "issuer": "did:web:factors.example"}
    found = problems(given, furnace=world.sign(foreign))
    assert "did:web:factors.example's" in found["process.record"]


def test_inputs_of_other_outputs_need_not_be_named_again() -> None:
    world = World()
    fuel = world.publish(world.factor("fuel"))
    lines = [*LINES, takes("fuel", "3", output="slag")]
    record = world.sign(record_draft(file("steel", PAIR, lines), fuel=fuel))
    composed(file("steel", PAIR, lines), furnace=record)
    with pytest.raises(InventoryProblems):
        composed(file("slag", PAIR, lines), furnace=record)
    composed(file("slag", PAIR, lines), furnace=record, fuel=fuel)


def test_a_whole_process_is_published_and_verified(place: Place) -> None:
    record = place.published(record_draft(file("steel", PAIR, LINES)))
    subjects = [
        place.published(composed(file(name, PAIR, LINES), furnace=record))
        for name in ("steel", "slag")
    ]
    place.anchor()
    for subject in subjects:
        assert place.walk(subject).verdict is Verdict.VERIFIED


def test_shares_without_a_record_are_composed_with_a_finding_and_not_published(
    place: Place,
) -> None:
    without = {name: member for name, member in PAIR.items() if name != "record"}
    draft = composed(file("steel", without, LINES))
    with pytest.raises(Refused, match=r"law 2: line .* no process record is cited"):
        place.publish(place.signed(draft))


def test_a_record_that_contradicts_itself_is_not_published(place: Place) -> None:
    draft = record_draft(file("steel", PAIR, LINES))
    for row in draft["credentialSubject"]["allocation"]:
        row["share"] = "50.000000000000"
    with pytest.raises(Refused, match="law 2: the share of row"):
        place.publish(place.signed(draft))


def test_each_co_product_with_its_own_method_is_refused(place: Place) -> None:
    """The case numbers/each-coproduct-its-own-method: a by value, b and c by mass."""
    worth = [
        output(name, amount, economic={"value": value, "currency": "CNY"})
        for name, amount, value in (("a", "733.1", "1"), ("b", "211.7", "5"), ("c", "0.3", "1000"))
    ]
    by_value = process(*worth, method="economic")
    by_mass = process(*worth, method="physical")
    record = place.published(record_draft(file("a", by_value, LINES[:1])))
    place.published(composed(file("a", by_value, LINES[:1]), furnace=record))
    assert "process.outputs.1.method" in problems(file("b", by_mass, LINES[:1]), furnace=record)
    with pytest.raises(InConflict, match="has a live record for this time"):
        place.published(record_draft(file("b", by_mass, LINES[:1])))


def test_a_co_product_may_be_shown_where_its_record_is_hidden(place: Place) -> None:
    """A public log keeps no disclosures: it can't tell, and refuses nothing for that."""
    given = file("steel", PAIR, LINES)
    record = place.signed(record_draft(given))
    before = place.log.size
    place.publish(record.bare.text)
    place.publish(place.signed(composed(given, furnace=record)))
    assert place.log.size == before + 2


def test_publishing_asks_for_the_record_first(place: Place) -> None:
    given = file("steel", PAIR, LINES)
    record = place.signed(record_draft(given))
    subject = place.signed(composed(given, furnace=record))
    with pytest.raises(Refused, match="which is not in this log — publish that record first"):
        place.publish(subject)
    place.publish(record, subject)


@pytest.mark.parametrize("kind", ["ReviewRecord", "RefusalRecord"])
def test_a_reserved_kind_is_not_published(place: Place, kind: str) -> None:
    digest = f"sha256:{'0' * 64}"
    subject: Draft = {
        "ReviewRecord": {"concerns": digest, "round": 1, "outcome": "accepted"},
        "RefusalRecord": {"concerns": digest, "reason": "A twin"},
    }[kind]  # fmt: skip
    draft = {**record_draft(file("steel", PAIR, LINES)), "type": kind}
    with pytest.raises((Refused, NotAuthorised)):
        place.publish(place.signed({**draft, "credentialSubject": subject}))


_names = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=5, unique=True)


@st.composite
def processes(draw: st.DrawFn) -> tuple[Draft, list[Draft]]:
    """A process of one to five outputs, some of them waste or substituted, and its lines."""
    names = draw(_names)
    method = draw(st.sampled_from(["physical", "economic"]))
    outputs = []
    for number, name in enumerate(names):
        kind = "shares" if number == 0 else draw(
            st.sampled_from(["shares", "shares", "waste", "substitution"])
        )  # fmt: skip
        more: Draft = {} if kind == "shares" else {"method": kind}
        if kind == "shares":
            value = draw(st.integers(1, 10**6))
            more["economic"] = {"value": str(value), "currency": "EUR"}
        good = draw(st.sampled_from(["1", "0.8", "0.97"]))
        amount = draw(st.integers(1, 10**5))
        outputs.append(output(name, str(amount), **{"yield": good}, **more))
    lines = [gas(str(draw(st.integers(1, 10**6))), description="shared by all")]
    for number in range(draw(st.integers(0, 4))):
        given = draw(st.sampled_from(outputs))
        about = {"description": f"activity {number}"}
        if given.get("method") == "substitution":
            lines.append(credit(given["name"], "0.125") | about)
        elif given.get("method") == "waste":
            lines.append(gas(str(draw(st.integers(1, 1000))), "N2O", **about))
        else:
            serving = draw(st.sampled_from([{}, {"output": given["name"]}]))
            lines.append(gas(str(draw(st.integers(1, 1000))), "N2O", **serving, **about))
    return process(*outputs, method=method), lines


@settings(max_examples=30, deadline=None)
@given(processes())
def test_the_co_products_carry_the_process_exactly(given_: tuple[Draft, list[Draft]]) -> None:
    """Σ line amount × output × yield over all co-products is each activity, to its 15 digits.

    A credit is taken off by those that share exactly as the substituted output carries it.
    """
    described, lines = given_
    world = World()
    first = described["outputs"][0]["name"]
    record = world.sign(record_draft(file(first, described, lines)))
    numbers = {one["description"]: n for n, one in record.opened.items("activities").items()}
    carried: dict[int, Fraction] = dict.fromkeys(numbers.values(), Fraction(0))
    for one in described["outputs"]:
        if one.get("method") == "waste":
            continue
        served = any(line.get("output") == one["name"] for line in lines)
        if one.get("method") == "substitution" and not served:
            continue  # nothing is credited, so it carries nothing
        draft = composed(file(one["name"], described, lines), furnace=record)
        made = Fraction(one["amount"]["value"]) * Fraction(one["yield"])
        for line in draft["credentialSubject"]["inventory"]:
            sign = -1 if line["allocation"]["method"] == "substitution" else 1
            amount = Fraction(line["amount"]["value"]) * made * sign
            carried[line["allocation"]["activity"]] += amount
    for line in lines:
        number, amount = numbers[line["description"]], Fraction(line["amount"]["value"])
        whole = Fraction(0) if line.get("allocation") else amount
        assert abs(carried[number] - whole) <= amount * Fraction(len(lines) + 5, 10**14)
