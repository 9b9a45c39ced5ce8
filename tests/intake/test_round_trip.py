"""Random inventories of several tiers: composed, sealed, published, anchored, walked.

The totals are computed again here from the drawn numbers alone, in Fractions, by the rounding
rule as docs/statement.md says it; and once more in float64 over the whole graph.
"""

from __future__ import annotations

import math
import tempfile
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rootprint.calc.graph import Graph
from rootprint.ledger.intake import Inventory, compose
from tests.intake.place import Place, open_place
from tests.support.world import SUPPLIER, VALID

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement

FOSSIL, BIOGENIC = "fossilGhgEmissions", "biogenicNonCO2Emissions"
REMOVED, UPTAKE = "landManagementBiogenicCO2Removals", "biogenicCO2Uptake"
SIZE = {"kilogram": Fraction(1), "gram": Fraction(1, 1000), "tonne": Fraction(1000)}
GASES = {
    "CO2": (FOSSIL, Fraction(1)),
    "CH4_non_fossil": (BIOGENIC, Fraction(27)),
    "CO2_land_management_removal": (REMOVED, Fraction(-1)),
    "CO2_uptake": (UPTAKE, Fraction(-1)),
}
EMITTED = (FOSSIL, BIOGENIC)
STAGES = ("raw-material", "manufacturing", "distribution")
# (lineDigits, digits, how near float64 without any rounding must come)
PRECISIONS = {"fine": (20, 15, 1e-9), "usual": (12, 6, 1e-4)}

amounts = st.decimals(min_value=Decimal("0.01"), max_value=50, places=3)


@dataclass(frozen=True)
class DrawnLine:
    """``cites`` an earlier node by number, or a gas by name, or is a published value."""

    amount: Decimal
    unit: str
    stage: str
    cites: int | str | Decimal


@dataclass(frozen=True)
class Drawn:
    """A node: per ``declared`` kilograms; a factor has a ``value`` and no lines."""

    declared: Decimal
    value: Decimal = Decimal(0)
    lines: tuple[DrawnLine, ...] = ()


@st.composite
def tiers(draw: st.DrawFn) -> list[Drawn]:
    """One to three factors, then two to five products that each cite at least one before it."""
    nodes = draw(st.lists(st.builds(Drawn, amounts, amounts), min_size=1, max_size=3))
    for _ in range(draw(st.integers(2, 5))):
        earlier = st.integers(0, len(nodes) - 1)
        one = st.builds(DrawnLine, amounts, st.sampled_from(sorted(SIZE)),
                        st.sampled_from(STAGES), earlier)  # fmt: skip
        other = st.builds(DrawnLine, amounts, st.sampled_from(sorted(SIZE)),
                          st.sampled_from(STAGES),
                          earlier | st.sampled_from(sorted(GASES)) | amounts)  # fmt: skip
        lines = (draw(one), *draw(st.lists(other, max_size=4)))
        nodes.append(Drawn(draw(amounts), lines=lines))
    return nodes


@dataclass
class Expected:
    """The rule again: each stage's component rounded once, to the gross's places; sums of these."""

    line_digits: int
    digits: int
    components: list[dict[str, Fraction]] = field(default_factory=list)
    totals: list[Fraction] = field(default_factory=list)
    gross: list[Fraction] = field(default_factory=list)

    def add(self, node: Drawn, nodes: list[Drawn]) -> None:
        """Compute the next node from those before it."""
        if not node.lines:
            self.components.append({FOSSIL: Fraction(node.value)})
            self.totals.append(Fraction(node.value))
            self.gross.append(Fraction(node.value))
            return
        cells: dict[tuple[str, str], Fraction] = {}
        for line in node.lines:
            for name, value in self._line(line, nodes).items():
                at = line.stage, name
                cells[at] = cells.get(at, Fraction(0)) + value
        gross = sum((v for (_, name), v in cells.items() if name in EMITTED), Fraction(0))
        places = self.line_digits
        if gross:
            places = self.digits - 1 - magnitude(gross)
            if nearest(gross, places) >= Fraction(10) ** (magnitude(gross) + 1):
                places -= 1
        sums = {FOSSIL: Fraction(0)}
        for (_, name), value in cells.items():
            sums[name] = sums.get(name, Fraction(0)) + nearest(value, max(places, 0))
        self.components.append(sums)
        self.gross.append(gross)
        self.totals.append(sum((v for n, v in sums.items() if n != UPTAKE), Fraction(0)))

    def _line(self, line: DrawnLine, nodes: list[Drawn]) -> dict[str, Fraction]:
        mass = Fraction(line.amount) * SIZE[line.unit]
        if isinstance(line.cites, Decimal):
            return {FOSSIL: mass * Fraction(line.cites)}
        if isinstance(line.cites, str):
            component, gwp = GASES[line.cites]
            return {component: mass * gwp}
        times = mass / Fraction(nodes[line.cites].declared)
        return {name: times * value for name, value in self.components[line.cites].items()}


def nearest(value: Fraction, places: int) -> Fraction:
    """Round half up, away from zero."""
    unit = Fraction(10) ** -places
    rounded = math.floor(abs(value) / unit + Fraction(1, 2)) * unit
    return -rounded if value < 0 else rounded


def magnitude(value: Fraction) -> int:
    """Return the power of ten of the first significant digit."""
    power = 0
    while value >= Fraction(10) ** (power + 1):
        power += 1
    while value < Fraction(10) ** power:
        power -= 1
    return power


