"""What a printed total may be beyond its printed parts."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from rootprint.calc.equations import difference_range


@pytest.mark.parametrize(
    ("total", "parts", "least", "most"),
    [
        ("2.5", {"fossilGhgEmissions": "2.4"}, "-0.1", "0.1"),
        ("2.5", {"fossilGhgEmissions": "2.40"}, "-0.055", "0.055"),  # its own last place
        ("2.50", {"fossilGhgEmissions": "2.4"}, "-0.01", "0.01"),  # no coarser than the total
        ("2.5", {"fossilGhgEmissions": "2.4", "landUseChangeGhgEmissions": "0.0"}, "-0.1", "0.1"),
        ("2.5", {"fossilGhgEmissions": "2.4", "biogenicCO2Uptake": "-9.1"}, "-0.1", "0.1"),
        ("2.5", {"fossilGhgEmissions": "2.4", "publicationDifference": "0.1"}, "-0.1", "0.1"),
        ("2.0", {"fossilGhgEmissions": "2.4", "substitutionCredits": "-0.3"}, "-0.12", "0.15"),
        ("1", {"fossilGhgEmissions": "2"}, "-0.1", "1"),  # 5 % of the gross
        ("1", {}, "0", "0.5"),  # without parts there is nothing to take off
        ("1200", {"fossilGhgEmissions": "1201"}, "-1", "1"),
    ],
)
def test_each_printed_figure_is_half_its_last_place_off(
    total: str, parts: dict[str, str], least: str, most: str
) -> None:
    printed = {name: Decimal(text) for name, text in parts.items()}
    found = difference_range(printed, Decimal(total))
    assert found == (Fraction(least), Fraction(most))
