"""Catena-X's free texts: the way back, and all that a statement says and the model has not."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.exchange.product import HOW_TO_CHECK
from rootprint.ledger.exchange.remarks import remarks, replaced

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.canonical import Json
    from rootprint.ledger.core.statement import Statement

_UNCARRIED: Final = {
    "landManagementFossilGhgEmissions": " kg CO2e, in fossilGhgEmissions",
    "landCarbonLeakage": " kg CO2e, outside the footprint",
    "landAreaOccupation": " m2 for a year",
    "technologicalCO2CaptureOrigin": "",
    "ccuCarbonContent": " kg C",
    "ccuCalculationApproach": "",
    "ccuCreditCertification": "",
}
_VERIFICATION: Final = {
    "coverage": "coverage",
    "providerName": "by",
    "completedAt": "completed",
    "standardName": "standard",
    "comments": "comments",
}
_INCINERATION: Final = (
    "The statement does not say how waste incineration is allocated, so allocationInForeground is "
    "left empty."
)


def general(statement: Statement) -> dict[str, Json]:
    """Return the comment, and the statement's licence as what the model calls legal statement."""
    subject = statement.subject
    comment = [
        _origin(statement),
        *remarks(subject),
        *_others(subject["pcf"]),
        *_verification(subject["pcf"].get("verification")),
        *_allocation(subject["pcf"]),
        *replaced(subject.get("precedingStatements", [])),
        *_extensions(subject.get("extensions", [])),
    ]
    licence = subject.get("licence")
    return {
        "comment": "\n".join(comment),
        **({} if licence is None else {"pcfLegalStatement": f"Licence: {licence}"}),
    }


def _origin(statement: Statement) -> str:
    return (
        f"Statement {digest_text(statement.digest)} of {statement.issuer}, in log {statement.log}. "
        f"{HOW_TO_CHECK}"
    )


def _others(pcf: Mapping[str, Json]) -> list[str]:
    """Name PACT's attributes that Catena-X lacks; a zero says that there is nothing to say."""
    return [
        f"{name}: {pcf[name]}{unit}"
        for name, unit in _UNCARRIED.items()
        if name in pcf and not (unit and not Decimal(pcf[name]))
    ]


def _verification(said: Mapping[str, Json] | None) -> list[str]:
    if said is None:
        return []
    parts = [f"{word} {said[name]}" for name, word in _VERIFICATION.items() if name in said]
    return [f"Verification, as the issuer says: {', '.join(parts) or 'no details'}."]


def _allocation(pcf: Mapping[str, Json]) -> list[str]:
    said = pcf.get("allocationRulesDescription")
    return [*([] if said is None else [f"Allocation: {said}"]), _INCINERATION]


def _extensions(extensions: list[Mapping[str, Json]]) -> list[str]:
    named = ", ".join(extension["dataSchema"] for extension in extensions)
    return [f"The statement has further data by {named}."] if named else []
