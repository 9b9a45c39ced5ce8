"""CO2 of carbon that goes in and out, and of land that was changed; and what both may not be."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tests.conformance.casebook import Files, Scene, case, failed, verified

if TYPE_CHECKING:
    from collections.abc import Callable


def _stream(direction: str, tonnes: str, carbon: str, **more: str) -> dict[str, Any]:
    mass = {"value": tonnes, "unit": "tonne"}
    return {"stream": "a stream", "direction": direction, "mass": mass, "carbon": carbon, **more}


def _balance(scene: Scene, *streams: dict[str, Any]) -> dict[str, Any]:
    """Return a line of a carbon balance."""
    amount = {"value": "0.001", "unit": "piece"}
    return {**scene.gas(), "amount": amount, "source": {"balance": list(streams)}}


def _land(scene: Scene) -> dict[str, Any]:
    """Return a line of two square metres of land that was changed."""
    change = {"before": "120", "after": "45", "years": 20}
    amount = {"value": "2", "unit": "square meter"}
    return {**scene.gas(), "amount": amount, "source": {"landUseChange": change}}


def _signed(
    line: Callable[[Scene], dict[str, Any]], change: Callable[[dict[str, Any]], None]
) -> Files:
    """Sign a product whose first line was changed after it was composed."""
    scene = Scene()
    draft = scene.product("part", [line(scene)])
    change(draft["credentialSubject"]["inventory"][0])
    subject = scene.publish(draft)
    scene.anchor()
    return scene.files(subject)


@case(verified())
def a_carbon_balance_and_its_biogenic_part() -> Files:
    """What carbon goes in and does not come out is CO2, fossil and biogenic by themselves."""
    scene = Scene()
    streams = _stream("in", "3", "0.8", biogenicShare="40"), _stream("out", "1", "0.3")
    uptake = {"source": {"gas": "CO2_uptake", "set": "AR6"}}
    amount = {"value": "5", "unit": "kilogram"}
    lines = [_balance(scene, *streams), {**scene.gas(), **uptake, "amount": amount}]
    # 5 kg CO2 are taken up and 3.52 set free: 1.48 x 12/44 kg of carbon are left in it.
    subject = scene.part(lines=lines, pcf={"biogenicCarbonContent": "0.4036"})
    scene.anchor()
    return scene.files(subject)


@case(verified())
def a_footprint_of_carbon_alone_rests_on_the_newest_set() -> Files:
    """CO2 has a GWP of 1 in every set, so a balance and a change of land rest on none."""
    scene = Scene()
    lines = [_balance(scene, _stream("in", "3", "0.8")), _land(scene)]
    subject = scene.part(lines=lines)
    scene.anchor()
    return scene.files(subject)


@case(failed(8))
def more_carbon_leaves_than_enters_fail() -> Files:
    """A balance sets free less than nothing."""

    def change(line: dict[str, Any]) -> None:
        line["source"]["balance"].append(_stream("out", "9", "0.9"))

    return _signed(lambda scene: _balance(scene, _stream("in", "3", "0.8")), change)


@case(failed(8))
def land_that_gained_carbon_fail() -> Files:
    """A change of land use took carbon up, which is no emission of its change."""

    def change(line: dict[str, Any]) -> None:
        line["source"]["landUseChange"]["after"] = "121"

    return _signed(_land, change)


@case(failed(8))
def an_amount_in_a_unit_of_no_table_fail() -> Files:
    """A line's unit is not in the unit table: it is no electricity, and does not recompute."""

    def change(line: dict[str, Any]) -> None:
        line["amount"]["unit"] = "bushel of nothing"

    return _signed(lambda scene: scene.gas(), change)


def _unchecked(carbon: str) -> Files:
    """Sign a balance of coal alone, and then a stream that leaves; its CO2 follows."""

    def change(line: dict[str, Any]) -> None:
        line["source"]["balance"][1]["carbon"] = carbon
        line["result"] = {"fossilGhgEmissions": f"{_co2(carbon):.12f}"}

    streams = _stream("in", "3", "0.8"), _stream("out", "1", "0.1")
    return _signed(lambda scene: _balance(scene, *streams), change)


def _co2(carbon: str) -> Decimal:
    return (Decimal("2.4") - Decimal(carbon)) * 44 / 12


@case(failed(8))
def co2_that_leaves_a_balance_as_a_product_fail() -> Files:
    """A stream of 0.2727 kg of carbon per kilogram is CO2, and the balance makes it vanish."""
    return _unchecked("0.2727")


@case(failed(8))
def co2_at_the_least_carbon_leaves_a_balance_fail() -> Files:
    """0.27 kg of carbon per kilogram is CO2 still."""
    return _unchecked("0.27")


@case(failed(8))
def co2_at_the_most_carbon_leaves_a_balance_fail() -> Files:
    """0.2735 kg of carbon per kilogram is CO2 still."""
    return _unchecked("0.2735")


@case(verified())
def products_of_about_the_carbon_of_co2_leave_a_balance() -> Files:
    """0.2699 and 0.2736 kg of carbon per kilogram are no CO2, and CO2 may enter a balance."""
    scene = Scene()
    streams = (
        _stream("in", "3", "0.8"),
        _stream("in", "1", "0.2727"),
        _stream("out", "1", "0.2699"),
        _stream("out", "1", "0.2736"),
    )
    subject = scene.part(lines=[_balance(scene, *streams)])
    scene.anchor()
    return scene.files(subject)


@case(verified())
def land_use_change_over_a_longer_harvest_period() -> Files:
    """A plantation is felled after forty years, and the line says so."""
    scene = Scene()
    line = _land(scene)
    line["source"]["landUseChange"] |= {"years": 40, "harvestPeriod": "oak, felled at 40 years"}
    subject = scene.part(lines=[line])
    scene.anchor()
    return scene.files(subject)
