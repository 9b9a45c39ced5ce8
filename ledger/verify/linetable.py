"""The line table: every open line of a walk as amount × factor = result, with what it weighs.

The results are those that check 8 recomputed, the weights those that coverage adds up
(``accounting``): nothing is calculated here a second time. Hidden lines are one row a statement,
which says no more than the signed total leaves of them.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from rootprint.calc.rounding import decimal_text, half_up
from rootprint.calc.shares import apportion
from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.statement import has_inventory
from rootprint.ledger.figures import rising, takes
from rootprint.ledger.verify.accounting import accounts_of
from rootprint.ledger.verify.linerows import line_rows, rest_row
from rootprint.ledger.verify.ordering import inputs_first
from rootprint.ledger.verify.report import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.figures import Account
    from rootprint.ledger.verify.node import Node
    from rootprint.ledger.verify.report import Report
    from rootprint.ledger.verify.steps import Judged

PLACES: Final = 4  # of a share in percent


@dataclass(frozen=True, slots=True)
class LineRow:
    """One open line, or what the hidden lines of a statement are together (``line`` None).

    Decimals are texts. ``amount`` × ``factor`` = ``result``, in kg CO2e per declared amount of its
    statement as pcfExcludingBiogenicUptake counts it; ``biogenic`` is the CO2 that it leaves out.
    ``share`` is percent of the subject's gross by every way to the statement (``path`` is one),
    None where it is no part of the gross. A row whose emissions the rows of another statement show
    names that one in ``continues``: the shares of all others add to 100. ``primary_share`` is
    percent; the three qualities are ratings, 1 best to 5. ``checked`` is one of coverage's four.
    """

    path: str
    statement: str
    line: int | None
    stage: str | None
    description: str
    amount: str | None
    unit: str | None
    source: str | None
    source_issuer: str | None
    factor: str | None
    factor_unit: str | None
    result: str
    biogenic: str
    share: str | None
    continues: str | None
    data: str | None
    primary_share: str | None
    technological: str | None
    geographical: str | None
    temporal: str | None
    checked: str

    def json(self) -> dict[str, Any]:
        """Return it by the names of ``COLUMNS``."""
        return {name: getattr(self, name) for name in COLUMNS}


COLUMNS: Final = tuple(one.name for one in fields(LineRow))
DECIMALS: Final = frozenset(
    {"amount", "factor", "result", "biogenic", "share", "primary_share"}
    | {"technological", "geographical", "temporal"}
)


@dataclass(frozen=True, slots=True)
class LineTable:
    """The rows of a walk, the largest share first; ``why_not`` says why there are none."""

    subject: str
    rows: Sequence[LineRow]
    why_not: str | None = None

    def within(self, report: Report) -> LineTable:
        """Return the table that goes with a report: none where it failed, for whatever reason."""
        if report.deciding is None or self.why_not is not None:
            return self
        return LineTable(self.subject, (), "the verification failed, so the lines prove nothing")

    def require(self) -> Sequence[LineRow]:
        """Return the rows; raise Refused with the reason where there are none."""
        if self.why_not is None:
            return self.rows
        message = f"there is no line table: {self.why_not}"
        raise Refused(message, remedy="look at the report's verdict first")

    def records(self) -> list[dict[str, Any]]:
        """Return the rows by the names of ``COLUMNS``, decimals as numbers; raises as ``require``.

        What a data frame or a spreadsheet takes.
        """
        return [
            {
                name: Decimal(value) if name in DECIMALS and value is not None else value
                for name, value in row.json().items()
            }
            for row in self.require()
        ]


class _Weight(NamedTuple):
    """|kg CO2e| of the subject's gross, how it was checked, and where it is shown in parts."""

    gross: float
    checked: str
    continues: str | None


def line_table(judged: Judged) -> LineTable:
    """Return the lines of every readable footprint on the walk.

    None where a check failed: what contradicts itself has no shares.
    """
    nodes, subject = judged.nodes, judged.subject
    name = digest_text(subject.digest)
    failed = sum(node.counts and node.failed for node in nodes.values())
    if failed:
        whose = counted(failed, "statement")
        return LineTable(name, (), f"checks of {whose} failed, so the parts prove no whole")
    read = inputs_first(subject, nodes)
    if not read:
        return LineTable(name, (), "the subject is not a footprint that could be read")
    try:
        weights = _weights(read, accounts_of(subject, nodes))
    except OverflowError:  # amounts that only an attack has
        return LineTable(name, (), "its amounts are beyond what a double holds")
    drawn: list[tuple[_Weight | None, dict[str, Any]]] = []
    for (node, statement), known in zip(reversed(read), reversed(weights), strict=True):
        rest = known.get(None)
        for index, row in line_rows(node, statement, nodes):
            weight = known.get(index)
            if weight is not None:
                row["checked"] = weight.checked
            elif row["checked"] is None:
                row["checked"] = "signed" if rest is None else rest.checked
            drawn.append((weight, row))
        if rest is not None:
            drawn.append((rest, {**rest_row(node, statement), "checked": rest.checked}))
    shares = _shares([weight for weight, _ in drawn])
    order = sorted(range(len(drawn)), key=lambda at: _smaller(drawn[at][0], shares[at]))
    return LineTable(name, tuple(_row(*drawn[at], shares[at]) for at in order))


def _row(weight: _Weight | None, drawn: dict[str, Any], share: str | None) -> LineRow:
    return LineRow(**drawn, share=share, continues=None if weight is None else weight.continues)


def _smaller(weight: _Weight | None, share: str | None) -> tuple[bool, float]:
    return share is None, 0.0 if weight is None or share is None else -weight.gross


def _weights(
    read: Sequence[tuple[Node, Statement]], accounts: Sequence[Account]
) -> list[dict[int | None, _Weight]]:
    """Return what each statement's lines weigh, and under None what they do not show.

    A line that cites a footprint without inventory is where the walk ends, so it has the weight
    and the check of that footprint, which has no row of its own unless it is the subject.
    """
    found: list[dict[int | None, _Weight]] = []
    taken = takes(accounts)
    for account, times, (_, statement) in zip(accounts, taken, read, strict=True):
        mine: dict[int | None, _Weight] = {}
        found.append(mine)
        if not times or not (has_inventory(statement) or account is accounts[-1]):
            continue
        for end in account.ends:
            mine[end.line] = _Weight(times * end.share, end.checked, None)
        for edge in account.edges:
            cited, below = accounts[edge.cited], read[edge.cited][1]
            if has_inventory(below):
                weight = times * edge.scale * abs(cited.total)
                mine[edge.line] = _Weight(weight, "recomputed", digest_text(cited.digest))
            else:
                [end] = cited.ends
                mine[edge.line] = _Weight(times * edge.scale * end.share, end.checked, None)
    return found


def _shares(weights: Sequence[_Weight | None]) -> list[str | None]:
    """Return each share in percent; those of rows that end here add to 100 as printed."""
    ends = {at: one.gross for at, one in enumerate(weights) if one and one.continues is None}
    total = rising(ends.values())
    if not (total and isfinite(total)):
        return [None] * len(weights)
    whole = Fraction(total)
    printed = apportion(
        {at: 100 * Fraction(weight) / whole for at, weight in ends.items()}, Fraction(100), PLACES
    )
    shares: list[str | None] = []
    for at, one in enumerate(weights):
        if one is None or not isfinite(one.gross):
            shares.append(None)
            continue
        share = printed.get(at)
        if share is None:
            share = half_up(100 * Fraction(one.gross) / whole, PLACES)
        shares.append(decimal_text(share))
    return shares
