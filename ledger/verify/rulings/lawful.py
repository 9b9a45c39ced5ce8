"""From what a law finds of the open lines to what a check says: a ruling, and notices."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from rootprint.calc.laws import Weight
from rootprint.ledger.verify.laws import Ruling, Unseen, broken, held, not_applicable, not_checkable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rootprint.calc.compatibility import Terms
    from rootprint.calc.laws import Finding
    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify.node import Citation, Node

    Lines = Mapping[int, tuple[Mapping[str, Any], Terms | None]]

MOST_RUNS = 8


def known_lines(statement: Statement, taken: Sequence[tuple[Citation, Node | None]]) -> Lines:
    """Return the open lines with the terms of what each cites, but for those that are not known.

    ``taken`` are the citations of these lines, each with what it cites where that is on the walk.
    """
    lines: dict[int, tuple[Mapping[str, Any], Terms | None]]
    lines = {number: (line, None) for number, line in statement.opened.lines.items()}
    for citation, cited in taken:
        if cited is not None and cited.readable is not None and cited.is_footprint:
            lines[citation.line] = lines[citation.line][0], cited.terms
        else:
            del lines[citation.line]
    return lines


def whole(statement: Statement, lines: Lines) -> bool:
    """Whether every line is open, and among those that are known."""
    return statement.opened.complete and len(lines) == len(statement.opened.lines)


def ruling(law: int, findings: Sequence[Finding], *, complete: bool, applies: bool) -> Ruling:
    """Return what the findings come to; what is no breach is a notice.

    ``complete`` says that everything was seen, ``applies`` that something of what was seen is what
    the law is about.
    """
    if not findings and complete:
        return held(law) if applies else not_applicable(law)
    breach = next((one for one in findings if one.weight is Weight.BROKEN), None)
    if breach is not None:
        return broken(law, _sentence(breach.lines[:1], breach.what))
    lesser = [one for one in findings if one.weight is not Weight.BROKEN]
    notices = []
    for what, same in groupby(sorted(lesser, key=lambda one: one.what), lambda one: one.what):
        lines = sorted({line for one in same for line in one.lines})
        notices.append(f"law {law}: {_sentence(lines, what)}")
    if any(one.weight is Weight.UNSAID for one in findings):
        found = not_checkable(law, "something that it asks for is not said", Unseen.UNSAID)
    elif not complete:
        found = not_checkable(law, "not every line and input is open", Unseen.HIDDEN)
    else:
        found = held(law) if applies else not_applicable(law)
    return found.noting(*notices)


def named(lines: Sequence[int]) -> str:
    """Name rising line numbers: line 4; lines 0 to 2, 5; not all of them where they are many."""
    runs: list[tuple[int, int]] = []
    for line in lines:
        if runs and runs[-1][1] == line - 1:
            runs[-1] = (runs[-1][0], line)
        else:
            runs.append((line, line))
    shown = [str(a) if a == b else f"{a} to {b}" for a, b in runs[:MOST_RUNS]]
    more = sum(b - a + 1 for a, b in runs[MOST_RUNS:])
    noun = "line" if len(lines) == 1 else "lines"
    return f"{noun} {', '.join(shown)}{f' and {more} more' if more else ''}"


def _sentence(lines: Sequence[int], what: str) -> str:
    return f"{named(lines)}: {what}" if lines else what
