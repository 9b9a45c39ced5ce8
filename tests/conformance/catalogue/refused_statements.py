"""Statements that break a rule of the closed member lists, rightly signed, logged and anchored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.encoding import b64url, digest_text
from rootprint.ledger.core.schema.kinds import CREDENTIAL, FOOTPRINT
from tests.conformance.casebook import Files, Payload, Scene, case, failed, verified
from tests.conformance.catalogue.by_table import enter

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.core.statement import Statement


def _files(scene: Scene, subject: Statement) -> Files:
    """Return the case's files; the digest is expected, since the rest may be unreadable."""
    scene.anchor()
    return scene.files(
        scene.sign(scene.product("module", [scene.gas()])),
        scene.whole(subject),
        expect={"digest": digest_text(subject.digest)},
    )


def _product(change: Callable[[Payload], object]) -> Files:
    scene = Scene()
    draft = scene.product("module", [scene.gas()])
    return _files(scene, scene.spoil(draft, lambda payload: _do(change, payload)))


def _do(change: Callable[[Payload], object], payload: Payload) -> None:
    change(payload)


def _factor(change: Callable[[Payload], object]) -> Files:
    scene = Scene()
    return _files(
        scene, scene.spoil(scene.factor("fuel"), lambda payload: _do(change, _subject(payload)))
    )


def _subject(payload: Payload) -> Payload:
    inner: Payload = payload["credentialSubject"]
    return inner


def _in(change: Callable[[Payload], object]) -> Callable[[Payload], object]:
    return lambda payload: change(_subject(payload))


def _set(**members: Any) -> Callable[[Payload], object]:
    return lambda payload: _subject(payload).update(members)


def _pcf(**members: Any) -> Callable[[Payload], object]:
    return lambda payload: _subject(payload)["pcf"].update(members)


def _slot(value: Any) -> Callable[[Payload], object]:
    return lambda payload: _subject(payload)["inventory"].__setitem__(0, value)


