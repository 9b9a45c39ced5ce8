"""Which input matters: shares that add up, an order that is always the same."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from rootprint.calc.errors import CalculationError
from rootprint.calc.uncertainty import Design, first_order, lognormal, monte_carlo, ranking
from tests.calc.uncertainty_cases import Part, model, tiers

WIDE, NARROW = lognormal(1.4), lognormal(1.05)
PARTS = [
    Part("wide", 1, WIDE),
    Part("narrow", 1, NARROW),
    Part("x", lines=(("wide", 1, NARROW), ("narrow", 1, None), (None, -0.2, WIDE))),
]


def test_the_ranking_is_by_share_of_variance() -> None:
    of = model(PARTS)
    rows = ranking(of, first_order(of, 2)).ranked
    places = [(row.statement, row.line) for row in rows]
    assert places[:2] == [(0, None), (2, 2)]
    assert set(places[2:]) == {(1, None), (2, 0)}
    squares = [math.log(1.4) ** 2, (0.2 * math.log(1.4)) ** 2, *[math.log(1.05) ** 2] * 2]
    assert [row.variance for row in rows] == pytest.approx([s / sum(squares) for s in squares])
    assert [row.contribution for row in rows] == pytest.approx(
        [1 / 1.8, -0.2 / 1.8, *[1 / 1.8] * 2]
    )
    assert [row.spearman for row in rows] == [None] * 4


def test_shown_and_rest_make_the_whole() -> None:
    of = tiers(own=0.1, sigma=0.1)
    result = first_order(of, of.nodes - 1)
    for limit in (1, 7, 10_000):
        shown = ranking(of, result, limit=limit)
        assert len(shown.ranked) <= limit
        assert sum(row.variance for row in shown.ranked) + shown.rest == pytest.approx(1)
    assert ranking(of, result, limit=10_000).rest == 0


def test_ties_stand_in_the_order_of_digests_whatever_the_log_order() -> None:
    """Ten equal suppliers, the log in two orders: the same names, twice."""

    def names(order: list[int]) -> list[str]:
        suppliers = [Part(str(n), 1, WIDE) for n in order]
        parts = [*suppliers, Part("x", lines=tuple((str(n), 1, None) for n in range(10)))]
        of = model(parts)
        result = first_order(of, 10)
        digests = [of.digests[row.statement].tobytes() for row in ranking(of, result).ranked]
        assert digests == sorted(digests)
        return [parts[row.statement].name for row in ranking(of, result).ranked]

    assert names(list(range(10))) == names(list(range(9, -1, -1)))


@pytest.mark.parametrize("strata", [None, 500])
def test_rank_correlation_is_that_of_the_sample(strata: int | None) -> None:
    """As scipy has it, on draws taken one parameter at a time; a removal pulls the other way."""
    of = model(PARTS)
    design = Design(4000, seed=8, strata=strata)
    sample = monte_carlo(of, 2, design)
    rows = ranking(of, first_order(of, 2), sample).ranked
    wide = monte_carlo(of, 0, design)
    expected = stats.spearmanr(wide.draws, sample.draws).statistic
    assert rows[0].spearman == pytest.approx(expected)
    assert rows[0].spearman == pytest.approx(math.sqrt(rows[0].variance), abs=0.05)
    assert rows[1].spearman is not None
    assert rows[1].spearman < -0.1


def test_a_sample_of_another_product_is_refused() -> None:
    of = model(PARTS)
    with pytest.raises(CalculationError, match="two products"):
        ranking(of, first_order(of, 2), monte_carlo(of, 1, Design(40, seed=1)))


def test_where_nothing_moves_nothing_is_ranked() -> None:
    of = model([Part("x", value=1)])
    empty = ranking(of, first_order(of, 0))
    assert (empty.ranked, empty.rest) == ((), 0)


def test_a_zero_footprint_has_no_shares_of_contribution() -> None:
    lines = ((None, 1.0, WIDE), (None, -1.0, WIDE))
    of = model([Part("x", lines=lines)])
    rows = ranking(of, first_order(of, 0)).ranked
    assert [row.contribution for row in rows] == [None, None]
    assert np.isclose(sum(row.variance for row in rows), 1)
