"""Within what a conversion of one quantity can be: one table, for law 8.

Wide on purpose: what is outside is no fuel and no material that anybody knows. Sources: 2006 IPCC
Guidelines volume 2, table 1.2 (net calorific values from 2.5 GJ/t of blast furnace gas to 120
GJ/t of hydrogen, which is 142 GJ/t gross) and section 1.4.1.2 (net about 5 % less than gross for
coal and oil, 10 % for natural gas); GB/T 2589-2020 annex A (3.8 MJ/m3 of blast furnace gas, 32 to
39 MJ/m3 of natural gas; oil products 42 to 43 MJ/kg). Net over gross is 0.846 for hydrogen.
``api/web/verifier/calc/laws/bands.js`` is its twin.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

Band = tuple[Fraction, Fraction]


def _band(low: str, high: str) -> Band:
    return Fraction(low), Fraction(high)


# The smaller over the larger of two kinds, in one unit: (smaller, larger, band).
KINDS: Final = {
    "calorificValue": ("net", "gross", _band("0.75", "0.99")),
    "moisture": ("dry", "wet", _band("0.02", "1")),
}
# Megajoules in one kilogram, or in one cubic metre.
PER_KILOGRAM: Final = _band("0.1", "150")
PER_CUBIC_METER_OF_GAS: Final = _band("0.05", "150")
PER_CUBIC_METER_OF_LIQUID: Final = _band("100", "60000")  # 0.1 to 60 MJ per litre
LIQUID_UNITS: Final = frozenset(
    {"liter", "milliliter", "US gallon", "imperial gallon", "oil barrel"}
)
# Real gases between two of the states differ from the ideal one by far less.
OF_A_STATE: Final = _band("0.99", "1.01")
OF_ANY_STATE: Final = _band("0.9", "1.11")  # 0 °C to 25 °C is 9 %, times OF_A_STATE
# Some factors between units are no finite decimal, such as 1/3.6: a part in 10^9 is rounding.
OF_A_UNIT: Final = _band("0.999999999", "1.000000001")
