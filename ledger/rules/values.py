"""What a test reads values as: plain decimals and times in UTC, both texts and both exact."""

from __future__ import annotations

import re
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal, Inexact
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.rounding import decimal_text, half_up, total_places
from rootprint.ledger.core.canonical import encode
from rootprint.ledger.core.errors import Refused

if TYPE_CHECKING:
    from fractions import Fraction

# As in statements: plain decimals only, so that no exponent can blow up a number.
_DECIMAL = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?", re.ASCII)
_LONGEST: Final = 82  # a sign, forty digits, a point, forty digits
_TIME = re.compile(
    r"([0-9]{4})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T"
    r"([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9])Z",
    re.ASCII,
)
_TIME_LENGTH: Final = 20
_DAYS_IN_MONTH: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FEBRUARY: Final = 2
SECONDS_A_DAY: Final = 86_400
_SHOWN_PLACES: Final = 18
_SHOWN_DIGITS: Final = 6
# Adds and multiplies without rounding; should it ever have to, it raises.
EXACT: Final = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[Inexact])


def decimal(value: Any) -> Decimal | None:
    """Return a plain decimal's exact value, or None for anything else."""
    return _decimal(value) if type(value) is str and len(value) <= _LONGEST else None


@lru_cache(4096)  # rules read the same members again and again
def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if _DECIMAL.fullmatch(text) else None


def places_of(text: str) -> int:
    """Return how many decimal places a plain decimal is written with."""
    return len(text.partition(".")[2])


def shown_number(value: Fraction) -> str:
    """Return it without an exponent: exact where it ends within 18 places, else of six digits."""
    if 10**_SHOWN_PLACES % value.denominator == 0:
        return rounded(value, _SHOWN_PLACES)
    return rounded(value, max(0, total_places(value, _SHOWN_DIGITS, 0)))


def rounded(value: Fraction, places: int) -> str:
    """Return it rounded half up to so many places at most, without zeros at its end."""
    text = decimal_text(half_up(value, places))
    return text.rstrip("0").rstrip(".") if "." in text else text


def as_text(value: Any) -> str:
    """Return a text as it stands, all else as its canonical JSON (empty where it has none)."""
    if isinstance(value, str):
        return value
    try:
        return encode(value).decode()
    except Refused:
        return ""


def is_same(one: Any, other: Any) -> bool:
    """Whether two values are one as they are written: "1" is not "1.0", and 1 is not true."""
    if type(one) is not type(other):
        return False
    return bool(one == other) if isinstance(one, str) else as_text(one) == as_text(other)


def is_time(value: Any) -> bool:
    """Tell whether ``value`` is RFC 3339 in UTC with whole seconds; such texts sort by time."""
    return type(value) is str and len(value) == _TIME_LENGTH and _is_time(value)


@lru_cache(1024)
def _is_time(value: str) -> bool:
    found = _TIME.fullmatch(value)
    if found is None:
        return False
    year, month, day = int(found[1]), int(found[2]), int(found[3])
    if month == _FEBRUARY and not _leap(year) and day == _DAYS_IN_MONTH[1]:
        return False
    return day <= _DAYS_IN_MONTH[month - 1]


@lru_cache(1024)
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
