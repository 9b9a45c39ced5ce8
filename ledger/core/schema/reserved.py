"""Signed records beside footprints (ADR 0015).

Decisions, accreditations and qualifications are in use; the others are read, and decide nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.schema import parts, rules
from rootprint.ledger.core.schema.rules import array, members, one_of, text

if TYPE_CHECKING:
    from rootprint.ledger.core.canonical import Json

_code = rules.matching(r"[a-z0-9]+(-[a-z0-9]+)*", "lower-case words joined by hyphens")
_limits = {"from": rules.time, "until": rules.time}
_decision = members(
    {
        "concerns": rules.digest,
        "action": one_of("suspend", "restore", "revoke", "withdraw", "dismiss"),
        "reasonCode": _code,
        # Whether it holds from now on, for a window that is named, or ever since.
        "reach": one_of("future", "window", "all"),
        "reasoning": rules.digest,
    },
    _limits,
)
_accreditation = members(
    {
        "body": rules.did,
        "standard": text,
        "scope": array(text, most=64, unique=True),
        "levels": array(one_of("limited", "reasonable"), most=2, unique=True),
        **_limits,
    }
)
_qualification = members(
    {"person": text, "body": rules.did, "scope": array(text, most=64, unique=True), **_limits}
)
_certificate = members({"concerns": rules.digest, "number": text, "scheme": text, **_limits})
review: Final = members(
    {
        "concerns": rules.digest,
        "round": rules.integer(1, 100),
        "outcome": one_of("accepted", "revise", "rejected"),
    },
    {"remarks": array(text, most=256)},
)
_reading = members(
    {
        "instrument": text,
        "calibration": rules.digest,
        "periodStart": rules.time,
        "periodEnd": rules.time,
        "amount": parts.amount,
    }
)
workflow: Final = members({"id": text, "version": text, "definition": rules.digest})
refusal: Final = members({"concerns": rules.digest, "reason": text}, {"conflict": rules.digest})


def decision(value: Json, path: str) -> None:
    """A decision on a record: a window is one with both its ends."""
    _decision(value, path)
    ends = {"from", "until"} & value.keys()
    if (value["reach"] == "window") != (len(ends) == 2):  # noqa: PLR2004 - from and until
        rules.refuse(path, "complete: a window, and only that, has from and until")
    if len(ends) == 1:
        rules.refuse(path, "with from and until, or with neither")
    if ends:
        parts.in_order(value, path, "from", "until")


def _limited(rule: rules.Rule) -> rules.Rule:
    def limited(value: Json, path: str) -> None:
        rule(value, path)
        parts.in_order(value, path, "from", "until")

    return limited


accreditation: Final = _limited(_accreditation)
qualification: Final = _limited(_qualification)
certificate: Final = _limited(_certificate)


def reading(value: Json, path: str) -> None:
    """What a calibrated instrument read in a period."""
    _reading(value, path)
    parts.in_order(value, path, "periodStart", "periodEnd")
