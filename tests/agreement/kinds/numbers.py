"""Odd spellings of numbers: other scripts' digits, minus zero, numbers beyond every limit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.agreement.jsontext import NUMBER, STRING
from tests.agreement.kinds.registry import kind
from tests.agreement.kinds.rewriting import anywhere, note_line, pick
from tests.agreement.making import Making, Nothing

if TYPE_CHECKING:
    from random import Random

    from tests.agreement.jsontext import Token

_DECIMAL = re.compile(r'"-?[0-9]+(\.[0-9]+)?"')
_ALPHABETS = (0x0660, 0x0966, 0xFF10, 0x1D7CE, 0x06F0)  # the zeros of other scripts' digits


# Digits.


@kind("non-ASCII digits", 2)
def _digits(making: Making) -> None:
    anywhere(making, _foreign)


@kind("non-ASCII digits")
def _digits_in_a_proof(making: Making) -> None:
    note_line(making, ("size",), _foreign_digit)


def _foreign(text: str, chance: Random) -> str:
    token = pick(
        text,
        chance,
        lambda token, now: (
            token.kind == NUMBER
            or (token.kind == STRING and len(now) < 80 and any(map(str.isdigit, now)))
        ),
    )
    return token.put(text, _foreign_digit(token.of(text), chance))


def _foreign_digit(text: str, chance: Random) -> str:
    places = [place for place, letter in enumerate(text) if letter in "0123456789"]
    if not places:
        raise Nothing
    place, zero = chance.choice(places), chance.choice(_ALPHABETS)
    other = chance.choice((chr(zero + int(text[place])), "\u00b2", "\u2460"))
    return text[:place] + other + text[place + 1 :]


# Numbers.


@kind("minus zero", 2)
def _minus(making: Making) -> None:
    anywhere(making, _minus_zero)


@kind("minus zero")
def _minus_in_a_proof(making: Making) -> None:
    note_line(making, ("size",), lambda line, _: re.sub(r"\d+$", "-0", line))


def _number(text: str, chance: Random) -> Token:
    """Return one of the numbers of a JSON text: an integer, or a decimal in a string."""
    return pick(
        text,
        chance,
        lambda token, now: (
            token.kind == NUMBER or (token.kind == STRING and bool(_DECIMAL.fullmatch(now)))
        ),
    )


def _minus_zero(text: str, chance: Random) -> str:
    token = _number(text, chance)
    if token.kind == NUMBER:
        return token.put(text, chance.choice(("-0", "-0.0", "0.0", "-0e0", "0e1", "00", "+0")))
    now = token.of(text).strip('"').lstrip("-")
    zero = re.sub("[0-9]", "0", now)
    forms = (f"-{zero}", "-0", "-0.00", zero, "0", f"-{now}", f"+{now}", f".{now}", f"0{now}")
    return token.put(text, f'"{chance.choice(forms)}"')


@kind("huge numbers", 3)
def _huge(making: Making) -> None:
    anywhere(making, _enormous)


@kind("huge numbers")
def _huge_in_a_proof(making: Making) -> None:
    def rewrite(line: str, chance: Random) -> str:
        number = chance.choice((str(2**53), str(2**53 - 1), "9" * 16, "1" + "0" * 16, "1e3"))
        return re.sub(r"\d+$", number, line)

    note_line(making, ("size",), rewrite)


def _enormous(text: str, chance: Random) -> str:
    token = _number(text, chance)
    if token.kind == NUMBER:
        forms = (
            2**53 - 1, 2**53, 2**53 + 1, 2**63, 2**64, -(2**53), 2**32, 2**32 - 1, 4095, 4096,
            "1e400", "-1e400", "1e2", "1.0", "1E1", "9" * 400, "0.1", "1e-400", "0x10", "Infinity",
        )  # fmt: skip
        return token.put(text, str(chance.choice(forms)))
    forms_ = (
        "9" * 34, "9" * 35, f"0.{'0' * 30}{'1' * 34}", f"0.{'0' * 32}{'1' * 34}", "1e400", "1e2",
        "0." + "1" * 35, "1" + "0" * 33, "1" + "0" * 34, f"{'9' * 17}.{'9' * 17}", "100",
        "100.0001",
        f"{'9' * 17}.{'9' * 18}", "5.0", "5.0001", "0.9999", "1.", "1" + "0" * 67, "1" + "0" * 68,
        "0" + "." + "0" * 66, "0" + "." + "0" * 67, "NaN", "Infinity", "1_000", "1,5", " 1", "1 ",
    )  # fmt: skip
    return token.put(text, f'"{chance.choice(forms_)}"')
