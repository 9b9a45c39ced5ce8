"""Law 8: a quantity has a kind: net and gross, states of a gas, dry and wet."""

from __future__ import annotations

from typing import Any

from tests.conformance.casebook import Files, Scene, case, failed, incomplete, verified
from tests.support.wrong import gross_on_net, impossible_conversion, losses_twice

_NET = {"calorificValue": "net"}
_KWH = {"declaredUnitOfMeasurement": "kilowatt hour"}
_CUBIC = {"declaredUnitOfMeasurement": "cubic meter"}
_COLD, _MILD = "0 °C 101.325 kPa", "15 °C 101.325 kPa"


def _counted(
    pcf: dict[str, str],
    kind: dict[str, str] | None,
    quantity: dict[str, Any],
    value: str = "100",
    signed: dict[str, Any] | None = None,
) -> Files:
    """A product that takes an amount of one kind, of a factor that is counted by another.

    It is composed with ``quantity`` and signed with ``signed``, where that is given.
    """
    unit = pcf["declaredUnitOfMeasurement"]
    scene = Scene()
    more: dict[str, Any] = {} if kind is None else {"quantity": kind}
    if unit == "kilowatt hour" and "calorificValue" not in (kind or {}):
        more["includesTransmission"] = False
    fuel = scene.fuel(pcf=pcf, **more)
    line = scene.line(fuel, value, unit)
    if quantity:
        line["amount"]["quantity"] = quantity
    draft = scene.product("module", [line])
    if signed is not None:
        draft["credentialSubject"]["inventory"][0]["amount"]["quantity"] = signed
    module = scene.publish(draft)
    scene.anchor()
    return scene.files(module)


def _converted(value: str, unit: str, by: str, **kind: str) -> dict[str, str]:
    return {"value": value, "unit": unit, "by": by, "reference": "A table, row 1", **kind}


@case(verified())
def an_amount_of_the_kind_that_it_is_counted_by() -> Files:
    """A bill by net calorific value, of a factor by net calorific value."""
    return _counted(_KWH, _NET, _NET)


@case(failed(7))
def a_gross_amount_of_a_net_factor_fail() -> Files:
    """A bill by gross calorific value, of a factor by net calorific value."""
    scene = Scene()
    module = scene.publish(gross_on_net(scene))
    scene.anchor()
    return scene.files(module)


@case(failed(7))
def an_amount_that_does_not_say_its_kind_fail() -> Files:
    """The factor is by dry mass, and the amount does not say what it is."""
    scene = Scene()
    wood = scene.fuel("wood", quantity={"moisture": "dry"})
    line = scene.line(wood, "100", "kilogram")
    line["amount"]["quantity"] = {"moisture": "dry"}
    draft = scene.product("module", [line])
    del draft["credentialSubject"]["inventory"][0]["amount"]["quantity"]
    module = scene.publish(draft)
    scene.anchor()
    return scene.files(module)


@case(failed(7))
def an_emission_s_amount_of_another_kind_fail() -> Files:
    """An own emission's amount is by gross, its direct factor by net calorific value."""
    scene = Scene()
    burnt = scene.direct("burnt", pcf=_KWH, quantity=_NET)
    line = {
        **scene.line(burnt, "100", "kilowatt hour"),
        "stage": "manufacturing",
        "source": {"emission": "CO2e", "factor": burnt.digest.hex()},
    }
    line["amount"]["quantity"] = _NET
    draft = scene.product("module", [line])
    draft["credentialSubject"]["inventory"][0]["amount"]["quantity"] = {"calorificValue": "gross"}
    module = scene.publish(draft)
    scene.anchor()
    return scene.files(module)


@case(verified(notices=1))
def a_kind_that_the_factor_does_not_say() -> Files:
    """The amount is by net calorific value, and the factor does not say what it is by: reported."""
    return _counted(_KWH, None, _NET)


@case(verified())
def an_amount_that_was_converted() -> Files:
    """A gross amount is converted by a stated value to the net that the factor is by."""
    converted = _converted("125", "kilowatt hour", "0.8", calorificValue="gross")
    return _counted(_KWH, _NET, {**_NET, "converted": converted})


@case(verified())
def a_volume_that_was_converted_between_two_states() -> Files:
    """Normal cubic metres as the ideal gas law gives them at 15 °C."""
    converted = _converted("100", "cubic meter", "1.055", state=_COLD)
    kind = {"state": _MILD}
    return _counted(_CUBIC, kind, {**kind, "converted": converted}, "105.5")


@case(failed(7))
def a_volume_that_was_converted_the_wrong_way_fail() -> Files:
    """Normal cubic metres that become fewer at 15 °C."""
    kind = {"state": _MILD}
    wrong = _converted("100", "cubic meter", "0.948", state=_COLD)
    return _counted(_CUBIC, kind, kind, "94.8", signed={**kind, "converted": wrong})


@case(failed(7))
def a_conversion_that_no_calorific_value_allows_fail() -> Files:
    """A gross amount that is larger as net."""
    scene = Scene()
    module = scene.publish(impossible_conversion(scene))
    scene.anchor()
    return scene.files(module)


