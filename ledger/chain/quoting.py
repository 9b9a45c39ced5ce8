"""An endpoint's own words, as they may be shown: without what its address keeps secret.

An address may hold a key in its path, its query or its user; an endpoint's error may repeat it.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from urllib.parse import SplitResult

MOST_WORDS: Final = 300
_LEAST_SECRET: Final = 4  # characters; a shorter part is found in any text


def quoted(error: object, url: str) -> str:
    """Return the words of an answer's ``error`` by the endpoint at ``url``, in ASCII.

    >>> quoted({"message": "no project s3cr3tkey"}, "https://node.example/v3/s3cr3tkey")
    "'no project …'"
    """
    words = ascii(error.get("message") if isinstance(error, dict) else error)
    for secret in _secrets(urlsplit(url)):
        words = words.replace(secret, "…")
    return words[:MOST_WORDS]


def basic_authorization(parts: SplitResult) -> str | None:
    """Return the header's value for an address with a user in it (RFC 7617), None without one."""
    if parts.username is None:
        return None
    pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return f"Basic {base64.b64encode(pair.encode()).decode()}"


def _secrets(parts: SplitResult) -> list[str]:
    """Return what no words may repeat of an address, the longest first."""
    found = [parts.path, *parts.path.split("/"), parts.query, parts.username, parts.password]
    found += [value for pair in parts.query.split("&") for value in pair.split("=", 1)[1:]]
    found += [unquote(one) for one in found if one]
    found.append((basic_authorization(parts) or "").removeprefix("Basic "))
    return sorted({one for one in found if one and len(one) >= _LEAST_SECRET}, key=len)[::-1]
