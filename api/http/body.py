"""Request bodies: of one media type, within a size and a time, before anything looks at them."""

from __future__ import annotations

import asyncio

from fastapi import Request

from rootprint.api.http.errors import TooSlow, WrongMediaType
from rootprint.ledger.core.errors import TooLarge

_LENGTH_DIGITS = 19


async def read_body(
    request: Request, *, media_types: tuple[str, ...], limit: int, seconds: float
) -> bytes:
    """Return the body.

    Raises WrongMediaType, TooLarge as soon as it is known to be longer than ``limit`` bytes
    (declared or arrived), TooSlow if it has not arrived after ``seconds``.
    """
    _require_media_type(request, media_types)
    _require_length(request.headers.get("content-length", ""), limit)
    chunks, length = [], 0
    try:
        async with asyncio.timeout(seconds):
            async for chunk in request.stream():
                length += len(chunk)
                if length > limit:
                    raise _too_large(limit)
                chunks.append(chunk)
    except TimeoutError as error:
        raise TooSlow(
            f"the body had not arrived after {seconds:g} seconds", remedy="send it again"
        ) from error
    return b"".join(chunks)


def _require_media_type(request: Request, media_types: tuple[str, ...]) -> None:
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given not in media_types:
        raise WrongMediaType(
            "the body has another media type than is taken here",
            remedy=f"send it with Content-Type: {media_types[0]}",
        )
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise WrongMediaType("the body is compressed", remedy="send it without Content-Encoding")


def _require_length(declared: str, limit: int) -> None:
    plain = declared.isascii() and declared.isdigit()  # as int() has it: "²" is a digit, too
    if plain and (len(declared) > _LENGTH_DIGITS or int(declared) > limit):
        raise _too_large(limit)


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"the body is longer than {limit} bytes")
