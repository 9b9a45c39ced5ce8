"""The part of an evidence file that is a text with a form of its own: a signed checkpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.mutations.changes import Change, Path, text_changes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def note_changes(text: str, path: Path) -> Iterator[Change]:
    """Change every line of a checkpoint: turned, cut, left out, doubled, swapped; its size ± 1."""
    lines = text.split("\n")
    names = _line_names(lines)
    for number, (line, name) in enumerate(zip(lines, names, strict=True)):

        def put(new: str, number: int = number) -> str:
            return "\n".join([*lines[:number], new, *lines[number + 1 :]])

        yield from _inner(line, (*path, name), path, put) if line else ()
        if name == "size":
            for more in (-1, 1):
                yield _whole(path, name, f"{more:+}", put(f"{int(line) + more}"))
        yield _whole(path, name, "left out", "\n".join(lines[:number] + lines[number + 1 :]))
        yield _whole(path, name, "twice", "\n".join(lines[: number + 1] + lines[number:]))
        if number and line != lines[number - 1]:
            swapped = [*lines[: number - 1], line, lines[number - 1], *lines[number + 1 :]]
            label = name if names[number - 1] == "signature" else names[number - 1]
            yield _whole(path, label, f"lines {number - 1} and {number}", "\n".join(swapped))


def _line_names(lines: list[str]) -> list[str]:
    log, names = lines[0], ["origin", "size", "root"]
    for line in lines[3:]:
        if not line:
            names.append("blank")
        else:
            names.append("signature" if line.split(" ")[1] == log else "unknown signature")
    return names


def _inner(text: str, where: Path, path: Path, put: Callable[[str], str]) -> Iterator[Change]:
    for change in text_changes(text, where):
        yield Part(path, where, change.what, put(change.apply(text)))


def _whole(path: Path, name: str, what: str, text: str) -> Change:
    return Part(path, (*path, name), what, text)


class Part(Change):
    """A change inside a text: the text is replaced, the place says where inside."""

    def __init__(self, path: Path, where: Path, what: str, text: str) -> None:
        super().__init__(path, what, lambda _old: text)
        object.__setattr__(self, "_where", where)

    @property
    def place(self) -> str:
        """The path into the text."""
        where: Any = self._where  # type: ignore[attr-defined]
        return Change(where, "", self.apply).place
