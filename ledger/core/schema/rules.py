"""Small rules for closed JSON documents: each takes a value and its path, and returns or raises.

A rule never repairs or defaults anything. Messages carry the path and what is wanted, never the
value: it may be somebody's secret.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NoReturn

from rootprint.ledger.core.canonical import Json
from rootprint.ledger.core.encoding import b64url_bytes, digest_bytes, time_seconds
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.spelling import unassigned

Rule = Callable[[Json, str], None]

MAX_SIGNIFICANT_DIGITS: Final = 34
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_DID = re.compile(r"did:[a-z0-9]+:[a-z0-9._%:-]+")
# What b64url_bytes takes for 32 bytes: the last character has zero tail bits.
_DIGEST_B64URL = re.compile(r"[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]")
_URN = re.compile(r"urn:[a-z0-9][a-z0-9-]{1,31}:[!-~]+")
UNICODE: Final = "14.0"
MAX_NAME: Final = 255
MIN_SLOTS: Final = 8
MAX_SLOTS: Final = 8192


def refuse(path: str, wanted: str) -> NoReturn:
    """Raise Refused for the member at ``path``."""
    message = f"{path} is not {wanted}"
    raise Refused(message)


def text(value: Json, path: str) -> None:
    """Non-empty text of characters that Unicode 14.0 assigns."""
    if not isinstance(value, str) or not value.strip():
        refuse(path, "non-empty text")
    _assigned(value, path)


def any_text(value: Json, path: str) -> None:
    """Text that may be empty, of characters that Unicode 14.0 assigns."""
    if not isinstance(value, str):
        refuse(path, "text")
    _assigned(value, path)


def _assigned(value: str, path: str) -> None:
    place = unassigned(value)
    if place is not None:
        wanted = f"text of Unicode {UNICODE}: replace character {place + 1}, which that lacks"
        refuse(path, wanted)


def boolean(value: Json, path: str) -> None:
    """True or false."""
    if not isinstance(value, bool):
        refuse(path, "true or false")


class Integer:
    """An integer within [low, high]."""

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high

    def __call__(self, value: Json, path: str) -> None:
        """Judge type and range."""
        whole = isinstance(value, int) and not isinstance(value, bool)
        if not whole or not self.low <= value <= self.high:
            refuse(path, f"an integer from {self.low} to {self.high}")


def integer(low: int, high: int) -> Rule:
    """An integer within [low, high]."""
    return Integer(low, high)


class Matching:
    """Text that matches ``pattern`` in full."""

    def __init__(self, pattern: str, wanted: str) -> None:
        self.pattern, self.wanted = re.compile(pattern, re.ASCII), wanted

    def __call__(self, value: Json, path: str) -> None:
        """Judge type and form."""
        if not isinstance(value, str) or not self.pattern.fullmatch(value):
            refuse(path, self.wanted)


def matching(pattern: str, wanted: str) -> Rule:
    """Text that matches ``pattern`` in full (ASCII only)."""
    return Matching(pattern, wanted)


class OneOf:
    """One of a closed list of words."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names

    def __call__(self, value: Json, path: str) -> None:
        """Judge whether it is in the list."""
        if value not in self.names:
            refuse(path, f"one of {', '.join(self.names)}")


def one_of(*names: str) -> Rule:
    """One of a closed list of words."""
    return OneOf(names)


class Together:
    """A rule, and then what no member can tell alone: each of ``rest`` asks for what it judged."""

    def __init__(self, rule: Rule, *rest: Rule) -> None:
        self.rule, self.rest = rule, rest

    def __call__(self, value: Json, path: str) -> None:
        """Judge by the rule, then by each of the rest."""
        self.rule(value, path)
        self.together(value, path)

    def together(self, value: Json, path: str) -> None:
        """Judge a value that keeps the rule by the rest."""
        for rest in self.rest:
            rest(value, path)


def is_decimal(value: Json) -> bool:
    """Tell whether ``value`` is a decimal of statement.md: plain, no minus zero, ≤ 34 digits."""
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
        return False
    if len(value) <= MAX_SIGNIFICANT_DIGITS and value[0] != "-":
        return True
    digits = value.lstrip("-").replace(".", "").lstrip("0")
    minus_zero = value.startswith("-") and not digits
    return len(digits) <= MAX_SIGNIFICANT_DIGITS and len(value) <= 2 * 34 and not minus_zero


def decimal(value: Json, path: str) -> None:
    """Any decimal."""
    if not is_decimal(value):
        refuse(path, "a plain decimal in a string, at most 34 significant digits, no minus zero")


def _is_zero(value: str) -> bool:
    return not value.strip("-0.")


def not_negative(value: Json, path: str) -> None:
    """A decimal ≥ 0."""
    decimal(value, path)
    if value.startswith("-"):
        refuse(path, "zero or positive")


def not_positive(value: Json, path: str) -> None:
    """A decimal ≤ 0."""
    decimal(value, path)
    if not value.startswith("-") and not _is_zero(value):
        refuse(path, "zero or negative")


def positive(value: Json, path: str) -> None:
    """A decimal > 0."""
    not_negative(value, path)
    if _is_zero(value):
        refuse(path, "more than zero")


