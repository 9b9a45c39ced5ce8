"""What was made of a product: by full name, in the declared kind of unit, for law 6."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.intake import compose
from tests.intake.drafts import composed, gas, line, parsed, problems, product
from tests.intake.test_publish_rights import refused
from tests.support.world import SUPPLIER, World
from tests.support.wrong import gas as signed_gas

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.intake import Problem
    from tests.intake.place import Place

KWH: dict[str, Any] = {"declaredUnitOfMeasurement": "kilowatt hour"}


@pytest.mark.parametrize("unit", ["kg", "千克", "kilogram"])
def test_its_unit_is_signed_by_full_name(unit: str) -> None:
    made = {"value": "10", "unit": unit}
    subject = composed(product(gas(), producedAmount=made))
    assert subject["producedAmount"] == {"value": "10", "unit": "kilogram"}


def test_what_does_not_convert_is_refused_where_it_stands() -> None:
    found = problems(product(gas(), producedAmount={"value": "10", "unit": "kWh"}))
    assert found.keys() == {"producedAmount.unit"}
    assert "in kilogram, or in a unit that converts" in found["producedAmount.unit"]
    found = problems(product(gas(), producedAmount={"value": "10", "unit": "US ton"}))
    assert "say short ton" in found["producedAmount.unit"]


def test_publishing_refuses_what_is_signed_in_no_such_unit(place: Place) -> None:
    made = {"value": "10", "unit": "kg"}
    signed = place.signed(place.world.product("part", [signed_gas()], producedAmount=made))
    refused(place, signed, Refused, "law 6: producedAmount is not counted")


@pytest.mark.parametrize(("told", "number"), [("T&D losses", 1), ("gas, table 3", 0), ("线损", 1)])
def test_published_losses_beside_electricity_are_a_finding(told: str, number: int) -> None:
    world = World()
    power = world.publish(world.factor("power", pcf=KWH, includesTransmission=True))
    figure = {"published": "0.02", "per": "kWh", "component": "fossilGhgEmissions"}
    lines = [
        line({"input": "power"}, "100", "kWh"),
        line({**figure, "reference": told}, "100", "kWh"),
    ]
    found = [one for one in _findings(product(*lines), power=power) if "losses" in one]
    assert len(found) == number


def _findings(value: dict[str, Any], **inputs: Statement) -> list[str]:
    found: list[Problem] = []
    compose(parsed(value), SUPPLIER, inputs.__getitem__, found.append)
    return [one.what for one in found]
