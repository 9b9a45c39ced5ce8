"""How cost grows with the number of nodes: exponents fitted over the sizes that ran."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from benches.measuring import Growth, significant

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from benches.measuring import Result

MEGABYTES = "MB"
_FEW, _DIGITS = 2, 2


def growth(results: Iterable[Result], floors: Mapping[str, tuple[float, float]]) -> list[Growth]:
    """Return how each question's cost grows on each shape, in the order of the results.

    Rates become seconds for one. Of memory, ``floors`` (ours, theirs) by shape is taken off: what
    the process holds without a graph does not grow, and would flatten the fit.
    """
    found: dict[str, list[tuple[float, Result]]] = {}
    for result in results:
        name, _, size = result.name.rpartition(", ")
        found.setdefault(name, []).append((float(size), result))
    return [_grown(name, some, floors) for name, some in found.items()]


def _grown(
    name: str, some: Sequence[tuple[float, Result]], floors: Mapping[str, tuple[float, float]]
) -> Growth:
    sizes = [size for size, _ in some]
    shape = name.rpartition(", ")[2]
    memory = some[0][1].unit == MEGABYTES
    floor = floors[shape] if memory else (0.0, 0.0)
    ours = [_cost(result.ours, result.unit, floor[0]) for _, result in some]
    theirs = [_cost(result.theirs, result.unit, floor[1]) for _, result in some]
    return Growth(
        name=name,
        cost=f"{MEGABYTES} beyond a process without a graph" if memory else "seconds for one",
        sizes=[int(size) for size in sizes],
        ours=ours,
        ours_exponent=exponent(sizes, ours),
        theirs=theirs,
        theirs_exponent=exponent(sizes, theirs),
        fit=_fit(sizes),
    )


def exponent(sizes: Sequence[float], costs: Sequence[float]) -> float | None:
    """Return k of cost ~ n^k by least squares of the logarithms; None if that can't be said."""
    if len(set(sizes)) < _FEW or min(costs) <= 0:
        return None
    slope = np.polyfit(np.log(sizes), np.log(costs), 1)[0]
    return round(float(slope), _DIGITS) if math.isfinite(slope) else None


def _cost(value: float, unit: str, floor: float) -> float:
    return significant(value - floor if unit == MEGABYTES else 1 / value)


def _fit(sizes: Sequence[float]) -> str:
    if len(sizes) < _FEW:
        return "one size ran: growth is not known"
    decades = math.log10(max(sizes) / min(sizes))
    return f"least squares of log cost on log n, {len(sizes)} sizes over {decades:.3g} decades"
