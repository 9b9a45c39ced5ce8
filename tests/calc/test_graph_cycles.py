"""Cycles are found, named, solved inside the pass, and agree with the dense inverse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given

from rootprint.calc.graph import blocks
from rootprint.calc.graph.blocks import Cycle, solver
from rootprint.calc.graph.kernels import by_row
from tests.calc.graph_cases import Case, cases, ring

if TYPE_CHECKING:
    from numpy.typing import NDArray


@given(cases(cyclic=True))
def test_cycles_are_those_that_reach_themselves(case: Case) -> None:
    reach = np.zeros((case.nodes, case.nodes), dtype=bool)
    for citing, cited, _ in case.edges:
        reach[citing, cited] = True
    for _ in range(case.nodes.bit_length()):
        reach |= (reach.astype(int) @ reach.astype(int)) > 0
    expected = {
        frozenset(np.flatnonzero(row & reach[:, n]).tolist()) for n, row in enumerate(reach)
    }
    found = [frozenset(cycle.tolist()) for cycle in case.graph().cycles]
    assert set(found) == expected - {frozenset()}
    assert len(found) == len(set(found))


@given(cases(cyclic=True, most=20))
def test_each_way_to_solve_a_cycle_gives_the_dense_inverse(case: Case) -> None:
    cycle = as_cycle(case)
    inverse, rhs = case.inverse(), case.own(3)
    grown = blocks.by_sweeps(cycle)
    sweeps = [] if grown is None else [blocks._Sweeps(cycle, grown)]
    for made in (solver(cycle), blocks._Sparse(cycle), *sweeps):
        np.testing.assert_allclose(made.solve(rhs), inverse @ rhs, atol=1e-10)
        turned = inverse.T[::-1, ::-1] @ rhs
        np.testing.assert_allclose(made.reversed().solve(rhs), turned, atol=1e-10)
        np.testing.assert_allclose(made.reversed().reversed().solve(rhs), inverse @ rhs, atol=1e-10)


def as_cycle(case: Case) -> Cycle:
    columns = zip(*case.edges, strict=True) if case.edges else ([], [], [])
    citing, cited, scale = (np.array(list(column), dtype=float) for column in columns)
    return Cycle.of(*by_row(case.nodes, citing.astype(np.int32), cited.astype(np.int32), scale))


@given(cases(cyclic=True, most=20))
def test_what_sweeps_grow_to_proves_that_errors_halve(case: Case) -> None:
    """By v - |A|·v ≥ 1/2 the inverse (1 - |A|)⁻¹ is bounded by 2 v."""
    cycle = as_cycle(case)
    grown = blocks.by_sweeps(cycle)
    if grown is not None:
        sizes = _sizes(case)
        assert (grown - sizes @ grown >= 0.5 - 1e-9).all()
        assert (np.linalg.inv(np.eye(case.nodes) - sizes).sum(axis=1) <= 2 * grown + 1e-9).all()


def _sizes(case: Case) -> NDArray[np.float64]:
    sizes = np.zeros((case.nodes, case.nodes))
    for citing, cited, scale in case.edges:
        sizes[citing, cited] += abs(scale)
    return sizes


@pytest.mark.parametrize("nodes", [15, 16, 17, 999, 1200])
def test_a_large_cycle_among_other_nodes(nodes: int) -> None:
    """Two inputs come in, two products go out, and the cycle has random chords."""
    rng = np.random.default_rng(nodes)
    at = 2 + rng.permutation(nodes)
    around = [(int(a), int(b), 0.3) for a, b in zip(at, np.roll(at, 1), strict=True)]
    chords = [(int(a), int(b), 0.2) for a, b in rng.choice(at, (2 * nodes, 2))]
    ends = [(2, 0, 1.5), (3, 1, 0.5), (nodes + 2, 2, 2.0), (nodes + 3, nodes + 2, 1.0)]
    degree = np.bincount([e[0] for e in chords], minlength=nodes + 4)
    case = Case(nodes + 4, [*around, *((a, b, s * 3 / degree[a]) for a, b, s in chords), *ends])
    graph, own, inverse = case.graph(), case.own(2), case.inverse()
    assert [len(cycle) for cycle in graph.cycles] == [nodes]
    np.testing.assert_allclose(graph.footprints(own), inverse @ own, rtol=1e-10, atol=1e-10)
    for product in (nodes + 3, int(at[0]), 1):
        np.testing.assert_allclose(graph.takes(product), inverse[product], atol=1e-11)
        total = float(inverse[product] @ own[:, 0])
        assert graph.footprint(product, own[:, 0]) == pytest.approx(total, rel=1e-9)


def test_slow_sweeps_give_way_to_sparse_lu() -> None:
    """0.9999 around a ring backwards: a sweep gains nothing but the one factor."""
    case = ring(1500, 0.9999)
    expected = np.linalg.solve(np.linalg.inv(case.inverse()), np.ones(1500))
    np.testing.assert_allclose(case.graph().footprints(np.ones(1500)), expected, rtol=1e-8)


def test_many_small_cycles_are_solved_together() -> None:
    pairs = 20_000
    edges = [(2 * n, 2 * n + 1, 0.5) for n in range(pairs)]
    edges += [(2 * n + 1, 2 * n, 0.5) for n in range(pairs)]
    edges += [(2 * n, 2 * n - 1, 0.1) for n in range(1, pairs)]
    graph = Case(2 * pairs, edges).graph()
    assert len(graph.cycles) == pairs
    found = graph.footprints(np.ones(2 * pairs))
    matrix = np.array([[1.0, -0.5], [-0.5, 1.0]])
    last = np.linalg.solve(matrix, np.ones(2))
    np.testing.assert_allclose(found[:2], last)
    for n in range(1, 30):
        last = np.linalg.solve(matrix, np.array([1 + 0.1 * last[1], 1.0]))
        np.testing.assert_allclose(found[2 * n : 2 * n + 2], last)
