"""Solving one large cycle: y = rhs + A·y, with A its edges among its own k rows.

Up to ``DENSE`` rows by LU, more by sweeps (Gauss–Seidel: edges that point back in the given order
bring what the sweep before came to, all others are solved exactly in one pass), and where these
converge too slowly by sparse LU.

A ≥ 0 is productive (spectral radius below 1) exactly if some v > 0 has A·v < v (Collatz–Wielandt);
v = (1 - A)⁻¹·1 is such a v, and its largest entry bounds how much errors grow.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.linalg import lu_factor, lu_solve  # type: ignore[import-untyped]
from scipy.sparse import csc_array, eye_array  # type: ignore[import-untyped]
from scipy.sparse.linalg import ArpackError, eigs, splu  # type: ignore[import-untyped]

from rootprint.calc.graph.errors import NotProductive
from rootprint.calc.graph.kernels import by_row, substitute

if TYPE_CHECKING:
    from rootprint.calc.graph.arrays import Flags, Floats, Positions
    from rootprint.calc.graph.ordered import Solver

DENSE = 100
GROWTH = 1e10  # beyond this, more than ten of a double's sixteen digits are lost
_TRIED = 50  # sweeps until errors must have halved; a slower cycle is solved by sparse LU
_SWEEPS = 50 * _TRIED  # 47 halvings reach _CONVERGED
_CONVERGED = 1e-14
_STALLED = 1e-11
_CANCELLED = 1e-4  # of what values could come to: where signs differ, digits below are lost


@dataclass(frozen=True, eq=False)
class Cycle:
    """A cycle's edges among its rows 0 … k-1, by row: 12 bytes an edge.

    An input that does not stand before its row is read from behind the rows: k + t for the row
    ``torn[t]``. So a sweep is one pass in place, over k + len(torn) values.
    """

    starts: Positions
    cited: Positions
    scale: Floats
    torn: Positions

    @classmethod
    def of(cls, starts: Positions, cited: Positions, scale: Floats) -> Cycle:
        """Return it from edges by row; ``cited`` is changed in place."""
        size = len(starts) - 1
        rows = np.repeat(np.arange(size, dtype=np.int32), np.diff(starts))
        behind = np.flatnonzero(cited >= rows)
        torn, which = np.unique(cited[behind], return_inverse=True)
        cited[behind] = size + which
        return cls(starts, cited, scale, torn)

    @property
    def size(self) -> int:
        """Number of rows."""
        return len(self.starts) - 1

    def edges(self) -> tuple[Positions, Positions]:
        """Return the row of each edge, and the row that it cites."""
        rows = np.arange(self.size, dtype=np.int32)
        citing = np.repeat(rows, np.diff(self.starts))
        return citing, np.concatenate([rows, self.torn])[self.cited]

    def dense(self) -> Floats:
        """Return A; parallel edges add."""
        matrix = np.zeros((self.size, self.size))
        np.add.at(matrix, self.edges(), self.scale)
        return matrix

    def sparse(self) -> Any:
        """Return A by columns."""
        return csc_array((self.scale, self.edges()), shape=(self.size, self.size))

    def reversed(self) -> Cycle:
        """Return the transpose, numbered from the end."""
        citing, cited = (self.size - 1 - rows for rows in self.edges())
        return Cycle.of(*by_row(self.size, cited, citing, self.scale))

    def sweep(self, rhs: Floats | float, values: Floats) -> Floats:
        """Replace the rows of ``values`` by rhs + A·values, return what torn ones come to."""
        values[: self.size] = rhs
        substitute(self.starts, self.cited, self.scale, values, slice(0, self.size))
        come_to: Floats = values[self.torn]
        return come_to


def solver(cycle: Cycle) -> Solver:
    """Return what solves this cycle.

    Raises NotProductive, without names, where it is singular or has spectral radius ≥ 1.
    """
    if cycle.size > DENSE and (grown := by_sweeps(cycle)) is not None:
        return _Sweeps(cycle, grown)
    made: Solver = _Dense(cycle) if cycle.size <= DENSE else _Sparse(cycle)
    _certify(cycle, made.solve(np.ones(cycle.size)))
    return made


def by_sweeps(cycle: Cycle) -> Floats | None:
    """Return v > 0 with v - |A|·v ≥ 1/2, if few sweeps find one: then sweeps halve errors.

    With x the sweeps for a right-hand side of 1, x - |A|·x = 1 - |B|·(x - its predecessor), where
    B are the edges that point back, and |B|·d is at most the next difference. So ``_TRIED`` sweeps
    at most halve what any right-hand side still lacks, with credits too, and v ≥ (1 - |A|)⁻¹·1/2.
    """
    sizes = replace(cycle, scale=np.abs(cycle.scale)) if (cycle.scale < 0).any() else cycle
    values, last = np.zeros(cycle.size + len(cycle.torn)), np.zeros(cycle.size)
    for _ in range(_TRIED):
        come_to = sizes.sweep(1.0, values)
        rows = values[: cycle.size]
        if not rows.max() < GROWTH:
            return None
        if (rows - last).max() <= 1 / 2:
            return last
        last, values[cycle.size :] = rows.copy(), come_to
    return None


def productive(matrix: Floats, grown: Floats) -> Flags:
    """Return for each matrix (…, k, k) whether (1 - A)⁻¹·1 = ``grown`` shows it productive."""
    with np.errstate(invalid="ignore", over="ignore"):
        shrunk = np.matvec(np.abs(matrix), grown) < grown
    fits: Flags = shrunk.all(axis=-1) & (grown > 0).all(axis=-1) & (grown < GROWTH).all(axis=-1)
    return fits


def _certify(cycle: Cycle, grown: Floats) -> None:
    sizes = replace(cycle, scale=np.abs(cycle.scale)).sparse()
    if np.isfinite(grown).all() and np.abs(grown).max() < GROWTH:
        if (grown > 0).all() and (sizes @ grown < grown).all():
            return
        # With credits among the edges the bound above is enough but not needed.
        if (cycle.scale < 0).any() and spectral_radius(cycle) < 1:
            return
    message = "its spectral radius is 1 or more, or too near to it for sixteen digits"
    raise NotProductive(message)


def spectral_radius(cycle: Cycle) -> float:
    """Return the largest |eigenvalue|; for blocks with credits, where no bound answers."""
    if cycle.size <= DENSE:
        return float(np.abs(np.linalg.eigvals(cycle.dense())).max())
    try:
        return float(np.abs(eigs(cycle.sparse(), k=1, return_eigenvectors=False, tol=1e-6)[0]))
    except ArpackError as error:
        raise NotProductive(f"its spectral radius could not be found: {error}") from error


class _Dense:
    """LU with partial pivoting; the transpose is solved from the same factors."""

    def __init__(self, cycle: Cycle, factors: Any = None, *, turned: bool = False) -> None:
        self._cycle, self._turned = cycle, turned
        if factors is None:
            matrix = np.eye(cycle.size) - cycle.dense()
            if np.linalg.cond(matrix, 1) > 1 / np.finfo(np.float64).eps:
                raise NotProductive("it is singular")
            factors = lu_factor(matrix, overwrite_a=True)
        self._factors = factors

    def solve(self, rhs: Floats) -> Floats:
        if not self._turned:
            direct: Floats = lu_solve(self._factors, rhs)
            return direct
        turned: Floats = lu_solve(self._factors, rhs[::-1], trans=1)[::-1]
        return turned

    def reversed(self) -> Solver:
        return _Dense(self._cycle, self._factors, turned=not self._turned)


class _Sparse:
    """SuperLU, for what sweeps can't solve; fill may need much memory and time."""

    def __init__(self, cycle: Cycle) -> None:
        self._cycle = cycle
        try:
            self._factors = splu((eye_array(cycle.size, format="csc") - cycle.sparse()).tocsc())
        except RuntimeError as error:  # "Factor is exactly singular"
            raise NotProductive("it is singular") from error

    def solve(self, rhs: Floats) -> Floats:
        solved: Floats = self._factors.solve(np.ascontiguousarray(rhs))
        return solved

    def reversed(self) -> Solver:
        return _Sparse(self._cycle.reversed())


