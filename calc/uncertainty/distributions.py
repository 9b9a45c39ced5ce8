"""How far a stated value may be off: a statement's ``uncertainty`` member, read or refused.

One rule for all four distributions: the stated value is the median, so that a footprint computed
from stated values is the model at its inputs' medians. Everything is held relative to the stated
value, which makes a spread free of units and of the sign of what it belongs to.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.errors import CalculationError

if TYPE_CHECKING:
    from collections.abc import Mapping

LOGNORMAL: Final = "lognormal"
NORMAL: Final = "normal"
UNIFORM: Final = "uniform"
TRIANGULAR: Final = "triangular"
DISTRIBUTIONS: Final = (LOGNORMAL, NORMAL, UNIFORM, TRIANGULAR)

# Rounded bounds are never quite centred; beyond this part of the half width they contradict.
MAX_OFFSET: Final = 0.05
_WHOLE: Final = 100


@dataclass(frozen=True)
class Spread:
    """A distribution of (value ÷ stated value); its median is 1.

    ``parameters``: lognormal (ln GSD, 0, 0) · normal (standard deviation, 0, 0) · uniform
    (lower, upper, 0) · triangular (lower, upper, mode).
    """

    distribution: str
    parameters: tuple[float, float, float]

    def __post_init__(self) -> None:
        if self.distribution not in DISTRIBUTIONS:
            _refuse(f"{self.distribution!r} is no distribution", f"use {', '.join(DISTRIBUTIONS)}")
        if not all(math.isfinite(value) for value in self.parameters):
            _refuse("a spread is not a finite number", "state it as a finite decimal")
        if self.distribution in {LOGNORMAL, NORMAL} and self.parameters[0] < 0:
            _refuse("a standard deviation is negative", "a GSD is at least 1")


def lognormal(gsd: float) -> Spread:
    """Return the spread with this geometric standard deviation, at least 1."""
    if not gsd >= 1:
        _refuse(
            "a geometric standard deviation is below 1",
            "state the one of the 68 % interval, for instance 1.1; its inverse is not meant",
        )
    return Spread(LOGNORMAL, (math.log(gsd), 0.0, 0.0))


def spread(member: Mapping[str, Any], *, stated: Fraction | None = None) -> Spread:
    """Return the spread that an ``uncertainty`` member (statement.md) states.

    ``stated`` is the value it belongs to (a line's amount, a statement's
    pcfExcludingBiogenicUptake), where known. Raises CalculationError if the member contradicts
    itself or that value.
    """
    value = Fraction(member["statedValue"])
    if stated is not None and stated != value:
        _refuse(
            "its statedValue is not the value that it stands beside", "state the spread of that one"
        )
    distribution = str(member["distribution"])
    if distribution not in DISTRIBUTIONS:
        _refuse(f"{distribution!r} is no distribution", f"use {', '.join(DISTRIBUTIONS)}")
    if "geometricStandardDeviation" in member and "interval" in member:
        _refuse("it gives both a GSD and an interval", "give one of the two")
    if not value:
        _refuse("a spread relative to a stated value of 0 has no meaning", "leave it out")
    if "geometricStandardDeviation" in member:
        if distribution != LOGNORMAL:
            _refuse(
                f"a geometric standard deviation does not belong to a {distribution} distribution",
                "give an interval, or say lognormal",
            )
        return lognormal(float(Fraction(member["geometricStandardDeviation"])))
    if "interval" not in member:
        _refuse("it gives neither a GSD nor an interval", "give one of the two")
    return _from_interval(distribution, value, member["interval"])


def _from_interval(distribution: str, value: Fraction, interval: Mapping[str, Any]) -> Spread:
    lower, upper, percent = (Fraction(interval[name]) for name in ("lower", "upper", "percent"))
    if not lower < upper:
        _refuse("its lower bound is not below its upper bound", "put the smaller one first")
    if not lower <= value <= upper:
        _refuse("its stated value lies outside its interval", "correct one of them")
    if not 0 < percent <= _WHOLE:
        _refuse("its interval holds no percentage between 0 and 100", 'for instance "95"')
    low, high = sorted((float(lower / value), float(upper / value)))
    if distribution == LOGNORMAL:
        return _lognormal(low, high, float(percent))
    if distribution == NORMAL:
        return Spread(NORMAL, (_half_width(low, high) / _quantile(float(percent)), 0.0, 0.0))
    if distribution == UNIFORM:
        half = _half_width(low, high) / (float(percent) / _WHOLE)
        return Spread(UNIFORM, (1 - half, 1 + half, 0.0))
    return _triangular(low, high, float(percent))


def _lognormal(low: float, high: float, percent: float) -> Spread:
    if low <= 0:
        _refuse("a lognormal interval reaches zero", "use normal, or state a GSD")
    half, offset = math.log(high / low) / 2, math.log(high * low) / 2
    _check_centred(offset, half, math.exp(offset), "geometric mean")
    return Spread(LOGNORMAL, (half / _quantile(percent), 0.0, 0.0))


def _triangular(low: float, high: float, percent: float) -> Spread:
    if percent < _WHOLE:
        # Central interval of a symmetric triangle: 1 - sqrt(1 - p) of its half width.
        part = _measurable(1 - math.sqrt(1 - percent / _WHOLE))
        half = _half_width(low, high) / part
        return Spread(TRIANGULAR, (1 - half, 1 + half, 1.0))
    mode = _mode(low, high)
    if not low <= mode <= high:
        _refuse(
            "no triangle between its bounds has its stated value as the median",
            "the stated value is the median, not the mode; move it or the bounds",
        )
    return Spread(TRIANGULAR, (low, high, mode))


def _mode(low: float, high: float) -> float:
    """Return the mode of the triangle whose median is 1: half its area lies on each side."""
    if low + high < 2:  # noqa: PLR2004 - the middle lies below the median, so the mode above it
        return low + 2 * (1 - low) ** 2 / (high - low)
    return high - 2 * (high - 1) ** 2 / (high - low)


def _half_width(low: float, high: float) -> float:
    half, middle = (high - low) / 2, (high + low) / 2
    _check_centred(middle - 1, half, middle, "middle")
    return half


def _check_centred(offset: float, half: float, centre: float, what: str) -> None:
    if abs(offset) > MAX_OFFSET * half:
        _refuse(
            f"the {what} of its interval is {centre:.4g} times its stated value",
            "the stated value is the median: move it there, or choose another distribution",
        )


def _quantile(percent: float) -> float:
    if percent >= _WHOLE:
        _refuse("an unbounded distribution has no interval of 100 percent", 'for instance "95"')
    from scipy.special import ndtri  # type: ignore[import-untyped] # noqa: PLC0415 - slow to load

    return _measurable(float(ndtri(0.5 + percent / (2 * _WHOLE))))


def _measurable(width: float) -> float:
    """Return in how wide a part of the distribution its percentage lies, if a float can tell."""
    if not 0 < width < math.inf:
        _refuse(
            "its interval's percent is too near to 0 or 100 to measure a spread by",
            'for instance "95"',
        )
    return width


def _refuse(what: str, remedy: str) -> None:
    message = f"an uncertainty can't be used: {what}"
    raise CalculationError(message, remedy=remedy)
