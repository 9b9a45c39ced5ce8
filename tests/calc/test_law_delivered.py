"""Law 6: what was taken within the time of making, added up."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from rootprint.calc.laws import Delivery, delivered

YEAR = (0, 365)
ONE = Delivery(YEAR, taken=Fraction(2), declared=Fraction(1), made=Fraction(300))


def test_what_is_taken_scales_with_what_was_made() -> None:
    assert delivered(YEAR, [ONE]) == (600, True)
    assert delivered(YEAR, [replace(ONE, declared=Fraction(1000))]) == (Fraction(3, 5), True)
    assert delivered(YEAR, [ONE, replace(ONE, made=Fraction(1))]) == (602, True)


def test_what_was_taken_at_another_time_is_not_counted() -> None:
    for period in ((-1, 365), (0, 366), (400, 700)):
        assert delivered(YEAR, [replace(ONE, period=period)]) == (0, False)
        assert delivered(YEAR, [ONE, replace(ONE, period=period)]) == (600, False)
    assert delivered(YEAR, [replace(ONE, period=(100, 200))]) == (600, True)


def test_what_is_not_known_is_said_to_be() -> None:
    assert delivered(YEAR, [ONE, replace(ONE, made=None)]) == (600, False)
    assert delivered(YEAR, []) == (0, True)


deliveries = st.builds(
    Delivery,
    st.just(YEAR),
    *[st.fractions(min_value=Fraction(1, 100), max_value=100)] * 2,
    st.none() | st.fractions(min_value=0, max_value=1000),
)


@given(st.lists(deliveries), deliveries)
def test_another_taker_never_makes_it_less(known: list[Delivery], more: Delivery) -> None:
    before, after = delivered(YEAR, known), delivered(YEAR, [*known, more])
    assert after[0] >= before[0]
    assert not after[1] or before[1]
