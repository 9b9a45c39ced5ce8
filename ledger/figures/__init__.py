"""Signed text as numbers, and numbers of several lines as signed text: what needs no neighbour.

Verifying, composing and every analysis read a statement's figures through this package. It knows
statements and numbers, but neither checks nor reports.
"""

from __future__ import annotations

from rootprint.ledger.figures.accounts import Account, Edge, End, rising, takes
from rootprint.ledger.figures.carbon import COUNTED, carbon_source, hidden_co2
from rootprint.ledger.figures.decomposition import Part, Parts, Rest, parts
from rootprint.ledger.figures.formula import formula_amount
from rootprint.ledger.figures.gases import (
    composed_gases,
    disagreement,
    disclosed_gases,
    recharacterised,
    single_set,
)
from rootprint.ledger.figures.laws import (
    has_kind,
    quantity_findings,
    stage_findings,
    transmission_findings,
)
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
from rootprint.ledger.figures.uncertainty import (
    composed_uncertainty,
    groups,
    output_spread,
    possible_uncertainties,
)

__all__ = [
    "COUNTED",
    "Account",
    "Edge",
    "End",
    "NotConserved",
    "Part",
    "Parts",
    "Process",
    "Rest",
    "base",
    "carbon_source",
    "cells",
    "cited",
    "components",
    "composed_gases",
    "composed_uncertainty",
    "differs",
    "disagreement",
    "disclosed_gases",
    "exact",
    "formula_amount",
    "gap_rating",
    "groups",
    "has_kind",
    "hidden_co2",
    "is_credit",
    "line",
    "output_spread",
    "parts",
    "period",
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
    "terms",
    "transmission_findings",
    "unit_table",
    "whole_process",
]
