"""The tables, and for each column what makes its content true.

*authenticated*: signed, or hashed into something signed or anchored; *derived*: follows from
authenticated columns and is derived again by fsck; *informational*: not to be relied on.
The same tables stand in SQLite and in PostgreSQL, and order alike there: by bytes.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

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
    TypeDecorator,
    UniqueConstraint,
)

from rootprint.ledger.core.errors import Refused

if TYPE_CHECKING:
    from sqlalchemy import Dialect

SCHEMA_VERSION: Final = 5
# Of a text in an index: PostgreSQL takes 2,704 bytes for all of an index's columns together.
MAX_INDEXED: Final = 600


class Trust(StrEnum):
    """Why a column may be believed."""

    AUTHENTICATED = "authenticated"
    DERIVED = "derived"
    INFORMATIONAL = "informational"


# SQLite makes only INTEGER, not BIGINT, the row's own address.
_INTEGER = BigInteger().with_variant(Integer(), "sqlite")
# By the locale that a database was made with, PostgreSQL would order otherwise.
_TEXT = Text().with_variant(Text(collation="C"), "postgresql")


class Utf8(TypeDecorator[str]):
    """Text of whoever wrote it, as bytes: PostgreSQL takes no text with a null character."""

    impl = LargeBinary
    cache_ok = True
    most: int | None = None

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:  # noqa: ARG002
        """Return its bytes. Raises Refused for a text that is too long."""
        if value is None:
            return None
        data = value.encode()
        if self.most is not None and len(data) > self.most:
            message = f"{value[:40]!r}… has {len(data)} bytes, and a log holds names of {self.most}"
            raise Refused(message, remedy="give it a shorter name")
        return data

    def process_result_value(self, value: object, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return the text; what is broken in it is no reason to stop who looks for that."""
        if isinstance(value, bytes):
            return value.decode(errors="replace")
        return None if value is None else repr(value)  # SQLite keeps what it is given


class Indexed(Utf8):
    """Such a text that is looked for, of ``MAX_INDEXED`` bytes at most."""

    cache_ok = True
    most = MAX_INDEXED


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
    _column("jwt", _TEXT, _SIGNED),
    _column("kind", _TEXT, _DERIVED),
    _column("issuer", _TEXT, _DERIVED),
    _column("statement_id", _TEXT, _DERIVED),
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
    _column("encoded", _TEXT, _SIGNED),
)

# What may exist once, or be drawn up to an amount: derived in the transaction that appends. A row
# counts as long as no status statement concerns its statement.
process: Final = Table(
    "process",
    metadata,
    _column("statement", LargeBinary, _DERIVED, ForeignKey("statement.digest"), primary_key=True),
    _column("issuer", _TEXT, _DERIVED),  # what follows is folded
    _column("site", Indexed, _DERIVED),
    _column("process", Indexed, _DERIVED),
    _column("rule", Indexed, _DERIVED),
    _column("start", _INTEGER, _DERIVED),
    _column("end", _INTEGER, _DERIVED),
    Index("process_by_key", "issuer", "site", "process", "rule"),
)

claim: Final = Table(
    "claim",
    metadata,
    _column("statement", LargeBinary, _DERIVED, ForeignKey("statement.digest"), primary_key=True),
    _column("issuer", _TEXT, _DERIVED),
    _column("retirement", LargeBinary, _DERIVED, index=True),
    _column("dimension", _TEXT, _DERIVED),
    _column("amount", _TEXT, _DERIVED),  # a fraction, in the dimension's base unit
)

# Which texts a retirement's ranges of certificates have: a stem, and digits from first to last.
retired_range: Final = Table(
    "retired_range",
    metadata,
    _column("statement", LargeBinary, _DERIVED, ForeignKey("statement.digest"), primary_key=True),
    _column("number", _INTEGER, _DERIVED, primary_key=True),
    _column("issuer", _TEXT, _DERIVED),
    _column("registry", Indexed, _DERIVED),
    _column("stem", Indexed, _DERIVED),
    _column("digits", _INTEGER, _DERIVED),
    _column("first", Indexed, _DERIVED),
    _column("last", Indexed, _DERIVED),
    Index("retired_range_by_stem", "issuer", "registry", "stem", "digits", "first"),
)

# Which products stand in the rows that a process record shows, in one spelling. There where its
# disclosures are kept: the operator's memory and no more.
process_product: Final = Table(
    "process_product",
    metadata,
    _column("statement", LargeBinary, _INFO, ForeignKey("statement.digest"), primary_key=True),
    _column("product", Indexed, _INFO, primary_key=True),
    _column("issuer", _TEXT, _INFO),
    Index("process_product_by_product", "issuer", "product"),
)

# Which footprints answer one question for one product (law 5), and from when to when.
live_number: Final = Table(
    "live_number",
    metadata,
    _column("key", LargeBinary, _DERIVED, primary_key=True),
    _column("product", Indexed, _DERIVED, primary_key=True),
    _column("statement", LargeBinary, _DERIVED, ForeignKey("statement.digest"), primary_key=True),
    _column("valid_from", _INTEGER, _DERIVED),
    _column("valid_until", _INTEGER, _DERIVED),
    _column("sites", _TEXT, _DERIVED),
    Index("live_number_by_statement", "statement"),
)

# What the lines that a footprint shows take of certificates. There where its disclosures are kept:
# the operator's memory and no more.
certificate_use: Final = Table(
    "certificate_use",
    metadata,
    _column("statement", LargeBinary, _INFO, ForeignKey("statement.digest"), primary_key=True),
    _column("line", _INTEGER, _INFO, primary_key=True),
    _column("issuer", _TEXT, _INFO),
    _column("registry", Indexed, _INFO),  # folded, as the certificate
    _column("certificate", Indexed, _INFO),
    _column("limit", _TEXT, _INFO),  # fractions of a megawatt hour
    _column("used", _TEXT, _INFO),
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
    _column("note", _TEXT, _SIGNED),
    _column("time", _INTEGER, _INFO),
)

key: Final = Table(
    "key",
    metadata,
    _column("kid", _TEXT, _DERIVED, primary_key=True),
    _column("jwk", _TEXT, _SIGNED),
)

# A signature can't be made a second time, and the chain names this one: kept beside the key.
possession: Final = Table(
    "possession",
    metadata,
    _column("did", _TEXT, _SIGNED, primary_key=True),
    _column("kid", _TEXT, _DERIVED, primary_key=True),
    _column("proof", LargeBinary, _SIGNED),
)

organisation_record: Final = Table(
    "organisation_record",
    metadata,
    _column("digest", LargeBinary, _DERIVED, primary_key=True),
    _column("did", _TEXT, _DERIVED, index=True),
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
    _column("state", _TEXT, _INFO),
    _column("block_number", _INTEGER, _INFO, nullable=True),
    _column("block_hash", LargeBinary, _INFO, nullable=True),
    _column("reason", Utf8, _INFO),
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
