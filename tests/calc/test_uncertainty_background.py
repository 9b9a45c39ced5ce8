"""Monte Carlo where processes take of each other: each sample is solved, no draw is moved."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rootprint.calc.errors import CalculationError
from rootprint.calc.graph import NotProductive
from rootprint.calc.uncertainty import (
    OWN,
    Design,
    Model,
    Spread,
    first_order,
    lognormal,
    monte_carlo,
)
from tests.calc.uncertainty_cases import Part, digest, model

SPREAD = lognormal(1.15)
COAL = Part("coal", 0.1, SPREAD, (("power", 0.2, SPREAD), ("steel", 0.02, SPREAD)))
POWER = Part("power", 0.6, SPREAD, (("coal", 0.5, SPREAD), (None, 0.3, SPREAD)))
STEEL = Part("steel", lines=(("power", 2, SPREAD), ("coal", 0.7, None), ("power", 0.5, SPREAD)))
CAR = Part("car", lines=(("steel", 3, SPREAD), ("power", 1, Spread("uniform", (0.5, 1.5, 0)))))
PARTS = [CAR, COAL, POWER, STEEL]
DESIGN = Design(64, seed=9)


def dense(of: Model, design: Design) -> np.ndarray:
    """Solve every sample exactly as it is drawn: (samples, statements)."""
    values, lines = np.arange(of.nodes), np.arange(len(of.citing))
    own = np.repeat(of.values[:, None], design.samples, axis=1)
    amounts = np.repeat(of.medians[:, None], design.samples, axis=1)
    for terms, draws in ((own, of.value_draws(values)), (amounts, of.line_draws(lines))):
        terms[draws.rows] *= draws.factors(design, 0, design.samples)
    found = []
    for sample in range(design.samples):
        matrix, rhs = np.eye(of.nodes), own[:, sample].copy()
        inputs = of.cited != OWN
        np.subtract.at(matrix, (of.citing[inputs], of.cited[inputs]), amounts[inputs, sample])
        np.add.at(rhs, of.citing[~inputs], amounts[~inputs, sample])
        found.append(np.linalg.solve(matrix, rhs))
    return np.array(found)


def draws(parts: list[Part], name: str, design: Design = DESIGN) -> np.ndarray:
    place = [part.name for part in parts].index(name)
    return monte_carlo(model(parts, cyclic=True), place, design).draws


def ring(name: str, size: int, amount: float, sigma: float) -> list[Part]:
    spread = lognormal(float(np.exp(sigma)))
    return [
        Part(f"{name}{n}", 1.0, spread, ((f"{name}{(n + 1) % size}", amount, spread),))
        for n in range(size)
    ]


@pytest.mark.parametrize("strata", [None, 16])
def test_each_sample_is_the_dense_solution_of_its_draws(strata: int | None) -> None:
    design, of = Design(64, seed=9, strata=strata), model(PARTS, cyclic=True)
    for product in range(of.nodes):
        found = monte_carlo(of, product, design).draws
        np.testing.assert_allclose(found, dense(of, design)[:, product], rtol=1e-12)
        assert len(set(found.tolist())) == design.samples


@given(st.sampled_from([1, 2, 16, 17, 60, 120]), st.floats(0.1, 0.8), st.integers(0, 2**32))
@settings(max_examples=20)
def test_so_it_is_for_cycles_of_any_size(size: int, amount: float, seed: int) -> None:
    """Unfolded, dense and by sweeps."""
    design, of = Design(8, seed), model(ring("r", size, amount, 0.03), cyclic=True)
    found = monte_carlo(of, size - 1, design)
    np.testing.assert_allclose(found.draws, dense(of, design)[:, size - 1], rtol=1e-11)


@pytest.mark.parametrize("other", [2, 40, 150])
def test_an_unrelated_cycle_moves_no_draw(other: int) -> None:
    """Bit for bit, wherever it stands, and also one that takes of ours."""
    before = draws(PARTS, "car")
    more = ring("other", other, 0.5, 0.1)
    users = [Part("user", lines=(("car", 1, SPREAD), ("other0", 1, SPREAD)))]
    assert (draws([*more, *PARTS], "car") == before).all()
    assert (draws([*PARTS[:2], *more, *PARTS[2:], *users], "car") == before).all()


def test_a_new_input_adds_its_own_draws_and_leaves_the_others() -> None:
    more = Part("car", lines=(*CAR.lines, ("other", 0.5, None)))
    other = Part("other", 7, lognormal(2))
    on_top = draws([more, *PARTS[1:], other], "car") - draws(PARTS, "car")
    assert on_top == pytest.approx(0.5 * draws([other], "other"))


def test_without_cycles_it_draws_what_the_ordered_pass_draws() -> None:
    grid, steel = Part("grid", 0.6, SPREAD), Part("steel", lines=(("grid", 2, SPREAD),))
    parts = [grid, steel, Part("car", lines=(("steel", 3, SPREAD), ("grid", 1, SPREAD)))]
    ordered = monte_carlo(model(parts), 2, DESIGN)
    solved = monte_carlo(model(parts, cyclic=True), 2, DESIGN)
    np.testing.assert_allclose(solved.draws, ordered.draws, rtol=1e-13)
    assert solved.stated == pytest.approx(ordered.stated)


@pytest.mark.parametrize(("memory", "workers"), [(9000, 1), (2**16, 2), (2**24, 3)])
def test_neither_memory_nor_threads_move_a_draw(memory: int, workers: int) -> None:
    of = model([*ring("r", 20, 0.5, 0.1), *ring("p", 2, 0.5, 0.1)], cyclic=True)
    base = monte_carlo(of, 3, DESIGN)
    assert (monte_carlo(of, 3, DESIGN, memory=memory, workers=workers).draws == base.draws).all()


def test_too_little_memory_is_refused() -> None:
    of = model(ring("r", 150, 0.5, 0.1), cyclic=True)
    with pytest.raises(CalculationError, match=r"150 statements × 4 samples need \d+ bytes"):
        monte_carlo(of, 0, DESIGN, memory=10_000)


@pytest.mark.parametrize("size", [2, 30, 150])
def test_a_sample_whose_cycle_has_no_footprint_is_refused_by_name(size: int) -> None:
    """1 is singular at the medians already; 0.98 with a wide spread in some sample."""
    named = digest("r0").tobytes().hex()
    for amount, what in ((1.0, "the cycle of "), (0.98, "a sample of the cycle of ")):
        of = model(ring("r", size, amount, 0.5), cyclic=True)
        with pytest.raises(NotProductive, match=f"^{what}{named}, .*has no footprint"):
            monte_carlo(of, 0, Design(400, seed=1))


def test_first_order_is_not_for_cycles() -> None:
    with pytest.raises(CalculationError, match="no first-order uncertainty — sample it"):
        first_order(model(PARTS, cyclic=True), 0)


def test_a_line_must_cite_one_of_the_model() -> None:
    of = model(PARTS, cyclic=True)
    with pytest.raises(CalculationError, match="cites no statement of it"):
        replace(of, cited=np.full_like(of.cited, 4))
