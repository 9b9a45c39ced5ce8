"""Passes with drawn weights: each sample is what a dense exact solve of its own weights gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootprint.calc.errors import CalculationError
from rootprint.calc.graph import Graph, NotFinite, NotProductive, sampled
from tests.calc.graph_cases import Case, cases, ring

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SAMPLES = 3
ANY = st.one_of(cases(cyclic=False), cases(cyclic=True), cases(cyclic=True, most=8))


def given_by(factors: Floats) -> Callable[[NDArray[np.int32]], Floats]:
    return lambda edges: factors[:, edges]


def drawn(case: Case) -> Floats:
    """Factors below 1.1, so that every sample is productive as each row adds to 0.9 at most."""
    return np.random.default_rng(case.nodes).random((SAMPLES, len(case.edges))) * 1.1


def with_factors(case: Case, by: Floats) -> Case:
    pairs = zip(case.edges, by.tolist(), strict=True)
    return Case(case.nodes, [(i, j, scale * factor) for (i, j, scale), factor in pairs])


@given(ANY, st.data())
def test_each_sample_is_the_dense_solution_of_its_weights(case: Case, data: st.DataObject) -> None:
    """With and without cycles, in any order of nodes and of edges, parallel edges drawn apart."""
    case = Case(case.nodes, data.draw(st.permutations(case.edges)))
    factors = drawn(case)
    found = sampled(
        case.graph(sampling=True), case.own(), given_by(factors), samples=SAMPLES
    )  # fmt: skip
    for sample, by in zip(found, factors, strict=True):
        expected = with_factors(case, by).inverse() @ case.own()
        np.testing.assert_allclose(sample, expected, rtol=1e-9, atol=1e-11)


@pytest.mark.parametrize("nodes", [2, 16, 17, 100, 101, 700])
def test_a_cycle_of_each_kind_between_other_nodes(nodes: int) -> None:
    """Unfolded, by dense inverse and by sweeps; what comes in and goes out is drawn too."""
    rng = np.random.default_rng(nodes)
    around = [(2 + n, 2 + (n + 1) % nodes, 0.4) for n in range(nodes)]
    chords = [(2 + n, 2 + int(rng.integers(nodes)), 0.3) for n in range(nodes)]
    ends = [(2, 0, 1.5), (3, 1, 0.5), (nodes + 2, 2, 2.0), (nodes + 3, nodes + 2, 1.0)]
    case = Case(nodes + 4, [*ends, *around, *chords])
    factors = np.exp(rng.normal(size=(SAMPLES, len(case.edges))) * 0.1)
    own = rng.random(case.nodes)
    found = sampled(case.graph(sampling=True), own, given_by(factors), samples=SAMPLES)
    for sample, by in zip(found, factors, strict=True):
        expected = with_factors(case, by).inverse() @ own
        np.testing.assert_allclose(sample, expected, rtol=1e-10)


def test_many_cycles_over_many_chunks() -> None:
    """Pairs in a row, 80,000 edges: more than one chunk, none of which cuts a pair in two."""
    pairs = 20_000
    edges = [(2 * n, 2 * n + 1, 0.5) for n in range(pairs)]
    edges += [(2 * n + 1, 2 * n, 0.4) for n in range(pairs)]
    edges += [(2 * n, max(2 * n - 1, 0), 0.1) for n in range(pairs)]
    case = Case(2 * pairs, edges)
    factors = np.random.default_rng(1).random((2, len(edges)))
    own = np.ones(case.nodes)
    found = sampled(case.graph(sampling=True), own, given_by(factors), samples=2)
    for sample, by in zip(found, factors, strict=True):
        expected = with_factors(case, by).graph().footprints(own)
        np.testing.assert_allclose(sample, expected, rtol=1e-13)


@given(ANY)
def test_own_values_may_be_drawn_too(case: Case) -> None:
    graph, ones = case.graph(sampling=True), np.ones((SAMPLES, len(case.edges)))
    own = case.own(SAMPLES)
    found = sampled(graph, own, given_by(ones), samples=SAMPLES)
    np.testing.assert_allclose(found.T, graph.footprints(own), rtol=1e-9, atol=1e-11)
    with pytest.raises(CalculationError, match="2 samples, but own values of shape"):
        sampled(graph, own, given_by(ones), samples=2)


# Only the second sample goes around the ring with 1 or more; ring sizes: unfolded, dense, sweeps.
@pytest.mark.parametrize("nodes", [1, 2, 16, 17, 100, 1001])
@pytest.mark.parametrize("factor", [2.0, 2.5])
def test_a_sample_without_a_footprint_is_refused_by_name(nodes: int, factor: float) -> None:
    fine = [(nodes, nodes + 1, 0.1), (nodes + 1, nodes, 0.1)]
    case = Case(nodes + 2, [*ring(nodes, 0.5).edges, *fine])
    factors = np.ones((2, nodes + 2))
    factors[1, :nodes] = factor
    with pytest.raises(NotProductive, match=r"a sample of the cycle of 0\b.* has no footprint"):
        sampled(case.graph(sampling=True), np.ones(nodes + 2), given_by(factors), samples=2)


def test_a_sample_that_overflows_is_refused_by_name() -> None:
    graph = Graph.of(2, [(1, 0, 1e300)])
    with pytest.raises(NotFinite, match="footprints of 1 are beyond"):
        sampled(graph, np.array([1e300, 1.0]), lambda _: np.ones((1, 1)), samples=1)


@pytest.mark.parametrize("case", [ring(3, 0.5), Case(3, [(2, 1, 1.0), (1, 0, 1.0)])])
def test_a_graph_that_does_not_know_its_edges_can_not_be_sampled(case: Case) -> None:
    edges = len(case.edges)
    with pytest.raises(CalculationError, match="was not built to be sampled"):
        sampled(case.graph(), np.ones(3), lambda _: np.ones((1, edges)), samples=1)
