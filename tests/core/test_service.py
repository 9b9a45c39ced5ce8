"""A service is declared by a unit that counts it, weighs nothing and holds no carbon (law 7)."""

from __future__ import annotations

from typing import Any

import pytest

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema import footprint, names
from rootprint.ledger.core.schema.service import CARBON, fits_its_kind
from tests.core import closed_lists
from tests.support import statements

# Written out: what each kind of service is counted by, and by nothing else.
UNITS = {
    "transport": {"ton kilometer", "passenger kilometer", "kilometer"},
    "storage": {"square meter", "hour"},
    "waste-treatment": {"kilogram", "liter", "cubic meter", "piece"},
    "energy": {"kilowatt hour", "megajoule"},
    "water": {"liter", "cubic meter"},
    "telecommunication": {"megabit second", "hour"},
    "maintenance": {"hour", "piece", "square meter"},
}
WEIGHED = ("waste-treatment", "water")


def factor(service: str, unit: str, **more: Any) -> dict[str, Any]:
    """Return the subject of a factor that says it is a service."""
    pcf = more.pop("pcf", {})
    made = statements.factor(unit=unit, pcf=pcf, service=service, **more)
    subject: dict[str, Any] = made["credentialSubject"]
    return subject


def test_every_service_has_its_units() -> None:
    assert set(UNITS) == set(names.SERVICES)


@pytest.mark.parametrize("service", UNITS)
@pytest.mark.parametrize("unit", [*closed_lists.PACT_UNITS, *closed_lists.FACTOR_UNITS])
def test_a_service_is_declared_by_a_unit_that_counts_it(service: str, unit: str) -> None:
    """Steel by the kilogram that says transport could be cited whatever its boundary is."""
    subject = factor(service, unit)
    if unit in UNITS[service]:
        footprint.subject(subject, "it")
        return
    with pytest.raises(Refused, match=f"is {unit}, by which no {service} is counted") as error:
        footprint.subject(subject, "it")
    # The remedy, followed, ends the error, in either way.
    assert all(one in str(error.value.remedy) for one in UNITS[service])
    del subject["service"]
    footprint.subject(subject, "it")


@pytest.mark.parametrize("service", UNITS)
@pytest.mark.parametrize("name", CARBON)
def test_a_service_holds_no_carbon(service: str, name: str) -> None:
    unit = min(UNITS[service])
    footprint.subject(factor(service, unit, pcf={name: "0.00"}), "it")
    with pytest.raises(Refused, match=rf"it\.pcf\.{name} is not 0, and the service {service}"):
        footprint.subject(factor(service, unit, pcf={name: "0.01"}), "it")


@pytest.mark.parametrize("service", UNITS)
def test_a_service_weighs_nothing_but_what_it_treats_or_delivers(service: str) -> None:
    subject = factor(service, min(UNITS[service]), pcf={"productMassPerDeclaredUnit": "1"})
    if service in WEIGHED:
        footprint.subject(subject, "it")
        return
    with pytest.raises(Refused, match="productMassPerDeclaredUnit is not 0"):
        footprint.subject(subject, "it")


def test_a_fuel_is_a_product_and_no_energy_service() -> None:
    fuel = factor("energy", "megajoule", quantity={"calorificValue": "net"})
    with pytest.raises(Refused, match="which a fuel has, and a fuel is a product"):
        footprint.subject(fuel, "it")
    del fuel["service"]
    footprint.subject(fuel, "it")


def test_a_faulty_member_is_reported_as_itself() -> None:
    with pytest.raises(Refused, match="fossilCarbonContent is not a plain decimal"):
        footprint.subject(factor("energy", "megajoule", pcf={"fossilCarbonContent": "x"}), "it")
    with pytest.raises(Refused, match="service is not one of"):
        footprint.subject(factor("steel", "megajoule"), "it")


@pytest.mark.parametrize("role", ["product", "attested"])
@pytest.mark.parametrize("unit", names.UNITS_OF_GOODS)
def test_a_product_is_no_service_by_what_counts_goods(role: str, unit: str) -> None:
    """A motor to its grave, sold as maintenance, would bring its scrap's credit to a gate."""
    subject = {**factor("maintenance", unit), "role": role}
    with pytest.raises(Refused, match=f"is {unit}, by which no maintenance is counted") as error:
        fits_its_kind(subject, "it")
    assert "declare hour, or leave service out" in str(error.value.remedy)
    fits_its_kind({**factor("maintenance", "hour"), "role": role}, "it")
