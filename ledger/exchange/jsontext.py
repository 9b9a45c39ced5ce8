"""JSON text of documents whose numbers are exact decimals: Python's json knows binary ones only."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rootprint.ledger.core.canonical import Json

_INDENT: Final = "  "


def written(value: Json, indent: str = "") -> str:
    """Write ``value``, indented by two spaces; a ``Decimal`` keeps all its digits (RFC 8259).

    Raises TypeError for what JSON does not have, floats among it.
    """
    inner = indent + _INDENT
    if isinstance(value, dict):
        rows = [f"{_text(name)}: {written(item, inner)}" for name, item in value.items()]
        return _bracketed("{}", rows, indent)
    if isinstance(value, list):
        return _bracketed("[]", [written(item, inner) for item in value], indent)
    if isinstance(value, Decimal):
        return format(value or abs(value), "f")
    if value is None or isinstance(value, str | bool | int):
        return _text(value)
    message = f"a {type(value).__name__} is no exact JSON value"
    raise TypeError(message)


def _bracketed(brackets: str, rows: list[str], indent: str) -> str:
    if not rows:
        return brackets
    inner = f",\n{indent}{_INDENT}".join(rows)
    return f"{brackets[0]}\n{indent}{_INDENT}{inner}\n{indent}{brackets[1]}"


def _text(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)
