"""Catena-X's three stages in figures, kilograms of CO2e or of carbon per declared unit.

The model's letters: A fossil, C biogenic other than CO2, D biogenic CO2 uptake (negative), E land
use change, F and G land management's CO2 (G negative), H aircraft; T2 = A+C+E+F+G+H excludes the
uptake, T1 = T2+D includes it. H is apart from A here, while in PACT and in a statement aircraft
emissions are a part of the fossil ones: A is what is left of them.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema.components import (
    AIRCRAFT,
    CAPTURE,
    FOSSIL,
    TECHNOLOGICAL_REMOVALS,
    UPTAKE,
)
from rootprint.ledger.exchange.figures import exact_sum, figures, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.canonical import Json

FORM: Final = "Catena-X"
_CARRIED: Final = (
    "biogenicNonCO2Emissions",
    UPTAKE,
    "landUseChangeGhgEmissions",
    "landManagementBiogenicCO2Emissions",
    "landManagementBiogenicCO2Removals",
)


def stages(pcf: Mapping[str, Json]) -> dict[str, Json]:
    """Return production, distribution and packaging.

    Raises Refused for credits, for CO2 that technology captures or removes and for a total below
    zero, none of which the model has a member for.
    """
    return {
        "productionStage": [_production(pcf)],
        "distributionStage": [_distribution(pcf)],
        "packagingStage": [_packaging(pcf)],
    }


def carbon(pcf: Mapping[str, Json]) -> dict[str, Json]:
    """Return carbon contents; in the model the biogenic one includes that of the packaging."""
    said = {
        name: Decimal(pcf[name])
        for name in (
            "fossilCarbonContent",
            "biogenicCarbonContent",
            "packagingBiogenicCarbonContent",
            "recycledCarbonContent",
        )
        if name in pcf
    }
    if {"biogenicCarbonContent", "packagingBiogenicCarbonContent"} <= said.keys():
        both = (said["biogenicCarbonContent"], said["packagingBiogenicCarbonContent"])
        said["biogenicCarbonContent"] = exact_sum(both)
    if "biogenicCarbonContent" in said:
        both = (said["fossilCarbonContent"], said["biogenicCarbonContent"])
        said["carbonContentTotal"] = exact_sum(both)
    return dict(said)


def _production(pcf: Mapping[str, Json]) -> dict[str, Json]:
    found = figures(pcf, FORM)
    for name in (CAPTURE, TECHNOLOGICAL_REMOVALS):
        if found.components.get(name):
            message = (
                f"credentialSubject.pcf.{name} is {pcf[name]} kg CO2e, and {FORM} has no member "
                "for it: its total would be one that its own parts do not add up to"
            )
            raise Refused(message, remedy="give the statement itself, or its PACT view")
    if found.excluding < 0:
        message = (
            f"credentialSubject.pcf.pcfExcludingBiogenicUptake is {plain(found.excluding)}, and "
            f"{FORM} takes no total below zero"
        )
        raise Refused(message, remedy="give the statement itself, or its PACT view")
    aircraft = found.components.get(AIRCRAFT)
    added = {
        FOSSIL: exact_sum((found.components[FOSSIL], -(aircraft or Decimal(0)))),
        **({AIRCRAFT: aircraft} if aircraft is not None else {}),
        **{name: found.components[name] for name in _CARRIED if name in found.components},
    }
    totals = {
        "pcfExcludingBiogenicUptake": found.excluding,
        "pcfIncludingBiogenicUptake": found.including,
    }
    _require_sums(totals, added)
    return totals | added


def _require_sums(totals: Mapping[str, Decimal], added: Mapping[str, Decimal]) -> None:
    """Refuse totals that are not T2 and T1: the statement broke law 1, and no view repairs it."""
    for name, left_out in zip(totals, ((UPTAKE,), ()), strict=True):
        found = exact_sum(value for part, value in added.items() if part not in left_out)
        if found != totals[name]:
            message = (
                f"credentialSubject.pcf.{name} is {plain(totals[name])}, and its parts add up to "
                f"{plain(found)}"
            )
            raise Refused(message, remedy="its issuer can supersede it by one whose parts add up")


def _distribution(pcf: Mapping[str, Json]) -> dict[str, Json]:
    """Outbound transport stands beside the production total in both forms."""
    name = "outboundLogisticsGhgEmissions"
    if name not in pcf:
        return {"distributionStageIncluded": False}
    return {
        "distributionStageIncluded": True,
        "distributionStagePcfExcludingBiogenicUptake": Decimal(pcf[name]),
    }


def _packaging(pcf: Mapping[str, Json]) -> dict[str, Json]:
    """Packaging is inside the production total in both forms, and reported again here."""
    included, name = pcf["packagingEmissionsIncluded"], "packagingGhgEmissions"
    if name in pcf and not included:
        message = (
            f"credentialSubject.pcf.{name} is given though packagingEmissionsIncluded is false"
        )
        raise Refused(message, remedy="its issuer can supersede it by a statement without this")
    figure = {"packagingPcfExcludingBiogenicUptake": Decimal(pcf[name])} if name in pcf else {}
    return {"packagingEmissionsIncluded": included, **figure}
