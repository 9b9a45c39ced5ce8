"""Gases: kg of each, characterised with a named GWP set, and again with another.

A footprint whose gases are known can be restated in any set (PACT: AR6, CBAM: AR5). A list of gases
is whole or it is not there: one line without its gases leaves nothing to characterise again.
The sets are an argument: ``{"component", "sets", "negative", "ofWhich"}`` as in
ledger/core/data/gwp.json.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from rootprint.calc.columns import excluding
from rootprint.calc.lines import Carbon, Cited, Gas, characterisation, scale

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rootprint.calc.lines import Line
    from rootprint.calc.units import UnitTable

Gases = dict[str, Fraction]


@dataclass(frozen=True)
class Recharacterised:
    """The same gases in two sets: kg CO2e by component, exact. Nothing else differs."""

    from_set: str
    to_set: str
    before: Mapping[str, Fraction]
    after: Mapping[str, Fraction]

    @property
    def change(self) -> Fraction:
        """The change of the total without biogenic uptake, in kg CO2e."""
        return excluding(self.after) - excluding(self.before)


def characterise(
    gases: Mapping[str, Fraction], gwp_set: str, gwp: Mapping[str, Any]
) -> dict[str, Fraction]:
    """Return kg CO2e by component of kg of gases, exactly; every gas in the one set named.

    Raises CalculationError for a gas that the set does not have.
    """
    result: dict[str, Fraction] = {}
    for gas, mass in gases.items():
        for component, factor in characterisation(gas, gwp_set, gwp).items():
            result[component] = result.get(component, Fraction(0)) + mass * factor
    return result


def recharacterise(
    gases: Mapping[str, Fraction], *, from_set: str, to_set: str, gwp: Mapping[str, Any]
) -> Recharacterised:
    """Return what the same kg of gases are in both sets; raises as ``characterise`` does."""
    before, after = (characterise(gases, name, gwp) for name in (from_set, to_set))
    return Recharacterised(from_set, to_set, before, after)


def gases_of_lines(
    lines: Sequence[Line],
    results: Sequence[Mapping[str, Fraction]],
    disclosed: Sequence[Mapping[str, Fraction] | None],
    units: UnitTable,
) -> Gases | None:
    """Return kg of each gas that these lines bring, None unless every one that counts says so.

    ``disclosed`` holds, for each line that cites a footprint, that footprint's kg of gases per its
    declared amount, or None. A line whose every component is zero brings nothing; a credit takes
    off a footprint and no gas.
    """
    sums: Gases = {}
    for line, result, known in zip(lines, results, disclosed, strict=True):
        part = _gases(line, known, units)
        if part is None:
            if any(result.values()):
                return None
            continue
        for gas, mass in part.items():
            sums[gas] = sums.get(gas, Fraction(0)) + mass
    return sums


def _gases(
    line: Line, known: Mapping[str, Fraction] | None, units: UnitTable
) -> Mapping[str, Fraction] | None:
    if line.credit:
        return None
    if isinstance(line.source, Gas):
        return {line.source.name: line.amount * units.factor(line.unit, "kilogram")}
    if isinstance(line.source, Carbon):
        times = line.amount * units.factor(line.unit, line.source.per)
        return {flow: times * mass for flow, mass in line.source.flows.items()}
    if not isinstance(line.source, Cited) or known is None:
        return None
    times = scale(line, units)
    return {gas: times * mass for gas, mass in known.items()}
