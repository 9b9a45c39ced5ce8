"""A company as PACT names it: URNs from the organisation's record (PACT 3.0.4, ``companyIds``).

PACT wants URNs and gives no form for companies. So its advice for products is followed: a namespace
in wide use where there is one, else ``urn:pact:<domain of the issuer of the id>:<type>:<id>``. A
DID is no URN, so it becomes the id that the owner of a did:web's domain gave itself. Register
numbers go under ``urn:pact:company``, by country, where a register's name means something.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema import rules
from rootprint.ledger.core.schema.rules import members, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.canonical import Json

MAX_NUMBERS: Final = 32
_LEI = re.compile(r"[0-9A-Z]{18}[0-9]{2}")  # ISO 17442-1; in use as urn:lei, though unregistered
# The host of a did:web; a port stands behind %3a, a path behind a colon (did:web method).
_WEB_HOST = re.compile(r"did:web:([a-z0-9-]+(?:\.[a-z0-9-]+)*)(?::.+|%3a.+)?")
_numbers = rules.mapping(text, text, most=MAX_NUMBERS)


def _maybe_numbers(value: Json, path: str) -> None:
    if value != {}:
        _numbers(value, path)


_record = members(
    {"legalName": text, "country": rules.matching(r"[A-Z]{2}", "a country code"), "did": rules.did},
    {"registerNumbers": _maybe_numbers, "group": rules.did},
)


def check(record: Mapping[str, Json], issuer: str) -> None:
    """Return if ``record`` is a well-formed record of ``issuer`` (a DID); raise Refused if not."""
    _record(dict(record), "record")
    if record["did"] != issuer:
        message = f"the record is that of {record['did']}, the statement's issuer is {issuer}"
        raise Refused(message, remedy="give the record of the statement's own issuer")


def ids(record: Mapping[str, Json]) -> list[str]:
    """Return the company's URNs, register numbers by name first, then the did:web.

    Raises Refused where there is neither: another DID method names no domain.
    """
    numbers: Mapping[str, str] = record.get("registerNumbers", {})
    urns = [_number(record["country"], name, numbers[name]) for name in sorted(numbers)]
    did: str = record["did"]
    host = _WEB_HOST.fullmatch(did)
    if host is not None:
        urns.append(f"urn:pact:{host[1]}:company-id:{_escaped(did, keep=':')}")
    if not urns:
        message = "the organisation has neither a register number nor a did:web, so no URN"
        raise Refused(message, remedy="the registrar can admit it again with a register number")
    return list(dict.fromkeys(urns))


def _number(country: str, register: str, number: str) -> str:
    if register.lower() == "lei" and _LEI.fullmatch(number):
        return f"urn:lei:{number}"
    name = _escaped(register.strip().lower())
    return f"urn:pact:company:{country.lower()}-{name}:{_escaped(number.strip())}"


def _escaped(value: str, keep: str = "") -> str:
    """Percent-encode all but unreserved characters (RFC 3986 section 2.3): no ``#``, ``?``, ``/``.

    A DID's own ``%`` is escaped too, so that decoding once gives the DID back.
    """
    return quote(value, safe=keep)
