"""Files that people write, scenarios (YAML) and drafts (JSON), read without losing anything.

Plain parsers keep the last of two members with one name and turn 0.10 into a binary float; both
would change what somebody meant, so both are refused with the place.
"""

from __future__ import annotations

import json
from typing import Any, NoReturn

import orjson

from rootprint.ledger.core.canonical import decode, encode
from rootprint.ledger.core.errors import Refused, TooLarge
from rootprint.ledger.intake.inventory import MAX_BYTES, FileProblems
from rootprint.ledger.intake.inventory.yamlfile import read_yaml_value
from rootprint.ledger.rules import each_once


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


def _bounded(data: bytes, where: str) -> None:
    if len(data) > MAX_BYTES:
        message = f"{where} is longer than {MAX_BYTES} bytes"
        raise TooLarge(message)
