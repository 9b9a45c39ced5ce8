"""Composition over graphs against dense algebra, exact fractions and itself."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootprint.calc.graph import Graph, kernels
from rootprint.calc.graph.ordered import Ordered
from tests.calc.graph_cases import Case, cases

ANY = st.one_of(cases(cyclic=False), cases(cyclic=True))


@given(ANY)
def test_forward_is_the_dense_solution_for_one_column_and_for_several(case: Case) -> None:
    graph, own = case.graph(), case.own(11)
    expected = case.inverse() @ own
    np.testing.assert_allclose(graph.footprints(own), expected, rtol=1e-9, atol=1e-12)
    one = graph.footprints(own[:, 0])
    np.testing.assert_allclose(one, expected[:, 0], rtol=1e-9, atol=1e-12)


@given(ANY, st.data())
def test_backward_times_own_is_the_forward_total(case: Case, data: st.DataObject) -> None:
    graph, own = case.graph(), case.own()
    product = data.draw(st.integers(0, case.nodes - 1))
    np.testing.assert_allclose(graph.takes(product), case.inverse()[product], atol=1e-11)
    total = graph.footprints(own)[product]
    assert graph.contributions(product, own).sum() == pytest.approx(total, rel=1e-9, abs=1e-11)
    assert graph.footprint(product, own) == pytest.approx(total, rel=1e-12, abs=1e-14)


@given(cases(cyclic=False, most=12))
def test_floats_agree_with_exact_fractions(case: Case) -> None:
    own = case.own()
    exact = [Fraction(value) for value in own]
    for citing, cited, scale in sorted(case.edges):
        exact[citing] += Fraction(scale) * exact[cited]
    found = case.graph().footprints(own)
    size = Case(case.nodes, [(i, j, abs(a)) for i, j, a in case.edges]).inverse() @ np.abs(own)
    error = [abs(Fraction(value) - true) for value, true in zip(found, exact, strict=True)]
    bound = 2 * (len(case.edges) + case.nodes) * np.finfo(np.float64).eps * size
    assert all(float(e) <= b for e, b in zip(error, bound, strict=True))


@given(ANY, st.data())
def test_the_order_of_nodes_and_of_edges_does_not_matter(case: Case, data: st.DataObject) -> None:
    order = np.array(data.draw(st.permutations(range(case.nodes))), dtype=np.int64)
    edges = [(int(order[i]), int(order[j]), scale) for i, j, scale in case.edges]
    moved = Case(case.nodes, data.draw(st.permutations(edges)))
    own = case.own()
    turned = np.empty_like(own)
    turned[order] = own
    found = moved.graph().footprints(turned)[order]
    np.testing.assert_allclose(found, case.graph().footprints(own), rtol=1e-9, atol=1e-12)


@given(ANY)
def test_ids_of_any_kind_give_the_same(case: Case) -> None:
    rng = np.random.default_rng(case.nodes)
    own, expected = case.own(), case.graph().footprints(case.own())
    digests = np.frombuffer(rng.bytes(32 * case.nodes), dtype="V32")
    texts = np.array([f"urn:product:{n * 7919}" for n in range(case.nodes)])
    numbers = 2**40 + 977 * rng.permutation(case.nodes)
    for ids in (digests, texts, numbers):
        np.testing.assert_array_equal(case.graph(ids).footprints(own), expected)


@given(cases(cyclic=False))
def test_what_signed_statements_say_gives_the_same_as_edges(case: Case) -> None:
    found = Graph.of(case.nodes, case.edges).footprints(case.own())
    np.testing.assert_allclose(found, case.graph().footprints(case.own()), atol=1e-12)


def test_a_chain_of_a_million_takes_no_python_loop() -> None:
    nodes = 10**6
    graph = Graph(nodes, _chain(nodes))
    assert graph.footprints(np.ones(nodes))[-1] == pytest.approx(2.0)
    assert graph.takes(nodes - 1)[nodes - 11] == 2.0**-10


def _chain(nodes: int) -> Ordered:
    starts = np.maximum(np.arange(-1, nodes), 0).astype(np.int32)
    return Ordered(starts, np.arange(nodes - 1, dtype=np.int32), np.full(nodes - 1, 0.5))


@given(ANY)
def test_the_documented_kernel_gives_the_same(case: Case) -> None:
    expected = case.graph().footprints(case.own(2))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kernels, "in_place_holds", lambda: False)
        found = case.graph().footprints(case.own(2))
    np.testing.assert_allclose(found, expected, atol=1e-11)


def test_this_scipy_runs_rows_upwards_in_place() -> None:
    assert kernels.in_place_holds()
