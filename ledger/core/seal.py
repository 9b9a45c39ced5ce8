"""Signing: from a draft in plain JSON to an SD-JWT with placeholders, shape and decoys.

A draft has the envelope members ``type`` (the kind's name), ``issuer``, ``validFrom``,
``validUntil`` and ``credentialSubject``, in which the hidden members stand in plain: a padded list
(``inventory``, a record's ``allocation``) as its items without their index and without a shape,
``evidence`` as a list, the others as their value. Items that others of the draft point at bring the
index at which they will stand, which ``random_places`` draws.
"""

from __future__ import annotations

import secrets
import uuid
from typing import TYPE_CHECKING

from rootprint.ledger.core.canonical import Json, encode
from rootprint.ledger.core.encoding import b64url
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema import kinds, rules
from rootprint.ledger.core.schema.hidden import HIDDEN, Listed, Padded, Single
from rootprint.ledger.core.schema.rules import MAX_SLOTS, MIN_SLOTS
from rootprint.ledger.core.sdjwt import decoy, disclose, join, placeholder
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
    subject, disclosures = _hide(draft["type"], draft["credentialSubject"])
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
        for (name, index), encoded in statement.sources.items()
        if name in keep or f"{name}[{index}]" in keep
    )
    return Statement.of(statement.envelope, kept)


def places(statement: Statement) -> set[str]:
    """Return the places whose disclosures are available, each as ``name[index]``."""
    return {f"{name}[{index}]" for name, index in statement.sources}


def random_places(items: int) -> list[int]:
    """Return the slots at which this many items may stand, rising, drawn at random.

    An item's index must not tell how many others there are. Raises Refused for more than MAX_SLOTS.
    """
    return sorted(secrets.SystemRandom().sample(range(_size(items)), items))


def _size(items: int) -> int:
    if not 1 <= items <= MAX_SLOTS:
        message = f"{items} items are to be hidden, not 1 to {MAX_SLOTS}"
        raise Refused(message)
    size = MIN_SLOTS
    while size < items:
        size *= 2
    return size


class _Slots:
    """Makes the slots of hidden values and gathers their disclosures."""

    def __init__(self) -> None:
        self.disclosures: list[str] = []

    def slot(self, value: Json) -> dict[str, str]:
        disclosure = disclose(value)
        self.disclosures.append(disclosure.encoded)
        return placeholder(disclosure.digest)

    def padded(self, rule: Padded, items: list[dict[str, Json]]) -> tuple[list[Json], Json]:
        """Return the list's slots, and its shape's."""
        places = _given(rule, items) or random_places(len(items))
        slots: list[Json] = [placeholder(decoy()) for _ in range(_size(max(places) + 1))]
        for place, item in zip(places, items, strict=True):
            slots[place] = self.slot({**item, rule.index: place})
        return slots, [self.slot(sorted(places))]


def _given(rule: Padded, items: list[dict[str, Json]]) -> list[int]:
    """Return the indices that the items of a draft bring, empty where none does."""
    indices = [item[rule.index] for item in items if rule.index in item]
    if not indices:
        return []
    rules.array(rules.integer(0, MAX_SLOTS - 1), most=MAX_SLOTS, unique=True)(indices, rule.index)
    if len(indices) != len(items):
        message = f"some items bring the {rule.index} at which they stand, and others do not"
        raise Refused(message)
    return indices


def _hide(kind: Json, subject: Mapping[str, Json]) -> tuple[dict[str, Json], list[str]]:
    if not isinstance(subject, dict):
        message = "credentialSubject is not an object"
        raise Refused(message)
    places = HIDDEN.get(kind, {}) if isinstance(kind, str) else {}
    clear = {name: value for name, value in subject.items() if name not in places}
    made = _Slots()
    shapes = {rule.shape for rule in places.values() if isinstance(rule, Padded)}
    for name, rule in places.items():
        if name not in subject or name in shapes:
            continue
        value = subject[name]
        if isinstance(rule, Single):
            clear[name] = [made.slot(value)]
            continue
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            message = f"credentialSubject.{name} is not an array of objects"
            raise Refused(message)
        if isinstance(rule, Listed):
            clear[name] = [made.slot(item) for item in value]
        else:
            clear[name], clear[rule.shape] = made.padded(rule, value)
    return clear, made.disclosures
