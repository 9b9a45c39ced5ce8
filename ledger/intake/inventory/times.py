"""Times in UTC as programs write them: with +00:00 for Z, or zeros after the second."""

from __future__ import annotations

import re
from typing import Any, Final

from rootprint.ledger.core.encoding import utc_text
from rootprint.ledger.core.errors import Refused

_PATHS: Final = (
    ("validFrom",),
    ("validUntil",),
    ("pcf", "referencePeriodStart"),
    ("pcf", "referencePeriodEnd"),
    ("pcf", "verification", "completedAt"),
    ("partner", "receivedAt"),
)
# A fraction of a second that is not zero would be lost; it is refused where the time is judged.
_LOST: Final = re.compile(r"\.0*[1-9]")
# Any other offset is refused: a person who writes one may mean the day of another place.
_UTC: Final = re.compile(r"(?:[Zz]|[+-]00:00)\Z")


def with_utc_times(members: dict[str, Any]) -> dict[str, Any]:
    """Return an inventory file's members with times in UTC (RFC 3339) as they are signed.

    What is no such time stays as it is, and is refused where each member is judged.
    """
    for path in _PATHS:
        members = _at(members, path)
    return members


def _at(members: dict[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
    name, *inner = path
    value = members.get(name)
    if inner:
        return {**members, name: _at(value, tuple(inner))} if isinstance(value, dict) else members
    return {**members, name: _utc(value)} if isinstance(value, str) else members


def _utc(text: str) -> str:
    if _LOST.search(text) or not _UTC.search(text):
        return text
    try:
        return utc_text(text, what="the time")
    except Refused:
        return text
