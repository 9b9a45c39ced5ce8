"""Solving one large cycle: y = rhs + A·y, with A its edges among its own k nodes.

Up to ``DENSE`` nodes by LU, more by sweeps (Gauss–Seidel: the edges that point back in the given
order come from the sweep before, all others are solved exactly in one pass), and where these
converge too slowly by sparse LU.

A ≥ 0 is productive (spectral radius below 1) exactly if some v > 0 has A·v < v (Collatz–Wielandt);
v = (1 - A)⁻¹·1 is such a v, and its largest entry bounds how much errors grow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.linalg import lu_factor, lu_solve  # type: ignore[import-untyped]
from scipy.sparse import csc_array, eye_array  # type: ignore[import-untyped]
from scipy.sparse.linalg import ArpackError, eigs, splu  # type: ignore[import-untyped]

from calc.graph.errors import NotProductive
from calc.graph.kernels import by_row, multiply
from calc.graph.ordered import Ordered

if TYPE_CHECKING:
    from calc.graph.arrays import Flags, Floats, Positions
    from calc.graph.ordered import Solver

DENSE = 100
GROWTH = 1e10  # beyond this, more than ten of a double's sixteen digits are lost
_TRIED = 200  # sweeps; a cycle that needs more to converge is solved by sparse LU
_SWEEPS = 5 * _TRIED  # what another right-hand side of a cycle that did converge may need
_CONVERGED = 1e-14
_STALLED = 1e-11


@dataclass(frozen=True, eq=False)
class Square:
    """A cycle's edges among its ``size`` nodes, numbered 0 … size-1."""

    size: int
    citing: Positions
    cited: Positions
    scale: Floats

    def dense(self) -> Floats:
        """Return A; parallel edges add."""
        matrix = np.zeros((self.size, self.size))
        np.add.at(matrix, (self.citing, self.cited), self.scale)
        return matrix

    def sparse(self) -> Any:
        """Return A by columns."""
        return csc_array((self.scale, (self.citing, self.cited)), shape=(self.size, self.size))

    def reversed(self) -> Square:
        """Return the transpose, numbered from the end."""
        last = self.size - 1
        return Square(self.size, last - self.cited, last - self.citing, self.scale)


def solver(square: Square) -> Solver:
    """Return what solves this cycle.

    Raises NotProductive, without names, where it is singular or has spectral radius ≥ 1.
    """
    made: Solver = _Dense(square) if square.size <= DENSE else _sweeping(square)
    _certify(square, made.solve(np.ones(square.size)))
    return made


def productive(matrix: Floats, grown: Floats) -> Flags:
    """Return for each matrix (…, k, k) whether (1 - A)⁻¹·1 = ``grown`` shows it productive."""
    with np.errstate(invalid="ignore", over="ignore"):
        shrunk = np.matvec(np.abs(matrix), grown) < grown
    fits: Flags = shrunk.all(axis=-1) & (grown > 0).all(axis=-1) & (grown < GROWTH).all(axis=-1)
    return fits


def _certify(square: Square, grown: Floats) -> None:
    sizes = Square(square.size, square.citing, square.cited, np.abs(square.scale)).sparse()
    if np.isfinite(grown).all() and np.abs(grown).max() < GROWTH:
        if (grown > 0).all() and (sizes @ grown < grown).all():
            return
        # With credits among the edges the bound above is enough but not needed.
        if (square.scale < 0).any() and spectral_radius(square) < 1:
            return
    message = "its spectral radius is 1 or more, or too near to it for sixteen digits"
    raise NotProductive(message)


def spectral_radius(square: Square) -> float:
    """Return the largest |eigenvalue|; for blocks with credits, where no bound answers."""
    if square.size <= DENSE:
        return float(np.abs(np.linalg.eigvals(square.dense())).max())
    try:
        return float(np.abs(eigs(square.sparse(), k=1, return_eigenvectors=False, tol=1e-6)[0]))
    except ArpackError as error:
        raise NotProductive(f"its spectral radius could not be found: {error}") from error


class _Dense:
    """LU with partial pivoting; the transpose is solved from the same factors."""

    def __init__(self, square: Square, factors: Any = None, *, turned: bool = False) -> None:
        self._square, self._turned = square, turned
        if factors is None:
            matrix = np.eye(square.size) - square.dense()
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
        return _Dense(self._square, self._factors, turned=not self._turned)


class _Sparse:
    """SuperLU, for what sweeps can't solve; fill may need much memory and time."""

    def __init__(self, square: Square) -> None:
        self._square = square
        try:
            self._factors = splu((eye_array(square.size, format="csc") - square.sparse()).tocsc())
        except RuntimeError as error:  # "Factor is exactly singular"
            raise NotProductive("it is singular") from error

    def solve(self, rhs: Floats) -> Floats:
        solved: Floats = self._factors.solve(np.ascontiguousarray(rhs))
        return solved

    def reversed(self) -> Solver:
        return _Sparse(self._square.reversed())


class _Sweeps:
    def __init__(self, square: Square) -> None:
        self._square = square
        down = square.cited < square.citing
        self._below = Ordered(*by_row(square.size, *_of(square, down)))
        self._back = by_row(square.size, *_of(square, ~down))

    def solve(self, rhs: Floats) -> Floats:
        solved = self.attempt(rhs, _SWEEPS)
        if solved is None:
            message = (
                f"{_SWEEPS} sweeps over a cycle of {self._square.size:,} nodes do not converge"
            )
            raise NotProductive(message)
        return solved

    def attempt(self, rhs: Floats, most: int = _TRIED) -> Floats | None:
        """Sweep until the change is within ``_CONVERGED`` of each value, or no longer shrinks."""
        values = np.array(rhs, dtype=np.float64, order="C")
        self._below.run(values)
        back, last = np.zeros_like(values), np.inf
        for _ in range(most):
            before, back = back, multiply(*self._back, values)
            size = np.maximum(np.abs(values), np.finfo(np.float64).tiny)
            change = float((np.abs(back - before) / size).max(initial=0.0))
            if change <= _CONVERGED or (change <= _STALLED and change > last / 2):
                return values
            if not np.isfinite(change):
                return None
            values, last = rhs + back, change
            self._below.run(values)
        return None

    def reversed(self) -> Solver:
        return _Sweeps(self._square.reversed())


def _sweeping(square: Square) -> Solver:
    sweeps = _Sweeps(square)
    return sweeps if sweeps.attempt(np.ones(square.size)) is not None else _Sparse(square)


def _of(square: Square, which: Flags) -> tuple[Positions, Positions, Floats]:
    return square.citing[which], square.cited[which], square.scale[which]
