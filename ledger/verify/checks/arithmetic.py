"""Check 8, arithmetic: lines, components, stages, totals, shares and quality recompute."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from rootprint.calc.errors import CalculationError
from rootprint.calc.lines import line_result
from rootprint.calc.rounding import MAX_ROUNDING_SHARE, decimal_text
from rootprint.calc.totals import Totals, totals
from rootprint.calc.uncertainty import agrees
from rootprint.ledger import figures
from rootprint.ledger.core.schema.components import COMPONENTS, OF_WHICH, UPTAKE
from rootprint.ledger.core.schema.names import RATINGS
from rootprint.ledger.core.statement import has_inventory
from rootprint.ledger.core.tables import tables
from rootprint.ledger.figures import composed_gases, possible_uncertainties
from rootprint.ledger.verify.checks.inputs import hidden_reason
from rootprint.ledger.verify.report import (
    Check,
    counted,
    failed,
    not_applicable,
    not_checked,
    passed,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from rootprint.calc.lines import Line
    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify.context import Context
    from rootprint.ledger.verify.node import Node

NUMBER = 8
_Shown = str | Mapping[str, str]
_TEMPORAL = "dqi.temporalDQR"


def check(node: Node, nodes: Mapping[bytes, Node], context: Context) -> Check:
    """Recompute the statement from its own signed lines and its inputs' signed totals.

    Each line that is open and whose input is at hand is recomputed, whatever else is hidden, and
    entered in ``node.recomputed``. With another rule than those that are held, what a gap
    between periods does to a rating is not known.
    """
    if node.statement is not None and not node.is_footprint:
        return not_applicable(NUMBER, "it states no footprint")
    statement = node.readable
    if statement is None:
        return not_checked(NUMBER, "the statement could not be read")
    fault = _open_fault(statement.subject["pcf"], node.cited.components)
    if fault is not None:
        return failed(NUMBER, *fault)
    if not has_inventory(statement):
        return not_applicable(NUMBER, "a factor without inventory is not computed from anything")
    if statement.opened.shape == ():
        return failed(NUMBER, "the inventory names no line, and nothing sums to nothing")
    held = statement.subject["computedWith"]["tables"] == tables().digest
    read = _lines(node, statement, nodes) if held else {}
    try:
        results = _results(statement, read)
        node.recomputed = frozenset(results)
        why = _why_not_whole(node, statement, held=held)
        if why is not None:
            return not_checked(NUMBER, why)
        return _whole(node, statement, read, list(results.values()), context.rules)
    except _Differs as error:
        return failed(NUMBER, str(error), error.compared)
    except CalculationError as error:
        return failed(NUMBER, str(error))


class _Differs(CalculationError):
    """What is signed is not what was computed."""

    def __init__(self, name: str, signed: _Shown, mine: _Shown) -> None:
        super().__init__(f"{name} does not recompute")
        self.compared = _text(signed), _text(mine)


class _Read(NamedTuple):
    """A disclosed line, as it is calculated with, and the footprint it cites."""

    line: Line
    cited: Statement | None


def _lines(node: Node, statement: Statement, nodes: Mapping[bytes, Node]) -> dict[int, _Read]:
    """Read the open lines, but for those that take a footprint which nobody is known to state."""
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


def _results(statement: Statement, read: Mapping[int, _Read]) -> dict[int, Mapping[str, Decimal]]:
    """Recompute each line by itself; raises _Differs, or CalculationError as ``line_result``."""
    line_digits = statement.subject["computedWith"]["lineDigits"]
    results: dict[int, Mapping[str, Decimal]] = {}
    for index, (line, _) in read.items():
        result = line_result(line, figures.unit_table(), tables().gwp, line_digits)
        signed = statement.opened.lines[index]["result"]
        mine = {name: decimal_text(value) for name, value in result.items()}
        if signed != mine:
            raise _Differs(f"line {index}", signed, mine)
        results[index] = result
    return results


def _why_not_whole(node: Node, statement: Statement, *, held: bool) -> str | None:
    """Return why what stands beside the lines can't be recomputed; None where it can."""
    opened = statement.opened
    if opened.lines and not held:
        return "its unit and GWP tables are not those this verifier holds"
    if not opened.complete:
        return hidden_reason(node)
    return None if node.recomputed == opened.lines.keys() else "an input is not at hand"


