"""Units of tables: exact by definition, and declared as they were printed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from rootprint.calc.rounding import half_up
from rootprint.calc.units import UnitTable
from rootprint.ledger.core.schema.names import FACTOR_UNITS, MONEY
from rootprint.ledger.core.tables import tables
from rootprint.ledger.factors import cpcd_tables, uk_tables
from rootprint.ledger.factors.units import Declared, NoDeclaredUnit, declared

# By definition, in SI: NIST SP 811 appendix B.8 and its footnotes, the yard and pound agreement of
# 1959, the UK's Weights and Measures Act 1985, the SI brochure. Not derived from the table: each
# customary unit is built up from the few numbers that a law or a conference fixed.
INCH, FOOT = Fraction(254, 10_000), Fraction(3048, 10_000)
MILE = 5280 * FOOT
POUND = Fraction(45_359_237, 100_000_000)
US_GALLON = 231 * INCH**3
CALORIE = Fraction(41_868, 10_000)  # International Table, joule: London 1956
DEGREE_FAHRENHEIT = Fraction(5, 9)
BTU = POUND * 1000 * DEGREE_FAHRENHEIT * CALORIE  # heats a pound of water by a degree
MEGA = 1_000_000
CUSTOMARY = {  # name: SI unit (kg, m, m2, m3, MJ, t km, passenger km) and how many of it
    "pound": ("kilogram", POUND),
    "short ton": ("kilogram", 2000 * POUND),
    "long ton": ("kilogram", 2240 * POUND),
    "mile": ("meter", MILE),
    "nautical mile": ("meter", Fraction(1852)),
    "square foot": ("square meter", FOOT**2),
    "cubic foot": ("cubic meter", FOOT**3),
    "US gallon": ("cubic meter", US_GALLON),
    "oil barrel": ("cubic meter", 42 * US_GALLON),
    "imperial gallon": ("cubic meter", Fraction(454_609, 100_000_000)),
    "British thermal unit": ("megajoule", BTU / MEGA),
    "US therm": ("megajoule", Fraction(105_480_400, MEGA)),  # its own law's, not 100,000 of ours
    "passenger mile": ("passenger kilometer", MILE / 1000),
    "short ton mile": ("ton kilometer", 2000 * POUND / 1000 * MILE / 1000),
}
METRIC = {
    "gram": ("kilogram", "0.001"),
    "milligram": ("kilogram", "0.000001"),
    "tonne": ("kilogram", "1000"),
    "kilogram kilometer": ("ton kilometer", "0.001"),
    "kilometer": ("meter", "1000"),
    "liter": ("cubic meter", "0.001"),
    "milliliter": ("cubic meter", "0.000001"),
    "are": ("square meter", "100"),
    "hectare": ("square meter", "10000"),
    "square kilometer": ("square meter", "1000000"),
    "kilojoule": ("megajoule", "0.001"),
    "gigajoule": ("megajoule", "1000"),
    "terajoule": ("megajoule", "1000000"),
    "watt hour": ("megajoule", "0.0036"),
    "kilowatt hour": ("megajoule", "3.6"),
    "megawatt hour": ("megajoule", "3600"),
    "gigawatt hour": ("megajoule", "3600000"),
    "minute": ("hour", "1/60"),
    "day": ("hour", "24"),
    "watt": ("kilowatt", "0.001"),
    "megawatt": ("kilowatt", "1000"),
    # GB/T 2589-2020: 29,307.6 kJ a kilogram of standard coal, which is 7,000 kcal.
    "kilocalorie": ("megajoule", "0.0041868"),
    "kilogram of coal equivalent": ("megajoule", "29.3076"),
    "tonne of coal equivalent": ("megajoule", "29307.6"),
    "tonne of oil equivalent": ("megajoule", "41868"),
    "ten thousand kilowatt hours": ("megajoule", "36000"),
    "ten thousand cubic meters": ("cubic meter", "10000"),
    "ten thousand tonnes": ("kilogram", "10000000"),
    "mu of land": ("square meter", "2000/3"),  # a fifteenth of a hectare
}
BASES = {
    *("kilogram", "meter", "square meter", "cubic meter", "megajoule", "hour", "kilowatt"),
    *("ton kilometer", "passenger kilometer", "megabit second", "piece"),
}


@pytest.mark.parametrize("unit", CUSTOMARY)
def test_customary_units_are_exact_by_definition(unit: str) -> None:
    into, size = CUSTOMARY[unit]
    assert UnitTable(tables().units).factor(unit, into) == size


@pytest.mark.parametrize("unit", METRIC)
def test_metric_units_are_exact_by_definition(unit: str) -> None:
    into, size = METRIC[unit]
    assert UnitTable(tables().units).factor(unit, into) == Fraction(size)


def test_no_unit_of_the_table_is_left_unproven() -> None:
    """Money is tested by tests/core/test_tables.py: it has no size."""
    assert {*CUSTOMARY, *METRIC, *BASES, *MONEY} == set(tables().units["units"])
    assert not {*CUSTOMARY} & {*METRIC} | BASES & {*CUSTOMARY, *METRIC}


@pytest.mark.parametrize(
    ("unit", "into", "printed"),
    [
        ("short ton", "kilogram", "907.1847"),
        ("long ton", "kilogram", "1016.047"),
        ("US gallon", "liter", "3.785412"),
        ("oil barrel", "cubic meter", "0.1589873"),
        ("cubic foot", "cubic meter", "0.02831685"),
        ("square foot", "square meter", "0.09290304"),
        ("mile", "meter", "1609.344"),
        ("British thermal unit", "kilojoule", "1.05505585262"),
        ("US therm", "megajoule", "105.4804"),
    ],
)
def test_and_they_are_what_is_printed(unit: str, into: str, printed: str) -> None:
    """NIST SP 811 appendix B.8, as printed there; the Btu as its footnote has it."""
    factor = UnitTable(tables().units).factor(unit, into)
    assert half_up(factor, len(printed.partition(".")[2])) == Decimal(printed)


def test_a_unit_becomes_the_first_declared_unit_that_takes_it_exactly() -> None:
    assert declared("kilogram") == Declared("kilogram", "1")
    assert declared("tonne") == Declared("kilogram", "1000")
    assert declared("gigajoule") == Declared("megajoule", "1000")
    assert declared("US gallon") == Declared("liter", "3.785411784")


def test_a_mile_is_a_part_of_what_is_declared_and_money_is_itself() -> None:
    assert declared("kilometer") == Declared("kilometer", "1")
    assert declared("mile") == Declared("kilometer", "1.609344")
    assert declared("meter") == Declared("kilometer", "0.001")
    assert declared("passenger mile") == Declared("passenger kilometer", "1.609344")
    assert declared("megawatt") == Declared("kilowatt", "1000")
    assert declared("day") == Declared("hour", "24")
    assert declared("US dollar of 2022") == Declared("US dollar of 2022", "1")


def test_a_unit_that_is_not_in_the_table_can_not_be_declared() -> None:
    with pytest.raises(NoDeclaredUnit, match="US dollar of 1999 is not in the unit table"):
        declared("US dollar of 1999")


def test_each_dimension_has_a_unit_for_a_factor() -> None:
    units = tables().units["units"]
    assert {units[name]["dimension"] for name in FACTOR_UNITS} == {
        unit["dimension"] for unit in units.values()
    }


@pytest.mark.parametrize("unit", sorted({*uk_tables.UNITS.values(), *cpcd_tables.UNITS.values()}))
def test_what_the_readers_know_can_be_declared(unit: str) -> None:
    assert declared(unit).unit in FACTOR_UNITS


def test_an_amount_without_end_is_refused() -> None:
    """A minute is a sixtieth of an hour, and no decimal."""
    with pytest.raises(NoDeclaredUnit, match="no finite decimal of hour"):
        declared("minute")
