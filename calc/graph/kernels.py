"""The two compiled loops that everything runs in: rows that read what earlier rows wrote.

scipy's ``csr_matvec`` computes ``y[i] += Σ a[i,j]·x[j]`` row by row, upwards. Given the *same*
array as x and y, and rows that cite earlier rows only, that is forward substitution in one call:
no levels, no Python between rows, a chain of a million as fast as a tree. scipy does not promise
this order, so it is asked for once in each process; where it does not hold, the documented and
slower ``spsolve_triangular`` does the same work.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rootprint.calc.graph.arrays import Floats, Positions

Number = TypeVar("Number", np.float64, np.int32, np.int8)
COLUMNS = 8  # right-hand sides at once: a row of them is one cache line


@cache
def _loops() -> Any:
    """Return scipy's compiled loops; loaded on use, for who only verifies does not need them."""
    from scipy.sparse import _sparsetools  # type: ignore[import-untyped] # noqa: PLC0415 - slow to load

    return _sparsetools


def substitute(
    starts: Positions, cited: Positions, scale: Floats, values: Floats, rows: slice
) -> None:
    """Add to ``values[i]`` what row i cites, upwards from rows.start, in place.

    ``values`` (N) or (N, k) must be C-contiguous; every index in row i must be below i, or beyond
    all rows, where values stay as they are.
    """
    substitute_some(starts[rows.start : rows.stop + 1], cited, scale, values, rows)


def substitute_some(
    starts: Positions, cited: Positions, scale: Floats, values: Floats, rows: slice
) -> None:
    """Do the same where ``starts`` begins at rows.start, and need not begin with 0."""
    here, size = values[rows], len(values)
    count = len(here)
    if not count:
        return
    if not in_place_holds():
        _documented(starts, cited, scale, values, rows)
    elif values.ndim == 1:
        _loops().csr_matvec(count, size, starts, cited, scale, values, here)
    else:
        flat, columns = values.reshape(-1), values.shape[1]
        _loops().csr_matvecs(count, size, columns, starts, cited, scale, flat, here.reshape(-1))


def substitute_edges(citing: Positions, cited: Positions, scale: Floats, values: Floats) -> None:
    """Do ``values[citing[e]] += scale[e]·values[cited[e]]``, edge after edge, in place."""
    _loops().coo_matvec(len(scale), citing, cited, scale, values, values)


def multiply(starts: Positions, cited: Positions, scale: Floats, values: Floats) -> Floats:
    """Return the product of the rows with ``values`` (N) or (N, k)."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - slow to load

    shape = (len(starts) - 1, len(values))
    product: Floats = csr_array((scale, cited, starts), shape=shape) @ values
    return product


def by_row(
    rows: int, citing: Positions, cited: Positions, scale: NDArray[Number]
) -> tuple[Positions, Positions, NDArray[Number]]:
    """Return the edges sorted by row (a counting sort, stable) as starts, cited, scale."""
    starts = np.empty(rows + 1, dtype=np.int32)
    into, weights = np.empty_like(cited), np.empty_like(scale)
    _loops().coo_tocsr(rows, rows, len(scale), citing, cited, scale, starts, into, weights)
    return starts, into, weights


def transposed(
    starts: Positions, cited: Positions, scale: NDArray[Number]
) -> tuple[Positions, Positions, NDArray[Number]]:
    """Return the square matrix's transpose, rows in ascending order."""
    rows = len(starts) - 1
    by_cited = np.empty_like(starts)
    citing, weights = np.empty_like(cited), np.empty_like(scale)
    _loops().csr_tocsc(rows, rows, starts, cited, scale, by_cited, citing, weights)
    return by_cited, citing, weights


@cache
def in_place_holds() -> bool:
    """Whether scipy's loops still run upwards and read what they have just written."""
    starts = np.array([0, 0, 1, 3, 4], dtype=np.int32)
    cited = np.array([0, 0, 1, 2], dtype=np.int32)
    scale = np.array([2.0, 3.0, 5.0, 7.0])
    expected = np.array([1.0, 3.0, 19.0, 134.0])
    one, two, edges = np.ones(4), np.ones((4, 2)), np.ones(4)
    _loops().csr_matvec(4, 4, starts, cited, scale, one, one)
    _loops().csr_matvecs(4, 4, 2, starts, cited, scale, two.reshape(-1), two.reshape(-1))
    citing = np.array([1, 2, 2, 3], dtype=np.int32)
    _loops().coo_matvec(4, citing, cited, scale, edges, edges)
    return bool(
        (one == expected).all() and (two == expected[:, None]).all() and (edges == expected).all()
    )


def _documented(
    starts: Positions, cited: Positions, scale: Floats, values: Floats, rows: slice
) -> None:
    from scipy.sparse import csr_array, eye_array  # noqa: PLC0415
    from scipy.sparse.linalg import (  # type: ignore[import-untyped] # noqa: PLC0415
        spsolve_triangular,
    )

    begin, end = int(rows.start), int(rows.stop)
    edges = slice(int(starts[0]), int(starts[-1]))
    shape = (end - begin, len(values))
    own = starts - starts[0]
    matrix = csr_array((scale[edges], cited[edges], own), shape=shape)
    known = values[begin:end] + matrix[:, :begin] @ values[:begin] + matrix[:, end:] @ values[end:]
    below = eye_array(end - begin, format="csr") - matrix[:, begin:end]
    values[begin:end] = spsolve_triangular(below.tocsr(), known, lower=True)
