"""The texts of a workbook, which cells name by their index, and texts inside cells.

A text may be in runs with fonts of their own, so a part of it may be struck out. How it is read
aloud (``rPh``) is not part of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import IO, Final

from rootprint.ledger.tables.grid import MAX_TEXT, trimmed
from rootprint.ledger.tables.styles import is_struck
from rootprint.ledger.tables.xmlparts import Attributes, read_part

# ECMA-376 part 1, section 22.9.2.19 (ST_Xstring): a character that XML can't hold.
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Text:
    """A text, whether any of it is struck out, and whether it is longer than a cell may be."""

    text: str
    struck: bool = False
    long: bool = False


class TextReader:
    """Collects one text from the elements inside ``si`` or ``is``."""

    def __init__(self) -> None:
        self._clear()

    def _clear(self) -> None:
        self._pieces: list[str] = []
        self._struck = self._run_struck = False
        self._aloud = self._inside = False

    def start(self, name: str, attributes: Attributes) -> None:
        """Note an element's beginning."""
        if name == "rPh":
            self._aloud = True
        elif name == "r":
            self._run_struck = False
        elif name == "strike":
            self._run_struck = is_struck(attributes)
        elif name == "t":
            self._inside = not self._aloud

    def end(self, name: str) -> None:
        """Note an element's end."""
        if name == "rPh":
            self._aloud = False
        elif name == "t":
            self._inside = False

    def add(self, piece: str) -> None:
        """Take characters."""
        if self._inside:
            self._pieces.append(piece)
            self._struck = self._struck or (self._run_struck and not piece.isspace())

    def taken(self) -> Text:
        """Return the text, and begin anew."""
        found = shared("".join(self._pieces), struck=self._struck)
        self._clear()
        return found


def shared(text: str, *, struck: bool = False) -> Text:
    """Return a text as it is read: without escapes and unseen ends."""
    text = trimmed(_ESCAPED.sub(_unescaped, text))
    return Text("", struck, long=True) if len(text) > MAX_TEXT else Text(text, struck)


def _unescaped(found: re.Match[str]) -> str:
    char = chr(int(found[1], 16))
    return char if char.isprintable() or char in "\t\n\r" else found[0]


def read_strings(part: IO[bytes], *, where: str) -> list[Text]:
    """Return the texts of ``sharedStrings.xml``."""
    found: list[Text] = []
    reader = TextReader()

    def end(name: str) -> None:
        reader.end(name)
        if name == "si":
            found.append(reader.taken())

    read_part(part, reader.start, end, reader.add, where=where)
    return found
