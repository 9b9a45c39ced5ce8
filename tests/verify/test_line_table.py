"""The line table: what check 8 recomputed, with shares that add to the gross."""

from __future__ import annotations

import time
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from rootprint.calc.columns import gross
from rootprint.calc.lines import exact_result
from rootprint.calc.rounding import half_up
from rootprint.ledger import figures
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.tables import tables
from rootprint.ledger.verify import COLUMNS, LineTable, Report, Verdict, line_table
from tests.analysis.seen import Seen
from tests.support.statements import attested
from tests.support.world import SUPPLIER, VALID, World
from tests.support.wrong_columns import CREDIT, stored
from tests.verify.chains import Chain, gas, published

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify import LineRow

AMOUNTS = st.integers(1, 10**6).map(lambda grams: f"{grams / 1000:.3f}")
HIDDEN = "inventoryShape[0]"


def _table(seen: Seen) -> LineTable:
    """The table, which agrees with coverage digit for digit."""
    table = line_table(seen.judged)
    assert seen.report.coverage is not None
    by_check: dict[str, Decimal] = defaultdict(Decimal)
    for row in table.rows:
        if row.continues is None and row.share is not None:
            by_check[row.checked] += Decimal(row.share)
    assert sum(by_check.values()) == 100
    for checked, share in seen.report.coverage.checked.items():
        assert abs(by_check[checked] - share) < Decimal("0.02"), checked
    return table


def _at(table: LineTable, **wanted: Any) -> LineRow:
    [row] = [one for one in table.rows
             if all(getattr(one, name) == value for name, value in wanted.items())]  # fmt: skip
    return row


def test_a_line_is_amount_times_factor_with_source_quality_and_share(assured: Chain) -> None:
    """Module: 2 kg of part at 0.2 × 2.5 + 0.01 × 29.8 = 0.798, and 0.3 published, of 1.896."""
    table = _table(Seen(assured.world, assured.module))
    shown = [(one.path, one.amount, one.unit, one.factor, one.factor_unit, one.share, one.checked)
             for one in table.rows]  # fmt: skip
    per_kg = "kg CO2e/kilogram"
    assert shown == [
        ("module", "2", "kilogram", "0.798000", per_kg, "84.1772", "recomputed"),
        ("module > part", "200", "gram", "2.5", per_kg, "52.7426", "recomputed"),
        ("module > part", "10", "gram", "29.8", per_kg, "31.4346", "recomputed"),
        ("module", "0.3", "kilogram", "1", per_kg, "15.8228", "unsigned"),
    ]
    taken, fuel, stack, figure = table.rows
    assert taken.continues == stack.statement == fuel.statement
    assert [row.continues for row in (fuel, stack, figure)] == [None] * 3
    assert (fuel.source, fuel.source_issuer) == ("fuel", "did:web:factors.example")
    assert (stack.source, figure.source) == ("CH4_fossil, GWP of AR6", "An example, table 1")
    assert [row.data for row in table.rows] == ["primary", "primary", "primary", "secondary"]
    assert [row.primary_share for row in table.rows] == ["37.34", "0", "100", "0"]


def _agrees_with_check_8(seen: Seen, table: LineTable) -> None:
    rows = {(row.statement, row.line): row for row in table.rows if row.line is not None}
    for node in seen.nodes.values():
        statement = node.readable
        for index in node.recomputed:
            assert statement is not None
            written = statement.opened.lines[index]
            cites = written["source"].get("statement") or written["source"].get("factor")
            cited = seen.nodes[bytes.fromhex(cites[7:])] if cites else None
            line = figures.line(written, None if cited is None else cited.cited)
            exact = exact_result(line, figures.unit_table(), tables().gwp)
            digits = statement.subject["computedWith"]["lineDigits"]
            row = rows[f"sha256:{node.digest.hex()}", index]
            counted = sum(Fraction(half_up(value, digits)) for value in exact.values())
            assert Fraction(row.result) + Fraction(row.biogenic) == counted
            assert row.factor is not None
            assert row.factor_unit is not None
            per = row.factor_unit.removeprefix("kg CO2e/")
            times = figures.unit_table().factor(written["amount"]["unit"], per)
            product = Fraction(written["amount"]["value"]) * times * Fraction(row.factor)
            assert abs(product - Fraction(row.result)) <= Fraction(1, 2 * 10**digits)


