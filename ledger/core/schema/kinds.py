"""The envelope and the kinds of version 2, as closed member lists."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.checkpoint import check_origin
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
DECISION: Final = "DecisionRecord"
ACCREDITATION: Final = "AccreditationRecord"
QUALIFICATION: Final = "QualificationRecord"
LAWS: Final = range(1, 10)
# By what an assurance is given: verification of greenhouse gas statements (ISO 14064-3 and the
# general ISO/IEC 17029), assurance engagements (IAASB: ISAE 3000, ISAE 3410, and ISSA 5000, which
# follows them), AccountAbility's AA1000AS. A standard that is not here needs a version that has it.
STANDARDS: Final = (
    "ISO 14064-3:2019",
    "ISO/IEC 17029:2019",
    "ISAE 3000 (Revised)",
    "ISAE 3410",
    "ISSA 5000",
    "AA1000AS v3",
)


def _laws(value: Json, path: str) -> None:
    array(rules.integer(LAWS[0], LAWS[-1]), most=len(LAWS))(value, path)
    if any(low >= high for low, high in pairwise(value)):
        rules.refuse(path, "an array of rising numbers of laws")


_assurance = members(
    {
        "statement": rules.digest,
        "standard": one_of(*STANDARDS),
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
    DECISION: reserved.decision,
    ACCREDITATION: reserved.accreditation,
    QUALIFICATION: reserved.qualification,
    "CertificateRecord": reserved.certificate,
    "ReviewRecord": reserved.review,
    "ReadingRecord": reserved.reading,
    "WorkflowRecord": reserved.workflow,
    "RefusalRecord": reserved.refusal,
}
# Read, and refused by publishing until the step that judges them (ADR 0015).
RESERVED: Final = tuple(SUBJECTS)[10:]
# The member that names the signed record a kind is about; a kind that is not here names none.
CONCERNS: Final = {
    ASSURANCE: "statement",
    STATUS: "statement",
    CLAIM: "retirement",
    DECISION: "concerns",
    "CertificateRecord": "concerns",
    "ReviewRecord": "concerns",
    "RefusalRecord": "concerns",
}


class Equal:
    """The one value that may stand here."""

    def __init__(self, wanted: Json) -> None:
        self.wanted = wanted

    def __call__(self, value: Json, path: str) -> None:
        """Compare the value."""
        if value != self.wanted:
            rules.refuse(path, f"{self.wanted!r}")


def _type(value: Json, path: str) -> None:
    if not any(value == [CREDENTIAL, kind] for kind in SUBJECTS):
        rules.refuse(path, f"[{CREDENTIAL}, kind] with kind one of {', '.join(SUBJECTS)}")


def origin(value: Json, path: str) -> None:
    """A log's origin line: printable ASCII."""
    if not isinstance(value, str):
        rules.refuse(path, "a log's origin")
    check_origin(value)


def _alg(value: Json, path: str) -> None:
    if value == "ES256-batch":
        message = f"{path} is ES256-batch, which is reserved and not in use"
        raise Refused(message, remedy="sign each statement by itself, with ES256")
    Equal("ES256")(value, path)


_UUID4 = r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
header = members(
    {
        "alg": _alg,
        "kid": rules.matching(r"[A-Za-z0-9_-]{43}", "an RFC 7638 SHA-256 thumbprint"),
        "typ": Equal("vc+sd-jwt"),
    }
)
PAYLOAD: Final = rules.Members(
    {
        "@context": Equal(CONTEXT),
        "type": _type,
        "id": rules.matching(_UUID4, "urn:uuid: and a lower-case UUIDv4"),
        "issuer": rules.did,
        "validFrom": rules.time,
        "validUntil": rules.time,
        "log": origin,
        "credentialSubject": lambda _value, _path: None,
        "_sd_alg": Equal("sha-256"),
    },
    {},
)


def payload(value: Json) -> None:
    """Check a whole payload of any kind; raises Refused with the path of the first fault."""
    PAYLOAD(value, "payload")
    in_order(value)
    SUBJECTS[value["type"][1]](value["credentialSubject"], "credentialSubject")


def in_order(value: dict[str, Json]) -> None:
    """Refuse a statement that ends before it begins; both of its times are well-formed."""
    # Times of this form compare as their texts do.
    if value["validFrom"] >= value["validUntil"]:
        rules.refuse("payload.validUntil", "after validFrom")
