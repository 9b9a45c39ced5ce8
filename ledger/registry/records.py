"""An organisation's record: who it is, as the registrar's transaction vouches by digest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.canonical import decode, encode
from rootprint.ledger.core.encoding import sha256
from rootprint.ledger.core.errors import TooLarge
from rootprint.ledger.core.schema import rules
from rootprint.ledger.core.schema.rules import members, text
from rootprint.ledger.core.standing import MAX_RECORD

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.canonical import Json

MAX_REGISTER_NUMBERS: Final = 32
_country = rules.matching(r"[A-Z]{2}", "an ISO 3166-1 alpha-2 code")


@dataclass(frozen=True)
class OrganisationRecord:
    """Legal name, country (ISO 3166-1 alpha-2), DID, and numbers by register (USCC, LEI, …).

    ``group`` is the DID of the group's head, where the organisation declares one: no body assures
    independently within its own group.
    """

    legal_name: str
    country: str
    did: str
    register_numbers: Mapping[str, str]
    group: str | None = None


def _numbers(value: Json, path: str) -> None:
    if not isinstance(value, dict) or len(value) > MAX_REGISTER_NUMBERS:
        rules.refuse(path, f"an object of at most {MAX_REGISTER_NUMBERS} register numbers")
    for name, number in value.items():
        text(name, f"{path} name")
        text(number, f"{path}.{name}")


_record = members(
    {"legalName": text, "country": _country, "did": rules.did, "registerNumbers": _numbers},
    {"group": rules.did},
)


def record_bytes(
    legal_name: str,
    country: str,
    did: str,
    register_numbers: Mapping[str, str],
    group: str | None = None,
) -> bytes:
    """Return a record as canonical JSON. Raises Refused with the place of the first fault."""
    value = {
        "legalName": legal_name,
        "country": country,
        "did": did,
        "registerNumbers": dict(register_numbers),
        **({} if group is None else {"group": group}),
    }
    _record(value, "record")
    data = encode(value)
    _require_short(data)
    return data


def record_digest(data: bytes) -> bytes:
    """Return the 32-byte SHA-256 that stands in the organisation's row."""
    return sha256(data)


def read_record(data: bytes) -> OrganisationRecord:
    """Read a record; raises Refused, NotCanonical or TooLarge."""
    _require_short(data)
    value = decode(data, what="organisation record")
    _record(value, "record")
    return OrganisationRecord(
        value["legalName"],
        value["country"],
        value["did"],
        value["registerNumbers"],
        value.get("group"),
    )


def _require_short(data: bytes) -> None:
    if len(data) > MAX_RECORD:
        raise TooLarge(f"an organisation record has {len(data)} bytes, the limit is {MAX_RECORD}")
