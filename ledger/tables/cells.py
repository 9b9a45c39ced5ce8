"""Cells of somebody's table, as exact texts and decimals."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from rootprint.ledger.core.schema.rules import is_decimal

MAX_CELL: Final = 4096
# An exponent of two digits can't make a number that does not fit a statement's 34 digits too late.
_NUMBER = re.compile(r"-?[0-9]{1,34}(\.[0-9]{1,34})?([eE][+-]?[0-9]{1,2})?", re.ASCII)


def text(value: str | None) -> str:
    """Return a cell's text, without space around it; empty for an empty cell."""
    return "" if value is None else value[:MAX_CELL].strip()


def number(value: str | None) -> Decimal | None:
    """Return a cell's number exactly, or None where there is none that a statement could hold."""
    written = text(value)
    if not _NUMBER.fullmatch(written):
        return None
    exact = Decimal(written)
    return exact if is_decimal(format(exact or abs(exact), "f")) else None
