"""Check 8, arithmetic: lines, components, stages, totals, shares and quality recompute."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from calc.errors import CalculationError
from calc.lines import line_result
from calc.rounding import MAX_ROUNDING_SHARE, decimal_text
from calc.totals import Totals, totals
from calc.uncertainty import agrees
from ledger.core.schema.footprint import COMPONENTS, OF_WHICH, UPTAKE
from ledger.core.statement import has_inventory
from ledger.core.tables import tables
from ledger.walk import figures
from ledger.walk.checks.inputs import hidden_reason
from ledger.walk.gases import composed_gases
from ledger.walk.report import Check, failed, not_applicable, not_checked, passed
from ledger.walk.uncertainty import composed_uncertainty

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from calc.lines import Line
    from ledger.core.statement import Statement
    from ledger.walk.node import Node

NUMBER = 8
_RATINGS = ("technologicalDQR", "geographicalDQR", "temporalDQR")
_TEMPORAL = "dqi.temporalDQR"


def check(node: Node, nodes: Mapping[bytes, Node], rules: frozenset[str] = frozenset()) -> Check:
    """Recompute the statement from its own signed lines and its inputs' signed totals.

    ``rules`` are the digests of rule packs that the verifier holds beside the base table: with
    another rule, what a gap between periods does to a rating is not known.
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
    if not statement.opened.complete:
        return not_checked(NUMBER, hidden_reason(node))
    if statement.subject["computedWith"]["tables"] != tables().digest:
        return not_checked(NUMBER, "its unit and GWP tables are not those this verifier holds")
    lines = _lines(node, statement, nodes)
    if lines is None:
        return not_checked(NUMBER, "an input is not at hand")
    return _recompute(node, statement, lines, rules | {tables().rule_digest})


class _Read(NamedTuple):
    """A disclosed line, as it is calculated with, and the footprint it cites."""

    line: Line
    cited: Statement | None


def _lines(
    node: Node, statement: Statement, nodes: Mapping[bytes, Node]
) -> dict[int, _Read] | None:
    cited = {citation.line: nodes.get(citation.digest) for citation in node.citations()}
    lines = {}
    for index, value in statement.opened.lines.items():
        other = cited.get(index)
        if index not in cited:
            lines[index] = _Read(figures.line(value, None), None)
        elif other is None or not other.passed(1) or not other.is_footprint:
            return None
        else:
            gap = figures.gap_rating(node.terms.period, other.terms.period)
            lines[index] = _Read(figures.line(value, other.cited, gap), other.readable)
    return lines


def _recompute(
    node: Node, statement: Statement, read: Mapping[int, _Read], rules: frozenset[str]
) -> Check:
    with_ = statement.subject["computedWith"]
    digits, line_digits = with_["digits"], with_["lineDigits"]
    lines = [one.line for one in read.values()]
    results = []
    try:
        for index, (line, _) in read.items():
            result = line_result(line, figures.unit_table(), tables().gwp, line_digits)
            signed = statement.opened.lines[index]["result"]
            mine = {name: decimal_text(value) for name, value in result.items()}
            if signed != mine:
                return failed(
                    NUMBER, f"line {index} does not recompute", (_flat(signed), _flat(mine))
                )
            results.append(result)
        computed = totals(lines, results, digits=digits, line_digits=line_digits)
        compared = [
            *_compare(statement, computed),
            *_compare_analysis(node, statement, read, results, computed),
        ]
    except CalculationError as error:
        return failed(NUMBER, str(error))
    differing = [one for one in compared if one[1] != one[2]]
    unknown = with_["rule"]["digest"] not in rules and any(line.gap_rating > 1 for line in lines)
    for name, signed_value, mine_value in differing:
        if not (unknown and name == _TEMPORAL):
            return failed(NUMBER, f"{name} does not recompute", (signed_value, mine_value))
    if differing:
        return not_checked(
            NUMBER, "its rule, which says what a gap of years does to a rating, is not held here"
        )
    total = statement.subject["pcf"]["pcfExcludingBiogenicUptake"]
    return passed(
        NUMBER, f"{len(results)} lines recompute", (total, decimal_text(computed.excluding))
    )


def _compare(statement: Statement, computed: Totals) -> Iterator[tuple[str, str, str]]:
    """Yield (name, signed text, recomputed text); what is absent counts as the zero it means."""
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
        for place, name in enumerate(_RATINGS):
            quality = computed.quality
            mine_text = "no rating" if quality is None else decimal_text(quality[place])
            yield f"dqi.{name}", pcf["dqi"][name], mine_text
    yield (
        "characterizationSets",
        _sets(statement.subject),
        _flat({name: decimal_text(share) for name, share in computed.sets.items()}),
    )
    stages = statement.opened.stages
    if stages is not None:
        mine_stages = {name: decimal_text(value) for name, value in computed.stages.items()}
        yield "stages", _flat(stages), _flat(mine_stages)


def _compare_analysis(
    node: Node,
    statement: Statement,
    read: Mapping[int, _Read],
    results: Sequence[Mapping[str, Decimal]],
    computed: Totals,
) -> Iterator[tuple[str, str, str]]:
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
            yield "gases", _flat(opened.gases), _flat(gases)
    if opened.uncertainty is not None:
        written = [opened.lines[index] for index in read]
        mine = composed_uncertainty(written, lines, results, cited, computed.excluding)
        if mine is None:
            node.notices.append(
                "its uncertainty was not recomputed: a line or an input does not show its own"
            )
        elif not agrees(opened.uncertainty, mine):
            yield "uncertainty", str(opened.uncertainty), str(mine)


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


def _sets(subject: Mapping[str, Any]) -> str:
    return _flat({item["set"]: item["share"] for item in subject["characterizationSets"]})


def _flat(values: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {values[name]}" for name in sorted(values))
