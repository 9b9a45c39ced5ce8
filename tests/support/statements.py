"""Drafts with sensible contents for ``ledger.core.seal.seal``, and a signer that seals nothing.

The figures are made up and small: one measured emission of 2.5 kg fossil CO2 per kilogram, whose
total is therefore 2.50 kg CO2e. Whoever gives other lines gives the totals that follow from them.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.canonical import encode
from rootprint.ledger.core.encoding import b64url
from rootprint.ledger.core.schema.components import COMPONENTS
from rootprint.ledger.core.sdjwt import join
from rootprint.ledger.core.tables import tables

if TYPE_CHECKING:
    from rootprint.ledger.core.keys import SigningKey
    from rootprint.ledger.core.statement import Statement

Draft = dict[str, Any]

LOG = "log.rootprint.example/test"
MAKER = "did:web:maker.example"
PUBLISHER = "did:web:factors.example"
AUDITOR = "did:web:auditor.example"
DIGEST = "sha256:" + "5a" * 32


def draft(kind: str, issuer: str, subject: dict[str, Any]) -> Draft:
    """Return a draft that is valid during 2026 and 2027."""
    return {
        "type": kind,
        "issuer": issuer,
        "validFrom": "2026-01-01T00:00:00Z",
        "validUntil": "2028-01-01T00:00:00Z",
        "credentialSubject": subject,
    }


def product(
    issuer: str = MAKER,
    *,
    lines: list[dict[str, Any]] | None = None,
    pcf: dict[str, Any] | None = None,
    **subject: Any,
) -> Draft:
    """Return a product's draft; ``pcf`` and ``subject`` members replace or add to the defaults."""
    content: dict[str, Any] = {
        "role": "product",
        "productIds": ["urn:example:product:1"],
        "productNameCompany": "Example product",
        "productDescription": "One kilogram of an example product",
        "boundary": "cradle-to-gate",
        "basis": "life-cycle",
        "characterizationSets": [{"set": "AR6", "share": "100.0000"}],
        "computedWith": computed_with(),
        "pcf": {
            **_footprint("2.50", "kilogram"),
            "primaryDataShare": "100.0000",
            "productMassPerDeclaredUnit": "1",
            "fossilCarbonContent": "0",
            "ipccCharacterizationFactors": ["AR6"],
            "crossSectoralStandards": ["ISO14067"],
            "exemptedEmissionsPercent": "0",
            "exemptedEmissionsDescription": "Nothing is exempted",
            "packagingEmissionsIncluded": False,
            **(pcf or {}),
        },
        "inventory": [gas_line("2.5")] if lines is None else lines,
    }
    content["cells"] = one_stage(content["pcf"])
    return draft("FootprintStatement", issuer, content | subject)


def factor(
    issuer: str = PUBLISHER,
    *,
    value: str = "0.5777",
    unit: str = "kilowatt hour",
    pcf: dict[str, Any] | None = None,
    **subject: Any,
) -> Draft:
    """Return a published life-cycle factor's draft, without an inventory."""
    content = {
        "role": "factor",
        "productIds": ["urn:example:factor:1"],
        "productNameCompany": "Example factor",
        "boundary": "cradle-to-gate",
        "basis": "life-cycle",
        "reference": "Example tables, row 1",
        "licence": "CC0-1.0",
        "characterizationSets": [{"set": "AR6", "share": "100.0000"}],
        "pcf": {**_footprint(value, unit), "primaryDataShare": "0", **(pcf or {})},
        **({"includesTransmission": False} if unit == "kilowatt hour" else {}),
        **subject,
    }
    return draft("FootprintStatement", issuer, content)


