"""Colour on a terminal, for what the words say anyway: the states of checks, and the verdict."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from collections.abc import Mapping

_GREEN, _RED, _YELLOW = 32, 31, 33
_COLOURS: Final = {
    "PASS": _GREEN,
    "VERIFIED": _GREEN,
    "FAIL": _RED,
    "FAILED": _RED,
    "????": _YELLOW,
    "INCOMPLETE": _YELLOW,
    "NOT READABLE": _YELLOW,
}
# A verdict begins its line. A check's state may have the name of its statement before it.
_WORD: Final = re.compile(
    r"(?P<before>)(?P<word>VERIFIED|FAILED|INCOMPLETE|NOT READABLE)(?= )"
    r"|(?P<above>\s*(?:\[.*\] )?)(?P<state>PASS|FAIL|\?{4})(?= \d)"
)


def may_colour(stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Whether a stream is a terminal whose owner wants colour (no-color.org)."""
    wanted = not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"
    return wanted and stream.isatty()


def coloured(line: str) -> str:
    r"""Return a line with the state or verdict that it begins with in its colour.

    >>> coloured("PASS 8 arithmetic")
    '\x1b[32mPASS\x1b[0m 8 arithmetic'
    >>> coloured("Product    VERIFIED steel")
    'Product    VERIFIED steel'
    """
    found = _WORD.match(line)
    if found is None:
        return line
    before = found["before"] or found["above"] or ""
    word = found["word"] or found["state"]
    return f"{before}\x1b[{_COLOURS[word]}m{word}\x1b[0m{line[found.end() :]}"
