"""Law 3: biogenic CO2 that a footprint to the gate holds needs a mass that can hold it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.conformance.casebook import Files, Scene, case, failed, verified
from tests.support.wrong import gas
from tests.support.wrong_columns import flow, recomputed

_MEMO = ("biogenicCO2Uptake", "biogenicCO2Emissions")
_GATE, _GRAVE = "cradle-to-gate", "cradle-to-grave"


def _of(pcf: dict[str, Any], **changes: Any) -> Files:
    """A factor of 2.5 kg of fossil CO2e and what ``pcf`` says; the totals follow from it."""
    scene = Scene()
    of = {name: Decimal(pcf.get(name, "0.00")) for name in (*_MEMO, "biogenicNonCO2Emissions")}
    net = Decimal("2.50") + of["biogenicNonCO2Emissions"]
    sums = {
        "pcfExcludingBiogenicUptake": str(net),
        "pcfIncludingBiogenicUptake": str(net + sum(of[name] for name in _MEMO)),
    }
    wood = scene.fuel("wood", pcf={**sums, **pcf}, **changes)
    scene.anchor()
    return scene.files(wood)


def _board(keep: set[str] | None) -> Files:
    """A board of one kilogram that took up five; it was composed to the grave."""
    scene = Scene()
    draft = scene.product("board", [gas("10"), flow("CO2_uptake", "5")], boundary=_GRAVE)
    draft["credentialSubject"]["boundary"] = _GATE
    board = scene.publish(draft)
    scene.publish(scene.assurance(board, laws=[1, 2, 3, 4, 5, 6, 7, 8]))
    scene.anchor()
    return scene.files(board, keep=None if keep is None else {board.digest: keep})


def _packed(*, included: bool) -> Files:
    return _of(
        {
            "biogenicCO2Uptake": "-3666.67",
            "packagingMassPerDeclaredUnit": "1000",
            "packagingEmissionsIncluded": included,
        }
    )


@case(failed(8))
def more_taken_up_than_a_kilogram_can_hold_fail() -> Files:
    """A kilogram took up 3.8 kg of CO2: more than 44/12 of a kilogram of carbon."""
    return _of({"biogenicCO2Uptake": "-3.80"})


@case(verified())
def as_much_taken_up_as_a_kilogram_can_hold() -> Files:
    """A kilogram took up 3.67 kg of CO2: 44/12, as it is printed with two places."""
    return _of({"biogenicCO2Uptake": "-3.67"})


@case(failed(8))
def more_taken_up_than_a_printed_figure_rounds_to_fail() -> Files:
    """A kilogram took up 5 kg of CO2, printed without places: rounding does not come to that."""
    return _of({"biogenicCO2Uptake": "-5"})


@case(failed(8))
def more_taken_up_than_the_lines_of_an_assured_board_can_hold_fail() -> Files:
    """The lines are open and recompute, and an auditor answers for them: the mass is too little."""
    return _board(None)


@case(failed(8))
def more_taken_up_than_a_board_of_hidden_lines_can_hold_fail() -> Files:
    """The lines are hidden and assured; what is open contradicts itself."""
    return _board(set())


@case(verified(notices=1))
def an_uptake_that_the_packaging_holds_too() -> Files:
    """A kilogram in 100 g of packaging took up 4 kg of CO2."""
    return _of({"biogenicCO2Uptake": "-4.00", "packagingMassPerDeclaredUnit": "0.1"})


@case(verified(notices=1))
def an_uptake_that_packaging_of_the_same_mass_holds() -> Files:
    """A kilogram took up 7.3 kg of CO2, and its packaging is said to weigh a kilogram too."""
    return _of({"biogenicCO2Uptake": "-7.30", "packagingMassPerDeclaredUnit": "1"})


@case(verified())
def an_uptake_that_was_set_free() -> Files:
    """What was taken up and set free again is not held."""
    return _of({"biogenicCO2Uptake": "-50.00", "biogenicCO2Emissions": "48.00"})


@case(verified())
def an_uptake_that_left_as_methane() -> Files:
    """Of 0.6 kg of carbon dioxide of an hour's work nothing is held: it left as methane."""
    return _of(
        {
            "declaredUnitOfMeasurement": "hour",
            "productMassPerDeclaredUnit": "0",
            "biogenicCO2Uptake": "-0.60",
            "biogenicNonCO2Emissions": "5.50",
        }
    )


