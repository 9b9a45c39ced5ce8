"""Law 2 in check 7: nothing appears or vanishes in a process of several outputs."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.keys import SigningKey
from rootprint.ledger.core.sdjwt import disclose, parse_envelope, placeholder, split
from rootprint.ledger.core.statement import Statement
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
    composed,
    credit,
    file,
    gas,
    output,
    process,
    record_draft,
    status,
)
from tests.support.statements import raw, sign_raw
from tests.support.world import SUPPLIER

if TYPE_CHECKING:
    from collections.abc import Mapping

Draft = dict[str, Any]
Change = Callable[[Draft], object]
PAIR = process(output("steel", "30"), output("slag", "10"))
LINES = [gas("40"), gas("2", "N2O", output="slag")]
HEAT = process(output("steel", "30"), output("heat", "20", method="substitution"))
HEATED = [gas("40"), credit("heat", "15")]


def _nothing(_draft: Draft) -> None:
    pass


def _files(
    record_changed: Change = _nothing,
    draft_changed: Change = _nothing,
    given: Draft | None = None,
    hide: Mapping[str, set[str]] | None = None,
    then: Callable[[Scene, Statement, Statement], None] | None = None,
) -> Files:
    """Publish a record and a co-product, each changed after it was made, and what comes then.

    ``hide`` gives the places of ``record`` or ``subject`` that stay open.
    """
    scene, content = Scene(), given or file("steel", PAIR, LINES)
    honest = scene.sign(record_draft(content))
    record = honest
    if record_changed is not _nothing:
        other = _as_signed(honest)
        record_changed(other)
        record = scene.sign(other)
    scene.log(record)
    draft = composed(content, furnace=honest)
    draft["credentialSubject"]["process"]["record"] = digest_text(record.digest)
    draft_changed(draft)
    subject = scene.publish(draft)
    if then is not None:
        then(scene, record, subject)
    scene.anchor()
    named = {"record": record.digest, "subject": subject.digest}
    keep = {named[name]: places for name, places in (hide or {}).items()}
    return scene.files(subject, keep=keep)


def _as_signed(record: Statement) -> Draft:
    """Return a record's draft with the rows and activities where they stand."""
    subject = {name: value for name, value in record.subject.items() if "Shape" not in name}
    for name in ("allocation", "activities"):
        subject[name] = copy.deepcopy(list(record.opened.items(name).values()))
    payload = record.envelope.payload
    return {
        "type": "ProcessRecord",
        "issuer": record.issuer,
        "validFrom": payload["validFrom"],
        "validUntil": payload["validUntil"],
        "credentialSubject": subject,
    }


def _row(draft: Draft, name: str) -> Draft:
    return next(one for one in draft["credentialSubject"]["allocation"] if one["name"] == name)


def _activity(draft: Draft, gas_: str) -> Draft:
    activities = draft["credentialSubject"]["activities"]
    return next(one for one in activities if one["source"].get("gas") == gas_)


def _line(draft: Draft) -> Draft:
    line: Draft = draft["credentialSubject"]["inventory"][0]
    return line


@case(verified())
def a_co_product_by_its_process_record() -> Files:
    """Three quarters of a furnace's emissions go to the steel, three quarters of its mass."""
    return _files()


@case(verified())
def an_output_with_an_activity_of_its_own() -> Files:
    """The slag takes a quarter of what is shared, and all of what serves it alone."""
    return _files(given=file("slag", PAIR, LINES))


@case(verified(notices=1))
def a_credit_for_a_substituted_output() -> Files:
    """Steel credits the heat that displaces what costs 2 kg a kilogram, as the record has it."""
    return _files(given=file("steel", HEAT, HEATED))


@case(verified())
def a_substituted_output_carries_what_is_credited() -> Files:
    """The heat carries exactly the burden that the steel credits: nothing is lost between them."""
    return _files(given=file("heat", HEAT, HEATED))