def percent(value: Json, path: str) -> None:
    """A decimal from 0 to 100."""
    not_negative(value, path)
    whole, _, fraction = value.partition(".")
    if int(whole) > 100 or (int(whole) == 100 and fraction.strip("0")):  # noqa: PLR2004
        refuse(path, "a percentage from 0 to 100")


def rating(value: Json, path: str) -> None:
    """A data quality rating from 1 (best) to 5: PACT Methodology V3 section 4.2.3."""
    not_negative(value, path)
    whole, _, fraction = value.partition(".")
    if not 1 <= int(whole) <= 5 or (int(whole) == 5 and fraction.strip("0")):  # noqa: PLR2004
        refuse(path, "a rating from 1 to 5")


def digest(value: Json, path: str) -> None:
    """``sha256:`` and 64 lower-case hexadecimal digits."""
    if not isinstance(value, str):
        refuse(path, "a digest")
    digest_bytes(value, what=path)


def time(value: Json, path: str) -> None:
    """An RFC 3339 time in UTC with Z, whole seconds."""
    if not isinstance(value, str):
        refuse(path, "a time")
    time_seconds(value, what=path)


def did(value: Json, path: str) -> None:
    """A lower-case ASCII DID (W3C DID 1.0 section 3.1)."""
    if not isinstance(value, str) or len(value) > MAX_NAME or not _DID.fullmatch(value):
        refuse(path, "a lower-case DID such as did:web:maker.example")


def urn(value: Json, path: str) -> None:
    """A URN (RFC 8141) with a lower-case scheme and namespace."""
    if not isinstance(value, str) or len(value) > MAX_NAME or not _URN.fullmatch(value):
        refuse(path, "a URN such as urn:gtin:4712345060507")


def placeholder(value: Json, path: str) -> None:
    """``{"...": digest}``: RFC 9901 section 4.2.4.2."""
    if not isinstance(value, dict) or set(value) != {"..."} or not isinstance(value["..."], str):
        refuse(path, 'a placeholder {"...": digest}')
    if not _DIGEST_B64URL.fullmatch(value["..."]):
        b64url_bytes(value["..."], what=path)  # refuses what is no base64url in words of its own
        refuse(path, "a placeholder of a SHA-256 digest")


def placeholders(least: int, most: int) -> Rule:
    """An array of hidden slots only."""
    return array(placeholder, least, most)


def padded_slots(value: Json, path: str) -> None:
    """An array of hidden slots, as many as a power of two from MIN_SLOTS to MAX_SLOTS."""
    placeholders(MIN_SLOTS, MAX_SLOTS)(value, path)
    if len(value) & (len(value) - 1):
        refuse(path, "padded to a power of two")


class Array:
    """An array of ``least`` to ``most`` items that each keep ``item``."""

    def __init__(self, item: Rule, least: int, most: int, *, unique: bool) -> None:
        self.item, self.least, self.most, self.unique = item, least, most, unique

    def __call__(self, value: Json, path: str) -> None:
        """Judge the length, then each item."""
        if not isinstance(value, list) or not self.least <= len(value) <= self.most:
            refuse(path, f"an array of {self.least} to {self.most} items")
        for index, item in enumerate(value):
            self.item(item, f"{path}[{index}]")
        if self.unique and len({repr(item) for item in value}) != len(value):
            refuse(path, "an array without duplicates")


def array(rule: Rule, least: int = 1, most: int = 4096, *, unique: bool = False) -> Rule:
    """An array of ``least`` to ``most`` items that each keep ``rule``."""
    return Array(rule, least, most, unique=unique)


class Members:
    """An object with these members and no others; ``known`` holds the rule of each."""

    def __init__(self, required: Mapping[str, Rule], optional: Mapping[str, Rule]) -> None:
        self.required, self.known = required, {**required, **optional}

    def __call__(self, value: Json, path: str) -> None:
        """Judge what is there, what is missing, then each member."""
        if not isinstance(value, dict):
            refuse(path, "an object")
        if not self.required.keys() <= value.keys():
            missing = next(name for name in self.required if name not in value)
            message = f"{path} lacks {missing}, which must stand in the open"
            raise Refused(message)
        for name, member in value.items():
            if name not in self.known:
                message = f"{path} has a member {name[:64]!r} that version 2 does not know"
                raise Refused(message)
            self.known[name](member, f"{path}.{name}")


def members(required: Mapping[str, Rule], optional: Mapping[str, Rule] | None = None) -> Rule:
    """An object with these members and no others."""
    return Members(required, optional or {})


class Mapped:
    """A non-empty object whose names keep ``keys`` and whose members keep ``values``."""

    def __init__(self, keys: Rule, values: Rule, most: int) -> None:
        self.keys, self.values, self.most = keys, values, most

    def __call__(self, value: Json, path: str) -> None:
        """Judge how many there are, then each name and member."""
        if not isinstance(value, dict) or not 1 <= len(value) <= self.most:
            refuse(path, f"an object of 1 to {self.most} members")
        for name, member in value.items():
            self.keys(name, f"{path} member name")
            self.values(member, f"{path}.{name}")


def mapping(keys: Rule, values: Rule, most: int = 64) -> Rule:
    """A non-empty object whose names keep ``keys`` and whose members keep ``values``."""
    return Mapped(keys, values, most)
