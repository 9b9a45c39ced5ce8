"""fsck finds each kind of difference and names the first."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from rootprint.ledger.core.chain import ChainReader
from rootprint.ledger.core.checkpoint import LogKey
from rootprint.ledger.core.seal import seal
from rootprint.ledger.core.statement import parse_statement
from rootprint.ledger.log import FsckReport, Log, LogDamaged, describe, fsck
from rootprint.ledger.store import Attempt, Store, Target
from tests.support.memory_chain import MemoryChain
from tests.support.statements import LOG, MAKER, product, status

if TYPE_CHECKING:
    from pathlib import Path

    from rootprint.ledger.core.keys import SigningKey
    from tests.support.world import World

LOG_ID = b"\x0c" * 32


@pytest.fixture
def filled(log: Log, issuer_key: SigningKey) -> Log:
    """Seven entries in three batches, the issuer's key, a record."""
    log.append([seal(product(), issuer_key, LOG)], keep_disclosures=True)
    for _ in range(2):
        log.append([seal(status(), issuer_key, LOG) for _ in range(3)])
    with log.store.write() as tx:
        tx.directory.put_key(issuer_key.public)
        tx.directory.put_record(MAKER, b'{"did":"did:web:maker.example"}')
    return log


def check(log: Log) -> FsckReport:
    return fsck(log.store, log.note_key)


def test_a_whole_log_is_counted(filled: Log) -> None:
    with filled.store.read() as tx:
        disclosures = len(tx.statements.disclosures(filled.entry(0)[1:33]))
    assert check(filled) == FsckReport(
        entries=7,
        statements=7,
        signatures=7,
        disclosures=disclosures,
        nodes=11,
        checkpoints=3,
        keys=1,
        records=1,
        attempts=0,
        anchors=None,
    )
    said = describe(check(filled))
    assert said.startswith("all is as derived: entries 7, subtrees 11, checkpoints 3, ")
    assert said.endswith(", no chain compared")


def test_an_empty_log_is_not_called_whole(log: Log) -> None:
    report = check(log)
    assert report.empty
    assert describe(report) == "the log is empty: there was nothing to check"


DAMAGES = {
    'DELETE FROM entry WHERE "index" = 2': "entry 2 is missing, the next one is 3",
    'DELETE FROM entry WHERE "index" = 6': "checkpoint of size 7 is stored, the log has 6",
    "DELETE FROM checkpoint WHERE size = 7": "entries 4 to 6 are under no checkpoint",
    'UPDATE entry SET digest = zeroblob(32) WHERE "index" = 1': "entry 1 does not hold the digest",
    "UPDATE entry SET bytes = CAST(X'01' || substr(bytes, 2) AS BLOB) WHERE \"index\" = 4": (
        "statement of entry 4 gives other bytes"
    ),
    'DELETE FROM statement WHERE digest = (SELECT digest FROM entry WHERE "index" = 3)': (
        "statement of entry 3 is missing"
    ),
    "UPDATE statement SET jwt = replace(jwt, '.', '!')": "entry 0 can't be read",
    "UPDATE statement SET issuer = 'did:web:x.example' WHERE kind = 'FootprintStatement'": (
        "entry 0 has a column that is not what its bytes say"
    ),
    "UPDATE disclosure SET encoded = 'AAAA'": "statement of entry 0 can't be read",
    'UPDATE node SET hash = zeroblob(32) WHERE level = 0 AND "index" = 5': "level 0, index 5",
    'UPDATE node SET hash = zeroblob(32) WHERE level = 2 AND "index" = 0': "level 2, index 0",
    'DELETE FROM node WHERE level = 1 AND "index" = 2': "level 1, index 2",
    "INSERT INTO node VALUES (5, 0, zeroblob(32))": "12 subtrees are stored, 7 entries give 11",
    "UPDATE checkpoint SET size = 5 WHERE size = 4": "checkpoint of size 5 is signed for size 4",
    "UPDATE checkpoint SET note = replace(note, char(10) || 4, char(10) || 3) WHERE size = 4": (
        "checkpoint of size 4 can't be believed"
    ),
    "UPDATE key SET kid = 'other'": "key other has thumbprint",
    "UPDATE key SET jwk = '{}'": "can't be read",
    "UPDATE organisation_record SET bytes = zeroblob(3)": "has another digest",
    "UPDATE organisation_record SET did = 'did:web:x.example'": "is not did:web:x.example's",
}


def _in_postgresql(damage: str) -> str:
    """Say the same change in PostgreSQL's words."""
    said = re.sub(r"zeroblob\((\d+)\)", r"decode(repeat('00', \1), 'hex')", damage)
    said = said.replace("CAST(X'01' || substr(bytes, 2) AS BLOB)", "'\\x01' || substr(bytes, 2)")
    return said.replace("char(10)", "chr(10)")


