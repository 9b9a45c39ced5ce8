"""Files of the verifier's own, written by people: JSON in any layout, but nothing said twice."""

from __future__ import annotations

import re
from typing import Final

import orjson

from rootprint.ledger.core.canonical import MAX_DEPTH, MAX_STRING, Json, decode, encode
from rootprint.ledger.core.errors import Refused

# A string, and the colon that makes it a member's name.
_STRINGS: Final = re.compile(rb'"(?:[^"\\]|\\.)*"(\s*:)?', re.DOTALL)
_MINUS_ZERO: Final = re.compile(rb"-0(?![0-9.eE])")


def parse_written(
    data: bytes, what: str, *, max_string: int = MAX_STRING, max_depth: int = MAX_DEPTH
) -> Json:
    """Return the JSON value; spaces are fine, whatever canonical JSON can't say is not.

    ``what`` names the file in messages: ``trust file``; ``max_string`` bounds a text, in bytes,
    and ``max_depth`` the levels.
    Raises Refused.
    """
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        message = f"the {what} is not JSON: {error}"
        raise Refused(message) from error
    if sum(1 for token in _STRINGS.finditer(data) if token[1]) != _members(value):
        message = f"the {what} has a member twice"
        raise Refused(message)
    if _MINUS_ZERO.search(_STRINGS.sub(b"", data)):
        message = f"the {what} has a number -0"
        raise Refused(message)
    written = encode(value, max_string=max_string, max_depth=max_depth)
    return decode(written, what=what, max_string=max_string, max_depth=max_depth)


def _members(value: Json) -> int:
    """Count the members of all objects; a parser keeps one of two with the same name."""
    count, waiting = 0, [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            count += len(one)
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
    return count