@case(failed(7))
def a_share_without_a_process_record_fail() -> Files:
    """A line is a share of a process with several outputs, and no record says how it is shared."""
    scene = Scene()
    without = {name: member for name, member in PAIR.items() if name != "record"}
    subject = scene.publish(composed(file("steel", without, LINES)))
    scene.anchor()
    return scene.files(subject)


@case(failed(7))
def a_row_with_less_than_its_weight_fail() -> Files:
    """The steel's row says half where its weight is three quarters: a quarter of it vanishes."""

    def change(draft: Draft) -> None:
        _row(draft, "steel")["share"] = "50.000000000000"

    return _files(change)


@case(failed(7))
def shares_moved_between_rows_fail() -> Files:
    """The shares add to 100, and are not the weights over their sum."""

    def change(draft: Draft) -> None:
        _row(draft, "steel")["share"] = "60.000000000000"
        _row(draft, "slag")["share"] = "40.000000000000"

    return _files(change)


@case(failed(7))
def a_share_off_by_its_last_decimal_fail() -> Files:
    """One unit of the twelfth decimal is moved from one row to the other."""

    def change(draft: Draft) -> None:
        _row(draft, "steel")["share"] = "74.999999999999"
        _row(draft, "slag")["share"] = "25.000000000001"

    return _files(change)


@case(verified())
def thirds_whose_last_unit_goes_to_the_first() -> Files:
    """Three equal rows: 33.333333333334 % to the first by index, a unit less to the others."""
    thirds = process(*(output(name, "10") for name in ("a", "b", "c")))
    return _files(given=file("b", thirds, [gas("30")]))


@case(failed(7))
def two_methods_in_one_process_fail() -> Files:
    """One row shares by mass, the other by value: each could have the method that flatters it."""

    def change(draft: Draft) -> None:
        _row(draft, "slag")["method"] = "economic"

    return _files(change)


@case(failed(7))
def two_units_of_weight_fail() -> Files:
    """Weights in kilograms and in tonnes can't be added."""

    def change(draft: Draft) -> None:
        _row(draft, "slag")["weightUnit"] = "tonne"

    return _files(change)


@case(failed(7))
def waste_with_a_share_fail() -> Files:
    """What is waste takes a quarter of the emissions with it, and no co-product carries them."""

    def change(draft: Draft) -> None:
        _row(draft, "slag")["method"] = "waste"

    return _files(change)


@case(failed(7))
def an_activity_that_serves_waste_fail() -> Files:
    """The nitrous oxide is said to serve what is thrown away."""

    def change(draft: Draft) -> None:
        _row(draft, "slag").update(method="waste", share="0", weight="0")
        _row(draft, "steel")["share"] = "100.000000000000"

    return _files(change)


@case(failed(7))
def an_activity_of_a_row_that_is_not_there_fail() -> Files:
    """An activity serves a row that the record's shape does not name."""

    def change(draft: Draft) -> None:
        rows = {one["row"] for one in draft["credentialSubject"]["allocation"]}
        _activity(draft, "N2O")["serves"] = next(n for n in range(8) if n not in rows)

    return _files(change)


@case(failed(7))
def nothing_shares_an_activity_fail() -> Files:
    """Both rows carry only what serves them, and the furnace's CO2 serves neither."""

    def change(draft: Draft) -> None:
        for name in ("steel", "slag"):
            _row(draft, name).update(method="subdivision", share="0", weight="0")

    return _files(change)


@case(failed(7))
def more_credited_than_was_made_fail() -> Files:
    """15 kg are credited of a co-product of which 14 were made."""

    def change(draft: Draft) -> None:
        _row(draft, "heat")["amount"]["value"] = "14"

    return _files(change, given=file("steel", HEAT, HEATED))


@case(failed(7))
def a_credit_for_an_output_that_shares_fail() -> Files:
    """The other output takes its share, and is credited on top."""

    def change(draft: Draft) -> None:
        _row(draft, "heat").update(method="physical", weight="0", share="0.000000000000")

    return _files(change, given=file("steel", HEAT, HEATED))


