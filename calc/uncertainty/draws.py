"""Draws of some parameters, applied to rows of samples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rootprint.calc.uncertainty.design import Design
    from rootprint.calc.uncertainty.spreads import Spreads

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Draws:
    """k parameters that move: the ``rows`` they multiply, their spreads, and their streams.

    ``words`` (k, 4) name the statement, ``codes`` (k,) the parameter within it.
    """

    rows: Integers
    spreads: Spreads
    words: NDArray[np.uint32]
    codes: Integers

    def factors(self, design: Design, first: int, count: int) -> Floats:
        """Return samples ``first`` … ``first + count`` as (k, count) multiples of the median."""
        drawn = design.probabilities(self.words, self.codes, first, count)
        return self.spreads.quantiles(drawn)


def apply_draws(terms: Floats, draws: Draws, design: Design, first: int) -> None:
    """Multiply the rows of ``terms`` (n, count) by the draws of their parameters, in place."""
    if not len(draws.rows):
        return
    factors = draws.factors(design, first, terms.shape[1])
    if len(draws.rows) == len(terms):
        terms *= factors
    else:
        terms[draws.rows] *= factors
