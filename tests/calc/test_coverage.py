"""Coverage: percentages that add to 100.00, near the truth, and never 0.00 of what is there."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from rootprint.calc.coverage import partition

weights = st.dictionaries(
    st.text("abcdefgh", min_size=1, max_size=4),
    st.floats(min_value=0, max_value=1e12, allow_nan=False, allow_infinity=False),
    min_size=1,
    max_size=8,
)


@given(weights)
def test_parts_add_to_one_hundred_and_are_near_the_truth(parts: dict[str, float]) -> None:
    found = partition(parts)
    total = sum(map(Fraction, parts.values()))
    if not total:
        assert found is None
        return
    assert found is not None
    assert sum(map(Decimal, found.values())) == Decimal("100.00")
    assert set(found) == set(parts)
    shares = {name: 100 * Fraction(weight) / total for name, weight in parts.items()}
    traces = [name for name, share in shares.items() if 0 < share < Fraction(1, 100)]
    largest = max(found, key=lambda name: Decimal(found[name]))
    for name, share in shares.items():
        given = len(traces) if name == largest else 0  # what is there and tiny has its 0.01 of it
        assert abs(Fraction(found[name]) - share) < Fraction(1 + given, 100)
        assert len(found[name].partition(".")[2]) == 2


@given(weights)
def test_what_is_there_is_never_printed_as_nothing(parts: dict[str, float]) -> None:
    """Bug: of a number with a published figure in it the line said unsigned 0 %."""
    found = partition(parts) or {}
    total = sum(map(Fraction, parts.values()))
    there = {name for name in found if 100 * Fraction(parts[name]) / total >= Fraction(1, 10**9)}
    assert all(Decimal(found[name]) > 0 for name in there)
    assert all(Decimal(found[name]) == 0 for name in found if not parts[name])
    assert len(there) == 1 or "100.00" not in found.values()


def test_what_rounding_leaves_goes_to_who_lost_most() -> None:
    assert partition({"a": 1, "b": 1, "c": 1}) == {"a": "33.34", "b": "33.33", "c": "33.33"}
    assert partition({"a": 2, "b": 1}) == {"a": "66.67", "b": "33.33"}
    assert partition({"a": 0, "b": 5}) == {"a": "0.00", "b": "100.00"}


def test_a_double_s_noise_decides_no_tie() -> None:
    """Bug: two verifiers added 763.7 of 2000 in another order and said 38.18 and 38.19 percent."""
    ulp = 2.0**-43
    for noise in (-ulp, 0.0, ulp):
        found = partition({"gas": 763.7 + noise, "paper": 1236.3})
        assert found == {"gas": "38.19", "paper": "61.81"}


def test_a_zero_total_has_no_coverage() -> None:
    assert partition({"a": 0.0, "b": 0.0}) is None
    assert partition({}) is None
