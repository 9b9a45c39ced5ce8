"""A product statement as a Catena-X PCF of the semantic model 9.0.0: a view, nothing signed anew.

Source: the JSON schema of ``urn:samm:io.catenax.pcf:9.0.0#Pcf`` (Catena-X Automotive Network, CC BY
4.0) and the descriptions in it. Every group there is an array; here each has one item. Numbers are
JSON numbers, so the document holds ``Decimal`` and ``jsontext.written`` writes them digit by digit.
Only open members are read. docs/catena-x.md has the table.
"""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.exchange import catena_x_company, catena_x_figures, catena_x_said, product
from rootprint.ledger.exchange.remarks import single_set

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.canonical import Json
    from rootprint.ledger.core.statement import Statement

SPEC_VERSION: Final = "urn:io.catenax.pcf:datamodel:version:9.0.0"
FORM: Final = "Catena-X"
MOST_EXEMPTED: Final = 10  # percent: ExemptedEmissionsPercentTrait
_NO_UNIT: Final = "megabit second"  # the model has megabit and second apart
_MASS_BALANCE: Final = "mass-balance"


def footprint(
    statement: Statement, record: Mapping[str, Json], *, status: str = "Active"
) -> dict[str, Json]:
    """Return the PCF as JSON values and ``Decimal``; the caller may keep and change them.

    ``statement``, ``record`` and ``status`` are as for ``pact.footprint``. Raises Refused, with who
    can fix it, for anything but a cradle-to-gate product of the issuer, one that is withdrawn or
    superseded, a prospective one, figures that the model has no member for, and values beyond its
    bounds.
    """
    product.require(statement, record, FORM)
    _require_current(status)
    subject = statement.subject
    _require_held(subject)
    pcf = subject["pcf"]
    return {
        "scopeOfPcfForm": [{"specVersion": SPEC_VERSION, "partialFullPcf": "Cradle-to-gate"}],
        "companyAndProductInformation": [
            {
                "companyInformation": [
                    {
                        "companyName": record["legalName"],
                        "companyIds": catena_x_company.ids(record),
                    }
                ],
                "productInformation": [_product(subject)],
            }
        ],
        "pcfAssessmentAndMethodology": [
            {
                "pcfAssessmentInformation": [_assessment(statement, status)],
                "dataSourcesAndQuality": [_quality(pcf)],
                "pcfMethodology": [_methodology(subject)],
            }
        ],
        "general": [catena_x_said.general(statement)],
        "carbonContent": [catena_x_figures.carbon(pcf)],
        "productLifeCycleStagesAndEmissions": [catena_x_figures.stages(pcf)],
    }


def _require_current(status: str) -> None:
    if status != "Active":
        message = f"the statement is {status.lower()}, and {FORM} has current footprints only"
        raise Refused(message, remedy="map the statement that replaces it")


def _require_held(subject: Mapping[str, Json]) -> None:
    pcf = subject["pcf"]
    if subject.get("outlook") == "prospective":
        message = f"the footprint is prospective, and {FORM} asks which of four kinds it is"
        raise Refused(message, remedy="agree on the kind with the customer, outside of a view")
    if pcf["declaredUnitOfMeasurement"] == _NO_UNIT:
        message = f"credentialSubject.pcf.declaredUnitOfMeasurement is {_NO_UNIT}: not in {FORM}"
        raise Refused(message, remedy="its issuer can sign a statement per piece or hour beside it")
    if Decimal(pcf["exemptedEmissionsPercent"]) > MOST_EXEMPTED:
        message = (
            f"credentialSubject.pcf.exemptedEmissionsPercent is {pcf['exemptedEmissionsPercent']}, "
            f"and {FORM} takes at most {MOST_EXEMPTED}"
        )
        raise Refused(message, remedy="its issuer can measure more of what was left out")


def _product(subject: Mapping[str, Json]) -> dict[str, Json]:
    pcf = subject["pcf"]
    return {
        "productNameCompany": subject["productNameCompany"],
        "productDescription": subject["productDescription"],
        "productIds": list(subject["productIds"]),
        **_copied(subject, "productClassifications"),
        "declaredUnitOfMeasurement": pcf["declaredUnitOfMeasurement"],
        "declaredUnitAmount": Decimal(pcf["declaredUnitAmount"]),
        "productMassPerDeclaredUnit": Decimal(pcf["productMassPerDeclaredUnit"]),
    }


