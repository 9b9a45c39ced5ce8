"""Materials whose lines don't agree: open, hidden, assured; and composing refuses to make them."""

from __future__ import annotations

import pytest

from rootprint.calc.circular import TERMS
from rootprint.ledger.intake.linefaults import LineProblems
from rootprint.ledger.verify import Verdict
from tests.support.world import World
from tests.support.wrong_materials import WRONG, bottle, term, whole
from tests.verify.test_wrong_products import EVERY, NOTHING, laws, report


@pytest.mark.parametrize("name", WRONG)
def test_open_it_fails_by_law_1_alone(name: str) -> None:
    world = World()
    subject = world.publish(WRONG[name](world))
    world.anchor()
    found = report(world, subject)
    assert found.verdict is Verdict.FAILED
    assert laws(found)[1] == "broken"
    one = found.statements[0]
    assert {number for number, check in one.checks.items() if check.state == "failed"} == {8}
    assert "material PET" in str(one.checks[8].reason)


@pytest.mark.parametrize("name", WRONG)
def test_hidden_it_is_not_verified_but_by_who_answers_for_law_1(name: str) -> None:
    for named, verdict in (
        (None, Verdict.INCOMPLETE),
        ([one for one in EVERY if one != 1], Verdict.INCOMPLETE),
        (EVERY, Verdict.VERIFIED),
    ):
        world = World()
        subject = world.publish(WRONG[name](world))
        if named is not None:
            world.publish(world.assurance(subject, laws=named))
        world.anchor()
        # An assured wrong product: the auditor's own tool refuses to sign it (test_assuring.py).
        assert report(world, subject, NOTHING).verdict is verdict


def test_right_materials_are_verified() -> None:
    world = World()
    subject = world.publish(bottle(world, *whole(world), *whole(world, material="label", R2="0.5")))
    world.anchor()
    found = report(world, subject)
    assert found.verdict is Verdict.VERIFIED
    assert found.statements[0].notices == []


def test_composing_refuses_what_lines_of_a_material_have_apart_and_names_it() -> None:
    world = World()
    pet = world.publish(world.factor("pet"))
    lines = [term(world, pet, name) for name in TERMS]
    lines[4] = term(world, pet, "disposal", R2="0.95")
    with pytest.raises(LineProblems) as found:
        bottle(world, *lines)
    (problem,) = found.value.problems
    assert problem.member == "inventory.5.circular"
    assert problem.what == "has another R2 of material PET than line 0"
    assert "its one mass and its parameters" in problem.remedy


def test_composing_refuses_a_material_that_lacks_a_term() -> None:
    world = World()
    pet = world.publish(world.factor("pet"))
    with pytest.raises(LineProblems, match="which lacks its term recycling"):
        bottle(world, *(term(world, pet, name) for name in TERMS if name != "recycling"))