@case(failed(7))
def an_amount_that_is_not_the_share_fail() -> Files:
    """The line takes half a kilogram where its share is one; the arithmetic is right."""

    def change(draft: Draft) -> None:
        line, subject = _line(draft), draft["credentialSubject"]
        line["amount"]["value"] = "0.5"
        line["result"] = {"fossilGhgEmissions": "0.50000000000000000000"}
        for name in ("fossilGhgEmissions", "pcfExcludingBiogenicUptake",
                     "pcfIncludingBiogenicUptake"):  # fmt: skip
            subject["pcf"][name] = "0.500000000000"
        subject["cells"] = {"manufacturing": {"fossilGhgEmissions": "0.500000000000"}}

    return _files(draft_changed=change)


@case(failed(7))
def a_share_that_names_no_activity_fail() -> Files:
    """A line says that it is a quarter of something, and not of what."""
    return _files(draft_changed=lambda draft: _line(draft)["allocation"].pop("activity"))


@case(failed(7))
def an_activity_taken_twice_fail() -> Files:
    """Two lines are shares of one activity."""

    def change(draft: Draft) -> None:
        draft["credentialSubject"]["inventory"] *= 2

    return _files(draft_changed=change)


@case(failed(7))
def an_activity_left_out_fail() -> Files:
    """The record has the methane of the furnace, and the steel's statement leaves it out."""
    scene = Scene()
    record = scene.publish(record_draft(file("steel", PAIR, [gas("40"), gas("1", "CH4_fossil")])))
    one = file("steel", PAIR, [gas("40")])
    honest = scene.sign(record_draft(one))
    draft = composed(one, furnace=honest)
    rows = {row["name"]: n for n, row in record.opened.items("allocation").items()}
    numbers = {a["source"]["gas"]: n for n, a in record.opened.items("activities").items()}
    subject = draft["credentialSubject"]
    subject["process"] = {"record": digest_text(record.digest), "row": rows["steel"]}
    _line(draft)["allocation"]["activity"] = numbers["CO2"]
    published = scene.publish(draft)
    scene.anchor()
    return scene.files(published)


@case(failed(7))
def an_activity_that_is_not_in_the_record_fail() -> Files:
    """The line names an activity that the record's shape does not."""

    def change(draft: Draft) -> None:
        taken = _line(draft)["allocation"]["activity"]
        _line(draft)["allocation"]["activity"] = taken + 4096

    return _files(draft_changed=change)


@case(failed(7))
def another_stage_than_the_activitys_fail() -> Files:
    """The record says manufacturing, the line raw material."""

    def change(draft: Draft) -> None:
        subject = draft["credentialSubject"]
        _line(draft)["stage"] = "raw-material"
        subject["cells"] = {"raw-material": subject["cells"]["manufacturing"]}

    return _files(draft_changed=change)


@case(failed(7))
def another_source_than_the_activitys_fail() -> Files:
    """The record says nitrous oxide, the line carbon dioxide: 273 times less."""

    def change(draft: Draft) -> None:
        _activity(draft, "CO2")["source"]["gas"] = "N2O"

    return _files(change)


@case(failed(7))
def another_share_than_the_rows_fail() -> Files:
    """The amount is right, and the line says 74 % beside it."""
    return _files(draft_changed=lambda draft: _line(draft)["allocation"].update(share="74"))


@case(failed(7))
def another_process_in_the_lines_group_fail() -> Files:
    """The line names another furnace than its record."""
    return _files(draft_changed=lambda draft: _line(draft)["allocation"].update(group="Furnace 2"))


@case(failed(7))
def a_cut_off_of_an_activity_fail() -> Files:
    """A line names an activity and says that it is cut off."""
    return _files(draft_changed=lambda draft: _line(draft)["allocation"].update(method="cut-off"))


