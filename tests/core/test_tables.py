"""The data that every verifier shares: exact, digested, complete for the schema."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from importlib.resources import files

import orjson
import pytest
import rfc8785

from rootprint.ledger.core.schema import components, names
from rootprint.ledger.core.tables import tables


def data(name: str) -> object:
    return orjson.loads(
        files("rootprint.ledger.core").joinpath("data", f"{name}.json").read_bytes()
    )


def test_digests_cover_the_canonical_files() -> None:
    """SHA-256 over canonical JSON, recomputed with another implementation of it."""
    both = rfc8785.dumps({"gwp": data("gwp"), "units": data("units")})  # type: ignore[dict-item]
    assert tables().digest == f"sha256:{hashlib.sha256(both).hexdigest()}"
    rule = rfc8785.dumps(data("compatibility"))  # type: ignore[arg-type]
    assert tables().rule_digest == f"sha256:{hashlib.sha256(rule).hexdigest()}"


def test_the_tables_are_read_once() -> None:
    """The same object each time: nobody holds another version in the same process."""
    assert tables() is tables()


def test_every_declared_unit_is_in_the_unit_table() -> None:
    """What a statement may declare can be converted; factors are exact rationals above zero."""
    units = tables().units["units"]
    assert set(names.DECLARED_UNITS) < set(names.FACTOR_UNITS) <= set(units)
    assert all(Fraction(unit["factor"]) > 0 for unit in units.values())
    assert set(tables().units["aliases"].values()) <= set(units)
    assert set(tables().units["aliases"]).isdisjoint(units)


@pytest.mark.parametrize(
    ("unit", "other", "ratio"),
    [
        ("kilowatt hour", "megajoule", Fraction(36, 10)),
        ("megawatt hour", "kilowatt hour", Fraction(1000)),
        ("tonne", "kilogram", Fraction(1000)),
        ("gram", "kilogram", Fraction(1, 1000)),
        ("cubic meter", "liter", Fraction(1000)),
        ("hour", "minute", Fraction(60)),
    ],
)
def test_units_convert_exactly(unit: str, other: str, ratio: Fraction) -> None:
    """Within a dimension, by definition of the units (SI brochure)."""
    units = tables().units["units"]
    assert units[unit]["dimension"] == units[other]["dimension"]
    assert Fraction(units[unit]["factor"]) / Fraction(units[other]["factor"]) == ratio


def test_money_of_two_years_or_currencies_never_converts() -> None:
    """Each is a dimension of its own, in which nothing else stands; the list is the schema's."""
    units = tables().units["units"]
    money = {name for name, unit in units.items() if unit["dimension"].startswith("money")}
    assert money == set(names.MONEY)
    assert len(money) == 4 * 26
    dimensions = [unit["dimension"] for unit in units.values()]
    for name in money:
        assert dimensions.count(units[name]["dimension"]) == 1
        assert units[name]["factor"] == "1"
        assert units[name]["dimension"].endswith(name[-4:])


def test_gwp_sets_name_the_same_gases_and_real_components() -> None:
    """Every gas has a value in both sets and a component of the schema; CO2 is 1."""
    gwp = tables().gwp
    for values in gwp["sets"].values():
        assert set(values) == set(gwp["component"])
        assert Fraction(values["CO2"]) == 1
        assert all(Fraction(value) > 0 for value in values.values())
    assert set(gwp["sets"]) == {"AR5", "AR6"}
    assert set(gwp["component"].values()) <= set(components.COMPONENTS)


@pytest.mark.parametrize(
    ("assessment", "gas", "value"),
    [
        ("AR5", "CH4_non_fossil", "28"),
        ("AR5", "CH4_fossil", "30"),
        ("AR5", "N2O", "265"),
        ("AR5", "SF6", "23500"),
        ("AR5", "NF3", "16100"),
        ("AR6", "CH4_non_fossil", "27.0"),
        ("AR6", "CH4_fossil", "29.8"),
        ("AR6", "N2O", "273"),
        ("AR6", "SF6", "25200"),
        ("AR6", "NF3", "17400"),
        ("AR6", "CF4", "7380"),
        ("AR6", "HFC-134a", "1530"),
    ],
)
def test_gwp_values_are_the_published_ones(assessment: str, gas: str, value: str) -> None:
    """IPCC AR5 WG1 table 8.A.1, AR6 WG1 table 7.15 and 7.SM.7: GWP-100."""
    assert Fraction(tables().gwp["sets"][assessment][gas]) == Fraction(value)


def test_no_number_in_the_tables_is_a_float() -> None:
    """Decimals and rationals are text, so that every language reads the same."""

    def floats(value: object) -> list[float]:
        if isinstance(value, dict):
            return [f for member in value.values() for f in floats(member)]
        if isinstance(value, list):
            return [f for member in value for f in floats(member)]
        return [value] if isinstance(value, float) else []

    assert [floats(data(name)) for name in ("units", "gwp", "compatibility")] == [[], [], []]
