"""What changes downstream is exactly what a full pass would change; quick ways give the same."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootprint.calc.graph import Composed, reach, tiles
from tests.calc.graph_cases import Case, cases

ANY = st.one_of(cases(cyclic=False), cases(cyclic=True))


@given(ANY, st.data(), st.booleans())
def test_incremental_is_full_to_the_last_bit(
    case: Case,
    data: st.DataObject,
    narrow: bool,  # noqa: FBT001
) -> None:
    node = data.draw(st.integers(0, case.nodes - 1))
    graph, own = case.graph(), case.own()
    moved = own.copy()
    moved[node] += 0.37
    with pytest.MonkeyPatch.context() as patch:
        _narrow(patch, narrow=narrow)
        composed = Composed(graph, own)
        before = composed.footprints.copy()
        change = composed.what_changes(node, 0.37)
    full = Composed(graph, moved).footprints
    assert change.nodes.tolist() == np.flatnonzero(full != before).tolist()
    np.testing.assert_array_equal(change.before, before[change.nodes])
    np.testing.assert_array_equal(change.after, full[change.nodes])
    np.testing.assert_array_equal(composed.footprints, before)


@given(ANY, st.data())
def test_looking_at_what_a_product_rests_on_gives_what_a_full_pass_gives(
    case: Case, data: st.DataObject
) -> None:
    product = data.draw(st.integers(0, case.nodes - 1))
    graph, own = case.graph(), case.own()
    whole = graph.takes(product), graph.footprint(product, own)
    with pytest.MonkeyPatch.context() as patch:
        _narrow(patch, narrow=True)
        some = graph.takes(product), graph.footprint(product, own)
    np.testing.assert_allclose(some[0], whole[0], atol=1e-13)
    assert some[1] == pytest.approx(whole[1], rel=1e-12, abs=1e-13)


@given(cases(cyclic=False), st.integers(0, 6), st.integers(1, 5), st.data())
def test_tiles_of_any_size_give_the_same(
    case: Case, bits: int, piece: int, data: st.DataObject
) -> None:
    graph, own = case.graph(), case.own()
    product = data.draw(st.integers(0, case.nodes - 1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tiles, "_BLOCK_BITS", bits)
        patch.setattr(tiles, "_PIECE", piece)
        _narrow(patch, narrow=False)
        tiled = replace(graph, rows=replace(graph.rows, tiles=tiles.tiled(graph.rows)))
        np.testing.assert_allclose(tiled.footprints(own), graph.footprints(own), atol=1e-13)
        np.testing.assert_allclose(tiled.takes(product), graph.takes(product), atol=1e-13)


def test_a_graph_without_locality_is_tiled_and_one_with_is_not() -> None:
    nodes = 2**18
    for far in (True, False):
        citing = np.arange(1, nodes)
        cited = np.random.default_rng(0).integers(0, citing) if far else citing - 1
        edges = list(zip(citing.tolist(), cited.tolist(), [0.5] * (nodes - 1), strict=True))
        graph = Case(nodes, edges).graph()
        quick = graph.for_many_passes()
        assert (quick.rows.tiles is not None) is far
        own = np.ones(nodes)
        np.testing.assert_allclose(quick.footprints(own), graph.footprints(own))
        np.testing.assert_allclose(quick.takes(nodes - 1), graph.takes(nodes - 1))


def _narrow(patch: pytest.MonkeyPatch, *, narrow: bool) -> None:
    """Make the search go on however small or large the graph is."""
    if narrow:
        patch.setattr(reach, "WORTH_FROM", 0)
        patch.setattr(reach, "_SHARE", 0)
        patch.setattr(reach, "_ROUNDS", 10**6)
