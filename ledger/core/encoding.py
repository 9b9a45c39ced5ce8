"""Texts for bytes: base64url (RFC 4648 section 5, no padding), digests, addresses, times."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from datetime import UTC, datetime
from typing import Final

from rootprint.ledger.core.errors import NotCanonical, Refused

DIGEST_BYTES: Final = 32
_DIGEST = re.compile(r"sha256:([0-9a-f]{64})")
_HEX = re.compile(r"0x((?:[0-9a-f]{2})*)")
# The hour is judged here, for from Python 3.14 on fromisoformat takes 24:00:00 for the next day.
_TIME = re.compile(r"\d{4}-\d\d-\d\dT([01]\d|2[0-3]):\d\d:\d\dZ", re.ASCII)


def sha256(data: bytes) -> bytes:
    """Return the 32-byte SHA-256 of ``data`` (FIPS 180-4)."""
    return hashlib.sha256(data).digest()


def b64url(data: bytes) -> str:
    """Return base64url without padding (RFC 7515 section 2)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def b64url_bytes(text: str, *, what: str) -> bytes:
    """Decode base64url, refusing padding, foreign characters and non-zero tail bits."""
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        data = b""
    # Writing it again refuses foreign characters, padding and non-zero tail bits at one stroke.
    if b64url(data) == text:
        return data
    message = f"{what} is not base64url without padding and with zero tail bits"
    raise NotCanonical(message)


def b64_bytes(text: str, *, what: str) -> bytes:
    """Decode standard, padded base64 (as in signed notes), refusing every other spelling."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        message = f"{what} is not base64"
        raise NotCanonical(message) from error
    if base64.b64encode(data).decode() != text:
        message = f"{what} is not canonical base64"
        raise NotCanonical(message)
    return data


def digest_text(digest: bytes) -> str:
    """Write a 32-byte digest as ``sha256:<64 hex>``."""
    return f"sha256:{digest.hex()}"


def digest_bytes(text: str, *, what: str = "digest") -> bytes:
    """Read ``sha256:<64 lower-case hex>``."""
    match = _DIGEST.fullmatch(text)
    if match is None:
        message = f"{what} is not sha256: and 64 lower-case hexadecimal digits"
        raise Refused(message)
    return bytes.fromhex(match[1])


def hex_text(data: bytes) -> str:
    """Write bytes as 0x and lower-case hexadecimal digits."""
    return f"0x{data.hex()}"


def hex_bytes(text: str, length: int, *, what: str) -> bytes:
    """Read 0x and exactly ``length`` bytes in lower-case hexadecimal."""
    match = _HEX.fullmatch(text)
    if match is None or len(match[1]) != 2 * length:
        message = f"{what} is not 0x and {2 * length} lower-case hexadecimal digits"
        raise Refused(message)
    return bytes.fromhex(match[1])


def time_seconds(text: str, *, what: str) -> int:
    """Read RFC 3339 UTC whole seconds, ``2026-11-20T10:00:00Z``, as Unix seconds."""
    if _TIME.fullmatch(text):
        try:
            return int(datetime.fromisoformat(text).timestamp())
        except ValueError:
            pass  # 2026-13-40: refused below, in the same words as any other wrong time
    message = f"{what} is not an RFC 3339 time in UTC with Z and whole seconds"
    raise Refused(message)


def time_text(seconds: int) -> str:
    """Write Unix seconds as RFC 3339 UTC."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
