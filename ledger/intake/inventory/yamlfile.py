"""YAML files: read event by event, so that every member keeps its line and column.

Refused with their place: aliases (a short file could say exponentially much), tags, members that
stand twice, and whatever YAML would turn into a float, a date or a truth value by mistake.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import yaml

from rootprint.ledger.core.canonical import MAX_DEPTH
from rootprint.ledger.core.errors import TooLarge
from rootprint.ledger.intake.inventory.problems import Document, Faults, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rootprint.ledger.intake.inventory.problems import Path

_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_NODES: Final = 400_000
_INTEGER: Final = re.compile(r"-?(0|[1-9][0-9]{0,14})")
_UTF8: Final = "save it as text in UTF-8"
_WRONG: Final = {
    "float": ("is an unquoted decimal", "put it in quotes, so that no digit is lost"),
    "timestamp": ("is an unquoted time", "put it in quotes"),
    "int": ("is an unquoted number", "put it in quotes"),
    "bool": ("is a word that YAML takes for true or false", "quote it, or write true or false"),
    "null": ("has no value", "give it one, or leave the member out"),
    "merge": ("is a merge", "write the members out"),
}


def read_yaml_inventory(data: bytes, *, where: str) -> Document:
    """Return a YAML file's members and what is wrong with them so far.

    Raises TooLarge beyond 16 levels or 400,000 values, InventoryProblems for what is no YAML.
    """
    value, faults = read_yaml_value(data, where=where)
    if not isinstance(value, dict):
        what = "is not a mapping of members" if data.strip() else "is empty"
        at = faults.places.get((), Place(1, 1))
        faults.add((), what, "see docs/inventory.md for the template", at=at)
        faults.settle()
    return Document(value, faults)


def read_yaml_value(data: bytes, *, where: str) -> tuple[Any, Faults]:
    """Return what a YAML file says, and what is wrong with that: all of it, for who reads on.

    Raises TooLarge beyond 16 levels or 400,000 values.
    """
    faults = Faults(where)
    value: Any = None
    if not _in_utf8(data, faults):
        return value, faults
    try:
        value = _Reader(faults, yaml.parse(data, Loader=_LOADER)).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = Place() if mark is None else Place(mark.line + 1, mark.column + 1)
        faults.add((), f"is not YAML here: {error.problem or error.context}", "correct it", at=at)
    except yaml.reader.ReaderError as error:
        at = Place(data.count(b"\n", 0, error.position) + 1, 1)
        faults.add((), f"is not YAML here: {error.reason}", _UTF8, at=at)
    except (yaml.YAMLError, ValueError) as error:
        faults.add((), f"is not YAML: {error}", _UTF8, at=Place(1, 1))
    return value, faults


def _in_utf8(data: bytes, faults: Faults) -> bool:
    """Tell whether it is; UTF-16, which YAML's reader may guess, is refused as in CSV."""
    try:
        wrong = data[: data.find(b"\0")] if b"\0" in data else None
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        wrong = data[: error.start]
    if wrong is not None:
        faults.add((), "is not UTF-8", _UTF8, at=Place(wrong.count(b"\n") + 1, 1))
    return wrong is None


class _Reader:
    """Builds plain values from YAML's events. Depth is bounded, so recursion is too."""

    def __init__(self, faults: Faults, events: Iterator[Any]) -> None:
        self._faults, self._events = faults, events
        self._nodes = 0
        self._resolver: Any = yaml.SafeLoader("")

    def document(self) -> Any:
        value, seen = None, False
        for event in self._events:
            if isinstance(event, yaml.NodeEvent):
                value = self._node(event, ())
            elif isinstance(event, yaml.DocumentStartEvent):
                if seen:
                    at = _place(event)
                    self._faults.add((), "holds a second document", "keep one a file", at=at)
                    return value
                seen = True
        return value

    def _node(self, event: Any, path: Path) -> Any:
        if len(path) >= MAX_DEPTH:
            message = f"{self._faults.where} is nested deeper than {MAX_DEPTH} levels"
            raise TooLarge(message)
        self._nodes += 1
        if self._nodes > MAX_NODES:
            message = f"{self._faults.where} has more than {MAX_NODES} values"
            raise TooLarge(message, remedy="split it: cite intermediate products as inputs")
        self._faults.places.setdefault(path, _place(event))
        if isinstance(event, yaml.AliasEvent):
            self._faults.add(path, "is an alias", "write out what it stands for")
            return None
        if event.tag is not None:
            self._faults.add(path, "has a tag", "leave the tag out")
        if isinstance(event, yaml.SequenceStartEvent):
            return [
                self._node(item, (*path, index))
                for index, item in enumerate(self._until(yaml.SequenceEndEvent))
            ]
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        return self._scalar(event, path)

    def _until(self, end: type[Any]) -> Iterator[Any]:
        for event in self._events:
            if isinstance(event, end):
                return
            yield event

    def _mapping(self, path: Path) -> dict[str, Any]:
        members: dict[str, Any] = {}
        for key in self._until(yaml.MappingEndEvent):
            known = isinstance(key, yaml.ScalarEvent)
            name = str(key.value) if known else "?"
            twice = not known or name in members
            if not known:
                self._node(key, (*path, name))
                self._faults.add((*path, name), "is no member name", "use a word as name")
            elif twice:
                self._faults.add(
                    (*path, name), "stands twice", "leave one of the two", at=_place(key)
                )
            else:
                self._faults.places[*path, name] = _place(key)
            event = next(self._events)
            if isinstance(event, yaml.ScalarEvent) and not twice:
                self._faults.places[*path, name] = _place(event)
            value = self._node(event, (*path, name))
            if not twice:
                members[name] = value
        return members

    def _scalar(self, event: Any, path: Path) -> Any:
        text: str = event.value
        tag = self._resolver.resolve(yaml.ScalarNode, text, (event.implicit[0], False))
        kind = str(tag).rpartition(":")[2]
        if kind == "int" and _INTEGER.fullmatch(text):
            return int(text)
        if kind == "bool" and text.lower() in {"true", "false"}:
            return text.lower() == "true"
        if kind in _WRONG:
            self._faults.add(path, *_WRONG[kind])
        return text


def _place(event: Any) -> Place:
    return Place(event.start_mark.line + 1, event.start_mark.column + 1)
