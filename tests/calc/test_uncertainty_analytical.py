"""First order against closed forms and against another implementation of linear propagation."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from uncertainties import UFloat, ufloat

from rootprint.calc.errors import CalculationError
from rootprint.calc.uncertainty import Spread, Spreads, first_order, first_orders, lognormal
from tests.calc.uncertainty_cases import Part, model, tiers

Z95 = 1.959963984540054


def test_a_product_of_lognormals_is_exact() -> None:
    """Amount × unit factor × value: ln GSDs add in squares, the median is the stated value."""
    result = first_order(
        model(
            [Part("factor", 0.6, lognormal(1.2)), Part("x", lines=(("factor", 5, lognormal(1.1)),))]
        ),
        1,
    )
    sigma = math.hypot(math.log(1.2), math.log(1.1))
    assert result.distribution == "lognormal"
    assert result.stated == pytest.approx(3)
    assert result.gsd == pytest.approx(math.exp(sigma))
    assert result.mean == pytest.approx(3 * math.exp(sigma**2 / 2))
    assert result.median == pytest.approx(3)
    assert result.interval == pytest.approx((3 * math.exp(-Z95 * sigma), 3 * math.exp(Z95 * sigma)))


def test_two_independent_inputs_add_in_squares() -> None:
    parts = [
        Part("a", 1, lognormal(1.3)),
        Part("b", 3, lognormal(1.1)),
        Part("x", lines=(("a", 1, None), ("b", 1, None))),
    ]
    result = first_order(model(parts), 2)
    sigma = math.hypot(0.25 * math.log(1.3), 0.75 * math.log(1.1))
    assert result.gsd == pytest.approx(math.exp(sigma))
    assert result.mean == pytest.approx(
        math.exp(math.log(1.3) ** 2 / 2) + 3 * math.exp(math.log(1.1) ** 2 / 2)
    )


def test_trap_15_the_same_factor_is_one_uncertainty_not_two() -> None:
    """Two suppliers on one grid factor: summed before squaring, or the spread is √2 too small.

    With another digest for each, the same figures are independent, and the result says which.
    """
    spread, sigma = lognormal(1.3), math.log(1.3)
    users = [Part("a", lines=(("grid", 2, None),)), Part("b", lines=(("grid", 2, None),))]
    both = Part("x", lines=(("a", 1, None), ("b", 1, None)))
    right = first_order(model([Part("grid", 1, spread), *users, both]), 3)
    twice = [Part("grid", 1, spread), Part("grid 2", 1, spread)]
    apart = [users[0], Part("b", lines=(("grid 2", 2, None),))]
    wrong = first_order(model([*twice, *apart, both]), 4)
    assert right.stated == wrong.stated == 4
    assert right.gsd == pytest.approx(math.exp(sigma))
    assert wrong.gsd == pytest.approx(math.exp(sigma / math.sqrt(2)))
    assert right.shared.tolist() == [0]
    assert wrong.shared.tolist() == []
    assert "1 of them, cited more than once" in right.assumption
    assert "not seen" in right.assumption


def test_one_statement_cited_by_two_lines_of_another_is_one_uncertainty() -> None:
    lines = (("grid", 1, None), ("grid", 3, None))
    result = first_order(model([Part("grid", 1, lognormal(1.3)), Part("x", lines=lines)]), 1)
    assert result.gsd == pytest.approx(1.3)


@st.composite
def chains(draw: st.DrawFn) -> list[Part]:
    """A graph of up to eight statements, with every input shared by chance."""
    figure = st.floats(0.01, 10)
    spread = st.one_of(st.none(), st.floats(1, 1.5).map(lognormal))
    parts: list[Part] = []
    for number in range(draw(st.integers(1, 8))):
        cited = (
            st.one_of(st.none(), st.sampled_from([p.name for p in parts])) if parts else st.none()
        )
        lines = draw(st.lists(st.tuples(cited, figure, spread), max_size=4))
        parts.append(Part(str(number), draw(figure), draw(spread), tuple(lines)))
    return parts


def by_uncertainties(parts: list[Part]) -> tuple[float, float]:
    """Compose with the `uncertainties` package, each parameter a variable: value and deviation."""

    def variable(spread: Spread | None) -> UFloat | float:
        known = spread is None or not spread.parameters[0]
        return 1.0 if known else ufloat(1, spread.parameters[0])

    footprints: dict[str | None, UFloat | float] = {None: 1.0}
    for part in parts:
        total = part.value * variable(part.spread)
        for cited, median, spread in part.lines:
            total += median * variable(spread) * footprints[cited]
        footprints[part.name] = total
    total = footprints[parts[-1].name]
    return (total.n, total.s) if isinstance(total, UFloat) else (total, 0.0)


@settings(max_examples=60, deadline=None)
@given(chains())
def test_it_is_linear_propagation_with_shared_variables(parts: list[Part]) -> None:
    value, deviation = by_uncertainties(parts)
    result = first_order(model(parts), len(parts) - 1)
    assert result.stated == pytest.approx(value)
    assert result.deviation == pytest.approx(deviation, abs=1e-9 * value)
    assert result.gsd == pytest.approx(math.exp(deviation / value))
    assert result.variances.sum() == pytest.approx(1 if result.deviation else 0)


def test_the_mean_of_a_long_chain_stands_above_the_stated_value_and_that_is_no_fault() -> None:
    """numbers.md: 3 % at ln GSD 0.1 over eight tiers (a tenth of each footprint its own)."""
    product = tiers(own=0.1, sigma=0.1)
    result = first_order(product, product.nodes - 1)
    assert result.stated == pytest.approx(1)
    weights = [0.1 * 0.9**k for k in range(7)]
    shift = sum(w * math.exp(0.005 * (k + 1)) for k, w in enumerate(weights))
    assert result.mean == pytest.approx(shift + (1 - sum(weights)) * math.exp(0.04))
    assert round(100 * (result.mean - 1)) == 3
    assert 1 < result.median < result.mean
    all_below = tiers(own=0, sigma=0.1)
    assert first_order(all_below, all_below.nodes - 1).mean == pytest.approx(math.exp(0.04))


def test_parts_of_both_signs_make_it_normal_in_kilograms() -> None:
    """A removal: relative spreads of a difference explode, kilograms do not."""
    lines = ((None, 10.0, lognormal(1.1)), (None, -9.0, lognormal(1.1)))
    result = first_order(model([Part("x", lines=lines)]), 0)
    deviation = math.log(1.1) * math.hypot(10, 9)
    assert (result.distribution, result.gsd) == ("normal", None)
    assert result.deviation == pytest.approx(deviation)
    assert result.mean == result.median == pytest.approx(math.exp(math.log(1.1) ** 2 / 2))
    assert result.interval[0] < 0 < result.interval[1]
    assert result.interval[1] - result.interval[0] == pytest.approx(2 * Z95 * deviation)


def test_parts_that_cancel_leave_a_spread() -> None:
    lines = ((None, 1.0, lognormal(1.1)), (None, -1.0, lognormal(1.1)))
    result = first_order(model([Part("x", lines=lines)]), 0)
    assert result.stated == 0
    assert result.deviation == pytest.approx(math.log(1.1) * math.sqrt(2))


def test_removals_alone_are_lognormal_below_zero() -> None:
    result = first_order(model([Part("x", lines=((None, -2.0, lognormal(1.1)),))]), 0)
    assert result.gsd == pytest.approx(1.1)
    assert result.interval == pytest.approx((-2 * 1.1**Z95, -2 * 1.1**-Z95))


def test_mostly_normal_inputs_make_a_normal_result() -> None:
    normal, narrow = Spread("normal", (0.1, 0, 0)), lognormal(1.01)
    result = first_order(model([Part("x", lines=((None, 1, normal), (None, 1, narrow)))]), 0)
    assert result.distribution == "normal"
    assert result.deviation == pytest.approx(math.hypot(0.1, math.log(1.01)))


@pytest.mark.parametrize(
    ("off", "possible"),
    [
        (0.0, {"lognormal", "normal"}),
        (1e-10, {"lognormal", "normal"}),
        (-1e-10, {"lognormal", "normal"}),
        (1e-8, {"normal"}),
        (-1e-8, {"lognormal"}),
    ],
)
def test_on_the_edge_of_half_the_variance_another_machine_may_come_to_the_other(
    off: float, possible: set[str]
) -> None:
    """Bug: two libraries' quantiles differ in the last bit, and two verifiers in the verdict."""
    normal = Spread("normal", (math.log(1.3) * (1 + off), 0, 0))
    of = model([Part("x", lines=((None, 1, normal), (None, 1, lognormal(1.3))))])
    found = first_orders(of, 0)
    assert {one.distribution for one in found} == possible
    assert {one.deviation for one in found} == {first_order(of, 0).deviation}
    assert first_order(of, 0).distribution == found[0].distribution
    assert all((one.gsd is None) == (one.distribution == "normal") for one in found)


