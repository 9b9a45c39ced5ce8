"""Spreads of outputs, and lines that are off together, against `uncertainties` and by sampling."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from uncertainties import UFloat, ufloat

from rootprint.calc.errors import CalculationError
from rootprint.calc.uncertainty import (
    Design,
    Model,
    Spread,
    first_order,
    lognormal,
    monte_carlo,
    ranking,
)
from tests.calc.uncertainty_cases import Part, model

FIVE_PERCENT = Spread("normal", (0.05, 0.0, 0.0))


def textbook(spread: Spread | None = FIVE_PERCENT, output: Spread | None = FIVE_PERCENT) -> Model:
    """Heijungs and Suh 2002: A = [[-2, 100], [10, 0]], B = [1, 10], f = 1000 kWh: 120 kg CO2."""
    fuel = Part("fuel", lines=((None, 10 / 100, spread),), output=output)  # per liter
    electricity = (("fuel", 1000 * 2 / 10, spread), (None, 1000 * 1 / 10, spread))
    return model([fuel, Part("1000 kWh", lines=electricity, output=output)])


def test_the_textbook_case_of_two_processes_has_variance_64() -> None:
    """5 % on each: without the outputs it would be 27, a spread of 5.2 where 8.0 is right."""
    found = first_order(textbook(), 1)
    assert found.stated == pytest.approx(120)
    assert found.deviation**2 == pytest.approx(64)
    assert first_order(textbook(output=None), 1).deviation == pytest.approx(math.sqrt(27))
    first = ranking(textbook(), found).ranked[0]
    assert (first.statement, first.line, first.output) == (1, None, True)
    assert first.variance == pytest.approx(0.5625)
    assert first.contribution == pytest.approx(-1)


def test_the_textbook_case_is_the_one_that_uncertainties_gives() -> None:
    fuel_in, fuel_out, power, own, upstream = (
        ufloat(value, 0.05 * value) for value in (2, 100, 10, 1, 10)
    )
    whole = 1000 / power * (own + fuel_in / fuel_out * upstream)
    found = first_order(textbook(), 1)
    assert found.stated == pytest.approx(whole.nominal_value)
    assert found.deviation == pytest.approx(whole.std_dev)


def test_a_sample_of_the_textbook_case_has_its_spread() -> None:
    design = Design(samples=40_000, seed=7, strata=4_000)
    found, exact = monte_carlo(textbook(), 1, design), first_order(textbook(), 1)
    assert found.deviation == pytest.approx(8.0, rel=0.02)
    assert found.mean == pytest.approx(exact.mean, rel=1e-3)


def test_draws_of_the_rest_stay_where_an_output_gets_a_spread() -> None:
    """Another parameter moves no draw."""
    design = Design(samples=64, seed=1)
    exact, uncertain = (
        monte_carlo(textbook(output=one), 1, design).draws
        for one in (None, Spread("normal", (1e-12, 0.0, 0.0)))
    )
    assert exact == pytest.approx(uncertain, rel=1e-9)


def test_an_output_whose_spread_reaches_zero_is_refused_when_it_is_drawn() -> None:
    wide = textbook(output=Spread("normal", (0.8, 0.0, 0.0)))
    with pytest.raises(CalculationError, match="makes nothing, or less"):
        monte_carlo(wide, 1, Design(samples=4000, seed=1))


def test_an_output_s_mean_is_that_of_its_inverse() -> None:
    part = Part("x", lines=((None, 1.0, None),), output=lognormal(1.5))
    sigma = math.log(1.5)
    found = first_order(model([part]), 0)
    assert found.mean == pytest.approx(math.exp(sigma**2 / 2))
    assert found.gsd == pytest.approx(1.5)


def _grouped(groups: tuple[int, ...], *sigmas: float) -> Model:
    lines = tuple((None, 1.0, Spread("normal", (sigma, 0.0, 0.0))) for sigma in sigmas)
    return model([Part("x", lines=lines, groups=groups)])


def test_lines_of_a_group_add_linearly_and_others_in_squares() -> None:
    found = first_order(_grouped((0, 0, -1), 0.1, 0.2, 0.4), 0)
    assert found.deviation == pytest.approx(math.hypot(0.3, 0.4))
    assert found.variances.sum() == pytest.approx(1)


@given(
    st.lists(st.floats(0.001, 0.2), min_size=2, max_size=6),
    st.data(),
)
@settings(max_examples=50)
def test_groups_are_one_variable_for_uncertainties_too(
    sigmas: list[float], data: st.DataObject
) -> None:
    groups = tuple(data.draw(st.integers(-1, 2)) for _ in sigmas)
    shared = {group: ufloat(0, 1) for group in set(groups) - {-1}}
    whole: UFloat = sum(
        1 + sigma * shared.get(group, ufloat(0, 1))
        for sigma, group in zip(sigmas, groups, strict=True)
    )  # type: ignore[assignment]
    found = first_order(_grouped(groups, *sigmas), 0)
    assert found.deviation == pytest.approx(whole.std_dev)


def test_a_group_is_drawn_once() -> None:
    """Two equal lines of a group have twice one's spread; by themselves √2."""
    design = Design(samples=8_000, seed=3, strata=800)
    together = monte_carlo(_grouped((0, 0), 0.1, 0.1), 0, design)
    apart = monte_carlo(_grouped((-1, -1), 0.1, 0.1), 0, design)
    assert together.deviation == pytest.approx(0.2, rel=0.02)
    assert apart.deviation == pytest.approx(0.1 * math.sqrt(2), rel=0.03)


def test_groups_of_two_statements_are_two() -> None:
    spread = Spread("normal", (0.1, 0.0, 0.0))
    parts = [
        Part("a", lines=((None, 1.0, spread), (None, 1.0, spread)), groups=(0, 0)),
        Part("x", lines=(("a", 1.0, None), (None, 1.0, spread)), groups=(-1, 0)),
    ]
    assert first_order(model(parts), 1).deviation == pytest.approx(math.hypot(0.2, 0.1))


def test_a_model_with_cycles_has_no_spread_of_an_output() -> None:
    part = Part("x", lines=((None, 1.0, None),), output=FIVE_PERCENT)
    with pytest.raises(CalculationError, match="in a model with cycles"):
        model([part], cyclic=True)


def test_a_group_or_output_too_few_is_refused() -> None:
    given_model = _grouped((0, 0), 0.1, 0.1)
    fields = {name: getattr(given_model, name) for name in given_model.__dataclass_fields__}
    with pytest.raises(CalculationError, match="a group, or none, for each line"):
        Model(**{**fields, "groups": np.zeros(1, dtype=np.int64)})
    outputs = given_model.line_spreads
    with pytest.raises(CalculationError, match="for each statement's output"):
        Model(**{**fields, "output_spreads": outputs})
