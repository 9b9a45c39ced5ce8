"""Line results: exact until the one rounding."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootprint.calc.errors import CalculationError
from rootprint.calc.lines import Cited, Gas, Line, Published, exact_result, scale
from rootprint.calc.rounding import half_up
from rootprint.calc.units import UnitNotConvertible, UnitTable
from rootprint.ledger.core.tables import tables

UNITS = UnitTable(tables().units)
GWP = tables().gwp
amounts = st.decimals(min_value=Decimal("0.000001"), max_value=10**6, places=6)
values = st.decimals(min_value=0, max_value=10**6, places=12)


def _exact(value: Fraction, places: int) -> Decimal:
    """Divide with more digits than can matter, then round by decimal's own rule."""
    with localcontext() as context:
        context.prec = 400
        quotient = Decimal(value.numerator) / Decimal(value.denominator)
        return quotient.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _rounded(line: Line, places: int) -> dict[str, Decimal]:
    """Return a line's results as a statement shows them: exact, then each rounded once."""
    exact = exact_result(line, UNITS, GWP)
    return {name: half_up(value, places) for name, value in exact.items()}


@given(
    amount=amounts,
    unit=st.sampled_from(["kilogram", "gram", "tonne"]),
    declared=amounts,
    value=values,
    digits=st.integers(9, 30),
)
def test_a_cited_footprint_is_scaled_exactly(
    amount: Decimal, unit: str, declared: Decimal, value: Decimal, digits: int
) -> None:
    cited = Cited("kilogram", Fraction(declared), {"fossilGhgEmissions": Fraction(value)},
                  Fraction(0), None, {})  # fmt: skip
    line = Line("raw-material", Fraction(amount), unit, cited, primary=False)
    size = {"kilogram": Fraction(1), "gram": Fraction(1, 1000), "tonne": Fraction(1000)}[unit]
    times = Fraction(amount) * size / Fraction(declared)
    assert scale(line, UNITS) == times
    found = _rounded(line, digits)
    assert found == {"fossilGhgEmissions": _exact(times * Fraction(value), digits)}


@given(
    amount=amounts,
    name=st.sampled_from(sorted(GWP["sets"]["AR5"].keys() & GWP["sets"]["AR6"].keys())),
    set_=st.sampled_from(["AR5", "AR5-28", "AR6"]),
)
def test_a_gas_is_its_mass_times_gwp_in_its_component(
    amount: Decimal, name: str, set_: str
) -> None:
    line = Line("manufacturing", Fraction(amount), "gram", Gas(name, set_), primary=True)
    expected = Fraction(amount) / 1000 * Fraction(GWP["sets"][set_][name])
    taken_up = name in GWP["negative"]
    rounded = _exact(-expected if taken_up else expected, 12)
    component, of_which = GWP["component"][name], GWP["ofWhich"].get(name)
    names = [component] if of_which is None else [component, of_which]
    assert _rounded(line, 12) == dict.fromkeys(names, rounded)


def test_fossil_and_biogenic_methane_go_apart_and_weigh_apart() -> None:
    def result(name: str) -> dict[str, Decimal]:
        line = Line("use", Fraction(1), "kilogram", Gas(name, "AR6"), primary=True)
        return _rounded(line, 9)

    assert result("CH4_fossil") == {"fossilGhgEmissions": Decimal("29.800000000")}
    assert result("CH4_non_fossil") == {"biogenicNonCO2Emissions": Decimal("27.000000000")}


@given(amount=amounts, value=values)
def test_a_published_figure_counts_per_its_unit(amount: Decimal, value: Decimal) -> None:
    source = Published(Fraction(value), "megajoule", "fossilGhgEmissions")
    line = Line("use", Fraction(amount), "kilowatt hour", source, primary=False)
    expected = Fraction(amount) * Fraction(18, 5) * Fraction(value)
    assert _rounded(line, 15) == {"fossilGhgEmissions": _exact(expected, 15)}


def test_refusals_name_the_unit_or_the_gas() -> None:
    energy = Cited("kilowatt hour", Fraction(1), {}, Fraction(0), None, {})
    with pytest.raises(UnitNotConvertible, match=r"kilogram \(mass\) can't be converted"):
        exact_result(Line("use", Fraction(1), "kilogram", energy, primary=False), UNITS, GWP)
    gas = Line("use", Fraction(1), "kilogram", Gas("argon", "AR6"), primary=True)
    with pytest.raises(
        CalculationError, match=r"gas 'argon' has no GWP in set 'AR6' — state a gas"
    ):
        exact_result(gas, UNITS, GWP)
    with pytest.raises(CalculationError, match="only a line that cites a footprint has a scale"):
        scale(gas, UNITS)
