"""Composition over graphs, as float64 arrays: analysis, never what is signed.

``Edges`` takes raw edges with any ids and makes a ``Graph``; ``Graph.of`` takes what signed
statements say, in log order. ``Composed`` keeps a result for what is asked next, ``sampled`` runs
the same graph with other weights. Errors: calc.graph.errors.
"""

from rootprint.calc.graph.arrays import Floats
from rootprint.calc.graph.build import Edges
from rootprint.calc.graph.errors import (
    DuplicateId,
    NoPath,
    NotEarlier,
    NotFinite,
    NothingMade,
    NotProductive,
    UnknownId,
)
from rootprint.calc.graph.incremental import Change, Composed
from rootprint.calc.graph.passes import Graph
from rootprint.calc.graph.sampling import sampled

__all__ = [
    "Change",
    "Composed",
    "DuplicateId",
    "Edges",
    "Floats",
    "Graph",
    "NoPath",
    "NotEarlier",
    "NotFinite",
    "NotProductive",
    "NothingMade",
    "UnknownId",
    "sampled",
]
