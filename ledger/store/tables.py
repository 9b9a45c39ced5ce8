"""The tables, and for each column what makes its content true.

*authenticated*: signed, or hashed into something signed or anchored; *derived*: follows from
authenticated columns and is derived again by fsck; *informational*: not to be relied on.
Nothing here is SQLite's alone: the same tables can stand in PostgreSQL.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

SCHEMA_VERSION: Final = 3


class Trust(StrEnum):
    """Why a column may be believed."""

    AUTHENTICATED = "authenticated"
    DERIVED = "derived"
    INFORMATIONAL = "informational"


# SQLite makes only INTEGER, not BIGINT, the row's own address.
_INTEGER = BigInteger().with_variant(Integer(), "sqlite")
_SIGNED, _DERIVED, _INFO = Trust.AUTHENTICATED, Trust.DERIVED, Trust.INFORMATIONAL


def _column(name: str, kind: Any, trust: Trust, *rest: Any, **options: Any) -> Column[Any]:
    """Make a column that may not be null unless its options say so."""
    if not options.get("primary_key"):
        options.setdefault("nullable", False)
    elif kind is _INTEGER:
        options["autoincrement"] = False
    return Column(name, kind, *rest, info={"trust": trust}, **options)


metadata: Final = MetaData()

schema_version: Final = Table(
    "schema_version", metadata, _column("version", _INTEGER, _INFO, primary_key=True)
)

statement: Final = Table(
    "statement",
    metadata,
    _column("digest", LargeBinary, _DERIVED, primary_key=True),
    _column("jwt", Text, _SIGNED),
    _column("kind", Text, _DERIVED),
    _column("issuer", Text, _DERIVED),
    _column("statement_id", Text, _DERIVED),
    _column("subject", LargeBinary, _DERIVED, nullable=True),
    UniqueConstraint("issuer", "statement_id"),
    Index("statement_by_subject", "subject"),
)

# A holder's own copies, kept where the holder asks for it; a public log keeps none.
disclosure: Final = Table(
    "disclosure",
    metadata,
    _column("statement", LargeBinary, _DERIVED, ForeignKey("statement.digest"), primary_key=True),
    _column("digest", LargeBinary, _DERIVED, primary_key=True),
    _column("encoded", Text, _SIGNED),
)

# What may exist once, or be drawn up to an amount: derived in the transaction that appends. A row
# counts as long as no status statement concerns its statement.
process: Final = Table(
    "process",
    metadata,
    _column("statement", LargeBinary, _DERIVED, ForeignKey("statement.digest"), primary_key=True),
    _column("issuer", Text, _DERIVED),  # what follows is folded
    _column("site", Text, _DERIVED),
    _column("process", Text, _DERIVED),
    _column("rule", Text, _DERIVED),
    _column("start", _INTEGER, _DERIVED),
    _column("end", _INTEGER, _DERIVED),
    Index("process_by_key", "issuer", "site", "process", "rule"),
)

claim: Final = Table(
    "claim",
    metadata,
    _column("statement", LargeBinary, _DERIVED, ForeignKey("statement.digest"), primary_key=True),
    _column("issuer", Text, _DERIVED),
    _column("retirement", LargeBinary, _DERIVED, index=True),
    _column("dimension", Text, _DERIVED),
    _column("amount", Text, _DERIVED),  # a fraction, in the dimension's base unit
)

# Which texts a retirement's ranges of certificates have: a stem, and digits from first to last.
retired_range: Final = Table(
    "retired_range",
    metadata,
    _column("statement", LargeBinary, _DERIVED, ForeignKey("statement.digest"), primary_key=True),
    _column("number", _INTEGER, _DERIVED, primary_key=True),
    _column("issuer", Text, _DERIVED),
    _column("registry", Text, _DERIVED),
    _column("stem", Text, _DERIVED),
    _column("digits", _INTEGER, _DERIVED),
    _column("first", Text, _DERIVED),
    _column("last", Text, _DERIVED),
    Index("retired_range_by_stem", "issuer", "registry", "stem", "digits", "first"),
)

# Which products stand in the rows that a process record shows, in one spelling. There where its
# disclosures are kept: the operator's memory and no more.
process_product: Final = Table(
    "process_product",
    metadata,
    _column("statement", LargeBinary, _INFO, ForeignKey("statement.digest"), primary_key=True),
    _column("product", Text, _INFO, primary_key=True),
    _column("issuer", Text, _INFO),
    Index("process_product_by_product", "issuer", "product"),
)

# Which footprints answer one question for one product (law 5), and from when to when.
live_number: Final = Table(
    "live_number",
    metadata,
    _column("key", LargeBinary, _DERIVED, primary_key=True),
    _column("product", Text, _DERIVED, primary_key=True),
    _column("statement", LargeBinary, _DERIVED, ForeignKey("statement.digest"), primary_key=True),
    _column("valid_from", _INTEGER, _DERIVED),
    _column("valid_until", _INTEGER, _DERIVED),
    _column("sites", Text, _DERIVED),
    Index("live_number_by_statement", "statement"),
)

# What the lines that a footprint shows take of certificates. There where its disclosures are kept:
# the operator's memory and no more.
certificate_use: Final = Table(
    "certificate_use",
    metadata,
    _column("statement", LargeBinary, _INFO, ForeignKey("statement.digest"), primary_key=True),
    _column("line", _INTEGER, _INFO, primary_key=True),
    _column("issuer", Text, _INFO),
    _column("registry", Text, _INFO),  # folded, as the certificate
    _column("certificate", Text, _INFO),
    _column("limit", Text, _INFO),  # fractions of a megawatt hour
    _column("used", Text, _INFO),
    _column("claim", LargeBinary, _INFO, nullable=True),
    _column("source", LargeBinary, _INFO),  # whose activity it is: a process record or a statement
    _column("activity", _INTEGER, _INFO),
    Index("certificate_use_by_certificate", "issuer", "registry", "certificate"),
)

entry: Final = Table(
    "entry",
    metadata,
    _column("index", _INTEGER, _SIGNED, primary_key=True),
    _column("bytes", LargeBinary, _SIGNED),
    _column("digest", LargeBinary, _DERIVED, ForeignKey("statement.digest"), unique=True),
)

node: Final = Table(
    "node",
    metadata,
    _column("level", _INTEGER, _DERIVED, primary_key=True),
    _column("index", _INTEGER, _DERIVED, primary_key=True),
    _column("hash", LargeBinary, _DERIVED),
    sqlite_with_rowid=False,
)

checkpoint: Final = Table(
    "checkpoint",
    metadata,
    _column("size", _INTEGER, _DERIVED, primary_key=True),
    _column("note", Text, _SIGNED),
    _column("time", _INTEGER, _INFO),
)

key: Final = Table(
    "key",
    metadata,
    _column("kid", Text, _DERIVED, primary_key=True),
    _column("jwk", Text, _SIGNED),
    _column("possession", LargeBinary, _SIGNED, nullable=True),
)

organisation_record: Final = Table(
    "organisation_record",
    metadata,
    _column("digest", LargeBinary, _DERIVED, primary_key=True),
    _column("did", Text, _DERIVED, index=True),
    _column("bytes", LargeBinary, _SIGNED),
)

# What the anchorer means to do and has done. The chain alone says what became of it, so all that
# is not inside a signed transaction is informational: it is asked for again before use.
anchor_intent: Final = Table(
    "anchor_intent",
    metadata,
    _column("number", _INTEGER, _INFO, primary_key=True),
    _column("chain_id", _INTEGER, _INFO),
    _column("registry", LargeBinary, _INFO),
    _column("log_id", LargeBinary, _INFO),
    _column("operator", LargeBinary, _INFO),
    _column("nonce", _INTEGER, _INFO),
    _column("size", _INTEGER, _INFO),
    _column("root", LargeBinary, _INFO),
    _column("data", LargeBinary, _INFO),
    _column("state", Text, _INFO),
    _column("block_number", _INTEGER, _INFO, nullable=True),
    _column("block_hash", LargeBinary, _INFO, nullable=True),
    _column("reason", Text, _INFO),
    UniqueConstraint("chain_id", "registry", "operator", "nonce"),
)

anchor_attempt: Final = Table(
    "anchor_attempt",
    metadata,
    _column("hash", LargeBinary, _DERIVED, primary_key=True),
    _column("intent", _INTEGER, _INFO, ForeignKey("anchor_intent.number")),
    _column("number", _INTEGER, _INFO),
    _column("raw", LargeBinary, _SIGNED),
    _column("max_fee", _INTEGER, _INFO),
    _column("priority", _INTEGER, _INFO),
    _column("time", _INTEGER, _INFO),
    UniqueConstraint("intent", "number"),
)
