"""Cells of somebody's table, as exact texts and decimals.

A workbook keeps numbers as IEEE 754 doubles and shows at most 15 significant digits of them; the 15
are what was published, the rest is the machine's.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

from rootprint.ledger.core.schema.rules import is_decimal

MAX_CELL: Final = 4096
WORKBOOK_DIGITS: Final = 15
# An exponent of two digits can't make a number that does not fit a statement's 34 digits too late.
_NUMBER = re.compile(r"-?[0-9]{1,34}(\.[0-9]{1,34})?([eE][+-]?[0-9]{1,2})?", re.ASCII)


def text(value: Any) -> str:
    """Return a cell's text, without space around it; empty for an empty cell."""
    return "" if value is None else str(value)[:MAX_CELL].strip()


def number(value: Any) -> Decimal | None:
    """Return a cell's number exactly, or None where there is none that a statement could hold."""
    if isinstance(value, bool):
        return None
    written = format(value, f".{WORKBOOK_DIGITS}g") if isinstance(value, float) else text(value)
    if not _NUMBER.fullmatch(written):
        return None
    exact = Decimal(written)
    return exact if is_decimal(format(exact or abs(exact), "f")) else None