@settings(max_examples=12, deadline=None, phases=[Phase.generate])
@given(st.lists(st.lists(AMOUNTS, min_size=1, max_size=5), min_size=1, max_size=4), st.data())
def test_rows_are_the_gross_of_their_statement_and_shares_the_subject_s(
    amounts: list[list[str]], data: st.DataObject
) -> None:
    """Of products of products, whatever of them is hidden."""
    world = World()
    below: list[Statement] = [world.publish(world.factor("fuel"))]
    for number, own in enumerate(amounts):
        lines = []
        for at, text in enumerate(own):
            cited = data.draw(st.sampled_from(below))
            lines.append((world.line(cited, text, "kilogram"), gas(text), published(text))[at % 3])
        below.append(world.publish(world.product(f"part-{number}", lines)))
    world.anchor()
    reached = Seen(world, below[-1]).nodes
    redacted = data.draw(st.sampled_from([one for one in below[1:] if one.digest in reached]))
    shown = data.draw(st.sets(st.sampled_from(sorted(redacted.opened.lines))))
    places = {HIDDEN, *(f"inventory[{index}]" for index in shown)}
    seen = Seen(world, below[-1], {redacted.digest: places})
    table = _table(seen)
    _agrees_with_check_8(seen, table)
    for node in seen.nodes.values():
        statement = node.readable
        assert statement is not None
        rows = [row for row in table.rows if row.statement == f"sha256:{node.digest.hex()}"]
        if statement.subject["role"] == "factor":
            assert not rows
            continue
        stated = gross(figures.components(statement.subject))
        left = stated - sum(Fraction(row.result) for row in rows)
        assert left == 0 or statement.opened.complete
        decimals = len(statement.subject["pcf"]["pcfExcludingBiogenicUptake"].partition(".")[2])
        cells = {row.stage for row in rows}
        assert abs(left) <= len(cells) * Fraction(1, 2 * 10**decimals)  # each is rounded once


def test_hidden_lines_are_one_row_with_nothing_of_their_content(assured: Chain) -> None:
    part = assured.part
    measured = next(n for n, v in part.opened.lines.items() if "gas" in v["source"])
    table = _table(
        Seen(assured.world, assured.module, {part.digest: {HIDDEN, f"inventory[{measured}]"}})
    )
    row = _at(table, description="1 line hidden")
    kept = {"path", "statement", "description", "result", "biogenic", "share", "checked"}
    assert {name for name, value in row.json().items() if value is not None} == kept
    assert (row.result, row.share, row.checked) == ("0.5", "52.7426", "assured")
    whole = _table(Seen(assured.world, assured.module, {part.digest: set()}))
    assert _at(whole, description="lines hidden, their number too").share == "84.1772"
    assert "fuel" not in str(whole.rows)


def test_removals_and_credits_are_no_part_of_the_gross() -> None:
    world = World()
    heat = world.publish(world.factor("heat"))
    removal = published("1", "1")
    removal["source"] |= {"component": "technologicalCO2Removals", "published": "-1"}
    removal["removal"] = stored("1")
    lines = [gas("100"), removal, world.line(heat, "1", "kilogram", **CREDIT)]
    subject = world.publish(world.product("module", lines))
    world.anchor()
    table = _table(Seen(world, subject))
    assert _at(table, amount="100").share == "100.0000"
    removed, credited = _at(table, factor="-1"), _at(table, source="heat")
    assert (removed.result, removed.share) == ("-1.000000000000", "0.0000")
    assert (credited.factor, credited.share) == ("-2.5", None)
    assert Fraction(credited.result) == Fraction("-2.5")


def test_a_partner_s_figure_ends_at_its_line_and_is_unsigned() -> None:
    world = World()
    partner = world.publish({**attested(SUPPLIER), **VALID})
    lines = [gas("100"), world.line(partner, "1", "kilogram")]
    subject = world.publish(world.product("module", lines))
    world.anchor()
    row = _at(_table(Seen(world, subject)), source="Part of a partner")
    assert (row.checked, row.continues, row.share) == ("unsigned", None, "45.6204")


