"""Where a test looks: dotted paths into the draft, a line of it, or what that line cites.

``draft.validUntil`` is a member of the envelope, ``subject.pcf.exemptedEmissionsPercent`` of the
statement's subject, ``line.stage`` of the line under judgement, ``cited.basis`` of the subject
that this line cites. A step on a list goes to each of its items.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

ROOTS: Final = ("draft", "subject", "line", "cited")
SLOT: Final = "..."
_NONE: Final[Sequence[Any]] = ()
UNCITED: Final = "what the line cites is not available"
_NOTHING: Final[Mapping[str, Any]] = {}


class Unseen(Exception):
    """What a path leads to is hidden, or is in a statement that is not available."""


class Kinds(NamedTuple):
    """Of each line the number of those that are alike, and what was found of such a line before.

    ``found`` is by test, by kind of the line, and by ``draft`` where the test reads of the draft.
    """

    of_lines: Sequence[int]
    found: dict[tuple[int, int, int], Any]
    draft: int


class Scope:
    """What paths are read from: a draft, its subject, and where it is one, a line of it.

    ``known`` maps the digests of cited statements to their subjects; ``shared`` is, of a line, what
    was read of the draft.
    """

    __slots__ = (
        "_lines", "ahead", "cited", "draft", "kinds", "known", "line", "seen", "shared", "states",
        "subject", "uncited",
    )  # fmt: skip

    def __init__(
        self,
        draft: Mapping[str, Any],
        known: Mapping[str, Mapping[str, Any]],
        line: Mapping[str, Any] | None = None,
        shared: dict[Path, Sequence[Any]] | None = None,
    ) -> None:
        self.draft, self.known, self.line, self.shared = draft, known, line, shared
        subject = draft.get("credentialSubject")
        self.subject: Mapping[str, Any] = subject if isinstance(subject, Mapping) else _NOTHING
        self.cited: Mapping[str, Any] | None = None
        self.uncited = False  # whether the line cites something that is not available
        self.seen: dict[Path, Sequence[Any]] = {}  # what was read, as several tests read the same
        self.ahead: Callable[[Scope], None] | None = None  # what reads a line's members at once
        self.states: dict[int, Any] = {}  # of rules that several packs have, by ``id`` of the test
        self.kinds: Kinds | None = None  # which lines are alike, where it was looked at
        self._lines: list[Scope] | None = None
        if line is not None and (digest := cited_digest(line)) is not None:
            self.cited = known.get(digest)
            self.uncited = self.cited is None

    def look(self) -> list[Scope] | None:
        """Return the lines, None where any is hidden."""
        try:
            return self.lines
        except Unseen:
            return None

    @property
    def lines(self) -> list[Scope]:
        """The lines of the inventory, each in its scope; raises Unseen if any is hidden."""
        if self._lines is None:
            lines = self.subject.get("inventory")
            lines = lines if isinstance(lines, list) else []
            if any(not isinstance(line, Mapping) or SLOT in line for line in lines):
                raise Unseen("its inventory is hidden")
            self._lines = [Scope(self.draft, self.known, line, self.seen) for line in lines]
            if self.ahead is not None:
                for line in self._lines:
                    self.ahead(line)
        return self._lines


def cited_digest(line: Mapping[str, Any]) -> str | None:
    """Return the digest that a line cites, None if it cites nothing."""
    source = line.get("source")
    if not isinstance(source, Mapping):
        return None
    digest = source.get("statement")
    if digest is None:
        digest = source.get("factor")
    return digest if isinstance(digest, str) else None


class Path:
    """A dotted path, split once."""

    __slots__ = ("asks_cited", "of_line", "root", "steps", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.root, *steps = text.split(".")
        self.steps = tuple(steps)
        self.asks_cited = self.root == "cited"
        self.of_line = self.root in {"line", "cited"}

    def values(self, scope: Scope) -> Sequence[Any]:
        """Return every value there is: empty texts, lists, objects and null are none.

        Asking for ``cited`` of a line that cites nothing is asking for what is not there. Raises
        Unseen where the path meets a hidden slot, or the citation is not available.
        """
        found = scope.seen.get(self)
        return self.read(scope) if found is None else found

    def look(self, scope: Scope) -> Sequence[Any] | None:
        """Return what ``values`` does, None where it raises Unseen."""
        found = scope.seen.get(self)
        if found is None:
            try:
                found = self.read(scope)
            except Unseen:
                return None
        return found

    def read(self, scope: Scope) -> Sequence[Any]:
        """Return what ``values`` does, where it was not read before."""
        found: Sequence[Any] | None
        shared = None if self.of_line else scope.shared
        if shared is not None and self in shared:
            found = scope.seen[self] = shared[self]
            return found
        value: Any = getattr(scope, self.root)
        if value is None and self.asks_cited and scope.uncited:
            raise Unseen(UNCITED)
        found = _NONE if value is None else None
        for step in self.steps:
            if type(value) is not dict:
                break
            value = value.get(step)
            if value is None:
                found = _NONE
                break
        else:
            if type(value) is str:
                found = (value,) if value else _NONE
        if found is None:  # through a list or to one: from the root again, item by item
            found = spread(getattr(scope, self.root), self.steps)
        scope.seen[self] = found
        if shared is not None:
            shared[self] = found
        return found


@lru_cache(4096)
def path_of(text: str) -> Path:
    """Return the one path of this text, so that a scope reads it once."""
    return Path(text)


def spread(value: Any, steps: Sequence[str]) -> list[Any]:
    """Return what a path leads to from ``value``, through lists item by item; raises Unseen."""
    values = _items(value)
    for step in steps:
        values = [
            item
            for one in values
            if isinstance(one, Mapping) and one.get(step) is not None
            for item in _items(one[step])
        ]
    return [value for value in values if value not in ("", {}, [])]


def _items(value: Any) -> list[Any]:
    if not isinstance(value, list):
        return [value]
    if any(isinstance(item, Mapping) and SLOT in item for item in value):
        raise Unseen("a member that it looks at is hidden")
    return [item for item in value if item is not None]
