"""One decomposition: what it shows and what is left are the footprint, for every reader."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rootprint.calc.columns import excluding, gross
from rootprint.ledger import figures
from rootprint.ledger.analysis.reading import known
from rootprint.ledger.analysis.spread import _Builder
from rootprint.ledger.core.seal import redact
from rootprint.ledger.figures import Rest, parts
from rootprint.ledger.verify import inputs_first
from rootprint.ledger.verify.accounting import accounts_of
from tests.analysis.seen import Seen
from tests.project.pyproject import ROOT
from tests.support.world import World
from tests.verify.chains import gas, published

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement

AMOUNTS = st.integers(1, 10**7).map(lambda grams: f"{grams / 1000:.3f}")


def made(world: World, amounts: list[str]) -> Statement:
    """A product of a fuel, a stack and published figures, one line an amount in turn."""
    fuel = world.publish(world.factor("fuel"))
    makers = (
        lambda text: world.line(fuel, text, "kilogram"),
        gas,
        lambda text: published(text, "1.25"),
    )
    lines = [makers[number % 3](text) for number, text in enumerate(amounts)]
    return world.publish(world.product("part", lines))


@settings(max_examples=25)
@given(st.lists(AMOUNTS, min_size=1, max_size=7), st.data())
def test_lines_and_rest_are_what_is_stated(amounts: list[str], data: st.DataObject) -> None:
    statement = made(World(), amounts)
    open_ = data.draw(st.sets(st.sampled_from(sorted(statement.opened.lines))))
    keep = {f"inventory[{index}]" for index in open_} | {"inventoryShape[0]"}
    shown = redact(statement, keep)
    found = parts(shown)
    assert {part.index for part in found.lines} == open_
    assert found.left is (Rest.ROUNDING if len(open_) == len(amounts) else Rest.HIDDEN)
    stated = figures.components(statement.subject)
    for but in (set(), open_, set(list(open_)[:1])):
        lines = [part.result for part in found.lines if part.index not in but]
        rest = found.rest(but=but)
        for name in rest:
            sum_ = sum((one.get(name, Fraction(0)) for one in lines), Fraction(0))
            assert sum_ + rest[name] == stated.get(name, 0)


@settings(max_examples=25)
@given(st.lists(AMOUNTS, min_size=1, max_size=7))
def test_of_open_lines_no_more_is_left_than_rounding_moves(amounts: list[str]) -> None:
    """Anything more would be a part that a view left out."""
    found = parts(made(World(), amounts))
    bound = Fraction(1, 1000) * gross(found.stated)
    assert abs(excluding(found.rest())) <= bound


def test_a_factor_is_all_rest() -> None:
    world = World()
    found = parts(world.publish(world.factor("fuel")))
    assert (found.left, found.lines) == (Rest.WHOLE, ())
    assert found.rest() == found.stated


def test_a_scaled_input_is_what_its_line_shows() -> None:
    world = World()
    fuel = world.publish(world.factor("fuel"))
    statement = world.publish(world.product("part", [world.line(fuel, "200", "gram")]))
    [part] = parts(statement).lines
    upstream = figures.cited(fuel.subject)
    assert part.cites == fuel.digest
    assert part.scale(upstream) == Fraction(1, 5)
    assert part.scale(upstream) * gross(upstream.components) == gross(part.result)


@pytest.mark.parametrize("hidden", [0, 1, 2, 3])
def test_every_view_leaves_the_same(hidden: int) -> None:
    """Contributions, coverage and uncertainty end in one rest, and it is the decomposition's."""
    world = World()
    statement = made(world, ["2", "3000", "0.5"])
    world.anchor()
    shown_lines = sorted(statement.opened.lines)[hidden:]
    open_ = {f"inventory[{index}]" for index in shown_lines} | {"inventoryShape[0]"}
    seen = Seen(world, statement, {statement.digest: open_})
    node = seen.nodes[statement.digest]
    assert node.statement is not None
    rest = parts(node.statement).rest()

    shown = known(seen.judged)
    assert shown is not None
    unit = shown.composition.units[shown.subject]
    left = [own.value for own in unit.own if own.label.line is None]
    assert sum(left, Fraction(0)) == excluding(rest)

    account = accounts_of(seen.subject, seen.nodes)[-1]
    ended = [end.share for end in account.ends if end.checked == "signed"]
    assert ended == ([float(gross(rest))] if hidden else [])

    model = _Builder(inputs_first(seen.subject, seen.nodes)).model()
    assert model.values[-1] == pytest.approx(float(excluding(rest)) if hidden else 0.0)
    assert {part.index for part in parts(node.statement).lines} == set(model.positions.tolist())


def test_no_other_module_reads_lines_for_a_view() -> None:
    """A second reader of lines is how views came to differ."""
    readers = [*(ROOT / "ledger" / "analysis").glob("*.py"), ROOT / "ledger/verify/accounting.py"]
    assert len(readers) > 10
    found = [
        path.name
        for path in readers
        if re.search(r"opened\.lines|\.citations\(\)|figures\.line\(", path.read_text("utf-8"))
    ]
    assert found == []
