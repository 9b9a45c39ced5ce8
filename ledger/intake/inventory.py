"""Inventory files: what a person writes (YAML), read into plain values with the place of a fault.

The members are the statement's own (docs/inventory.md). A line's source is ``{input: NAME}``,
``{emission: CO2e, factor: NAME}``, ``{gas, set}`` or ``{published, per, component, reference}``;
a NAME is resolved by whoever composes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

import yaml

from ledger.core.canonical import MAX_DEPTH
from ledger.core.errors import Refused, TooLarge
from ledger.core.schema import rules
from ledger.core.schema.footprint import STAGES
from ledger.core.schema.rules import array, boolean, integer, mapping, members, one_of, text

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_BYTES: Final = 1024 * 1024
LINE_DIGITS: Final = 12
DIGITS: Final = 6

_OWN = ("kind", "issuer", "validFrom", "validUntil", "lineDigits", "digits", "inventory")
_anything: rules.Rule = lambda _value, _path: None  # noqa: E731 - judged when it is sealed
_source_rules = {
    "input": members({"input": text}),
    "emission": members({"emission": one_of("CO2e"), "factor": text}),
    "gas": members({"gas": text, "set": text}),
    "published": members(dict.fromkeys(("published", "per", "component", "reference"), _anything)),
}


def _source(value: Any, path: str) -> None:
    kinds = [name for name in _source_rules if isinstance(value, dict) and name in value]
    if len(kinds) != 1:
        rules.refuse(path, f"exactly one of {', '.join(_source_rules)}")
    _source_rules[kinds[0]](value, path)


_line = members(
    {
        "stage": one_of(*STAGES),
        "description": text,
        "amount": members({"value": rules.positive, "unit": text}),
        "source": _source,
        "primary": boolean,
    },
    dict.fromkeys(("quality", "uncertainty", "allocation", "certificate", "evidence"), _anything),
)
_head = members(
    {
        "kind": one_of("FootprintStatement"),
        "issuer": text,
        "validFrom": rules.time,
        "validUntil": rules.time,
    },
    {
        "lineDigits": integer(9, 30),
        "digits": integer(3, 30),
        "inventory": array(_line, most=2048),
    },
)
_subject = mapping(text, _anything)


@dataclass(frozen=True)
class Inventory:
    """A parsed file. ``lines`` is empty for a factor that only carries published values."""

    issuer: str
    valid_from: str
    valid_until: str
    line_digits: int
    digits: int
    lines: tuple[Mapping[str, Any], ...]
    subject: Mapping[str, Any]


def parse_inventory(data: bytes, *, where: str) -> Inventory:
    """Read an inventory file; raises Refused with file and member, TooLarge beyond 1 MiB."""
    if len(data) > MAX_BYTES:
        message = f"{where} is longer than {MAX_BYTES} bytes"
        raise TooLarge(message)
    try:
        value = yaml.safe_load(data)
    except (yaml.YAMLError, RecursionError) as error:
        message = f"{where} is not YAML: {error}"
        raise Refused(message) from error
    if not isinstance(value, dict):
        message = f"{where} is not a mapping of members"
        raise Refused(message)
    _plain(value, where, 1)
    _head({name: value[name] for name in _OWN if name in value}, where)
    subject = {name: member for name, member in value.items() if name not in _OWN}
    _subject(subject, where)
    return Inventory(
        issuer=value["issuer"],
        valid_from=value["validFrom"],
        valid_until=value["validUntil"],
        line_digits=value.get("lineDigits", LINE_DIGITS),
        digits=value.get("digits", DIGITS),
        lines=tuple(value.get("inventory", ())),
        subject=subject,
    )


def _plain(value: Any, path: str, depth: int) -> None:
    if depth > MAX_DEPTH:
        message = f"{path} is nested deeper than {MAX_DEPTH} levels"
        raise TooLarge(message)
    if isinstance(value, (float, date, datetime)):
        message = f"{path} is an unquoted {type(value).__name__}"
        raise Refused(message, remedy="put decimals and times in quotes, so that no digit is lost")
    if isinstance(value, dict):
        for name, member in value.items():
            _plain(member, f"{path}: {name}", depth + 1)
    elif isinstance(value, list):
        for number, member in enumerate(value):
            _plain(member, f"{path}[{number}]", depth + 1)
