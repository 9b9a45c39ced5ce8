"""Contributions by gas: what lines measured, and what inputs disclose of their gases.

A footprint whose gases are open, and are its whole total in the one set that it names, is split by
them (mass × GWP) and not looked into. Everything else is looked into; what ends without a gas is
not stated by gas. Nothing is guessed from a component: fossil is more than CO2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rootprint.calc.columns import excluding
from rootprint.calc.contributions import grouped
from rootprint.calc.gases import characterise
from rootprint.ledger.analysis.marks import Mark
from rootprint.ledger.analysis.printing import ROUNDING
from rootprint.ledger.core.tables import tables
from rootprint.ledger.figures import disclosed_gases, single_set

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from rootprint.calc.contributions import Group, Own
    from rootprint.ledger.analysis.reading import Known
    from rootprint.ledger.core.statement import Statement

NOT_STATED: Final = "not stated by gas"


def by_gas(known: Known) -> dict[str, Group]:
    """Return the subject's contributions by gas, without uptake; they sum to its total."""
    stated = {
        number: gases
        for number, gases in enumerate(map(_kilograms, known.statements))
        if gases is not None
    }
    return grouped(known.composition.ending(stated), known.subject, _split)


def _kilograms(statement: Statement) -> dict[str, Fraction] | None:
    """Return kg CO2e by gas, per declared amount, of a footprint that discloses all of them."""
    gases, gwp_set = disclosed_gases(statement), single_set(statement.subject)
    if gases is None or gwp_set is None:
        return None
    return {
        gas: excluding(characterise({gas: mass}, gwp_set, tables().gwp))
        for gas, mass in gases.items()
    }


def _split(_unit: int, own: Own[Fraction]) -> Iterator[tuple[str, float]]:
    label = own.label
    if isinstance(label, Mark):
        name = label.gas or NOT_STATED
        yield name if own.counts else ROUNDING, float(own.value)
        return
    yield from ((gas, float(value)) for gas, value in label.items() if value)
    left = own.value - sum(label.values())
    if left:  # disclosed_gases lets through no more than rounding
        yield ROUNDING, float(left)
