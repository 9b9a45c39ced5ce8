"""Disclosed values that break the rule of their place: signed, and yet not to be counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.canonical import encode
from rootprint.ledger.core.encoding import b64url, sha256
from rootprint.ledger.core.sdjwt import disclose, placeholder
from tests.conformance.casebook import (
    Files,
    Payload,
    Scene,
    case,
    failed,
    not_readable,
    rewritten,
)
from tests.conformance.catalogue.by_table import enter

if TYPE_CHECKING:
    from collections.abc import Callable

Line = dict[str, Any]


def _place(named: tuple[str, Any]) -> Files:
    """Let the one slot of a member open this value."""
    name, value = named
    return _text(name, disclose(value).encoded)


def _text(name: str, encoded: str) -> Files:
    scene = Scene()

    def change(payload: Payload) -> None:
        slot = placeholder(b64url(sha256(encoded.encode())))
        payload["credentialSubject"][name] = [slot]

    draft = scene.product("part", [scene.gas()])
    subject = scene.spoil(draft, change, disclosures=(encoded,))
    scene.anchor()
    return scene.files(subject, scene.whole(subject))


def _line(change: Callable[[Line], object]) -> Files:
    """Let a line's slot open the line with a change."""
    scene = Scene()
    draft = scene.product("part", [scene.gas()])
    [(index, line)] = scene.sign(draft).opened.lines.items()
    change(line)
    shown = disclose(line)

    def put(payload: Payload) -> None:
        payload["credentialSubject"]["inventory"][index] = placeholder(shown.digest)

    subject = scene.spoil(draft, put, disclosures=(shown.encoded,))
    scene.anchor()
    return scene.files(subject, scene.whole(subject))


def _land(years: int, **more: str) -> Line:
    """A source of land that was changed."""
    return {"landUseChange": {"before": "120", "after": "45", "years": years, **more}}


_SPREAD: dict[str, Any] = {"distribution": "lognormal", "statedValue": "1.0"}
_TWO_WIDTHS: dict[str, Any] = {
    **_SPREAD,
    "geometricStandardDeviation": "1.2",
    "interval": {"lower": "0.8", "upper": "1.2", "percent": "95"},
}
_FLOWN = {
    "published": "1.13",
    "per": "ton kilometer",
    "component": "aircraftGhgEmissions",
    "reference": "Freight flights, 2025",
}
_FIGURE = {
    "published": "1.0",
    "per": "kilogram",
    "component": "fossilGhgEmissions",
    "reference": "An example, table 1",
}
_RATINGS = {"technologicalDQR": "1", "geographicalDQR": "1", "temporalDQR": "5.1"}

