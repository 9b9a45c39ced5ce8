"""The 65 bytes of a statement in the public log."""

from __future__ import annotations

import pytest

from rootprint.ledger.core.encoding import digest_bytes
from rootprint.ledger.core.entry import ENTRY_BYTES, EntryKind, entry_of
from rootprint.ledger.core.keys import SigningKey
from rootprint.ledger.core.seal import redact, seal
from tests.support import statements
from tests.support.statements import DIGEST, LOG

KEY = SigningKey.generate()


@pytest.mark.parametrize(
    ("draft", "kind", "subject"),
    [
        pytest.param(statements.product(), EntryKind.FOOTPRINT, bytes(32), id="product"),
        pytest.param(statements.factor(), EntryKind.FOOTPRINT, bytes(32), id="factor"),
        pytest.param(
            statements.assurance(), EntryKind.ASSURANCE, digest_bytes(DIGEST), id="assured"
        ),
        pytest.param(statements.status(), EntryKind.STATUS, digest_bytes(DIGEST), id="withdrawn"),
    ],
)
def test_an_entry_is_kind_digest_and_subject(
    draft: statements.Draft, kind: EntryKind, subject: bytes
) -> None:
    """1 + 32 + 32 bytes; the subject is zero for a footprint, else the statement concerned."""
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
    ]
