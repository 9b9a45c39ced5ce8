"""Units: exact, there and back, and refused across dimensions."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootprint.calc.units import UnitNotConvertible, UnitTable
from rootprint.ledger.core.tables import tables

NAMES_OF_UNITS = tables().unit_names
TABLE = UnitTable(
    {
        **tables().units,
        "aliases": {**tables().units["aliases"], **NAMES_OF_UNITS["aliases"]},
        "unclear": NAMES_OF_UNITS["unclear"],
    }
)
NAMES = sorted(tables().units["units"])
DIMENSION = {name: entry["dimension"] for name, entry in tables().units["units"].items()}


@given(st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_conversion_is_exact_there_back_and_through_a_third(one: str, two: str, three: str) -> None:
    if DIMENSION[one] == DIMENSION[two]:
        assert TABLE.factor(one, two) * TABLE.factor(two, one) == 1
        if DIMENSION[two] == DIMENSION[three]:
            through = TABLE.factor(one, two) * TABLE.factor(two, three)
            assert TABLE.factor(one, three) == through
    else:
        with pytest.raises(UnitNotConvertible, match=f"{DIMENSION[one]}.*can't be converted to"):
            TABLE.factor(one, two)


@pytest.mark.parametrize(
    ("unit", "into", "factor"),
    [
        ("tonne", "kilogram", Fraction(1000)),
        ("gram", "kilogram", Fraction(1, 1000)),
        ("kilowatt hour", "megajoule", Fraction(18, 5)),
        ("megajoule", "kilowatt hour", Fraction(5, 18)),
        ("minute", "hour", Fraction(1, 60)),
        ("liter", "cubic meter", Fraction(1, 1000)),
        ("kilogram kilometer", "ton kilometer", Fraction(1, 1000)),
        ("kilogram of coal equivalent", "megajoule", Fraction("29.3076")),
        ("kilogram of coal equivalent", "kilocalorie", Fraction(7000)),
        ("tonne of coal equivalent", "kilogram of coal equivalent", Fraction(1000)),
        ("kilocalorie", "kilojoule", Fraction("4.1868")),
        ("tonne of oil equivalent", "kilocalorie", Fraction(10**7)),
        ("ten thousand kilowatt hours", "megawatt hour", Fraction(10)),
        ("hectare", "mu of land", Fraction(15)),
    ],
)
def test_known_factors(unit: str, into: str, factor: Fraction) -> None:
    assert TABLE.factor(unit, into) == factor


def test_short_forms_lead_to_the_tables_names() -> None:
    aliases = {**tables().units["aliases"], **NAMES_OF_UNITS["aliases"]}
    assert aliases.keys().isdisjoint({*NAMES, *NAMES_OF_UNITS["unclear"]})
    for short, name in aliases.items():
        assert TABLE.named(short) == name == TABLE.named(name)


def test_money_of_another_year_has_no_rate() -> None:
    with pytest.raises(UnitNotConvertible, match=r"2021\) can't be converted to .* of 2022"):
        TABLE.factor("US dollar of 2021", "US dollar of 2022")
    with pytest.raises(UnitNotConvertible, match=r"euros of 2022.* how you came by it"):
        TABLE.factor("euro of 2022", "US dollar of 2022")
    with pytest.raises(UnitNotConvertible, match="unit of the upstream declared unit's kind"):
        TABLE.factor("US dollar of 2022", "piece")


def test_of_all_the_money_only_one_is_offered() -> None:
    with pytest.raises(UnitNotConvertible, match=r"tonne, .*money such as US dollar of 2010$"):
        TABLE.named("US dollar")


def test_an_unknown_unit_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnitNotConvertible, match=r"'furlong' is not in the unit table.*kilogram"):
        TABLE.named("furlong")
    with pytest.raises(UnitNotConvertible, match="'furlong' is not in the unit table"):
        TABLE.factor("furlong", "kilogram")


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("kgce", "kilogram of coal equivalent"),
        ("tce", "tonne of coal equivalent"),
        ("吨标准煤", "tonne of coal equivalent"),
        ("kcal", "kilocalorie"),
        ("万kWh", "ten thousand kilowatt hours"),
        ("度", "kilowatt hour"),
        ("千瓦时", "kilowatt hour"),
        ("公斤", "kilogram"),
        ("吨公里", "ton kilometer"),
        ("m³", "cubic meter"),
    ],
)
def test_units_of_a_chinese_bill(written: str, unit: str) -> None:
    """GB/T 2589-2020: 29,307.6 kJ a kilogram of standard coal; a 度 is a kilowatt hour."""
    assert TABLE.named(written) == unit


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        ("KWH", r"did you mean kWh \(kilowatt hour\)"),
        ("Mw", r"did you mean MW \(megawatt\)"),
        ("kilowat hour", "did you mean kilowatt hour"),
        ("Sm3", "name its state"),
        ("ton", "short ton or long ton"),
        ("US ton", "say short ton"),
        ("gallon", "US gallon or imperial gallon"),
        ("xyz", "use one of .*kilogram"),
    ],
)
def test_an_unknown_unit_is_reported_with_what_may_be_meant(written: str, remedy: str) -> None:
    with pytest.raises(UnitNotConvertible, match=remedy):
        TABLE.named(written)
