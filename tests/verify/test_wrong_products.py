"""Products that recompute and break a law: open, with the wrong part hidden, and assured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.verify import Report, Verdict
from tests.support.world import World
from tests.support.wrong import WRONG, gas, use_in_gate

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement

EVERY = [1, 2, 3, 4, 5, 6, 7, 8]
NOTHING: set[str] = set()


def report(world: World, subject: Statement, keep: set[str] | None = None) -> Report:
    kept = None if keep is None else {subject.digest: keep}
    evidence = world.evidence(subject, kept)
    return world.verifier(subject).verify(evidence)


def laws(found: Report) -> dict[int, str]:
    return {law: str(state) for law, state in found.statements[0].laws.items()}


def made(name: str, assured: list[int] | None = None) -> tuple[World, Statement, int]:
    world = World()
    law, build = WRONG[name]
    subject = world.publish(build(world))
    if assured is not None:
        world.publish(world.assurance(subject, laws=assured))
    world.anchor()
    return world, subject, law


@pytest.mark.parametrize("name", WRONG)
def test_open_it_fails_and_the_law_is_named(name: str) -> None:
    world, subject, law = made(name)
    found = report(world, subject)
    assert found.verdict is Verdict.FAILED
    statement, check = found.deciding or (None, None)
    assert check is not None
    assert statement is not None
    assert (statement.digest, check.number) == (subject.digest, 7)
    assert str(check.reason).startswith(f"law {law}: ")
    assert laws(found)[law] == "broken"
    # Nothing but the law is wrong.
    assert {number for number, one in statement.checks.items() if one.state == "failed"} == {7}


@pytest.mark.parametrize("name", WRONG)
def test_hidden_it_is_not_verified(name: str) -> None:
    world, subject, law = made(name)
    found = report(world, subject, NOTHING)
    assert found.verdict is Verdict.INCOMPLETE
    assert laws(found)[law] == "not checkable"


@pytest.mark.parametrize("name", WRONG)
def test_an_assurance_that_does_not_name_the_law_does_not_stand_in(name: str) -> None:
    law, _ = WRONG[name]
    world, subject, _ = made(name, [one for one in EVERY if one != law])
    assert report(world, subject, NOTHING).verdict is Verdict.INCOMPLETE
    assert report(world, subject).verdict is Verdict.FAILED


def test_the_cells_alone_show_a_use() -> None:
    world, subject, _ = made("use-in-gate", EVERY)
    found = report(world, subject, {"cells"})
    assert found.verdict is Verdict.FAILED
    assert found.deciding is not None
    assert found.deciding[1].reason == (
        "law 7: cells has the stage use, which lies beyond cradle-to-gate"
    )


def test_an_assurance_of_a_right_product_stands_in_for_the_laws_that_it_names() -> None:
    for named, verdict in ((EVERY, Verdict.VERIFIED), ([1, 2, 3, 4, 5, 6, 7], Verdict.INCOMPLETE)):
        world = World()
        subject = world.publish(world.product("module", [gas()]))
        world.publish(world.assurance(subject, laws=named))
        world.anchor()
        assert report(world, subject, NOTHING).verdict is verdict


def test_what_holds_is_said_to_hold() -> None:
    world = World()
    subject = world.publish(world.product("module", [gas()]))
    world.anchor()
    found = laws(report(world, subject))
    assert found == {
        1: "held", 2: "not applicable", 3: "not applicable", 4: "not applicable", 5: "held",
        6: "not applicable", 7: "held", 8: "not applicable",
    }  # fmt: skip


def delivered(world: World, made_: str, used: str, **more: Any) -> Statement:
    """A part of which some was made, in a module of which a hundred were."""
    part = world.publish(
        world.product("part", [gas()], producedAmount={"value": made_, "unit": "kilogram"})
    )
    lines = [world.line(part, used, "kilogram")]
    changes = {"producedAmount": {"value": "100", "unit": "kilogram"}, **more}
    module = world.publish(world.product("module", lines, **changes))
    world.anchor()
    return module


def test_more_cited_than_made_is_reported_and_fails_nothing() -> None:
    world = World()
    module = delivered(world, "199", "2")
    found = report(world, module)
    assert found.verdict is Verdict.VERIFIED
    part = found.statements[1]
    assert part.laws[6] == "broken"
    cited = "law 6: 200 kilogram of it are cited by module, for the time in which"
    assert part.notices == [f"{cited} 199 kilogram were made"]


def test_as_much_as_was_made_is_right() -> None:
    world = World()
    assert report(world, delivered(world, "200", "2")).statements[1].laws[6] == "held"


def test_a_hidden_side_tells_nothing_of_the_other() -> None:
    world = World()
    module = delivered(world, "199", "2")
    lines = {f"inventory[{number}]" for number in module.opened.lines} | {"inventoryShape", "cells"}
    found = report(world, module, lines)
    part = found.statements[1]
    assert part.laws[6] == "not checkable"
    assert part.notices == []


def test_another_period_is_not_compared() -> None:
    world = World()
    later = {"referencePeriodStart": "2025-06-01T00:00:00Z",
             "referencePeriodEnd": "2026-06-01T00:00:00Z"}  # fmt: skip
    found = report(world, delivered(world, "1", "2", pcf=later))
    assert found.statements[1].laws[6] == "not checkable"
    assert found.statements[1].notices == []


def test_the_demonstration_of_the_builders() -> None:
    """They break one law only: set right, the same product is verified."""
    world = World()
    draft = use_in_gate(world)
    subject = draft["credentialSubject"]
    for line in subject["inventory"]:
        line["stage"] = {"use": "raw-material"}.get(line["stage"], line["stage"])
    subject["cells"]["raw-material"] = subject["cells"].pop("use")
    right = world.publish(draft)
    world.anchor()
    assert report(world, right).verdict is Verdict.VERIFIED
