"""The form of a mapping file, and reading one with every fault at its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeVar
from unicodedata import normalize

from rootprint.ledger.core.errors import TooLarge
from rootprint.ledger.core.schema import rules
from rootprint.ledger.core.schema.rules import array, integer, mapping, members, text
from rootprint.ledger.intake.inventory.collect import collect
from rootprint.ledger.intake.inventory.headings import column_named, is_note, nearest_column
from rootprint.ledger.intake.inventory.yamlfile import read_yaml_value
from rootprint.ledger.tables import trimmed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rootprint.ledger.intake.inventory.problems import Faults, Path

_Of = TypeVar("_Of")

MAX_BYTES: Final = 1 << 20
MAX_TEXTS: Final = 4096
NOTE: Final = "note"
_MOST_TITLES: Final = 1000
_MOST_HEADS: Final = 3


def _words(value: Any, path: str) -> None:
    """A text, a truth value or a whole number: what a member may be set to."""
    if not isinstance(value, (str, int)) or value == "":
        rules.refuse(path, "a text, true, false or a whole number")


_SAID: Final = mapping(text, _words, most=64)
_COLUMN: Final = members(
    {},
    {
        "member": text,
        "unit": text,
        "words": mapping(text, _words, most=MAX_TEXTS),
        "line": _SAID,
    },
)


def _column(value: Any, path: str) -> None:
    if not isinstance(value, str):
        _COLUMN(value, path)
        if ("member" in value) == ("line" in value):
            rules.refuse(path, "a member's name, or a group with one of member and line")


def _anything(_value: Any, _path: str) -> None:
    """Members of the head, which are judged where an inventory's are."""


def _headings(value: Any, path: str) -> None:
    """The number of the row that names the columns, or of two or three that follow each other."""
    rows = value if isinstance(value, list) else [value]
    for row in rows:
        integer(1, _MOST_TITLES)(row, path)
    if not rows or len(rows) > _MOST_HEADS or rows != list(range(rows[0], rows[0] + len(rows))):
        rules.refuse(
            path, "a row's number, or those of two or three that follow each other: [2, 3]"
        )


_RULE: Final = members(
    {
        "mapping": integer(1, 1),
        "columns": mapping(text, _column, most=128),
        "head": _anything,
    },
    {
        "sheet": text,
        "headings": _headings,
        "meanings": mapping(text, mapping(text, _SAID, most=MAX_TEXTS), most=16),
        "leaveOut": mapping(text, array(text, most=MAX_TEXTS), most=16),
        "leaveIn": mapping(text, array(text, most=MAX_TEXTS), most=16),
        "empty": array(text, most=16, unique=True),
        "every": _SAID,
    },
)


@dataclass(frozen=True)
class Column:
    """What a column says: a member of each line, or, with ``line``, a line of its own per cell.

    ``words`` gives the text of the member for a text of the sheet, ``unit`` the amount's unit.
    """

    member: str | None = None
    unit: str | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    line: Mapping[str, str] | None = None


@dataclass(frozen=True)
class SheetMapping:
    """A mapping that was read: members are dotted names, and every text is as a table has it.

    Texts of the sheet that are looked up (``words``, ``meanings``, ``leave_out``, ``leave_in``)
    are as ``folded`` makes them; ``texts`` has those of each column of ``meanings`` as they are
    written. ``leave_in`` has those of rows that are lines though they look like sums.

    ``headings`` are the numbers of the rows that name the columns together, empty for the first
    row that does.
    ``faults`` has the places of its own file.
    """

    columns: Mapping[str, Column]
    head: Mapping[str, Any]
    faults: Faults
    sheet: str | None = None
    headings: tuple[int, ...] = ()
    meanings: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    leave_out: Mapping[str, frozenset[str]] = field(default_factory=dict)
    leave_in: Mapping[str, frozenset[str]] = field(default_factory=dict)
    empty: frozenset[str] = frozenset()
    every: Mapping[str, str] = field(default_factory=dict)


def read_mapping(data: bytes, *, where: str) -> SheetMapping:
    """Read a mapping file; raises InventoryProblems with everything that is wrong with it.

    TooLarge beyond 1 MiB.
    """
    if len(data) > MAX_BYTES:
        message = f"{where} is longer than {MAX_BYTES} bytes"
        raise TooLarge(message)
    value, faults = read_yaml_value(data, where=where)
    if not faults.problems:
        collect(_RULE, value, (), faults)
    faults.settle()
    if not isinstance(value["head"], dict):
        faults.add(
            ("head",), "is not a group of members", "give the head's members as YAML has them"
        )
    columns = {
        name: _read_column(one, ("columns", name), faults) for name, one in value["columns"].items()
    }
    read = SheetMapping(
        columns=columns,
        head=value["head"],
        faults=faults,
        sheet=value.get("sheet"),
        headings=_rows(value.get("headings")),
        meanings={
            name: _by_text(table, ("meanings", name), _members, faults)
            for name, table in value.get("meanings", {}).items()
        },
        texts={name: tuple(table) for name, table in value.get("meanings", {}).items()},
        leave_out=_texts(value.get("leaveOut", {})),
        leave_in=_texts(value.get("leaveIn", {})),
        empty=frozenset(value.get("empty", ())),
        every=_members(value.get("every", {}), ("every",), faults),
    )
    faults.settle()
    return read


def folded(text: str) -> str:
    """Return the form in which a sheet's texts are compared: without case, width and blanks around.

    What stands within a text counts: ``1-2`` is not ``12``.

    >>> folded(" KWH"), folded("1-2")
    ('kwh', '1-2')
    """
    return normalize("NFKC", trimmed(normalize("NFKC", text)).casefold())


def _by_text(
    table: Mapping[str, Any],
    path: Path,
    read: Callable[[Any, Path, Faults], _Of],
    faults: Faults,
) -> dict[str, _Of]:
    """Return what each text stands for, by its folded form, which only one may have."""
    found: dict[str, _Of] = {}
    written: dict[str, str] = {}
    for text_, one in table.items():
        form = folded(text_)
        if form in found:
            what = f"is compared as {written[form][:64]} is: without case, width and blanks around"
            faults.add((*path, text_), what, "keep one of the two")
            continue
        found[form], written[form] = read(one, (*path, text_), faults), text_
    return found


def _word(value: Any, _path: Path, _faults: Faults) -> str:
    return _text(value)


def _rows(value: int | list[int] | None) -> tuple[int, ...]:
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list) else (value,)


def _texts(value: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    return {name: frozenset(map(folded, texts)) for name, texts in value.items()}


def _read_column(value: Any, path: Path, faults: Faults) -> Column:
    given: dict[str, Any] = {"member": value} if isinstance(value, str) else value
    if "line" in given:
        return Column(line=_members(given["line"], (*path, "line"), faults), unit=given.get("unit"))
    member = _member(given["member"], path, faults)
    words = _by_text(given.get("words", {}), (*path, "words"), _word, faults)
    if "unit" in given and not member.endswith(".value"):
        remedy = "give the unit where the amount's value is"
        faults.add((*path, "unit"), "stands at a member that has none", remedy)
    return Column(member, given.get("unit"), words)


def _members(value: Mapping[str, Any], path: Path, faults: Faults) -> dict[str, str]:
    return {_member(name, (*path, name), faults): _text(one) for name, one in value.items()}


def _member(name: str, path: Path, faults: Faults) -> str:
    """Return the dotted name of a line's member, or ``note``."""
    found = column_named(name)
    if found is None and is_note(name):
        return NOTE
    if found is None:
        faults.add(path, "is no member of a line", nearest_column(name))
    return found or name


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
