"""fsck of what can be checked row by row: statements, disclosures, keys, records, transactions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootprint.ledger.core.canonical import decode
from rootprint.ledger.core.chain import organisation_id
from rootprint.ledger.core.encoding import b64url_bytes, digest_text, sha256
from rootprint.ledger.core.entry import entry_of
from rootprint.ledger.core.errors import BadSignature, LedgerError, NotFound
from rootprint.ledger.core.keccak import keccak
from rootprint.ledger.core.keys import PublicKey
from rootprint.ledger.core.possession import check_possession
from rootprint.ledger.core.sdjwt import join
from rootprint.ledger.core.statement import parse_statement
from rootprint.ledger.log.drawing import derived_row, range_rows
from rootprint.ledger.log.errors import LogDamaged
from rootprint.ledger.log.numbers import number_rows
from rootprint.ledger.store import StatementRow

if TYPE_CHECKING:
    from collections.abc import Collection

    from rootprint.ledger.core.chain import ChainReader
    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.store import Transaction


class StatementCheck:
    """Checks statements one by one and remembers the keys that it has read."""

    def __init__(self, tx: Transaction, origin: str) -> None:
        self._tx, self._origin = tx, origin
        self._keys: dict[str, PublicKey | None] = {}
        self._exclusive = self._numbers = 0
        self.signers: set[tuple[str, str]] = set()  # DID and thumbprint

    def check(self, index: int, entry: bytes, row: StatementRow | None) -> tuple[int, int]:
        """Check the statement of an entry, its columns and its kept disclosures.

        Returns how many disclosures there are, and 1 if the signature was checked, else 0.
        """
        place = f"the statement of entry {index}"
        if row is None:
            raise LogDamaged(f"{place} is missing: {digest_text(entry[1:33])}")
        try:
            text = join(row.jwt, self._tx.statements.disclosures(row.digest))
            statement = parse_statement(text)
            _ = statement.opened
        except LedgerError as error:
            raise LogDamaged(f"{place} can't be read: {error}") from error
        if entry_of(statement) != entry:
            raise LogDamaged(f"{place} gives other bytes than the entry holds")
        if _columns(statement) != row:
            raise LogDamaged(f"{place} has a column that is not what its bytes say")
        self.signers.add((statement.issuer, statement.kid))
        self._check_exclusive(statement, place)
        self._check_numbers(statement, place)
        if statement.log != self._origin:
            raise LogDamaged(f"{place} is meant for log {statement.log}, not {self._origin}")
        return len(statement.disclosures), self._check_signature(statement, place)

    def require_no_more(self) -> None:
        """Raise LogDamaged if rows of processes, claims, ranges or live numbers are left over."""
        numbers = self._tx.numbers.count()
        if numbers != self._numbers:
            raise LogDamaged(
                f"{numbers} live numbers are stored, the statements give {self._numbers}"
            )
        stored = self._tx.exclusive.count()
        if stored != self._exclusive:
            raise LogDamaged(
                f"{stored} processes, claims and retired ranges are stored, the statements give"
                f" {self._exclusive}"
            )

    def _check_numbers(self, statement: Statement, place: str) -> None:
        rows = number_rows(statement)
        if rows != self._tx.numbers.of(statement.digest):
            raise LogDamaged(f"{place} gives other rows of live numbers than are stored")
        self._numbers += len(rows)

    def _check_exclusive(self, statement: Statement, place: str) -> None:
        row = derived_row(statement)
        if row != self._tx.exclusive.derived(statement.digest):
            raise LogDamaged(f"{place} gives another row of what may exist once than is stored")
        ranges = range_rows(statement)
        if ranges != self._tx.exclusive.ranges_of(statement.digest):
            raise LogDamaged(f"{place} gives other ranges of certificates than are stored")
        self._exclusive += (row is not None) + len(ranges)

    def _check_signature(self, statement: Statement, place: str) -> int:
        key = self._key(statement.kid)
        if key is None:
            return 0
        try:
            statement.verify(key)
        except BadSignature as error:
            raise LogDamaged(f"{place} is not signed by its key {statement.kid}") from error
        return 1

    def _key(self, kid: str) -> PublicKey | None:
        if kid not in self._keys:
            try:
                self._keys[kid] = self._tx.directory.key(kid)
            except NotFound:
                self._keys[kid] = None
        return self._keys[kid]


def check_keys(tx: Transaction) -> int:
    """Check each key against its thumbprint; return their number."""
    count = 0
    for kid, jwk in tx.directory.all_keys():
        try:
            key = PublicKey.from_jwk(decode(jwk.encode(), what="JWK"))
        except LedgerError as error:
            raise LogDamaged(f"key {kid} can't be read: {error}") from error
        if key.kid != kid:
            raise LogDamaged(f"key {kid} has thumbprint {key.kid}")
        count += 1
    return count


def check_proofs(tx: Transaction, chain: ChainReader, signers: Collection[tuple[str, str]]) -> int:
    """Check each proof of possession by the chain; return how many there are of keys on it.

    Who signed a logged statement must have one where the chain names its digest. A proof is kept
    before its key is added, so one of a key that is not on the chain is nothing's.
    """
    count, kept = 0, set()
    for did, kid, proof in tx.directory.all_possessions():
        kept.add((did, kid))
        row = chain.key(organisation_id(did), b64url_bytes(kid, what="kid"))
        if not row.added:
            continue
        try:
            message = chain.possession_message(organisation_id(did))
            check_possession(tx.directory.key(kid), proof, row.possession, message)
        except LedgerError as error:
            raise LogDamaged(f"the proof that {did} holds key {kid}: {error}") from error
        count += 1
    for did, kid in sorted(set(signers) - kept):
        if any(chain.key(organisation_id(did), b64url_bytes(kid, what="kid")).possession):
            raise LogDamaged(f"the proof that {did} holds key {kid} is missing")
    return count


def check_records(tx: Transaction) -> int:
    """Check each organisation record against its digest and its DID; return their number."""
    count = 0
    for digest, did, data in tx.directory.all_records():
        if sha256(data) != digest:
            raise LogDamaged(f"organisation record {digest_text(digest)} has another digest")
        try:
            content = decode(data, what="record")
        except LedgerError as error:
            raise LogDamaged(f"record {digest_text(digest)} can't be read: {error}") from error
        if not isinstance(content, dict) or content.get("did") != did:
            raise LogDamaged(f"organisation record {digest_text(digest)} is not {did}'s")
        count += 1
    return count


def check_attempts(tx: Transaction) -> int:
    """Check each signed transaction against its hash; return their number."""
    count = 0
    for attempt in tx.anchors.all_attempts():
        if keccak(attempt.raw) != attempt.hash:
            raise LogDamaged(f"anchoring transaction 0x{attempt.hash.hex()} has another hash")
        count += 1
    return count


def _columns(statement: Statement) -> StatementRow:
    return StatementRow(
        statement.digest,
        statement.envelope.jwt,
        statement.kind,
        statement.issuer,
        statement.id,
        statement.concerns,
    )
