"""What may be logged once: a process and its products, in any order and any batch."""

from __future__ import annotations

import pytest

from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.errors import NotFound, Refused
from rootprint.ledger.log import InConflict, LogDamaged, fsck
from tests.log.logged import PAIR, Draft, Logged, record
from tests.support.processes import (
    claim,
    composed,
    file,
    gas,
    retirement,
    status,
)


def test_a_process_and_period_has_one_live_record(logged: Logged) -> None:
    first = logged.one(record())
    second = logged.world.sign(record())
    with pytest.raises(InConflict, match=r"has a live record.*entry 0 \(sha256:") as caught:
        logged.append(second)
    assert (caught.value.entry, caught.value.digest) == (0, first.digest)
    assert caught.value.json()["conflict"] == {
        "entry": 0, "statement": digest_text(first.digest),
    }  # fmt: skip
    assert logged.log.size == 1  # nothing of it is there


@pytest.mark.parametrize(
    "changes",
    [
        {"site": "urn:example:site-2"},
        {"rule": {"id": "another", "digest": f"sha256:{'0' * 64}"}},
        {"periodStart": "2026-01-01T00:00:00Z", "periodEnd": "2027-01-01T00:00:00Z"},
    ],
)
def test_what_differs_in_its_key_or_its_time_is_another(logged: Logged, changes: Draft) -> None:
    logged.append(record())
    logged.append(record(**changes))
    assert logged.log.size == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"process": "furnace 1 "},
        {"process": "FUR\u200bNACE\u00a0 1"},
        {"process": "Ｆurnace １"},
    ],
)
def test_another_spelling_is_the_same_process(logged: Logged, changes: Draft) -> None:
    logged.append(record())
    with pytest.raises(InConflict, match=r"'.*' at .* has a live record.*entry 0 "):
        logged.append(record(**changes))


def test_a_site_in_another_spelling_is_the_same_site(logged: Logged) -> None:
    logged.append(record(site="urn:gln:4012345000009"))
    with pytest.raises(InConflict, match="has a live record"):
        logged.append(record(site="urn:gs1:414:4012345000009"))


def test_a_product_stands_in_one_record_of_a_site(logged: Logged) -> None:
    """Another name for the process makes no second table of the same products."""
    logged.append(record())
    with pytest.raises(InConflict, match=r"is a product of 'Furnace 1'.*entry 0 ") as caught:
        logged.append(record(process="Oven"))
    assert caught.value.entry == 0
    logged.append(record(process="Oven", site="urn:example:site-2"))
    later = {"periodStart": "2026-01-01T00:00:00Z", "periodEnd": "2027-01-01T00:00:00Z"}
    logged.append(record(process="Oven", **later))
    fsck(logged.log.store, logged.log.note_key)


def test_a_record_that_was_ended_frees_its_products(logged: Logged) -> None:
    first = logged.one(record())
    logged.append(status(first, "withdrawn"), record(process="Oven"))
    with pytest.raises(InConflict, match="entry 2"):
        logged.append(record(process="Kiln"))


def test_a_period_that_overlaps_by_a_second_is_the_same(logged: Logged) -> None:
    logged.append(record())
    later = {"periodStart": "2025-12-31T23:59:59Z", "periodEnd": "2027-01-01T00:00:00Z"}
    with pytest.raises(InConflict):
        logged.append(record(**later))


def test_two_records_in_one_batch_are_one_too_many(logged: Logged) -> None:
    with pytest.raises(InConflict, match="has a live record"):
        logged.append(record(), record())
    assert logged.log.size == 0


@pytest.mark.parametrize("state", ["withdrawn", "superseded"])
@pytest.mark.parametrize("together", [True, False])
def test_ending_a_record_frees_its_process(
    logged: Logged,
    state: str,
    together: bool,  # noqa: FBT001 - a parameter of the case
) -> None:
    first = logged.one(record())
    second = logged.world.sign(record())
    end = status(first, state, second if state == "superseded" else None)
    if together:
        logged.append(second, end)
    else:
        logged.append(end)
        logged.append(second)
    with pytest.raises(InConflict):
        logged.append(record())


def test_the_same_bytes_again_are_no_second_record(logged: Logged) -> None:
    first = logged.one(record())
    logged.append(first)
    assert logged.log.size == 1


def test_a_footprint_cites_a_record_that_is_logged_and_in_force(logged: Logged) -> None:
    made = file("steel", PAIR, [gas()])
    first = logged.world.sign(record())
    subject = composed(made, furnace=first)
    with pytest.raises(NotFound):
        logged.append(subject)
    logged.append(first)
    logged.append(status(first, "withdrawn"))
    with pytest.raises(Refused, match="process record that it cites was superseded or withdrawn"):
        logged.append(subject)


ROW, RANGES = "another row of what may exist once", "other ranges of certificates"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE process SET site = CAST('urn:example:other' AS BLOB)", ROW),
        ("UPDATE claim SET amount = '1'", ROW),
        ("UPDATE retired_range SET last = CAST('W-9999' AS BLOB)", RANGES),
        ("DELETE FROM retired_range", RANGES),
        ("UPDATE retired_range SET number = 7", RANGES),
        ("DELETE FROM claim", ROW),
        ("DELETE FROM process", ROW),
        (
            "INSERT INTO claim SELECT digest, issuer, digest, 'energy', '1' FROM statement LIMIT 1",
            ROW,
        ),
    ],
)
def test_fsck_derives_the_rows_again(logged: Logged, change: str, said: str) -> None:
    retired = logged.one(retirement())
    logged.append(claim(retired, "6"), record())
    store = logged.log.store
    fsck(store, logged.log.note_key)
    if isinstance(store.place, str):
        change = change.replace("BLOB", "bytea")
    with store.write() as tx:
        tx.exclusive._connection.exec_driver_sql(change)
    with pytest.raises(LogDamaged, match=said):
        fsck(store, logged.log.note_key)
