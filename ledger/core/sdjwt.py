"""SD-JWT serialisation (RFC 9901), as narrow as version 2 uses it.

``header.payload.signature~disclosure~…~``: array-element disclosures only, no key binding. The
*issuer-signed JWT* is the part before the first tilde; its digest is the statement's identity
and is the same under every redaction.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import orjson

from rootprint.ledger.core.canonical import Json, decode, encode
from rootprint.ledger.core.encoding import b64url, b64url_bytes, sha256
from rootprint.ledger.core.errors import NotCanonical, TooLarge

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_BYTES: Final = 8 * 1024 * 1024
MAX_DISCLOSURES: Final = 16_384
SALT_BYTES: Final = 16
# What b64url_bytes takes for 16 bytes: the last character has zero tail bits.
_SALT = re.compile(r"[A-Za-z0-9_-]{21}[AQgw]")
MEDIA_TYPE: Final = "application/vc+sd-jwt"


@dataclass(frozen=True, slots=True)
class Envelope:
    """The three parts of an issuer-signed JWT, decoded but not yet believed.

    ``source`` is the SD-JWT that they were read of, or the JWT alone.
    """

    source: str
    header: Json
    payload: Json
    signature: bytes

    @property
    def jwt(self) -> str:
        """The issuer-signed JWT: cut when it is asked for, since a text is held once."""
        return self.source.partition("~")[0]

    @property
    def signing_input(self) -> bytes:
        """The bytes under the signature: RFC 7515 section 5.1."""
        return self.jwt.rpartition(".")[0].encode()


@dataclass(frozen=True)
class Disclosure:
    """One opened slot: ``[salt, value]`` in canonical JSON, base64url."""

    encoded: str
    value: Json

    @property
    def digest(self) -> str:
        """What its placeholder holds: RFC 9901 section 4.2.3."""
        return disclosure_digest(self.encoded)


def disclosure_digest(encoded: str) -> str:
    """Return what the placeholder of an encoded disclosure holds: RFC 9901 section 4.2.3."""
    return b64url(hashlib.sha256(encoded.encode()).digest())


def split(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the JWT and the encoded disclosures; raises TooLarge or NotCanonical.

    This is the only place where the size of a statement is bounded, before anything is decoded.
    """
    if len(text) > MAX_BYTES:
        message = f"a statement is longer than {MAX_BYTES} bytes with its disclosures"
        raise TooLarge(message)
    if not text.isascii() or not text.endswith("~"):
        message = "a statement is not an ASCII SD-JWT that ends with a tilde"
        raise NotCanonical(message)
    jwt, *disclosures, _ = text.split("~")
    if len(disclosures) > MAX_DISCLOSURES:
        message = f"a statement has more than {MAX_DISCLOSURES} disclosures"
        raise TooLarge(message)
    return jwt, tuple(disclosures)


def join(jwt: str, disclosures: tuple[str, ...]) -> str:
    """Return the SD-JWT text."""
    return "~".join((jwt, *disclosures, ""))


def parse_envelope(source: str) -> Envelope:
    """Decode the three parts of a JWT, disclosures behind it or not; raises NotCanonical."""
    parts = source.partition("~")[0].split(".")
    if len(parts) != 3:  # noqa: PLR2004 - RFC 7515 section 7.1
        message = "a statement is not header.payload.signature"
        raise NotCanonical(message)
    header, payload, signature = (
        b64url_bytes(part, what=name)
        for part, name in zip(parts, ("header", "payload", "signature"), strict=True)
    )
    return Envelope(
        source, decode(header, what="header"), decode(payload, what="payload"), signature
    )


def parse_plain_envelope(
    source: str, header: Callable[[str], Json | None], plain: Callable[[bytes], bool]
) -> Envelope | None:
    """Return a JWT whose payload's bytes are ``plain``: canonical by what they look like.

    ``header`` gives the value of an encoded header that is well-formed. None where there is more to
    look at: ``parse_envelope`` says what.
    """
    try:
        first, second, third = source.partition("~")[0].split(".")
        payload = b64url_bytes(second, what="payload")
        signature = b64url_bytes(third, what="signature")
    except (ValueError, NotCanonical):
        return None
    value = header(first)
    return (
        Envelope(source, value, orjson.loads(payload), signature)
        if value and plain(payload)
        else None
    )


def parse_signature(source: str) -> tuple[str, bytes, bytes]:
    """Return ``(kid, signing input, signature)`` of an SD-JWT, which is not judged otherwise.

    The kid is empty where the header names none. Raises NotCanonical where they can't be read.
    """
    unsigned, _, encoded = source.partition("~")[0].rpartition(".")
    signature = b64url_bytes(encoded, what="signature")
    kid = _kid(unsigned.partition(".")[0])
    return kid, unsigned.encode(), signature


@lru_cache(maxsize=4096)  # one for all statements of a key
def _kid(header: str) -> str:
    value = decode(b64url_bytes(header, what="header"), what="header")
    return str(value.get("kid", "")) if isinstance(value, dict) else ""


def parse_disclosure(encoded: str) -> Disclosure:
    """Decode one disclosure; raises NotCanonical unless it is ``[salt, value]``."""
    return Disclosure(encoded, disclosed(b64url_bytes(encoded, what="disclosure")))


def disclosed(data: bytes) -> Json:
    """Return the value of one disclosure's decoded bytes; raises as ``parse_disclosure``."""
    content = decode(data, what="disclosure")
    if not isinstance(content, list) or len(content) != 2:  # noqa: PLR2004
        message = "a disclosure is not an array of salt and value"
        raise NotCanonical(message)
    salt, value = content
    if not isinstance(salt, str) or not (
        _SALT.fullmatch(salt) or len(b64url_bytes(salt, what="salt")) == SALT_BYTES
    ):
        message = f"a disclosure's salt is not {SALT_BYTES} bytes"
        raise NotCanonical(message)
    return value


def disclose(value: Json) -> Disclosure:
    """Make a disclosure of ``value`` with a fresh 128-bit salt."""
    salt = b64url(secrets.token_bytes(SALT_BYTES))
    return Disclosure(b64url(encode([salt, value])), value)


def decoy() -> str:
    """Return a digest that nothing opens: RFC 9901 section 4.2.5."""
    return b64url(sha256(secrets.token_bytes(2 * SALT_BYTES)))


def placeholder(digest: str) -> dict[str, str]:
    """Return the array element that hides a value: RFC 9901 section 4.2.4.2."""
    return {"...": digest}