@case(failed(7))
def a_row_of_another_product_fail() -> Files:
    """The statement is of iron, and its row of steel."""

    def change(draft: Draft) -> None:
        draft["credentialSubject"]["productIds"] = ["urn:example:iron"]

    return _files(draft_changed=change)


@case(failed(7))
def a_row_without_a_product_fail() -> Files:
    """The row of a substituted output does not say which product it is of."""
    given = file("heat", HEAT, HEATED)
    return _files(lambda draft: _row(draft, "heat").pop("productId"), given=given)


@case(failed(7))
def a_row_that_is_not_there_fail() -> Files:
    """The statement names a slot that the record's shape does not."""

    def change(draft: Draft) -> None:
        draft["credentialSubject"]["process"]["row"] += 4096

    return _files(draft_changed=change)


@case(failed(7))
def a_statement_of_waste_fail() -> Files:
    """The statement's own row is waste, which has no footprint."""

    def change(draft: Draft) -> None:
        _row(draft, "steel").update(method="waste", share="0", weight="0")
        _row(draft, "slag")["share"] = "100.000000000000"

    return _files(change)


@case(failed(7))
def a_record_of_another_period_fail() -> Files:
    """The record is of the first half of the year."""

    def change(draft: Draft) -> None:
        draft["credentialSubject"]["periodEnd"] = "2025-07-01T00:00:00Z"

    return _files(change)


@case(failed(7))
def a_record_by_another_rule_pack_fail() -> Files:
    """The process was recorded by one pack, the statement composed by another."""

    def change(draft: Draft) -> None:
        draft["credentialSubject"]["rule"]["id"] = "another"

    return _files(change)


@case(failed(7))
def a_record_of_another_site_fail() -> Files:
    """The statement names its site, and the record is of another."""

    def change(draft: Draft) -> None:
        draft["credentialSubject"]["sites"] = ["urn:example:site-2"]

    return _files(draft_changed=change)


@case(failed(7))
def a_record_of_another_issuer_fail() -> Files:
    """The record is somebody else's."""

    def change(draft: Draft) -> None:
        draft["issuer"] = "did:web:factors.example"

    return _files(change)


@case(failed(7))
def a_footprint_in_place_of_a_process_record_fail() -> Files:
    """What is cited as the record is a factor."""
    scene = Scene()
    fuel = scene.fuel()
    content = file("steel", PAIR, LINES)
    draft = composed(content, furnace=scene.sign(record_draft(content)))
    draft["credentialSubject"]["process"]["record"] = digest_text(fuel.digest)
    subject = scene.publish(draft)
    scene.anchor()
    return scene.files(subject)


@case(failed(7))
def a_record_that_is_logged_later_fail() -> Files:
    """The record comes after the statement that cites it."""
    scene = Scene()
    content = file("steel", PAIR, LINES)
    record = scene.sign(record_draft(content))
    subject = scene.publish(composed(content, furnace=record))
    scene.log(record)
    scene.anchor()
    return scene.files(subject)


@case(failed(7))
def a_withdrawn_process_record_fail() -> Files:
    """The issuer withdrew the record, so what was shared by it rests on nothing."""

    def then(scene: Scene, record: Statement, _subject: Statement) -> None:
        scene.publish(status(record, "withdrawn"))

    return _files(then=then)


@case(incomplete(7))
def a_process_record_is_missing_fail() -> Files:
    """The record is not in the file: nothing is wrong, and it is not checked."""

    def then(scene: Scene, record: Statement, _subject: Statement) -> None:
        del scene.held[record.digest]

    return _files(then=then)


@case(incomplete(7))
def a_hidden_table_fail() -> Files:
    """Lines and activities are open, and of the table the own row alone: it can't be added up."""
    return _files(hide={"record": {"activities", "activitiesShape"}})


