"""Where a test looks: dotted paths into the draft, a line of it, or what that line cites.

``draft.validUntil`` is a member of the envelope, ``subject.pcf.exemptedEmissionsPercent`` of the
statement's subject, ``line.stage`` of the line under judgement, ``cited.basis`` of the subject
that this line cites. A step on a list goes to each of its items.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

ROOTS: Final = ("draft", "subject", "line", "cited")
SLOT: Final = "..."
_NOTHING: Final[Mapping[str, Any]] = {}


class Unseen(Exception):
    """What a path leads to is hidden, or is in a statement that is not available."""


class Scope:
    """What paths are read from: a draft, its subject, and where it is one, a line of it.

    ``known`` maps the digests of cited statements to their subjects.
    """

    __slots__ = ("_lines", "cited", "draft", "known", "line", "seen", "subject", "uncited")

    def __init__(
        self,
        draft: Mapping[str, Any],
        known: Mapping[str, Mapping[str, Any]],
        line: Mapping[str, Any] | None = None,
    ) -> None:
        subject = draft.get("credentialSubject")
        self.draft, self.known, self.line = draft, known, line
        self.subject = subject if isinstance(subject, Mapping) else _NOTHING
        self.cited: Mapping[str, Any] | None = None
        self.uncited = False  # whether the line cites something that is not available
        self.seen: dict[Path, Sequence[Any]] = {}  # what was read, as several tests read the same
        self._lines: list[Scope] | None = None
        if line is not None and (digest := cited_digest(line)) is not None:
            self.cited = known.get(digest)
            self.uncited = self.cited is None

    @property
    def lines(self) -> list[Scope]:
        """The lines of the inventory, each in its scope; raises Unseen if any is hidden."""
        if self._lines is None:
            lines = self.subject.get("inventory")
            lines = lines if isinstance(lines, list) else []
            if any(not isinstance(line, Mapping) or SLOT in line for line in lines):
                raise Unseen("its inventory is hidden")
            self._lines = [Scope(self.draft, self.known, line) for line in lines]
        return self._lines


def cited_digest(line: Mapping[str, Any]) -> str | None:
    """Return the digest that a line cites, None if it cites nothing."""
    source = line.get("source")
    if not isinstance(source, Mapping):
        return None
    digest = source.get("statement") or source.get("factor")
    return digest if isinstance(digest, str) else None


class Path:
    """A dotted path, split once."""

    __slots__ = ("asks_cited", "root", "steps", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.root, *steps = text.split(".")
        self.steps = tuple(steps)
        self.asks_cited = self.root == "cited"

    def values(self, scope: Scope) -> Sequence[Any]:
        """Return every value there is: empty texts, lists, objects and null are none.

        Asking for ``cited`` of a line that cites nothing is asking for what is not there. Raises
        Unseen where the path meets a hidden slot, or the citation is not available.
        """
        found = scope.seen.get(self)
        if found is None:
            found = scope.seen[self] = self._read(scope)
        return found

    def _read(self, scope: Scope) -> Sequence[Any]:
        value: Any = getattr(scope, self.root)
        if value is None and self.asks_cited and scope.uncited:
            raise Unseen("what the line cites is not available")
        for number, step in enumerate(self.steps):
            if type(value) is dict:
                value = value.get(step)
                if value is None:
                    return ()
            else:
                return _spread(value, self.steps[number:])
        if type(value) is list:
            return _spread(value, ())
        return () if value in ("", {}) else (value,)


@lru_cache(4096)
def path_of(text: str) -> Path:
    """Return the one path of this text, so that a scope reads it once."""
    return Path(text)


def _spread(value: Any, steps: tuple[str, ...]) -> list[Any]:
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
