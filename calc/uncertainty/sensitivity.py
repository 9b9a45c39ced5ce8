"""Which parameters matter: shares of the variance, and rank correlation with the sample.

The order is by share of variance, then by digest and line: equal shares come out the same every
time, on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from rootprint.calc.errors import CalculationError
from rootprint.calc.uncertainty.model import OUTPUT, VALUE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rootprint.calc.uncertainty.analytical import FirstOrder
    from rootprint.calc.uncertainty.model import Model
    from rootprint.calc.uncertainty.montecarlo import MonteCarlo

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

LIMIT: Final = 20
_PLACES: Final = 12


@dataclass(frozen=True)
class Ranked:
    """A parameter and how much of the uncertainty it makes.

    ``line`` is its number in the statement, None for the statement's value and for the ``output``
    that all its amounts are divided by. ``contribution``
    is its share S of the footprint, None where that is 0; ``variance`` its share of the
    first-order variance. ``spearman`` is its rank correlation with the sampled footprint, None
    without a sample.
    """

    statement: int
    line: int | None
    contribution: float | None
    variance: float
    spearman: float | None
    output: bool = False


@dataclass(frozen=True)
class Ranking:
    """The first parameters by share of variance; ``rest`` is the share of all others."""

    ranked: tuple[Ranked, ...]
    rest: float


def ranking(
    model: Model, result: FirstOrder, sample: MonteCarlo | None = None, *, limit: int = LIMIT
) -> Ranking:
    """Rank the parameters that move ``result``; shown shares and rest add to 1, or to 0 if none do.

    Raises CalculationError if the sample is of another product.
    """
    if sample is not None and sample.product != result.product:
        message = "the sample and the first-order result are of two products"
        raise CalculationError(message)
    first = _order(model, result.variances)[:limit]
    correlations = _spearman(model, first, sample)
    rows = []
    for number, correlation in zip(first.tolist(), correlations, strict=True):
        statement, position = model.parameter(number)
        share = float(result.contributions[number]) / result.stated if result.stated else None
        rows.append(
            Ranked(
                statement=statement,
                line=None if position < 0 else position,
                output=position == OUTPUT,
                contribution=share,
                variance=float(result.variances[number]),
                spearman=correlation,
            )
        )
    shown = np.zeros(len(result.variances), dtype=bool)
    shown[first] = True
    return Ranking(tuple(rows), float(result.variances[~shown].sum()))


def _order(model: Model, variances: Floats) -> Integers:
    moving = np.flatnonzero(variances)
    nodes = np.arange(model.nodes)
    outputs = 0 if model.output_spreads is None else model.nodes
    statements = np.concatenate([nodes, model.citing, nodes[:outputs]])[moving]
    named = (np.full(model.nodes, VALUE), model.positions, np.full(outputs, OUTPUT))
    positions = np.concatenate(named)[moving]
    digests = model.digests[statements].T[::-1]  # lexsort: the last key decides first
    shares = np.round(variances[moving], _PLACES)  # what differs less is equal on any machine
    return moving[np.lexsort((positions, *digests, -shares))]


def _spearman(
    model: Model, numbers: Integers, sample: MonteCarlo | None
) -> list[float] | list[None]:
    if sample is None:
        return [None] * len(numbers)
    ranks = _ranks(sample.draws)
    return [_correlation(_redrawn(model, number, sample), ranks) for number in numbers.tolist()]


def _redrawn(model: Model, number: int, sample: MonteCarlo) -> Floats:
    """Return what was drawn for a parameter: its stream says it again, so none is kept."""
    design = sample.design
    statement, position = model.parameter(number)
    if position == OUTPUT:
        draws = model.output_draws(np.array([statement]))
    elif position == VALUE:
        draws = model.value_draws(np.array([statement]))
    else:
        draws = model.line_draws(np.array([number - model.nodes]))
    if draws is None:
        message = "an output that does not move has no draws"
        raise CalculationError(message)
    drawn: Floats = draws.factors(design, 0, design.samples)[0]
    return drawn


def _correlation(drawn: Floats, ranks: Floats) -> float:
    return float(np.corrcoef(_ranks(drawn), ranks)[0, 1])


def _ranks(values: Floats) -> Floats:
    """Rank from 1, equal values by the mean of their places."""
    from scipy.stats import rankdata  # type: ignore[import-untyped] # noqa: PLC0415 - slow to load

    found: Floats = rankdata(values)
    return found
