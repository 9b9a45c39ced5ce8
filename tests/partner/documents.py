"""A partner's footprints, made up: PACT 3.0's form, Catena-X 9.0.0's, and what composing makes."""

from __future__ import annotations

import copy
import json
from typing import Any

from rootprint.ledger.intake.composing import compose
from rootprint.ledger.intake.inventory import parse_inventory
from rootprint.ledger.partner import Attested, PartnerFile, inventory_text, read_partner

RECEIVED = "2026-06-01T00:00:00Z"
MAKER = "did:web:maker.example"
_PACT: dict[str, Any] = {
    "specVersion": "3.0.4",
    "id": "91715e5e-fd0b-4d1c-8fab-76290c46e6ed",
    "created": "2026-01-15T09:30:00.000+08:00",
    "status": "Active",
    "companyName": "Profile Works (fictional)",
    "companyIds": ["urn:pact:profiles.example:company:1"],
    "productDescription": "Extruded profile",
    "productIds": ["urn:pact:profiles.example:product:7"],
    "productNameCompany": "Profile 7",
    "pcf": {
        "declaredUnitOfMeasurement": "kilogram",
        "declaredUnitAmount": "1",
        "productMassPerDeclaredUnit": "1",
        "referencePeriodStart": "2025-01-01T00:00:00+00:00",
        "referencePeriodEnd": "2026-01-01T08:00:00+08:00",
        "geographyCountry": "CN",
        "pcfExcludingBiogenicUptake": "8.25",
        "pcfIncludingBiogenicUptake": "8.15",
        "fossilCarbonContent": "0",
        "fossilGhgEmissions": "8.00",
        "biogenicNonCO2Emissions": "0.25",
        "biogenicCO2Uptake": "-0.10",
        "ipccCharacterizationFactors": ["AR6"],
        "crossSectoralStandards": ["ISO14067", "PACT-3.0"],
        "exemptedEmissionsPercent": "0",
        "exemptedEmissionsDescription": "",
        "packagingEmissionsIncluded": True,
        "ccsTechnologicalCO2CaptureIncluded": False,
        "primaryDataShare": "12.9",
        "dqi": {"technologicalDQR": "1.5", "geographicalDQR": "2.0", "temporalDQR": "1"},
    },
}


def pact(pcf: dict[str, Any] | None = None, **members: Any) -> dict[str, Any]:
    """Return a footprint of PACT 3.0; a member that is None is left out."""
    document = copy.deepcopy(_PACT) | members
    document["pcf"] |= pcf or {}
    document["pcf"] = {name: one for name, one in document["pcf"].items() if one is not None}
    return {name: one for name, one in document.items() if one is not None}


def catena_x(production: dict[str, Any] | None = None, **groups: Any) -> dict[str, Any]:
    """Return a PCF of Catena-X 9.0.0, each group an array of one item."""
    figures = {
        "fossilGhgEmissions": 7.5,
        "aircraftGhgEmissions": 0.5,
        "biogenicNonCO2Emissions": 0.25,
        "biogenicCO2Uptake": -0.1,
        "pcfExcludingBiogenicUptake": 8.25,
        "pcfIncludingBiogenicUptake": 8.15,
        **(production or {}),
    }
    assessed = {
        "idAndVersion": [{"id": _PACT["id"], "version": 0, "status": "Active",
                          "retroOrProspectivePcfType": "Retrospective PCF"}],
        "time": [{"created": "2026-01-15T01:30:00Z",
                  "referencePeriodStart": "2025-01-01T00:00:00Z",
                  "referencePeriodEnd": "2026-01-01T00:00:00Z"}],
        "geography": [{"geographyCountry": "CN", "geographyRegionOrSubregion": "Asia"}],
        "boundarySpecifications": [{"exemptedEmissionsPercent": 1.5}],
        "technology": [{"ccsTechnologicalCO2CaptureIncluded": False}],
    }  # fmt: skip
    method = {
        "standards": [{"crossSectoralStandards": ["ISO14067"]}],
        "gwpCharacterizationFactorDetails": [{"ipccCharacterizationFactors": "AR6"}],
        "massBalancingInformation": [{"massBalancingUsed": True,
                                      "massBalancingCertificateScheme": "Example scheme",
                                      "freeAttributionInMassBalancing": "false"}],
        "allocationInForeground": [{"allocationRulesDescription": "By mass",
                                    "allocationWasteIncineration": "cut-off"}],
    }  # fmt: skip
    quality = {
        "primaryDataShare": 56.12,
        "technologicalDQR": 2,
        "geographicalDQR": 2,
        "temporalDQR": 1.5,
        "secondaryEmissionFactorSources": ["Example data 3.8"],
    }
    return {
        "scopeOfPcfForm": [{"specVersion": "urn:io.catenax.pcf:datamodel:version:9.0.0",
                            "partialFullPcf": "Cradle-to-gate"}],
        "companyAndProductInformation": [{
            "companyInformation": [{"companyName": "Profile Works (fictional)",
                                    "companyIds": ["urn:BPNL000000000EX1"]}],
            "productInformation": [{"productIds": ["urn:profiles.example:product:7"],
                                    "productNameCompany": "Profile 7",
                                    "productDescription": "Extruded profile",
                                    "declaredUnitOfMeasurement": "kilogram",
                                    "declaredUnitAmount": 1.0,
                                    "productMassPerDeclaredUnit": 1}],
        }],
        "pcfAssessmentAndMethodology": [{"pcfAssessmentInformation": [assessed],
                                         "pcfMethodology": [method],
                                         "dataSourcesAndQuality": [quality]}],
        "productLifeCycleStagesAndEmissions": [{
            "productionStage": [figures],
            "packagingStage": [{"packagingEmissionsIncluded": True,
                                "packagingPcfExcludingBiogenicUptake": 0.2}],
            "distributionStage": [{"distributionStageIncluded": True,
                                   "distributionStagePcfExcludingBiogenicUptake": 0.15}],
        }],
        "carbonContent": [{"fossilCarbonContent": 0.1, "biogenicCarbonContent": 0.027,
                           "packagingBiogenicCarbonContent": 0.007}],
        "general": [{"comment": "Made up.", "pcfLegalStatement": "For information."}],
        **groups,
    }  # fmt: skip


def read(value: Any, **said: Any) -> PartnerFile:
    """Return what is made of a value written as JSON."""
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return read_partner(data, **{"received": RECEIVED, "where": "partner.json", **said})


def only(value: Any, **said: Any) -> Attested:
    """Return the one figure of a file in which nothing is refused."""
    found = read(value, **said)
    assert [str(note) for note in found.refused] == []
    assert len(found.taken) == 1
    return found.taken[0]


def refused(value: Any, **said: Any) -> str:
    """Return why the one footprint of a file is not taken in."""
    found = read(value, **said)
    assert found.taken == ()
    assert all(note.remedy for note in found.refused)
    return "; ".join(map(str, found.refused))


def places(one: Attested) -> list[str]:
    """Return where something was found."""
    return [note.place for note in one.findings]


def composed(one: Attested) -> tuple[dict[str, Any], list[str]]:
    """Return the draft that composing makes of a figure's file, and what composing found."""
    text = inventory_text(one, issuer=MAKER)
    found: list[str] = []

    def no_input(name: str) -> Any:
        raise AssertionError(name)

    inventory = parse_inventory(text.encode(), where="partner.yaml")
    draft = compose(inventory, MAKER, no_input, lambda finding: found.append(str(finding)))
    return draft, found
