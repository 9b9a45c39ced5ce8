"""For how long a received footprint holds: PACT's validity period, from the day it came.

Source: PACT Technical Specifications 3.0.4, section "Validity Period": without one it is valid for
three years from the end of the reference period, and never for longer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.partner import values
from rootprint.ledger.partner.noted import ASK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.canonical import Json
    from rootprint.ledger.partner.noted import Noted

YEARS: Final = 3
_START: Final = "validityPeriodStart"
_END: Final = "validityPeriodEnd"


def validity(
    document: Mapping[str, Json], pcf: Mapping[str, Any], received: str, noted: Noted
) -> tuple[str, str] | None:
    """Return from and until when the receiver can attest it, None if it has expired.

    Times are compared as texts, all having one fixed width and Z.
    """
    closing = pcf["referencePeriodEnd"]
    last = values.years_after(closing, YEARS)
    start = _time(document, _START, noted) or closing
    end = _time(document, _END, noted) or last
    if end > last:
        what = f"is more than {YEARS} years after referencePeriodEnd: {last} is the end"
        noted.find(_END, what, "ask the partner for a footprint of a newer period in time")
        end = last
    if start < closing:
        noted.find(_START, "is before the reference period's end", ASK)
    if end <= start:
        noted.refuse(_END, "is not after the start of its validity")
        return None
    if end <= received:
        noted.refuse(
            _END if _END in document else "pcf.referencePeriodEnd",
            f"ends its validity at {end}, before it was received ({received})",
            "ask the partner for a newer footprint",
        )
        return None
    return max(start, received), end


def _time(document: Mapping[str, Json], name: str, noted: Noted) -> str | None:
    if name not in document or document[name] == "":
        return None
    moment = values.time(document[name])
    if moment is None:
        noted.find(name, "is no RFC 3339 time, and is not used", ASK)
    return moment
