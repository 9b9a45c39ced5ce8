"""The graph's two passes against each other, and against exact sums."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootprint.calc.errors import CalculationError
from rootprint.calc.graph import Graph

Edges = list[tuple[int, int, float]]


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, Edges, list[float]]:
    """Nodes in log order, edges back to earlier ones, some twice, and own emissions."""
    nodes = draw(st.integers(1, 12))
    edges = [
        (citing, cited, draw(st.floats(1e-3, 10)))
        for citing in range(1, nodes)
        for cited in draw(st.lists(st.integers(0, citing - 1), max_size=4))
    ]
    own = draw(st.lists(st.floats(0, 1e3), min_size=nodes, max_size=nodes))
    return nodes, draw(st.permutations(edges)), own


@given(graphs())
def test_forward_and_backward_agree_and_both_with_exact_sums(
    given_graph: tuple[int, Edges, list[float]],
) -> None:
    nodes, edges, own = given_graph
    graph = Graph.of(nodes, edges)
    values = graph.footprints(np.array(own))
    exact = [Fraction(value) for value in own]
    for citing, cited, scale in sorted(edges):
        exact[citing] += Fraction(scale) * exact[cited]
    assert values == pytest.approx([float(value) for value in exact], rel=1e-9, abs=1e-300)
    for product in range(nodes):
        takes = graph.takes(product)
        assert takes[product] == 1
        assert not takes[product + 1 :].any()
        assert takes @ np.array(own) == pytest.approx(values[product], rel=1e-9, abs=1e-300)


def test_a_diamond_counts_both_ways_down() -> None:
    """Coke feeds powder and blocks, both feed graphite: what coke carries is counted twice."""
    graph = Graph.of(4, [(1, 0, 2.0), (2, 0, 3.0), (3, 1, 5.0), (3, 2, 7.0)])
    assert graph.takes(3).tolist() == [31.0, 5.0, 7.0, 1.0]
    assert graph.footprints(np.array([1.0, 0.0, 0.0, 10.0])).tolist() == [1.0, 2.0, 3.0, 41.0]


@pytest.mark.parametrize("edges", [[(0, 1, 1.0)], [(1, 1, 1.0)]])
def test_an_input_that_is_not_earlier_is_refused(edges: Edges) -> None:
    with pytest.raises(CalculationError, match="an input is not earlier than the footprint"):
        Graph.of(2, edges)


def test_no_edges_are_no_inputs() -> None:
    graph = Graph.of(2, [])
    assert graph.footprints(np.array([1.0, 2.0])).tolist() == [1.0, 2.0]
