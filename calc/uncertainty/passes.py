"""One forward and one backward pass over what a product reaches: scalars, no draws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rootprint.calc.uncertainty.plan import Plan

    Floats = NDArray[np.float64]

_LINES: Final = 1 << 17  # a block


def forward(order: Plan, values: Floats, amounts: Floats) -> Floats:
    """Return (k + 1,) footprints from (k,) values and the lines' amounts, in the plan's order.

    The last entry is the 1 that own lines are multiplied by.
    """
    footprints = np.append(values, 1.0)
    for block in order.blocks(_LINES):
        begin, end = order.starts[block.start], order.starts[block.stop]
        if begin < end:
            terms = amounts[begin:end] * footprints[order.cited[begin:end]]
            footprints[block] += np.add.reduceat(terms, order.starts[block] - begin)
    return footprints


def backward(order: Plan, amounts: Floats) -> Floats:
    """Return (k,): how many declared amounts of each statement the product takes, itself 1.

    All ways to a statement are summed here, before anybody squares anything.
    """
    takes = np.zeros(len(order.nodes) + 1)
    takes[-2] = 1.0
    for block in reversed(list(order.blocks(_LINES))):
        begin, end = order.starts[block.start], order.starts[block.stop]
        lines = np.diff(order.starts[block.start : block.stop + 1])
        terms = amounts[begin:end] * np.repeat(takes[block], lines)
        np.add.at(takes, order.cited[begin:end], terms)
    return takes[:-1]