def _whole(
    node: Node,
    statement: Statement,
    read: Mapping[int, _Read],
    results: Sequence[Mapping[str, Decimal]],
    rules: frozenset[str],
) -> Check:
    """Recompute all that follows from the lines, every one of which is open and recomputed."""
    with_ = statement.subject["computedWith"]
    lines = [one.line for one in read.values()]
    computed = totals(lines, results, digits=with_["digits"], line_digits=with_["lineDigits"])
    compared = [
        *_compare(statement, computed),
        *_compare_analysis(node, statement, read, results, computed),
    ]
    differing = [one for one in compared if one[1] != one[2]]
    held = rules | {tables().rule_digest}
    unknown = with_["rule"]["digest"] not in held and any(line.gap_rating > 1 for line in lines)
    for one in differing:
        if not (unknown and one[0] == _TEMPORAL):
            raise _Differs(*one)
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
    stages = statement.opened.stages
    if stages is not None:
        yield "stages", stages, {name: decimal_text(v) for name, v in computed.stages.items()}


def _compare_analysis(
    node: Node,
    statement: Statement,
    read: Mapping[int, _Read],
    results: Sequence[Mapping[str, Decimal]],
    computed: Totals,
) -> Iterator[tuple[str, _Shown, _Shown]]:
    """Yield what of gases and uncertainty is open and was recomputed, as ``_compare`` does.

    They need what inputs may hide; where those do, a notice says that nobody recomputed it.
    """
    opened = statement.opened
    lines, cited = [one.line for one in read.values()], [one.cited for one in read.values()]
    if opened.gases is not None:
        digits = statement.subject["computedWith"]["lineDigits"]
        gases = composed_gases(lines, results, cited, digits)
        if gases is None:
            node.notices.append(
                "its gases were not recomputed: its inputs do not show all of theirs"
            )
        else:
            yield "gases", opened.gases, gases
    if opened.uncertainty is not None:
        written = [opened.lines[index] for index in read]
        mine = possible_uncertainties(written, lines, results, cited, computed.excluding)
        if not mine:
            node.notices.append(
                "its uncertainty was not recomputed: a line or an input does not show its own"
            )
        elif not any(agrees(opened.uncertainty, one) for one in mine):
            yield "uncertainty", str(opened.uncertainty), " or ".join(map(str, mine))


def _open_fault(
    pcf: Mapping[str, Any], components: Mapping[str, Fraction]
) -> tuple[str, tuple[str, str]] | None:
    """Return why the open totals contradict each other: rounding apart, they can't."""
    parts = [name for name in components if name != OF_WHICH]
    excluding = sum((components[name] for name in parts if name != UPTAKE), Fraction(0))
    including = excluding + components.get(UPTAKE, Fraction(0))
    for name, sum_ in (
        ("pcfExcludingBiogenicUptake", excluding),
        ("pcfIncludingBiogenicUptake", including),
    ):
        # Components have the total's places, however few a part is written with; each was
        # rounded by at most half a unit there, the total too, or to its significant digits,
        # which moves it by at most 0.1 %.
        unit = _half_unit(pcf[name])
        slack = sum((min(unit, _half_unit(pcf[part])) for part in parts), Fraction(0))
        slack += max(unit, MAX_ROUNDING_SHARE * abs(sum_))
        if abs(figures.exact(pcf[name]) - sum_) > slack:
            shown = str(float(sum_))
            return f"the components do not add up to {name}", (pcf[name], shown)
    return None


def _half_unit(text: str) -> Fraction:
    _, _, decimals = text.partition(".")
    return Fraction(1, 2 * 10 ** len(decimals))


def _text(values: _Shown) -> str:
    """Write it for people. Not to be compared: two maps may be written alike."""
    if isinstance(values, str):
        return values
    return ", ".join(f"{name} {values[name]}" for name in sorted(values))
