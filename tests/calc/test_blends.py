"""Blends: what a cylinder held is what its gases come to."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootprint.calc.blends import parts_of
from rootprint.calc.errors import CalculationError
from rootprint.ledger.core.tables import tables

BLENDS = tables().refrigerants["blends"]
masses = st.decimals(min_value="0.000001", max_value=10**6, places=6, allow_nan=False)


def _percents(blend: str) -> dict[str, Fraction]:
    return {gas: Fraction(percent) for gas, percent in BLENDS[blend].items()}


def test_r_410a_is_half_and_half() -> None:
    found = parts_of(Fraction("2.5"), _percents("R-410A"))
    assert found == {"HFC-32": Decimal("1.25"), "HFC-125": Decimal("1.25")}


@given(masses, st.sampled_from(sorted(BLENDS)))
def test_the_parts_are_all_of_the_mass(mass: Decimal, blend: str) -> None:
    found = parts_of(Fraction(mass), _percents(blend))
    assert sum(map(Fraction, found.values())) == Fraction(mass)
    assert all(Fraction(found[gas]) * 100 == Fraction(mass) * share
               for gas, share in _percents(blend).items())  # fmt: skip


def test_parts_that_are_not_the_whole_are_refused() -> None:
    with pytest.raises(CalculationError, match="don't add to 100 %"):
        parts_of(Fraction(1), {"HFC-32": Fraction(50), "HFC-125": Fraction(49)})


def test_a_mass_too_long_to_part_is_refused() -> None:
    with pytest.raises(CalculationError, match="more than 34 digits"):
        parts_of(Fraction("1.000000000000000000000000000000001"), _percents("R-448A"))


@pytest.mark.parametrize(
    ("blend", "parts"),
    [
        ("R-404A", {"HFC-125": "44", "HFC-143a": "52", "HFC-134a": "4"}),
        ("R-407A", {"HFC-32": "20", "HFC-125": "40", "HFC-134a": "40"}),
        ("R-407C", {"HFC-32": "23", "HFC-125": "25", "HFC-134a": "52"}),
        ("R-407F", {"HFC-32": "30", "HFC-125": "30", "HFC-134a": "40"}),
        ("R-507A", {"HFC-125": "50", "HFC-143a": "50"}),
        (
            "R-448A",
            {
                "HFC-32": "26",
                "HFC-125": "26",
                "HFO-1234yf": "20",
                "HFC-134a": "21",
                "HFO-1234ze(E)": "7",
            },
        ),
        (
            "R-449A",
            {"HFC-32": "24.3", "HFC-125": "24.7", "HFO-1234yf": "25.3", "HFC-134a": "25.7"},
        ),
        ("R-454B", {"HFC-32": "68.9", "HFO-1234yf": "31.1"}),
        ("R-513A", {"HFO-1234yf": "56", "HFC-134a": "44"}),
    ],
)
def test_compositions_are_the_standard_ones(blend: str, parts: dict[str, str]) -> None:
    """ANSI/ASHRAE Standard 34, tables 4-2 and 4-3."""
    assert BLENDS[blend] == parts


def test_every_blend_adds_to_a_hundred_and_every_name_leads_somewhere() -> None:
    refrigerants, gases = tables().refrigerants, tables().gwp["component"]
    assert all(sum(map(Fraction, parts.values())) == 100 for parts in BLENDS.values())
    assert set(refrigerants["aliases"].values()) <= {*gases, *BLENDS}
    assert not {*refrigerants["aliases"], *BLENDS} & set(gases)
