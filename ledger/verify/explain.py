"""What each check compares: where both values come from, and how anyone repeats it by hand.

The values are the statement's; what is said here holds of every statement.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Explanation:
    """Where the claimed and the found value come from, and how to find the second oneself."""

    claimed: str
    found: str
    repeat: str


EXPLANATIONS: Final = {
    0: Explanation(
        claimed="the trust file's expect",
        found="the evidence file's subject",
        repeat="hash the subject's JWT up to the first ~ with SHA-256; read issuer and productIds"
        " in its payload",
    ),
    1: Explanation(
        claimed="kid in the statement's header",
        found="RFC 7638 thumbprint of the key in the file under which the signature is true",
        repeat="verify ES256 (RFC 7518 section 3.4) over the JWT's first two parts with that key;"
        " hash the key's canonical JSON with SHA-256",
    ),
    2: Explanation(
        claimed="the statement's issuer, and the time of its anchor (check 4)",
        found="OrganizationRegistry at the block asked",
        repeat="read the key's slot and the organisation's rows (docs/contracts.md); the time must"
        " lie from added to before retired and before compromisedSince, in an admitted row"
        " with the role",
    ),
    3: Explanation(
        claimed="root of the checkpoint that the log signed, in the file",
        found="root computed from the statement's own entry and nodes of the log's tree",
        repeat="leaf SHA-256(0x00, kind, statement digest, subject digest), then RFC 9162"
        " sections 2.1.3.1 and 2.1.3.2; verify the checkpoint's Ed25519 signature under the trust"
        " file's vkey",
    ),
    4: Explanation(
        claimed="the checkpoint of the log proof",
        found="CheckpointRegistry's first row of this log that covers the entry",
        repeat="read rows n and n-1 of the log's history (docs/contracts.md): size n above the"
        " index, size n-1 not; where size and root differ from the checkpoint's, RFC 9162"
        " section 2.1.4.2 with the file's nodes of the log's tree",
    ),
    5: Explanation(
        claimed="what a statement in force has, or the time it was used at",
        found="StatusRegistry at the block asked (issuer, authority, adverse auditors), or the"
        " statement's own validity",
        repeat="read the status slots of issuer and authority and the list of adverse auditors for"
        " this digest (docs/contracts.md); compare validFrom and validUntil with the time",
    ),
    6: Explanation(
        claimed="disclosures that came with the statement",
        found="placeholders in its signed payload that they open",
        repeat="SHA-256 of each disclosure's text, in base64url, is one placeholder's digest"
        " (RFC 9901 section 4.2.4), none twice, none left over",
    ),
    7: Explanation(
        claimed="digest, issuer and product that the disclosed lines name",
        found="the statements with these digests on the walk",
        repeat="hash each input's JWT; compare issuer, productIds, log index, boundary, basis, GWP"
        " sets and period with the line and the base table (docs/rules.md)",
    ),
    8: Explanation(
        claimed="what the issuer signed",
        found="recomputed from the disclosed lines and the statements they cite",
        repeat="amount times unit factor times the input's value by its declared amount; the exact"
        " lines of a stage and component added and rounded half up once, to the places that give"
        " the gross emissions their digits; each total is the exact sum of these cells",
    ),
    9: Explanation(
        claimed="assurance statements about this digest in the file",
        found="those that pass checks 1 to 6 by an admitted auditor other than the issuer",
        repeat="check each of them like any statement; compare issuers and the validity with the"
        " time asked",
    ),
    10: Explanation(
        claimed="the rules of the pack that the statement names and of the base pack that apply to"
        " it, but for those that are not applicable",
        found="those that hold of what is open",
        repeat="judge the payload, with what is open in its place, by each rule's test"
        " (docs/rules.md); the packs are known by SHA-256 of their canonical JSON",
    ),
}
