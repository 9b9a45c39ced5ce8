"""Building a graph from raw edges: ids become numbers, block by block, in little memory.

At a million nodes and five million edges what is held is 16 bytes an edge while edges come in
and 12 afterwards; the ids of the edges are never held.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from rootprint.calc.errors import CalculationError
from rootprint.calc.graph.arrays import MOST, Growing, starts_of
from rootprint.calc.graph.errors import NotFinite, NothingMade, named
from rootprint.calc.graph.given import Given
from rootprint.calc.graph.kernels import by_row
from rootprint.calc.graph.numbering import Numbering
from rootprint.calc.graph.ordered import Ordered
from rootprint.calc.graph.passes import Graph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from rootprint.calc.graph.arrays import Floats, Positions
    from rootprint.calc.graph.numbering import Ids


class Edges:
    """Edges of a graph over nodes with these ids, added in any number of calls, in any order.

    Ids are integers, text or bytes (digests), distinct, in any order; log order is quickest.
    Parallel edges add. ``output`` says how much each node's inputs make, in its declared unit
    (1 where it is left out): a process model's reference output.
    """

    def __init__(self, ids: Ids, *, output: Floats | Sequence[float] | None = None) -> None:
        self.numbering = Numbering(ids)
        self._known = self.numbering.names()
        self._output = None if output is None else self._checked_output(output)
        self._citing, self._cited = Growing(np.int32), Growing(np.int32)
        self._scale = Growing(np.float64)

    def add(self, citing: Ids, cited: Ids, scale: Floats | Sequence[float]) -> None:
        """Add edges: ``citing[e]`` takes ``scale[e]`` declared units of ``cited[e]``.

        Raises UnknownId for ids that are not among the nodes and NotFinite for NaN or infinity.
        """
        scales = np.array(scale, dtype=np.float64)
        if not len(citing) == len(cited) == len(scales):
            message = "citing, cited and scale must be of one length"
            raise CalculationError(message)
        if len(self._scale) + len(scales) > MOST:
            raise CalculationError(f"a graph holds {MOST:,} edges at most")
        into = self.numbering.numbers(cited)
        by = self._runs(np.asarray(citing))
        self._check(scales, by)
        if self._output is not None:
            scales /= self._output[by]
        self._citing.extend(by)
        self._cited.extend(into)
        self._scale.extend(scales)

    def graph(self, *, sampling: bool = False) -> Graph:
        """Return the graph; the edges are gone from here. NotProductive names a bad cycle.

        With ``sampling`` it knows which edge is which (4 bytes each), which ``sampled`` needs for
        edges that were not given in log order.
        """
        citing, cited = self._citing.taken(), self._cited.taken()
        scale = self._scale.taken()
        self.numbering.rest()
        nodes, earlier = len(self.numbering), bool((cited < citing).all())
        given = None
        if in_order := bool((citing[1:] >= citing[:-1]).all()):
            starts = starts_of(nodes, citing)
            if sampling and not earlier:
                given = np.arange(len(citing), dtype=np.int32)
        else:
            if sampling:
                numbers = np.arange(len(citing), dtype=np.int32)
                given = by_row(nodes, citing, cited, numbers)[2]
            starts, cited, scale = by_row(nodes, citing, cited, scale)
        del citing
        if earlier:
            where = None if given is None else Given(given)
            rows = Ordered(starts, cited, scale)
            return Graph(nodes, rows, names=self._known, given=where, as_given=in_order)
        return self._with_cycles((starts, cited, scale), given)

    def _with_cycles(
        self, edges: tuple[Positions, Positions, Floats], given: Positions | None
    ) -> Graph:
        # On use: components and factorisations take scipy longer to import than a walk to run.
        from rootprint.calc.graph import cycles, order, unfolded  # noqa: PLC0415

        found = order.ordered(edges[0], edges[1])
        try:
            rows, where = cycles.rows(found, edges, given)
        except unfolded.BadCycle as bad:
            members = cycles.cycles(found)
            raise cycles.refused(bad, members, found.slot, self._known.name) from bad
        nodes, members = len(self.numbering), cycles.cycles(found)
        return Graph(nodes, rows, found.slot, found.place, members, self._known, where,
                     as_given=False)  # fmt: skip

    def _names(self, numbers: Sequence[int]) -> list[str]:
        return [self._known.name(number) for number in numbers]

    def _runs(self, citing: NDArray[Any]) -> Positions:
        """Number the citing ids, one look for each run of the same (a statement's inputs)."""
        if citing.ndim != 1 or len(citing) < 2:  # noqa: PLR2004 - no neighbours to compare
            return self.numbering.numbers(citing)
        begins = np.flatnonzero(np.concatenate([[True], citing[1:] != citing[:-1]]))
        lengths = np.diff(begins, append=len(citing))
        return np.repeat(self.numbering.numbers(citing[begins]), lengths)

    def _check(self, scales: Floats, citing: Positions) -> None:
        if np.isfinite(scales).all():
            return
        wrong = np.flatnonzero(~np.isfinite(scales))
        names = self._names(list(dict.fromkeys(citing[wrong].tolist())))
        raise NotFinite(f"inputs of {named(names)} are not finite numbers")

    def _checked_output(self, output: Floats | Sequence[float]) -> Floats:
        made = np.asarray(output, dtype=np.float64)
        if made.shape != (len(self.numbering),):
            raise CalculationError(f"{len(self.numbering):,} nodes but {made.size:,} outputs")
        if wrong := np.flatnonzero((made == 0) | ~np.isfinite(made)).tolist():
            message = f"the reference output of {named(self._names(wrong))} is zero or no number"
            raise NothingMade(message, remedy="state how much the process makes")
        return made