enter(
    failed(6),
    _place,
    {
        "a_shape_that_falls_fail": (
            "The shape names its lines in falling order.",
            ("inventoryShape", [3, 1]),
        ),
        "a_shape_that_names_a_line_twice_fail": (
            "The shape names one line twice.",
            ("inventoryShape", [1, 1]),
        ),
        "a_shape_beyond_the_inventory_fail": (
            "The shape names line 8 of slots 0 to 7.",
            ("inventoryShape", [8]),
        ),
        "cells_without_a_stage_fail": (
            "The cells are an object without a member.",
            ("cells", {}),
        ),
        "cells_of_a_stage_without_a_component_fail": (
            "A stage of the cells is an object without a member.",
            ("cells", {"manufacturing": {}}),
        ),
        "cells_of_a_component_that_is_not_known_fail": (
            "A cell is of a component that is not in the list.",
            ("cells", {"manufacturing": {"offsets": "-1.00000"}}),
        ),
        "a_spread_without_a_width_fail": (
            "An uncertainty says its distribution and no width.",
            ("uncertainty", _SPREAD),
        ),
        "a_spread_with_two_widths_fail": (
            "An uncertainty has a standard deviation and an interval.",
            ("uncertainty", _TWO_WIDTHS),
        ),
    },
)
enter(
    failed(6),
    _line,
    {
        "a_certificate_of_a_later_unicode_fail": (
            "A certificate's number has a letter of Unicode 16.0, whose other case is U+0264.",
            lambda line: line.update(
                electricity="contract",
                certificate={"registry": "Example registry", "id": "W-\ua7cb", "MWh": "1"},
            ),
        ),
        "a_line_with_two_sources_fail": (
            "A line names a gas and a published figure.",
            lambda line: line["source"].update(published="1.0"),
        ),
        "a_line_without_a_source_fail": (
            "A line names nothing that it comes from.",
            lambda line: line.update(source={}),
        ),
        "a_negative_line_fail": (
            "A line takes fossil emissions off the total, whatever method it names: an offset.",
            lambda line: line["result"].update(fossilGhgEmissions="-1.000000000"),
        ),
        "a_published_line_of_what_no_total_adds_fail": (
            "A line is a published figure of aircraft emissions alone, which no total adds.",
            lambda line: line.update(source=_FLOWN, result={"aircraftGhgEmissions": "1.130000000"}),
        ),
        "a_published_line_of_a_list_of_components_fail": (
            "A published line's component is a list, where one name stands.",
            lambda line: line.update(source={**_FIGURE, "component": []}),
        ),
        "a_removal_that_adds_fail": (
            "A line's removal is positive, and would be an emission that no gross shows.",
            lambda line: line.update(result={"technologicalCO2Removals": "1.000000000"}),
        ),
        "a_removal_without_evidence_fail": (
            "A line removes CO2 from the air and does not say how anybody knows.",
            lambda line: line.update(
                source={"gas": "CO2_land_management_removal", "set": "AR6"},
                result={"landManagementBiogenicCO2Removals": "-0.040000000"},
            ),
        ),
        "a_technological_removal_that_is_stored_nowhere_fail": (
            "A line removes CO2 by a technology and does not say where it is stored.",
            lambda line: line.update(
                source={"gas": "CO2_technological_removal", "set": "AR6"},
                result={"technologicalCO2Removals": "-0.040000000"},
                removal={"method": "Mineralised", "evidence": "A report"},
            ),
        ),
        "a_capture_that_is_stored_nowhere_fail": (
            "A line captures CO2 and does not say how much of it is stored.",
            lambda line: line.update(
                source={"gas": "CO2_captured", "set": "AR6"},
                result={"ccsTechnologicalCO2Capture": "-0.040000000"},
                removal={"method": "Amine scrubber", "evidence": "A report"},
            ),
        ),
        "a_credit_of_a_measured_gas_fail": (
            "A line credits a gas: what is displaced is a footprint or a published figure.",
            lambda line: line.update(
                allocation={"method": "substitution"},
                result={"substitutionCredits": "-1.192000000"},
            ),
        ),
        "a_credit_of_a_negative_figure_fail": (
            "A credit's published figure is negative, where the burden that is displaced stands.",
            lambda line: line.update(
                allocation={"method": "substitution"},
                source={**_FIGURE, "published": "-1.0"},
                result={"substitutionCredits": "-0.040000000"},
            ),
        ),
        "a_credit_that_names_no_substitution_fail": (
            "A published line is of credits, and names no method that gives them.",
            lambda line: line.update(
                source={**_FIGURE, "component": "substitutionCredits"},
                result={"substitutionCredits": "-0.040000000"},
            ),
        ),
        "a_credit_that_adds_fail": (
            "A credit is positive, and would be an emission that no gross shows.",
            lambda line: line.update(
                allocation={"method": "substitution"},
                source=_FIGURE,
                result={"substitutionCredits": "0.040000000"},
            ),
        ),
        "a_difference_that_a_line_claims_fail": (
            "A published line is of a publication's difference, which only a publication has.",
            lambda line: line.update(
                source={**_FIGURE, "component": "publicationDifference"},
                result={"publicationDifference": "0.040000000"},
            ),
        ),
        "a_rating_beyond_5_fail": (
            "A line rates its data at 5.1, of 1 to 5.",
            lambda line: line.update(quality=_RATINGS),
        ),
        "land_use_change_over_more_than_twenty_years_fail": (
            "Forty years halve what is charged, and no harvest period is named that is so long.",
            lambda line: line.update(source=_land(40)),
        ),
        "land_use_change_over_a_harvest_period_of_no_name_fail": (
            "A harvest period of forty years is named by a blank.",
            lambda line: line.update(source=_land(40, harvestPeriod=" ")),
        ),
        "land_use_change_over_more_than_a_hundred_years_fail": (
            "No harvest period is longer than a hundred years.",
            lambda line: line.update(source=_land(101, harvestPeriod="oak, felled at 101 years")),
        ),
        "land_use_change_over_less_than_twenty_years_fail": (
            "Twenty years are the least, whatever the harvest period is.",
            lambda line: line.update(source=_land(19, harvestPeriod="poplar, felled at 19 years")),
        ),
        "an_allocation_that_is_not_known_fail": (
            "A line names an allocation method of its own.",
            lambda line: line.update(allocation={"method": "by taste"}),
        ),
    },
)


@case(failed(6))
def a_disclosure_of_three_values_fail() -> Files:
    """A disclosure is an array of salt, name and value, as an object member's would be."""
    named = [b64url(bytes(16)), "cells", {"manufacturing": {"fossilGhgEmissions": "1.19200"}}]
    return _text("cells", b64url(encode(named)))


@case(not_readable())
def a_disclosure_that_is_not_canonical_fail() -> Files:
    """A disclosure has a space in it, so that one value would have two texts."""
    files = _place(("cells", {"manufacturing": {"fossilGhgEmissions": "1.19200"}}))
    spaced = rewritten(files.evidence, b'{"manufacturing":{', b'{"manufacturing": {')
    return Files(spaced, files.trust, files.chain)
