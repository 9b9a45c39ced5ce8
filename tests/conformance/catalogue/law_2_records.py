"""Law 2 in check 7: which process record a co-product rests on, and what is hidden of it."""

from __future__ import annotations

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
from tests.conformance.catalogue.process_cases import (
    HEAT,
    HEATED,
    LINES,
    PAIR,
    Change,
    Draft,
    files,
)
from tests.support.processes import (
    SITE,
    composed,
    file,
    gas,
    output,
    process,
    record_draft,
    status,
)
from tests.support.statements import raw, sign_raw
from tests.support.world import SUPPLIER


@case(failed(7))
def a_record_of_another_period_fail() -> Files:
    """The record is of the first half of the year."""

    def change(draft: Draft) -> None:
        draft["credentialSubject"]["periodEnd"] = "2025-07-01T00:00:00Z"

    return files(change)


@case(failed(7))
def a_record_by_another_rule_pack_fail() -> Files:
    """The process was recorded by one pack, the statement composed by another."""

    def change(draft: Draft) -> None:
        draft["credentialSubject"]["rule"]["id"] = "another"

    return files(change)


@case(failed(7))
def a_record_of_another_site_fail() -> Files:
    """The statement names its site, and the record is of another."""

    def change(draft: Draft) -> None:
        draft["credentialSubject"]["sites"] = ["urn:example:site-2"]

    return files(draft_changed=change)


@case(failed(7))
def a_record_of_another_issuer_fail() -> Files:
    """The record is somebody else's."""

    def change(draft: Draft) -> None:
        draft["issuer"] = "did:web:factors.example"

    return files(change)


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

    return files(then=then)


@case(incomplete(7))
def a_process_record_is_missing_fail() -> Files:
    """The record is not in the file: nothing is wrong, and it is not checked."""

    def then(scene: Scene, record: Statement, _subject: Statement) -> None:
        del scene.held[record.digest]

    return files(then=then)


@case(incomplete(7))
def a_hidden_table_fail() -> Files:
    """Lines and activities are open, and of the table the own row alone: it can't be added up."""
    return files(hide={"record": {"activities", "activitiesShape"}})


@case(incomplete(7))
def hidden_activities_fail() -> Files:
    """The table is open, and no activity: what was left out can't be seen."""
    return files(hide={"record": {"allocation", "allocationShape"}})


@case(verified())
def an_assured_hidden_table() -> Files:
    """An auditor who covered law 2 saw the whole table."""

    def then(scene: Scene, _record: Statement, subject: Statement) -> None:
        scene.publish(scene.assurance(subject, laws=[2, 4, 5, 6, 7, 8]))

    return files(hide={"record": {"activities", "activitiesShape"}}, then=then)


@case(incomplete(7))
def an_assurance_that_does_not_cover_law_2_fail() -> Files:
    """The auditor named other laws, so the hidden table stays unchecked."""

    def then(scene: Scene, _record: Statement, subject: Statement) -> None:
        scene.publish(scene.assurance(subject, laws=[1, 3, 4, 5, 6, 7, 8]))

    return files(hide={"record": {"activities", "activitiesShape"}}, then=then)


@case(incomplete(7))
def an_assurance_for_a_record_that_is_missing_fail() -> Files:
    """An assurance stands in for what is hidden, not for a record that was left out."""

    def then(scene: Scene, record: Statement, subject: Statement) -> None:
        scene.publish(scene.assurance(subject, laws=[2, 4, 5, 6, 7, 8]))
        del scene.held[record.digest]

    return files(then=then)


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
    """A record in which one row opens to what no tool would sign."""
    scene = Scene()
    content = file("steel", PAIR, LINES)
    honest = scene.sign(record_draft(content))
    index, row = next(
        (n, one) for n, one in honest.opened.items("allocation").items() if one["name"] == name
    )
    opened = dict(row)
    change(opened)
    shown = disclose(opened)
    others = [text for (name, n), text in honest.sources.items()
              if (name, n) != ("allocation", index)]  # fmt: skip
    header, payload = raw(honest)
    payload["credentialSubject"]["allocation"][index] = placeholder(shown.digest)
    signer = scene.keys[honest.issuer]
    jwt, encoded = split(sign_raw(header, payload, signer, (*others, shown.encoded)))
    record = scene.log(Statement.of(parse_envelope(jwt), encoded), signer)
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
    """A row without a product takes a quarter, which no product would carry: it fails check 6."""
    return _reopened("slag", lambda row: row.pop("productId"))


@case(incomplete(7))
def a_process_record_whose_key_is_missing_fail() -> Files:
    """Without the record's key its signature is not checked, so it is not read."""
    scene = Scene()
    content = file("steel", PAIR, LINES)
    other = SigningKey.generate()
    scene.add_key(SUPPLIER, other)
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

    return files(draft_changed=change, given=file("steel", HEAT, HEATED))


def _twins(*, superseded: bool = False, **other: str) -> Files:
    """Steel by one record of a furnace, slag by another, both in one whole.

    ``other`` is what the second one's process says otherwise.
    """
    scene = Scene()
    made: list[Statement] = []
    records: list[Statement] = []
    for name, masses in (("steel", ("1", "999")), ("slag", ("999", "1"))):
        said = other if made else {}
        pair = process(output("steel", masses[0]), output("slag", masses[1]), **said)
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
    return _twins()


@case(failed(7))
def two_records_of_one_process_by_two_spellings_fail() -> Files:
    """The second record writes the furnace's name in full width and capitals, with more spaces."""
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in "FURNACE")
    return _twins(name=f"{wide}  1 ")


@case(failed(7))
def two_records_of_one_process_at_a_site_by_two_spellings_fail() -> Files:
    """The second record writes the furnace's site in capitals."""
    return _twins(site=SITE.replace("urn:example:", "urn:EXAMPLE:").replace("site", "SITE"))


@case(verified())
def a_record_of_a_site_in_another_spelling() -> Files:
    """The statement names the record's site by another URN of the same location number."""

    def change(draft: Draft) -> None:
        draft["credentialSubject"]["sites"] = ["urn:gs1:gln:4012345000009"]

    pair = process(output("steel", "30"), output("slag", "10"), site="urn:gln:4012345000009")
    return files(draft_changed=change, given=file("steel", pair, [gas("40")]))


@case(failed(7))
def a_superseded_record_that_still_serves_fail() -> Files:
    """The first record was superseded after its steel was used: both are in use all the same."""
    return _twins(superseded=True)
