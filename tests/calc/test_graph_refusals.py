"""A graph that has no answer says so, and says which nodes: never an empty or silent result."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from rootprint.calc.errors import CalculationError
from rootprint.calc.graph import (
    Composed,
    DuplicateId,
    Edges,
    Graph,
    NoPath,
    NotEarlier,
    NotFinite,
    NothingMade,
    NotProductive,
    UnknownId,
)
from tests.calc.graph_cases import Case, ring

if TYPE_CHECKING:
    from rootprint.calc.graph import Floats

ONE = np.array([1.0])


def edges(ids: list[str], *found: tuple[str, str, float]) -> Edges:
    made = Edges(ids)
    made.add([e[0] for e in found], [e[1] for e in found], [e[2] for e in found])
    return made


def test_a_graph_without_nodes() -> None:
    with pytest.raises(CalculationError, match="has no nodes"):
        Edges([])
    with pytest.raises(CalculationError, match="1 to"):
        Graph.of(0, [])


@pytest.mark.parametrize(
    ("ids", "asked", "shown"),
    [
        (["coke", "ore"], ["ore", "coke", "an id longer than any node's"], "an id longer"),
        (["coke", "ore"], ["ore", "slag", "coke", "lime"], "slag, lime"),
        ([1, 2], [2, 7], "7"),
        ([b"\x01" * 32, b"\x02" * 32], [b"\x01" * 32, b"\x03" * 32], "0303030303"),
        ([1, 2], ["1"], "<U1"),
    ],
)
def test_edges_to_unknown_ids_are_named(ids: list[object], asked: list[object], shown: str) -> None:
    made = Edges(ids)
    with pytest.raises(UnknownId, match=shown):
        made.add([ids[0]] * len(asked), asked, np.ones(len(asked)))


def test_of_many_unknown_ids_the_first_are_named_and_the_rest_counted() -> None:
    with pytest.raises(UnknownId, match=r"10, 11, 12, 13, 14 and 5 more"):
        Edges(range(10)).add([0] * 10, range(10, 20), np.ones(10))


def test_an_id_given_twice() -> None:
    with pytest.raises(DuplicateId, match="given to more than one node: ore"):
        Edges(["ore", "coke", "ore"])


@pytest.mark.parametrize("wrong", [np.nan, np.inf])
def test_inputs_and_own_values_that_are_no_numbers(wrong: float) -> None:
    with pytest.raises(NotFinite, match="inputs of coke"):
        edges(["ore", "coke"], ("coke", "ore", wrong))
    graph = edges(["ore", "coke"], ("coke", "ore", 2.0)).graph()
    with pytest.raises(NotFinite, match="own values of coke"):
        graph.footprints(np.array([1.0, wrong]))
    with pytest.raises(NotFinite, match="would be no finite number"):
        Composed(graph, np.ones(2)).what_changes(0, wrong)


def test_an_overflow_on_the_way_names_where() -> None:
    graph = edges(["ore", "coke", "steel"], ("coke", "ore", 1e300)).graph()
    with pytest.raises(NotFinite, match="footprints of coke are beyond"):
        graph.footprints(np.array([1e300, 1.0, 1.0]))
    with pytest.raises(NotFinite, match="footprint of coke"):
        graph.footprint(1, np.array([1e300, 1.0, 1.0]))
    with pytest.raises(NotFinite, match="footprints of coke"):
        Composed(graph, np.ones(3)).what_changes(0, 1e300)


def test_values_whose_sum_alone_overflows_are_fine() -> None:
    own = np.full(3, 1e308)
    assert edges(["a", "b", "c"]).graph().footprints(own).tolist() == own.tolist()


@pytest.mark.parametrize("made", [0.0, np.nan, np.inf])
def test_a_process_that_makes_nothing(made: float) -> None:
    with pytest.raises(NothingMade, match="reference output of coke is zero"):
        Edges(["ore", "coke"], output=[1.0, made])


def test_inputs_are_per_unit_of_what_is_made() -> None:
    made = Edges(["ore", "coke"], output=[1.0, 4.0])
    made.add(["coke"], ["ore"], [6.0])
    assert made.graph().takes(1).tolist() == [1.5, 1.0]


def test_a_node_that_takes_nothing_of_another() -> None:
    graph = edges(["ore", "coke"], ("coke", "ore", 2.0)).graph()
    assert graph.taken(1, 0) == 2.0
    with pytest.raises(NoPath, match="ore takes nothing of coke"):
        graph.taken(0, 1)
    with pytest.raises(UnknownId, match="there is no node 2"):
        graph.takes(2)
    with pytest.raises(UnknownId, match="no node has the id slag"):
        graph.number("slag")
    assert graph.number("coke") == 1


@pytest.mark.parametrize("own", [np.ones(3), np.ones((2, 0)), np.ones(()), np.ones((2, 1, 1))])
def test_own_values_of_another_shape(own: Floats) -> None:
    with pytest.raises(CalculationError, match="own values of shape"):
        edges(["ore", "coke"]).graph().footprints(own)


def test_signed_statements_have_no_cycles() -> None:
    with pytest.raises(NotEarlier):
        Graph.of(2, [(1, 0, 1.0), (0, 1, 1.0)])
    with pytest.raises(UnknownId, match="beyond the 2 given"):
        Graph.of(2, [(2, 0, 1.0)])


# Around the whole ring: 1 is singular, more is not productive. 16 nodes are unfolded, 17 solved
# by LU, 1,001 by sweeps or sparse LU.
@pytest.mark.parametrize("nodes", [1, 2, 16, 17, 1001])
@pytest.mark.parametrize("scale", [1.0, 1.01, 3.0])
def test_a_cycle_that_takes_all_it_makes_is_named(nodes: int, scale: float) -> None:
    with pytest.raises(NotProductive, match=r"the cycle of 0.*has no footprint: it"):
        ring(nodes, scale).graph()


def test_only_the_bad_cycle_is_named() -> None:
    fine, bad = [(0, 1, 0.5), (1, 0, 0.5)], [(2, 3, 2.0), (3, 2, 0.6)]
    with pytest.raises(NotProductive, match="the cycle of 2, 3 has"):
        Case(4, [*fine, *bad]).graph()


@pytest.mark.parametrize("nodes", [2, 17, 400])
def test_credits_count_by_what_they_do_not_by_their_size(nodes: int) -> None:
    """-0.9 around a ring is stable and solved; -1.1 has spectral radius 1.1 and is refused."""
    own = np.ones(nodes)
    assert ring(nodes, -0.9).graph().footprints(own) == pytest.approx(own / 1.9)
    with pytest.raises(NotProductive):
        ring(nodes, -1.1).graph()


def test_credits_in_a_large_cycle() -> None:
    assert ring(1001, -0.9).graph().footprints(np.ones(1001)) == pytest.approx(np.ones(1001) / 1.9)
