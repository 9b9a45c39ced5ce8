"""Law 5 on a walk: two live numbers of one product, of which neither names the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.core.chain import StatusState
from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.errors import TooLarge, Unavailable
from rootprint.ledger.core.standing import Role
from rootprint.ledger.verify import Judged, Verdict, Watch
from rootprint.ledger.verify.rulings import numbers
from rootprint.ledger.verify.walking import judge, read
from tests.support.world import AUDITOR, AUTHORITY, SUPPLIER, World
from tests.support.wrong import gas

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify import Report, StatementReport


def part(world: World, kilograms: str, name: str = "part", **changes: Any) -> Statement:
    """Publish a product; the world's log takes twins, as a log that is not honest would."""
    return world.publish(world.product(name, [gas(kilograms)], **changes))


def both(world: World, *parts: Statement) -> Report:
    """Walk from a product that takes all of them."""
    lines = [world.line(one, "1", "kilogram") for one in parts]
    module = world.publish(world.product("module", lines))
    world.anchor()
    return world.verifier(module).export(module.digest, world).report


def of(report: Report, statement: Statement) -> StatementReport:
    return next(one for one in report.statements if one.digest == statement.digest)


def test_of_twins_the_later_fails_and_names_the_earlier() -> None:
    world = World()
    first, second = part(world, "1"), part(world, "2")
    report = both(world, second, first)
    assert report.verdict is Verdict.FAILED
    assert of(report, first).checks[5].state == "passed"
    check = of(report, second).checks[5]
    assert check.reason == (
        f"law 5: {digest_text(first.digest)} (entry 0) of the same issuer states the same number"
        " for the same time, and it is not named in precedingStatements"
    )
    assert of(report, second).laws[5] == "broken"
    assert of(report, first).laws[5] == "held"


def test_of_three_each_later_one_names_the_first() -> None:
    world = World()
    first, second, third = (part(world, number) for number in "123")
    report = both(world, first, second, third)
    for one in (second, third):
        assert f"{digest_text(first.digest)} (entry 0)" in str(of(report, one).checks[5].reason)


def test_a_later_one_that_names_the_earlier_is_reported_on_it() -> None:
    world = World()
    first = part(world, "1")
    second = part(world, "2", precedingStatements=[digest_text(first.digest)])
    report = both(world, first, second)
    assert report.verdict is Verdict.VERIFIED
    later = f"{digest_text(second.digest)} (entry 1), a later statement of the same number"
    assert of(report, first).notices == [f"{later}, names it in precedingStatements"]
    assert of(report, second).notices == []


def test_naming_one_of_two_is_not_enough() -> None:
    """Pairwise: whoever sees the third with the first only must see that it was replaced."""
    world = World()
    first = part(world, "1")
    second = part(world, "2", precedingStatements=[digest_text(first.digest)])
    third = part(world, "3", precedingStatements=[digest_text(second.digest)])
    report = both(world, first, third)
    assert of(report, third).checks[5].state == "failed"


@pytest.mark.parametrize(
    "changes",
    [
        {"outlook": "prospective", "pcf": {"referencePeriodEnd": "2027-01-01T00:00:00Z"}},
        {"variant": {"reason": "site", "code": "SITE02"}},
        {"boundary": "cradle-to-grave", "service": "waste-treatment"},
    ],
)
def test_another_question_is_no_twin(changes: dict[str, Any]) -> None:
    world = World()
    assert both(world, part(world, "1"), part(world, "2", **changes)).verdict is Verdict.VERIFIED


def test_what_another_issuer_states_is_its_own_number() -> None:
    world = World()
    other = "did:web:other.example"
    world.admit(other, Role.SUPPLIER)
    world.chain.mine()
    mine = part(world, "1")
    theirs = world.publish(world.product("part", [gas("2")], issuer=other))
    assert both(world, mine, theirs).verdict is Verdict.VERIFIED


@pytest.mark.parametrize("who", [SUPPLIER, AUTHORITY])
def test_what_was_superseded_is_no_live_number(who: str) -> None:
    world = World()
    first, second = part(world, "1"), part(world, "2")
    module = world.publish(
        world.product("module", [world.line(first, "1", "kilogram"),
                                 world.line(second, "1", "kilogram")])
    )  # fmt: skip
    world.anchor()
    world.chain.set_status(who, first.digest, StatusState.SUPERSEDED, bytes(32))
    world.chain.mine()
    report = world.verifier(module).export(module.digest, world).report
    assert report.verdict is Verdict.VERIFIED
    assert any("superseded" in notice for notice in of(report, first).notices)


def test_an_auditor_s_word_ends_no_number() -> None:
    """Only its issuer and the authority say that another takes its place."""
    world = World()
    first, second = part(world, "1"), part(world, "2")
    said = {"state": "superseded", "supersededBy": digest_text(second.digest), "reason": "newer"}
    world.publish({**world.about("StatusStatement", first, **said), "issuer": AUDITOR})
    report = both(world, first, second)
    assert of(report, second).checks[5].state == "failed"


def test_a_logged_supersession_ends_it_before_its_row_is_written() -> None:
    world = World()
    first, second = part(world, "1"), part(world, "2")
    world.publish(world.about("StatusStatement", first, state="superseded", reason="newer",
                              supersededBy=digest_text(second.digest)))  # fmt: skip
    assert of(both(world, first, second), second).checks[5].state == "passed"


def test_a_pseudonym_is_said_not_to_be_checked() -> None:
    world = World()
    pseudonym = {"value": "A" * 43, "proof": "A" * 108}
    report = both(world, part(world, "1", pseudonym=pseudonym))
    assert report.statements[1].notices == ["its pseudonym was not checked"]


def test_too_many_of_one_number_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbers, "MAX_OF_ONE_NUMBER", 2)
    world = World()
    with pytest.raises(TooLarge, match="more than 2 statements of one number"):
        both(world, *(part(world, number) for number in "123"))


def test_comparing_and_judging_ask_for_the_time() -> None:
    """Whoever signs many statements of one number may not hold a verifier beyond its limit."""
    world = World()
    lines = [world.line(part(world, number), "1", "kilogram") for number in "12"]
    module = world.publish(world.product("module", lines))
    world.anchor()
    found: list[Judged] = []
    world.verifier(module).export(module.digest, world, looked=found.append)
    standing = {digest: node.checks[5] for digest, node in found[0].nodes.items()}

    def late(_count: int) -> None:
        raise Unavailable("time ran out", remedy="allow more time")

    with pytest.raises(Unavailable, match="time ran out"):
        numbers.LiveNumbers(found[0].nodes, standing, late)
    asked: list[int] = []
    watch = Watch()
    watch.require_time = asked.append  # type: ignore[method-assign]
    judge(read(module.digest, found[0].context, watch), watch)
    standings = judged = assured = [0, 1, 2]
    shared = [3, 3, 3]  # each knows how many there are, wherever it is judged
    assert asked == [*asked[:3], *standings, *range(2), *judged, *assured, *shared]
