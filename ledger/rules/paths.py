"""Where a test looks: dotted paths into the draft, a line of it, or what that line cites.

``draft.validUntil`` is a member of the envelope, ``subject.pcf.exemptedEmissionsPercent`` of the
statement's subject, ``line.stage`` of the line under judgement, ``cited.basis`` of the subject
that this line cites. A step on a list goes to each of its items.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Final

ROOTS: Final = ("draft", "subject", "line", "cited")
# As in statements: plain decimals only, so that no exponent can blow up a number.
_DECIMAL = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?", re.ASCII)
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", re.ASCII)


@dataclass(frozen=True)
class Scope:
    """What paths are read from. ``known`` maps a cited digest to that statement's subject."""

    draft: Mapping[str, Any]
    known: Mapping[str, Mapping[str, Any]]
    line: Mapping[str, Any] | None = None

    @property
    def subject(self) -> Mapping[str, Any]:
        """The draft's subject; empty if it has none."""
        subject = self.draft.get("credentialSubject")
        return subject if isinstance(subject, Mapping) else {}

    def at(self, line: Mapping[str, Any]) -> Scope:
        """Return the scope of one line."""
        return replace(self, line=line)

    @property
    def cited_digest(self) -> str | None:
        """The digest that the line cites, if it cites one."""
        source = {} if self.line is None else self.line.get("source")
        if not isinstance(source, Mapping):
            return None
        digest = source.get("statement") or source.get("factor")
        return digest if isinstance(digest, str) else None

    @property
    def cited_unknown(self) -> bool:
        """Whether the line cites something that is not at hand."""
        digest = self.cited_digest
        return digest is not None and digest not in self.known

    def values(self, path: str) -> list[Any]:
        """Return every value at ``path``; empty if there is none. Empty texts and lists are none.

        Asking for ``cited`` of a line that cites nothing is asking for what is not there.
        """
        root, *steps = path.split(".")
        values: list[Any] = [self._root(root)]
        for step in steps:
            values = [
                item[step]
                for value in values
                for item in _items(value)
                if isinstance(item, Mapping) and step in item
            ]
        flat = [item for value in values for item in _items(value)]
        return [item for item in flat if item is not None and item not in ("", {}, [])]

    def _root(self, root: str) -> Any:
        if root == "draft":
            return self.draft
        if root == "subject":
            return self.subject
        if root == "line":
            return self.line
        digest = self.cited_digest
        return None if digest is None else self.known.get(digest)


def decimal(value: Any) -> Fraction | None:
    """Return a plain decimal's exact value, or None for anything else."""
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        return Fraction(value)
    return None


def places(value: str) -> int:
    """Return how many decimal places a plain decimal is written with."""
    return len(value.partition(".")[2])


def is_time(value: Any) -> bool:
    """Tell whether ``value`` is RFC 3339 in UTC with whole seconds; such texts sort by time."""
    return isinstance(value, str) and _TIME.fullmatch(value) is not None


def years_after(time: str, years: int) -> str:
    """Return the same moment ``years`` later (from 29 February it sorts as the day after 28th)."""
    return f"{int(time[:4]) + years:04d}{time[4:]}"


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
