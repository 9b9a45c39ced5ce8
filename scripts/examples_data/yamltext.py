"""Readable YAML: decimals as quoted strings, long texts folded, sources as comments."""

from __future__ import annotations

import json
import textwrap
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

SIGNIFICANT = 10  # what a quotient keeps; a published figure keeps its own digits
WIDTH = 96


def decimal_text(value: Fraction, digits: int = SIGNIFICANT) -> str:
    """``value`` as a plain decimal string of at most ``digits`` significant digits, half up."""
    context = Context(prec=digits, rounding=ROUND_HALF_UP)
    text = format(context.divide(value.numerator, value.denominator), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def quoted(text: str) -> str:
    """A double-quoted scalar: YAML takes every JSON string."""
    return json.dumps(text, ensure_ascii=False)


def folded(name: str, text: str, indent: str = "") -> str:
    """``name`` with a folded block scalar; the text reads as one line again."""
    body = textwrap.fill(
        " ".join(text.split()),
        width=WIDTH,
        initial_indent=indent + "  ",
        subsequent_indent=indent + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return f"{indent}{name}: >-\n{body}\n"


def listed(values: list[str]) -> str:
    """A flow list of quoted strings."""
    return "[" + ", ".join(quoted(value) for value in values) + "]"


def members(values: dict[str, str], indent: str = "") -> str:
    """``name: value``, one a line; a value that begins with a line end stands below its name."""
    return "".join(
        f"{indent}{name}:{'' if value.startswith(chr(10)) else ' '}{value}\n"
        for name, value in values.items()
    )


@dataclass(frozen=True)
class Line:
    """One inventory line and, as a comment, where its amount comes from."""

    stage: str
    description: str
    value: str
    unit: str
    source: str
    why: str

    def yaml(self) -> str:
        """The line as an item of ``inventory``."""
        why = textwrap.fill(
            self.why, width=WIDTH, initial_indent="    # ", subsequent_indent="    # "
        )
        return (
            f"  - stage: {self.stage}\n"
            f"    description: {quoted(self.description)}\n"
            f"{why}\n"
            f"    amount: {{value: {quoted(self.value)}, unit: {self.unit}}}\n"
            f"    source:{self.source if self.source[0].isspace() else ' ' + self.source}\n"
            "    primary: false\n"
        )


@dataclass(frozen=True)
class Organisation:
    """A fictional organisation; its id is the host of its DID under ``.example``."""

    id: str
    name: str
    country: str
    role: str

    def yaml(self) -> str:
        """The organisation as an item of ``organisations``."""
        return (
            f"  - id: {self.id}\n"
            f"    did: did:web:{self.id}.example\n"
            f"    legalName: {quoted(self.name + ' (fictional)')}\n"
            f"    country: {quoted(self.country)}\n"  # quoted: a bare NO is false in YAML 1.1
            f"    roles: [{self.role}]\n"
        )
