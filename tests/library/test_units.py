"""Units of tables: exact by definition, and declared only where PACT has a unit of their kind."""

from __future__ import annotations

from fractions import Fraction

import pytest

from calc.units import UnitTable
from ledger.core.tables import tables
from ledger.library.units import Declared, NoDeclaredUnit, declared


@pytest.mark.parametrize(
    ("unit", "into", "factor"),
    [
        ("pound", "gram", "453.59237"),
        ("short ton", "kilogram", "907.18474"),
        ("long ton", "kilogram", "1016.0469088"),
        ("US gallon", "liter", "3.785411784"),
        ("imperial gallon", "liter", "4.54609"),
        ("oil barrel", "liter", "158.987294928"),
        ("cubic foot", "liter", "28.316846592"),
        ("milliliter", "liter", "0.001"),
        ("US therm", "megajoule", "105.4804"),
        ("British thermal unit", "megajoule", "0.00105505585262"),
        ("terajoule", "gigajoule", "1000"),
        ("gigawatt hour", "megawatt hour", "1000"),
        ("hectare", "are", "100"),
        ("square kilometer", "hectare", "100"),
        ("square foot", "square meter", "0.09290304"),
        ("day", "hour", "24"),
        ("mile", "meter", "1609.344"),
        ("nautical mile", "meter", "1852"),
        ("kilometer", "meter", "1000"),
        ("passenger mile", "passenger kilometer", "1.609344"),
        ("short ton mile", "ton kilometer", "1.45997231821056"),
    ],
)
def test_customary_units_are_exact_by_definition(unit: str, into: str, factor: str) -> None:
    """1959 yard and pound, NIST Handbook 44 appendix C, UK regulations 1995, SI brochure."""
    assert UnitTable(tables().units).factor(unit, into) == Fraction(factor)


def test_a_unit_becomes_the_first_declared_unit_that_takes_it_exactly() -> None:
    assert declared("kilogram") == Declared("kilogram", "1")
    assert declared("tonne") == Declared("kilogram", "1000")
    assert declared("gigajoule") == Declared("megajoule", "1000")
    assert declared("US gallon") == Declared("liter", "3.785411784")


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("kilometer", "PACT has no unit of length"),
        ("passenger kilometer", "PACT has no unit of passenger transport"),
        ("US dollar of 2022", "is not in the unit table"),
    ],
)
def test_a_unit_of_another_kind_can_not_be_declared(unit: str, words: str) -> None:
    with pytest.raises(NoDeclaredUnit, match=words):
        declared(unit)


def test_an_amount_without_end_is_refused() -> None:
    """A minute is a sixtieth of an hour, and no decimal."""
    with pytest.raises(NoDeclaredUnit, match="no finite decimal of hour"):
        declared("minute")
