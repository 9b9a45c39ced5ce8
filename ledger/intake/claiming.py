"""What a registry's retirement record and a claim on one say (law 4): their subjects, in one place.

Publishing judges them: units, dimensions and sums (``ledger.intake.records``, ``ledger.log.once``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.encoding import digest_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def retirement_subject(  # noqa: PLR0913 - the record's members
    *,
    registry: str,
    beneficiary: str,
    attribute: str,
    market: str,
    amount: Mapping[str, str],
    production: tuple[str, str],
    certificates: Iterable[tuple[str, str]],
) -> dict[str, Any]:
    """Return the subject of a record that a registry retired an amount for a beneficiary (a DID).

    ``amount`` has a value and a unit by full name; ``production`` is from when to when it was
    made (RFC 3339, UTC); ``certificates`` are ranges, the first and the last of each.
    """
    return {
        "registry": registry,
        "beneficiary": beneficiary,
        "attribute": attribute,
        "market": market,
        "amount": dict(amount),
        "productionStart": production[0],
        "productionEnd": production[1],
        "certificates": [{"from": first, "to": last} for first, last in certificates],
    }


def claim_subject(
    amount: Mapping[str, str], period: tuple[str, str], claimed: bytes | tuple[str, str]
) -> dict[str, Any]:
    """Return the subject of a claim on an amount over a period (RFC 3339, UTC).

    ``claimed`` is the digest of a retirement record or, where none is logged, the registry's name
    and the certificate's number: an unsigned claim.
    """
    subject = {"amount": dict(amount), "periodStart": period[0], "periodEnd": period[1]}
    if isinstance(claimed, bytes):
        return {**subject, "retirement": digest_text(claimed)}
    registry, number = claimed
    return {**subject, "certificate": {"registry": registry, "id": number}}
