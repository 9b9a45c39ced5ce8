"""Notices: what a reader should know and what is no failure."""

from __future__ import annotations

from typing import Any

from rootprint.ledger.core.chain import StatusState
from rootprint.ledger.core.encoding import time_text
from rootprint.ledger.verify import Report, Verdict
from tests.support.world import PUBLISHER, World
from tests.verify.chains import gas


def _notices(world: World, subject: Any) -> list[str]:
    evidence = world.evidence(subject)
    report: Report = world.verifier(subject).verify(evidence)
    assert report.verdict is Verdict.VERIFIED
    return [notice for statement in report.statements for notice in statement.notices]


def test_a_plain_walk_has_nothing_to_say() -> None:
    world = World()
    subject = world.publish(world.product("part", [gas("1")]))
    world.anchor()
    assert _notices(world, subject) == []


def test_expired_and_superseded_after_being_cited_are_both_reported() -> None:
    world = World()
    until = time_text(world.chain.block().time + 30)
    fuel = world.publish({**world.factor("fuel"), "validUntil": until})
    subject = world.publish(world.product("part", [world.line(fuel, "200", "gram")]))
    world.anchor()
    world.chain.set_status(PUBLISHER, fuel.digest, StatusState.SUPERSEDED, bytes(32))
    world.chain.mine()
    since = time_text(world.chain.block().time)
    assert _notices(world, subject) == [
        f"superseded at {since}, after it was cited",
        f"expired at {until}, after it was cited",
    ]


def test_an_input_superseded_between_two_that_cite_it_fails_for_the_later_one() -> None:
    world = World()
    fuel = world.publish(world.factor("fuel"))
    early = world.publish(world.product("early", [world.line(fuel, "200", "gram")]))
    world.anchor()
    world.chain.set_status(PUBLISHER, fuel.digest, StatusState.SUPERSEDED, bytes(32))
    world.chain.mine()
    both = [world.line(early, "1", "kilogram"), world.line(fuel, "1", "gram")]
    late = world.publish(world.product("late", both))
    world.anchor()
    assert _notices(world, early)
    report = world.verifier(late).verify(world.evidence(late))
    assert report.deciding is not None
    statement, check = report.deciding
    assert statement is not None
    assert (statement.digest, check.number) == (fuel.digest, 5)
