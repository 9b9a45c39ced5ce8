"""Inventory files: what a person writes (YAML), read into plain values with the place of a fault.

The members are the statement's own (docs/inventory.md). A line's source is ``{input: NAME}``,
``{emission: CO2e, factor: NAME}``, ``{gas, set}`` or ``{published, per, component, reference}``;
a NAME is resolved by whoever composes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from ledger.core.errors import Refused
from ledger.core.schema import rules
from ledger.core.schema.footprint import COMPONENTS, STAGES
from ledger.core.schema.rules import boolean, integer, mapping, members, one_of, text
from ledger.intake.files import read_yaml
from ledger.intake.placing import placed

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_LINES: Final = 2048
LINE_DIGITS: Final = 12
DIGITS: Final = 6

_HEAD = ("kind", "issuer", "validFrom", "validUntil")
_OWN = (*_HEAD, "lineDigits", "digits", "inventory")
_anything: rules.Rule = lambda _value, _path: None  # noqa: E731 - judged when it is sealed
_source_rules = {
    "input": members({"input": text}),
    "emission": members({"emission": one_of("CO2e"), "factor": text}),
    "gas": members({"gas": text, "set": one_of("AR5", "AR6")}),
    "published": members(
        {
            "published": rules.decimal,
            "per": text,
            "component": one_of(*COMPONENTS),
            "reference": text,
        }
    ),
}
_PUBLISHED_BY: Final = "name the publication, its table and row: a bare figure can't be followed"


def _source(value: Any, path: str) -> None:
    kinds = [name for name in _source_rules if isinstance(value, dict) and name in value]
    if len(kinds) != 1:
        rules.refuse(path, f"exactly one of {', '.join(_source_rules)}")
    if kinds == ["published"] and not value.get("reference"):
        message = f"{path} is a published figure without reference"
        raise Refused(message, remedy=_PUBLISHED_BY)
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
        "inventory": _anything,
    },
)
_subject = mapping(text, _anything)


@dataclass(frozen=True)
class Inventory:
    """A parsed file. ``lines`` is empty for a factor that only carries published values.

    ``where`` is what messages call it.
    """

    issuer: str
    valid_from: str
    valid_until: str
    line_digits: int
    digits: int
    lines: tuple[Mapping[str, Any], ...]
    subject: Mapping[str, Any]
    where: str = ""

    @property
    def inputs(self) -> set[str]:
        """The names of the statements that its lines cite."""
        sources = [line["source"] for line in self.lines]
        return {source.get("input") or source.get("factor", "") for source in sources} - {""}


def parse_inventory(data: bytes, *, where: str) -> Inventory:
    """Read an inventory file; raises Refused with file and member or line, TooLarge as stated."""
    value = read_yaml(data, where=where)
    if not isinstance(value, dict):
        message = f"{where} is not a mapping of members"
        raise Refused(message, remedy="see examples/ for the members of an inventory")
    with placed(where):
        _required(value)
        _head({name: value[name] for name in _OWN if name in value}, "the inventory")
        lines = _lines(value.get("inventory"))
        subject = {name: member for name, member in value.items() if name not in _OWN}
        _subject(subject, "the inventory")
    return Inventory(
        issuer=value["issuer"],
        valid_from=value["validFrom"],
        valid_until=value["validUntil"],
        line_digits=value.get("lineDigits", LINE_DIGITS),
        digits=value.get("digits", DIGITS),
        lines=lines,
        subject=subject,
        where=where,
    )


def line_place(number: int, value: Any) -> str:
    """Return what messages call a line: its number from 1 and its description."""
    description = value.get("description") if isinstance(value, dict) else None
    return f"line {number}" + (f" ({description})" if isinstance(description, str) else "")


def _required(value: Mapping[str, Any]) -> None:
    missing = [name for name in (*_HEAD, "role", "pcf") if name not in value]
    if missing:
        message = f"the inventory lacks {', '.join(missing)}"
        raise Refused(message, remedy="see examples/ for the members of an inventory")


def _lines(value: Any) -> tuple[Mapping[str, Any], ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not 1 <= len(value) <= MAX_LINES:
        message = f"its inventory is not a list of 1 to {MAX_LINES} lines"
        raise Refused(message, remedy="leave it out for a factor that only carries values")
    for number, line in enumerate(value, 1):
        _line(line, line_place(number, line))
    return tuple(value)
