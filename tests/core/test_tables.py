"""The data that every verifier shares: exact, digested, complete for the schema."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from importlib.resources import files

import orjson
import pytest
import rfc8785

from rootprint.ledger.core.schema.components import COMPONENTS, NEGATIVE
from rootprint.ledger.core.schema.names import DECLARED_UNITS, FACTOR_UNITS, GWP_SETS, MONEY
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
    """The same object each time: one process holds one version."""
    assert tables() is tables()


def test_every_declared_unit_is_in_the_unit_table() -> None:
    """What a statement may declare can be converted; factors are exact rationals above zero."""
    units = tables().units["units"]
    assert set(DECLARED_UNITS) < set(FACTOR_UNITS) <= set(units)
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
    assert money == set(MONEY)
    assert len(money) == 4 * 26
    dimensions = [unit["dimension"] for unit in units.values()]
    for name in money:
        assert dimensions.count(units[name]["dimension"]) == 1
        assert units[name]["factor"] == "1"
        assert units[name]["dimension"].endswith(name[-4:])


def test_every_gas_has_a_value_and_a_real_component() -> None:
    """A gas that no set has can't be stated; the flows of our own are in every set; CO2 is 1."""
    gwp = tables().gwp
    assert tuple(gwp["sets"]) == GWP_SETS
    assert {gas for values in gwp["sets"].values() for gas in values} == set(gwp["component"])
    assert set(gwp["component"].values()) <= set(COMPONENTS)
    for values in gwp["sets"].values():
        assert all(Fraction(value) > 0 for value in values.values())
        assert {gas for gas in gwp["component"] if gas.startswith("CO2")} <= set(values)
        assert Fraction(values["CO2"]) == 1


def test_what_is_taken_off_is_negative_in_the_table_and_in_the_schema() -> None:
    gwp = tables().gwp
    assert {gwp["component"][gas] for gas in gwp["negative"]} <= NEGATIVE
    others = set(gwp["component"]) - set(gwp["negative"])
    assert not {gwp["component"][gas] for gas in others} & NEGATIVE


def test_ar5_28_is_ar5_with_28_for_all_methane() -> None:
    ar5, read = (tables().gwp["sets"][name] for name in ("AR5", "AR5-28"))
    assert {gas: (ar5[gas], read[gas]) for gas in ar5 if ar5[gas] != read[gas]} == {
        "CH4_fossil": ("30", "28")
    }
    assert ar5.keys() == read.keys()


@pytest.mark.parametrize(
    ("assessment", "gas", "value"),
    [
        ("AR4", "CH4_fossil", "25"),
        ("AR4", "N2O_biogenic", "298"),
        ("AR4", "SF6", "22800"),
        ("AR4", "HFC-134a", "1430"),
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
        ("AR6", "HFO-1234yf", "0.501"),
        ("AR6", "PFC-318", "10200"),
        ("AR6", "HCFC-141b", "860"),
        ("AR6", "CFC-11", "6230"),
        ("AR6", "HFE-347mmz1", "195"),
    ],
)
def test_gwp_values_are_the_published_ones(assessment: str, gas: str, value: str) -> None:
    """IPCC AR4 WG1 table 2.14, AR5 table 8.A.1, AR6 tables 7.15 and 7.SM.7: GWP-100."""
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
