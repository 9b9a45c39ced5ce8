"""The envelope and the kinds of version 2, as closed member lists."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.checkpoint import check_origin
from rootprint.ledger.core.encoding import time_seconds
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema import footprint, records, reserved, rules
from rootprint.ledger.core.schema.rules import array, boolean, members, one_of, text

if TYPE_CHECKING:
    from rootprint.ledger.core.canonical import Json

CONTEXT: Final = ["https://www.w3.org/ns/credentials/v2", "urn:rootprint:statement:v2"]
CREDENTIAL: Final = "VerifiableCredential"
FOOTPRINT: Final = "FootprintStatement"
ASSURANCE: Final = "AssuranceStatement"
STATUS: Final = "StatusStatement"
PROCESS: Final = "ProcessRecord"
RETIREMENT: Final = "RetirementRecord"
CLAIM: Final = "ClaimRecord"
POOL: Final = "VariantPool"
LAWS: Final = range(1, 10)


def _laws(value: Json, path: str) -> None:
    array(rules.integer(LAWS[0], LAWS[-1]), most=len(LAWS))(value, path)
    if any(low >= high for low, high in pairwise(value)):
        rules.refuse(path, "an array of rising numbers of laws")


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
        "laws": _laws,
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
    PROCESS: records.process,
    RETIREMENT: records.retirement,
    CLAIM: records.claim,
    POOL: records.pool,
    "DecisionRecord": reserved.decision,
    "AccreditationRecord": reserved.accreditation,
    "QualificationRecord": reserved.qualification,
    "CertificateRecord": reserved.certificate,
    "ReviewRecord": reserved.review,
    "ReadingRecord": reserved.reading,
    "WorkflowRecord": reserved.workflow,
    "RefusalRecord": reserved.refusal,
}
# Read, and refused by publishing until the step that judges them (ADR 0015).
RESERVED: Final = tuple(SUBJECTS)[7:]
# The member that names the signed record a kind is about; a kind that is not here names none.
CONCERNS: Final = {
    ASSURANCE: "statement",
    STATUS: "statement",
    CLAIM: "retirement",
    "DecisionRecord": "concerns",
    "CertificateRecord": "concerns",
    "ReviewRecord": "concerns",
    "RefusalRecord": "concerns",
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


def _alg(value: Json, path: str) -> None:
    if value == "ES256-batch":
        message = f"{path} is ES256-batch, which is reserved and not in use"
        raise Refused(message, remedy="sign each statement by itself, with ES256")
    _equal("ES256")(value, path)


_UUID4 = r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
header = members(
    {
        "alg": _alg,
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
