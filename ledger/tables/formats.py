"""What a number format makes of a number: ECMA-376 part 1, section 18.8.31.

A cell stores one number and shows another text. Some formats only round; others change what a
person reads: a percentage, thousands, a unit, no sign, nothing at all. The first are read as they
are stored, and said; a percentage is read as it is shown; the rest are refused with the cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

MAX_CODE: Final = 255  # what Excel keeps
GENERAL: Final = "General"
_CONDITION: Final = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[0-9]{1,15}(?:\.[0-9]{1,15})?)\]")
_CURRENCY: Final = re.compile(r"\[\$([^\]-]*)(?:-[0-9A-Za-z,]*)?\]")
_ELAPSED: Final = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_BRACKET: Final = re.compile(r"\[[^\]]*\]")  # a colour, a form of digits
_GENERALS: Final = (GENERAL.casefold(), "g/通用格式")
_DATE_LETTERS: Final = frozenset("ymdhsgebaYMDHSGEBA")
_HARMLESS: Final = frozenset(" -+()'\u00a0\u202f\u2019")
_COMPARE: Final = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
}
_SIGNS_OF: Final = frozenset("-+()")
_SIGNS: Final = 3  # sections for numbers above zero, below it, and zero
_PLAIN: Final = "give the cell the number format General"

ROUNDED: Final = (
    "shows fewer digits than it holds: those that it holds are read",
    "show them all, or round the number itself",
)
_TYPED: Final = "delete what is in the cell, format the cell as text, and type it again"
DATE: Final = ("is a date cell", f"{_TYPED}; a time as 2025-01-01T00:00:00Z")


@dataclass(frozen=True, slots=True)
class Shown:
    """A number as its format shows it: ``text`` is exact, or ``wrong`` says why it can't be read.

    ``text`` ends in ``%`` where a percentage is shown; ``rounded`` tells that fewer digits are
    shown than are read.
    """

    text: str
    rounded: bool = False
    wrong: tuple[str, str] | None = None


def as_shown(code: str, value: Decimal) -> Shown:
    """Return what a person sees of ``value`` under the format ``code``.

    >>> as_shown("0.0%", Decimal("0.125")).text
    '12.5%'
    >>> as_shown('0" kg"', Decimal(5)).wrong[0]
    'shows the text of its number format beside the number'
    """
    if len(code) > MAX_CODE:
        return Shown("", wrong=("has a number format that no spreadsheet program keeps", _PLAIN))
    section, unsigned = _section(_sections(code), value)
    if section.date:
        return Shown("", wrong=DATE)
    found = _wrong(section, value, unsigned=unsigned)
    if found is not None:
        return Shown("", wrong=found)
    text = plain(value.scaleb(2) if section.percents else value)
    rounded = _rounds(section, abs(Decimal(text)))
    return Shown(text + "%" * (section.percents or section.percent_sign), rounded)


def plain(value: Decimal) -> str:
    """Return a decimal without exponent and without zeros at its end."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


@dataclass(slots=True)
class _Section:
    """One of the parts that ``;`` separates."""

    condition: tuple[str, Decimal] | None = None
    general: bool = False
    date: bool = False
    digits: str = ""  # its placeholders, points and commas
    percents: int = 0
    percent_sign: bool = False
    exponent: bool = False
    fraction: bool = False
    literal: str = ""
    before: int = 0  # how much of the literal stands before the first digit
    inner: str = ""  # what of it stands between digits

    @property
    def scaled(self) -> bool:
        """Whether it divides by thousands: a comma with no placeholder after it."""
        return any(part.endswith(",") for part in self.digits.split("."))

    @property
    def units(self) -> str:
        return "".join(char for char in self.literal if char not in _HARMLESS)


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section, ...]:
    parts: list[_Section] = [_Section()]
    at = 0
    while at < len(code):
        if code[at] == ";":
            parts.append(_Section())
            at += 1
        else:
            at = _take(code, at, parts[-1])
    for part in parts:
        if part.units == "%" and part.digits and not part.percents:
            part.percent_sign, part.literal = True, ""
    return tuple(parts[:4])