def attested(
    issuer: str = MAKER, *, value: str = "2.50", pcf: dict[str, Any] | None = None, **subject: Any
) -> Draft:
    """Return the receiver's attestation of a partner's unsigned footprint per kilogram."""
    content = {
        "role": "attested",
        "productIds": ["urn:example:product:2"],
        "productNameCompany": "Part of a partner",
        "productDescription": "One kilogram of a partner's part",
        "boundary": "cradle-to-gate",
        "basis": "life-cycle",
        "characterizationSets": [{"set": "AR6", "share": "100.0000"}],
        "partner": {
            "name": "Example partner",
            "productIds": ["urn:example:partner:1"],
            "document": DIGEST,
            "receivedAt": "2026-01-01T00:00:00Z",
            "specVersion": "3.0.4",
        },
        "pcf": {**_footprint(value, "kilogram"), "primaryDataShare": "20", **(pcf or {})},
        **subject,
    }
    return draft("FootprintStatement", issuer, content)


def assurance(
    statement: str = DIGEST,
    issuer: str = AUDITOR,
    **subject: Any,
) -> Draft:
    """Return a positive, limited assurance of a product's whole inventory."""
    content = {
        "statement": statement,
        "standard": "ISO 14064-3:2019",
        "level": "limited",
        "coverage": "product",
        "includesInventory": True,
        "materialityPercent": "5",
        "outcome": "positive",
        "examined": ["inventory", "meter readings"],
        "accreditation": {"body": "Example accreditation body", "number": "17"},
        "laws": [1, 2, 3, 4, 5, 6, 7, 8],
        **subject,
    }
    return draft("AssuranceStatement", issuer, content)


def status(
    statement: str = DIGEST,
    issuer: str = MAKER,
    **subject: Any,
) -> Draft:
    """Return a withdrawal; for supersession give ``state`` and ``supersededBy``."""
    content = {"statement": statement, "state": "withdrawn", "reason": "Wrong meter", **subject}
    return draft("StatusStatement", issuer, content)


def gas_line(kilograms: str, **members: Any) -> dict[str, Any]:
    """Return a line of measured fossil CO2 (GWP 1), ``line`` left to the sealing."""
    return {
        "stage": "manufacturing",
        "description": "Natural gas burnt on site",
        "amount": {"value": kilograms, "unit": "kilogram"},
        "source": {"gas": "CO2", "set": "AR6"},
        "result": {"fossilGhgEmissions": nine_places(kilograms)},
        "primary": True,
        **members,
    }


def one_stage(pcf: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Return the cells of a footprint that is made in one stage."""
    return {"manufacturing": {name: pcf[name] for name in COMPONENTS if name in pcf}}


def nine_places(value: str) -> str:
    """Write a decimal with nine places, as ``computedWith.lineDigits`` says here."""
    whole, _, fraction = value.partition(".")
    return f"{whole}.{fraction:0<9}"


def computed_with() -> dict[str, Any]:
    """Return ``computedWith`` of this version's own tables and base rule."""
    data = tables()
    return {
        "rule": {"id": data.rule["id"], "digest": data.rule_digest},
        "tables": data.digest,
        "lineDigits": 9,
        "digits": 3,
        "tool": "rootprint tests",
    }


def raw(statement: Statement) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return copies of a statement's header and payload, to be spoilt and signed again."""
    return copy.deepcopy((statement.envelope.header, statement.envelope.payload))


def sign_raw(
    header: Any,
    payload: Any,
    key: SigningKey,
    disclosures: tuple[str, ...] = (),
) -> str:
    """Sign whatever is given, canonical JSON and nothing else assured; return SD-JWT text."""
    unsigned = f"{b64url(encode(header))}.{b64url(encode(payload))}"
    return join(f"{unsigned}.{b64url(key.sign(unsigned.encode()))}", disclosures)


def _footprint(value: str, unit: str) -> dict[str, Any]:
    return {
        "declaredUnitOfMeasurement": unit,
        "declaredUnitAmount": "1",
        "referencePeriodStart": "2025-01-01T00:00:00Z",
        "referencePeriodEnd": "2026-01-01T00:00:00Z",
        "geographyCountry": "CN",
        "pcfExcludingBiogenicUptake": value,
        "pcfIncludingBiogenicUptake": value,
        "fossilGhgEmissions": value,
    }
