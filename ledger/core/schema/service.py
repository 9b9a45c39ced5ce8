"""What a footprint that says ``service`` is declared by, and what it can't hold (law 7).

A service may be cited to its own grave where a product may not. So none is counted by a unit of
products, has a mass or holds carbon: PACT Technical Specifications V3.0.4 state
productMassPerDeclaredUnit 0 for energy, logistics and services. A piece or a square meter counts
the services of factors alone: a motor to its grave is no maintenance by the piece. Treated waste
and delivered water weigh what is treated and delivered.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema import names, rules

if TYPE_CHECKING:
    from rootprint.ledger.core.canonical import Json

CARBON: Final = (
    "fossilCarbonContent",
    "biogenicCarbonContent",
    "recycledCarbonContent",
    "ccuCarbonContent",
    "packagingBiogenicCarbonContent",
)
_MASS: Final = "productMassPerDeclaredUnit"
_OR_NONE: Final = "or leave service out where it is a product"


def fits_its_kind(value: Json, path: str) -> None:
    """Refuse a service in a unit that does not count it, with a mass or with carbon; or a fuel.

    ``value`` is a FootprintStatement's subject. A member that is faulty itself is not judged.
    """
    service = value.get("service")
    pcf = value.get("pcf")
    if not isinstance(service, str) or service not in names.SERVICE_UNITS:
        return
    if not isinstance(pcf, dict) or not isinstance(pcf.get("declaredUnitOfMeasurement"), str):
        return
    unit = pcf["declaredUnitOfMeasurement"]
    units = _units(service, value.get("role"))
    if unit not in units:
        message = (
            f"{path}.pcf.declaredUnitOfMeasurement is {unit}, by which no {service} is counted"
        )
        raise Refused(message, remedy=f"declare {' or '.join(units)}, {_OR_NONE}")
    nothing = CARBON if service in names.WEIGHED_SERVICES else (_MASS, *CARBON)
    for name in nothing:
        if rules.is_decimal(pcf.get(name)) and Fraction(pcf[name]):
            message = f"{path}.pcf.{name} is not 0, and the service {service} holds nothing of it"
            raise Refused(message, remedy=f"state 0, {_OR_NONE}")
    quantity = value.get("quantity")
    fuel = isinstance(quantity, dict) and "calorificValue" in quantity
    if service == "energy" and fuel:
        message = (
            f"{path}.quantity has a calorific value, which a fuel has, and a fuel is a product"
        )
        raise Refused(message, remedy="leave it out of heat and electricity, or leave service out")


def _units(service: str, role: Json) -> list[str]:
    """Return what counts a service; a product's by none that goods are counted by."""
    goods = () if role == "factor" else names.UNITS_OF_GOODS
    return [unit for unit in names.SERVICE_UNITS[service] if unit not in goods]
