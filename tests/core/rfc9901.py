"""RFC 9901's rules in plain words of Python: an issuer and a verifier that know nothing of ours.

Written from the RFC's text alone (sections 4.2 and 7.1) with the standard library and
``cryptography``; it takes everything that the RFC allows. Whatever breaks a rule is Invalid.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)

Json = Any
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class Invalid(Exception):
    """A rule of section 7.1 that is broken."""


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def unb64(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def digest_of(disclosure: str) -> str:
    """Section 4.2.3: over the disclosure's text, not over what it decodes to."""
    return b64(hashlib.sha256(disclosure.encode("ascii")).digest())


def issue(
    key: ec.EllipticCurvePrivateKey, header: Json, payload: Json, disclosures: list[str]
) -> str:
    """Section 4: sign with plain ES256 (RFC 7515), low s as version 2 asks; add disclosures."""
    texts = [
        json.dumps(part, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        for part in (header, payload)
    ]
    parts = [b64(text.encode()) for text in texts]
    signing_input = ".".join(parts)
    r, s = decode_dss_signature(key.sign(signing_input.encode(), ec.ECDSA(hashes.SHA256())))
    signature = r.to_bytes(32) + min(s, P256_ORDER - s).to_bytes(32)
    return "~".join([f"{signing_input}.{b64(signature)}", *disclosures, ""])


def hide(value: Json) -> tuple[str, dict[str, str]]:
    """Section 4.2.2: ``[salt, value]``; section 4.2.4.2: ``{"...": digest}`` in its place."""
    content = json.dumps([b64(secrets.token_bytes(16)), value], separators=(",", ":"),
                         sort_keys=True, ensure_ascii=False)  # fmt: skip
    disclosure = b64(content.encode())
    return disclosure, {"...": digest_of(disclosure)}


def processed(key: ec.EllipticCurvePublicKey, text: str) -> Json:
    """Section 7.1: return the processed payload, or raise Invalid with the step."""
    parts = text.split("~")
    if len(parts) < 2 or parts[-1]:
        raise Invalid("4: does not end with a tilde")
    head, body, signature = (unb64(part) for part in parts[0].split("."))
    header, payload = json.loads(head), json.loads(body)
    if header.get("alg") != "ES256" or payload.get("_sd_alg", "sha-256") != "sha-256":
        raise Invalid("2: algorithm")
    r, s = int.from_bytes(signature[:32]), int.from_bytes(signature[32:])
    signed = parts[0].rpartition(".")[0].encode()
    key.verify(encode_dss_signature(r, s), signed, ec.ECDSA(hashes.SHA256()))
    disclosures = {digest_of(part): json.loads(unb64(part)) for part in parts[1:-1]}
    if len(disclosures) != len(parts) - 2:
        raise Invalid("3.e: a disclosure stands twice")
    seen: list[str] = []
    used: set[str] = set()
    value = _opened(payload, disclosures, seen, used)
    if len(set(seen)) != len(seen):
        raise Invalid("4: a digest is found more than once")
    if used != set(disclosures):
        raise Invalid("5: a disclosure is not referenced")
    value.pop("_sd_alg", None)
    return value


def _opened(value: Json, disclosures: Json, seen: list[str], used: set[str]) -> Json:
    if isinstance(value, list):
        found = [_element(item, disclosures, seen, used) for item in value]
        return [item for present, item in found if present]
    if not isinstance(value, dict):
        return value
    members = {
        name: _opened(member, disclosures, seen, used)
        for name, member in value.items()
        if name != "_sd"
    }
    for digest in value.get("_sd", []):
        seen.append(digest)
        if digest in disclosures:
            _member(disclosures[digest], members, disclosures, seen, used)
            used.add(digest)
    return members


def _member(content: Json, members: Json, disclosures: Json, seen: Json, used: Json) -> None:
    if len(content) != 3 or content[1] in {"_sd", "..."} or content[1] in members:
        raise Invalid("3.c.ii: not a member's disclosure, or its name is taken")
    members[content[1]] = _opened(content[2], disclosures, seen, used)


def _element(item: Json, disclosures: Json, seen: Json, used: Json) -> tuple[bool, Json]:
    if not (isinstance(item, dict) and "..." in item):
        return True, _opened(item, disclosures, seen, used)
    if len(item) != 1:
        raise Invalid("3.c.iii: ... with siblings")
    seen.append(item["..."])
    if item["..."] not in disclosures:
        return False, None
    used.add(item["..."])
    content = disclosures[item["..."]]
    if len(content) != 2:
        raise Invalid("3.c.iii: not an element's disclosure")
    return True, _opened(content[1], disclosures, seen, used)
