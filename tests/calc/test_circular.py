"""The Circular Footprint Formula: the vector, and what it conserves."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rootprint.calc.circular import AVOIDED, TERMS, Circular, usual_allocation
from rootprint.calc.errors import CalculationError

parts = st.fractions(min_value=0, max_value=1, max_denominator=10**6)
qualities = st.fractions(min_value=Fraction(1, 1000), max_value=1, max_denominator=1000)
footprints = st.fractions(min_value=0, max_value=100, max_denominator=1000)


def _circular(*values: str) -> Circular:
    return Circular(*map(Fraction, values))


def _totals(found: Circular, factors: dict[str, Fraction]) -> tuple[Fraction, Fraction]:
    each = {term: found.coefficient(term) * factors[term] for term in TERMS}
    credit = each.pop(AVOIDED)
    return sum(each.values(), Fraction(0)), -credit


def test_the_published_example_comes_to_0_955_with_its_credit_apart() -> None:
    found = _circular("0.2", "0.4", "0.85", "0", "1", "1")
    factors = dict(zip(TERMS, map(Fraction, ("2.1", "0.5", "0.6", "2.1", "0.02")), strict=True))
    gross, credit = _totals(found, factors)
    assert (gross, credit) == (Fraction("2.383"), Fraction("-1.428"))
    assert gross + credit == Fraction("0.955")


@given(
    st.tuples(parts, parts, parts, parts, qualities, qualities),
    st.tuples(footprints, footprints, footprints, footprints, footprints),
)
def test_the_five_terms_are_the_formula_as_it_is_printed(
    parameters: tuple[Fraction, Fraction, Fraction, Fraction, Fraction, Fraction],
    factors: tuple[Fraction, Fraction, Fraction, Fraction, Fraction],
) -> None:
    a, r1, r2, r3, q_in, q_out = parameters
    assume(r2 + r3 <= 1)
    ev, erec, eol, star, ed = factors
    printed = (
        (1 - r1) * ev
        + r1 * (a * erec + (1 - a) * ev * q_in)
        + (1 - a) * r2 * (eol - star * q_out)
        + (1 - r2 - r3) * ed
    )
    found = Circular(a, r1, r2, r3, q_in, q_out)
    assert sum(_totals(found, dict(zip(TERMS, factors, strict=True)))) == printed


@given(parts, parts)
def test_a_closed_loop_does_not_depend_on_who_is_charged(a: Fraction, r: Fraction) -> None:
    """What comes back as it went takes (1 − r) of virgin material, whatever A is."""
    found = Circular(a, r, r, Fraction(0), Fraction(1), Fraction(1))
    assert found.coefficient("virgin") - found.coefficient("avoided") == 1 - r
    assert found.coefficient("recycled") + found.coefficient("recycling") == r
    assert found.coefficient("disposal") == 1 - r


@given(parts, parts)
def test_material_of_full_quality_is_all_there(a: Fraction, r1: Fraction) -> None:
    found = Circular(a, r1, Fraction(0), Fraction(0), Fraction(1), Fraction(1))
    assert found.coefficient("virgin") + found.coefficient("recycled") == 1


@pytest.mark.parametrize(
    ("values", "what"),
    [
        (("1.2", "0.4", "0.8", "0", "1", "1"), "A is not from 0 to 1"),
        (("0.2", "-0.1", "0.8", "0", "1", "1"), "R1 is not from 0 to 1"),
        (("0.2", "0.4", "0.8", "0.3", "1", "1"), "R2 and R3 come to more than 1"),
        (("0.2", "0.4", "0.8", "0", "0", "1"), "qualityIn is not more than 0"),
        (("0.2", "0.4", "0.8", "0", "1", "1.1"), "qualityOut is not more than 0 and at most 1"),
    ],
)
def test_a_parameter_out_of_bounds_is_refused(values: tuple[str, ...], what: str) -> None:
    with pytest.raises(CalculationError, match=what):
        _circular(*values)


def test_a_term_that_the_formula_does_not_have_is_refused() -> None:
    with pytest.raises(CalculationError, match="'incineration' is no term of it"):
        _circular("0.2", "0", "0", "0", "1", "1").coefficient("incineration")


@pytest.mark.parametrize(("a", "usual"), [("0.2", True), ("0.8", True), ("0", False), ("1", False)])
def test_an_allocation_factor_of_all_or_nothing_is_not_usual(a: str, *, usual: bool) -> None:
    assert usual_allocation(_circular(a, "0", "0", "0", "1", "1")) is usual
