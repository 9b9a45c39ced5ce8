"""What comes to the end of life beside what the declared amount weighs (law 1)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootprint.ledger.figures import end_of_life_findings, masses

PIECE: dict[str, Any] = {"declaredUnitOfMeasurement": "piece", "declaredUnitAmount": "1"}


def line(
    kilograms: str, material: str = "PET", term: str = "disposal", unit: str = "kilogram"
) -> Any:
    given = {"material": material, "term": term, "mass": {"value": kilograms, "unit": unit}}
    return {"circular": given}


def found(subject: dict[str, Any], *lines: Any) -> list[tuple[int, ...]]:
    return [one.lines for one in end_of_life_findings(subject, dict(enumerate(lines)))]


def weighing(product: str, **pcf: Any) -> dict[str, Any]:
    return {"pcf": {**PIECE, "productMassPerDeclaredUnit": product, **pcf}}


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=5), st.integers(-1, 1))
def test_more_than_it_weighs_is_found_to_the_gram(grams: list[int], apart: int) -> None:
    lines = [line(str(one), f"M{n}", unit="gram") for n, one in enumerate(grams)]
    mass = Fraction(sum(grams) + apart, 1000)
    stated = f"{float(mass):.3f}"
    expected = [tuple(range(len(grams)))] if apart < 0 else []
    assert found(weighing(stated), *lines) == expected


def test_a_material_weighs_once_whatever_its_terms_and_spelling() -> None:
    lines = [line("2", name, term) for name, term in
             (("PET", "recycling"), ("pet", "avoided"), (" P\uff25T", "disposal"))]  # fmt: skip
    assert found(weighing("2"), *lines) == []
    assert found(weighing("1.9"), *lines) == [(0, 1, 2)]


def test_what_is_made_of_a_material_does_not_come_to_its_end() -> None:
    assert found(weighing("1"), line("2", term="virgin"), line("2", term="recycled"), {}) == []


def test_packaging_that_is_counted_ends_too() -> None:
    packed = weighing("1", packagingMassPerDeclaredUnit="1")
    assert found(packed, line("2")) == []
    left_out = weighing("1", packagingMassPerDeclaredUnit="1", packagingEmissionsIncluded=False)
    assert found(left_out, line("2")) == [(0,)]


@pytest.mark.parametrize(
    "subject",
    [
        {"pcf": PIECE},
        {"pcf": {"declaredUnitOfMeasurement": "kilowatt hour", "productMassPerDeclaredUnit": "0"}},
        {"service": "transport", **weighing("0")},
    ],
)
def test_nothing_is_asked_of_what_has_no_known_mass(subject: dict[str, Any]) -> None:
    assert found(subject, line("2")) == []


def test_a_mass_in_no_unit_of_mass_is_left_out() -> None:
    assert found(weighing("1"), line("2", unit="liter"), line("1", unit="parsec")) == []


def test_a_kilogram_weighs_one() -> None:
    kilograms = {"declaredUnitOfMeasurement": "kilogram", "declaredUnitAmount": "2",
                 "productMassPerDeclaredUnit": "1"}  # fmt: skip
    assert masses(kilograms) == (Fraction(2), Fraction(0))
    assert found({"pcf": kilograms}, line("2")) == []
    assert found({"pcf": kilograms}, line("2.1")) == [(0,)]
