"""Which footprints of a file others of it replace, and what is to be done about each.

Source: PACT Technical Specifications 3.0.4, ``precedingPfIds``; the semantic model 9.0.0 of
Catena-X has the member too. A footprint that is refused replaces others all the same: its partner
says that they do not hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rootprint.ledger.partner import catena_x
from rootprint.ledger.partner.document import CATENA_X
from rootprint.ledger.partner.holdable import why_not_holdable
from rootprint.ledger.partner.noted import Note

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rootprint.ledger.core.canonical import Json
    from rootprint.ledger.partner.document import Footprint

_CYCLE: Final = "ask the partner which of them holds: each is said to replace the other"


@dataclass(frozen=True)
class Replacing:
    """``after`` has what replaces a footprint of the file, ``before`` what one replaces; by id."""

    after: Mapping[str, str]
    before: Mapping[str, Sequence[str]]

    def notes(self, made: Sequence[tuple[str, str]], taken: Iterable[str]) -> Iterator[Note]:
        """Yield why each footprint of ``made``, pairs of id and place, that is replaced is refused.

        ``taken`` are the ids that are taken in. The remedy is what is true of the last in the row.
        """
        there = self._reached(taken)
        refused = self._reached(name for name in self.before if name not in self.after)
        for name, place in made:
            if name not in self.after:
                continue
            if name in there:
                remedy = f"nothing to do: {there[name]} is taken in"
            elif name in refused:
                remedy = f"ask the partner for a corrected {refused[name]}, which is not taken in"
            else:
                remedy = _CYCLE
            what = f"is replaced by {self.after[name]}, which is in this file"
            yield Note(f"{place}id", what, remedy)

    def _reached(self, ends: Iterable[str]) -> dict[str, str]:
        """Return which end each footprint before one of ``ends`` leads to: each is seen once."""
        found: dict[str, str] = {}
        for end in ends:
            open_ = [end]
            while open_:
                for name in self.before.get(open_.pop(), ()):
                    if name not in found:
                        found[name] = end
                        open_.append(name)
        return found


def replacing(footprints: Sequence[Footprint]) -> Replacing:
    """Return which footprints of the file replace others of it."""
    said = [_said(one) for one in footprints]
    here = {own for own, _ in said if own is not None}
    after: dict[str, str] = {}
    before: dict[str, dict[str, None]] = {}
    for own, names in said:
        for name in names:
            if own is not None and name != own and name in here:
                after[name] = own
                before.setdefault(own, {})[name] = None
    return Replacing(after, {own: list(names) for own, names in before.items()})


def _said(footprint: Footprint) -> tuple[str | None, list[str]]:
    """Return a footprint's id and those of its predecessors, as far as they are texts."""
    given: Mapping[str, Json] = footprint.members
    if footprint.form == CATENA_X:
        given = catena_x.identity(given)
    own, names = given.get("id"), given.get("precedingPfIds")
    texts = (
        [one.strip() for one in names if isinstance(one, str)] if isinstance(names, list) else []
    )
    if not isinstance(own, str) or not own.strip() or why_not_holdable(own):
        return None, []
    return own.strip(), texts
