"""Accounting laws as pure functions: composing refuses by them, and check 7 verifies by them.

A function takes what lines and footprints say and returns findings; it never looks anything up.
"""

from rootprint.calc.laws.deliveries import Delivery, delivered
from rootprint.calc.laws.finding import Finding, Weight
from rootprint.calc.laws.quantities import check_conversion, check_qualifiers
from rootprint.calc.laws.stages import StageLine, check_stages
from rootprint.calc.laws.transmission import PowerLine, check_transmission
from rootprint.calc.laws.variants import Base, Variant, left_by, why_not_one_pool

__all__ = [
    "Base",
    "Delivery",
    "Finding",
    "PowerLine",
    "StageLine",
    "Variant",
    "Weight",
    "check_conversion",
    "check_qualifiers",
    "check_stages",
    "check_transmission",
    "delivered",
    "left_by",
    "why_not_one_pool",
]
