"""Cycles inside the pass: small ones unfolded into explicit rows, large ones as blocks to solve."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from calc.graph.blocks import Square, productive, solver
from calc.graph.errors import NAMED, NotProductive, named
from calc.graph.kernels import by_row
from calc.graph.order import UNFOLDED
from calc.graph.ordered import Block, Ordered

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from calc.graph.arrays import Flags, Floats, Integers, Positions
    from calc.graph.order import Order

    Edges = tuple[Positions, Positions, Floats]
    Names = Callable[[Sequence[int]], list[str]]

_AT_ONCE = 2**20  # entries of the small blocks that are inverted in one call


def cycles(order: Order) -> tuple[Positions, ...]:
    """Return each cycle's nodes, inputs first."""
    if not order.cyclic.any():
        return ()
    members = np.flatnonzero(order.cyclic[order.component]).astype(np.int32)
    by_slot = members[np.argsort(order.slot[members], kind="stable")]
    ends = np.cumsum(order.sizes[order.cyclic])
    return tuple(np.split(by_slot, ends[:-1]))


def rows(order: Order, edges: Edges, names: Names) -> Ordered:
    """Return the pass over all rows. NotProductive names the cycle that has no footprint."""
    citing, cited, scale = edges
    inside = order.component[citing] == order.component[cited]
    few = order.sizes[order.component[citing]] <= UNFOLDED
    more = _unfold(order, _of(edges, inside & few), names)
    blocks = _blocks(order, _of(edges, inside & ~few), names)
    outside = ~inside
    del few, inside
    if more or blocks:
        citing, cited, scale = _of(edges, outside)
    all_edges = (order.slot[citing], order.place[cited], scale)
    if more:
        several = [all_edges, *more]
        all_edges = (
            np.concatenate([some[0] for some in several]),
            np.concatenate([some[1] for some in several]),
            np.concatenate([some[2] for some in several]),
        )
    return Ordered(*by_row(order.total, *all_edges), blocks)


def _of(edges: Edges, which: Flags | Integers) -> Edges:
    return edges[0][which], edges[1][which], edges[2][which]


def _unfold(order: Order, within: Edges, names: Names) -> list[Edges]:
    """Return rows place ← slots with (1 - A)⁻¹ for every small cycle, all of one size at once."""
    citing, cited, scale = within
    component = order.component[citing]
    row, column = order.inner(citing), order.inner(cited)
    chosen = order.cyclic & (order.sizes <= UNFOLDED)
    made = []
    for size in np.unique(order.sizes[chosen]).tolist():
        which = np.flatnonzero(chosen & (order.sizes == size))
        number = np.full(len(order.sizes), -1, dtype=np.int64)
        number[which] = np.arange(len(which))
        mine = order.sizes[component] == size
        at = (number[component[mine]] * size + row[mine]) * size + column[mine]
        sums = np.bincount(at, weights=scale[mine], minlength=len(which) * size * size)
        matrices = sums.astype(np.float64).reshape(-1, size, size)
        step = max(1, _AT_ONCE // size**2)
        for first in range(0, len(which), step):
            some = slice(first, first + step)
            made.append(_inverted(order, which[some], matrices[some], names))
    return made


def _inverted(order: Order, which: Integers, matrices: Floats, names: Names) -> Edges:
    size = matrices.shape[-1]
    unit = np.eye(size)
    singular = np.linalg.matrix_rank(unit - matrices) < size
    inverse = np.linalg.inv(np.where(singular[:, None, None], unit, unit - matrices))
    fine = productive(matrices, inverse.sum(axis=-1)) & ~singular
    for bad in np.flatnonzero(~fine):
        signed = (matrices[bad] < 0).any() and not singular[bad]
        if not signed or np.abs(np.linalg.eigvals(matrices[bad])).max() >= 1:
            why = "it is singular" if singular[bad] else "its spectral radius is 1 or more"
            _refuse(order, int(which[bad]), why, names)
    begins = order.first[which]
    slots = (begins[:, None] + np.arange(size)).astype(np.int32)
    places = np.broadcast_to(slots[:, :, None] + np.int32(size), matrices.shape)
    cited = np.broadcast_to(slots[:, None, :], matrices.shape)
    return places.reshape(-1), cited.reshape(-1), inverse.reshape(-1)


def _blocks(order: Order, within: Edges, names: Names) -> tuple[Block, ...]:
    component = order.component[within[0]]
    by_component = np.argsort(component, kind="stable")
    citing, cited, scale = _of(within, by_component)
    numbers = np.flatnonzero(order.sizes > UNFOLDED)
    ends = np.searchsorted(component[by_component], numbers, side="right").tolist()
    made = []
    for number, first, last in zip(numbers.tolist(), [0, *ends][:-1], ends, strict=True):
        size, begin = int(order.sizes[number]), int(order.first[number])
        mine = slice(first, last)
        square = Square(size, order.inner(citing[mine]), order.inner(cited[mine]), scale[mine])
        try:
            made.append(Block(begin, begin + size, solver(square)))
        except NotProductive as error:
            _refuse(order, number, str(error), names)
    return tuple(made)


def _refuse(order: Order, number: int, why: str, names: Names) -> None:
    members = np.flatnonzero(order.component == number)
    shown = named(names(members[:NAMED].tolist()), count=len(members))
    message = f"the cycle of {shown} has no footprint: {why}"
    raise NotProductive(
        message, remedy="check amounts and units: it takes as much of itself as it makes"
    )
