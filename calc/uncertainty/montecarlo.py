"""Monte Carlo in batches: one forward pass for many samples, each parameter with its own stream.

``memory`` bytes bound what a batch needs over all threads: 8 bytes × samples in the batch ×
(statements reached + 4 × the most lines of one); beside it about 8 MiB a thread. Models with
cycles need more: see calc.uncertainty.background.
"""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from rootprint.calc.errors import CalculationError
from rootprint.calc.uncertainty.background import Background
from rootprint.calc.uncertainty.draws import apply_draws
from rootprint.calc.uncertainty.passes import forward
from rootprint.calc.uncertainty.plan import plan

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from rootprint.calc.uncertainty.design import Design
    from rootprint.calc.uncertainty.model import Model
    from rootprint.calc.uncertainty.plan import Plan

    Floats = NDArray[np.float64]

MEMORY: Final = 128 * 2**20
PERCENTILES: Final = (2.5, 5.0, 25.0, 50.0, 75.0, 95.0, 97.5)
_WIDEST: Final = 1024  # samples a batch: wider gains nothing once a row fills a cache line
_ARRAYS: Final = 4  # of lines × samples at a time
_CELLS: Final = 1 << 17  # lines × samples a block: its arrays stay in the second cache


@dataclass(frozen=True)
class MonteCarlo:
    """What the sample of a product's footprint says; kg CO2e per declared amount.

    ``stated`` is the model at its inputs' medians, which is neither ``mean`` nor ``median``.
    ``gsd`` is None where draws have both signs; ``percentiles`` maps percent to value;
    ``standard_error`` is the mean's. ``draws`` (samples,) are in the order of the design.
    """

    product: int
    design: Design
    stated: float
    mean: float
    median: float
    deviation: float
    gsd: float | None
    percentiles: Mapping[float, float]
    standard_error: float
    draws: Floats

    @property
    def convergence(self) -> str:
        """How well the mean is known, for the report."""
        if not self.mean:
            return f"The mean of {self.design.samples} samples is 0."
        percent = 196 * self.standard_error / abs(self.mean)
        kind = "Latin hypercube samples" if self.design.strata else "samples"
        return (
            f"After {self.design.samples} {kind} the mean is known to ±{percent:.2g} % (95 %);"
            " four times as many halve that."
        )


def monte_carlo(  # noqa: PLR0913 - the last three say how it runs, not what comes out
    model: Model,
    product: int,
    design: Design,
    *,
    progress: Callable[[int, int], None] | None = None,
    memory: int = MEMORY,
    workers: int = 1,
) -> MonteCarlo:
    """Sample one product. ``progress(done, samples)`` is called after each batch.

    The draws depend on neither ``memory`` nor ``workers`` (threads). Raises CalculationError where
    ``memory`` can't hold a batch, or where a draw is not finite.
    """
    model.check_product(product)
    product_pass: _Pass = (
        Background(model, product) if model.cyclic else _Forward(model, plan(model, product))
    )
    width = _width(product_pass, design, memory // max(1, workers))
    batches = range(0, design.samples, width)
    draws = np.empty(design.samples)

    def run(first: int) -> int:
        count = min(width, design.samples - first)
        with np.errstate(over="ignore", invalid="ignore"):  # what overflows is refused at the end
            draws[first : first + count] = product_pass.batch(design, first, count)
        return count

    done = 0
    with ThreadPoolExecutor(max_workers=max(1, workers)) as pool:
        for count in pool.map(run, batches):
            done += count
            if progress is not None:
                progress(done, design.samples)
    return _summary(product, design, product_pass.stated(), draws)


class _Pass(Protocol):
    """How one product is computed in many samples; ``cells`` doubles are held for each sample."""

    @property
    def statements(self) -> int: ...
    @property
    def cells(self) -> int: ...
    def stated(self) -> float: ...
    def batch(self, design: Design, first: int, count: int) -> Floats: ...


def _width(product_pass: _Pass, design: Design, memory: int) -> int:
    """Return how many samples a batch may have; refuse where not even the fewest fit."""
    cells = product_pass.cells
    least = design.step * cells * 8
    if least > memory:
        message = (
            f"{product_pass.statements} statements × {design.step} samples need {least} bytes,"
            f" and {memory} are allowed a thread"
        )
        raise CalculationError(message, remedy="allow more memory, fewer strata or fewer threads")
    width = min(_WIDEST, design.samples, memory // (8 * cells))
    return max(width // design.step * design.step, design.step)


@dataclass(frozen=True)
class _Forward:
    """The pass in a plan's order, for models without cycles."""

    model: Model
    order: Plan

    @property
    def statements(self) -> int:
        return len(self.order.nodes)

    @property
    def cells(self) -> int:
        # A row a statement, and the working arrays of the one statement with the most lines.
        return self.statements + 1 + _ARRAYS * int(np.diff(self.order.starts).max())

    def stated(self) -> float:
        medians = self.model.medians[self.order.lines]
        return float(forward(self.order, self.model.values[self.order.nodes], medians)[-2])

    def batch(self, design: Design, first: int, count: int) -> Floats:
        """Return the product's footprint in ``count`` samples: one pass over the graph."""
        model, order = self.model, self.order
        # The last row is what own lines are multiplied by.
        footprints: Floats = np.empty((len(order.nodes) + 1, count))
        footprints[-1] = 1.0
        for block in order.blocks(max(1, _CELLS // count)):
            nodes = order.nodes[block]
            rows = footprints[block]
            rows[:] = model.values[nodes, None]
            apply_draws(rows, model.value_draws(nodes), design, first)
            begin, end = order.starts[block.start], order.starts[block.stop]
            if begin < end:
                lines = order.lines[begin:end]
                terms = footprints[order.cited[begin:end]]
                terms *= model.medians[lines, None]
                apply_draws(terms, model.line_draws(lines), design, first)
                rows += np.add.reduceat(terms, order.starts[block] - begin, axis=0)
            made = model.output_draws(nodes)
            if made is not None:
                rows[made.rows] /= _more_than_nothing(made.factors(design, first, count))
        draws: Floats = footprints[-2].copy()
        return draws


def _more_than_nothing(made: Floats) -> Floats:
    if not (made > 0).all():
        message = "in a sample a process makes nothing, or less: its output's spread reaches zero"
        raise CalculationError(message, remedy="state the output's spread as a lognormal")
    return made


def _summary(product: int, design: Design, stated: float, draws: Floats) -> MonteCarlo:
    if not np.isfinite(draws).all():
        message = f"{int((~np.isfinite(draws)).sum())} of {design.samples} samples are not finite"
        raise CalculationError(message, remedy="look for a geometric standard deviation too large")
    one_sign = bool((draws > 0).all() or (draws < 0).all())
    logs = np.log(np.abs(draws)) if one_sign else None
    values = np.percentile(draws, PERCENTILES)
    return MonteCarlo(
        product=product,
        design=design,
        stated=stated,
        mean=float(draws.mean()),
        median=float(np.median(draws)),
        deviation=float(draws.std(ddof=1)),
        gsd=None if logs is None else math.exp(float(logs.std(ddof=1))),
        percentiles=dict(zip(PERCENTILES, values.tolist(), strict=True)),
        standard_error=_standard_error(draws, design),
        draws=draws,
    )


def _standard_error(draws: Floats, design: Design) -> float:
    # Within a hypercube draws are not independent; its replicates are.
    independent = draws if design.strata is None else draws.reshape(-1, design.strata).mean(axis=1)
    return float(independent.std(ddof=1)) / math.sqrt(len(independent))
