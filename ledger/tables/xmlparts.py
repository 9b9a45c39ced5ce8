"""The XML parts of a workbook, read as events: nothing of a part is held but what a reader keeps.

Expat does the reading. A document type is refused before anything of it is expanded, so no entity
can grow; how many elements there may be was counted before (``workbook.check_workbook``).
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Final
from xml.parsers import expat

from rootprint.ledger.core.errors import TooLarge

if TYPE_CHECKING:
    from collections.abc import Callable

_PIECE: Final = 1 << 16
_READ: Final = frozenset(
    {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",  # ISO/IEC 29500 Strict
        "http://schemas.openxmlformats.org/package/2006/relationships",
    }
)
MAX_DEPTH: Final = 64
_COUNT_DIGITS: Final = 9

Attributes = dict[str, str]


class Broken(Exception):
    """A part that is no XML, or not what its format asks for."""


def read_part(
    part: IO[bytes],
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
    *,
    where: str,
) -> None:
    """Call back for each element of a part, by its name without namespace.

    Nothing is reported of elements in another namespace than SpreadsheetML's or that of relations,
    and of what is in them. Raises Broken, TooLarge.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    inside: list[bool] = []

    def started(name: str, attributes: Attributes) -> None:
        if len(inside) >= MAX_DEPTH:
            message = f"{where} has elements nested deeper than {MAX_DEPTH} levels"
            raise TooLarge(message)
        space, _, local = name.rpartition(" ")
        known = space in _READ and (not inside or inside[-1])
        inside.append(known)
        if known:
            start(local, attributes)

    def ended(name: str) -> None:
        if inside.pop():
            end(name.rpartition(" ")[2])

    def doctype(*_: object) -> None:
        message = f"{where} declares a document type, which no spreadsheet program writes"
        raise TooLarge(message, remedy="save it as .xlsx without a password")

    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = doctype
    try:
        while piece := part.read(_PIECE):
            parser.Parse(piece, False)  # noqa: FBT003 - expat takes it by position
        parser.Parse(b"", True)  # noqa: FBT003
    except expat.ExpatError as error:
        message = f"a part is no XML: {error}"
        raise Broken(message) from error


def truth(value: str | None) -> bool:
    """Return an attribute of the type xsd:boolean; absent is false."""
    return value in {"1", "true", "on"}


def count(value: str | None) -> int | None:
    """Return an attribute that counts from zero; None where there is none. Raises Broken."""
    if value is None:
        return None
    if not value.isascii() or not value.isdigit() or len(value) > _COUNT_DIGITS:
        message = "a part counts by what is no number"
        raise Broken(message)
    return int(value)
