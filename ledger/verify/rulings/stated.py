"""What check 8 compares with the totals of the lines (law 1): each figure, to its last digit."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple

from rootprint.calc.equations import EXCLUDING_TOTAL, INCLUDING_TOTAL
from rootprint.calc.rounding import SHARE_PLACES, units_text
from rootprint.ledger.core.schema.components import COMPONENTS
from rootprint.ledger.core.schema.names import RATINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rootprint.calc.totals import Totals
    from rootprint.ledger.core.statement import Statement

Shown = str | Mapping[str, str]
TEMPORAL: Final = "dqi.temporalDQR"


class Differing(NamedTuple):
    """A figure that is stated otherwise than it was recomputed."""

    name: str
    signed: Shown
    mine: Shown


def differing(statement: Statement, computed: Totals) -> Iterator[Differing]:
    """Yield each figure that differs, in the order of the statement's members."""
    yield from _kilograms(statement.subject["pcf"], computed)
    yield from _shares(statement, computed)
    cells = statement.opened.cells
    if cells is not None:
        mine = {stage: _texts(row, computed.places) for stage, row in computed.in_cells.items()}
        if cells != mine and _flat(cells) != _flat(mine):
            yield Differing("cells", _flat(cells), _flat(mine))


def _kilograms(pcf: Mapping[str, str], computed: Totals) -> Iterator[Differing]:
    """Compare totals and components; one that is absent is the zero that it means."""
    places, components = computed.places, computed.in_components
    excluding, including = computed.in_excluding, computed.in_including
    for name, units in ((EXCLUDING_TOTAL, excluding), (INCLUDING_TOTAL, including)):
        mine = units_text(units, places)
        if pcf[name] != mine:
            yield Differing(name, pcf[name], mine)
    for name in COMPONENTS:
        if name in components:
            mine, zero = units_text(components[name], places), not components[name]
            if pcf.get(name, mine if zero else None) != mine:
                yield Differing(name, pcf.get(name, "absent"), mine)
        elif name in pcf and Fraction(pcf[name]):
            yield Differing(name, pcf[name], "0")


def _shares(statement: Statement, computed: Totals) -> Iterator[Differing]:
    """Compare the primary share of a product, ratings where they are stated, and GWP sets."""
    subject, pcf = statement.subject, statement.subject["pcf"]
    if subject["role"] == "product":
        share = units_text(computed.in_primary_share, SHARE_PLACES)
        if pcf["primaryDataShare"] != share:
            yield Differing("primaryDataShare", pcf["primaryDataShare"], share)
    if "dqi" in pcf:
        for name, units in zip(RATINGS, computed.in_quality or (None,) * 3, strict=True):
            rating = "no rating" if units is None else units_text(units, SHARE_PLACES)
            if pcf["dqi"][name] != rating:
                yield Differing(f"dqi.{name}", pcf["dqi"][name], rating)
    signed = {item["set"]: item["share"] for item in subject["characterizationSets"]}
    sets = _texts(computed.in_sets, SHARE_PLACES)
    if signed != sets:
        yield Differing("characterizationSets", signed, sets)


def _texts(row: Mapping[str, int], places: int) -> dict[str, str]:
    return {name: units_text(units, places) for name, units in row.items()}


def _flat(cells: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    return {f"{stage} {name}": value for stage, row in cells.items() for name, value in row.items()}
