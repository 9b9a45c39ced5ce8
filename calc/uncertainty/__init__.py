"""Uncertainty: what a footprint's stated value may be off by, and through which inputs.

Given spreads and pedigree scores in; first order, Monte Carlo and a ranking out. Floats only: the
one thing that is signed of it is a rounded standard deviation (``member``).
"""

from calc.uncertainty.analytical import FirstOrder, first_order, first_orders
from calc.uncertainty.design import Design
from calc.uncertainty.distributions import Spread, lognormal, spread
from calc.uncertainty.model import OWN, VALUE, Model
from calc.uncertainty.montecarlo import MonteCarlo, monte_carlo
from calc.uncertainty.pedigree import from_pedigree
from calc.uncertainty.sensitivity import Ranked, Ranking, ranking
from calc.uncertainty.signed import GSD_PLACES, agrees, member
from calc.uncertainty.spreads import Spreads

__all__ = [
    "GSD_PLACES",
    "OWN",
    "VALUE",
    "Design",
    "FirstOrder",
    "Model",
    "MonteCarlo",
    "Ranked",
    "Ranking",
    "Spread",
    "Spreads",
    "agrees",
    "first_order",
    "first_orders",
    "from_pedigree",
    "lognormal",
    "member",
    "monte_carlo",
    "ranking",
    "spread",
]