enter(
    failed(1),
    _product,
    {
        "a_text_of_spaces_fail": (
            "A description is there and says nothing.",
            _set(productDescription="  "),
        ),
        "a_product_by_the_piece_that_says_maintenance_fail": (
            "A motor by the piece says that it is maintenance.",
            lambda payload: (
                _set(service="maintenance")(payload),
                _pcf(declaredUnitOfMeasurement="piece", productMassPerDeclaredUnit="0")(payload),
            ),
        ),
        "a_text_of_a_later_unicode_fail": (
            "A description has a letter that Unicode has since version 16.0.",
            _set(productDescription="Module \ua7cb"),
        ),
        "a_text_of_a_code_point_that_is_no_character_fail": (
            "A description has U+FFFF, which no version of Unicode assigns.",
            _set(productDescription="Module \uffff"),
        ),
        "a_word_in_place_of_true_or_false_fail": (
            "Whether packaging is included is said as yes.",
            _pcf(packagingEmissionsIncluded="yes"),
        ),
        "an_id_in_capitals_fail": (
            "The statement's id is a UUID in capitals.",
            lambda payload: payload.update(id="urn:uuid:" + payload["id"][9:].upper()),
        ),
        "a_boundary_that_products_do_not_have_fail": (
            "A product is from gate to gate, which only a factor may be.",
            _set(boundary="gate-to-gate"),
        ),
        "a_negative_emission_fail": (
            "Fossil emissions are below zero.",
            _pcf(fossilGhgEmissions="-1.0"),
        ),
        "a_positive_removal_fail": (
            "A removal is above zero, and would add to the total.",
            _pcf(technologicalCO2Removals="1.0"),
        ),
        "a_declared_amount_of_zero_fail": (
            "The footprint is of none of the product.",
            _pcf(declaredUnitAmount="0"),
        ),
        "a_percentage_beyond_100_fail": (
            "More than all emissions are exempted.",
            _pcf(exemptedEmissionsPercent="100.1"),
        ),
        "a_minus_zero_fail": (
            "A total is written as minus zero.",
            _pcf(pcfIncludingBiogenicUptake="-0.0"),
        ),
        "a_digest_that_is_a_number_fail": (
            "The tables that it was computed with are named by a number.",
            lambda payload: _subject(payload)["computedWith"].update(tables=7),
        ),
        "a_time_that_is_a_number_fail": (
            "The validity begins at a number.",
            lambda payload: payload.update(validFrom=1_790_000_000),
        ),
        "a_time_with_fractions_fail": (
            "The validity begins within a second.",
            lambda payload: payload.update(validFrom="2026-01-01T00:00:00.5Z"),
        ),
        "a_validity_that_ends_where_it_begins_fail": (
            "The statement would hold at no time but one.",
            lambda payload: payload.update(validUntil=payload["validFrom"]),
        ),
        "a_product_id_that_is_no_urn_fail": (
            "The product is named by a web address.",
            _set(productIds=["https://maker.example/module"]),
        ),
        "a_product_id_twice_fail": (
            "One product id stands twice.",
            _in(lambda subject: subject.update(productIds=2 * subject["productIds"])),
        ),
        "a_product_by_the_kilogram_that_says_transport_fail": (
            "Steel by the kilogram says that it is transport, which is counted otherwise.",
            _set(service="transport"),
        ),
        "a_list_in_place_of_an_object_fail": (
            "The pcf is an array.",
            _set(pcf=[]),
        ),
        "a_slot_in_the_open_fail": (
            "A line's slot is text and no placeholder.",
            _slot("open"),
        ),
        "a_slot_with_a_short_digest_fail": (
            "A placeholder holds 16 bytes.",
            _slot({"...": b64url(bytes(16))}),
        ),
        "a_slot_in_no_base64_fail": (
            "A placeholder ends with bits that mean nothing and are not zero.",
            _slot({"...": 42 * "A" + "B"}),
        ),
        "twelve_slots_fail": (
            "There are more than eight slots, and not a power of two.",
            _in(
                lambda subject: subject["inventory"].extend(
                    {"...": b64url(bytes([number]) * 32)} for number in range(4)
                )
            ),
        ),
        "a_role_that_does_not_exist_fail": (
            "The subject is neither a product nor a factor.",
            _set(role="service"),
        ),
        "two_geographies_fail": (
            "The country stands beside a region.",
            _pcf(geographyRegionOrSubregion="Asia"),
        ),
        "a_reference_period_that_runs_backwards_fail": (
            "The reference period ends before it starts.",
            _pcf(referencePeriodEnd="2024-12-31T00:00:00Z"),
        ),
        "a_characterization_set_twice_fail": (
            "AR6 is named twice, with shares that make a whole.",
            _set(characterizationSets=2 * [{"set": "AR6", "share": "50.0000"}]),
        ),
        "a_report_of_which_no_line_is_fail": (
            "Its gases are by AR6, and PACT's attribute names AR5.",
            _pcf(ipccCharacterizationFactors=["AR5"]),
        ),
        "a_mix_of_sets_stated_as_one_fail": (
            "Half of it is by AR4, and PACT's attribute names AR6 alone.",
            _set(
                characterizationSets=[
                    {"set": "AR4", "share": "50.0000"},
                    {"set": "AR6", "share": "50.0000"},
                ]
            ),
        ),
        "a_type_too_many_fail": (
            "The statement says two kinds of itself.",
            lambda payload: payload.update(type=[CREDENTIAL, FOOTPRINT, "AssuranceStatement"]),
        ),
        "a_log_that_is_no_text_fail": (
            "The log that it is meant for is a number.",
            lambda payload: payload.update(log=7),
        ),
        "a_log_without_a_name_fail": (
            "The log that it is meant for has a plus in its name.",
            lambda payload: payload.update(log="log+rootprint"),
        ),
        "a_decimal_of_35_digits_fail": (
            "A mass has one digit more than every reader keeps.",
            _pcf(biogenicCarbonContent="0." + 35 * "3"),
        ),
        "a_urn_of_256_characters_fail": (
            "A classification is a character longer than it may be.",
            _set(productClassifications=["urn:example:" + 244 * "c"]),
        ),
        "sixty_five_preceding_statements_fail": (
            "It names one preceding statement more than it may.",
            _set(precedingStatements=[digest_text(bytes([n]) * 32) for n in range(65)]),
        ),
    },
)
enter(
    verified(),
    _product,
    {
        "a_decimal_of_34_digits": (
            "A mass has as many digits as it may.",
            _pcf(biogenicCarbonContent="0." + 34 * "3"),
        ),
        "a_text_of_unicode_14": (
            "A description has letters that Unicode has since version 14.0, and private ones.",
            _set(productDescription="组件 \ua7d1 \U0001df1e \U0002b738 \ue000 \U0010fffd"),
        ),
        "a_urn_of_255_characters": (
            "A classification is as long as it may be.",
            _set(productClassifications=["urn:example:" + 243 * "c"]),
        ),
    },
)
enter(
    failed(1),
    _factor,
    {
        "a_factor_per_a_unit_that_is_not_known_fail": (
            "A factor is per pound.",
            lambda subject: subject["pcf"].update(declaredUnitOfMeasurement="pound"),
        ),
        "a_factor_of_electricity_that_leaves_transmission_open_fail": (
            "A factor per kilowatt hour does not say whether transmission is in it.",
            lambda subject: subject["pcf"].update(declaredUnitOfMeasurement="kilowatt hour"),
        ),
        "a_fuel_that_says_it_includes_transmission_fail": (
            "A factor by net calorific value says whether transmission is in it.",
            lambda subject: subject.update(
                quantity={"calorificValue": "net"}, includesTransmission=False
            ),
        ),
        "a_service_that_weighs_something_fail": (
            "An hour of storage weighs a kilogram.",
            lambda subject: subject.update(
                service="storage",
                pcf={
                    **subject["pcf"],
                    "declaredUnitOfMeasurement": "hour",
                    "productMassPerDeclaredUnit": "1",
                },
            ),
        ),
        "a_service_that_holds_carbon_fail": (
            "The treatment of a kilogram of waste holds carbon, as a product does.",
            lambda subject: subject.update(
                service="waste-treatment", pcf={**subject["pcf"], "fossilCarbonContent": "0.02"}
            ),
        ),
        "a_fuel_that_says_it_is_energy_fail": (
            "A fuel by its net calorific value says that it is a service.",
            lambda subject: subject.update(
                service="energy",
                quantity={"calorificValue": "net"},
                pcf={**subject["pcf"], "declaredUnitOfMeasurement": "megajoule"},
            ),
        ),
        "a_factor_with_half_an_inventory_fail": (
            "A factor has a shape and no inventory.",
            lambda subject: subject.update(inventoryShape=[{"...": b64url(b"\1" * 32)}]),
        ),
        "a_factor_that_leaves_out_its_report_fail": (
            "A factor rests on AR6, and PACT's attribute, which it may leave out, names AR4.",
            lambda subject: subject["pcf"].update(ipccCharacterizationFactors=["AR4"]),
        ),
        "a_factor_that_calls_itself_primary_fail": (
            "A factor has a share of primary data, and is secondary data.",
            lambda subject: subject["pcf"].update(primaryDataShare="10"),
        ),
    },
)


@case(failed(1))
def an_issuer_in_capitals_fail() -> Files:
    """The issuer's DID has a capital letter, which another reader may not tell apart."""
    scene = Scene()
    draft = scene.product("module", [scene.gas()])
    shown = scene.keys[draft["issuer"]]
    return _files(
        scene,
        scene.spoil(
            draft, lambda payload: payload.update(issuer="did:web:Maker.example"), key=shown
        ),
    )


@case(failed(1))
def a_supersession_by_nothing_fail() -> Files:
    """The statement asked about says superseded, and not by what."""
    scene = Scene()
    words = {"state": "withdrawn", "reason": "A newer one is there."}
    draft = scene.about("StatusStatement", scene.part(), **words)
    return _files(
        scene, scene.spoil(draft, lambda payload: _subject(payload).update(state="superseded"))
    )
