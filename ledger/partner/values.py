"""Values of a partner's file as a statement writes them: decimals, times, URNs.

PACT writes decimals as texts and times with any offset (RFC 3339); people's programs write numbers,
plus signs and exponents too. Each becomes the one spelling that is signed, with its value kept.
"""

from __future__ import annotations

import re
from datetime import MAXYEAR, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from rootprint.calc.rounding import decimal_text
from rootprint.ledger.core.encoding import utc_text
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema.rules import is_decimal, urn

if TYPE_CHECKING:
    from rootprint.ledger.core.canonical import Json

_NUMBER: Final = re.compile(r"[+-]?(?P<whole>\d{1,34})(\.\d{1,34})?([eE][+-]?\d{1,2})?", re.ASCII)
_URN: Final = re.compile(r"(?i:urn):(?P<namespace>[A-Za-z0-9.-]+):(?P<rest>.+)", re.ASCII)


def decimal(value: Json) -> str | None:
    """Return a decimal as it is signed, or None where it is none that a statement could hold."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return None
    text = str(value).strip()
    if not _NUMBER.fullmatch(text):
        return None
    plain = decimal_text(Decimal(text))
    whole, point, fraction = plain.partition(".")
    sign = "-" if whole.startswith("-") else ""
    plain = f"{sign}{whole.lstrip('-').lstrip('0') or '0'}{point}{fraction}"
    return plain if is_decimal(plain) else None


def time(value: Json) -> str | None:
    """Return a time in UTC and whole seconds, or None where it is no RFC 3339 time."""
    if not isinstance(value, str):
        return None
    try:
        return utc_text(value.strip(), what="the time")
    except Refused:
        return None


def own_urn(value: Json) -> str | None:
    """Return a URN with its scheme and namespace in small letters, or None where it is none.

    A domain is no namespace (RFC 8141 section 2), and is often written as one: it stands where PACT
    has it, in ``urn:pact:DOMAIN:…``.
    """
    match = _URN.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        return None
    namespace = match["namespace"].lower()
    text = f"urn:{'pact:' if '.' in namespace else ''}{namespace}:{match['rest']}"
    try:
        urn(text, "the URN")
    except Refused:
        return None
    return text


def years_after(moment: str, years: int) -> str:
    """Return the same day and time ``years`` on; 29 February becomes the 28th."""
    first = datetime.fromisoformat(moment).replace(tzinfo=None)
    year = min(first.year + years, MAXYEAR)
    leap_day = (first.month, first.day) == (2, 29)
    return f"{first.replace(year=year, day=28 if leap_day else first.day).isoformat()}Z"
