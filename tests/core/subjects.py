"""One sealed statement of each kind with every member that it may have, to be changed and read."""

from __future__ import annotations

from typing import Any

from rootprint.ledger.core.encoding import b64url
from rootprint.ledger.core.keys import SigningKey
from rootprint.ledger.core.seal import seal
from rootprint.ledger.core.statement import parse_statement
from tests.core.closed_lists import REQUIRED
from tests.core.full_statements import full
from tests.support.statements import LOG, raw, sign_raw

KEY = SigningKey.generate()
SEALED = {kind: seal(full(kind), KEY, LOG) for kind in REQUIRED}
SUBJECTS = {kind: raw(statement)[1]["credentialSubject"] for kind, statement in SEALED.items()}
HIDING = b64url(bytes(32))


def parse(kind: str, subject: Any) -> None:
    """Read the statement of that kind with another ``credentialSubject``; raises Refused.

    What was read is what was given: no member is lost or filled in.
    """
    header, payload = raw(SEALED[kind])
    found = parse_statement(sign_raw(header, {**payload, "credentialSubject": subject}, KEY))
    assert found.envelope.payload["credentialSubject"] == subject