@pytest.mark.parametrize("damage", DAMAGES)
def test_each_difference_is_named(filled: Log, damage: str) -> None:
    place = filled.store.place
    if isinstance(place, str):
        with psycopg.connect(place) as connection:
            connection.execute("SET session_replication_role = replica")  # without foreign keys
            assert connection.execute(_in_postgresql(damage)).rowcount > 0
    else:
        with closing(sqlite3.connect(place)) as connection:  # without foreign keys
            assert connection.execute(damage).rowcount > 0
            connection.commit()
    with pytest.raises(LogDamaged, match=DAMAGES[damage]):
        check(filled)


def test_a_statement_signed_by_another_key_is_named(filled: Log, issuer_key: SigningKey) -> None:
    """The columns and the tree may agree with a forged statement; its signature can't."""
    genuine = seal(status(), issuer_key, LOG)
    forged = (
        genuine.envelope.jwt.rpartition(".")[0]
        + "."
        + seal(status(), issuer_key, LOG).envelope.jwt.rpartition(".")[2]
    )
    filled.append([parse_statement(forged + "~")])
    with pytest.raises(LogDamaged, match="statement of entry 7 is not signed by its key"):
        check(filled)


def test_another_logs_key_is_not_believed(filled: Log) -> None:
    stranger = LogKey(LOG, Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)).note_key
    with pytest.raises(LogDamaged, match="checkpoint of size 1 can't be believed"):
        fsck(filled.store, stranger)


def test_a_signed_transaction_must_have_its_hash(filled: Log) -> None:
    target = Target(1, bytes(20), LOG_ID, bytes(20))
    with filled.store.write() as tx:
        intent = tx.anchors.add(target, nonce=0, size=7, root=bytes(32), data=b"")
        tx.anchors.put_attempt(Attempt(bytes(32), intent.number, 0, b"raw", 1, 1, 0))
    with pytest.raises(LogDamaged, match="has another hash"):
        check(filled)


def anchored(*rows: tuple[int, bytes]) -> ChainReader:
    chain = MemoryChain()
    for size, root in rows:
        chain.anchor(LOG_ID, size, root)
        chain.mine(chain.block().time + 60)
    return ChainReader(chain, chain.contracts, chain.block())


def test_anchored_rows_are_compared(filled: Log) -> None:
    reader = anchored((2, filled.root(2)), (7, filled.root(7)))
    assert fsck(filled.store, filled.note_key, chain=reader, log_id=LOG_ID).anchors == 2
    assert fsck(filled.store, filled.note_key, chain=reader, log_id=bytes(32)).anchors == 0


def test_an_anchored_root_that_is_not_ours_is_named(filled: Log) -> None:
    reader = anchored((2, filled.root(2)), (4, filled.root(5)))
    with pytest.raises(LogDamaged, match=r"anchored row 1 \(size 4\) has a root"):
        fsck(filled.store, filled.note_key, chain=reader, log_id=LOG_ID)


def test_a_log_that_lost_anchored_entries_is_damaged_even_if_empty(filled: Log, log: Log) -> None:
    with pytest.raises(LogDamaged, match="beyond the log, which has 7 entries"):
        fsck(
            filled.store,
            log.note_key,
            chain=anchored((8, bytes(32))),
            log_id=LOG_ID,
        )


@pytest.fixture
def held(world: World, store_place: Path | str) -> tuple[Log, ChainReader]:
    """A log with a statement by a key with its proof, and the chain that names the proof."""
    store = Store.create(store_place)
    log = Log(store, world.log_key, clock=lambda: 1_800_000_000.0)
    log.append([world.sign(world.factor("fuel"))])
    with store.write() as tx:
        world.keep_keys(tx)
    return log, ChainReader(world.chain, world.chain.contracts, world.chain.block())


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("", ""),
        ("DELETE FROM possession", "is missing"),
        ("UPDATE possession SET proof = CAST('AAAA' AS BLOB)", "the proof that did:web:"),
        ("DELETE FROM key", "the proof that did:web:"),
    ],
)
def test_proofs_of_possession_are_those_of_the_chain(
    held: tuple[Log, ChainReader], damage: str, said: str
) -> None:
    log, chain = held
    with log.store.write() as tx:
        if damage:
            words = damage.replace("BLOB", "bytea") if isinstance(log.store.place, str) else damage
            tx.directory._connection.exec_driver_sql(words)
    if said:
        with pytest.raises(LogDamaged, match=said):
            fsck(log.store, log.note_key, chain=chain, log_id=LOG_ID)
    else:
        report = fsck(log.store, log.note_key, chain=chain, log_id=LOG_ID)
        assert report.proofs
        assert f"proofs of possession {report.proofs}" in describe(report)
    log.store.close()
