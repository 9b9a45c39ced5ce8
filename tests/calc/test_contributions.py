"""Contributions are identities: whatever is cut, grouped or flagged, the parts sum to the whole."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import fsum, isclose, nan
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootprint.calc.contributions import (
    Composition,
    Flags,
    Input,
    Limits,
    Own,
    Unit,
    by_highest_rank,
    closed,
    grouped,
    resting_on,
    tiers,
    traverse,
)
from rootprint.calc.contributions.model import COUNTABLE
from rootprint.calc.errors import CalculationError
from rootprint.calc.graph import NotFinite
from rootprint.calc.shares import apportion

if TYPE_CHECKING:
    from collections.abc import Iterator

values = st.fractions(min_value=-50, max_value=50, max_denominator=40)
scales = st.fractions(min_value=Fraction(1, 20), max_value=3, max_denominator=20)


def rounding(value: Any) -> Own[Any]:
    return Own(value, "rounding", counts=False)


@st.composite
def compositions(draw: st.DrawFn) -> Composition[Fraction]:
    """Up to seven units, with diamonds, removals, zeros, and totals that are not the sum."""
    units: list[Unit[Fraction]] = []
    for number in range(draw(st.integers(1, 7))):
        parts = draw(st.lists(values, max_size=3))
        own = [Own(value, f"own {place}") for place, value in enumerate(parts)]
        cited = draw(st.lists(st.integers(0, number - 1), max_size=3)) if number else []
        inputs = [Input(n, draw(scales), f"input {place}") for place, n in enumerate(cited)]
        sum_ = sum(parts, Fraction(0)) + sum(
            (part.scale * units[part.cited].total for part in inputs), Fraction(0)
        )
        total = sum_ + draw(st.sampled_from([Fraction(0), Fraction(1, 1000), Fraction(-3, 7)]))
        units.append(closed(total, own, inputs, units, rounding))
    return Composition(units)


def as_doubles(composition: Composition[Fraction]) -> Composition[float]:
    units: list[Unit[float]] = []
    for unit in composition.units:
        own = [Own(float(part.value), part.label, part.counts) for part in unit.own]
        inputs = [Input(part.cited, float(part.scale), part.label) for part in unit.inputs]
        units.append(closed(float(unit.total), own, inputs, units, rounding))
    return Composition(units)


class End(NamedTuple):
    """One contribution, found the slow way: the units on its path and what it brings."""

    path: tuple[int, ...]
    own: Own[Fraction]
    value: Fraction


def enumerate_ends(
    composition: Composition[Fraction], number: int, amount: Fraction = Fraction(1),
    path: tuple[int, ...] = (),
) -> Iterator[End]:  # fmt: skip
    unit, path = composition[number], (*path, number)
    for own in unit.own:
        yield End(path, own, amount * own.value)
    for part in unit.inputs:
        yield from enumerate_ends(composition, part.cited, amount * part.scale, path)


def last(composition: Composition[Any]) -> int:
    return len(composition.units) - 1


@given(compositions())
def test_a_tier_1_split_sums_to_the_total_whatever_the_total_says(
    composition: Composition[Fraction],
) -> None:
    for number, unit in enumerate(composition.units):
        parts = composition.parts(number)
        assert sum((part.value for part in parts), Fraction(0)) == unit.total
    doubles = as_doubles(composition)
    for number, unit in enumerate(doubles.units):
        parts = doubles.parts(number)
        scale = max([1.0, *(abs(part.value) for part in parts)])
        assert abs(fsum(part.value for part in parts) - unit.total) <= 1e-15 * scale


limits = st.builds(
    Limits,
    until=st.floats(0, 1),
    cut_off=st.sampled_from([0.0, 0.0, 0.01, 0.1, 1.0]),
    nodes=st.integers(1, 40),
)


@given(compositions(), limits)
def test_shown_and_rest_are_the_total_at_every_row(
    composition: Composition[Fraction], limits: Limits
) -> None:
    found = traverse(composition, last(composition), limits)
    total = composition[last(composition)].total
    assert found.shown + found.rest == total
    rows = list(found.root.rows())
    assert len(rows) <= limits.nodes
    for row in rows:
        if row.is_end:
            assert row.rest is None
            continue
        assert row.rest is not None
        below = sum((child.value for child in row.children), row.rest.value)
        assert row.value == below
        assert row.ends == sum(child.ends for child in row.children) + row.rest.ends


def weights(
    composition: Composition[Fraction], number: int, amount: Fraction = Fraction(1)
) -> Iterator[Fraction]:
    """Σ |parts| of every end, the slow way; a unit with one part is an end with its rounding."""
    unit = composition[number]
    if unit.is_end:
        yield amount * sum((abs(own.value) for own in unit.own), Fraction(0))
        return
    yield from (amount * abs(own.value) for own in unit.own if own.counts)
    for part in unit.inputs:
        yield from weights(composition, part.cited, amount * part.scale)


@given(compositions(), st.integers(1, 40))
def test_what_is_shown_is_the_largest_there_is(
    composition: Composition[Fraction], nodes: int
) -> None:
    """Removals too: weights below a path are sums of absolute values, so none can hide there."""
    found = traverse(composition, last(composition), Limits(nodes=nodes))
    shown = sorted((row.gross for row in found.root.rows() if row.is_end), reverse=True)
    there = sorted(weights(composition, last(composition)), reverse=True)
    assert found.ends == len(there)
    assert found.shown_ends == len(shown)
    assert shown == pytest.approx([float(weight) for weight in there[: len(shown)]])


@given(compositions(), st.floats(0.05, 0.95))
def test_it_stops_as_soon_as_enough_is_shown(
    composition: Composition[Fraction], until: float
) -> None:
    found = traverse(composition, last(composition), Limits(until=until, nodes=10_000))
    if found.covered is None:
        assert float(composition.gross[last(composition)]) == 0
        return
    counted = all(own.counts or not own.value for unit in composition.units for own in unit.own)
    if counted:
        assert found.covered >= until - 1e-9
    ends = [row.gross for row in found.root.rows() if row.is_end]
    if len(ends) > 1:
        whole = float(composition.gross[last(composition)])
        assert (sum(ends) - min(ends)) / whole < until + 1e-9


@given(compositions())
def test_groups_tiers_and_folds_sum_to_the_total(composition: Composition[Fraction]) -> None:
    product = last(composition)
    total, gross = float(composition[product].total), float(composition.gross[product])
    by_unit = grouped(composition, product, lambda n, own: [(n, float(own.value))])
    halves = grouped(
        composition, product, lambda _, own: [("a", float(own.value) / 2), ("b", 0.5 * own.value)]
    )
    folded = composition.folded(lambda n: n % 2 == 0)
    by_folded = grouped(folded, product, lambda n, own: [(n, float(own.value))])
    for groups in (by_unit, halves, by_folded, tiers(composition, product)):
        assert isclose(sum(g.value for g in groups.values()), total, abs_tol=1e-9 * (1 + gross))
    ends = list(enumerate_ends(composition, product))
    for number in range(product + 1):
        brute = sum((end.value for end in ends if end.path[-1] == number), Fraction(0))
        mine = by_unit[number].value if number in by_unit else 0.0
        assert isclose(mine, float(brute), abs_tol=1e-9 * (1 + gross))
    by_tier = tiers(composition, product)
    for tier, group in by_tier.items():
        brute = sum(
            (end.value for end in ends if (len(end.path) - 1 if end.own.counts else None) == tier),
            Fraction(0),
        )
        assert isclose(group.value, float(brute), abs_tol=1e-9 * (1 + gross))


@given(compositions(), st.lists(st.integers(0, 4), min_size=7, max_size=7))
def test_each_contribution_counts_once_with_its_highest_rank(
    composition: Composition[Fraction], ranks: list[int]
) -> None:
    product = last(composition)
    mine = by_highest_rank(composition, product, ranks)
    for rank in range(5):
        brute = sum(
            abs(end.value)
            for end in enumerate_ends(composition, product)
            if max(ranks[number] for number in end.path) == rank
        )
        assert isclose(mine.get(rank, 0.0), float(brute), abs_tol=1e-9)
    assert isclose(sum(mine.values()), float(composition.gross[product]), abs_tol=1e-9)


@given(compositions(), st.sets(st.integers(0, 6)), st.data())
def test_what_rests_on_something_counts_once(
    composition: Composition[Fraction], units: set[int], data: st.DataObject
) -> None:
    product = last(composition)
    places = [(n, place) for n, u in enumerate(composition.units) for place in range(len(u.own))]
    own = data.draw(st.sets(st.sampled_from(places))) if places else set()
    found = resting_on(composition, product, Flags(units, own))
    brute = 0.0
    for end in enumerate_ends(composition, product):
        place = next(p for p, o in enumerate(composition[end.path[-1]].own) if o is end.own)
        if units & set(end.path) or (end.path[-1], place) in own:
            brute += abs(float(end.value))
    assert isclose(found, brute, abs_tol=1e-9)


def test_a_flagged_input_brings_all_that_is_below_it() -> None:
    fuel = Unit(Fraction(2), (Own(Fraction(2), "fuel"),), ())
    part = closed(
        Fraction(7), [Own(Fraction(1), "own")], [Input(0, Fraction(3), "fuel")], [fuel], rounding
    )
    composition = Composition([fuel, part])
    assert resting_on(composition, 1, Flags(inputs={(1, 0)})) == 6
    assert resting_on(composition, 1, Flags(inputs={(1, 0)}, own={(0, 0), (1, 0)})) == 7


@given(compositions(), st.data())
def test_what_changes_downstream_is_what_composing_again_gives(
    composition: Composition[Fraction], data: st.DataObject
) -> None:
    changed = data.draw(st.integers(0, last(composition)))
    new = composition[changed].total + data.draw(values)
    change = composition.what_changes(changed, float(new))
    again: list[Fraction] = []
    for number, unit in enumerate(composition.units):
        total = sum((own.value for own in unit.own), Fraction(0))
        total += sum((part.scale * again[part.cited] for part in unit.inputs), Fraction(0))
        again.append(new if number == changed else total)
    after = {n: float(unit.total) for n, unit in enumerate(composition.units)}
    after |= dict(zip(change.nodes.tolist(), change.after.tolist(), strict=True))
    for number, total in enumerate(again):
        assert isclose(after[number], float(total), rel_tol=1e-9, abs_tol=1e-9)


def simple(*parts: int) -> Composition[Fraction]:
    own = [Own(Fraction(part), place) for place, part in enumerate(parts)]
    return Composition([closed(Fraction(sum(parts)), own, [], [], rounding)])


def test_a_removal_weighs_by_its_absolute_value() -> None:
    found = traverse(simple(6, -3, 1), 0, Limits(until=0.9))
    assert [row.value for row in found.root.children] == [6, -3]
    assert (found.shown, found.rest, found.covered) == (3, 1, 0.9)


def test_a_total_of_zero_has_shares_if_something_contributes_and_none_if_nothing_does() -> None:
    assert traverse(simple(5, -5), 0, Limits(nodes=2)).covered == 0.5
    nothing = traverse(simple(0, 0), 0, Limits())
    assert (nothing.covered, nothing.shown, nothing.rest) == (None, 0, 0)
    assert traverse(simple(), 0, Limits()).covered is None


def doubling(tiers_: int) -> Composition[Fraction]:
    units = [Unit(Fraction(1), (Own(Fraction(1), "end"),), ())]
    for number in range(tiers_):
        both = [Input(number, Fraction(1, 2), place) for place in range(2)]
        units.append(closed(Fraction(1), [], both, units, rounding))
    return Composition(units)


def test_paths_that_double_with_every_tier_are_counted_and_walked_all_the_same() -> None:
    composition = doubling(10)
    assert traverse(composition, 10, Limits()).ends == 1024
    deep = traverse(doubling(200), 200, Limits(nodes=300))
    assert deep.ends == COUNTABLE
    assert deep.shown + deep.rest == 1
    assert deep.covered == 0  # no path of 200 tiers is among the first 300 rows: all alike


def test_the_tree_of_doubles_is_the_tree_of_rationals() -> None:
    exact = traverse(doubling(4), 4, Limits(nodes=20))
    double = traverse(as_doubles(doubling(4)), 4, Limits(nodes=20))
    assert [float(row.value) for row in exact.root.rows()] == [
        row.value for row in double.root.rows()
    ]


def test_an_input_that_takes_less_than_nothing_is_refused() -> None:
    unit = Unit(Fraction(1), (Own(Fraction(1), "end"),), ())
    taker = Unit(Fraction(-1), (), (Input(0, Fraction(-1), "credit"),))
    with pytest.raises(CalculationError, match="less than nothing"):
        Composition([unit, taker])


@pytest.mark.parametrize("wrong", [{"until": 1.1}, {"until": nan}, {"cut_off": -0.1}, {"nodes": 0}])
def test_limits_that_mean_nothing_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(CalculationError, match=r"no part of the whole.*100 percent"):
        Limits(**wrong)


ASKED = {
    "weights": lambda c: c.gross,
    "tree": lambda c: traverse(c, 1, Limits()),
    "groups": lambda c: grouped(c, 1, lambda n, own: [(n, float(own.value))]),
    "tiers": lambda c: tiers(c, 1),
}


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
def test_what_no_double_holds_is_said_and_not_printed(ask: Any) -> None:
    huge = Unit(Fraction(10**300), (Own(Fraction(10**300), "x"),), ())
    taker = closed(
        Fraction(10**310), [], [Input(0, Fraction(10**10), "y")], [huge], rounding
    )  # fmt: skip
    with pytest.raises(NotFinite, match="double"):
        ask(Composition([huge, taker]))


@given(
    st.dictionaries(st.integers(), st.fractions(-1000, 1000, max_denominator=10**6), min_size=1),
    st.integers(0, 6),
)
def test_printed_parts_add_to_the_printed_total(parts: dict[int, Fraction], places: int) -> None:
    total = sum(parts.values(), Fraction(0))
    printed = apportion(parts, total, places)
    unit = Decimal(1).scaleb(-places)
    assert abs(Fraction(sum(printed.values())) - total) <= Fraction(unit) / 2
    for name, value in printed.items():
        assert abs(Fraction(value) - parts[name]) < Fraction(unit)
        assert value == value.quantize(unit)


def test_thirds_are_given_out_by_largest_remainder() -> None:
    thirds = {name: Fraction(100, 3) for name in "abc"}
    assert sorted(apportion(thirds, Fraction(100), 2).values()) == [
        Decimal("33.33"), Decimal("33.33"), Decimal("33.34"),
    ]  # fmt: skip


def test_parts_that_are_not_the_total_are_refused() -> None:
    with pytest.raises(CalculationError, match=r"2 parts add to 3\.0, not 7\.0"):
        apportion({"a": Fraction(1), "b": Fraction(2)}, Fraction(7), 2)
