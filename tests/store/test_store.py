"""Opening, refusing to open, committing all or nothing."""

from __future__ import annotations

import sqlite3
import threading
from typing import TYPE_CHECKING

import pytest

from rootprint.ledger.core.errors import NotFound, Refused, Unavailable
from rootprint.ledger.core.keys import PublicKey, SigningKey
from rootprint.ledger.core.seal import seal
from rootprint.ledger.store import IntentState, Store, Target
from tests.support.statements import LOG, factor, product, status

if TYPE_CHECKING:
    from pathlib import Path

TARGET = Target(1, b"\x01" * 20, b"\x02" * 32, b"\x03" * 20)


def make_key() -> PublicKey:
    return SigningKey.generate().public


def test_a_store_is_never_made_by_opening_nor_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    with pytest.raises(NotFound, match="there is no store at"):
        Store.open(path)
    assert not path.exists()
    Store.create(path).close()
    with pytest.raises(Refused, match="exists already"):
        Store.create(path)
    with pytest.raises(Unavailable, match="there is no folder"):
        Store.create(tmp_path / "absent" / "store.sqlite")
    assert [item.name for item in tmp_path.iterdir()] == ["store.sqlite"]
    assert path.stat().st_mode & 0o077 == 0


def test_another_schema_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    Store.create(path).close()
    connection = sqlite3.connect(path)
    connection.execute("UPDATE schema_version SET version = 99")
    connection.commit()
    connection.close()
    with pytest.raises(Refused, match="has schema 99, this program knows 5"):
        Store.open(path)


@pytest.mark.parametrize("content", [b"", b"not a database at all, but long enough" * 40])
def test_another_kind_of_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "store.sqlite"
    path.write_bytes(content)
    with pytest.raises(Refused, match="is not a store"):
        Store.open(path)


def test_acknowledged_means_synced_to_disk(tmp_path: Path) -> None:
    """The writing connection is in WAL mode, syncs at each commit and holds foreign keys."""
    with Store.create(tmp_path / "store.sqlite") as store, store.write() as tx:
        connection = tx.tree._connection
        found = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert found == ["wal", 2, 1]


def test_a_transaction_is_all_or_nothing(store: Store) -> None:
    key = make_key()

    def fail_half_way() -> None:
        with store.write() as tx:
            tx.directory.put_key(key)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    with store.read() as tx, pytest.raises(NotFound, match=key.kid):
        tx.directory.key(key.kid)


def test_reading_can_not_write(store: Store) -> None:
    with pytest.raises(Unavailable, match=r"read-?only"), store.read() as tx:
        tx.directory.put_key(make_key())


def test_an_entry_needs_its_statement(store: Store) -> None:
    with pytest.raises(Refused, match=r"(?i)foreign key"), store.write() as tx:
        tx.tree.put(0, [bytes(65)], [(0, 0, bytes(32))])


def test_a_nonce_belongs_to_one_intent_for_life(store: Store) -> None:
    with store.write() as tx:
        first = tx.anchors.add(TARGET, nonce=5, size=1, root=bytes(32), data=b"")
        tx.anchors.fail(first, "reverted")
    with pytest.raises(Refused, match=r"(?i)unique"), store.write() as tx:
        tx.anchors.add(TARGET, nonce=5, size=2, root=bytes(32), data=b"")


def test_writers_wait_for_each_other(store: Store) -> None:
    """Two threads read, then write what they read: with a late lock one of them would fail."""

    def add() -> None:
        for _ in range(20):
            with store.write() as tx:
                nonce = len(tx.anchors.intents(TARGET, IntentState.PENDING))
                tx.anchors.add(TARGET, nonce=nonce, size=1, root=bytes(32), data=b"")

    threads = [threading.Thread(target=add) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read() as tx:
        assert [one.nonce for one in tx.anchors.intents(TARGET, IntentState.PENDING)] == list(
            range(40)
        )


def test_statements_come_back_byte_for_byte_with_the_disclosures_kept(store: Store) -> None:
    statement = seal(product(), SigningKey.generate(), LOG)
    with store.write() as tx:
        tx.statements.put([statement])
    with store.read() as tx:
        assert tx.statements.get(statement.digest) == statement.bare
    with store.write() as tx:
        tx.statements.keep(statement)
        tx.statements.keep(statement)
    with store.read() as tx:
        found = tx.statements.get(statement.digest)
    assert sorted(found.disclosures) == sorted(statement.disclosures)
    assert found.opened.complete


def test_statements_are_found_by_issuer_and_by_what_they_concern(store: Store) -> None:
    key = SigningKey.generate()
    subject = seal(factor(), key, LOG)
    about = seal(status(f"sha256:{subject.digest.hex()}"), key, LOG)
    with store.write() as tx:
        tx.statements.put([subject, about])
        assert tx.statements.concerning(subject.digest) == [about.digest]
        assert tx.statements.concerning(about.digest) == []
        assert tx.statements.by_issuer(subject.issuer) == [subject.digest]
        assert tx.statements.digest_of(about.issuer, about.id) == about.digest
        assert tx.statements.digest_of(subject.issuer, about.id) is None
        with pytest.raises(NotFound, match="sha256:0000"):
            tx.statements.get(bytes(32))


def test_keys_and_records_are_named_by_their_own_hash(store: Store) -> None:
    key, did = make_key(), "did:web:maker.example"
    with store.write() as tx:
        for _ in range(2):
            tx.directory.put_key(key)
            tx.directory.put_record(did, b'{"one":1}')
        tx.directory.put_record(did, b'{"two":2}')
    with store.read() as tx:
        assert tx.directory.key(key.kid) == key
        kept = sorted(record for _, of, record in tx.directory.all_records() if of == did)
        assert kept == [b'{"one":1}', b'{"two":2}']
        with pytest.raises(NotFound, match="no organisation record"):
            tx.directory.record(bytes(32))
