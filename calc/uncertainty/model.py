"""What is uncertain in a graph of footprints: each line's own figure, each value without lines.

A footprint is the sum over its lines of amount × unit factor × upstream value, plus what it says
without lines, and all of it per what a process made; so it is linear in each parameter but for the
outputs, and a path through the graph meets a parameter once. Both facts carry the analysis: means
are exact, sensitivities are contributions.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from rootprint.calc.errors import CalculationError
from rootprint.calc.uncertainty.draws import Draws
from rootprint.calc.uncertainty.streams import words_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rootprint.calc.uncertainty.spreads import Spreads

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

OWN: Final = -1  # in ``cited``: the line cites no footprint
VALUE: Final = -1  # as a parameter's position: the statement's value itself, not a line of it
OUTPUT: Final = -2  # as a parameter's position: the output that all its amounts are divided by
ALONE: Final = -1  # in ``groups``: the line varies by itself
_OUTPUT_CODE: Final = 2**30 + 1  # beyond every line's


@dataclass(frozen=True)
class Model:
    """n statements in log order and m lines, as parallel arrays.

    - ``digests`` (n, ≥ 16) uint8: statement digests; they name the random streams.
    - ``values`` (n,): kg CO2e per declared amount that a statement says without lines (a factor,
      a hidden inventory); 0 where its lines say all. ``value_spreads`` (n).
    - ``citing``, ``cited`` (m,): the line's statement and the one that it takes from, or OWN.
    - ``medians`` (m,): declared amounts taken of ``cited``; for an own line its kg CO2e.
    - ``positions`` (m,): the line's number in its statement. ``line_spreads`` (m): of the amount,
      with the published figure where there is one; what is cited brings its own.
    - ``groups`` (m,), or None: lines of one statement with the same number, 0 or more, are off
      together, each by the same probability of its own spread; ALONE varies by itself.
    - ``output_spreads`` (n), or None: of what a statement's amounts are divided by.

    Parameters are numbered: n values, m lines, and n outputs where some are given. Raises
    CalculationError for arrays that don't fit each other, an input that is not older, a figure that
    is not finite, a stream named twice.

    ``cyclic`` is for process models and background databases, whose inputs need not be older: these
    are sampled, for a path may meet a parameter more than once.
    """

    digests: NDArray[np.uint8]
    values: Floats
    value_spreads: Spreads
    citing: Integers
    cited: Integers
    medians: Floats
    positions: Integers
    line_spreads: Spreads
    cyclic: bool = False
    groups: Integers | None = None
    output_spreads: Spreads | None = None

    def __post_init__(self) -> None:
        nodes, lines = len(self.values), len(self.citing)
        if not nodes:
            _refuse("it holds no statement")
        if not len(self.digests) == len(self.value_spreads) == nodes:
            _refuse("it needs a digest and a spread for each value")
        parts = (self.cited, self.medians, self.positions, self.line_spreads)
        if any(len(part) != lines for part in parts):
            _refuse("its arrays of lines differ in length")
        if not (np.isfinite(self.values).all() and np.isfinite(self.medians).all()):
            _refuse("a value or an amount is not a finite number")
        if lines and not 0 <= self.citing.min() <= self.citing.max() < nodes:
            _refuse("a line belongs to no statement")
        if (self.cited < OWN).any() or (self.cited >= nodes).any():
            _refuse("a line cites no statement of it")
        if not self.cyclic and (self.cited >= self.citing).any():
            _refuse("an input is not earlier than the footprint that cites it")
        self._check_correlated()
        self._check_streams()

    def _check_correlated(self) -> None:
        if self.groups is not None and len(self.groups) != len(self.citing):
            _refuse("it needs a group, or none, for each line")
        if self.output_spreads is not None and len(self.output_spreads) != self.nodes:
            _refuse("it needs a spread, or none, for each statement's output")
        if self.cyclic and self.output_spreads is not None:
            _refuse("an output's spread in a model with cycles is that of the amounts it takes")

    def _check_streams(self) -> None:
        if (self.positions < 0).any() or (self.positions >= 2**30).any():
            _refuse("a line's number is below 0 or beyond 2^30")
        names = self.words.astype(np.uint64)
        for columns in (names.T, np.stack([self.citing, self.positions])):
            ordered = columns[:, np.lexsort(columns)]
            if (ordered[:, 1:] == ordered[:, :-1]).all(axis=0).any():
                _refuse("a statement, or a line of one, stands in it twice")

    @property
    def nodes(self) -> int:
        """Number of statements."""
        return len(self.values)

    @cached_property
    def words(self) -> NDArray[np.uint32]:
        """The (n, 4) words that name each statement's stream."""
        return words_of(self.digests)

    def value_draws(self, nodes: Integers) -> Draws:
        """What is drawn for these statements' values; a value of 0 needs no draw."""
        spreads = self.value_spreads.take(nodes)
        moving = np.flatnonzero(spreads.moving & (self.values[nodes] != 0))
        codes = np.full(len(moving), VALUE + 1)
        return Draws(moving, spreads.take(moving), self.words[nodes[moving]], codes)

    @cached_property
    def codes(self) -> Integers:
        """What names each line's stream in its statement; a group has that of its first line."""
        codes = self.positions + 1
        if self.groups is None:
            return codes
        together, place = self.together
        first = np.full(place.max(initial=-1) + 1, np.iinfo(np.int64).max)
        np.minimum.at(first, place, codes[together])
        codes[together] = first[place]
        return codes

    @cached_property
    def together(self) -> tuple[Integers, Integers]:
        """The lines that are in a group, and the number of the group of each."""
        if self.groups is None:
            none = np.zeros(0, dtype=np.int64)
            return none, none
        together = np.flatnonzero(self.groups != ALONE)
        keys = np.stack([self.citing[together], self.groups[together]])
        _, place = np.unique(keys, axis=1, return_inverse=True)
        return together, place.reshape(-1)

    def output_draws(self, nodes: Integers) -> Draws | None:
        """What is drawn for these statements' outputs, None where none moves."""
        if self.output_spreads is None:
            return None
        spreads = self.output_spreads.take(nodes)
        moving = np.flatnonzero(spreads.moving)
        codes = np.full(len(moving), _OUTPUT_CODE)
        draws = Draws(moving, spreads.take(moving), self.words[nodes[moving]], codes)
        return draws if len(moving) else None

    def line_draws(self, lines: Integers) -> Draws:
        """What is drawn for these lines."""
        spreads = self.line_spreads.take(lines)
        moving = np.flatnonzero(spreads.moving)
        numbers = lines[moving]
        words, codes = self.words[self.citing[numbers]], self.codes[numbers]
        return Draws(moving, spreads.take(moving), words, codes)

    def parameter(self, number: int) -> tuple[int, int]:
        """Return (statement, line's number in it, VALUE or OUTPUT) of a numbered parameter."""
        if number < self.nodes:
            return number, VALUE
        line = number - self.nodes
        if line >= len(self.citing):
            return line - len(self.citing), OUTPUT
        return int(self.citing[line]), int(self.positions[line])

    def check_product(self, product: int) -> None:
        """Raise CalculationError unless it is a statement of this model."""
        if not 0 <= product < self.nodes:
            _refuse(f"it has no statement {product}")


def _refuse(what: str) -> None:
    message = f"the uncertainty model can't be computed: {what}"
    raise CalculationError(message)
