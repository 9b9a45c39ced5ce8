"""A model that can't be computed is refused, and the passes go the right way."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from rootprint.calc.errors import CalculationError
from rootprint.calc.uncertainty import OWN, Model, Spreads, first_order
from rootprint.calc.uncertainty.passes import backward, forward
from rootprint.calc.uncertainty.plan import plan
from tests.calc.uncertainty_cases import Part, digest, model

CHAIN = [
    Part("unrelated", value=9),
    Part("ore", value=2),
    Part("empty"),
    Part("metal", lines=(("ore", 3, None), (None, 1, None), ("ore", 0.5, None))),
    Part("part", value=0.5, lines=(("metal", 2, None), ("ore", 1, None), ("empty", 4, None))),
]


def arrays() -> dict[str, Any]:
    of = model(CHAIN)
    return {name: getattr(of, name) for name in Model.__dataclass_fields__}


def test_footprints_go_forward_and_takings_backward() -> None:
    """Ore is 2; metal 3.5·2 + 1 = 8; part 0.5 + 2·8 + 2 = 18.5; it takes 2·3.5 + 1 = 8 ore."""
    of = model(CHAIN)
    order = plan(of, 4)
    values, amounts = of.values[order.nodes], of.medians[order.lines]
    footprints = dict(zip(order.nodes.tolist(), forward(order, values, amounts), strict=False))
    assert footprints == {1: 2.0, 2: 0.0, 3: 8.0, 4: 18.5}
    takes = dict(zip(order.nodes.tolist(), backward(order, amounts), strict=True))
    assert takes == {1: 8.0, 2: 4.0, 3: 2.0, 4: 1.0}


def test_what_the_product_does_not_reach_is_not_computed() -> None:
    assert 0 not in plan(model(CHAIN), 4).nodes
    assert plan(model(CHAIN), 0).nodes.tolist() == [0]


def test_blocks_cover_each_statement_once_and_keep_levels_apart() -> None:
    of = model(CHAIN)
    order = plan(of, 4)
    for most in (1, 2, 100):
        blocks = list(order.blocks(most))
        covered = [number for block in blocks for number in range(block.start, block.stop)]
        assert covered == list(range(len(order.nodes)))
        for block in blocks:
            begin, end = order.starts[block.start], order.starts[block.stop]
            inputs = order.cited[begin:end]
            assert (inputs[inputs != len(order.nodes)] < block.start).all()


@pytest.mark.parametrize(
    ("name", "change", "why"),
    [
        ("values", lambda a: a[:0], "holds no statement"),
        ("values", lambda a: a * np.nan, "not a finite number"),
        ("medians", lambda a: a / 0, "not a finite number"),
        ("digests", lambda a: a[:-1], "a digest and a spread for each value"),
        ("value_spreads", lambda s: s.take(np.array([0])), "a digest and a spread for each value"),
        ("medians", lambda a: a[:-1], "differ in length"),
        ("line_spreads", lambda s: s.take(np.array([0])), "differ in length"),
        ("citing", lambda a: a + 10, "belongs to no statement"),
        ("citing", lambda a: a - 10, "line belongs to no statement"),
        ("cited", lambda a: np.full_like(a, 4), "not earlier than"),
        ("cited", lambda a: np.full_like(a, -2), "cites no statement"),
        ("positions", lambda a: a * 0, "stands in it twice"),
        ("positions", lambda a: a - 1, "below 0"),
        ("digests", lambda a: np.repeat(a[:1], len(a), axis=0), "stands in it twice"),
        ("digests", lambda a: a[:, :8], "16 bytes"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(name: str, change: Any, why: str) -> None:
    given = arrays()
    with np.errstate(divide="ignore"):
        given[name] = change(given[name])
    with pytest.raises(CalculationError, match=why):
        Model(**given)


@pytest.mark.parametrize("product", [-1, 5])
def test_a_product_that_is_not_there_is_refused(product: int) -> None:
    with pytest.raises(CalculationError, match=f"no statement {product}"):
        first_order(model(CHAIN), product)


def test_a_statement_without_lines_is_a_model() -> None:
    of = model([Part("factor", value=2)])
    assert len(of.citing) == 0
    assert first_order(of, 0).stated == 2


def test_one_line_of_own_emissions_is_a_model() -> None:
    of = Model(
        digests=digest("own")[None, :],
        values=np.zeros(1),
        value_spreads=Spreads.of([None]),
        citing=np.array([0]),
        cited=np.array([OWN]),
        medians=np.array([3.0]),
        positions=np.array([0]),
        line_spreads=Spreads.of([None]),
    )
    assert first_order(of, 0).stated == 3
