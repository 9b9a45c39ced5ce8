"""Columns, cells and totals: whatever is shown of a footprint, the parts add up exactly."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootprint.calc import columns
from rootprint.calc.columns import FOSSIL, excluding, gross, including, memo
from rootprint.calc.equations import (
    Unequal,
    difference_range,
    unequal_cells,
    unequal_totals,
)
from rootprint.calc.rounding import half_up
from rootprint.ledger.core.schema import components as signed

exact = st.fractions(min_value=0, max_value=10**6, max_denominator=10**6)
footprints = st.dictionaries(st.sampled_from(signed.ADDED), exact, min_size=1).map(
    lambda found: {
        name: -value if name in signed.NEGATIVE else value for name, value in found.items()
    }
)


@pytest.mark.parametrize(
    "name", ["GROSS", "REMOVALS", "CREDITS", "MEMO", "EXCLUDING", "EMISSIONS", "DIFFERENCE"]
)
def test_the_calculation_and_the_signed_list_have_the_same_columns(name: str) -> None:
    """The calculation may not read the schema, so nothing but this holds them together."""
    assert getattr(columns, name) == getattr(signed, name)


def test_each_component_stands_in_one_column_or_is_a_part() -> None:
    answer = [name for members in columns.COLUMNS.values() for name in members]
    assert sorted(answer) == sorted(signed.ADDED)
    assert set(columns.PARTS) == set(signed.PARTS)
    assert {*answer, *columns.PARTS} == set(signed.COMPONENTS)


@given(footprints)
def test_the_columns_are_the_net_and_the_memo_flows_are_the_rest(
    found: dict[str, Fraction],
) -> None:
    """Gross + removals + credits is the net, exactly, and nothing is in two of them."""
    parts = [columns.column(found, names) for names in columns.COLUMNS.values()]
    assert sum(parts[:3]) == excluding(found)
    assert excluding(found) + memo(found) == including(found)
    assert sum(parts) == sum(found.values())


@given(footprints, exact)
def test_a_part_is_in_no_sum(found: dict[str, Fraction], part: Fraction) -> None:
    more = {**found, **dict.fromkeys(columns.PARTS, part)}
    assert (gross(more), including(more)) == (gross(found), including(found))


@given(footprints, st.sampled_from([Fraction(1, 10**9), Fraction(-1, 7)]))
def test_a_total_that_is_off_by_anything_is_reported(
    found: dict[str, Fraction], off: Fraction
) -> None:
    """There is no tolerance: a thousandth of a milligram is another number."""
    net, whole = "pcfExcludingBiogenicUptake", "pcfIncludingBiogenicUptake"
    true = {net: excluding(found), whole: including(found)}
    assert unequal_totals(found, true) is None
    for name, value in true.items():
        wrong = {**true, name: value + off}
        assert unequal_totals(found, wrong) == Unequal(name, value + off, value)


stages = st.sampled_from(["raw-material", "manufacturing", "use"])


@given(st.dictionaries(stages, footprints, min_size=1), stages, st.sampled_from(signed.ADDED))
def test_cells_add_up_to_every_component_or_one_is_reported(
    cells: dict[str, dict[str, Fraction]], stage: str, name: str
) -> None:
    """Absent is zero, in a cell as in the footprint."""
    whole: dict[str, Fraction] = {}
    for row in cells.values():
        for component, value in row.items():
            whole[component] = whole.get(component, Fraction(0)) + value
    assert unequal_cells(cells, whole) is None
    assert (
        unequal_cells(cells, {**whole, "fossilGhgEmissions": whole.get(FOSSIL, Fraction(0))})
        is None
    )
    spoilt = {**cells, stage: {**cells.get(stage, {})}}
    spoilt[stage][name] = spoilt[stage].get(name, Fraction(0)) + 1
    found = unequal_cells(spoilt, whole)
    assert found is not None
    assert found.name == name
    assert found.found == found.stated + 1


@given(st.lists(st.decimals(min_value=0, max_value=100, places=5), min_size=1, max_size=4),
       st.integers(0, 5))  # fmt: skip
def test_whoever_only_rounded_is_within_the_bound(values: list[Decimal], places: int) -> None:
    """A publication that adds first and rounds every figure afterwards, upwards or little."""
    true = dict(zip(signed.EMISSIONS, values, strict=False))
    printed = {name: half_up(Fraction(value), places) for name, value in true.items()}
    total = half_up(Fraction(sum(true.values(), Decimal(0))), places)
    apart = Fraction(total) - Fraction(sum(printed.values(), Decimal(0)))
    zeros = sum(1 for name, value in true.items() if value and not printed[name])
    least, most = difference_range(printed, total)
    slack = Fraction(zeros, 2 * 10**places)
    assert apart <= most + slack
    assert apart >= least - slack or -apart > Fraction(sum(printed.values(), Decimal(0))) / 20
