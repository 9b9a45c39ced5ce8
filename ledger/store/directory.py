"""Issuer keys by thumbprint and organisations' records by digest.

The chain says whose a key is and which record holds; here are the bytes that it names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
from sqlalchemy import delete, insert, select

from rootprint.ledger.core.canonical import encode
from rootprint.ledger.core.encoding import digest_text, sha256
from rootprint.ledger.core.errors import NotFound
from rootprint.ledger.core.keys import PublicKey
from rootprint.ledger.store.tables import key as keys
from rootprint.ledger.store.tables import organisation_record as records
from rootprint.ledger.store.tables import possession as proofs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection


class Directory:
    """Adding what is here already changes nothing: both are named by their own hash."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put_key(self, key: PublicKey) -> None:
        """Keep a public key under its thumbprint."""
        known = self._connection.execute(select(keys.c.kid).where(keys.c.kid == key.kid)).scalar()
        if known is None:
            jwk = encode(key.jwk()).decode()
            self._connection.execute(insert(keys).values(kid=key.kid, jwk=jwk))

    def key(self, kid: str) -> PublicKey:
        """Return the key with that thumbprint. Raises NotFound."""
        jwk = self._connection.execute(select(keys.c.jwk).where(keys.c.kid == kid)).scalar()
        if jwk is None:
            raise NotFound(f"no key {kid} is known here", remedy="its owner must add it")
        return PublicKey.from_jwk(orjson.loads(jwk))

    def put_possession(self, did: str, kid: str, proof: bytes) -> None:
        """Keep an organisation's proof that it holds a key, in the place of one kept before.

        ``proof`` is a signature of 64 bytes (``ledger.core.possession``).
        """
        mine = (proofs.c.did == did) & (proofs.c.kid == kid)
        self._connection.execute(delete(proofs).where(mine))
        self._connection.execute(insert(proofs).values(did=did, kid=kid, proof=proof))

    def possession(self, did: str, kid: str) -> bytes | None:
        """Return the proof that is kept of an organisation's key, or None."""
        query = select(proofs.c.proof).where((proofs.c.did == did) & (proofs.c.kid == kid))
        proof: bytes | None = self._connection.execute(query).scalar()
        return proof

    def all_possessions(self) -> Iterator[tuple[str, str, bytes]]:
        """Yield (DID, thumbprint, proof) as they stand, not believed, by DID and thumbprint."""
        query = select(proofs).order_by(proofs.c.did, proofs.c.kid)
        for row in self._connection.execute(query):
            yield tuple(row)

    def all_keys(self) -> Iterator[tuple[str, str]]:
        """Yield (kid, JWK) as they stand, not believed, by kid."""
        for row in self._connection.execute(select(keys.c.kid, keys.c.jwk).order_by(keys.c.kid)):
            yield tuple(row)

    def put_record(self, did: str, data: bytes) -> None:
        """Keep an organisation's record, canonical JSON bytes, under its SHA-256."""
        digest = sha256(data)
        query = select(records.c.digest).where(records.c.digest == digest)
        if self._connection.execute(query).scalar() is None:
            self._connection.execute(insert(records).values(digest=digest, did=did, bytes=data))

    def record(self, digest: bytes) -> bytes:
        """Return the record with that digest. Raises NotFound."""
        query = select(records.c.bytes).where(records.c.digest == digest)
        data: bytes | None = self._connection.execute(query).scalar()
        if data is None:
            raise NotFound(f"no organisation record {digest_text(digest)} is kept here")
        return data

    def all_records(self) -> Iterator[tuple[bytes, str, bytes]]:
        """Yield (digest, DID, record) as they stand, not believed, by digest."""
        for row in self._connection.execute(select(records).order_by(records.c.digest)):
            yield tuple(row)
