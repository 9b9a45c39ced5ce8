"""First order, in closed form: (ln GSD of y)² = Σ S² (ln GSD of each parameter)².

S is a parameter's share of the footprint, over all paths to it: what comes through the same
statement, or through the lines of a group, is summed before it is squared, for its error is one
error; an output's share is less than nothing (Heijungs, Suh 2002 ch. 6; Ciroth et al. 2004). A sum
of lognormals is taken for a lognormal with the exact mean (Fenton, Wilkinson), which also gives the
median: it is not the sum of the medians.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from rootprint.calc.errors import CalculationError
from rootprint.calc.uncertainty.distributions import LOGNORMAL, NORMAL
from rootprint.calc.uncertainty.model import OWN
from rootprint.calc.uncertainty.passes import backward, forward
from rootprint.calc.uncertainty.plan import plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from rootprint.calc.uncertainty.model import Model
    from rootprint.calc.uncertainty.plan import Plan
    from rootprint.calc.uncertainty.spreads import Spreads

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

Z95: Final = 1.959963984540054  # standard normal quantile of 97.5 %
# Where lognormal spreads bring half of the variance but for this part of what adds to it, two
# machines' floats may come to different distributions, and both are right.
EDGE: Final = 1e-9


@dataclass(frozen=True)
class FirstOrder:
    """A product's uncertainty; kg CO2e per declared amount.

    ``stated`` is the model at its inputs' medians, ``mean`` is exact, ``median`` that of the
    fitted ``distribution``. ``deviation`` is the first-order standard deviation in kg CO2e;
    ``gsd`` is None where the distribution is normal. ``interval`` holds 95 %. ``contributions``
    (kg CO2e) and ``variances`` (shares adding to 1, or all 0) are by parameter; of lines in a group
    each has its own and half of what it has in common with another, which may be below 0.
    ``unstated_values`` and ``unstated_amounts`` are shares, 0 to 1, of |contributions| whose
    value, or whose taken amount, has no stated spread: they count as exact.
    ``shared`` are statements that more than one line takes from.
    """

    product: int
    distribution: str
    stated: float
    mean: float
    median: float
    deviation: float
    gsd: float | None
    interval: tuple[float, float]
    contributions: Floats
    variances: Floats
    unstated_values: float
    unstated_amounts: float
    shared: Integers

    @property
    def assumption(self) -> str:
        """What the result supposes of its inputs, for the report."""
        shared = (
            f", except that {len(self.shared)} of them, cited more than once under the same digest,"
            " count as one"
            if len(self.shared)
            else ""
        )
        return (
            f"Statements count as independent{shared}. What suppliers share below the statements"
            " seen here is not seen."
        )


def first_order(model: Model, product: int) -> FirstOrder:
    """Return the first-order uncertainty of one product.

    Lognormal, unless parts of both signs are added or most of the variance comes from other
    distributions: then normal about the exact mean. Raises CalculationError for an unknown
    product or a result that is not finite.
    """
    return first_orders(model, product)[0]


def first_orders(model: Model, product: int) -> Sequence[FirstOrder]:
    """Return what ``first_order`` does, and on the ``EDGE`` the other distribution after it."""
    model.check_product(product)
    order = plan(model, product)
    footprints = forward(order, model.values[order.nodes], model.medians[order.lines])
    parts = _contributions(model, order, footprints)
    with np.errstate(over="ignore", invalid="ignore"):  # what overflows is refused below
        squares, variance = _squares(model, parts * _deviations(model))
        stated, mean = float(footprints[-2]), _mean(model, order)
    if not all(math.isfinite(value) for value in (variance, stated, mean)):
        message = "a footprint's uncertainty is not a finite number"
        raise CalculationError(message, remedy="look for a geometric standard deviation too large")
    deviation, unstated = math.sqrt(variance), _unstated(model, parts)

    def fitted(distribution: str) -> FirstOrder:
        sigma = deviation / abs(stated) if distribution == LOGNORMAL else None
        median, gsd, interval = _fit(mean, deviation, sigma)
        return FirstOrder(
            product=product,
            distribution=distribution,
            stated=stated,
            mean=mean,
            median=median,
            deviation=deviation,
            gsd=gsd,
            interval=interval,
            contributions=parts,
            variances=squares / variance if variance else squares,
            unstated_values=unstated[0],
            unstated_amounts=unstated[1],
            shared=_shared(order),
        )

    return [
        fitted(distribution) for distribution in _distributions(model, parts, squares, variance)
    ]


def _contributions(model: Model, order: Plan, footprints: Floats) -> Floats:
    """Return ∂y/∂ln(parameter) by parameter: kg CO2e of the product that go through it."""
    amounts = model.medians[order.lines]
    takes = backward(order, amounts)
    values, lines = np.zeros(model.nodes), np.zeros(len(model.citing))
    values[order.nodes] = takes * model.values[order.nodes]
    lines[order.lines] = np.repeat(takes, np.diff(order.starts)) * amounts * footprints[order.cited]
    if model.output_spreads is None:
        return np.concatenate([values, lines])
    outputs = np.zeros(model.nodes)
    outputs[order.nodes] = -takes * (footprints[:-1])
    return np.concatenate([values, lines, outputs])


def _squares(model: Model, deviations: Floats) -> tuple[Floats, float]:
    """Return each parameter's part of the variance, and the variance, which is never below 0.

    A group's deviations add before the square. Its parts may be of both signs and cancel, and so
    rounded they may add to less than nothing: the variance takes the square of their sum instead.
    """
    sums, alone = deviations.copy(), np.ones(len(deviations), dtype=np.bool_)
    together, place = model.together
    groups: Floats = np.zeros(0)
    if together.size:
        lines = model.nodes + together
        groups = np.bincount(place, weights=deviations[lines]).astype(np.float64)
        sums[lines], alone[lines] = groups[place], False
    variance = float((deviations[alone] ** 2).sum() + (groups**2).sum())
    return deviations * sums, variance


def _mean(model: Model, order: Plan) -> float:
    """Return the exact mean: the footprint is linear in parameters that are independent.

    It is not in the outputs, whose inverse has a mean of its own.
    """
    values = model.values * model.value_spreads.mean
    amounts = model.medians * model.line_spreads.mean
    if model.output_spreads is not None:
        inverse = model.output_spreads.inverse_mean
        values, amounts = values * inverse, amounts * inverse[model.citing]
    return float(forward(order, values[order.nodes], amounts[order.lines])[-2])


def _fit(
    mean: float, deviation: float, sigma: float | None
) -> tuple[float, float | None, tuple[float, float]]:
    """Return median, GSD and 95 % interval; ``sigma`` is ln GSD, or None for a normal."""
    if sigma is None:
        return mean, None, (mean - Z95 * deviation, mean + Z95 * deviation)
    median = mean * math.exp(-(sigma**2) / 2)
    low, high = sorted((median * math.exp(-Z95 * sigma), median * math.exp(Z95 * sigma)))
    return median, math.exp(sigma), (low, high)


def _deviations(model: Model) -> Floats:
    return np.concatenate([one.deviation for one in _all(model)])


def _all(model: Model) -> list[Spreads]:
    outputs = [] if model.output_spreads is None else [model.output_spreads]
    return [model.value_spreads, model.line_spreads, *outputs]


def _ends(model: Model) -> NDArray[np.bool_]:
    """Return which parameters are ends: values and own lines, which add to the footprint."""
    outputs = 0 if model.output_spreads is None else model.nodes
    return np.concatenate(
        [
            np.full(model.nodes, fill_value=True),
            model.cited == OWN,
            np.full(outputs, fill_value=False),
        ]
    )


def _distributions(model: Model, parts: Floats, squares: Floats, variance: float) -> Sequence[str]:
    ends = parts[_ends(model)]
    if not (((ends >= 0).all() or (ends <= 0).all()) and ends.any()):
        return (NORMAL,)
    of = np.concatenate([one.is_lognormal for one in _all(model)])
    bring, half = float(squares[of].sum()), variance / 2
    both = (LOGNORMAL, NORMAL) if bring >= half else (NORMAL, LOGNORMAL)
    # Where a group cancels, what its parts are rounded by is more than EDGE of what is left.
    return both if abs(bring - half) < EDGE * float(np.abs(squares).sum()) / 2 else both[:1]


def _unstated(model: Model, parts: Floats) -> tuple[float, float]:
    stated = np.concatenate([model.value_spreads.stated, model.line_spreads.stated])
    # No line's amount is an output: one without a spread is taken as it was weighed.
    count = len(stated)
    ends, parts = _ends(model)[:count], parts[:count]
    return _share(np.abs(parts[ends]), stated[ends]), _share(np.abs(parts[~ends]), stated[~ends])


def _share(weights: Floats, stated: NDArray[np.bool_]) -> float:
    total = float(weights.sum())
    return float(weights[~stated].sum()) / total if total else 0.0


def _shared(order: Plan) -> Integers:
    times = np.bincount(order.cited, minlength=len(order.nodes) + 1)[:-1]
    return np.sort(order.nodes[times > 1])
