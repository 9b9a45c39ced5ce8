"""Check 8, arithmetic: lines, cells, components, totals, shares and quality recompute.

It decides laws 1 (one quantity, one number) and 3 (debits and credits are apart).
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from rootprint.calc.columns import CAPTURE
from rootprint.calc.errors import CalculationError
from rootprint.calc.laws import Weight
from rootprint.calc.lines import exact_result
from rootprint.calc.removals import STORED
from rootprint.calc.totals import totals
from rootprint.ledger import figures
from rootprint.ledger.core.statement import has_inventory
from rootprint.ledger.core.tables import tables
from rootprint.ledger.figures import composed_gases
from rootprint.ledger.verify.checks.inputs import hidden_reason
from rootprint.ledger.verify.found import Found
from rootprint.ledger.verify.laws import Unseen, broken, held, not_checkable
from rootprint.ledger.verify.laws import not_applicable as not_applicable_law
from rootprint.ledger.verify.report import (
    Check,
    State,
    counted,
    not_applicable,
    not_checked,
    passed,
    with_found,
    with_laws,
)
from rootprint.ledger.verify.rulings import stated
from rootprint.ledger.verify.rulings.bounds import (
    capture,
    capture_notice,
    evidence_fault,
    removal_fault,
    takes_off,
    used_notice,
)
from rootprint.ledger.verify.rulings.equations import open_fault, plain
from rootprint.ledger.verify.rulings.holding import holding_fault, packed_notice
from rootprint.ledger.verify.rulings.lawful import named
from rootprint.ledger.verify.rulings.stated import Differing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rootprint.calc.amounts import Amounts
    from rootprint.calc.laws import Finding
    from rootprint.calc.lines import Line
    from rootprint.calc.totals import Totals
    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify.context import Context
    from rootprint.ledger.verify.laws import Ruling
    from rootprint.ledger.verify.node import Node

NUMBER = 8
ONE_NUMBER = 1
APART = 3
LAWS = (ONE_NUMBER, APART)


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
    fault = holding_fault(statement.subject, node.cited.components)
    if fault is not None:
        return _broken(node, APART, *fault)
    subject, components = statement.subject, node.cited.components
    notices = [*packed_notice(subject, components), *used_notice(subject, components)]
    if not has_inventory(statement):
        made = not_applicable(NUMBER, "a factor without inventory is not computed from anything")
        shows_none = not_checkable(
            APART, "a footprint without inventory shows no evidence", Unseen.UNSAID
        )
        made = with_laws(made, [held(ONE_NUMBER), _apart(node, shows_none)])
        return with_found(made, Found(), notices)
    if statement.opened.shape == ():
        return _broken(node, ONE_NUMBER, "the inventory names no line, and nothing sums to nothing")
    known = statement.subject["computedWith"]["tables"] == tables().digest
    results: Mapping[int, Amounts] = {}
    try:
        read = _lines(node, statement, nodes) if known else {}
        results = _results(statement, read)
        # Of every open line, whether or not the file has the input of it.
        opened = statement.opened.lines
        if figures.have_materials(opened):
            _require_materials(figures.material_findings(opened), notices)
            weighed = figures.end_of_life_findings(statement.subject, opened)
            notices += [f"law {ONE_NUMBER}: {named(one.lines)}: {one.what}" for one in weighed]
        why = _why_not_whole(node, statement, results, known=known)
        made = (
            _whole(statement, read, list(results.values()), context, notices)
            if why is None
            else not_checked(NUMBER, *why)
        )
    except _Broken as error:
        made = _broken(node, error.law, str(error), error.compared)
    except CalculationError as error:
        made = _broken(node, ONE_NUMBER, str(error))
    else:
        seen = Unseen.NOT_REACHED if statement.opened.complete else Unseen.HIDDEN
        made = _lawful(node, made, seen)
    return with_found(made, _recomputed(tuple(results)), notices)


@lru_cache(maxsize=4096)  # most inventories have the lines 0, 1, 2 …
def _recomputed(lines: tuple[int, ...]) -> Found:
    return Found(recomputed=frozenset(lines))


def _lawful(node: Node, made: Check, unseen: Unseen) -> Check:
    """Say of both laws what follows from a check that found none broken."""
    whole = made.state is State.PASSED
    reason = made.reason or ""
    return with_laws(
        made,
        [
            held(ONE_NUMBER) if whole else not_checkable(ONE_NUMBER, reason, unseen),
            _apart(node, held(APART) if whole else not_checkable(APART, reason, unseen)),
        ],
    )


def _apart(node: Node, ruling: Ruling) -> Ruling:
    """Law 3 is about what is taken off; where nothing is, there is nothing to hold."""
    return ruling if takes_off(node.cited.components) else not_applicable_law(APART)


def _broken(node: Node, law: int, reason: str, compared: tuple[str, str] | None = None) -> Check:
    breach = broken(law, reason, compared)
    if law == APART:
        other = not_checkable(ONE_NUMBER, "another law is broken", Unseen.NOT_REACHED)
    else:
        other = _apart(node, not_checkable(APART, "another law is broken", Unseen.NOT_REACHED))
    return with_laws(passed(NUMBER), [breach, other])


class _Broken(CalculationError):
    """A law does not hold; ``compared`` are the signed and the recomputed, for people."""

    def __init__(self, law: int, reason: str, compared: tuple[str, str] | None = None) -> None:
        super().__init__(reason)
        self.law, self.compared = law, compared


def _differs(name: str, signed: str | Mapping[str, str], mine: str | Mapping[str, str]) -> _Broken:
    """What is signed is not what was computed."""
    return _Broken(ONE_NUMBER, f"{name} does not recompute", (_text(signed), _text(mine)))


class _Read(NamedTuple):
    """A disclosed line, as it is calculated with, and the footprint it cites."""

    line: Line
    cited: Statement | None


def _lines(node: Node, statement: Statement, nodes: Mapping[bytes, Node]) -> dict[int, _Read]:
    """Read the open lines, but for those that take a footprint of an unknown issuer."""
    cited = {citation.line: nodes.get(citation.digest) for citation in node.citations()}
    lines, period = {}, node.terms.period
    for index, value in statement.opened.lines.items():
        if index not in cited:
            lines[index] = _Read(figures.line(value, None), None)
            continue
        other = cited[index]
        if other is None or not other.is_footprint:
            continue
        readable = other.readable
        if readable is not None or other.passed(1):
            gap = figures.gap_rating(period, other.terms.period)
            lines[index] = _Read(figures.line(value, other.cited, gap), readable)
    return lines


def _results(statement: Statement, read: Mapping[int, _Read]) -> dict[int, Amounts]:
    """Recompute each line by itself, exactly; raises _Broken, or what ``exact_result`` raises."""
    line_digits = statement.subject["computedWith"]["lineDigits"]
    results: dict[int, Amounts] = {}
    units, gwp, opened = figures.unit_table(), tables().gwp, statement.opened.lines
    for index, (line, _) in read.items():
        value = opened[index]
        exact = exact_result(line, units, gwp)
        mine = exact.rounded(line_digits)
        if value["result"] != mine:
            raise _differs(f"line {index}", value["result"], mine)
        _require_possible(index, value, exact)
        results[index] = exact
    shared = evidence_fault(statement.opened.lines, results)
    if shared is not None:
        both = (f"{plain(shared.taken)} kg removed", f"{plain(shared.shown)} kg stored")
        raise _Broken(APART, shared.why, both)
    return results


def _require_possible(index: int, value: Mapping[str, Any], exact: Amounts) -> None:
    """Raise _Broken for what a line says beside its result that can't be so."""
    if "circular" in value:
        amount = figures.formula_amount(value)
        if amount != value["amount"]["value"]:
            raise _differs(f"line {index}'s amount", value["amount"]["value"], str(amount))
    if "removal" in value or not STORED.isdisjoint(exact.above):
        fault = removal_fault(value, exact)
        if fault is not None:
            raise _Broken(APART, f"line {index} {fault}")
    if "balance" in value["source"]:
        stream = figures.hidden_co2(value["source"])
        if stream is not None:
            raise _Broken(APART, f"line {index}: {stream[1]}")


