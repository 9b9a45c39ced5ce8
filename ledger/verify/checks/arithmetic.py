"""Check 8, arithmetic: lines, cells, components, totals, shares and quality recompute.

It decides laws 1 (one quantity, one number) and 3 (debits and credits are apart).
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from rootprint.calc.errors import CalculationError
from rootprint.calc.lines import exact_result
from rootprint.calc.rounding import decimal_text, half_up
from rootprint.calc.totals import Totals, totals
from rootprint.calc.uncertainty import agrees
from rootprint.ledger import figures
from rootprint.ledger.core.schema.components import COMPONENTS
from rootprint.ledger.core.schema.names import RATINGS
from rootprint.ledger.core.statement import has_inventory
from rootprint.ledger.core.tables import tables
from rootprint.ledger.figures import composed_gases, output_spread, possible_uncertainties
from rootprint.ledger.verify.checks.inputs import hidden_reason
from rootprint.ledger.verify.laws import broken, held, not_checkable
from rootprint.ledger.verify.laws import not_applicable as not_applicable_law
from rootprint.ledger.verify.report import (
    Check,
    Found,
    State,
    counted,
    not_applicable,
    not_checked,
    passed,
    with_found,
    with_laws,
)
from rootprint.ledger.verify.rulings.bounds import (
    capture_fault,
    evidence_fault,
    removal_fault,
    takes_off,
)
from rootprint.ledger.verify.rulings.equations import open_fault, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rootprint.calc.lines import Line
    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify.context import Context
    from rootprint.ledger.verify.laws import Ruling
    from rootprint.ledger.verify.node import Node

NUMBER = 8
ONE_NUMBER = 1
APART = 3
LAWS = (ONE_NUMBER, APART)
_Shown = str | Mapping[str, str]
_Exact = Mapping[str, Fraction]
_TEMPORAL = "dqi.temporalDQR"


def check(node: Node, nodes: Mapping[bytes, Node], context: Context) -> Check:
    """Recompute the statement from its own signed lines and its inputs' signed totals.

    Each line that is open and whose input is available is recomputed, whatever else is hidden, and
    listed as ``recomputed``. With another rule than those that are held, what a gap
    between periods does to a rating is not known.
    """
    if node.statement is not None and not node.is_footprint:
        return not_applicable(NUMBER, "it states no footprint")
    statement = node.readable
    if statement is None:
        return not_checked(NUMBER, "the statement could not be read")
    return _judged(node, statement, nodes, context)


def _judged(
    node: Node, statement: Statement, nodes: Mapping[bytes, Node], context: Context
) -> Check:
    fault = open_fault(statement, node.cited.components)
    if fault is not None:
        return _broken(node, ONE_NUMBER, *fault)
    if not has_inventory(statement):
        made = not_applicable(NUMBER, "a factor without inventory is not computed from anything")
        shows_none = not_checkable(APART, "a footprint without inventory shows no evidence")
        return with_laws(made, [held(ONE_NUMBER), _apart(node, shows_none)])
    if statement.opened.shape == ():
        return _broken(node, ONE_NUMBER, "the inventory names no line, and nothing sums to nothing")
    known = statement.subject["computedWith"]["tables"] == tables().digest
    notices: list[str] = []
    results: Mapping[int, _Exact] = {}
    try:
        read = _lines(node, statement, nodes) if known else {}
        results = _results(statement, read)
        why = _why_not_whole(node, statement, results, known=known)
        made = (
            _whole(statement, read, list(results.values()), context.rules, notices)
            if why is None
            else not_checked(NUMBER, why)
        )
    except _Broken as error:
        made = _broken(node, error.law, str(error), error.compared)
    except CalculationError as error:
        made = _broken(node, ONE_NUMBER, str(error))
    else:
        made = _lawful(node, made)
    return with_found(made, Found(recomputed=frozenset(results)), notices)


def _lawful(node: Node, made: Check) -> Check:
    """Say of both laws what follows from a check that found none broken."""
    whole = made.state is State.PASSED
    reason = made.reason or ""
    return with_laws(
        made,
        [
            held(ONE_NUMBER) if whole else not_checkable(ONE_NUMBER, reason),
            _apart(node, held(APART) if whole else not_checkable(APART, reason)),
        ],
    )


def _apart(node: Node, ruling: Ruling) -> Ruling:
    """Law 3 speaks of what is taken off; where nothing is, there is nothing to hold."""
    return ruling if takes_off(node.cited.components) else not_applicable_law(APART)


def _broken(node: Node, law: int, reason: str, compared: tuple[str, str] | None = None) -> Check:
    breach = broken(law, reason, compared)
    if law == APART:
        other = not_checkable(ONE_NUMBER, "another law is broken")
    else:
        other = _apart(node, not_checkable(APART, "another law is broken"))
    return with_laws(passed(NUMBER), [breach, other])


class _Broken(CalculationError):
    """A law does not hold; ``compared`` are the signed and the recomputed, for people."""

    def __init__(self, law: int, reason: str, compared: tuple[str, str] | None = None) -> None:
        super().__init__(reason)
        self.law, self.compared = law, compared


def _differs(name: str, signed: _Shown, mine: _Shown) -> _Broken:
    """What is signed is not what was computed."""
    return _Broken(ONE_NUMBER, f"{name} does not recompute", (_text(signed), _text(mine)))


class _Read(NamedTuple):
    """A disclosed line, as it is calculated with, and the footprint it cites."""

    line: Line
    cited: Statement | None


def _lines(node: Node, statement: Statement, nodes: Mapping[bytes, Node]) -> dict[int, _Read]:
    """Read the open lines, but for those that take a footprint of an unknown issuer."""
    cited = {citation.line: nodes.get(citation.digest) for citation in node.citations()}
    lines = {}
    for index, value in statement.opened.lines.items():
        other = cited.get(index)
        if index not in cited:
            lines[index] = _Read(figures.line(value, None), None)
        elif other is not None and other.passed(1) and other.is_footprint:
            gap = figures.gap_rating(node.terms.period, other.terms.period)
            lines[index] = _Read(figures.line(value, other.cited, gap), other.readable)
    return lines


def _results(statement: Statement, read: Mapping[int, _Read]) -> dict[int, _Exact]:
    """Recompute each line by itself, exactly; raises _Broken, or what ``exact_result`` raises."""
    line_digits = statement.subject["computedWith"]["lineDigits"]
    results: dict[int, _Exact] = {}
    for index, (line, _) in read.items():
        value = statement.opened.lines[index]
        exact = exact_result(line, figures.unit_table(), tables().gwp)
        mine = {name: decimal_text(half_up(one, line_digits)) for name, one in exact.items()}
        if value["result"] != mine:
            raise _differs(f"line {index}", value["result"], mine)
        amount = figures.formula_amount(value)
        if amount not in {None, value["amount"]["value"]}:
            raise _differs(f"line {index}'s amount", value["amount"]["value"], str(amount))
        fault = removal_fault(value, exact)
        if fault is not None:
            raise _Broken(APART, f"line {index} {fault}")
        stream = figures.hidden_co2(value["source"])
        if stream is not None:
            raise _Broken(APART, f"line {index}: {stream[1]}")
        results[index] = exact
    shared = evidence_fault(statement.opened.lines, results)
    if shared is not None:
        reason, (taken, shown) = shared
        both = (f"{plain(taken)} kg removed", f"{plain(shown)} kg stored")
        raise _Broken(APART, reason, both)
    return results


def _why_not_whole(
    node: Node, statement: Statement, results: Mapping[int, _Exact], *, known: bool
) -> str | None:
    """Return why what stands beside the lines can't be recomputed; None where it can."""
    opened = statement.opened
    if opened.lines and not known:
        return "its unit and GWP tables are not those this verifier holds"
    if not opened.complete:
        return hidden_reason(node)
    return None if results.keys() == opened.lines.keys() else "an input is not available"


