"""Texts for bytes: base64url (RFC 4648 section 5, no padding), digests, addresses, times."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from rootprint.ledger.core.errors import NotCanonical, Refused

DIGEST_BYTES: Final = 32
_DIGEST = re.compile(r"sha256:([0-9a-f]{64})")
_HEX = re.compile(r"0x((?:[0-9a-f]{2})*)")
# The hour is judged here, for from Python 3.14 on fromisoformat takes 24:00:00 for the next day.
_TIME = re.compile(r"\d{4}-\d\d-\d\dT([01]\d|2[0-3]):\d\d:\d\dZ", re.ASCII)
_ANY_OFFSET = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)[Tt](?P<hour>([01]\d|2[0-3]):\d\d:\d\d)(\.\d+)?"
    r"(?P<offset>[Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)",
    re.ASCII,
)
# By how many characters stand beyond the last four: what the last may be, and what fills them up.
_LAST: Final = ("", "", "AQgw", "AEIMQUYcgkosw048")
_PADDING: Final = (b"", b"", b"==", b"=")
_TO_STANDARD: Final = bytes.maketrans(b"-_", b"+/")
_TO_URL: Final = bytes.maketrans(b"+/", b"-_")


def sha256(data: bytes) -> bytes:
    """Return the 32-byte SHA-256 of ``data`` (FIPS 180-4)."""
    return hashlib.sha256(data).digest()


def b64url(data: bytes) -> str:
    """Return base64url without padding (RFC 7515 section 2)."""
    return binascii.b2a_base64(data, newline=False).translate(_TO_URL, b"=").decode()


def b64url_bytes(text: str, *, what: str) -> bytes:
    """Decode base64url, refusing padding, foreign characters and non-zero tail bits."""
    left = len(text) % 4
    # Strictly read, only = and the two characters of the other alphabet are left to refuse, and
    # what the last character may be: it has zero tail bits.
    foreign = "=" in text or "/" in text or "+" in text
    if not foreign and (not left or text[-1] in _LAST[left]):
        try:
            data = text.encode("ascii")
            if "-" in text or "_" in text:  # rare in what encodes ASCII
                data = data.translate(_TO_STANDARD)
            return binascii.a2b_base64(data + _PADDING[left] if left else data, strict_mode=True)
        except ValueError:  # not ASCII, or no base64: refused below
            pass
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


@lru_cache(maxsize=65_536)  # a statement is named by all that cite it
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


@lru_cache(maxsize=4096)
def time_seconds(text: str, *, what: str) -> int:
    """Read RFC 3339 UTC whole seconds, ``2026-11-20T10:00:00Z``, as Unix seconds."""
    if _TIME.fullmatch(text):
        try:
            return int(datetime.fromisoformat(text).timestamp())
        except ValueError:
            pass  # 2026-13-40: refused below, in the same words as any other wrong time
    message = f"{what} is not an RFC 3339 time in UTC with Z and whole seconds"
    raise Refused(message)


def utc_text(text: str, *, what: str) -> str:
    """Return an RFC 3339 time of any offset in UTC and whole seconds; a fraction is cut off.

    >>> utc_text("2025-01-01T08:00:00.250+08:00", what="the time")
    '2025-01-01T00:00:00Z'
    """
    match = _ANY_OFFSET.fullmatch(text)
    if match is not None:
        offset = "+00:00" if match["offset"] in {"Z", "z"} else match["offset"]
        try:
            moment = datetime.fromisoformat(f"{match['day']}T{match['hour']}{offset}")
            return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat()}Z"
        except (ValueError, OverflowError):
            pass  # no such day, or none in UTC: refused below
    message = f"{what} is not an RFC 3339 time with Z or an offset"
    raise Refused(message, remedy="write it like 2025-01-01T00:00:00Z or 2025-01-01T08:00:00+08:00")


@lru_cache(maxsize=4096)  # statements share their anchors, and what they are asked at
def time_text(seconds: int) -> str:
    """Write Unix seconds as RFC 3339 UTC."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def visible(text: str) -> str:
    r"""Return a text with what is not shown written out: it can't steer a terminal or break a line.

    >>> visible("\x1b[2J 1 kg\nVERIFIED")
    '\\u001b[2J 1 kg\\u000aVERIFIED'
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)
