"""Files that people write, scenarios (YAML) and drafts (JSON), read without losing anything.

Plain parsers keep the last of two members with one name and turn 0.10 into a binary float; both
would change what somebody meant, so both are refused with the place.
"""

from __future__ import annotations

import json
from typing import Any, Final, NoReturn

import orjson

from rootprint.ledger.core.canonical import decode, encode
from rootprint.ledger.core.errors import Refused, TooLarge
from rootprint.ledger.intake.inventory import MAX_BYTES, FileProblems
from rootprint.ledger.intake.inventory.yamlfile import read_yaml_value
from rootprint.ledger.rules import each_once
from rootprint.ledger.tables import UTF8, decoded, named

_ZIP: Final = b"PK\x03\x04"


def read_yaml(data: bytes, *, where: str) -> Any:
    """Return what a YAML file says, in text, integers, booleans, lists and mappings.

    Raises TooLarge beyond 1 MiB, 16 levels or 100,000 values; FileProblems with everything that
    is not YAML, is unquoted and would lose digits, is an alias, or stands twice.
    """
    _bounded(data, where)
    value, faults = read_yaml_value(data, where=where)
    faults.settle(FileProblems)
    return value


def parse_draft(data: bytes, *, where: str) -> Any:
    """Return a draft for ``ledger.core.seal.seal`` from JSON as people and tools write it.

    Raises TooLarge, NotCanonical or Refused with the place; sealing judges its members.
    """
    _bounded(data, where)
    _refuse_other(data, where)

    def floating(text: str) -> NoReturn:
        message = f"{where} has the number {text[:40]}, which JSON readers round"
        raise Refused(message, remedy="write decimals as strings")

    try:
        orjson.loads(data)  # first, since it bounds the depth: json would exhaust the stack
    except orjson.JSONDecodeError as error:
        message = f"{where} is not JSON: {error}"
        raise Refused(message, remedy="sign what rootprint compose printed") from error
    value = json.loads(data, parse_float=floating, object_pairs_hook=each_once(where))
    return decode(encode(value), what=where)


def _refuse_other(data: bytes, where: str) -> None:
    """Refuse a draft that an editor saved in another encoding, and what is no text."""
    other = named(data)
    if other is None and data.startswith(_ZIP):
        other = "is a workbook or another packed file", ""
    if other is not None:
        message = f"{where} {other[0]}, and no draft"
        raise Refused(message, remedy="compose it, and sign what rootprint compose prints")
    found = decoded(data)
    if found.encoding == UTF8 and not found.marked and found.text is not None:
        return
    again = "save it as UTF-8, or compose it again: rootprint compose prints UTF-8"
    if found.text is None:
        message = f"{where}: line {found.line} is not in {found.encoding}, and a draft is UTF-8"
    elif found.encoding == UTF8:
        message, again = f"{where} begins with a byte order mark", f"{again}, without the mark"
    elif found.guessed:
        message = f"{where} is not UTF-8, and seems to be in {found.guessed}"
    else:
        message = f"{where} is in {found.encoding}, and a draft is UTF-8"
    raise Refused(message, remedy=again)


def _bounded(data: bytes, where: str) -> None:
    if len(data) > MAX_BYTES:
        message = f"{where} is longer than {MAX_BYTES} bytes"
        raise TooLarge(message)
