"""Which probabilities are drawn: plain random ones, or replicated Latin hypercubes.

A Latin hypercube puts one draw of each parameter into each of ``strata`` slices of equal
probability (McKay, Beckman, Conover 1979). Its draws are not independent, so its error is read
from independent replicates of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from rootprint.calc.errors import CalculationError
from rootprint.calc.uncertainty.streams import LANES, uniforms

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MAX_SAMPLES: Final = 10_000_000
MIN_REPLICATES: Final = 2
_JITTER: Final = np.int64(1 << 31)  # beside a parameter's own stream: where within the slice


@dataclass(frozen=True)
class Design:
    """``samples`` draws from ``seed``; with ``strata``, as Latin hypercubes of that many each.

    Raises CalculationError unless both are multiples of 4 and at least two hypercubes fit.
    """

    samples: int
    seed: int
    strata: int | None = None

    def __post_init__(self) -> None:
        if not 0 < self.samples <= MAX_SAMPLES or self.samples % LANES:
            message = f"{self.samples} samples are not a multiple of 4 from 4 to {MAX_SAMPLES}"
            raise CalculationError(message, remedy="take for instance 10000")
        if self.strata is None:
            return
        fits = self.strata > 0 and self.strata % LANES == 0 and self.samples % self.strata == 0
        if not fits or self.samples < MIN_REPLICATES * self.strata:
            message = f"{self.samples} samples are not two or more hypercubes of {self.strata}"
            raise CalculationError(message, remedy="take for instance 10000 samples, 1000 strata")

    @property
    def step(self) -> int:
        """Samples are drawn in multiples of this many."""
        return self.strata or LANES

    def probabilities(
        self, words: NDArray[np.uint32], parameters: NDArray[np.int64], first: int, count: int
    ) -> Floats:
        """Return samples ``first`` … ``first + count`` of n parameters as (n, count) in (0, 1)."""
        drawn = uniforms(words, parameters, self.seed, first, count)
        if self.strata is None:
            return drawn
        # The order of random numbers is a random permutation; stable, so that ties can't differ.
        cubes = drawn.reshape(len(words), -1, self.strata)
        slices = np.argsort(cubes, axis=2, kind="stable").reshape(len(words), count)
        drawn = uniforms(words, parameters + _JITTER, self.seed, first, count)
        drawn += slices
        drawn /= self.strata
        return drawn
