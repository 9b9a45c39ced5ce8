"""Carbon balances: carbon is conserved, and its two kinds are kept apart."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootprint.calc.balance import Released, Stream, leaves_as_co2, released
from rootprint.calc.errors import CalculationError

parts = st.fractions(min_value=0, max_value=1, max_denominator=1000)
masses = st.fractions(min_value=0, max_value=10**6, max_denominator=1000)


def _stream(name: str, direction: Literal["in", "out"], *values: str) -> Stream:
    return Stream(name, direction, *map(Fraction, values))


def test_an_electric_arc_furnace_sets_free_what_its_products_do_not_hold() -> None:
    """Per tonne of steel: 1,100 kg scrap, electrodes, coal and lime in; steel, slag, dust out.

    Carbon 4.4 + 1.8 + 12.6 + 0.0 in, 1.5 + 0.12 + 0.3 out: 16.88 kg C, 61.893… kg CO2.
    """
    found = released(
        [
            _stream("scrap", "in", "1100", "0.004"),
            _stream("graphite electrodes", "in", "1.8", "1"),
            _stream("coal", "in", "15", "0.84"),
            _stream("steel", "out", "1000", "0.0015"),
            _stream("slag", "out", "120", "0.001"),
            _stream("dust", "out", "15", "0.02"),
        ]
    )
    assert found == Released(Fraction("16.88") * 11 / 3, None)


def test_biogenic_carbon_is_a_balance_of_its_own() -> None:
    """Charcoal in place of coal: what it brings is set free as biogenic CO2."""
    found = released(
        [
            _stream("pig iron", "in", "1000", "0.043", "0"),
            _stream("charcoal", "in", "20", "0.9", "1"),
            _stream("steel", "out", "1000", "0.001"),
        ]
    )
    assert found == Released(Fraction(42) * 11 / 3, Fraction(18) * 11 / 3)


@given(st.lists(st.tuples(masses, parts, parts), min_size=1, max_size=6))
def test_what_goes_through_unchanged_sets_nothing_free(
    given_streams: list[tuple[Fraction, Fraction, Fraction]],
) -> None:
    through = [
        Stream("s", direction, mass, carbon, biogenic)
        for mass, carbon, biogenic in given_streams
        for direction in ("in", "out")
    ]
    assert released(through) == Released(Fraction(0), Fraction(0))


@given(st.lists(st.tuples(masses, parts, parts), min_size=1, max_size=6), parts)
def test_all_carbon_is_set_free_or_leaves(
    given_streams: list[tuple[Fraction, Fraction, Fraction]], kept: Fraction
) -> None:
    taken = [Stream("s", "in", *one) for one in given_streams]
    left = [Stream("s", "out", mass * kept, *rest) for mass, *rest in given_streams]
    found = released(taken + left)
    carbon = sum(mass * carbon for mass, carbon, _ in given_streams) * (1 - kept)
    assert found.fossil + (found.biogenic or 0) == carbon * 11 / 3


def test_more_carbon_out_than_in_is_refused_for_each_kind() -> None:
    with pytest.raises(
        CalculationError, match="more fossil carbon comes out than goes in, by 1 kg"
    ):
        released([_stream("coal", "in", "1", "1"), _stream("coke", "out", "2", "1")])
    with pytest.raises(CalculationError, match="more biogenic carbon comes out"):
        released([_stream("coal", "in", "5", "1"), _stream("char", "out", "2", "1", "1")])


@pytest.mark.parametrize(
    ("values", "what"),
    [
        (("1", "84"), "does not hold 0 to 1 kg of carbon"),
        (("-1", "0.5"), "is below 0"),
        (("1", "0.5", "50"), "is not from 0 to 1"),
    ],
)
def test_a_stream_out_of_bounds_is_refused(values: tuple[str, ...], what: str) -> None:
    with pytest.raises(CalculationError, match=what):
        _stream("coal", "in", *values)


def test_a_balance_of_nothing_is_refused() -> None:
    with pytest.raises(CalculationError, match="has no stream"):
        released([])


@pytest.mark.parametrize(
    ("direction", "carbon", "co2"),
    [
        ("out", "0.2699", False),
        ("out", "0.27", True),
        ("out", "0.2727", True),
        ("out", "0.2735", True),
        ("out", "0.27351", False),
        ("in", "0.2727", False),
    ],
)
def test_co2_is_no_product_of_a_balance(direction: str, carbon: str, *, co2: bool) -> None:
    assert leaves_as_co2(direction, Fraction(carbon)) is co2