def _why_not_whole(
    node: Node, statement: Statement, results: Mapping[int, Amounts], *, known: bool
) -> tuple[str, Unseen | None] | None:
    """Return why what stands beside the lines can't be recomputed; None where it can."""
    opened = statement.opened
    if opened.lines and not known:
        return "its unit and GWP tables are not those this verifier holds", None
    if not opened.complete:
        return hidden_reason(node), Unseen.HIDDEN
    return None if len(results) == len(opened.lines) else ("an input is not available", None)


def _require_materials(findings: Iterable[Finding], notices: list[str]) -> None:
    """Raise _Broken by what lines of one material have apart or lack; else note what is less."""
    noted = []
    for one in findings:
        sentence = f"line {one.lines[0]} {one.what}"
        if one.weight is Weight.BROKEN:
            raise _Broken(ONE_NUMBER, sentence)
        noted.append(f"law {ONE_NUMBER}: {sentence}")
    notices.extend(noted)


def _whole(
    statement: Statement,
    read: Mapping[int, _Read],
    results: Sequence[Amounts],
    context: Context,
    notices: list[str],
) -> Check:
    """Recompute all that follows from the lines, every one of which is open and recomputed."""
    opened = statement.opened.lines
    if figures.have_materials(opened):
        boundary = statement.subject["boundary"]
        _require_materials(figures.term_findings(opened, boundary), notices)
    with_ = statement.subject["computedWith"]
    lines = [one.line for one in read.values()]
    cited = [one.cited for one in read.values()]
    written = [opened[index] for index in read]
    # What an own factor shows of its gases may be below zero, and so what it generates.
    if any("emission" in one["source"] for one in written) or any(map(_captures, results)):
        _require_generated(written, lines, results, cited, notices)
    computed = totals(lines, results, digits=with_["digits"], line_digits=with_["lineDigits"])
    differing = [
        *stated.differing(statement, computed),
        *_compare_analysis(statement, read, results, computed, notices),
    ]
    if differing:
        held_rule = context.holds_rule(with_["rule"]["digest"])
        unknown = not held_rule and any(line.gap_rating > 1 for line in lines)
        for one in differing:
            if not (unknown and one.name == stated.TEMPORAL):
                raise _differs(*one)
        return not_checked(
            NUMBER, "its rule, which says what a gap of years does to a rating, is not held here"
        )
    total = statement.subject["pcf"]["pcfExcludingBiogenicUptake"]
    return passed(NUMBER, _recompute(len(results)), (total, total))  # by now they are equal


