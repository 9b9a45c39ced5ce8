"""Order and origin hold by construction: no check that was not made, no fact without its check."""

from __future__ import annotations

import ast
from dataclasses import FrozenInstanceError, replace
from typing import TYPE_CHECKING

import pytest

from rootprint.ledger.verify import (
    NAMES,
    Check,
    Judged,
    Node,
    Read,
    State,
    Watch,
    failed,
    not_checked,
    passed,
)
from rootprint.ledger.verify.found import FOUND_BY, Found
from rootprint.ledger.verify.report import with_found
from rootprint.ledger.verify.walking import judge
from tests.project.pyproject import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.verify.chains import Chain

FACTORIES = {"passed", "failed", "not_checked", "not_applicable"}
# Beside the ten checks: check 0, and a statement that the sources do not have.
OTHERS = {
    "ledger/verify/__init__.py",
    "ledger/verify/reading.py",
    "ledger/verifier/file_check.py",
    "ledger/verifier/verifier.py",
}


def sources(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    for folder in folders:
        path: Path
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text("utf-8"))


def test_a_check_that_was_not_made_can_t_be_constructed() -> None:
    for state in State:
        with pytest.raises(TypeError, match="a check is made by passed, failed"):
            Check(8, state)
    with pytest.raises(TypeError, match="a check is made by"):
        replace(failed(8, "a line does not recompute"), state=State.PASSED)


def test_only_checks_make_checks() -> None:
    makers = {
        name
        for name, tree in sources("ledger", "api")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and str(node.module).startswith("rootprint.ledger.verify")
        and FACTORIES & {alias.name for alias in node.names}
        and not str(node.module).endswith(".laws")
    }
    checks = {name for name in makers if name.startswith("ledger/verify/checks/")}
    assert len(checks) == 10
    assert makers - checks == OTHERS


def test_each_check_makes_its_own_number_only() -> None:
    found = 0
    for name, tree in sources("ledger/verify/checks"):
        for node in ast.walk(tree):
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            if called and node.func.id in FACTORIES:
                found += 1
                first = node.args[0]
                assert isinstance(first, ast.Name), name
                assert first.id == "NUMBER", name
    assert found > 50


def test_each_step_is_made_of_the_one_before(assured: Chain) -> None:
    world, found = assured.world, list[Judged]()
    world.verifier(assured.module).export(assured.module.digest, world, looked=found.append)
    [judged] = found
    half = Node(bytes(32), 0, ())
    for number in (1, 3, 4, 2, 6):
        half.set(not_checked(number, "the statement is not available"))
    assert Read(half, {half.digest: half}, judged.context).nodes == {half.digest: half}
    with pytest.raises(RuntimeError, match="Judged without check 5, 7, 8, 9, 10 of 0000"):
        Judged(half, {half.digest: half}, judged.context)
    with pytest.raises(RuntimeError, match="Read without check 1, 2, 3, 4, 6"):
        Read(half, {b"": Node(bytes(32), 0, ())}, judged.context)
    with pytest.raises(TypeError):
        judged.nodes[bytes(32)] = half  # type: ignore[index]
    with pytest.raises(FrozenInstanceError):
        judged.subject = half  # type: ignore[misc]


def test_what_was_judged_is_not_judged_again(assured: Chain) -> None:
    world, found = assured.world, list[Judged]()
    world.verifier(assured.module).export(assured.module.digest, world, looked=found.append)
    [judged] = found
    with pytest.raises(RuntimeError, match="check 5 was decided twice"):
        judge(Read(judged.subject, judged.nodes, judged.context), Watch())


def test_a_node_is_assigned_nothing(assured: Chain) -> None:
    node = Node(assured.part.digest, 0, ())
    with pytest.raises(FrozenInstanceError):
        node.statement = assured.part  # type: ignore[misc]
    node.set(with_found(passed(1), Found(statement=assured.part)))
    assert node.statement is assured.part
    with pytest.raises(RuntimeError, match="check 1 was decided twice"):
        node.set(failed(1, "on second thoughts"))


def test_no_check_and_no_ruling_changes_what_it_judges() -> None:
    """What they add is in what they return; a list of a node's can't be added to."""
    changing = {"append", "extend", "insert", "add", "update", "set", "give", "setdefault"}
    for name, tree in sources("ledger/verify/checks", "ledger/verify/rulings"):
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            on = node.func.value
            inner = on.value if isinstance(on, ast.Attribute) else on
            whose = inner.id if isinstance(inner, ast.Name) else ""
            judged = whose in {"node", "other", "cited", "citing", "pool", "context"}
            assert not (judged and node.func.attr in changing), f"{name}:{node.lineno}"


def test_each_thing_found_is_found_by_one_check() -> None:
    assert sorted(name for names in FOUND_BY.values() for name in names) == sorted(Found._fields)
    assert FOUND_BY.keys() == NAMES.keys() - {0}


def test_a_node_takes_from_a_check_only_what_that_check_finds() -> None:
    node = Node(bytes(32), 0, ())
    node.set(with_found(passed(4), Found(row=1, t=2, index=3)))
    assert (node.row, node.t, node.index) == (1, 2, None)


def test_notices_are_what_checks_noted_in_their_order() -> None:
    node = Node(bytes(32), 0, ())
    node.set(with_found(passed(5), Found(), ["superseded"]))
    node.set(with_found(not_checked(7, "an input is missing"), Found(), ["first", "second"]))
    assert node.notices == ["superseded", "first", "second"]


def test_what_a_ledger_took_in_passed_what_it_judged_then(assured: Chain) -> None:
    """It made checks 1 and 6 of its own, and no other."""
    node = Node(assured.part.digest, 0, (), statement=assured.part, logged=True)
    assert node.readable is assured.part
    assert [number for number in range(1, 10) if node.passed(number)] == [1, 6]
    node.set(failed(6, "a disclosure opens nothing"))
    assert node.readable is None