@case(failed(8))
def an_uptake_of_what_weighs_nothing_fail() -> Files:
    """An hour's work has no mass, so it holds no carbon."""
    return _of(
        {
            "declaredUnitOfMeasurement": "hour",
            "productMassPerDeclaredUnit": "0",
            "biogenicCO2Uptake": "-0.60",
        }
    )


@case(verified())
def an_uptake_of_a_fuel_by_its_energy() -> Files:
    """A megajoule of wood: a mass of 0, as PACT wants it, says nothing of a fuel."""
    return _of(
        {
            "declaredUnitOfMeasurement": "megajoule",
            "productMassPerDeclaredUnit": "0",
            "biogenicCO2Uptake": "-0.11",
        }
    )


@case(failed(8))
def an_uptake_of_a_fuel_of_a_stated_mass_fail() -> Files:
    """A megajoule of wood that weighs 20 g took up 0.15 kg of CO2."""
    return _of(
        {
            "declaredUnitOfMeasurement": "megajoule",
            "productMassPerDeclaredUnit": "0.02",
            "biogenicCO2Uptake": "-0.15",
        }
    )


@case(verified())
def an_uptake_of_dry_mass() -> Files:
    """A kilogram of dry mass took up 1.8 kg of CO2, whatever it weighs with its water."""
    return _of({"biogenicCO2Uptake": "-1.80"}, quantity={"moisture": "dry"})


@case(failed(8))
def more_taken_up_than_a_dry_kilogram_can_hold_fail() -> Files:
    """A kilogram of dry mass weighs a tonne with its water, which holds no carbon."""
    pcf = {"biogenicCO2Uptake": "-3666.67", "productMassPerDeclaredUnit": "1000"}
    return _of(pcf, quantity={"moisture": "dry"})


@case(failed(8))
def an_uptake_that_packaging_left_out_holds_fail() -> Files:
    """A tonne of packaging would hold it, but its emissions are left out, and so its uptake."""
    return _packed(included=False)


@case(verified(notices=1))
def an_uptake_that_heavier_packaging_holds() -> Files:
    """A kilogram in a tonne of packaging: its emissions count, and a notice names both masses."""
    return _packed(included=True)


@case(failed(8))
def more_taken_up_in_a_gram_than_figures_without_places_hide_fail() -> Files:
    """A gram took up 6 kg of CO2 and set free 0, both printed without places."""
    return _of(
        {
            "declaredUnitOfMeasurement": "piece",
            "productMassPerDeclaredUnit": "0.001",
            "biogenicCO2Uptake": "-6",
            "biogenicCO2Emissions": "0",
        }
    )


@case(failed(8))
def more_taken_up_in_a_cup_than_three_digits_hide_fail() -> Files:
    """A cup of 10 g took up 6 kg of CO2; its gross of 100 kg leaves its cells without places."""
    scene = Scene()
    piece = {"declaredUnitOfMeasurement": "piece", "productMassPerDeclaredUnit": "5"}
    draft = scene.product("cup", [gas("100"), flow("CO2_uptake", "6")], pcf=piece)
    subject = draft["credentialSubject"]
    subject["computedWith"]["digits"] = 3
    recomputed(draft)
    subject["pcf"]["productMassPerDeclaredUnit"] = "0.01"
    cup = scene.publish(draft)
    scene.anchor()
    return scene.files(cup)


@case(verified())
def an_uptake_that_is_held_to_the_grave() -> Files:
    """What stays stored at the grave is no question of the product's mass."""
    return _of({"biogenicCO2Uptake": "-50.00"}, boundary=_GRAVE)