def _captures(result: Amounts) -> bool:
    return CAPTURE in result.above


@cache
def _recompute(lines: int) -> str:
    return f"{counted(lines, 'line')} {'recomputes' if lines == 1 else 'recompute'}"


def _require_generated(
    written: Sequence[Mapping[str, Any]],
    lines: Sequence[Line],
    results: Sequence[Amounts],
    cited: Sequence[Statement | None],
    notices: list[str],
) -> None:
    """Raise _Broken where more CO2 is captured than the lines generate, or may be."""
    found = capture(written, lines, results, cited)
    if found.captured > found.generated:
        raise _Broken(
            APART,
            "captures more CO2 than its own lines generate",
            (f"{plain(found.captured)} kg captured", f"{plain(found.generated)} kg generated"),
        )
    notices.extend(capture_notice(found))


def _compare_analysis(
    statement: Statement,
    read: Mapping[int, _Read],
    results: Sequence[Amounts],
    computed: Totals,
    notices: list[str],
) -> Iterator[Differing]:
    """Yield what of gases and uncertainty is open and differs, as ``stated.differing`` does.

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
        elif opened.gases != gases:
            yield Differing("gases", opened.gases, gases)
    if opened.uncertainty is None and opened.output_uncertainty is None:
        return
    from rootprint.calc.uncertainty import agrees  # noqa: PLC0415 - numpy is slow to load

    output = figures.output_spread(statement.subject, opened.output_uncertainty)
    hidden = output is None and "outputUncertainty" in statement.subject
    if opened.uncertainty is not None:
        written = [opened.lines[index] for index in read]
        mine = (
            ()
            if hidden
            else figures.possible_uncertainties(
                written, lines, results, cited, computed.excluding, output=output
            )
        )
        if not mine:
            notices.append(
                "its uncertainty was not recomputed: a line, an input or its output does not show"
                " its own"
            )
        elif not any(agrees(opened.uncertainty, one) for one in mine):
            yield Differing("uncertainty", str(opened.uncertainty), " or ".join(map(str, mine)))


def _text(values: str | Mapping[str, str]) -> str:
    """Write it for people. Not to be compared: two maps may be written alike."""
    if isinstance(values, str):
        return values
    return ", ".join(f"{name} {values[name]}" for name in sorted(values))
