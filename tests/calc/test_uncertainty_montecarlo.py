"""Monte Carlo against exact means and first order, and what may never move a draw."""

from __future__ import annotations

import math

import numpy as np
import pytest

from rootprint.calc.errors import CalculationError
from rootprint.calc.uncertainty import Design, Spread, first_order, lognormal, monte_carlo
from tests.calc.uncertainty_cases import Part, model, tiers

SPREAD = lognormal(1.2)
GRID = Part("grid", 0.6, SPREAD)
STEEL = Part("steel", lines=(("grid", 2, SPREAD), (None, 1.5, SPREAD)))
CAR = Part("car", lines=(("steel", 3, SPREAD), ("grid", 1, SPREAD)))
OTHER = Part("other", 7, lognormal(2))


def draws(parts: list[Part], name: str, design: Design) -> np.ndarray:
    place = [part.name for part in parts].index(name)
    return monte_carlo(model(parts), place, design).draws


@pytest.mark.parametrize("strata", [None, 1000])
def test_the_mean_is_the_exact_one_within_its_error(strata: int | None) -> None:
    of = model([GRID, STEEL, CAR])
    sample = monte_carlo(of, 2, Design(40_000, seed=11, strata=strata))
    exact = first_order(of, 2)
    assert abs(sample.mean - exact.mean) < 4 * sample.standard_error
    assert sample.stated == pytest.approx(exact.stated)
    assert sample.gsd == pytest.approx(exact.gsd, rel=0.01)
    assert sample.median == pytest.approx(exact.median, rel=0.01)
    assert sample.percentiles[2.5] == pytest.approx(exact.interval[0], rel=0.02)
    assert sample.percentiles[97.5] == pytest.approx(exact.interval[1], rel=0.02)
    assert sample.percentiles[50.0] == sample.median


def test_the_sample_says_what_numpy_says_of_it() -> None:
    sample = monte_carlo(model([GRID, STEEL, CAR]), 2, Design(2000, seed=1))
    assert len(sample.draws) == 2000
    assert sample.deviation == pytest.approx(np.std(sample.draws, ddof=1))
    assert sample.standard_error == pytest.approx(sample.deviation / math.sqrt(2000))
    assert math.log(sample.gsd or 0) == pytest.approx(np.std(np.log(sample.draws), ddof=1))
    assert f"±{196 * sample.standard_error / sample.mean:.2g} %" in sample.convergence


def test_three_percent_above_the_stated_value_over_eight_tiers() -> None:
    """numbers.md's figure, by sampling; stated, median and mean are three numbers."""
    product = tiers(own=0.1, sigma=0.1)
    sample = monte_carlo(product, product.nodes - 1, Design(20_000, seed=5))
    exact = first_order(product, product.nodes - 1)
    assert abs(sample.mean - exact.mean) < 4 * sample.standard_error
    assert round(100 * (sample.mean / sample.stated - 1)) == 3
    assert sample.stated < sample.median < sample.mean
    assert sample.median == pytest.approx(exact.median, rel=0.005)


@pytest.mark.parametrize("strata", [None, 100])
def test_an_unrelated_supplier_moves_no_draw(strata: int | None) -> None:
    """Bit for bit, wherever in the log it is put, so that a change shows itself alone."""
    design = Design(1000, seed=9, strata=strata)
    before = draws([GRID, STEEL, CAR], "car", design)
    assert (draws([OTHER, GRID, STEEL, CAR], "car", design) == before).all()
    user = Part("van", lines=(("other", 1, SPREAD), ("grid", 2, SPREAD)))
    assert (draws([GRID, OTHER, STEEL, user, CAR], "car", design) == before).all()
    assert (draws([GRID, OTHER, STEEL, user, CAR], "steel", design)
            == draws([GRID, STEEL], "steel", design)).all()  # fmt: skip


def test_a_new_input_adds_its_own_draws_and_leaves_the_others() -> None:
    """The car takes one more line: what comes on top is exactly that supplier's sample."""
    design = Design(1000, seed=9)
    more = Part("car", lines=(*CAR.lines, ("other", 0.5, None)))
    on_top = draws([GRID, STEEL, OTHER, more], "car", design) - draws(
        [GRID, STEEL, CAR], "car", design
    )
    assert on_top == pytest.approx(0.5 * draws([OTHER], "other", design))


