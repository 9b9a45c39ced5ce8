"""From a file's bytes to the footprints in it: JSON within limits, with exact decimals.

A footprint may stand alone, in a list, under ``data`` as PACT's actions answer (ListFootprints,
GetFootprint), or under ``data.pfs`` as its events bring it.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NoReturn

from rootprint.ledger.core.errors import Refused, TooLarge
from rootprint.ledger.partner.holdable import why_not_holdable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rootprint.ledger.core.canonical import Json

MAX_BYTES: Final = 8 * 1024 * 1024
MAX_FOOTPRINTS: Final = 1_000
MAX_DEPTH: Final = 32
MAX_DIGITS: Final = 400
# A comma, colon or bracket for each value at most: what a value costs in memory is thereby bounded.
MAX_MARKS: Final = 400_000
PACT: Final = "a PACT footprint"
CATENA_X: Final = "a Catena-X PCF"
_CATENA_X_GROUPS: Final = ("scopeOfPcfForm", "productLifeCycleStagesAndEmissions")
_SAVE: Final = "ask the partner for the file as its program wrote it, in UTF-8"
_WHAT: Final = (
    "give a PACT 3.0 ProductFootprint or a Catena-X PCF 9.0.0, alone, in a list, or as PACT's API"
    ' answers: {"data": […]}'
)


@dataclass(frozen=True)
class Footprint:
    """A footprint in a file: ``place`` is its path with a dot at the end, empty if it is all.

    ``faults`` are the paths of values that no statement can hold, each with what is wrong.
    """

    place: str
    form: str
    members: Mapping[str, Json]
    faults: Sequence[tuple[str, str]] = ()


def read_footprints(data: bytes, *, where: str) -> list[Footprint]:
    """Return the footprints of a file, in its order.

    Raises TooLarge beyond 8 MiB, 32 levels, 1,000 footprints or 400,000 values; Refused for what is
    not JSON, says a member twice, or is no footprint.
    """
    value = _parsed(data, where)
    found = list(_found(value, ""))
    if not found:
        message = f"{where} is JSON, and holds no footprint"
        raise Refused(message, remedy=_WHAT)
    if len(found) > MAX_FOOTPRINTS:
        message = f"{where} holds more than {MAX_FOOTPRINTS} footprints"
        raise TooLarge(message, remedy="take them in in smaller lists")
    for place, one in found:
        if _form(one) is None:
            message = f"{where}, {place or 'its value'}, is no footprint"
            raise Refused(message, remedy=_WHAT)
    return [
        Footprint(
            f"{place}." if place else "", _form(one) or PACT, _said(one), why_not_holdable(one)
        )
        for place, one in found
    ]


def form_of_bytes(data: bytes) -> str | None:
    """Return of which partner's form a file is, PACT or CATENA_X, and None for any other."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in {b"{", b"["}:
        return None
    try:
        found = list(_found(_parsed(data, "the file"), ""))
    except Refused:
        return None
    forms = [_form(one) for _, one in found]
    return forms[0] if forms else None


def _said(value: Json) -> Any:
    """Return a value without members that are null: programs write them for what they don't say."""
    if isinstance(value, dict):
        return {name: _said(one) for name, one in value.items() if one is not None}
    if isinstance(value, list):
        return [_said(one) for one in value]
    return value


def _found(value: Json, place: str) -> Iterator[tuple[str, Json]]:
    """Yield what may be a footprint, with its path; a list's items are not looked into."""
    if isinstance(value, list):
        yield from ((f"{place}[{number}]", one) for number, one in enumerate(value))
    elif _form(value) is not None:
        yield place, value
    elif isinstance(value, dict):
        for name in ("data", "pfs"):
            if isinstance(value.get(name), dict | list):
                yield from _found(value[name], f"{place}.{name}".lstrip("."))
                return


def _form(value: Json) -> str | None:
    if not isinstance(value, dict):
        return None
    if any(name in value for name in _CATENA_X_GROUPS):
        return CATENA_X
    said = {"specVersion", "companyIds", "companyName", "productIds"} & value.keys()
    # An inventory file may be written in JSON and names its products too; it says what it is.
    ours = {"kind", "role", "credentialSubject"} & value.keys()
    return PACT if said and not ours and isinstance(value.get("pcf"), dict) else None


def _parsed(data: bytes, where: str) -> Json:
    if len(data) > MAX_BYTES or sum(map(data.count, (b",", b":", b"[", b"{"))) > MAX_MARKS:
        message = f"{where} is longer than {MAX_BYTES} bytes or has more than {MAX_MARKS} values"
        raise TooLarge(message, remedy="take the footprints in in smaller lists")
    try:
        text = data.decode("utf-8-sig")
        _require_shallow(text, where)
        return json.loads(
            text,
            parse_float=Decimal,
            parse_int=_integer,
            parse_constant=_no_number,
            object_pairs_hook=lambda pairs: _once(pairs, where),
        )
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"{where}:{line} is not UTF-8"
        raise Refused(message, remedy=_SAVE) from error
    except json.JSONDecodeError as error:
        message = f"{where}:{error.lineno}:{error.colno} is not JSON here: {error.msg}"
        raise Refused(message, remedy=_SAVE) from error
    except (ValueError, ArithmeticError) as error:
        message = f"{where} has a number that can't be read: {str(error)[:80]}"
        raise Refused(message, remedy=_SAVE) from error


def _integer(text: str) -> int:
    if len(text) > MAX_DIGITS:
        message = f"it has {len(text)} digits, more than {MAX_DIGITS}"
        raise ValueError(message)
    return int(text)


def _require_shallow(text: str, where: str) -> None:
    """Refuse what nests too deep before a parser follows it; brackets in texts count with it."""
    depth = 0
    for mark in text:
        if mark in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                message = f"{where} is deeper than {MAX_DEPTH} levels"
                raise TooLarge(message, remedy=_SAVE)
        elif mark in "]}":
            depth -= 1


def _once(pairs: list[tuple[str, Any]], where: str) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        counts = Counter(name for name, _ in pairs)
        twice = next(name for name, count in counts.items() if count > 1)
        message = f"{where} says {twice[:64]!r} twice in one object"
        raise Refused(message, remedy="ask the partner which of the two it means")
    return members


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)