def _assessment(statement: Statement, status: str) -> dict[str, Json]:
    pcf = statement.subject["pcf"]
    return {
        "idAndVersion": [
            {
                "id": product.uuid(statement),
                "version": 0,  # by the model: "must be set to the default value 0"
                "status": status,
                "retroOrProspectivePcfType": "Retrospective PCF",
            }
        ],
        "boundarySpecifications": [
            {
                "exemptedEmissionsPercent": Decimal(pcf["exemptedEmissionsPercent"]),
                **_copied(pcf, "exemptedEmissionsDescription"),
            }
        ],
        "technology": [
            {
                "ccsTechnologicalCO2CaptureIncluded": pcf.get(
                    "ccsTechnologicalCO2CaptureIncluded", False
                ),
                **_copied(pcf, "boundaryProcessesDescription"),
            }
        ],
        "time": [_time(statement)],
        "geography": [catena_x_company.geography(pcf)],
    }


def _time(statement: Statement) -> dict[str, Json]:
    """The validity starts no earlier than the reference period ends, as for all retrospective PCFs.

    Times are compared as texts, all having one fixed width and Z.
    """
    payload, pcf = statement.envelope.payload, statement.subject["pcf"]
    start = max(payload["validFrom"], pcf["referencePeriodEnd"])
    if start >= payload["validUntil"]:
        message = (
            f"valid until {payload['validUntil']}, which is not after the reference period's end, "
            f"{pcf['referencePeriodEnd']}"
        )
        raise Refused(message, remedy="its issuer can sign a statement that is valid for longer")
    return {
        "referencePeriodStart": pcf["referencePeriodStart"],
        "referencePeriodEnd": pcf["referencePeriodEnd"],
        "created": payload["validFrom"],
        "validityPeriodStart": start,
        "validityPeriodEnd": payload["validUntil"],
    }


def _quality(pcf: Mapping[str, Json]) -> dict[str, Json]:
    sources = [
        f"{source['name']} {source['version']}"
        for source in pcf.get("secondaryEmissionFactorSources", [])
    ]
    return {
        "primaryDataShare": Decimal(pcf["primaryDataShare"]),
        **({"secondaryEmissionFactorSources": list(dict.fromkeys(sources))} if sources else {}),
        **{name: Decimal(value) for name, value in pcf.get("dqi", {}).items()},
    }


def _methodology(subject: Mapping[str, Json]) -> dict[str, Json]:
    """Return standards, GWP set and mass balance; of allocation only what is signed.

    The model wants a rule for waste incineration with any allocation. A statement has none in the
    open, so the group stays empty, and the comment says why.
    """
    pcf = subject["pcf"]
    rules = [
        f"{rule.get('otherOperatorName', rule['operator'])}: {name}"
        for rule in pcf.get("productOrSectorSpecificRules", [])
        for name in rule["ruleNames"]
    ]
    return {
        "standards": [
            {
                "crossSectoralStandards": deepcopy(pcf["crossSectoralStandards"]),
                "productOrSectorSpecificRules": list(dict.fromkeys(rules)),
            }
        ],
        "gwpCharacterizationFactorDetails": [
            {"ipccCharacterizationFactors": single_set(subject) or "unspecified"}
        ],
        "massBalancingInformation": [_mass_balance(subject.get("chainOfCustody", {}))],
        "allocationInForeground": [],
    }


def _mass_balance(custody: Mapping[str, Json]) -> dict[str, Json]:
    used = custody.get("model") == _MASS_BALANCE
    free = custody.get("freeAttribution", False)
    return {
        "massBalancingUsed": used,
        "freeAttributionInMassBalancing": str(free).lower() if used else "not applicable",
        "massBalancingCertificateScheme": custody["scheme"] if used else "not applicable",
    }


def _copied(group: Mapping[str, Json], name: str) -> dict[str, Json]:
    return {name: deepcopy(group[name])} if name in group else {}
