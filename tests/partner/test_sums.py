"""Figures that do not add up count at the higher one, and nothing is stated below the file."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.partner.documents import composed, only, pact, places

EXCLUDING, INCLUDING = "pcfExcludingBiogenicUptake", "pcfIncludingBiogenicUptake"


@pytest.mark.parametrize(
    ("pcf", "expected"),
    [
        # The parts come to more than the total.
        ({EXCLUDING: "7", INCLUDING: "6.9"}, {EXCLUDING: "8.25", INCLUDING: "8.15"}),
        # The total is more than the parts: the rest is fossil.
        ({EXCLUDING: "9", INCLUDING: "8.9"}, {EXCLUDING: "9", "fossilGhgEmissions": "8.75"}),
        # A total of which no part says what it is.
        ({EXCLUDING: "9", INCLUDING: "9", "fossilGhgEmissions": "0",
          "biogenicNonCO2Emissions": None, "biogenicCO2Uptake": None},
         {"fossilGhgEmissions": "9", INCLUDING: "9"}),
        ({"fossilGhgEmissions": None}, {"fossilGhgEmissions": "8", EXCLUDING: "8.25"}),
        ({INCLUDING: None}, {INCLUDING: "8.15"}),
        # Less uptake than the file says.
        ({INCLUDING: "8.20"}, {"biogenicCO2Uptake": "-0.05", INCLUDING: "8.20"}),
        ({INCLUDING: "8.00"}, {INCLUDING: "8.15"}),
        # More with the uptake than without: the total is larger.
        ({INCLUDING: "9"}, {EXCLUDING: "9", INCLUDING: "9", "biogenicCO2Uptake": "0"}),
        ({"aircraftGhgEmissions": "8.5"}, {"fossilGhgEmissions": "8.5", EXCLUDING: "8.75"}),
        ({"packagingGhgEmissions": "9"}, {"packagingGhgEmissions": None, EXCLUDING: "8.25"}),
    ],
)  # fmt: skip
def test_the_higher_figure_is_stated_with_a_finding(
    pcf: dict[str, Any], expected: dict[str, Any]
) -> None:
    one = only(pact(pcf=pcf))
    assert one.findings
    for name, value in expected.items():
        assert one.subject["pcf"].get(name) == value
    draft, _ = composed(one)
    assert "publicationDifference" not in draft["credentialSubject"]["pcf"]


@pytest.mark.parametrize("printed", ["8.2", "8"])
def test_a_rounded_including_total_is_settled_by_composing(printed: str) -> None:
    one = only(pact(pcf={INCLUDING: printed}))
    assert places(one) == []
    draft, told = composed(one)
    assert draft["credentialSubject"]["pcf"][INCLUDING] == "8.15"
    assert len(told) == 1


def test_an_uptake_beyond_what_the_mass_can_hold_is_lowered() -> None:
    """A kilogram holds at most 44/12 kg CO2 as carbon; methane and rounding are on top."""
    blank = dict.fromkeys(("biogenicNonCO2Emissions",))
    one = only(pact(pcf={**blank, "fossilGhgEmissions": "8.25", "biogenicCO2Uptake": "-5.00",
                         INCLUDING: "3.25"}))  # fmt: skip
    assert places(one) == ["pcf.biogenicCO2Uptake", f"pcf.{INCLUDING}"]
    pcf = composed(one)[0]["credentialSubject"]["pcf"]
    assert Fraction("3.66666") < -Fraction(pcf["biogenicCO2Uptake"]) < Fraction("3.66668")


@pytest.mark.parametrize(
    ("content", "uptake", "kept"),
    [
        ("0.01", "-0.036667", "0.01"),  # 44/12 of it, far less than the 0.10 that the file says
        ("0.5", "-0.10", None),  # more carbon than was taken up
        ("0.027", "-0.10", "0.027"),  # within a tenth
        ("0", "0", "0"),
    ],
)
def test_uptake_and_carbon_content_are_brought_together(
    content: str, uptake: str, kept: str | None
) -> None:
    """The file takes up 0.10 kg CO2; the higher figure is the smaller uptake."""
    one = only(pact(pcf={"biogenicCarbonContent": content}))
    pcf = composed(one)[0]["credentialSubject"]["pcf"]
    assert Fraction(pcf["biogenicCO2Uptake"]) == Fraction(uptake)
    assert pcf.get("biogenicCarbonContent") == kept
    assert Fraction(pcf[INCLUDING]) == Fraction(pcf[EXCLUDING]) + Fraction(uptake)


def test_rounded_figures_keep_their_total_and_composing_says_the_difference() -> None:
    one = only(pact(pcf={"fossilGhgEmissions": "8.0", EXCLUDING: "8.26", INCLUDING: "8.16"}))
    assert places(one) == []
    draft, told = composed(one)
    assert draft["credentialSubject"]["pcf"]["publicationDifference"] == "0.01"
    assert any("publicationDifference" in line for line in told)


def test_a_raised_total_is_the_sum_of_its_parts() -> None:
    """8.42 of 8.4 is rounding; of the 8.95 that the including total asks for, nothing is left."""
    one = only(pact(pcf={EXCLUDING: "8.4", INCLUDING: "8.95", "fossilGhgEmissions": "8.42",
                         "biogenicNonCO2Emissions": None, "biogenicCO2Uptake": None}))  # fmt: skip
    pcf = composed(one)[0]["credentialSubject"]["pcf"]
    assert pcf["fossilGhgEmissions"] == pcf[EXCLUDING] == pcf[INCLUDING] == "8.95"
    assert "publicationDifference" not in pcf
    assert "biogenicCO2Uptake" not in pcf


def test_a_total_is_not_raised_to_less_than_its_parts() -> None:
    one = only(pact(pcf={EXCLUDING: "8.4", INCLUDING: "8.415", "fossilGhgEmissions": "8.42",
                         "biogenicNonCO2Emissions": None, "biogenicCO2Uptake": None}))  # fmt: skip
    pcf = composed(one)[0]["credentialSubject"]["pcf"]
    assert pcf["fossilGhgEmissions"] == pcf[EXCLUDING] == pcf[INCLUDING] == "8.42"


def test_an_uptake_that_is_lowered_to_none_has_no_rounding() -> None:
    """Composing takes half a unit of each figure that is stated, and 0 is none of them."""
    one = only(pact(pcf={EXCLUDING: "8", INCLUDING: "8.9", "fossilGhgEmissions": "9.04",
                         "biogenicNonCO2Emissions": None, "biogenicCO2Uptake": "-0.14",
                         "biogenicCarbonContent": "0"}))  # fmt: skip
    pcf = composed(one)[0]["credentialSubject"]["pcf"]
    assert pcf[EXCLUDING] == pcf[INCLUDING] == "9.04"


@pytest.mark.parametrize("including", ["8.25", "9"])
@pytest.mark.parametrize("uptake", ["-1.0", "0", None])
def test_no_carbon_is_stated_beside_no_uptake(including: str, uptake: str | None) -> None:
    """The including total leaves no uptake, and 0.2727 kg of carbon would be 1 kg CO2 of it."""
    carbon = {"biogenicCarbonContent": "0.2727", "recycledCarbonContent": "0.2"}
    one = only(pact(pcf={**carbon, INCLUDING: including, "biogenicCO2Uptake": uptake}))
    assert {"pcf.biogenicCarbonContent", "pcf.recycledCarbonContent"} <= set(places(one))
    pcf = composed(one)[0]["credentialSubject"]["pcf"]
    assert Fraction(pcf.get("biogenicCO2Uptake", "0")) == 0
    assert {"biogenicCarbonContent", "recycledCarbonContent"}.isdisjoint(pcf)


def test_a_missing_including_total_is_what_is_stated_in_the_end() -> None:
    one = only(pact(pcf={INCLUDING: None, "biogenicCarbonContent": "0.01"}))
    assert places(one) == ["pcf.biogenicCO2Uptake", f"pcf.{INCLUDING}"]
    assert one.subject["pcf"][INCLUDING] == "8.213333"


_amount = st.integers(0, 3).flatmap(lambda places: st.decimals(0, 50, places=places)).map(str)
_off = st.integers(0, 3).flatmap(lambda places: st.decimals(-60, 0, places=places)).map(str)
_carbon = st.decimals(0, 1, places=3).map(str)


@settings(max_examples=300)
@given(
    figures=st.fixed_dictionaries(
        {EXCLUDING: _amount, INCLUDING: _amount},
        optional={
            "fossilGhgEmissions": _amount,
            "biogenicNonCO2Emissions": _amount,
            "landUseChangeGhgEmissions": _amount,
            "landManagementBiogenicCO2Removals": _off,
            "biogenicCO2Uptake": _off,
            "aircraftGhgEmissions": _amount,
            "biogenicCarbonContent": _carbon,
            "recycledCarbonContent": _carbon,
        },
    )
)
def test_any_figures_become_one_that_composes_and_is_not_lower(figures: dict[str, str]) -> None:
    """Not lower but for rounding, which leaves a printed total or a sum that composing states."""
    blank = dict.fromkeys(
        (
            "fossilGhgEmissions",
            "biogenicNonCO2Emissions",
            "biogenicCO2Uptake",
            "fossilCarbonContent",
        )
    )
    one = only(pact(pcf={**blank, **figures}))
    pcf = composed(one)[0]["credentialSubject"]["pcf"]
    for name in (EXCLUDING, "fossilGhgEmissions"):
        assert Fraction(pcf[name]) >= Fraction(figures.get(name, "0"))
    places_ = len(figures[INCLUDING].partition(".")[2])
    slack = Fraction(3, 2 * 10**places_)
    assert Fraction(pcf[INCLUDING]) >= Fraction(figures[INCLUDING]) - slack
    content, uptake = (Fraction(pcf.get(name, "0")) for name in
                       ("biogenicCarbonContent", "biogenicCO2Uptake"))  # fmt: skip
    assert abs(content * 44 / 12 + uptake) <= max(content * 44 / 120, Fraction(1, 10**6)) or (
        "biogenicCarbonContent" not in pcf
    )
    assert Fraction(pcf.get("recycledCarbonContent", "0")) <= content
