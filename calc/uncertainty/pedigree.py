"""The pedigree matrix: scores of how a figure was got, as a lognormal spread.

Version 1: ecoinvent 2 (Frischknecht et al. 2007); version 2: factors estimated from data
(Ciroth et al. 2013 style). The table comes in as an argument: ``ledger/core/data/pedigree.json``.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.errors import CalculationError
from rootprint.calc.uncertainty.distributions import LOGNORMAL, Spread

if TYPE_CHECKING:
    from collections.abc import Mapping

# How many items were sampled is often unknown, and version 2 gives it no weight.
OPTIONAL: Final = frozenset({"sample_size"})


def from_pedigree(
    table: Mapping[str, Any], version: str, basic: str, scores: Mapping[str, Any]
) -> Spread:
    """Return the lognormal spread of a figure with these scores, 1 (best) to 5.

    ``basic`` names a basic uncertainty of the table. U are squared geometric standard deviations:
    ln GSD = sqrt(ln(U_basic)² + Σ ln(U_i)²) / 2. Raises CalculationError for a name, version or
    score that the table does not have, and for an indicator without a score.
    """
    factors = _entry(table["versions"], version, "version")
    squares = [math.log(float(_entry(table["basic"], basic, "basic uncertainty"))) ** 2]
    missing = factors.keys() - scores.keys() - OPTIONAL
    if missing:
        message = f"the pedigree has no score for {', '.join(sorted(missing))}"
        raise CalculationError(message, remedy="an indicator that was not judged scores 5, not 1")
    for name, score in scores.items():
        row = _entry(factors, name, "indicator")
        if isinstance(score, bool) or not isinstance(score, int) or not 1 <= score <= len(row):
            message = f"the pedigree score of {name} is not a whole number from 1 to {len(row)}"
            raise CalculationError(message, remedy="1 is the best, 5 the worst")
        squares.append(math.log(float(row[score - 1])) ** 2)
    return Spread(LOGNORMAL, (math.sqrt(math.fsum(squares)) / 2, 0.0, 0.0))


def _entry(entries: Mapping[str, Any], name: str, what: str) -> Any:
    if name not in entries:
        message = f"the pedigree table has no {what} {name!r}"
        raise CalculationError(message, remedy=f"use one of {', '.join(sorted(entries))}")
    return entries[name]
