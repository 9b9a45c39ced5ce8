"""The 65 bytes of a statement in the public log."""

from __future__ import annotations

import pytest

from rootprint.ledger.core.encoding import b64url, digest_bytes
from rootprint.ledger.core.entry import ENTRY_BYTES, EntryKind, entry_of
from rootprint.ledger.core.keys import SigningKey
from rootprint.ledger.core.seal import redact, seal
from tests.core.full_statements import full
from tests.support import statements
from tests.support.statements import DIGEST, LOG

KEY = SigningKey.generate()
PSEUDONYM = {"value": b64url(b"p" * 32), "proof": b64url(bytes(81))}
CONCERNING = {
    "decision": EntryKind.DECISION,
    "certificate": EntryKind.CERTIFICATE,
    "review": EntryKind.REVIEW,
    "refusal": EntryKind.REFUSAL,
}
CLAIM = full("claim")
del CLAIM["credentialSubject"]["certificate"]
CLAIM["credentialSubject"]["retirement"] = DIGEST


@pytest.mark.parametrize(
    ("draft", "kind", "subject"),
    [
        pytest.param(statements.product(), EntryKind.FOOTPRINT, bytes(32), id="product"),
        pytest.param(statements.factor(), EntryKind.FOOTPRINT, bytes(32), id="factor"),
        pytest.param(
            statements.assurance(), EntryKind.ASSURANCE, digest_bytes(DIGEST), id="assured"
        ),
        pytest.param(statements.status(), EntryKind.STATUS, digest_bytes(DIGEST), id="withdrawn"),
        pytest.param(
            statements.product(pseudonym=PSEUDONYM), EntryKind.FOOTPRINT, b"p" * 32, id="pseudonym"
        ),
        pytest.param(full("process"), EntryKind.PROCESS, bytes(32), id="process"),
        pytest.param(full("retirement"), EntryKind.RETIREMENT, bytes(32), id="retirement"),
        pytest.param(full("claim"), EntryKind.CLAIM, bytes(32), id="bare claim"),
        pytest.param(CLAIM, EntryKind.CLAIM, digest_bytes(DIGEST), id="claim"),
        pytest.param(full("pool"), EntryKind.POOL, bytes(32), id="pool"),
        *(
            pytest.param(full(name), kind, digest_bytes(DIGEST), id=name)
            for name, kind in CONCERNING.items()
        ),
    ],
)
def test_an_entry_is_kind_digest_and_subject(
    draft: statements.Draft, kind: EntryKind, subject: bytes
) -> None:
    """1 + 32 + 32 bytes; the subject is the record concerned, a footprint's pseudonym, or zero."""
    statement = seal(draft, KEY, LOG)
    entry = entry_of(statement)
    assert len(entry) == ENTRY_BYTES == 65
    assert entry == bytes([kind]) + statement.digest + subject


def test_an_entry_is_the_same_under_every_redaction() -> None:
    """It covers the JWT only, so whoever holds fewer disclosures rebuilds the same bytes."""
    statement = seal(statements.product(), KEY, LOG)
    assert entry_of(statement) == entry_of(statement.bare) == entry_of(redact(statement, set()))


def test_kinds_are_numbered_for_good() -> None:
    """The numbers are in every log."""
    assert [(kind.name, kind.value) for kind in EntryKind] == [
        ("FOOTPRINT", 1),
        ("ASSURANCE", 2),
        ("STATUS", 3),
        ("PROCESS", 4),
        ("RETIREMENT", 5),
        ("CLAIM", 6),
        ("POOL", 7),
        ("DECISION", 8),
        ("ACCREDITATION", 9),
        ("QUALIFICATION", 10),
        ("CERTIFICATE", 11),
        ("REVIEW", 12),
        ("READING", 13),
        ("WORKFLOW", 14),
        ("REFUSAL", 15),
    ]
