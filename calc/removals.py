"""Bounds of what is captured and removed: law 3.

What is captured at its source was generated there, and is stored as what is removed from the air.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from rootprint.calc.columns import (
    BIOGENIC_EMISSIONS,
    CAPTURE,
    FOSSIL,
    PARTS,
    TECHNOLOGICAL_REMOVALS,
    column,
)
from rootprint.calc.lines import Gas, Published

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rootprint.calc.lines import Line

# Aircraft, land that changes use and managed land have no stack: their CO2 is another flow.
_AT_A_STACK: Final = ("CO2", "CO2_biogenic")
_VERBS: Final = {TECHNOLOGICAL_REMOVALS: "removes", CAPTURE: "captures"}
STORED: Final = frozenset(_VERBS)  # what shows where it is stored


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
    lines: Sequence[Line],
    exact: Sequence[Mapping[str, Fraction]],
    own: Mapping[int, Fraction | None],
) -> Fraction:
    """Return the CO2 (kg) that a process's own lines generate at a stack, fossil and biogenic.

    ``own`` are the places of lines that state an own emission, by a factor or by a balance of
    streams, each with the most of it (kg) that is CO2, None for all. Of gases only CO2 itself can
    be captured as CO2, and not that of aircraft and land. A published figure, or a footprint that
    is cited, says of somebody else's process.
    """
    made = Fraction(0)
    for place, (line, result) in enumerate(zip(lines, exact, strict=True)):
        if place in own:
            most, stack = own[place], _at_a_stack(result)
            made += stack if most is None else min(stack, most)
        elif isinstance(line.source, Gas) and line.source.name in _AT_A_STACK:
            made += _at_a_stack(result)
    return made


def _at_a_stack(result: Mapping[str, Fraction]) -> Fraction:
    fossil = column(result, (FOSSIL,)) - column(result, PARTS)
    return max(fossil, Fraction(0)) + column(result, (BIOGENIC_EMISSIONS,))


def stores_less(result: Mapping[str, Fraction], stored: Fraction) -> str | None:
    """Return what a line does with more CO2 than the ``stored`` kg that it shows, None if nothing.

    ``removes`` is from the air, ``captures`` at the source: both end where it is stored.
    """
    for name, verb in _VERBS.items():
        if name in result and -result[name] > stored:
            return verb
    return None
