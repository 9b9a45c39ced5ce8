"""JSON that is another format and no inventory: named, instead of all that it lacks."""

from __future__ import annotations

from typing import Any, Final

import orjson

from rootprint.ledger.partner import form_of_bytes

_PARTNER: Final = (
    "take it in by rootprint partner import FILE --issuer DID --out FOLDER, and compose that"
)
_DRAFT: Final = ("is a draft, and no inventory", "sign it with rootprint sign")
_EVIDENCE: Final = ("is evidence, and no inventory", "verify it with rootprint verify")


def json_named(data: bytes) -> tuple[str, str] | None:
    """Return which JSON of another format it is, and what to do; None for all else.

    An inventory may be JSON itself, which is YAML too.
    """
    if data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in {b"{", b"["}:
        return None
    partner = form_of_bytes(data)
    if partner is not None:
        return f"is {partner} (JSON), and no inventory", _PARTNER
    try:
        value: Any = orjson.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError:
        return None
    if isinstance(value, dict) and "kind" in value:
        return None
    if not isinstance(value, dict):
        return None
    if "credentialSubject" in value:
        return _DRAFT
    return _EVIDENCE if {"statements", "records"} <= value.keys() else None
