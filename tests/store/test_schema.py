"""Every stored column says why it may be believed, and fsck knows all that may be."""

from __future__ import annotations

from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from rootprint.ledger.store import Trust
from rootprint.ledger.store.tables import metadata

SIGNED, DERIVED, INFO = Trust.AUTHENTICATED, Trust.DERIVED, Trust.INFORMATIONAL

COLUMNS = {
    "schema_version": {"version": INFO},
    "statement": {
        "digest": DERIVED,
        "jwt": SIGNED,
        "kind": DERIVED,
        "issuer": DERIVED,
        "statement_id": DERIVED,
        "subject": DERIVED,
    },
    "disclosure": {"statement": DERIVED, "digest": DERIVED, "encoded": SIGNED},
    "process": dict.fromkeys(
        ("statement", "issuer", "site", "process", "rule", "start", "end"), DERIVED
    ),
    "claim": dict.fromkeys(("statement", "issuer", "retirement", "dimension", "amount"), DERIVED),
    "retired_range": dict.fromkeys(
        ("statement", "number", "issuer", "registry", "stem", "digits", "first", "last"), DERIVED
    ),
    "process_product": dict.fromkeys(("statement", "product", "issuer"), INFO),
    "live_number": dict.fromkeys(
        ("key", "product", "statement", "valid_from", "valid_until", "sites"), DERIVED
    ),
    "certificate_use": dict.fromkeys(
        (
            "statement",
            "line",
            "issuer",
            "registry",
            "certificate",
            "limit",
            "used",
            "claim",
            "source",
            "activity",
        ),
        INFO,
    ),
    "entry": {"index": SIGNED, "bytes": SIGNED, "digest": DERIVED},
    "node": {"level": DERIVED, "index": DERIVED, "hash": DERIVED},
    "checkpoint": {"size": DERIVED, "note": SIGNED, "time": INFO},
    "key": {"kid": DERIVED, "jwk": SIGNED},
    "possession": {"did": SIGNED, "kid": DERIVED, "proof": SIGNED},
    "organisation_record": {"digest": DERIVED, "did": DERIVED, "bytes": SIGNED},
    "anchor_intent": {
        "number": INFO,
        "chain_id": INFO,
        "registry": INFO,
        "log_id": INFO,
        "operator": INFO,
        "nonce": INFO,
        "size": INFO,
        "root": INFO,
        "data": INFO,
        "state": INFO,
        "block_number": INFO,
        "block_hash": INFO,
        "reason": INFO,
    },
    "anchor_attempt": {
        "hash": DERIVED,
        "intent": INFO,
        "number": INFO,
        "raw": SIGNED,
        "max_fee": INFO,
        "priority": INFO,
        "time": INFO,
    },
}


def test_each_column_is_authenticated_derived_or_informational() -> None:
    found = {
        table.name: {column.name: column.info["trust"] for column in table.columns}
        for table in metadata.tables.values()
    }
    assert found == COLUMNS


def test_the_tables_are_not_sqlites_alone() -> None:
    """The same definitions compile for PostgreSQL, without a server."""
    for table in metadata.tables.values():
        text = str(CreateTable(table).compile(dialect=postgresql.dialect()))
        assert "SERIAL" not in text
        assert table.name in text
