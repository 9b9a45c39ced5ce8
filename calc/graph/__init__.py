"""Composition over graphs, as float64 arrays: analysis, never what is signed.

``Edges`` takes raw edges with any ids and makes a ``Graph``; ``Graph.of`` takes what signed
statements say, in log order. ``Composed`` keeps a result for what is asked next, ``sampled`` runs
the same graph with other weights. Errors: calc.graph.errors.
"""

from calc.graph.arrays import Floats
from calc.graph.build import Edges
from calc.graph.errors import (
    DuplicateId,
    NoPath,
    NotEarlier,
    NotFinite,
    NothingMade,
    NotProductive,
    UnknownId,
)
from calc.graph.graph import Graph
from calc.graph.incremental import Change, Composed
from calc.graph.sampled import sampled

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
