"""Reading many paths in one pass, as a pack asks for: most lead to a text, or to nothing.

Only what is plain is read ahead: a text, or a member that is not there. What goes through a list or
to one, and what is hidden, is left for ``Path.read`` when somebody asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from rootprint.ledger.rules.parameters import PATH
from rootprint.ledger.rules.paths import ROOTS, path_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rootprint.ledger.rules.paths import Path, Scope

_NONE: Final[Sequence[Any]] = ()


class Branch(NamedTuple):
    """A member that paths lead to (``ending``) or through (``further``); ``all`` are both."""

    member: str
    ending: Path | None
    further: tuple[Branch, ...]
    all: tuple[Path, ...]


class Ahead:
    """The paths of a pack's tests, by root, ready to be read from a scope and its lines."""

    def __init__(self, tests: Iterable[Mapping[str, Any]]) -> None:
        paths = {path_of(text) for test in tests for text in texts(test) if PATH.holds(text)}
        self._trees = {
            root: branches([path for path in paths if path.root == root]) for root in ROOTS
        }

    def read(self, scope: Scope) -> None:
        """Note what is plain in a draft, and have its lines do the same when they are asked for.

        Once a scope: what another pack reads beside is read when it is asked for.
        """
        if scope.ahead is not None:
            return
        _note(scope.draft, self._trees["draft"], scope.seen)
        _note(scope.subject, self._trees["subject"], scope.seen)
        scope.ahead = self.read_line

    def read_line(self, line: Scope) -> None:
        """Note what is plain in a line and in what it cites."""
        _note(line.line, self._trees["line"], line.seen)
        _note(line.cited, self._trees["cited"], line.seen)


def texts(test: Any) -> Iterator[str]:
    """Yield every text within a test."""
    if isinstance(test, str):
        yield test
    elif isinstance(test, dict | list):
        for part in test.values() if isinstance(test, dict) else test:
            yield from texts(part)


def branches(paths: Iterable[Path], depth: int = 0) -> tuple[Branch, ...]:
    """Return the members that these paths of one root lead to, from ``depth`` steps on."""
    groups: dict[str, list[Path]] = {}
    for path in paths:
        groups.setdefault(path.steps[depth], []).append(path)
    found = []
    for member, group in groups.items():
        ending = [path for path in group if len(path.steps) == depth + 1]
        longer = [path for path in group if len(path.steps) > depth + 1]
        further = branches(longer, depth + 1)
        found.append(Branch(member, ending[0] if ending else None, further, tuple(group)))
    return tuple(found)


def _note(value: Any, tree: Sequence[Branch], seen: dict[Path, Sequence[Any]]) -> None:
    """Note in ``seen`` what is plain below an object."""
    if type(value) is not dict:
        return
    for member, ending, further, every in tree:
        one = value.get(member)
        kind = type(one)
        if kind is dict:
            _note(one, further, seen)
            continue
        if one is not None and kind is not str:
            continue
        for path in every:
            seen[path] = _NONE
        if ending is not None and one:
            seen[ending] = (one,)
