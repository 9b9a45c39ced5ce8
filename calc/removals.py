"""Bounds of what is captured and removed: law 3.

What is captured at its source was generated there; what is removed from the air is stored.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from rootprint.calc.columns import (
    BIOGENIC_EMISSIONS,
    CAPTURE,
    EMISSIONS,
    TECHNOLOGICAL_REMOVALS,
    column,
)
from rootprint.calc.lines import Gas, Published

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rootprint.calc.lines import Line

_GENERATED: Final = (*EMISSIONS, BIOGENIC_EMISSIONS)
_CO2: Final = "CO2"


def captured(lines: Sequence[Line], exact: Sequence[Mapping[str, Fraction]]) -> Fraction:
    """Return the CO2 (kg) that a process's own lines say is captured; what inputs did is theirs."""
    return -sum(
        (
            result.get(CAPTURE, Fraction(0))
            for line, result in zip(lines, exact, strict=True)
            if isinstance(line.source, (Gas, Published))
        ),
        Fraction(0),
    )


def generated(
    lines: Sequence[Line], exact: Sequence[Mapping[str, Fraction]], own: Iterable[int]
) -> Fraction:
    """Return the CO2 (kg) that a process's own lines generate, fossil and biogenic.

    ``own`` are the places of lines that state an own emission, by a factor or by a balance of
    streams; what they come to counts whole. Of gases only CO2 itself can be captured as CO2. A
    published figure, or a footprint that is cited, says of somebody else's process.
    """
    emitting = set(own)
    return sum(
        (
            column(result, _GENERATED)
            for place, (line, result) in enumerate(zip(lines, exact, strict=True))
            if place in emitting
            or (isinstance(line.source, Gas) and line.source.name.startswith(_CO2))
        ),
        Fraction(0),
    )


def stores_less(result: Mapping[str, Fraction], stored: Fraction | None) -> bool:
    """Whether a line removes more CO2 (kg) from the air than it shows to be stored."""
    return -result.get(TECHNOLOGICAL_REMOVALS, Fraction(0)) > (stored or Fraction(0))