def _whole(
    statement: Statement,
    read: Mapping[int, _Read],
    results: Sequence[_Exact],
    rules: frozenset[str],
    notices: list[str],
) -> Check:
    """Recompute all that follows from the lines, every one of which is open and recomputed."""
    with_ = statement.subject["computedWith"]
    lines = [one.line for one in read.values()]
    beyond = capture_fault([statement.opened.lines[index] for index in read], lines, results)
    if beyond is not None:
        raise _Broken(
            APART,
            "captures more CO2 than its own lines generate",
            (f"{plain(beyond[0])} kg captured", f"{plain(beyond[1])} kg generated"),
        )
    computed = totals(lines, results, digits=with_["digits"], line_digits=with_["lineDigits"])
    compared = [
        *_compare(statement, computed),
        *_compare_analysis(statement, read, results, computed, notices),
    ]
    differing = [one for one in compared if one[1] != one[2]]
    packs = rules | {tables().rule_digest}
    unknown = with_["rule"]["digest"] not in packs and any(line.gap_rating > 1 for line in lines)
    for one in differing:
        if not (unknown and one[0] == _TEMPORAL):
            raise _differs(*one)
    if differing:
        return not_checked(
            NUMBER, "its rule, which says what a gap of years does to a rating, is not held here"
        )
    total = statement.subject["pcf"]["pcfExcludingBiogenicUptake"]
    lines_ = counted(len(results), "line")
    recompute = "recomputes" if len(results) == 1 else "recompute"
    both = (total, decimal_text(computed.excluding))
    return passed(NUMBER, f"{lines_} {recompute}", both)