@case(incomplete(7))
def hidden_activities_fail() -> Files:
    """The table is open, and no activity: what was left out can't be seen."""
    return _files(hide={"record": {"allocation", "allocationShape"}})


@case(verified())
def an_assured_hidden_table() -> Files:
    """An auditor who covered law 2 saw the whole table."""

    def then(scene: Scene, _record: Statement, subject: Statement) -> None:
        scene.publish(scene.assurance(subject, laws=[2, 4, 5, 6, 7, 8]))

    return _files(hide={"record": {"activities", "activitiesShape"}}, then=then)


@case(incomplete(7))
def an_assurance_that_does_not_cover_law_2_fail() -> Files:
    """The auditor named other laws, so the hidden table stays unchecked."""

    def then(scene: Scene, _record: Statement, subject: Statement) -> None:
        scene.publish(scene.assurance(subject, laws=[1, 3, 4, 5, 6, 7, 8]))

    return _files(hide={"record": {"activities", "activitiesShape"}}, then=then)


@case(incomplete(7))
def an_assurance_for_a_record_that_is_missing_fail() -> Files:
    """An assurance stands in for what is hidden, not for a record that was left out."""

    def then(scene: Scene, record: Statement, subject: Statement) -> None:
        scene.publish(scene.assurance(subject, laws=[2, 4, 5, 6, 7, 8]))
        del scene.held[record.digest]

    return _files(then=then)


@case(failed(7))
def a_share_of_what_serves_another_row_fail() -> Files:
    """The steel takes a share of the nitrous oxide that serves the slag alone."""

    def change(draft: Draft) -> None:
        rows = {one["name"]: one["row"] for one in draft["credentialSubject"]["allocation"]}
        _activity(draft, "CO2")["serves"] = rows["slag"]
        del _activity(draft, "N2O")["serves"]

    return _files(change)


@case(failed(7))
def a_subdivided_row_that_takes_a_share_fail() -> Files:
    """The steel's row carries only what serves it, and its line is a share all the same."""

    def change(draft: Draft) -> None:
        _row(draft, "steel").update(method="subdivision", share="0", weight="0")
        _row(draft, "slag")["share"] = "100.000000000000"

    return _files(change)


@case(failed(7))
def a_share_by_another_method_than_the_rows_fail() -> Files:
    """The row shares by mass, and the line says by value."""
    return _files(draft_changed=lambda draft: _line(draft)["allocation"].update(method="economic"))


@case(failed(7))
def a_factor_without_lines_that_names_a_process_fail() -> Files:
    """A factor that only carries a value cites a process record: there is nothing to share."""
    scene = Scene()
    record = scene.publish(record_draft(file("steel", PAIR, LINES)))
    draft = scene.factor("steel")
    draft["credentialSubject"]["process"] = {"record": digest_text(record.digest), "row": 0}
    subject = scene.publish(draft)
    scene.anchor()
    return scene.files(subject)


def _reopened(name: str, change: Change) -> Files:
    """A record in which one row opens to what nobody's tool would sign."""
    scene = Scene()
    content = file("steel", PAIR, LINES)
    honest = scene.sign(record_draft(content))
    index, row = next(
        (n, one) for n, one in honest.opened.items("allocation").items() if one["name"] == name
    )
    opened = dict(row)
    change(opened)
    shown = disclose(opened)
    others = [text for (name, n), text in honest.opened.sources.items()
              if (name, n) != ("allocation", index)]  # fmt: skip
    header, payload = raw(honest)
    payload["credentialSubject"]["allocation"][index] = placeholder(shown.digest)
    signer = scene.keys[honest.issuer]
    jwt, encoded = split(sign_raw(header, payload, signer, (*others, shown.encoded)))
    record = scene.log(Statement(parse_envelope(jwt), encoded), signer)
    draft = composed(content, furnace=honest)
    draft["credentialSubject"]["process"]["record"] = digest_text(record.digest)
    subject = scene.publish(draft)
    scene.anchor()
    return scene.files(subject)


