"""Known unit footprints and what each is made of, inputs first.

``total = Σ own + Σ scale · total of what is cited`` holds for every unit, by construction:
``closed`` turns what is missing into an own part that says why it is there.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import fsum
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

import numpy as np

from rootprint.calc.errors import CalculationError
from rootprint.calc.graph import Change, Composed, Graph, NotFinite

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rootprint.calc.graph import Floats

N = TypeVar("N", Fraction, float)
COUNTABLE: Final = 10**15  # paths double with every diamond; beyond this their number says nothing


def double(value: Fraction | float) -> float:
    """Return the nearest double; raises NotFinite where there is none."""
    try:
        return float(value)
    except OverflowError as error:
        message = "an amount is beyond what a double holds"
        raise NotFinite(message) from error


@dataclass(frozen=True)
class Own(Generic[N]):
    """What ends at a footprint, in kg CO2e per its declared amount. ``label`` is the caller's.

    ``counts`` is False for what is no contribution of its own: rounding.
    """

    value: N
    label: Any
    counts: bool = True


@dataclass(frozen=True)
class Input(Generic[N]):
    """``scale`` declared amounts (not less than 0) of the unit numbered ``cited``."""

    cited: int
    scale: N
    label: Any


@dataclass(frozen=True)
class Unit(Generic[N]):
    """A footprint per declared amount, in kg CO2e, and its parts. Made by ``closed``."""

    total: N
    own: tuple[Own[N], ...]
    inputs: tuple[Input[N], ...]

    @property
    def is_end(self) -> bool:
        """Whether there is nothing to look into: at most one part, and that its own."""
        return not self.inputs and sum(own.counts for own in self.own) <= 1


@dataclass(frozen=True)
class Part(Generic[N]):
    """One part of a tier-1 split; ``cited`` is None for an own part."""

    value: N
    label: Any
    cited: int | None


def closed(
    total: N,
    own: Sequence[Own[N]],
    inputs: Sequence[Input[N]],
    below: Sequence[Unit[N]],
    missing: Callable[[N], Own[N]],
) -> Unit[N]:
    """Return the unit whose parts sum to ``total``; ``missing`` makes the part that was not said.

    ``below`` are the units numbered so far.
    """
    known = [part.value for part in own]
    known += [part.scale * below[part.cited].total for part in inputs]
    rest = total - _sum(known, total * 0)
    parts = list(own)
    if rest:
        parts.append(missing(rest))
    return Unit(total, tuple(parts), tuple(inputs))


def _sum(values: Sequence[N], zero: N) -> N:
    if isinstance(zero, float):
        return fsum(values)
    return sum(values, zero)


class Composition(Generic[N]):
    """Units numbered so that each stands after what it cites (NotEarlier if not).

    ``edges`` are citing, cited and scale of every input, in order. Raises CalculationError for a
    negative scale: with it, |contributions| of two ways to one unit would not add.
    """

    def __init__(self, units: Sequence[Unit[N]]) -> None:
        self.units: tuple[Unit[N], ...] = tuple(units)
        edges = [
            (number, part.cited, double(part.scale))
            for number in range(len(self.units))
            for part in self.units[number].inputs
        ]
        if any(scale < 0 for _, _, scale in edges):
            message = "an input takes less than nothing"
            raise CalculationError(message, remedy="a credit is an own part with a negative value")
        self.graph = Graph.of(len(self.units), edges)
        self.edges = (
            np.array([edge[0] for edge in edges], dtype=np.int32),
            np.array([edge[1] for edge in edges], dtype=np.int32),
            np.array([edge[2] for edge in edges], dtype=np.float64),
        )

    def __getitem__(self, number: int) -> Unit[N]:
        return self.units[number]

    def parts(self, number: int) -> list[Part[N]]:
        """Return the tier-1 split; it sums to the unit's total, in exact numbers exactly."""
        split: list[Part[N]] = []
        for own in self.units[number].own:
            split.append(Part(own.value, own.label, None))  # noqa: PERF401 - mypy and constraints
        for part in self.units[number].inputs:
            value = part.scale * self.units[part.cited].total
            split.append(Part(value, part.label, part.cited))
        return split

    @cached_property
    def gross(self) -> Floats:
        """Σ |contribution| of each unit, in kg CO2e: its total, if nothing in it is negative.

        NotFinite where no double holds it.
        """
        own = [fsum(abs(double(part.value)) for part in unit.own) for unit in self.units]
        return self.graph.footprints(np.array(own))

    @cached_property
    def ends(self) -> list[int]:
        """How many contributions each unit has along all paths, at most COUNTABLE."""
        ends: list[int] = []
        for unit in self.units:
            below = sum(ends[part.cited] for part in unit.inputs)
            count = below + sum(own.counts for own in unit.own)
            ends.append(min(COUNTABLE, 1 if unit.is_end else count))
        return ends

    def folded(self, into: Callable[[int], bool]) -> Composition[N]:
        """Return the same totals with every input that ``into`` names as a part of its citing unit.

        The folded input's label stays; grouping then counts it with whoever takes it.
        """
        return Composition([self._folded(unit, into) for unit in self.units])

    def _folded(self, unit: Unit[N], into: Callable[[int], bool]) -> Unit[N]:
        own, inputs = list(unit.own), []
        for part in unit.inputs:
            if into(part.cited):
                own.append(Own(part.scale * self.units[part.cited].total, part.label))
            else:
                inputs.append(part)
        return Unit(unit.total, tuple(own), tuple(inputs))

    def ending(self, at: Mapping[int, Any]) -> Composition[N]:
        """Return the same totals with each unit that ``at`` numbers as one own part, so labelled.

        For a grouping that knows such a unit's whole total without looking into it.
        """
        return Composition(
            [
                Unit(unit.total, (Own(unit.total, at[number]),), ()) if number in at else unit
                for number, unit in enumerate(self.units)
            ]
        )

    def what_changes(self, number: int, total: float) -> Change:
        """Return every footprint that changes if this unit's total becomes ``total``.

        As if all of the change were its own: what it cites stays. Its own change included.
        """
        own = np.array([fsum(double(part.value) for part in unit.own) for unit in self.units])
        composed = Composed(self.graph, own)
        return composed.what_changes(number, total - float(composed.footprints[number]))