def _compare(statement: Statement, computed: Totals) -> Iterator[tuple[str, _Shown, _Shown]]:
    """Yield (name, signed, recomputed); what is absent counts as the zero it means."""
    pcf, role = statement.subject["pcf"], statement.subject["role"]
    yield from (
        ("pcfExcludingBiogenicUptake", pcf["pcfExcludingBiogenicUptake"],
         decimal_text(computed.excluding)),
        ("pcfIncludingBiogenicUptake", pcf["pcfIncludingBiogenicUptake"],
         decimal_text(computed.including)),
    )  # fmt: skip
    for name in COMPONENTS:
        mine = computed.components.get(name)
        if name in pcf:
            zero = "0" if Fraction(pcf[name]) else pcf[name]
            yield name, pcf[name], zero if mine is None else decimal_text(mine)
        elif mine:
            yield name, "absent", decimal_text(mine)
    if role == "product":
        yield "primaryDataShare", pcf["primaryDataShare"], decimal_text(computed.primary_share)
    if "dqi" in pcf:
        for place, name in enumerate(RATINGS):
            quality = computed.quality
            mine_text = "no rating" if quality is None else decimal_text(quality[place])
            yield f"dqi.{name}", pcf["dqi"][name], mine_text
    yield (
        "characterizationSets",
        {item["set"]: item["share"] for item in statement.subject["characterizationSets"]},
        {name: decimal_text(share) for name, share in computed.sets.items()},
    )
    cells = statement.opened.cells
    if cells is not None:
        mine_cells = {
            stage: {name: decimal_text(value) for name, value in row.items()}
            for stage, row in computed.cells.items()
        }
        yield "cells", _flat(cells), _flat(mine_cells)


def _compare_analysis(
    statement: Statement,
    read: Mapping[int, _Read],
    results: Sequence[_Exact],
    computed: Totals,
    notices: list[str],
) -> Iterator[tuple[str, _Shown, _Shown]]:
    """Yield what of gases and uncertainty is open and was recomputed, as ``_compare`` does.

    They need what inputs may hide; where those do, one of ``notices`` says that
    it was not recomputed.
    """
    opened = statement.opened
    lines, cited = [one.line for one in read.values()], [one.cited for one in read.values()]
    if opened.gases is not None:
        digits = statement.subject["computedWith"]["lineDigits"]
        gases = composed_gases(lines, results, cited, digits)
        if gases is None:
            notices.append("its gases were not recomputed: its inputs do not show all of theirs")
        else:
            yield "gases", opened.gases, gases
    output = output_spread(statement.subject, opened.output_uncertainty)
    hidden = output is None and "outputUncertainty" in statement.subject
    if opened.uncertainty is not None:
        written = [opened.lines[index] for index in read]
        mine = (
            ()
            if hidden
            else possible_uncertainties(
                written, lines, results, cited, computed.excluding, output=output
            )
        )
        if not mine:
            notices.append(
                "its uncertainty was not recomputed: a line, an input or its output does not show"
                " its own"
            )
        elif not any(agrees(opened.uncertainty, one) for one in mine):
            yield "uncertainty", str(opened.uncertainty), " or ".join(map(str, mine))


def _flat(cells: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    return {f"{stage} {name}": value for stage, row in cells.items() for name, value in row.items()}


def _text(values: _Shown) -> str:
    """Write it for people. Not to be compared: two maps may be written alike."""
    if isinstance(values, str):
        return values
    return ", ".join(f"{name} {values[name]}" for name in sorted(values))