def _take(code: str, at: int, section: _Section) -> int:
    """Read what begins at ``at`` into the section, and return where it ends."""
    char = code[at]
    if char == '"':
        end = code.find('"', at + 1)
        end = len(code) if end < 0 else end
        section.literal += code[at + 1 : end]
        return end + 1
    if char in "\\!":
        section.literal += code[at + 1 : at + 2]
        return at + 2
    if char in "_*":
        return at + 2
    if char == "[":
        return _bracket(code, at, section)
    for word in _GENERALS:
        if code[at : at + len(word)].casefold() == word:
            section.general = True
            return at + len(word)
    return _plain_char(code, at, section)


def _plain_char(code: str, at: int, section: _Section) -> int:
    char = code[at]
    if char in "Ee" and code[at + 1 : at + 2] in {"+", "-"} and section.digits:
        section.exponent = True
        return _past(code, at + 2, "0#?")
    if char == "/" and section.digits:
        section.fraction = True
        return _past(code, at + 1, "0123456789#?")
    if char in "0#?.,":
        if section.digits:
            section.inner = section.literal[section.before :]
        else:
            section.before = len(section.literal)
        section.digits += char
    elif char == "%":
        section.percents += 1
    elif char == "@":
        section.general = True
    elif char in _DATE_LETTERS:
        section.date = True
    else:
        section.literal += char
    return at + 1


def _past(code: str, at: int, chars: str) -> int:
    while at < len(code) and code[at] in chars:
        at += 1
    return at


def _bracket(code: str, at: int, section: _Section) -> int:
    condition = _CONDITION.match(code, at)
    if condition is not None:
        section.condition = condition[1], Decimal(condition[2])
        return condition.end()
    currency = _CURRENCY.match(code, at)
    if currency is not None:
        section.literal += currency[1]
        return currency.end()
    section.date = section.date or _ELAPSED.match(code, at) is not None
    bracket = _BRACKET.match(code, at)
    return len(code) if bracket is None else bracket.end()


def _section(parts: tuple[_Section, ...], value: Decimal) -> tuple[_Section, bool]:
    """Return the section that shows ``value``, and whether it leaves the minus sign to itself."""
    numbers = parts[:_SIGNS]
    if any(part.condition for part in numbers):
        for part in numbers:
            if part.condition is None or _COMPARE[part.condition[0]](value, part.condition[1]):
                return part, len(numbers) > 1 and value < 0
        return numbers[-1], value < 0
    if value < 0 and len(numbers) > 1:
        return numbers[1], True
    if value == 0 and len(numbers) == _SIGNS:
        return numbers[_SIGNS - 1], False
    return numbers[0], False


def _wrong(section: _Section, value: Decimal, *, unsigned: bool) -> tuple[str, str] | None:
    placed = any(char in section.digits for char in "0#?")
    if not placed and not section.general:
        # An accounting format shows a zero as a dash.
        if value == 0 and section.literal.strip() == "-":
            return None
        what = "shows a text instead of its number" if section.units else "shows nothing of it"
        return f"{what}, by its number format", _PLAIN
    if section.scaled:
        what = "shows thousands or millions, by its number format"
        return what, f"{_PLAIN}, and see whether the number is in its unit"
    if section.percents > 1 or (section.percents and section.exponent):
        return "shows a percentage of a percentage, by its number format", _PLAIN
    if section.units:
        what = "shows the text of its number format beside the number"
        return what, f"{_PLAIN}, and write its unit or currency into a cell of its own"
    if _SIGNS_OF & set(section.inner):
        return "shows a sign between its digits, by its number format", _PLAIN
    signed = bool({"-", "("} & set(section.literal))
    if unsigned and not signed:
        return "shows no minus sign, by its number format", _PLAIN
    if value and signed and not unsigned:
        what = "shows a minus sign that the number does not have, by its number format"
        return what, _PLAIN
    whole = section.digits.partition(".")[0].count("0")
    if section.digits and whole > max(1, len(str(int(abs(value))))):
        what = "shows zeros before its number, by its number format"
        return what, "format it as text and write it as it is meant"
    return None


def _rounds(section: _Section, value: Decimal) -> bool:
    if section.general or not section.digits:
        return False
    places = sum(section.digits.partition(".")[2].count(char) for char in "0#?")
    if section.fraction:
        return value != value.to_integral_value()
    if section.exponent:
        whole = sum(section.digits.partition(".")[0].count(char) for char in "0#?")
        return len(value.normalize().as_tuple().digits) > max(1, whole) + places
    exponent = value.normalize().as_tuple().exponent
    return isinstance(exponent, int) and -exponent > places
