"""Signed text as numbers, and numbers of several lines as signed text: what needs no neighbour.

Verifying, composing and every analysis read a statement's figures through this package. It knows
statements and numbers, but neither checks nor reports.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from rootprint.ledger.figures.accounts import Account, Edge, End, Off, rising, takes, takes_by_rank
from rootprint.ledger.figures.carbon import COUNTED, carbon_source, hidden_co2
from rootprint.ledger.figures.decomposition import Part, Parts, Rest, parts
from rootprint.ledger.figures.formula import (
    formula_amount,
    have_materials,
    material_findings,
    term_findings,
)
from rootprint.ledger.figures.gases import (
    composed_gases,
    disagreement,
    disclosed_gases,
    recharacterised,
    single_set,
)
from rootprint.ledger.figures.laws import (
    have_kind,
    quantity_findings,
    stage_findings,
    transmission_findings,
)
from rootprint.ledger.figures.pooled import base_number, per_base, pool_rows, volume_in
from rootprint.ledger.figures.process import (
    NotConserved,
    Process,
    base,
    differs,
    read_process,
    whole_process,
)
from rootprint.ledger.figures.signed import (
    cells,
    cited,
    components,
    exact,
    gap_rating,
    is_credit,
    line,
    period,
    ratings,
    result,
    terms,
    unit_table,
)
from rootprint.ledger.figures.weighing import end_of_life_findings, masses

if TYPE_CHECKING:
    from rootprint.ledger.figures.uncertainty import (
        composed_uncertainty,
        groups,
        output_spread,
        possible_uncertainties,
    )
else:

    def __getattr__(name: str) -> Any:
        """Load what needs numpy when it is asked for: most verifications don't."""
        if name not in __all__:
            message = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(message)
        return getattr(import_module("rootprint.ledger.figures.uncertainty"), name)


__all__ = [
    "COUNTED",
    "Account",
    "Edge",
    "End",
    "NotConserved",
    "Off",
    "Part",
    "Parts",
    "Process",
    "Rest",
    "base",
    "base_number",
    "carbon_source",
    "cells",
    "cited",
    "components",
    "composed_gases",
    "composed_uncertainty",
    "differs",
    "disagreement",
    "disclosed_gases",
    "end_of_life_findings",
    "exact",
    "formula_amount",
    "gap_rating",
    "groups",
    "have_kind",
    "have_materials",
    "hidden_co2",
    "is_credit",
    "line",
    "masses",
    "material_findings",
    "output_spread",
    "parts",
    "per_base",
    "period",
    "pool_rows",
    "possible_uncertainties",
    "quantity_findings",
    "ratings",
    "read_process",
    "recharacterised",
    "result",
    "rising",
    "single_set",
    "stage_findings",
    "takes",
    "takes_by_rank",
    "term_findings",
    "terms",
    "transmission_findings",
    "unit_table",
    "volume_in",
    "whole_process",
]
