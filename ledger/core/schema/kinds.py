"""The envelope and the three kinds of version 1, as closed member lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.checkpoint import check_origin
from rootprint.ledger.core.encoding import time_seconds
from rootprint.ledger.core.schema import footprint, rules
from rootprint.ledger.core.schema.rules import array, boolean, members, one_of, text

if TYPE_CHECKING:
    from rootprint.ledger.core.canonical import Json

CONTEXT: Final = ["https://www.w3.org/ns/credentials/v2", "urn:rootprint:statement:v1"]
CREDENTIAL: Final = "VerifiableCredential"
FOOTPRINT: Final = "FootprintStatement"
ASSURANCE: Final = "AssuranceStatement"
STATUS: Final = "StatusStatement"

_assurance = members(
    {
        "statement": rules.digest,
        "standard": text,
        "level": one_of("limited", "reasonable"),
        "coverage": one_of("product", "calculation-model", "programme"),
        "includesInventory": boolean,
        "materialityPercent": rules.percent,
        "outcome": one_of("positive", "adverse"),
        "examined": array(text, most=256),
        "accreditation": members({"body": text, "number": text}),
    }
)
_status = members(
    {"statement": rules.digest, "state": one_of("superseded", "withdrawn"), "reason": text},
    {"supersededBy": rules.digest},
)


def _status_subject(value: Json, path: str) -> None:
    _status(value, path)
    if (value["state"] == "superseded") != ("supersededBy" in value):
        rules.refuse(path, "complete: superseded, and only that, names supersededBy")


SUBJECTS: Final = {
    FOOTPRINT: footprint.subject,
    ASSURANCE: _assurance,
    STATUS: _status_subject,
}


def _equal(wanted: Json) -> rules.Rule:
    def rule(value: Json, path: str) -> None:
        if value != wanted:
            rules.refuse(path, f"{wanted!r}")

    return rule


def _type(value: Json, path: str) -> None:
    if not any(value == [CREDENTIAL, kind] for kind in SUBJECTS):
        rules.refuse(path, f"[{CREDENTIAL}, kind] with kind one of {', '.join(SUBJECTS)}")


def _origin(value: Json, path: str) -> None:
    if not isinstance(value, str):
        rules.refuse(path, "a log's origin")
    check_origin(value)


_UUID4 = r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
header = members(
    {
        "alg": _equal("ES256"),
        "kid": rules.matching(r"[A-Za-z0-9_-]{43}", "an RFC 7638 SHA-256 thumbprint"),
        "typ": _equal("vc+sd-jwt"),
    }
)
_payload = members(
    {
        "@context": _equal(CONTEXT),
        "type": _type,
        "id": rules.matching(_UUID4, "urn:uuid: and a lower-case UUIDv4"),
        "issuer": rules.did,
        "validFrom": rules.time,
        "validUntil": rules.time,
        "log": _origin,
        "credentialSubject": lambda _value, _path: None,
        "_sd_alg": _equal("sha-256"),
    }
)


def payload(value: Json) -> None:
    """Check a whole payload of any kind; raises Refused with the path of the first fault."""
    _payload(value, "payload")
    if time_seconds(value["validFrom"], what="") >= time_seconds(value["validUntil"], what=""):
        rules.refuse("payload.validUntil", "after validFrom")
    SUBJECTS[value["type"][1]](value["credentialSubject"], "credentialSubject")
