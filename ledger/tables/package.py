"""The parts of a workbook's ZIP and what names them (ECMA-376 part 2): sheets, styles, texts."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from rootprint.ledger.core.errors import Refused, TooLarge
from rootprint.ledger.tables.otherfiles import zip_named
from rootprint.ledger.tables.strings import read_strings
from rootprint.ledger.tables.styles import read_styles
from rootprint.ledger.tables.workbook import SAVE_AGAIN, WorkbookLimits, check_workbook
from rootprint.ledger.tables.worksheet import Book, SheetLimits, read_sheet
from rootprint.ledger.tables.xmlparts import Attributes, Broken, read_part

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rootprint.ledger.tables.grid import Sheet

# What zipfile raises for files that are not what they say, and what a part may be that is no part.
_BROKEN: Final = (
    *(zipfile.BadZipFile, zlib.error, Broken, EOFError, OSError, RuntimeError),
    *(NotImplementedError, KeyError, ValueError),
)
_ROOT: Final = "_rels/.rels"
_WORKBOOK: Final = "xl/workbook.xml"
MAX_SHEETS: Final = 256
_One = TypeVar("_One")


@dataclass(frozen=True, slots=True)
class _Named:
    """A sheet as the workbook lists it."""

    part: str
    hidden: bool


@dataclass(frozen=True)
class Workbook:
    """An opened workbook. Its parts are read when asked for, each within its limits."""

    where: str
    limits: SheetLimits
    _archive: zipfile.ZipFile
    _sheets: Mapping[str, _Named]
    _book: Book

    @property
    def names(self) -> tuple[str, ...]:
        """The sheets' names in their order; charts are none."""
        return tuple(self._sheets)

    @property
    def hidden(self) -> frozenset[str]:
        """The names of the sheets that are hidden."""
        return frozenset(name for name, sheet in self._sheets.items() if sheet.hidden)

    def sheet(self, name: str, *, first: int | None = None) -> Sheet:
        """Return a sheet of ``names``, or only the first rows that hold something.

        Raises Refused for what can't be read, TooLarge.
        """
        named = self._sheets[name]
        try:
            with self._archive.open(named.part) as part:
                where = f"{self.where} sheet {name}"
                return read_sheet(part, self._book, self.limits, first=first, where=where)
        except _BROKEN as error:
            raise _unreadable(self.where, error) from error


def open_workbook(
    data: bytes, limits: WorkbookLimits, sheets: SheetLimits, *, where: str
) -> Workbook:
    """Return a workbook whose sheets can be asked for.

    Raises TooLarge beyond a limit, Refused for what is no XLSX workbook, and says what it is.
    """
    try:
        check_workbook(data, limits, where=where)
        archive = zipfile.ZipFile(io.BytesIO(data))
        other = zip_named(archive.namelist())
        if other is not None:
            raise Refused(f"{where} {other[0]}", remedy=other[1])
        main = _main(archive, where)
        return _open(archive, main, sheets, where)
    except _BROKEN as error:
        raise _unreadable(where, error) from error


def _unreadable(where: str, error: Exception) -> Refused:
    # A Broken says what is wrong with the file; of other errors only the kind is of use.
    why = str(error) if isinstance(error, Broken) else type(error).__name__
    message = f"{where} is not a workbook that can be read: {why}"
    return Refused(message, remedy=SAVE_AGAIN)


def _main(archive: zipfile.ZipFile, where: str) -> str:
    """Return the name of the part that lists the sheets."""
    if _ROOT in archive.namelist():
        for kind, target in _relations(archive, _ROOT, "", where).values():
            if kind == "officeDocument":
                return target
    return _WORKBOOK


def _open(archive: zipfile.ZipFile, main: str, limits: SheetLimits, where: str) -> Workbook:
    folder, _, name = main.rpartition("/")
    related = _relations(archive, f"{folder}/_rels/{name}.rels", folder, where)
    listed: list[Attributes] = []

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "sheet":
            listed.append(attributes)

    with archive.open(main) as part:
        read_part(part, start, lambda _: None, lambda _: None, where=where)
    if len(listed) > MAX_SHEETS:
        message = f"{where} has more than {MAX_SHEETS} sheets"
        raise TooLarge(message, remedy="keep only the sheets that are read")
    sheets: dict[str, _Named] = {}
    for attributes in listed:
        kind, target = related.get(_relation(attributes), ("", ""))
        if kind == "worksheet":
            hidden = attributes.get("state", "visible") != "visible"
            sheets[attributes.get("name", "")] = _Named(target, hidden)
    parts = dict(related.values())
    return Workbook(
        where,
        limits,
        archive,
        sheets,
        Book(
            _read_if(archive, parts.get("styles"), read_styles, where),
            _read_if(archive, parts.get("sharedStrings"), read_strings, where),
        ),
    )


def _read_if(
    archive: zipfile.ZipFile, name: str | None, read: Callable[..., Sequence[_One]], where: str
) -> Sequence[_One]:
    if name is None or name not in archive.namelist():
        return ()
    with archive.open(name) as part:
        return read(part, where=where)


def _relation(attributes: Attributes) -> str:
    """Return the id of a sheet's relation, whose attribute has a namespace of its own."""
    return next(
        (value for name, value in attributes.items() if name.endswith("relationships id")), ""
    )


def _relations(
    archive: zipfile.ZipFile, name: str, folder: str, where: str
) -> dict[str, tuple[str, str]]:
    """Return kind and part of each relation, by its id."""
    found: dict[str, tuple[str, str]] = {}

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            target = target[1:] if target.startswith("/") else posixpath.join(folder, target)
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id", "")] = kind, posixpath.normpath(target)

    with archive.open(name) as part:
        read_part(part, start, lambda _: None, lambda _: None, where=where)
    return found
