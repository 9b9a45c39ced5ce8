"""The same contributions added up by stage, organisation, country, component, gas, tier, check."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.contributions import Group, Own, grouped, tiers
from rootprint.ledger.analysis.by_gas import by_gas
from rootprint.ledger.analysis.marks import Sort
from rootprint.ledger.analysis.printing import ROUNDING, Printing
from rootprint.ledger.analysis.tree import country, organisation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rootprint.ledger.analysis.reading import Known

GROUPINGS: Final = ("stage", "organisation", "country", "component", "gas", "tier", "checked")
UNKNOWN: Final = "unknown"


def tables(known: Known, printing: Printing) -> dict[str, list[dict[str, Any]]]:
    """Return each grouping as rows ``{name, kgCO2e, percent}``, the heaviest first.

    Factors count with the product that uses them: its organisation, its country (what a factor's
    publisher states is where it published). Stages are those of the subject's own lines.
    """
    composition, subject = known.composition, known.subject
    users = composition.folded(lambda n: known.statements[n].subject["role"] == "factor")
    issuers = [statement.issuer for statement in known.statements]
    places = [country(statement) for statement in known.statements]
    names = {
        statement.issuer: organisation(node, statement)
        for node, statement in zip(known.nodes, known.statements, strict=True)
    }
    found: dict[str, Mapping[Any, Group]] = {
        "stage": _stages(known),
        "organisation": grouped(users, subject, lambda n, own: [_in(issuers[n], own)]),
        "country": grouped(users, subject, lambda n, own: [_in(places[n], own)]),
        "component": grouped(composition, subject, _components),
        "gas": by_gas(known),
        "tier": {
            ROUNDING if tier is None else tier: group
            for tier, group in tiers(composition, subject).items()
        },
        "checked": grouped(
            composition, subject, lambda _, own: [(own.label.checked, float(own.value))]
        ),
    }
    return {
        grouping: [
            {"name": names.get(name, str(name)) if grouping == "organisation" else str(name),
             **({"id": name} if grouping == "organisation" else {}),
             "kgCO2e": kilograms, "percent": percent}
            for name, (kilograms, percent) in printing.groups(found[grouping]).items()
        ]
        for grouping in GROUPINGS
    }  # fmt: skip


def _stages(known: Known) -> dict[str, Group]:
    groups: dict[str, Group] = {}
    composition, unit = known.composition, known.composition[known.subject]
    for own in unit.own:
        rounding = own.label.sort is Sort.ROUNDING
        name = own.label.stage or (ROUNDING if rounding else UNKNOWN)
        groups.setdefault(name, Group()).add(float(own.value))
    for part in unit.inputs:
        group = groups.setdefault(part.label.stage, Group())
        group.value += float(part.scale * composition[part.cited].total)
        group.gross += float(part.scale) * float(composition.gross[part.cited])
    return groups


def _components(_unit: int, own: Own[Fraction]) -> Iterable[tuple[str, float]]:
    """Split by component; open totals are rounded, so a little may be left."""
    components = own.label.components
    yield from ((name, float(value)) for name, value in components.items() if value)
    left = own.value - sum(components.values(), Fraction(0))
    if left:
        name = UNKNOWN if own.label.sort is Sort.DIFFERENCE else ROUNDING
        yield name, float(left)


def _in(name: str, own: Own[Fraction]) -> tuple[str, float]:
    return name if own.counts else ROUNDING, float(own.value)
