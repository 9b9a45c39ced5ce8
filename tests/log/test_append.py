"""Appending and proving: what a publisher gets and what it costs."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import event

from rootprint.ledger.core.checkpoint import LogKey
from rootprint.ledger.core.entry import entry_of
from rootprint.ledger.core.errors import BadProof, BadSignature, NotFound, Refused, TooLarge
from rootprint.ledger.core.logproof import parse_log_proof
from rootprint.ledger.core.merkle import tree_root, verify_consistency
from rootprint.ledger.core.seal import seal
from rootprint.ledger.core.statement import Statement, parse_statement
from rootprint.ledger.log import MAX_BATCH, Log, LogDamaged, LogReader
from rootprint.ledger.store import Store
from tests.support.statements import LOG, assurance, factor, product, raw, sign_raw, status

if TYPE_CHECKING:
    from pathlib import Path

    from rootprint.ledger.core.keys import SigningKey


def make(key: SigningKey, count: int) -> list[Statement]:
    return [seal(status(), key, LOG) for _ in range(count)]


def test_a_receipt_proves_the_entry_under_a_signed_checkpoint(
    log: Log, issuer_key: SigningKey
) -> None:
    subject = seal(factor(), issuer_key, LOG)
    about = seal(assurance(f"sha256:{subject.digest.hex()}"), issuer_key, LOG)
    withdrawal = seal(status(f"sha256:{subject.digest.hex()}"), issuer_key, LOG)
    receipts = log.append([subject, about, withdrawal])
    assert [receipt.index for receipt in receipts] == [0, 1, 2]
    assert [receipt.entry[0] for receipt in receipts] == [1, 2, 3]
    assert [receipt.entry[33:] for receipt in receipts] == [bytes(32), *[subject.digest] * 2]
    for receipt, statement in zip(receipts, (subject, about, withdrawal), strict=True):
        proof = parse_log_proof(receipt.proof.text())
        proof.verify(entry_of(statement))
        proof.checkpoint.verify(log.note_key)
        assert proof.checkpoint.checkpoint.size == 3


def test_the_same_bytes_again_return_the_same_entry_under_the_newest_checkpoint(
    log: Log, issuer_key: SigningKey
) -> None:
    first, second = make(issuer_key, 2)
    log.append([first])
    log.append([second])
    again, same = log.append([first, first])
    assert (again, log.size) == (same, 2)
    assert (again.index, again.proof.checkpoint.checkpoint.size) == (0, 2)
    again.proof.verify(entry_of(first))
    both = log.append([*make(issuer_key, 1), first])
    assert [receipt.index for receipt in both] == [2, 0]


@pytest.mark.parametrize("together", [True, False])
def test_other_bytes_under_the_same_id_are_refused_and_nothing_is_logged(
    log: Log, issuer_key: SigningKey, *, together: bool
) -> None:
    first, other = make(issuer_key, 2)
    header, payload = raw(first)
    payload["validUntil"] = "2027-06-01T00:00:00Z"
    twin = parse_statement(sign_raw(header, payload, issuer_key))
    if not together:
        log.append([first])
    with pytest.raises(Refused, match="has published other bytes under urn:uuid:"):
        log.append([first, other, twin] if together else [other, twin])
    assert log.size == (0 if together else 1)


def test_a_statement_for_another_log_is_refused(log: Log, issuer_key: SigningKey) -> None:
    with pytest.raises(Refused, match=r"is meant for log elsewhere\.example/log"):
        log.append([seal(status(), issuer_key, "elsewhere.example/log")])


def test_a_batch_is_bounded(log: Log, issuer_key: SigningKey) -> None:
    (one,) = make(issuer_key, 1)
    with pytest.raises(TooLarge, match="at most 4096 statements"):
        log.append([one] * (MAX_BATCH + 1))
    assert log.append([]) == []


def test_disclosures_are_dropped_unless_they_are_to_be_kept(
    log: Log, issuer_key: SigningKey
) -> None:
    drafts = (product(productIds=[f"urn:example:{name}"]) for name in ("dropped", "kept"))
    dropped, kept = (seal(draft, issuer_key, LOG) for draft in drafts)
    log.append([dropped])
    log.append([kept], keep_disclosures=True)
    with log.store.read() as tx:
        assert tx.statements.get(dropped.digest).disclosures == ()
        assert tx.statements.get(kept.digest).opened.complete
    log.append([dropped], keep_disclosures=True)
    with log.store.read() as tx:
        assert tx.statements.get(dropped.digest).opened.complete


def test_a_disclosure_that_opens_nothing_is_not_kept(log: Log, issuer_key: SigningKey) -> None:
    one, two = (seal(product(), issuer_key, LOG) for _ in range(2))
    with pytest.raises(Refused, match="opens no placeholder"):
        log.append([Statement.of(one.envelope, two.disclosures)], keep_disclosures=True)
    assert log.size == 0


def test_an_empty_log_has_no_checkpoint_and_says_so(log: Log) -> None:
    assert log.size == 0
    with pytest.raises(NotFound, match="the log is empty"):
        log.checkpoint()
    assert log.root(0) == tree_root([])


def test_what_is_not_there_is_not_found(log: Log, issuer_key: SigningKey) -> None:
    (one, *rest) = make(issuer_key, 5)
    log.append([one])
    log.append(rest)
    with pytest.raises(NotFound, match="signed no checkpoint of size 3"):
        log.checkpoint(3)
    with pytest.raises(NotFound, match="no entry for statement sha256:00"):
        log.proof(bytes(32))
    with pytest.raises(NotFound, match="entry 4 is not under the checkpoint of size 1"):
        log.proof(rest[-1].digest, size=1)
    with pytest.raises(NotFound, match="has 5 entries, not 6"):
        log.root(6)
    with pytest.raises(NotFound, match="has 5 entries, not 6"):
        log.consistency(1, 6)
    with pytest.raises(BadProof, match="from size 0"):
        log.consistency(0, 5)
    with pytest.raises(NotFound, match="no entry 5"):
        log.entry(5)


def test_a_reader_needs_no_private_key(log: Log, issuer_key: SigningKey) -> None:
    statements = make(issuer_key, 7)
    log.append(statements)
    reader = LogReader(log.store, log.note_key)
    for statement in statements:
        reader.proof(statement.digest).verify(entry_of(statement))
    assert reader.entry(3) == entry_of(statements[3])
    assert not hasattr(reader, "append")


def test_a_log_signs_nothing_on_top_of_another_keys_tree(
    log: Log, issuer_key: SigningKey, store_place: Path | str
) -> None:
    log.append(make(issuer_key, 1))
    stranger = LogKey(LOG, Ed25519PrivateKey.from_private_bytes(b"\x07" * 32))
    with Store.open(store_place) as store:
        with pytest.raises(BadSignature, match="no signature by"):
            Log(store, stranger).append(make(issuer_key, 1))
        assert LogReader(store, log.note_key).size == 1


def test_two_writers_take_turns(log: Log, issuer_key: SigningKey, log_key: LogKey) -> None:
    other = Log(log.store, log_key)
    for statement in make(issuer_key, 6):
        (log if statement.digest[0] % 2 else other).append([statement])
    assert log.size == other.size == 6


def test_an_append_costs_log_n_and_scans_nothing(log: Log, issuer_key: SigningKey) -> None:
    """A few queries for each level of the tree, and SQLite finds every row by an index."""
    engine = log.store._database.writing
    for _ in range(3):
        log.append(make(issuer_key, 43))
        seen: list[tuple[str, object]] = []

        def note(*given: object, seen: list[tuple[str, object]] = seen) -> None:
            seen.append((str(given[2]), given[3]))

        event.listen(engine, "before_cursor_execute", note)
        log.append(make(issuer_key, 1))
        event.remove(engine, "before_cursor_execute", note)
        assert len(seen) <= 8 + 2 * log.size.bit_length()
        reads = [one for one in seen if one[0].startswith("SELECT")]
        assert len(reads) > 5
        if isinstance(log.store.place, str):
            continue  # what PostgreSQL plans depends on how many rows it believes there are
        with closing(sqlite3.connect(log.store.place)) as connection:
            for query, parameters in reads:
                plan = connection.execute(f"EXPLAIN QUERY PLAN {query}", parameters).fetchall()
                by_index = "ORDER BY checkpoint.size DESC" in query
                assert by_index or not any(row[3].startswith("SCAN") for row in plan), query


def test_a_lost_subtree_is_named(log: Log, issuer_key: SigningKey) -> None:
    statements = make(issuer_key, 4)
    log.append(statements)
    with log.store.write() as tx:
        tx.tree._connection.exec_driver_sql('DELETE FROM node WHERE level = 1 AND "index" = 0')
    with pytest.raises(LogDamaged, match="level 1, index 0 is missing"):
        log.proof(statements[3].digest)


def test_consistency_between_any_two_sizes(log: Log, issuer_key: SigningKey) -> None:
    for batch in (1, 2, 3, 5):
        log.append(make(issuer_key, batch))
    for old in range(1, 12):
        for new in range(old, 12):
            verify_consistency(old, new, log.root(old), log.root(new), log.consistency(old, new))
