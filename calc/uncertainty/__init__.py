"""Uncertainty: what a footprint's stated value may be off by, and through which inputs.

Given spreads and pedigree scores in; first order, Monte Carlo and a ranking out. Floats only: the
one thing that is signed of it is a rounded standard deviation (``member``).
"""

from rootprint.calc.uncertainty.analytical import FirstOrder, first_order, first_orders
from rootprint.calc.uncertainty.design import Design
from rootprint.calc.uncertainty.distributions import Spread, lognormal, spread
from rootprint.calc.uncertainty.model import ALONE, OUTPUT, OWN, VALUE, Model
from rootprint.calc.uncertainty.montecarlo import MonteCarlo, monte_carlo
from rootprint.calc.uncertainty.pedigree import from_pedigree
from rootprint.calc.uncertainty.sensitivity import Ranked, Ranking, ranking
from rootprint.calc.uncertainty.signed import GSD_PLACES, agrees, member
from rootprint.calc.uncertainty.spreads import Spreads

__all__ = [
    "ALONE",
    "GSD_PLACES",
    "OUTPUT",
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
