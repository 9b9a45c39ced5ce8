"""Many spreads as arrays: their first-order deviation, their mean and their quantiles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from rootprint.calc.errors import CalculationError
from rootprint.calc.uncertainty.distributions import (
    DISTRIBUTIONS,
    LOGNORMAL,
    NORMAL,
    TRIANGULAR,
    UNIFORM,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from rootprint.calc.uncertainty.distributions import Spread

    Floats = NDArray[np.float64]

UNSTATED: Final = 0
CODES: Final = {name: code for code, name in enumerate(DISTRIBUTIONS, start=1)}


@dataclass(frozen=True)
class Spreads:
    """``codes`` (n,) int8: 0 unstated, else CODES; ``parameters`` (n, 3) as in Spread.

    An unstated spread moves nothing and is reported as unstated; it is not a spread of zero.
    """

    codes: NDArray[np.int8]
    parameters: Floats

    def __post_init__(self) -> None:
        if self.parameters.shape != (len(self.codes), 3):
            message = "each spread needs a code and three parameters"
            raise CalculationError(message)
        if not np.isfinite(self.parameters).all():
            message = "a spread is not a finite number"
            raise CalculationError(message, remedy="leave out what is not known")
        deviations = self.parameters[self._are(LOGNORMAL) | self._are(NORMAL), 0]
        if (deviations < 0).any():
            message = "a geometric standard deviation is below 1 or a standard deviation below 0"
            raise CalculationError(message, remedy="state a GSD of at least 1")

    @classmethod
    def of(cls, spreads: Sequence[Spread | None]) -> Spreads:
        """Return spreads as arrays; None is an unstated one."""
        codes = [UNSTATED if s is None else CODES[s.distribution] for s in spreads]
        rows = [(0.0, 0.0, 0.0) if s is None else s.parameters for s in spreads]
        return cls(np.array(codes, dtype=np.int8), np.array(rows, dtype=float).reshape(-1, 3))

    @classmethod
    def lognormal(cls, ln_gsd: Floats) -> Spreads:
        """Return lognormal spreads from an array of ln GSD."""
        parameters = np.zeros((len(ln_gsd), 3))
        parameters[:, 0] = ln_gsd
        return cls(np.full(len(ln_gsd), CODES[LOGNORMAL], dtype=np.int8), parameters)

    def __len__(self) -> int:
        return len(self.codes)

    def take(self, places: NDArray[np.int64]) -> Spreads:
        """Return the spreads at these places, in their order."""
        return Spreads(self.codes[places], self.parameters[places])

    @property
    def stated(self) -> NDArray[np.bool_]:
        """Where somebody stated a spread."""
        stated: NDArray[np.bool_] = self.codes != UNSTATED
        return stated

    @property
    def moving(self) -> NDArray[np.bool_]:
        """Where a draw may differ from the median."""
        moving: NDArray[np.bool_] = self.deviation > 0
        return moving

    @property
    def deviation(self) -> Floats:
        """First order: ln GSD of a lognormal, else standard deviation ÷ stated value."""
        low, high, mode = self.parameters.T
        deviation = np.where(self._are(LOGNORMAL) | self._are(NORMAL), low, 0.0)
        deviation = np.where(self._are(UNIFORM), (high - low) / np.sqrt(12), deviation)
        sides = low**2 + high**2 + mode**2 - low * high - low * mode - high * mode
        triangle = np.sqrt(np.maximum(sides, 0.0) / 18)
        return np.where(self._are(TRIANGULAR), triangle, deviation)

    @property
    def mean(self) -> Floats:
        """Mean ÷ median, exactly: exp(ln²GSD / 2) of a lognormal."""
        mean = np.where(self._are(LOGNORMAL), np.exp(self.parameters[:, 0] ** 2 / 2), 1.0)
        return np.where(self._are(TRIANGULAR), self.parameters.sum(axis=1) / 3, mean)

    @property
    def inverse_mean(self) -> Floats:
        """Mean of median ÷ value: exact of a lognormal, else to second order."""
        others = 1 + self.deviation**2
        return np.where(self._are(LOGNORMAL), np.exp(self.parameters[:, 0] ** 2 / 2), others)

    @property
    def is_lognormal(self) -> NDArray[np.bool_]:
        """Where the distribution is lognormal."""
        return self._are(LOGNORMAL)

    def quantiles(self, probabilities: Floats) -> Floats:
        """Return (n, k) factors from (n, k) probabilities strictly between 0 and 1."""
        if (self.codes == CODES[LOGNORMAL]).all():
            return self._lognormal(probabilities)
        factors = np.ones_like(probabilities)
        for name, quantile in (
            (LOGNORMAL, Spreads._lognormal),
            (NORMAL, Spreads._normal),
            (UNIFORM, Spreads._uniform),
            (TRIANGULAR, Spreads._triangular),
        ):
            places = np.flatnonzero(self._are(name))
            if places.size:
                factors[places] = quantile(self.take(places), probabilities[places])
        return factors

    def _are(self, name: str) -> NDArray[np.bool_]:
        places: NDArray[np.bool_] = self.codes == CODES[name]
        return places

    def _lognormal(self, probabilities: Floats) -> Floats:
        factors: Floats = _standard_normal(probabilities)
        factors *= self.parameters[:, :1]
        return np.exp(factors, out=factors)

    def _normal(self, probabilities: Floats) -> Floats:
        factors: Floats = 1 + self.parameters[:, :1] * _standard_normal(probabilities)
        return factors

    def _uniform(self, probabilities: Floats) -> Floats:
        low, high = self.parameters[:, :1], self.parameters[:, 1:2]
        return low + (high - low) * probabilities

    def _triangular(self, probabilities: Floats) -> Floats:
        low, high, mode = (self.parameters[:, place : place + 1] for place in range(3))
        width = high - low
        left = low + np.sqrt(probabilities * width * (mode - low))
        right = high - np.sqrt((1 - probabilities) * width * (high - mode))
        return np.where(probabilities * width < mode - low, left, right)


def _standard_normal(probabilities: Floats) -> Floats:
    from scipy.special import ndtri  # type: ignore[import-untyped] # noqa: PLC0415 - slow to load

    quantiles: Floats = ndtri(probabilities)
    return quantiles
