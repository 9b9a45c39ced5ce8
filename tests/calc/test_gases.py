"""Gases: characterised exactly, and again in another set, with nothing else changed."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootprint.calc.columns import excluding
from rootprint.calc.errors import CalculationError
from rootprint.calc.gases import characterise, gases_of_lines, recharacterise
from rootprint.calc.lines import Carbon, Cited, Gas, Line, Published, characterisation, exact_result
from rootprint.calc.units import UnitTable
from rootprint.ledger.core.schema.components import BIOGENIC_EMISSIONS, MEMO, NEGATIVE, UPTAKE
from rootprint.ledger.core.tables import tables

GWP = tables().gwp
UNITS = UnitTable(tables().units)
masses = st.dictionaries(
    st.sampled_from(sorted(GWP["sets"]["AR5"].keys() & GWP["sets"]["AR6"].keys())),
    st.fractions(min_value=0, max_value=10**6, max_denominator=10**9),
    min_size=1,
)


def gas_line(gas: str, amount: str, unit: str = "kilogram", gwp_set: str = "AR6") -> Line:
    return Line("manufacturing", Fraction(amount), unit, Gas(gas, gwp_set), primary=True)


def cited_line(amount: str, per: str = "1") -> Line:
    source = Cited(
        unit="kilogram",
        amount=Fraction(per),
        components={"fossilGhgEmissions": Fraction(5)},
        primary_share=Fraction(0),
        quality=None,
        sets={"AR6": Fraction(100)},
    )
    return Line("raw-material", Fraction(amount), "kilogram", source, primary=False)


def results(lines: list[Line]) -> list[dict[str, Fraction]]:
    return [exact_result(line, UNITS, GWP) for line in lines]


def test_fossil_and_biogenic_methane_have_their_own_gwp_and_component() -> None:
    gases = {"CH4_fossil": Fraction(2), "CH4_non_fossil": Fraction(1)}
    assert characterise(gases, "AR6", GWP) == {
        "fossilGhgEmissions": Fraction("59.6"),
        "biogenicNonCO2Emissions": Fraction(27),
    }


def test_what_is_taken_up_is_negative_and_nothing_else_is() -> None:
    for gas, component in GWP["component"].items():
        having = next(name for name, gases in GWP["sets"].items() if gas in gases)
        (first, *_) = characterisation(gas, having, GWP).values()
        assert (first < 0) is (component in NEGATIVE), gas
    # ISO 14067:2018 section 7.2: what is taken up and what is set free are kept apart.
    assert GWP["component"]["CO2_uptake"] == UPTAKE
    assert GWP["component"]["CO2_biogenic"] == BIOGENIC_EMISSIONS


def test_aircraft_stands_beside_the_component_it_is_part_of() -> None:
    found = characterise({"CO2_aircraft": Fraction(3)}, "AR6", GWP)
    assert found == {"fossilGhgEmissions": Fraction(3), "aircraftGhgEmissions": Fraction(3)}
    assert excluding(found) == 3


@given(masses)
def test_a_line_a_gas_and_the_whole_list_agree(gases: dict[str, Fraction]) -> None:
    """Σ of the gases one by one is the list's result, and a line's before it is rounded."""
    one_by_one = [characterise({gas: mass}, "AR5", GWP) for gas, mass in gases.items()]
    whole = characterise(gases, "AR5", GWP)
    assert {name: sum(part.get(name, 0) for part in one_by_one) for name in whole} == whole


@given(masses)
def test_there_and_back_is_the_same(gases: dict[str, Fraction]) -> None:
    there = recharacterise(gases, from_set="AR5", to_set="AR6", gwp=GWP)
    back = recharacterise(gases, from_set="AR6", to_set="AR5", gwp=GWP)
    assert (there.before, there.after) == (back.after, back.before)
    assert there.change == -back.change


@given(masses)
def test_only_the_gwps_differ(gases: dict[str, Fraction]) -> None:
    answer = recharacterise(gases, from_set="AR5", to_set="AR6", gwp=GWP)
    difference = sum(
        mass * (Fraction(GWP["sets"]["AR6"][gas]) - Fraction(GWP["sets"]["AR5"][gas]))
        for gas, mass in gases.items()
        if GWP["component"][gas] not in MEMO  # their flows are CO2, whose GWP is 1 in every set
    )
    assert answer.change == difference


def test_a_gas_that_the_set_does_not_have_is_refused() -> None:
    with pytest.raises(CalculationError, match="gas 'CH4' has no GWP in set 'AR6'"):
        characterise({"CH4": Fraction(1)}, "AR6", GWP)
    with pytest.raises(CalculationError, match="'HFC-41' has no GWP in set 'AR4' — it has one in"):
        characterise({"HFC-41": Fraction(1)}, "AR4", GWP)


def test_gases_of_lines_add_up_by_mass() -> None:
    lines = [gas_line("CO2", "2", "tonne"), gas_line("CO2", "3"), cited_line("4", per="2")]
    known = {"CO2": Fraction(1), "N2O": Fraction("0.5")}
    found = gases_of_lines(lines, results(lines), [None, None, known], UNITS)
    assert found == {"CO2": Fraction(2005), "N2O": Fraction(1)}


def test_carbon_brings_the_flows_that_it_was_computed_as() -> None:
    """A balance twice over: its CO2 is in every set what it is in none."""
    carbon = Carbon({"CO2": Fraction(3), "CO2_biogenic": Fraction(1)}, "piece")
    line = Line("manufacturing", Fraction(2), "piece", carbon, primary=True)
    assert exact_result(line, UNITS, GWP) == {
        "fossilGhgEmissions": Fraction(6),
        "biogenicCO2Emissions": Fraction(2),
    }
    assert gases_of_lines([line], results([line]), [None], UNITS) == {
        "CO2": Fraction(6),
        "CO2_biogenic": Fraction(2),
    }
    assert line.sets == {}
    assert line.primary_share == 100


def test_one_line_without_its_gases_leaves_none() -> None:
    lines = [gas_line("CO2", "2"), cited_line("1")]
    assert gases_of_lines(lines, results(lines), [None, None], UNITS) is None
    published = Published(Fraction(1), "kilogram", "fossilGhgEmissions")
    lines = [gas_line("CO2", "2"), Line("use", Fraction(1), "kilogram", published, primary=False)]
    assert gases_of_lines(lines, results(lines), [None, None], UNITS) is None


def test_a_credit_leaves_no_gases_as_it_takes_off_none() -> None:
    credit = cited_line("1")._replace(credit=True)
    lines = [gas_line("CO2", "2"), credit]
    known = {"CO2": Fraction(5)}
    assert results(lines)[1] == {"substitutionCredits": Fraction(-5)}
    assert gases_of_lines(lines, results(lines), [None, known], UNITS) is None


def test_a_line_that_brings_nothing_needs_no_gases() -> None:
    nothing = Published(Fraction(0), "kilogram", "fossilGhgEmissions")
    lines = [gas_line("CO2", "2"), Line("use", Fraction(1), "kilogram", nothing, primary=False)]
    assert gases_of_lines(lines, results(lines), [None, None], UNITS) == {"CO2": Fraction(2)}
