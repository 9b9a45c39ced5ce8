"""What a server may do amid a transaction, and what its tables must hold as SQLite's do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

from rootprint.ledger.core.errors import NotFound, Refused, Unavailable
from rootprint.ledger.core.keys import SigningKey
from rootprint.ledger.core.seal import seal
from rootprint.ledger.store import ProcessRow, Store, Target
from rootprint.ledger.store import postgresql as database
from tests.support.statements import LOG, product

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.postgresql import Server

TARGET = Target(1, b"\x01" * 20, b"\x02" * 32, b"\x03" * 20)


@pytest.fixture
def address(postgresql_server: Server) -> str:
    return postgresql_server.schema()


def test_a_writer_that_lost_its_connection_writes_nothing(address: str) -> None:
    """A stopped process that wakes has lost the lock, and with it what it wrote."""
    key = SigningKey.generate().public
    with Store.create(address) as store:

        def lose() -> None:
            with store.write() as tx:
                tx.directory.put_key(key)
                connection = tx.directory._connection
                process = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()
                with psycopg.connect(address, autocommit=True) as other:
                    other.execute("SELECT pg_terminate_backend(%s)", (process,))

        with pytest.raises(Unavailable, match="can't be used now"):
            lose()
        with store.read() as tx, pytest.raises(NotFound):
            tx.directory.key(key.kid)
        with store.write() as tx:  # the next one gets a connection of its own
            tx.directory.put_key(key)


def test_a_writer_waits_for_another_only_so_long(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "LOCK_MILLISECONDS", 200)
    with Store.create(address) as one, Store.open(address) as two, one.write():
        with pytest.raises(Unavailable, match="another process is writing"), two.write():
            pass
        with two.read() as tx:  # readers wait for no one
            assert tx.tree.size() == 0


def test_what_is_no_store_is_refused(address: str, postgresql_server: Server) -> None:
    with pytest.raises(Refused, match="is not a store"):
        Store.open(address)
    Store.create(address).close()
    with pytest.raises(Refused, match="a store is never overwritten"):
        Store.create(address)
    with psycopg.connect(address) as connection:
        connection.execute("UPDATE schema_version SET version = 99")
    with pytest.raises(Refused, match="has schema 99, this program knows 5"):
        Store.open(address)
    with pytest.raises(Unavailable, match=r"does not exist.*name one with a database"):
        Store.open(postgresql_server.address.replace("/postgres?", "/absent?"))


def test_names_of_any_characters_come_back(store: Store) -> None:
    """A null character is text that a statement may have, and no text of PostgreSQL's."""
    statement = seal(product(), SigningKey.generate(), LOG)
    row = ProcessRow(statement.digest, statement.issuer, "urn:x", "null \x00, 电池 é", "rule", 1, 2)
    with store.write() as tx:
        tx.statements.put([statement])
        tx.exclusive.put([row])
        intent = tx.anchors.add(TARGET, nonce=1, size=1, root=bytes(32), data=b"")
        tx.anchors.fail(intent, "the node said \x00")
    with store.read() as tx:
        assert tx.exclusive.process(statement.digest) == row


def test_a_name_that_no_index_holds_is_refused_alike(store: Store) -> None:
    statement = seal(product(), SigningKey.generate(), LOG)
    row = ProcessRow(statement.digest, statement.issuer, "urn:x", "名" * 201, "rule", 1, 2)

    def put() -> None:
        with store.write() as tx:
            tx.statements.put([statement])
            tx.exclusive.put([row])

    with pytest.raises(Refused, match="has 603 bytes, and a log holds names of 600"):
        put()
    with store.read() as tx:
        assert tx.statements.count() == 0


def test_an_address_is_shown_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as caught:
        Store.open("postgresql://me:s3cret@127.0.0.1:1/ledger")
    assert "me:***@127.0.0.1" in str(caught.value)
    assert "s3cret" not in str(caught.value)
    with pytest.raises(Refused, match="can't be read") as refused:
        Store.open("postgresql://me:s3cret@127.0.0.1:port/ledger")
    assert "s3cret" not in str(refused.value)
    assert not list(tmp_path.iterdir())
