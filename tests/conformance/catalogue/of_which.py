"""Figures that are a part of others: in no sum, and so never more than what they are a part of."""

from __future__ import annotations

from rootprint.ledger.core.encoding import digest_text
from tests.conformance.casebook import Files, Payload, Scene, case, failed, verified
from tests.conformance.catalogue.by_table import enter

Figures = dict[str, str]
_FLOWN = "aircraftGhgEmissions"
_FARMED = "landManagementFossilGhgEmissions"
_PACKED = "packagingGhgEmissions"
_WHOLE = ("fossilGhgEmissions", "pcfExcludingBiogenicUptake", "pcfIncludingBiogenicUptake")


def _factor(figures: Figures) -> Files:
    """A factor of 2.5 kg, all of it fossil unless ``figures`` say otherwise, asked about."""
    scene = Scene()

    def change(payload: Payload) -> None:
        payload["credentialSubject"]["pcf"] |= figures

    factor = scene.spoil(scene.factor("flight"), change)
    scene.anchor()
    evidence = scene.whole(factor)
    return scene.files(factor, evidence, expect={"digest": digest_text(factor.digest)})


enter(
    failed(1),
    _factor,
    {
        "more_flown_than_all_that_is_fossil_fail": (
            "A factor states more aircraft emissions than fossil ones, which they are a part of.",
            {_FLOWN: "2.6"},
        ),
        "what_is_flown_stands_beside_a_total_of_zero_fail": (
            "A factor states aircraft emissions alone, which no total counts.",
            {_FLOWN: "113", **dict.fromkeys(_WHOLE, "0")},
        ),
        "more_fossil_of_land_management_than_all_that_is_fossil_fail": (
            "Fossil emissions of land management are more than the fossil ones.",
            {_FARMED: "2.500000000000000000000000000000001"},
        ),
        "more_of_packaging_than_all_that_is_emitted_fail": (
            "Emissions of packaging are more than those of all kinds, removals apart.",
            {_PACKED: "2.6"},
        ),
    },
)
enter(
    verified(),
    _factor,
    {
        "all_that_is_fossil_was_flown": (
            "Aircraft emissions are all of the fossil ones, with other places.",
            {_FLOWN: "2.500", _FARMED: "2.5", _PACKED: "0"},
        ),
        "packaging_beyond_what_is_fossil": (
            "Emissions of packaging are of all kinds, and more than the fossil ones.",
            {
                _PACKED: "2.6",
                "landUseChangeGhgEmissions": "0.1",
                "pcfExcludingBiogenicUptake": "2.6",
                "pcfIncludingBiogenicUptake": "2.6",
            },
        ),
    },
)
enter(
    verified(notices=1),
    _factor,
    {
        "packaging_that_a_removal_does_not_lessen": (
            "Emissions of packaging are more than the total, from which a removal is taken.",
            {
                _PACKED: "2.5",
                "technologicalCO2Removals": "-1.0",
                "pcfExcludingBiogenicUptake": "1.5",
                "pcfIncludingBiogenicUptake": "1.5",
            },
        ),
    },
)


@case(verified())
def a_published_line_of_air_freight_that_is_fossil() -> Files:
    """A published figure of air freight is given as the fossil emissions that it is."""
    scene = Scene()
    freight = {
        "stage": "raw-material",
        "description": "air freight",
        "amount": {"value": "100", "unit": "ton kilometer"},
        "source": {
            "published": "1.13",
            "per": "ton kilometer",
            "component": "fossilGhgEmissions",
            "reference": "Freight flights, 2025",
        },
        "primary": False,
    }
    part = scene.part("part", [freight, scene.gas()])
    scene.anchor()
    return scene.files(part)
