"""The tree of paths as JSON: every row with its organisation, country, stage, check and quality."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.calc.rounding import decimal_text, half_up
from rootprint.ledger.analysis.marks import Mark, Sort
from rootprint.ledger.analysis.reading import ARITHMETIC
from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.schema.names import RATINGS
from rootprint.ledger.verify.checks import arithmetic, assurance

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction

    from rootprint.calc.contributions import Row, Traversal
    from rootprint.calc.lines import Ratings
    from rootprint.ledger.analysis.printing import Printing
    from rootprint.ledger.analysis.reading import Known
    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify import Context, Node


def tree(
    traversal: Traversal[Fraction], known: Known, context: Context, printing: Printing
) -> dict[str, Any]:
    """Return the root row with its children in it; each row is its children and its rest."""
    return _Tree(known, context, printing).row(
        traversal.root, printing.printed_total, printing.percent({0: printing.gross})[0], 0
    )


class _Tree:
    def __init__(self, known: Known, context: Context, printing: Printing) -> None:
        self._known, self._context, self._printing = known, context, printing

    def row(
        self, top: Row[Fraction], kilograms: Decimal, percent: Decimal, holder: int
    ) -> dict[str, Any]:
        """Return ``top`` and all below; not by recursion, for a path may be a thousand long."""
        root: dict[str, Any] = {}
        waiting = [(top, kilograms, percent, holder, root)]
        while waiting:
            row, kilograms, percent, holder, into = waiting.pop()
            number = holder if row.unit is None else row.unit
            into |= self._said(row, number)
            into |= {"kgCO2e": decimal_text(kilograms), "percent": decimal_text(percent)}
            if row.rest is None:
                continue
            values, shares = self._parts(row, kilograms, percent)
            into["children"] = [{} for _ in row.children]
            into["rest"] = {
                "contributions": row.rest.ends,
                "kgCO2e": decimal_text(values[-1]),
                "percent": decimal_text(shares[-1]),
            }
            for place, child in enumerate(row.children):
                below = into["children"][place]
                waiting.append((child, values[place], shares[place], number, below))
        return root

    def _parts(
        self, row: Row[Fraction], kilograms: Decimal, percent: Decimal
    ) -> tuple[dict[int, Decimal], dict[int, Decimal]]:
        """Return what children (by place) and rest (-1) print as."""
        values = {place: child.value for place, child in enumerate(row.children)}
        weights = {place: child.gross for place, child in enumerate(row.children)}
        if row.rest is not None:
            values[-1], weights[-1] = row.rest.value, row.rest.gross
        return self._printing.kilograms(values, kilograms), self._printing.percent(weights, percent)

    def _said(self, row: Row[Fraction], number: int) -> dict[str, Any]:
        node, statement = self._known.nodes[number], self._known.statements[number]
        mark: Mark | None = row.label
        said = {
            "name": node.name if row.unit is not None or mark is None else mark.description,
            "sort": _sort(row, self._end(row)),
            "statement": digest_text(node.digest),
            "organisation": {"id": statement.issuer, "name": organisation(node, statement)},
            "country": country(statement),
            "stage": None if mark is None else mark.stage,
            "line": None if mark is None else mark.line,
            "description": None if mark is None else mark.description,
            "tier": row.tier,
            "contributions": row.ends,
        }
        if row.unit is None and mark is not None:
            return {**said, "checked": mark.checked, **_quality(mark.primary, mark.ratings)}
        return {
            **said,
            "checked": self._checked(row, node),
            **_quality(node.cited.primary_share, node.cited.quality),
        }

    def _end(self, row: Row[Fraction]) -> Mark | None:
        """Return the mark of the one own part that a statement without inputs consists of."""
        if row.unit is None:
            return None
        own = [part for part in self._known.composition[row.unit].own if part.counts]
        mark: Mark | None = own[0].label if row.is_end and own else None
        return mark

    def _checked(self, row: Row[Fraction], node: Node) -> str:
        end = self._end(row)
        if end is not None:
            return end.checked
        if node.passed(ARITHMETIC):
            return "recomputed"
        return "assured" if assurance.stands_in(node, arithmetic.LAWS) else "signed"


def organisation(node: Node, statement: Statement) -> str:
    """Return the legal name of a statement's issuer, its DID where no record was available."""
    return node.legal_name or statement.issuer


def country(statement: Statement) -> str:
    """Return the country (of a subdivision too), or the region, that a footprint is for."""
    pcf = statement.subject["pcf"]
    subdivision = pcf.get("geographyCountrySubdivision")
    if subdivision is not None:
        return str(subdivision).partition("-")[0]
    return str(pcf.get("geographyCountry") or pcf.get("geographyRegionOrSubregion"))


def _sort(row: Row[Fraction], end: Mark | None) -> str:
    if row.unit is None:
        return str(row.label.sort)
    return "product" if end is None or end.sort is Sort.LINE else str(end.sort)


def _quality(primary: Fraction | None, ratings: Ratings | None) -> dict[str, Any]:
    rated = None if ratings is None else dict(zip(RATINGS, map(_text, ratings), strict=True))
    return {"primaryDataShare": None if primary is None else _text(primary), "dqi": rated}


def _text(value: Fraction) -> str:
    return decimal_text(half_up(value, 2))