@case(failed(7))
def an_amount_that_is_not_what_its_conversion_makes_fail() -> Files:
    """The amount is a last place beside converted.value times converted.by."""
    wrong = _converted("125", "kilowatt hour", "0.8000000001", calorificValue="gross")
    return _counted(_KWH, _NET, _NET, signed={**_NET, "converted": wrong})


@case(failed(7))
def a_net_amount_that_is_far_less_than_gross_fail() -> Files:
    """A tenth of the gross amount, as net: no fuel has so much hydrogen."""
    wrong = _converted("100", "kilowatt hour", "0.1", calorificValue="gross")
    return _counted(_KWH, _NET, _NET, "10", signed={**_NET, "converted": wrong})


@case(failed(7))
def a_conversion_that_only_makes_it_less_fail() -> Files:
    """A hundred kilowatt hours by net become ten by net."""
    wrong = _converted("100", "kilowatt hour", "0.1", **_NET)
    return _counted(_KWH, _NET, _NET, "10", signed={**_NET, "converted": wrong})


@case(failed(7))
def a_conversion_between_units_by_another_factor_fail() -> Files:
    """A megawatt hour is a hundred kilowatt hours."""
    wrong = _converted("1", "megawatt hour", "100", **_NET)
    return _counted(_KWH, _NET, _NET, signed={**_NET, "converted": wrong})


@case(verified())
def a_conversion_between_units_by_their_factor() -> Files:
    """A tenth of a megawatt hour is a hundred kilowatt hours."""
    right = _converted("0.1", "megawatt hour", "1000", **_NET)
    return _counted(_KWH, _NET, {**_NET, "converted": right})


@case(failed(7))
def a_dry_mass_that_is_hardly_any_fail() -> Files:
    """A thousandth of the wet mass is dry."""
    dry = {"moisture": "dry"}
    wrong = _converted("100", "kilogram", "0.001", moisture="wet")
    kilogram = {"declaredUnitOfMeasurement": "kilogram"}
    return _counted(kilogram, dry, dry, "0.1", signed={**dry, "converted": wrong})


@case(verified())
def a_gas_by_its_calorific_value() -> Files:
    """Ten normal cubic metres of gas hold a hundred kilowatt hours."""
    gas = _converted("10", "cubic meter", "10", state=_COLD)
    return _counted(_KWH, _NET, {**_NET, "converted": gas})


@case(failed(7))
def a_gas_by_a_calorific_value_that_none_has_fail() -> Files:
    """Ten normal cubic metres of gas hold a hundredth of a kilowatt hour in all."""
    wrong = _converted("10", "cubic meter", "0.001", state=_COLD)
    return _counted(_KWH, _NET, _NET, "0.01", signed={**_NET, "converted": wrong})


@case(failed(7))
def an_oil_by_a_calorific_value_that_none_has_fail() -> Files:
    """A litre of oil holds a hundred kilowatt hours."""
    wrong = _converted("1", "liter", "100")
    return _counted(_KWH, _NET, _NET, signed={**_NET, "converted": wrong})


@case(verified(notices=1))
def a_conversion_that_nothing_checks() -> Files:
    """Kilograms by pieces: told, and law 8 is not checkable."""
    pieces = _converted("10", "piece", "10")
    dry = {"moisture": "dry"}
    kilogram = {"declaredUnitOfMeasurement": "kilogram"}
    return _counted(kilogram, dry, {**dry, "converted": pieces})


@case(verified(notices=1))
def a_conversion_that_does_not_say_from_what() -> Files:
    """A dry mass is 0.8 of one of which nobody says how wet it is: told, and not checkable."""
    some = _converted("125", "kilogram", "0.8")
    dry = {"moisture": "dry"}
    kilogram = {"declaredUnitOfMeasurement": "kilogram"}
    return _counted(kilogram, dry, {**dry, "converted": some})


@case(failed(7))
def losses_twice_on_one_kilowatt_hour_fail() -> Files:
    """Losses stand beside electricity that has them, and a trace that lacks them."""
    scene = Scene()
    module = scene.publish(losses_twice(scene))
    scene.anchor()
    return scene.files(module)


@case(incomplete(7))
def an_assurance_that_does_not_name_law_8_fail() -> Files:
    """An auditor saw the hidden lines and does not say that their quantities are of one kind."""
    scene = Scene()
    module = scene.publish(gross_on_net(scene))
    scene.publish(scene.assurance(module, laws=[1, 2, 3, 4, 5, 6, 7]))
    scene.anchor()
    return scene.files(module, keep={module.digest: set()})


@case(verified())
def a_number_by_the_gross_calorific_value_of_a_gas_at_15_degrees() -> Files:
    """A number of a cubic meter of a gas says beside it at what state, and how its heat counts."""
    scene = Scene()
    unit = {"declaredUnitOfMeasurement": "cubic meter", "productMassPerDeclaredUnit": "0.7"}
    said = {"calorificValue": "gross", "state": "15 °C 101.325 kPa"}
    module = scene.part("module", [scene.gas()], pcf=unit, quantity=said)
    scene.anchor()
    return scene.files(module)
