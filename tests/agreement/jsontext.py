"""Where the values of a JSON text stand, so that one of them can be written another way.

The mutations of this folder write what no JSON library would: a member twice, half of a surrogate
pair, a number of forty digits. They cut the text between two places and put other text there.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Final

Path = tuple[str | int, ...]

_STRING: Final = re.compile(r'"(?:[^"\\]|\\.)*"')
_WORD: Final = re.compile(r"[^,\]}\s]+")
STRING, NUMBER, WORD, OBJECT, ARRAY = "string", "number", "word", "object", "array"
NAME, MEMBER, ITEM = "name", "member", "item"
VALUES: Final = (STRING, NUMBER, WORD, OBJECT, ARRAY)


@dataclass(frozen=True)
class Token:
    """One value, member name, whole member or array item: ``text[start:end]``.

    ``path`` is the value's; of a name and of a member the path of the value that belongs to it.
    """

    kind: str
    path: Path
    start: int
    end: int

    def of(self, text: str) -> str:
        """Return what stands there."""
        return text[self.start : self.end]

    def put(self, text: str, new: str) -> str:
        """Return the text with ``new`` there."""
        return text[: self.start] + new + text[self.end :]


def tokens(text: str) -> list[Token]:
    """Return every token of a JSON text without spaces, inner ones first."""
    found: list[Token] = []
    end = _value(text, 0, (), found)
    if end != len(text):
        message = f"something follows the JSON at {end}"
        raise ValueError(message)
    return found


def _value(text: str, at: int, path: Path, found: list[Token]) -> int:
    first = text[at]
    if first == "{":
        kind, end = OBJECT, _object(text, at, path, found)
    elif first == "[":
        kind, end = ARRAY, _array(text, at, path, found)
    elif first == '"':
        kind, end = STRING, _end(_STRING, text, at)
    else:
        end = _end(_WORD, text, at)
        kind = NUMBER if first == "-" or first.isdigit() else WORD
    found.append(Token(kind, path, at, end))
    return end


def _object(text: str, at: int, path: Path, found: list[Token]) -> int:
    at += 1
    while text[at] != "}":
        end = _end(_STRING, text, at)
        inner = (*path, str(json.loads(text[at:end])))
        found.append(Token(NAME, inner, at, end))
        after = _value(text, end + 1, inner, found)
        found.append(Token(MEMBER, inner, at, after))
        at = after + (text[after] == ",")
    return at + 1


def _array(text: str, at: int, path: Path, found: list[Token]) -> int:
    at, number = at + 1, 0
    while text[at] != "]":
        after = _value(text, at, (*path, number), found)
        found.append(Token(ITEM, (*path, number), at, after))
        at, number = after + (text[after] == ","), number + 1
    return at + 1


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    if match is None:
        message = f"no JSON at {at}"
        raise ValueError(message)
    return match.end()
