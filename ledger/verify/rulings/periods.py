"""What check 5 asks of stated times: a past has passed, and a future has not (law 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from rootprint.ledger import figures
from rootprint.ledger.core.encoding import time_seconds, time_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PROSPECTIVE: Final = "prospective"
PERIOD_END: Final = ("pcf", "referencePeriodEnd")
RECEIVED_AT: Final = ("partner", "receivedAt")


def period_fault(subject: Mapping[str, Any], moment: int) -> tuple[str, tuple[str, str]] | None:
    """Return why a footprint can't be of its reference period, with both times, or None.

    ``moment`` (Unix seconds) is when it was anchored, before that the clock. What is measured ends
    before that, or then; what is prospective ends later.
    """
    end = figures.period(subject)[1]
    if (end > moment) == is_prospective(subject):
        return None
    ends, when = time_text(end), time_text(moment)
    if is_prospective(subject):
        reason = f"its reference period ended at {ends}, not after {when}, and it is prospective"
    else:
        reason = f"its reference period ends at {ends}, after {when}, and it is not prospective"
    return reason, (f"ends at {ends}", f"anchored at {when}")


def receipt_fault(subject: Mapping[str, Any], moment: int) -> tuple[str, tuple[str, str]] | None:
    """Return why a partner's footprint was not received when it says, with both times, or None.

    ``moment`` (Unix seconds) is when its receiver's statement was anchored, before that the clock.
    """
    partner = subject.get("partner")
    if partner is None or time_seconds(partner["receivedAt"], what="receivedAt") <= moment:
        return None
    came, when = partner["receivedAt"], time_text(moment)
    reason = f"its partner's footprint was received at {came}, which is later than {when}"
    return reason, (f"received at {came}", f"anchored at {when}")


def is_prospective(subject: Mapping[str, Any]) -> bool:
    """Whether a footprint says that it is of what is expected."""
    return subject.get("outlook") == PROSPECTIVE


class PastFault(NamedTuple):
    """The member whose time is wrong, why it is, and both times."""

    path: tuple[str, str]
    reason: str
    compared: tuple[str, str]


def past_faults(subject: Mapping[str, Any], moment: int) -> Iterator[PastFault]:
    """Yield what a footprint says of a past or a future that is none at ``moment``: all of law 9.

    ``moment`` (Unix seconds) is when it was anchored, before that the clock.
    """
    finding = {PERIOD_END: period_fault, RECEIVED_AT: receipt_fault}
    for path, find in finding.items():
        fault = find(subject, moment)
        if fault is not None:
            yield PastFault(path, *fault)