def test_no_spread_at_all_has_one_distribution() -> None:
    of = model([Part("x", lines=((None, 1, lognormal(1.0)),))])
    assert [one.distribution for one in first_orders(of, 0)] == ["lognormal"]


def test_what_is_not_stated_is_counted_and_not_taken_for_exact_in_silence() -> None:
    parts = [
        Part("a", 1, lognormal(1.1)),
        Part("b", 1),
        Part("x", lines=(("a", 3, None), ("b", 1, lognormal(1.1)), (None, 4, lognormal(1.0)))),
    ]
    result = first_order(model(parts), 2)
    assert result.unstated_values == pytest.approx(1 / 8)
    assert result.unstated_amounts == pytest.approx(3 / 4)


def test_nothing_stated_is_no_spread_and_all_unstated() -> None:
    result = first_order(model([Part("x", value=2)]), 0)
    assert (result.stated, result.deviation, result.unstated_values) == (2, 0, 1)
    assert result.interval == (2, 2)


def test_a_spread_that_overflows_is_refused() -> None:
    wide = model([Part("x", value=1.0, spread=lognormal(1e300))])
    with pytest.raises(CalculationError, match="not a finite number"):
        first_order(wide, 0)


def test_many_lognormals_from_an_array_are_those_one_by_one() -> None:
    sigmas = np.array([0.0, 0.1, 0.5])
    one_by_one = Spreads.of([lognormal(float(np.exp(s))) for s in sigmas])
    assert Spreads.lognormal(sigmas).parameters == pytest.approx(one_by_one.parameters)
