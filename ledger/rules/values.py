"""What a test reads values as: plain decimals and times in UTC, both texts and both exact."""

from __future__ import annotations

import re
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal, Inexact
from typing import Any, Final

# As in statements: plain decimals only, so that no exponent can blow up a number.
_DECIMAL = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?", re.ASCII)
_TIME = re.compile(
    r"([0-9]{4})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T"
    r"([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9])Z",
    re.ASCII,
)
_DAYS_IN_MONTH: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FEBRUARY: Final = 2
SECONDS_A_DAY: Final = 86_400
# Adds and multiplies without rounding; should it ever have to, it raises.
EXACT: Final = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[Inexact])


def decimal(value: Any) -> Decimal | None:
    """Return a plain decimal's exact value, or None for anything else."""
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        return Decimal(value)
    return None


def places(value: Decimal) -> int:
    """Return how many decimal places a plain decimal is written with."""
    return max(0, -int(value.as_tuple().exponent))


def plain(value: Decimal) -> str:
    """Return a decimal without an exponent and without zeros at its end."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def is_time(value: Any) -> bool:
    """Tell whether ``value`` is RFC 3339 in UTC with whole seconds; such texts sort by time."""
    if not isinstance(value, str) or (found := _TIME.fullmatch(value)) is None:
        return False
    year, month, day = int(found[1]), int(found[2]), int(found[3])
    if month == _FEBRUARY and not _leap(year) and day == _DAYS_IN_MONTH[1]:
        return False
    return day <= _DAYS_IN_MONTH[month - 1]


def seconds(time: str) -> int:
    """Return the seconds of a time since 0000-03-01 in the Gregorian calendar, no leap seconds.

    Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
    """
    year, month, day = int(time[:4]), int(time[5:7]), int(time[8:10])
    year -= month <= _FEBRUARY
    era, of_era = divmod(year, 400)
    of_year = (153 * (month + (-3 if month > _FEBRUARY else 9)) + 2) // 5 + day - 1
    days = era * 146_097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year
    return days * SECONDS_A_DAY + int(time[11:13]) * 3600 + int(time[14:16]) * 60 + int(time[17:19])


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
