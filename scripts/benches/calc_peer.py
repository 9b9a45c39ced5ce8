"""The same graph for bw2calc 3.1: its data package, and the calls that answer our questions."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import numpy as np

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it asks for a solver (pypardiso) that needs MKL
    import bw2calc
    import bw_processing

if TYPE_CHECKING:
    from benches.calc_graphs import Shape

NAME = f"bw2calc {bw2calc.__version__}"
GMRES = "JacobiGMRESLCA"
GEOMETRIC_SD = 1.1  # of every input, log-normal, in both
_FLOW = 2**62  # the one elementary flow, a number that no node has
_LOGNORMAL = 2


def package(shape: Shape, *, uncertain: bool = False) -> Any:
    """Return ``shape`` as a data package in memory: the raw input that bw2calc starts from."""
    ids, own = shape.ids(), shape.own()
    blocks = list(shape.blocks(ids))
    citing, cited, scale = (np.concatenate([block[part] for block in blocks]) for part in range(3))
    nodes, edges = len(ids), len(scale)
    made = bw_processing.create_datapackage()
    pairs = np.empty(nodes + edges, dtype=bw_processing.INDICES_DTYPE)
    pairs["row"], pairs["col"] = np.concatenate([ids, cited]), np.concatenate([ids, citing])
    made.add_persistent_vector(
        matrix="technosphere_matrix",
        name="inputs",
        indices_array=pairs,
        data_array=np.concatenate([np.ones(nodes), scale]),
        flip_array=np.arange(nodes + edges) >= nodes,
        **({"distributions_array": _distributions(nodes, scale)} if uncertain else {}),
    )
    flows = np.empty(nodes, dtype=bw_processing.INDICES_DTYPE)
    flows["row"], flows["col"] = _FLOW, ids
    made.add_persistent_vector(
        matrix="biosphere_matrix", name="own", indices_array=flows, data_array=own
    )
    unit = np.full(1, _FLOW, dtype=np.int64)
    one = np.empty(1, dtype=bw_processing.INDICES_DTYPE)
    one["row"] = one["col"] = unit
    made.add_persistent_vector(
        matrix="characterization_matrix", name="kg", indices_array=one, data_array=np.ones(1)
    )
    return made


def _distributions(nodes: int, scale: Any) -> Any:
    made = np.zeros(nodes + len(scale), dtype=bw_processing.UNCERTAINTY_DTYPE)
    made["minimum"] = made["maximum"] = made["shape"] = np.nan
    made["loc"] = np.concatenate([np.ones(nodes), np.log(scale)])
    made["scale"][nodes:] = np.log(GEOMETRIC_SD)
    made["scale"][:nodes] = np.nan
    made["uncertainty_type"][nodes:] = _LOGNORMAL
    return made


def from_scratch(made: Any, product: int, solver: str = GMRES) -> Any:
    """Return a calculation of one product from its data package: matrices, solution, score."""
    # Our references stand on the diagonal, which is what flags in the data would come to.
    pairing = {"jacobi_pairing": "diagonal"} if solver == GMRES else {}
    lca = getattr(bw2calc, solver)({product: 1}, data_objs=[made], **pairing)
    lca.lci()
    lca.lcia()
    return lca


def further(lca: Any, product: int) -> float:
    """Return another product's score with the matrices in memory (and the LU, if made)."""
    lca.lcia(demand={product: 1})
    return float(lca.score)


def sampling(made: Any, product: int) -> Any:
    """Return a Monte Carlo calculation; ``next`` on it is one iteration."""
    lca = bw2calc.JacobiGMRESLCA({product: 1}, data_objs=[made], use_distributions=True,
                                 seed_override=4, jacobi_pairing="diagonal")  # fmt: skip
    lca.lci()
    lca.lcia()
    return lca