def written(line: DrawnLine, names: list[str]) -> dict[str, Any]:
    """Return the line as a person writes it into an inventory."""
    source: dict[str, str] = {"input": names[line.cites]} if isinstance(line.cites, int) else {}
    if isinstance(line.cites, str):
        source = {"gas": line.cites, "set": "AR6"}
    if isinstance(line.cites, Decimal):
        source = {"published": str(line.cites), "per": "kg", "component": FOSSIL,
                  "reference": "An example, table 1"}  # fmt: skip
    return {
        "stage": line.stage,
        "description": f"takes {line.cites}",
        "amount": {"value": str(line.amount), "unit": line.unit},
        "source": source,
        "primary": isinstance(line.cites, str),
        **({"removal": EVIDENCE} if line.cites == "CO2_land_management_removal" else {}),
    }


EVIDENCE = {"method": "Soil carbon, sampled", "evidence": "An example report"}


def publish(place: Place, nodes: list[Drawn], line_digits: int, digits: int) -> list[Statement]:
    """Publish factors one by one and all products in one batch."""
    held: dict[str, Statement] = {}
    batch = []
    for number, node in enumerate(nodes):
        name, pcf = f"n{number}", {"declaredUnitAmount": str(node.declared)}
        mass = {"productMassPerDeclaredUnit": str(node.declared)}
        if not node.lines:
            value = str(node.value)
            totals = (FOSSIL, "pcfExcludingBiogenicUptake", "pcfIncludingBiogenicUptake")
            draft = place.world.factor(name, pcf={**pcf, **dict.fromkeys(totals, value)})
            held[name] = place.published(draft)
            continue
        template = place.world.product(name, [MADE_UP], boundary="cradle-to-grave", pcf=pcf | mass)[
            "credentialSubject"
        ]
        subject = {k: v for k, v in template.items() if k not in {"inventory", "cells"}}
        lines = tuple(written(line, list(held)) for line in node.lines)
        inventory = Inventory(
            SUPPLIER, VALID["validFrom"], VALID["validUntil"], line_digits, digits, lines, subject
        )
        held[name] = place.signed(compose(inventory, SUPPLIER, held.__getitem__))
        batch.append(held[name])
    place.publish(*batch)
    return list(held.values())


MADE_UP = written(DrawnLine(Decimal(1), "kilogram", "manufacturing", "CO2"), [])


def in_floats(nodes: list[Drawn]) -> list[float]:
    """Return every footprint per its declared amount, by one pass over the graph in float64."""
    edges, own = [], []
    for number, node in enumerate(nodes):
        emitted = float(node.value)
        for line in node.lines:
            mass = float(line.amount) * float(SIZE[line.unit])
            if isinstance(line.cites, int):
                edges.append((number, line.cites, mass / float(nodes[line.cites].declared)))
            elif isinstance(line.cites, str):
                emitted += mass * float(GASES[line.cites][1]) * (line.cites != "CO2_uptake")
            else:
                emitted += mass * float(line.cites)
        own.append(emitted)
    graph, emissions = Graph.of(len(nodes), edges), np.array(own)
    forward = graph.footprints(emissions)
    backward = [float(graph.takes(product) @ emissions) for product in range(len(nodes))]
    assert backward == pytest.approx(forward.tolist(), rel=1e-9, abs=1e-6)
    return list(forward.tolist())


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(nodes=tiers(), precision=st.sampled_from(sorted(PRECISIONS)))
def test_what_is_composed_verifies_and_is_the_number_that_the_rule_gives(
    nodes: list[Drawn], precision: str
) -> None:
    line_digits, digits, near = PRECISIONS[precision]
    expected = Expected(line_digits, digits)
    for node in nodes:
        expected.add(node, nodes)
    with tempfile.TemporaryDirectory() as folder:
        place = open_place(Path(folder))
        try:
            statements = publish(place, nodes, line_digits, digits)
            place.anchor()
            report = place.walk(statements[-1])
        finally:
            place.home.store.close()
    answer = report.json()["totals"]
    if -Fraction(answer["removals"]) > Fraction(answer["gross"]):
        # More is taken off than was emitted: true, and more than the default policy lets count.
        assert [unmet.partition(":")[0] for unmet in report.unmet] == ["mostRemovals"]
        assert report.verdict == "incomplete"
    else:
        assert report.verdict == "verified", report.deciding or report.unmet
    columns = sum(Fraction(answer[name]) for name in ("gross", "removals", "captured", "credits"))
    assert columns == Fraction(answer["pcfExcludingBiogenicUptake"])
    for statement, total, components in zip(
        statements, expected.totals, expected.components, strict=True
    ):
        pcf = statement.subject["pcf"]
        assert Fraction(pcf["pcfExcludingBiogenicUptake"]) == total
        for name, value in components.items():
            assert Fraction(pcf[name]) == value
        whole = total + components.get(UPTAKE, Fraction(0))
        assert Fraction(pcf["pcfIncludingBiogenicUptake"]) == whole
    signed = [float(Fraction(s.subject["pcf"]["pcfExcludingBiogenicUptake"])) for s in statements]
    for mine, theirs, gross in zip(in_floats(nodes), signed, expected.gross, strict=True):
        # What is rounded is as large as the gross, however little the net leaves of it.
        assert mine == pytest.approx(theirs, abs=near * (float(gross) + abs(theirs)))
