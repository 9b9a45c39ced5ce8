"""Composition over graphs, beside bw2calc and beside the memory's bandwidth, ids included."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import numpy as np

from benches import calc_peer
from benches.calc_graphs import SHAPES, Shape
from benches.calc_growth import growth
from benches.measuring import Growth, Pair, Result, rates, same, significant
from rootprint.calc.graph import Composed, Edges, sampled

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    from rootprint.calc.graph import Graph

SIZES = {"1e4": 9, "1e5": 5, "1e6": 3}  # rounds
LU_UP_TO = 10**4  # beyond, SuperLU's fill takes minutes and gigabytes; a tree has none
AGREEMENT = 1e-6  # relative; GMRES stops at a residual, ours at rounding
SAMPLES = 2  # at once
_BYTES_AN_EDGE, _BYTES_A_NODE = 8 + 4 + 8, 8 + 8 + 4


def results(quick: bool) -> Iterable[Result | Growth]:  # noqa: FBT001 - each bench is called alike
    """Yield all questions for each shape and size (quick: 1e4), peak memory, and their growth."""
    return measured({"1e4": 2} if quick else SIZES, SHAPES, quick=quick)


def measured(
    sizes: Mapping[str, int], shapes: Collection[str], *, quick: bool
) -> Iterator[Result | Growth]:
    """Yield the same for these sizes, with as many rounds each, and these shapes."""
    found: list[Result] = []
    for size, rounds in sizes.items():
        for name in shapes:
            of = _Measured(Shape(name, int(float(size))), size, quick=quick)
            for result in of.results(rounds):
                found.append(result)
                yield result
    weighed = [name for name in shapes if not quick or name in {"any", "cyclic"}]
    for name in weighed:
        for size in sizes:
            found.append(_memory(name, size))
            yield found[-1]
    floors = {name: (_floor("ours", name), _floor("theirs", "")) for name in weighed}
    yield from growth(found, floors)


class _Measured:
    """One graph, built by both, with the same results; ``product`` is the last node."""

    def __init__(self, shape: Shape, size: str, *, quick: bool) -> None:
        sys.stderr.write(f"building {shape.name}, {size} nodes\n")
        self.shape, self.where, self.quick = shape, f"{shape.name}, {size}", quick
        self.ids, self.own = shape.ids(), shape.own()
        self.blocks = list(shape.blocks(self.ids))
        self.package = calc_peer.package(shape)
        self.graph = self.build()
        self.composed = Composed(self.graph, self.own)
        self.product = shape.nodes - 1
        self.others = [shape.nodes - 1 - shape.nodes // step for step in (3, 7, 20)]
        self.peer = calc_peer.from_scratch(self.package, self.id(self.product))
        self._agree("the product", self.peer.score, self.composed.footprints[self.product])

    def id(self, node: int) -> int:
        return int(self.ids[node])

    def build(self, *, sampling: bool = False) -> Graph:
        edges = Edges(self.ids)
        for block in self.blocks:
            edges.add(*block)
        return edges.graph(sampling=sampling)

    def results(self, rounds: int) -> Iterable[Result]:
        yield self._from_scratch(rounds)
        yield from self._further(rounds)
        if (self.shape.nodes <= LU_UP_TO or self.shape.name == "tree") and not self.quick:
            yield from self._lu()
        yield self._one_pass(5 * rounds)
        yield self._changes(rounds)
        yield self._monte_carlo(rounds)

    def _from_scratch(self, rounds: int) -> Result:
        return self._pair(
            "one product from scratch",
            f"{SHAPES[self.shape.name]}; ids to numbers, graph, one footprint",
            lambda: self.build().footprint(self.product, self.own),
            "JacobiGMRESLCA from a data package in memory: matrices, solution, score",
            partial(calc_peer.from_scratch, self.package, self.id(self.product)),
            rounds,
        )

    def _further(self, rounds: int) -> Iterable[Result]:
        asked = [self.id(node) for node in self.others]
        theirs = [calc_peer.further(self.peer, other) for other in asked]
        for node, score in zip(self.others, theirs, strict=True):
            self._agree("a further product", score, self.composed.footprints[node])
            parts = self.graph.contributions(node, self.own)
            self._agree("the sum of its contributions", score, parts.sum())

        def several(ask: Callable[[int], Any]) -> list[Any]:
            return [ask(node) for node in self.others]

        solve = (
            "JacobiGMRESLCA.lcia with the matrices in memory",
            lambda: [calc_peer.further(self.peer, other) for other in asked],
        )
        # Every footprint is known after one pass, so asking for one is reading it.
        quick = self._pair(
            "further product, its footprint", "read from the pass that gave them all, 10,000 times",
            lambda: several(lambda n: [float(self.composed.footprint(n)) for _ in range(10_000)]),
            *solve, rounds, count=len(self.others),
        )  # fmt: skip
        yield _scaled(quick, 10_000)
        graph = self.graph.for_many_passes()
        yield self._pair(
            "further product, all contributions",
            "Graph.contributions: how much it takes of every node, times own values",
            lambda: several(lambda node: graph.contributions(node, self.own).sum()),
            *solve, rounds, count=len(self.others),
        )  # fmt: skip

    def _lu(self) -> Iterable[Result]:
        made = calc_peer.from_scratch(self.package, self.id(self.product), "LCA")
        self._agree("LU's product", made.score, self.composed.footprints[self.product])
        yield self._pair(
            "one product from scratch, LU",
            "ids to numbers, graph, one footprint",
            lambda: self.build().footprint(self.product, self.own),
            "LCA (scipy's spsolve) from a data package in memory, one round",
            lambda: calc_peer.from_scratch(self.package, self.id(self.product), "LCA"),
            1,
        )
        made.decompose_technosphere()
        other = self.others[0]
        yield self._pair(
            "further product, all contributions, LU",
            "Graph.contributions",
            lambda: self.graph.contributions(other, self.own).sum(),
            "LCA.lcia with the LU in memory (making it is not counted)",
            lambda: calc_peer.further(made, self.id(other)),
            5,
        )

    def _one_pass(self, rounds: int) -> Result:
        """Compare with reading, once and in order, as many bytes as the pass has to look at."""
        edges = sum(len(scale) for _, _, scale in self.blocks)
        size = edges * _BYTES_AN_EDGE + self.shape.nodes * _BYTES_A_NODE
        stream = np.ones(size // 8)
        graph = self.graph.for_many_passes()
        close = np.allclose(graph.footprints(self.own), self.composed.footprints, rtol=1e-11)
        same("the pass in tiles", close, True)  # noqa: FBT003 - what it must be
        tiles = "" if graph is self.graph else ", edges sorted into tiles beforehand"
        return rates(
            Pair(
                f"calc all products in one pass, {self.where}",
                f"Graph.footprints of {edges:,} edges{tiles}, own and results checked",
                lambda: graph.footprints(self.own),
                f"limit: one streaming read (sum of doubles) of {size / 1e6:.0f} MB: per edge "
                "weight 8, index 4, value read 8; per node own 8, result 8, index 4",
                stream.sum,
                1,
                "passes",
            ),
            rounds=rounds,
        )

    def _changes(self, rounds: int) -> Result:
        node = self.others[-1]
        moved = self.own.copy()
        moved[node] += 1.0
        change, full = self.composed.what_changes(node, 1.0), Composed(self.graph, moved)
        updated = self.composed.footprints.copy()
        updated[change.nodes] = change.after
        same("what changes", bool((updated == full.footprints).all()), True)  # noqa: FBT003
        return self._pair(
            "what changes downstream",
            f"Composed.what_changes: {len(change.nodes):,} footprints, equal to the last bit",
            lambda: self.composed.what_changes(node, 1.0),
            "a full pass of our own",
            lambda: Composed(self.graph, moved),
            rounds,
            peer="",
        )

    def _monte_carlo(self, rounds: int) -> Result:
        rng = np.random.default_rng(5)
        spread = np.log(calc_peer.GEOMETRIC_SD)

        def draw(edges: NDArray[np.int32]) -> NDArray[np.float64]:
            drawn = rng.standard_normal((SAMPLES, len(edges)))
            drawn *= spread
            return np.exp(drawn, out=drawn)

        peer = calc_peer.sampling(
            calc_peer.package(self.shape, uncertain=True), self.id(self.product)
        )
        graph = self.build(sampling=True)
        ours = sampled(graph, self.own, draw, samples=SAMPLES)[:, self.product].mean()
        next(peer)
        same("the samples' size", abs(np.log(ours / peer.score)) < 0.2, True)  # noqa: FBT003,PLR2004
        return self._pair(
            "Monte Carlo iteration",
            f"sampled: every input's amount drawn (log-normal), all footprints, "
            f"cycles solved anew; {SAMPLES} at once",
            lambda: sampled(graph, self.own, draw, samples=SAMPLES),
            "JacobiGMRESLCA with use_distributions, next(): draws, matrix, solution, score",
            lambda: [next(peer) for _ in range(SAMPLES)],
            max(2, rounds // 2),
            count=SAMPLES,
        )

    def _pair(  # noqa: PLR0913, PLR0917 - a pair has two sides
        self, name: str, work: str, ours: Callable[[], Any], against: str,
        theirs: Callable[[], Any], rounds: int, count: int = 1, peer: str = calc_peer.NAME,
    ) -> Result:  # fmt: skip
        label = f"calc {name}, {self.where}"
        whom = f"{peer} {against}".strip()
        return rates(Pair(label, work, ours, whom, theirs, count, "times"), rounds=rounds)

    def _agree(self, what: str, theirs: float, ours: float) -> None:
        if not abs(theirs - ours) <= AGREEMENT * abs(ours):
            same(f"{what} of {self.where}", float(ours), float(theirs))


def _scaled(result: Result, repeats: int) -> Result:
    ours = result.ours * repeats
    return Result(
        result.name, result.work, ours, result.unit, result.against, result.theirs,
        significant(ours / result.theirs),
    )  # fmt: skip


def _memory(name: str, size: str) -> Result:
    sys.stderr.write(f"measuring peak memory, {name}, {size}\n")
    ours, theirs = (_peak(who, name, size) for who in ("ours", "theirs"))
    return Result(
        f"calc peak memory, {name}, {size}",
        "a process of its own, Python and libraries included: build from ids in blocks, all "
        "products in one pass, one product's contributions",
        significant(ours),
        "MB",
        f"{calc_peer.NAME} JacobiGMRESLCA, one product, in a process of its own",
        significant(theirs),
        significant(theirs / ours),
    )


def _floor(who: str, name: str) -> float:
    """Return what the process holds without a graph; cycles need more of scipy than all others."""
    return _floor_of(who, "cyclic" if name == "cyclic" else "")


@cache
def _floor_of(who: str, name: str) -> float:
    return _peak(who, name, "0")


def _peak(who: str, name: str, size: str) -> float:
    done = subprocess.run(
        [sys.executable, "-m", "benches.calc_memory", who, name, size],
        check=True, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    return float(done.stdout)
