"""How far off the subject's footprint may be: first order and Monte Carlo over the whole walk.

An analysis beside the report, never part of a verdict. What has no stated spread counts as
exact, and the view says how much of the footprint that is.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from rootprint.calc.columns import excluding
from rootprint.calc.errors import CalculationError
from rootprint.calc.uncertainty import (
    OWN,
    Design,
    FirstOrder,
    Model,
    Spread,
    Spreads,
    first_order,
    monte_carlo,
    ranking,
    spread,
)
from rootprint.ledger import figures
from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.figures import Rest
from rootprint.ledger.verify import State, inputs_first

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rootprint.calc.uncertainty import MonteCarlo
    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify import Judged, Node

VERSION = 1
_SIGNIFICANT = 6


def uncertainty(
    judged: Judged,
    design: Design | None = None,
    *,
    progress: Callable[[int, int], None] = lambda _done, _samples: None,
) -> dict[str, Any]:
    """Return the view as JSON (docs/uncertainty.md), with a sample if a ``design`` is given.

    Not applicable where a check failed or a stated spread contradicts what it stands beside: a
    view never takes the place of the report.
    """
    if any(
        check.state is State.FAILED
        for node in judged.nodes.values()
        for check in node.checks.values()
    ):
        return _not_applicable("a check failed, and what contradicts itself has no spread")
    try:
        return _view(judged, design, progress)
    except CalculationError as error:
        return _not_applicable(str(error))


def _not_applicable(reason: str) -> dict[str, Any]:
    return {"version": VERSION, "applicable": False, "reason": reason}


def _view(
    judged: Judged,
    design: Design | None,
    progress: Callable[[int, int], None],
) -> dict[str, Any]:
    read = inputs_first(judged.subject, judged.nodes)
    builder = _Builder(read)
    model = builder.model()
    product = len(read) - 1
    result = first_order(model, product)
    sample = None if design is None else monte_carlo(model, product, design, progress=progress)
    ranked = ranking(model, result, sample)
    return {
        "version": VERSION,
        "applicable": True,
        "unit": "kg CO2e",
        "firstOrder": _first_order(result),
        "outputs": {"seen": builder.outputs, "withoutSpread": builder.unstated_outputs},
        "monteCarlo": None if sample is None else _sample(sample),
        "ranking": [
            {
                "statement": digest_text(read[one.statement][0].digest),
                "product": read[one.statement][0].name,
                "line": one.line,
                "output": one.output,
                "shareOfVariance": _number(one.variance),
                "shareOfFootprint": _number(one.contribution),
                "spearman": _number(one.spearman),
            }
            for one in ranked.ranked
        ],
        "rest": _number(ranked.rest),
    }


class _Builder:
    """Collects values and lines of statements that stand inputs first.

    Once the model is made, ``outputs`` counts the statements whose lines are seen, and
    ``unstated_outputs`` those of them that state no spread of what is made: it counts as exact.
    """

    def __init__(self, read: list[tuple[Node, Statement]]) -> None:
        self._read = read
        self._place = {node.digest: number for number, (node, _) in enumerate(read)}
        self._values: list[float] = []
        self._value_spreads: list[Spread | None] = []
        self._lines: list[tuple[int, int, float, int]] = []
        self._line_spreads: list[Spread | None] = []
        self._written: list[Mapping[str, Any]] = []
        self._outputs: list[Spread | None] = []
        self.outputs = 0
        self.unstated_outputs = 0

    def model(self) -> Model:
        """Return the model of all statements."""
        for number, (_, statement) in enumerate(self._read):
            self._take(number, statement)
        citing, cited, medians, positions = (
            np.array([line[column] for line in self._lines]) for column in range(4)
        )
        return Model(
            digests=np.array([list(node.digest) for node, _ in self._read], dtype=np.uint8),
            values=np.array(self._values, dtype=float),
            value_spreads=Spreads.of(self._value_spreads),
            citing=citing.astype(np.int64),
            cited=cited.astype(np.int64),
            medians=medians.astype(float),
            positions=positions.astype(np.int64),
            line_spreads=Spreads.of(self._line_spreads),
            groups=figures.groups(self._written),
            output_spreads=Spreads.of(self._outputs) if any(self._outputs) else None,
        )

    def _take(self, number: int, statement: Statement) -> None:
        total = figures.exact(statement.subject["pcf"]["pcfExcludingBiogenicUptake"])
        found = figures.parts(statement)
        for part in found.lines:
            place, median = OWN, float(excluding(part.result))
            if part.cites in self._place:
                place = self._place[part.cites]
                median = float(part.scale(self._read[place][0].cited))
            self._lines.append((number, place, median, part.index))
            self._line_spreads.append(_line_spread(part.written))
            self._written.append(part.written)
        # What its lines do not show: all of a factor, or the hidden lines.
        self._values.append(0.0 if found.left is Rest.ROUNDING else float(excluding(found.rest())))
        stated = statement.opened.uncertainty
        self._value_spreads.append(
            None if stated is None or not total else spread(stated, stated=Fraction(total))
        )
        # What hides a line states one spread of all, in which its output's is.
        made = statement.opened.output_uncertainty if statement.opened.complete else None
        self._outputs.append(figures.output_spread(statement.subject, made))
        # An output divides lines: where none is seen, there is none to say this of.
        if found.lines and statement.opened.complete:
            self.outputs += 1
            self.unstated_outputs += made is None


def _line_spread(value: Mapping[str, Any]) -> Spread | None:
    member = value.get("uncertainty")
    return None if member is None else spread(member, stated=Fraction(value["amount"]["value"]))


def _first_order(result: FirstOrder) -> dict[str, Any]:
    return {
        "distribution": result.distribution,
        "stated": _number(result.stated),
        "median": _number(result.median),
        "mean": _number(result.mean),
        "geometricStandardDeviation": _number(result.gsd),
        "standardDeviation": _number(result.deviation),
        "interval95": [_number(bound) for bound in result.interval],
        "unstatedShareOfValues": _number(result.unstated_values),
        "unstatedShareOfAmounts": _number(result.unstated_amounts),
        "assumption": result.assumption,
    }


def _sample(sample: MonteCarlo) -> dict[str, Any]:
    return {
        "samples": sample.design.samples,
        "seed": sample.design.seed,
        "strata": sample.design.strata,
        "stated": _number(sample.stated),
        "median": _number(sample.median),
        "mean": _number(sample.mean),
        "standardError": _number(sample.standard_error),
        "geometricStandardDeviation": _number(sample.gsd),
        "percentiles": {f"{at:g}": _number(value) for at, value in sample.percentiles.items()},
        "convergence": sample.convergence,
    }


def _number(value: float | None) -> str | None:
    return None if value is None else f"{value:.{_SIGNIFICANT}g}"
