"""Signing: from a draft in plain JSON to an SD-JWT with placeholders, shape and decoys.

A draft has the envelope members ``type`` (the kind's name), ``issuer``, ``validFrom``,
``validUntil`` and ``credentialSubject``, in which the hidden members stand in plain: ``inventory``
as the list of lines without ``line``, ``evidence`` as a list, the others as their value.
"""

from __future__ import annotations

import secrets
import uuid
from typing import TYPE_CHECKING

from rootprint.ledger.core.canonical import Json, encode
from rootprint.ledger.core.encoding import b64url
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema import footprint, kinds
from rootprint.ledger.core.sdjwt import MAX_DISCLOSURES, decoy, disclose, join, placeholder
from rootprint.ledger.core.statement import Statement, parse_statement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.keys import SigningKey

DRAFT_MEMBERS = {"type", "issuer", "validFrom", "validUntil", "credentialSubject"}


def seal(draft: Mapping[str, Json], key: SigningKey, log: str) -> Statement:
    """Sign ``draft`` for the log with origin ``log`` and return the statement, all slots open.

    What comes out has been parsed again with the reader every verifier uses, so that nothing is
    signed that would be refused. Raises Refused with the place of the first fault.
    """
    if not isinstance(draft, dict) or set(draft) != DRAFT_MEMBERS:
        message = f"a draft does not have exactly the members {', '.join(sorted(DRAFT_MEMBERS))}"
        raise Refused(message)
    subject, disclosures = _hide(draft["credentialSubject"])
    header = {"alg": "ES256", "kid": key.public.kid, "typ": "vc+sd-jwt"}
    payload = {
        "@context": kinds.CONTEXT,
        "type": [kinds.CREDENTIAL, draft["type"]],
        "id": f"urn:uuid:{uuid.uuid4()}",
        "issuer": draft["issuer"],
        "validFrom": draft["validFrom"],
        "validUntil": draft["validUntil"],
        "log": log,
        "credentialSubject": subject,
        "_sd_alg": "sha-256",
    }
    unsigned = f"{b64url(encode(header))}.{b64url(encode(payload))}"
    jwt = f"{unsigned}.{b64url(key.sign(unsigned.encode()))}"
    statement = parse_statement(join(jwt, tuple(disclosures)))
    _ = statement.opened
    statement.verify(key.public)
    return statement


def redact(statement: Statement, keep: set[str]) -> Statement:
    """Return the statement with only the disclosures of the places named in ``keep``.

    Places are member names (``inventory`` means all its lines) or ``inventory[3]``.
    """
    kept = tuple(
        encoded
        for (name, index), encoded in statement.opened.sources.items()
        if name in keep or f"{name}[{index}]" in keep
    )
    return Statement(statement.envelope, kept)


def places(statement: Statement) -> set[str]:
    """Return the places whose disclosures are at hand, each as ``name[index]``."""
    return {f"{name}[{index}]" for name, index in statement.opened.sources}


def _hide(subject: Mapping[str, Json]) -> tuple[dict[str, Json], list[str]]:
    if not isinstance(subject, dict):
        message = "credentialSubject is not an object"
        raise Refused(message)
    for name in ("inventory", "evidence"):
        items = subject.get(name, [])
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            message = f"credentialSubject.{name} is not an array of objects"
            raise Refused(message)
    clear = {name: value for name, value in subject.items() if name not in footprint.HIDDEN}
    disclosures: list[str] = []

    def slot(value: Json) -> dict[str, str]:
        disclosure = disclose(value)
        disclosures.append(disclosure.encoded)
        return placeholder(disclosure.digest)

    if "inventory" in subject:
        places, size = _places(len(subject["inventory"]))
        slots = [placeholder(decoy()) for _ in range(size)]
        for place, line in zip(places, subject["inventory"], strict=True):
            slots[place] = slot({**line, "line": place})
        clear["inventory"] = slots
        clear["inventoryShape"] = [slot(places)]
    for name in ("stages", "gases", "uncertainty", "producedAmount"):
        if name in subject:
            clear[name] = [slot(subject[name])]
    if "evidence" in subject:
        clear["evidence"] = [slot(item) for item in subject["evidence"]]
    return clear, disclosures


def _places(lines: int) -> tuple[list[int], int]:
    # Random places: a disclosed line's index must not tell how many others there are.
    if not 1 <= lines <= MAX_DISCLOSURES // 2:
        message = f"an inventory has {lines} lines, not 1 to {MAX_DISCLOSURES // 2}"
        raise Refused(message)
    size = footprint.MIN_SLOTS
    while size < lines:
        size *= 2
    return sorted(secrets.SystemRandom().sample(range(size), lines)), size
