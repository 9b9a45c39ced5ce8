"""How long an answer may be kept, and by whom."""

from __future__ import annotations

from typing import Final

from fastapi import Request

# Named by its own hash, or a function of the log's first entries: never another answer.
IMMUTABLE: Final = {"cache-control": "public, max-age=31536000, immutable"}
# A note of one size keeps its text but may gain witnesses' signature lines.
SETTLED: Final = {"cache-control": "public, max-age=60"}
# Moves with every append.
NEWEST: Final = {"cache-control": "no-cache"}


def has_current(request: Request, etag: str) -> bool:
    """Whether the client says that it has this answer (RFC 9110 section 13.1.2)."""
    given = request.headers.get("if-none-match", "")
    tags = {tag.strip().removeprefix("W/") for tag in given.split(",")}
    return etag in tags or "*" in tags
