"""From the walk's nodes to known unit footprints: what is readable goes on, the rest ends here.

Every number is the signed one. A complete inventory leaves rounding; a hidden one leaves what it
hides, and a line whose statement is not available counts with the result that its issuer signed.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from rootprint.calc.compatibility import UNSTATED
from rootprint.calc.contributions import Composition, Input, Own, Unit, closed
from rootprint.calc.lines import Carbon, Cited, Gas, Line, Published
from rootprint.ledger import figures
from rootprint.ledger.analysis.marks import Mark, Sort
from rootprint.ledger.core.schema.components import EXCLUDING
from rootprint.ledger.figures import Part, Rest
from rootprint.ledger.verify import inputs_first
from rootprint.ledger.verify.checks import arithmetic, assurance

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify import Context, Judged, Node

Exact = Fraction
ARITHMETIC = 8


@dataclass(frozen=True)
class Known:
    """What the walk knows of its subject's making, inputs first; the subject is the last."""

    composition: Composition[Exact]
    nodes: Sequence[Node]
    statements: Sequence[Statement]

    @property
    def subject(self) -> int:
        """The subject's number."""
        return len(self.nodes) - 1

    def number(self, digest: bytes) -> int | None:
        """Return the number of a statement, None if it is not among these."""
        return next((n for n, node in enumerate(self.nodes) if node.digest == digest), None)


def known(judged: Judged) -> Known | None:
    """Return the readable footprints below ``subject`` as units, None if it can't be read.

    Raises CalculationError where the numbers contradict each other, as only on a walk that failed.
    """
    read = inputs_first(judged.subject, judged.nodes)
    if not read:
        return None
    place = {node.digest: number for number, (node, _) in enumerate(read)}
    seen = [node.cited for node, _ in read]
    units: list[Unit[Exact]] = []
    for node, statement in read:
        units.append(_Reader(node, statement, judged.context).unit(place, seen, units))
    first, second = zip(*read, strict=True)
    return Known(Composition(units), first, second)


class _Reader:
    """One statement's parts, per its declared amount."""

    def __init__(self, node: Node, statement: Statement, context: Context) -> None:
        self._node, self._statement, self._context = node, statement, context
        self._pcf: Mapping[str, Any] = statement.subject["pcf"]
        self._parts = figures.parts(statement)
        self._own: list[Own[Exact]] = []
        self._inputs: list[Input[Exact]] = []

    def unit(
        self, place: Mapping[bytes, int], seen: Sequence[Cited], below: Sequence[Unit[Exact]]
    ) -> Unit[Exact]:
        """Return what it is made of; ``seen`` is what lines see of the units ``below``."""
        total = figures.exact(self._pcf["pcfExcludingBiogenicUptake"])
        if self._parts.left is Rest.WHOLE:
            # A factor stands at the end of the line that cites it, and that line was recomputed.
            how = "recomputed" if self._node.cited_by else "signed"
            attested = self._statement.subject["role"] == "attested"
            factor = (
                self._end(Sort.FACTOR, "partner's figure", "unsigned")
                if attested
                else self._end(Sort.FACTOR, "published factor", how)
            )
            return closed(total, [Own(total, factor)], [], below, self._rounding)
        for part in self._parts.lines:
            number = None if part.cites is None else place.get(part.cites)
            self._read(part, number, None if number is None else seen[number])
        return closed(total, self._own, self._inputs, below, self._missing())

    def _read(self, part: Part, number: int | None, upstream: Cited | None) -> None:
        result, checked = _in_total(part.result), self._checked(part.index)
        if part.cites is not None and number is None:
            mark = _mark(Sort.ABSENT, part, result, None, checked)
            self._own.append(Own(_sum(result), mark))
            return
        line = part.line(upstream)
        if number is not None and upstream is not None and not line.credit:
            mark = _mark(Sort.INPUT, part, {}, line, checked)
            self._inputs.append(Input(number, part.scale(upstream), mark))
            return
        how = "unsigned" if isinstance(line.source, Published) else checked
        self._own.append(Own(_sum(result), _mark(Sort.LINE, part, result, line, how)))

    def _checked(self, index: int) -> str:
        if index in self._node.recomputed:
            return "recomputed"
        return "assured" if assurance.stands_in(self._node, arithmetic.LAWS) else "signed"

    def _missing(self) -> Callable[[Exact], Own[Exact]]:
        if self._parts.left is Rest.HIDDEN:
            assured = assurance.stands_in(self._node, arithmetic.LAWS)
            hidden = self._end(Sort.HIDDEN, "hidden inventory", "assured" if assured else "signed")
            return lambda value: Own(value, hidden)
        if self._node.passed(ARITHMETIC):
            return self._rounding
        difference = Mark(Sort.DIFFERENCE, "not recomputed", "signed")
        return lambda value: Own(value, difference)

    def _end(self, sort: Sort, description: str, checked: str) -> Mark:
        """Return the mark of what the statement says without saying how it comes about."""
        subject = self._statement.subject
        sets = {
            item["set"]: figures.exact(item["share"]) for item in subject["characterizationSets"]
        }
        return Mark(
            sort,
            description,
            checked,
            components=_in_total(self._parts.rest()),
            primary=figures.exact(self._pcf["primaryDataShare"]),
            ratings=figures.ratings(self._pcf.get("dqi")),
            unstated=sets.get(UNSTATED, Fraction(0)) / 100,
        )

    @staticmethod
    def _rounding(value: Exact) -> Own[Exact]:
        return Own(value, Mark(Sort.ROUNDING, "rounding", "recomputed"), counts=False)


def _mark(
    sort: Sort, part: Part, result: Mapping[str, Fraction], line: Line | None, checked: str
) -> Mark:
    source = None if line is None else line.source
    return Mark(
        sort,
        part.written["description"],
        checked,
        stage=part.written["stage"],
        line=part.index,
        components=result,
        primary=None if line is None else line.primary_share,
        ratings=figures.ratings(part.written.get("quality")),
        unstated=Fraction(int(isinstance(source, Published))),
        gas=_gas(source),
        published=isinstance(source, Published),
    )


def _gas(source: object) -> str | None:
    if isinstance(source, Carbon):
        return next(iter(source.flows))  # the biogenic part is outside of the total
    return source.name if isinstance(source, Gas) else None


def _in_total(components: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Return the components that make up pcfExcludingBiogenicUptake."""
    return {name: value for name, value in components.items() if name in EXCLUDING}


def _sum(components: Mapping[str, Fraction]) -> Fraction:
    return sum(components.values(), Fraction(0))