@case(failed(7))
def a_row_with_a_yield_of_two_fail() -> Files:
    """The record's row says that twice of the output can be sold: the record fails check 6."""
    return _reopened("steel", lambda row: row.update({"yield": "2"}))


@case(failed(7))
def a_row_of_nothing_that_takes_a_share_fail() -> Files:
    """A row without a product takes a quarter, which nobody would carry: it fails check 6."""
    return _reopened("slag", lambda row: row.pop("productId"))


@case(incomplete(7))
def a_process_record_whose_key_is_missing_fail() -> Files:
    """Without the record's key its signature is not checked, so it is not read."""
    scene = Scene()
    content = file("steel", PAIR, LINES)
    other = SigningKey.generate()
    scene.chain.add_key(SUPPLIER, other.public.thumbprint)
    scene.chain.mine()
    record = scene.publish(record_draft(content), other)
    subject = scene.publish(composed(content, furnace=record))
    scene.anchor()

    def remove(value: Payload) -> None:
        value["keys"] = [jwk for jwk in value["keys"] if jwk != other.public.jwk()]

    return scene.files(subject, edit(scene.evidence(subject), remove))


@case(failed(7))
def a_credit_beside_the_process_record_fail() -> Files:
    """The steel credits heat that its process record does not have, so no product carries it."""

    def change(draft: Draft) -> None:
        del draft["credentialSubject"]["inventory"][1]["allocation"]["activity"]

    return _files(draft_changed=change, given=file("steel", HEAT, HEATED))


def _twins(*, superseded: bool) -> Files:
    """Steel by one record of a furnace, slag by another, both in one whole."""
    scene = Scene()
    made: list[Statement] = []
    records: list[Statement] = []
    for name, masses in (("steel", ("1", "999")), ("slag", ("999", "1"))):
        pair = process(output("steel", masses[0]), output("slag", masses[1]))
        given = file(name, pair, [gas("1000")])
        records.append(scene.publish(record_draft(given)))
        if superseded and made:
            scene.publish(status(records[0], "superseded", records[1]))
        one = scene.publish(composed(given, furnace=records[-1]))
        if superseded and not made:
            one = scene.publish(scene.product("middle", [scene.line(one, "1", "kilogram")]))
            scene.anchor()
        made.append(one)
    lines = [scene.line(one, "1", "kilogram") for one in made]
    subject = scene.publish(scene.product("whole", lines))
    scene.anchor()
    return scene.files(subject)


@case(failed(7))
def two_records_of_one_process_fail() -> Files:
    """By each of two records its product takes a thousandth: most of the furnace is nowhere."""
    return _twins(superseded=False)


@case(failed(7))
def a_superseded_record_that_still_serves_fail() -> Files:
    """The first record was superseded after its steel was used: both are in use all the same."""
    return _twins(superseded=True)


@case(incomplete(7))
def a_credit_in_another_unit_than_its_row_fail() -> Files:
    """The heat is counted in kilograms, what it displaces in kilowatt hours: nothing bounds it."""
    given = file("steel", HEAT, [gas("40"), credit("heat", "15", "kWh")])
    given["inventory"][1]["source"]["per"] = "kilowatt hour"
    return _files(given=given)


@case(failed(7))
def another_amount_than_was_produced_fail() -> Files:
    """The statement says that 31 kilograms were produced, and its row of the record 30."""

    def change(draft: Draft) -> None:
        made = {"value": "31", "unit": "kilogram"}
        draft["credentialSubject"]["producedAmount"] = made

    return _files(draft_changed=change)


@case(verified())
def the_amount_that_was_produced_by_another_unit() -> Files:
    """The statement says 0.03 tonnes, its row of the record 30 kilograms."""

    def change(draft: Draft) -> None:
        made = {"value": "0.03", "unit": "tonne"}
        draft["credentialSubject"]["producedAmount"] = made

    return _files(draft_changed=change)
