"""A statement's uncertainty member becomes a spread about its median, or is refused."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from rootprint.calc.errors import CalculationError
from rootprint.calc.uncertainty import Spread, Spreads, lognormal, spread


def stated(distribution: str, value: str, low: str, high: str, percent: str) -> dict[str, Any]:
    interval = {"lower": low, "upper": high, "percent": percent}
    return {"distribution": distribution, "statedValue": value, "interval": interval}


def with_gsd(gsd: str, **other: Any) -> dict[str, Any]:
    base = {"distribution": "lognormal", "statedValue": "2"}
    return {**base, "geometricStandardDeviation": gsd, **other}


def quantile(of: Spread, probability: float) -> float:
    return float(Spreads.of([of]).quantiles(np.array([[probability]]))[0, 0])


@pytest.mark.parametrize(
    ("member", "low", "high", "percent"),
    [
        (stated("lognormal", "10", "8", "12.5", "95"), 0.8, 1.25, 95),
        (stated("lognormal", "10", "5", "20", "68"), 0.5, 2, 68),
        (stated("normal", "10", "7", "13", "90"), 0.7, 1.3, 90),
        (stated("uniform", "10", "7", "13", "50"), 0.7, 1.3, 50),
        (stated("triangular", "10", "7", "13", "80"), 0.7, 1.3, 80),
        (stated("normal", "-10", "-13", "-7", "90"), 0.7, 1.3, 90),
        (stated("lognormal", "-10", "-12.5", "-8", "95"), 0.8, 1.25, 95),
    ],
)
def test_an_interval_holds_its_percentage(
    member: dict[str, Any], low: float, high: float, percent: float
) -> None:
    """The bounds are the quantiles of a central interval, and the stated value is the median."""
    of = spread(member, stated=Fraction(member["statedValue"]))
    tail = (1 - percent / 100) / 2
    assert quantile(of, tail) == pytest.approx(low)
    assert quantile(of, 1 - tail) == pytest.approx(high)
    assert quantile(of, 0.5) == pytest.approx(1)


@pytest.mark.parametrize(("low", "high"), [("9", "12"), ("8.2", "11"), ("9.3", "11.5")])
def test_a_skew_triangle_has_its_bounds_and_its_median(low: str, high: str) -> None:
    of = spread(stated("triangular", "10", low, high, "100"))
    assert quantile(of, 1e-15) == pytest.approx(float(low) / 10)
    assert quantile(of, 1 - 1e-15) == pytest.approx(float(high) / 10)
    assert quantile(of, 0.5) == pytest.approx(1)


def test_a_geometric_standard_deviation_is_taken_as_it_is() -> None:
    assert spread(with_gsd("1.25")) == lognormal(1.25)
    assert spread(with_gsd("1")).parameters == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("of", "oracle"),
    [
        (lognormal(1.3), stats.lognorm(s=math.log(1.3))),
        (Spread("normal", (0.2, 0, 0)), stats.norm(1, 0.2)),
        (Spread("uniform", (0.6, 1.4, 0)), stats.uniform(0.6, 0.8)),
        (Spread("triangular", (0.7, 1.5, 0.9)), stats.triang(0.25, 0.7, 0.8)),
    ],
)
def test_quantiles_means_and_deviations_are_those_of_scipy(of: Spread, oracle: Any) -> None:
    probabilities = np.array([[0.001, 0.1, 0.25, 0.5, 0.9, 0.999]])
    both = Spreads.of([of, None])
    assert both.quantiles(np.repeat(probabilities, 2, axis=0))[0] == pytest.approx(
        oracle.ppf(probabilities[0])
    )
    assert both.mean.tolist() == pytest.approx([oracle.mean(), 1])
    first_order = math.log(1.3) if of.distribution == "lognormal" else oracle.std()
    assert both.deviation.tolist() == pytest.approx([first_order, 0])


def test_an_unstated_spread_moves_nothing_and_is_not_a_spread_of_zero() -> None:
    both = Spreads.of([None, lognormal(1.0)])
    assert both.stated.tolist() == [False, True]
    assert both.moving.tolist() == [False, False]
    assert (both.quantiles(np.array([[0.1, 0.9], [0.1, 0.9]])) == 1).all()


@given(
    st.sampled_from(["lognormal", "normal", "uniform", "triangular"]),
    st.integers(1, 99),
    st.floats(0.01, 0.99),
    st.floats(0.01, 0.99),
)
def test_quantiles_rise_and_meet_the_stated_value_in_the_middle(
    distribution: str, percent: int, first: float, second: float
) -> None:
    low, high = ("0.8", "1.25") if distribution == "lognormal" else ("0.8", "1.2")
    of = spread(stated(distribution, "1", low, high, str(percent)))
    assert quantile(of, 0.5) == pytest.approx(1)
    assert (quantile(of, first) <= quantile(of, second)) == (first <= second)


@pytest.mark.parametrize(
    ("member", "why"),
    [
        (with_gsd("0.9"), "below 1"),
        (with_gsd("1.1", distribution="normal"), "does not belong to a normal"),
        (with_gsd("1.1", statedValue="0"), "stated value of 0"),
        (with_gsd("1.1", interval={}), "both a GSD and an interval"),
        ({"distribution": "lognormal", "statedValue": "2"}, "neither"),
        (stated("normal", "10", "13", "7", "95"), "lower bound is not below"),
        (stated("normal", "10", "10", "10", "95"), "lower bound is not below"),
        (stated("normal", "10", "11", "12", "95"), "outside its interval"),
        (stated("normal", "10", "9", "11", "0"), "no percentage"),
        (stated("normal", "10", "9", "11", "100"), "100 percent"),
        (stated("lognormal", "10", "8", "12.5", "100"), "100 percent"),
        (stated("normal", "10", "9", "12", "95"), "middle .* is 1.05 times"),
        (stated("uniform", "10", "9", "12", "95"), "middle .* is 1.05 times"),
        (stated("triangular", "10", "9", "12", "95"), "middle .* is 1.05 times"),
        (stated("lognormal", "10", "7", "13", "95"), "geometric mean .* is 0.9539 times"),
        (stated("lognormal", "10", "-1", "30", "95"), "reaches zero"),
        (stated("triangular", "10", "9", "20", "100"), "the median, not the mode"),
        (stated("beta", "10", "9", "11", "95"), "is no distribution"),
    ],
)
def test_what_contradicts_itself_is_refused_with_a_remedy(member: dict[str, Any], why: str) -> None:
    with pytest.raises(CalculationError, match=why) as caught:
        spread(member)
    assert caught.value.remedy


@pytest.mark.parametrize("distribution", ["lognormal", "normal", "triangular"])
def test_a_percentage_too_small_to_measure_by_is_refused(distribution: str) -> None:
    """Bug: the width that holds it is 0 in a float, and dividing by that ended the verifier."""
    low, high = ("8", "12.5") if distribution == "lognormal" else ("8", "12")
    with pytest.raises(CalculationError, match="percent is too near to 0 or 100") as caught:
        spread(stated(distribution, "10", low, high, "0." + "0" * 26 + "1"))
    assert caught.value.remedy
    assert spread(stated("uniform", "10", "8", "12", "0." + "0" * 26 + "1")).parameters[1] > 1e26


@pytest.mark.parametrize("distribution", ["lognormal", "normal"])
def test_a_percentage_that_a_float_takes_for_100_is_refused(distribution: str) -> None:
    """Bug: it gave a spread of zero where the other verifier refused it."""
    low, high = ("8", "12.5") if distribution == "lognormal" else ("8", "12")
    with pytest.raises(CalculationError, match="percent is too near to 0 or 100"):
        spread(stated(distribution, "10", low, high, "99.99999999999999"))


def test_a_spread_of_another_value_than_the_one_beside_it_is_refused() -> None:
    with pytest.raises(CalculationError, match="not the value that it stands beside"):
        spread(with_gsd("1.1"), stated=Fraction(3))


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_what_is_not_finite_is_refused(value: float) -> None:
    with pytest.raises(CalculationError, match="finite"):
        Spread("normal", (value, 0, 0))
    with pytest.raises(CalculationError, match="finite"):
        Spreads.lognormal(np.array([0.1, value]))


def test_a_negative_standard_deviation_is_refused() -> None:
    with pytest.raises(CalculationError, match="negative"):
        Spread("normal", (-0.1, 0, 0))
    with pytest.raises(CalculationError, match="below 1"):
        Spreads.lognormal(np.array([0.1, -0.1]))
    with pytest.raises(CalculationError, match="code and three"):
        Spreads(np.zeros(2, dtype=np.int8), np.zeros((3, 3)))
