"""Small changes to JSON values, texts and bytes, each with the place it was made at.

Whoever takes a change builds it: the generators only describe, so that several processes can
share one list.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Path = tuple[str | int, ...]
_TURNS = ("0123456789", "abcdef", "ghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")


@dataclass(frozen=True)
class Change:
    """What to do at a path of a JSON value; ``apply`` returns the new item there.

    ``member`` is the one that is left out, where one is.
    """

    path: Path
    what: str
    apply: Callable[[Any], Any]
    member: str | None = None

    def to(self, value: Any) -> Any:
        """Return ``value`` with the change; what it does not touch is shared, not copied."""
        return replaced(value, self.path, self.apply)

    @property
    def place(self) -> str:
        """The path with indices left out: ``statements[].proof``."""
        path = self.path if self.member is None else (*self.path, self.member)
        text = "".join("[]" if isinstance(step, int) else f".{step}" for step in path)
        return text.removeprefix(".") or "the whole"


def replaced(value: Any, path: Path, apply: Callable[[Any], Any]) -> Any:
    """Return ``value`` with the item at ``path`` replaced by what ``apply`` makes of it."""
    if not path:
        return apply(value)
    copy = value.copy()
    copy[path[0]] = replaced(value[path[0]], path[1:], apply)
    return copy


def json_changes(value: Any, path: Path = ()) -> Iterator[Change]:
    """Change every path of a JSON value at least once, by what stands there.

    Texts: a character turned at the beginning, in the middle and at the end, and one cut off.
    Numbers and truth values: another one. Objects: each member left out, an unknown one put in.
    Arrays: each item left out, doubled, swapped with its neighbour.
    """
    if isinstance(value, str):
        yield from text_changes(value, path)
    elif isinstance(value, bool):
        yield Change(path, "negated", lambda old: not old)
    elif isinstance(value, int):
        yield Change(path, "plus one", lambda old: old + 1)
        yield Change(path, "minus one", lambda old: old - 1)
    elif isinstance(value, dict):
        yield Change(path, "unknown member", lambda old: {**old, "unknown": 1})
        for name, member in value.items():
            yield Change((*path, name), "null", lambda _old: None)
            yield Change(path, f"without {name}", _without(name), name)
            yield from json_changes(member, (*path, name))
    elif isinstance(value, list):
        yield from _array_changes(value, path)


def text_changes(value: str, path: Path) -> Iterator[Change]:
    """Turn a character at the beginning, in the middle and at the end; cut one off."""
    for place in sorted({0, len(value) // 2, len(value) - 1}) if value else ():
        yield Change(path, f"character {place}", lambda old, place=place: turned(old, place))
    yield Change(path, "cut", lambda old: old[:-1])


def turned(text: str, place: int) -> str:
    """Return the text with one character replaced by the next of its own kind."""
    old = text[place]
    turn = next((turn for turn in _TURNS if old in turn), f"{old}x" if old != "x" else "xy")
    new = turn[(turn.index(old) + 1) % len(turn)]
    return text[:place] + new + text[place + 1 :]


def byte_changes(data: bytes, count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Flip, leave out or insert one random byte, ``count`` times, the same for the same seed."""
    chance = random.Random(seed)
    for _ in range(count):
        place, kind = chance.randrange(len(data)), chance.choice(("flip", "leave out", "insert"))
        byte = chance.randrange(1, 256)
        if kind == "flip":
            middle = bytes([data[place] ^ byte])
        else:
            middle = b"" if kind == "leave out" else bytes([byte, data[place]])
        yield f"{kind} at {place}", data[:place] + middle + data[place + 1 :]


def _array_changes(value: list[Any], path: Path) -> Iterator[Change]:
    for index, item in enumerate(value):
        yield Change(path, f"without [{index}]", _without_item(index))
        yield Change(path, f"[{index}] twice", _doubled(index))
        if index and value[index - 1] != item:
            yield Change(path, f"[{index - 1}] and [{index}] swapped", _swapped(index))
        yield from json_changes(item, (*path, index))


def _without(name: str) -> Callable[[Any], Any]:
    return lambda old: {key: member for key, member in old.items() if key != name}


def _without_item(index: int) -> Callable[[Any], Any]:
    return lambda old: old[:index] + old[index + 1 :]


def _doubled(index: int) -> Callable[[Any], Any]:
    return lambda old: old[: index + 1] + old[index:]


def _swapped(index: int) -> Callable[[Any], Any]:
    return lambda old: [*old[: index - 1], old[index], old[index - 1], *old[index + 1 :]]
