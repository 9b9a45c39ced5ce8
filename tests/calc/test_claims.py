"""What is claimed once is never claimed beyond what there is."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from rootprint.calc.claims import Drawn, overdrawn

claims = st.lists(
    st.builds(Drawn, st.integers(0, 10**6), st.integers(1, 100).map(Fraction)),
    max_size=8,
    unique_by=lambda one: one.place,
)


@given(claims, st.integers(0, 800))
def test_a_limit_is_kept_exactly_where_no_claim_is_overdrawn(
    drawn: list[Drawn], limit: int
) -> None:
    total = sum((one.amount for one in drawn), Fraction(0))
    assert (overdrawn(drawn, Fraction(limit)) is None) == (total <= limit)


@given(claims, st.integers(0, 800))
def test_what_came_before_the_overdraft_is_covered(drawn: list[Drawn], limit: int) -> None:
    over = overdrawn(drawn, Fraction(limit))
    if over is not None:
        before = [one for one in drawn if one.place < over.place]
        assert overdrawn(before, Fraction(limit)) is None
        assert overdrawn([*before, over], Fraction(limit)) == over
