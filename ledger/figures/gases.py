"""Gases of a footprint: filled while composing, and restated in another GWP set.

The hidden member ``gases`` is kg of each gas per declared amount. It is there only if every line
that counts says its gases, and it is used only where it adds up to the total it stands beside.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from rootprint.calc.errors import CalculationError
from rootprint.calc.gases import Recharacterised, characterise, gases_of_lines, recharacterise
from rootprint.calc.rounding import MAX_ROUNDING_SHARE, decimal_text, half_up
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema.components import ADDED
from rootprint.ledger.core.tables import tables
from rootprint.ledger.figures import signed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rootprint.calc.lines import Line
    from rootprint.ledger.core.statement import Statement


def composed_gases(
    lines: Sequence[Line],
    results: Sequence[Mapping[str, Fraction]],
    cited: Sequence[Statement | None],
    line_digits: int,
) -> dict[str, str] | None:
    """Return kg of each gas to ``line_digits`` places, None unless all of it is known.

    ``results`` are the lines' exact ones.
    """
    disclosed = [None if other is None else disclosed_gases(other) for other in cited]
    gases = gases_of_lines(lines, results, disclosed, signed.unit_table())
    if not gases:
        return None
    return {gas: decimal_text(half_up(mass, line_digits)) for gas, mass in gases.items() if mass}


def disclosed_gases(statement: Statement) -> dict[str, Fraction] | None:
    """Return a footprint's kg of gases where they are open and are its whole total, else None."""
    found = statement.opened.gases
    gwp_set = single_set(statement.subject)
    if found is None or gwp_set is None:
        return None
    gases = {gas: Fraction(mass) for gas, mass in found.items()}
    try:
        return None if disagreement(gases, statement.subject["pcf"], gwp_set) else gases
    except CalculationError:
        return None  # a gas that this version's table does not know is not disclosed to us


def single_set(subject: Mapping[str, Any]) -> str | None:
    """Return the one GWP set that a footprint names, None where it mixes or does not say."""
    sets = [item["set"] for item in subject["characterizationSets"]]
    return sets[0] if len(sets) == 1 and sets[0] in tables().gwp["sets"] else None


def disagreement(gases: Mapping[str, Fraction], pcf: Mapping[str, Any], gwp_set: str) -> str | None:
    """Return the component that these gases are not, in this set; None if they are all of it.

    Raises CalculationError for a gas that the set does not have.
    """
    whole = characterise(gases, gwp_set, tables().gwp)
    _, _, decimals = str(pcf["pcfExcludingBiogenicUptake"]).partition(".")
    # A part says nothing of gases but where a flow is one: the rest of them follow their whole.
    for name in (*ADDED, *map(str, tables().gwp["ofWhich"].values())):
        given, found = Fraction(pcf.get(name, "0")), whole.get(name, Fraction(0))
        slack = MAX_ROUNDING_SHARE * abs(given) + Fraction(1, 10 ** len(decimals))
        if abs(given - found) > slack:
            return name
    return None


def recharacterised(statement: Statement, to_set: str) -> Recharacterised:
    """Return a footprint's gases in its own GWP set and in ``to_set``, exactly.

    Raises Refused where its gases are hidden or absent, are not its whole total, or where it
    mixes sets or states none: then there is no one set to come from.
    """
    gwp_set, gases = single_set(statement.subject), disclosed_gases(statement)
    if to_set not in tables().gwp["sets"]:
        message = f"there is no GWP set {to_set[:16]!r}"
        raise Refused(message, remedy=f"use one of {', '.join(sorted(tables().gwp['sets']))}")
    if gwp_set is None:
        message = "the footprint does not rest on one stated GWP set"
        raise Refused(message, remedy="ask its issuer for its gases and one set")
    if gases is None:
        message = "the footprint's gases are not open, or are not its whole total"
        raise Refused(message, remedy="ask its issuer to open gases")
    return recharacterise(gases, from_set=gwp_set, to_set=to_set, gwp=tables().gwp)