def test_a_shared_input_is_one_draw() -> None:
    """Cited by two lines, it is off by the same in both, in every sample."""
    parts = [OTHER, Part("x", lines=(("other", 1, None), ("other", 2, None)))]
    design = Design(400, seed=2)
    assert draws(parts, "x", design) == pytest.approx(3 * draws([OTHER], "other", design))


@pytest.mark.parametrize(("memory", "workers"), [(2**11, 1), (2**14, 2), (2**27, 3)])
def test_neither_memory_nor_threads_move_a_draw(memory: int, workers: int) -> None:
    of = tiers(own=0.1, sigma=0.1, depth=3)
    design = Design(2000, seed=4)
    base = monte_carlo(of, of.nodes - 1, design)
    other = monte_carlo(of, of.nodes - 1, design, memory=memory, workers=workers)
    assert (other.draws == base.draws).all()


def test_another_seed_is_another_sample() -> None:
    parts = [GRID, STEEL, CAR]
    first, second = (draws(parts, "car", Design(100, seed=seed)) for seed in (1, 2))
    assert (first != second).all()


def test_a_latin_hypercube_knows_the_mean_better() -> None:
    """Variance of the mean over 40 seeds, at the same number of samples."""
    of = model([GRID, STEEL, CAR])
    plain, latin = (
        np.var([monte_carlo(of, 2, Design(400, seed, strata)).mean for seed in range(40)])
        for strata in (None, 200)
    )
    assert latin < plain / 5
    errors = [monte_carlo(of, 2, Design(2000, 1, strata)).standard_error for strata in (None, 200)]
    assert errors[1] < errors[0] / 2


def test_every_distribution_keeps_its_mean_and_deviation() -> None:
    spreads = [
        Spread("normal", (0.2, 0, 0)),
        Spread("uniform", (0.6, 1.4, 0)),
        Spread("triangular", (0.7, 1.5, 0.9)),
        lognormal(1.3),
        None,
    ]
    lines = tuple((None, 1.0, spread) for spread in spreads)
    of = model([Part("x", lines=lines)])
    sample, exact = monte_carlo(of, 0, Design(40_000, seed=3)), first_order(of, 0)
    assert abs(sample.mean - exact.mean) < 4 * sample.standard_error
    assert sample.deviation == pytest.approx(exact.deviation, rel=0.05)


def test_draws_on_both_sides_of_zero_have_no_geometric_deviation() -> None:
    lines = ((None, 10.0, lognormal(1.1)), (None, -9.5, lognormal(1.1)))
    of = model([Part("x", lines=lines)])
    sample, exact = monte_carlo(of, 0, Design(20_000, seed=3)), first_order(of, 0)
    assert sample.gsd is None
    assert sample.deviation == pytest.approx(exact.deviation, rel=0.03)
    assert sample.percentiles[97.5] == pytest.approx(exact.interval[1], rel=0.05)


def test_progress_is_reported_after_each_batch() -> None:
    answer: list[tuple[int, int]] = []
    monte_carlo(
        model([GRID, STEEL, CAR]),
        2,
        Design(40, seed=1),
        memory=(3 + 1 + 4 * 2) * 8 * 16,
        progress=lambda done, samples: answer.append((done, samples)),
    )
    assert answer == [(16, 40), (32, 40), (40, 40)]


@pytest.mark.parametrize(("memory", "strata"), [(100, None), (6000, 200)])
def test_too_little_memory_is_refused_before_anything_is_drawn(
    memory: int, strata: int | None
) -> None:
    with pytest.raises(CalculationError, match=r"3 statements × \d+ samples need \d+ bytes"):
        monte_carlo(model([GRID, STEEL, CAR]), 2, Design(400, seed=1, strata=strata), memory=memory)


def test_a_sample_that_overflows_is_refused() -> None:
    wide = model([Part("x", value=1.0, spread=lognormal(1e300))])
    with pytest.raises(CalculationError, match=r"\d+ of 400 samples are not finite"):
        monte_carlo(wide, 0, Design(400, seed=1))