class _Sweeps:
    """``grown`` is of ``by_sweeps``: what proves that sweeps converge."""

    def __init__(self, cycle: Cycle, grown: Floats) -> None:
        self._cycle = cycle
        self._most = 2 * grown[cycle.torn]  # what torn values can come to, for |rhs| ≤ 1
        self._credits = bool((cycle.scale < 0).any())

    def solve(self, rhs: Floats) -> Floats:
        """Sweep until the change is within ``_CONVERGED`` of each value, or no longer shrinks.

        The residual y - rhs - A·y is A times that change, so within as much of each value where
        nothing is negative.
        """
        size, torn = self._cycle.size, self._cycle.torn
        values = np.zeros((size + len(torn), *rhs.shape[1:]))
        least = np.full(values[size:].shape, np.finfo(np.float64).tiny)
        if self._credits or (rhs < 0).any():
            most = np.abs(rhs).max(axis=0)
            least += _CANCELLED * np.multiply.outer(self._most, most)
        last = np.inf
        for _ in range(_SWEEPS):
            come_to = self._cycle.sweep(rhs, values)
            change = np.abs(come_to - values[size:])
            change /= np.maximum(np.abs(come_to), least)
            largest = float(change.max(initial=0.0))
            if largest <= _CONVERGED or (largest <= _STALLED and largest > last / 2):
                return values[:size]
            values[size:], last = come_to, largest
        return _Sparse(self._cycle).solve(rhs)  # some value is 1e-15 of others

    def reversed(self) -> Solver:
        return solver(self._cycle.reversed())