def test_a_factor_alone_is_its_figure_as_signed() -> None:
    world = World()
    fuel = world.publish(world.factor("fuel"))
    world.anchor()
    [row] = _table(Seen(world, fuel)).rows
    assert (row.description, row.result, row.share, row.checked) == (
        "the figure as signed, without an inventory", "2.5", "100.0000", "signed",
    )  # fmt: skip


def test_what_is_open_and_was_not_recomputed_is_shown_without_a_share() -> None:
    """By tables that are not held here: the weight is in one row, and the lines say so."""
    world = World()
    lines = [gas("100"), published("1", "4.02")]
    draft = world.product("module", lines)
    draft["credentialSubject"]["computedWith"]["tables"] = "sha256:" + "11" * 32
    module = world.publish(draft)
    world.anchor()
    table = _table(Seen(world, module))
    stack = _at(table, amount="100")
    assert (stack.share, stack.factor, stack.checked) == (None, None, "signed")
    rest = _at(table, description="1 line not recomputed")
    assert (rest.result, rest.checked) == ("2.98", "signed")


def test_what_failed_has_no_lines(assured: Chain) -> None:
    world = assured.world
    given = world.evidence(assured.module)
    wrong = world.verifier(assured.part).verify(given, lines=True)
    assert wrong.verdict is Verdict.FAILED
    assert wrong.lines is not None
    assert (wrong.lines.rows, wrong.lines.why_not) == (
        (), "the verification failed, so the lines prove nothing",
    )  # fmt: skip
    with pytest.raises(Refused, match="no line table"):
        wrong.lines_frame()
    with pytest.raises(Refused, match="were not asked for"):
        world.verifier(assured.module).verify(given).lines_frame()


def test_a_total_of_zero_has_lines_without_shares() -> None:
    world = World()
    subject = world.publish(world.product("module", [published("1", "0")]))
    world.anchor()
    [row] = line_table(Seen(world, subject).judged).rows
    assert (row.share, row.result) == (None, "0.000000000000")


def test_enormous_amounts_have_no_shares() -> None:
    world = World()
    below = world.publish(world.product("zero-0", [published("1", "0")]))
    for number in range(1, 12):
        draft = world.product(f"zero-{number}", [world.line(below, "9" * 34, "kilogram")])
        below = world.publish(draft)
    subject = world.publish(world.product("module", [world.line(below, "1", "gram"), gas("7")]))
    world.anchor()
    table = line_table(Seen(world, subject).judged)
    assert {row.share for row in table.rows} == {None}


def _verified(chain: Chain) -> Report:
    return chain.world.verifier(chain.module).verify(chain.world.evidence(chain.module), lines=True)


def test_records_are_numbers_that_pandas_takes(assured: Chain) -> None:
    pandas = pytest.importorskip("pandas", exc_type=ImportError)
    report = _verified(assured)
    frame = report.lines_frame("pandas")
    assert isinstance(frame, pandas.DataFrame)
    assert tuple(frame.columns) == COLUMNS
    assert frame[frame["continues"].isna()]["share"].sum() == Decimal("100.0000")
    assert report.lines is not None
    assert report.lines.records()[0]["line"] == report.lines.rows[0].line


@pytest.mark.slow
def test_five_thousand_lines_take_no_time_to_speak_of() -> None:
    """Less than the walk itself: it only looks at what was read."""
    world = World()
    fuel = world.publish(world.factor("fuel"))
    kinds = (gas, lambda text: world.line(fuel, text, "kilogram"))
    lines = [kinds[number % 2](f"{number % 97 + 1}.{number:04d}") for number in range(5000)]
    subject = world.publish(world.product("machine", lines))
    world.anchor()
    began = time.process_time()
    seen = Seen(world, subject)
    walked = time.process_time() - began
    began = time.process_time()
    table = line_table(seen.judged)
    assert time.process_time() - began < walked
    assert len(table.rows) == 5000
    assert sum(Decimal(row.share or "0") for row in table.rows) == 100
