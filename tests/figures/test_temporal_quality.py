"""A gap of years between periods lowers the temporal rating, composed and checked by one table."""

from __future__ import annotations

from typing import Any

import pytest

from rootprint.ledger.core.tables import tables
from rootprint.ledger.rules import Library, library
from rootprint.ledger.verify import State
from tests.support.world import World

BEST = dict.fromkeys(("technologicalDQR", "geographicalDQR", "temporalDQR"), "1.0000")
OTHER = next(digest for digest in library().digests() if digest != tables().rule_digest)


def draft(world: World, year: int, rating: str = "1.0000", **line: Any) -> dict[str, Any]:
    """One kilogram of a factor of that year, in a product of 2025."""
    period = {
        "referencePeriodStart": f"{year}-01-01T00:00:00Z",
        "referencePeriodEnd": f"{year + 1}-01-01T00:00:00Z",
    }
    rated = {**BEST, "temporalDQR": rating}
    fuel = world.publish(world.factor("fuel", pcf={"dqi": rated, **period}))
    return world.product("part", [{**world.line(fuel, "1", "kilogram"), **line}])


def arithmetic(world: World, made: dict[str, Any], packs: Library | None = None) -> Any:
    part = world.publish(made)
    world.anchor()
    report = world.verifier(part, packs=packs).verify(world.evidence(part))
    return report.statements[0].checks[8]


@pytest.mark.parametrize(
    ("year", "own", "composed"),
    [
        (2025, "1.0000", "1.0000"),
        (2022, "1.0000", "1.0000"),
        (2021, "1.0000", "2.0000"),  # ends on 2022-01-01, three years before
        (2021, "2.5000", "2.5000"),
        (2018, "1.0000", "3.0000"),
        (2030, "1.0000", "2.0000"),  # a later period is as far away
    ],
)
def test_what_is_composed_is_verified(year: int, own: str, composed: str) -> None:
    world = World()
    made = draft(world, year, own)
    assert made["credentialSubject"]["pcf"]["dqi"] == {**BEST, "temporalDQR": composed}
    assert arithmetic(world, made).state is State.PASSED


def test_a_line_s_own_rating_is_lowered_too() -> None:
    """Whoever rates it: the data is of those years."""
    made = draft(World(), 2018, quality=BEST)
    assert made["credentialSubject"]["pcf"]["dqi"]["temporalDQR"] == "3.0000"


def test_a_rating_that_was_not_lowered_fails_check_8() -> None:
    world = World()
    made = draft(world, 2018)
    made["credentialSubject"]["pcf"]["dqi"] = BEST
    check = arithmetic(world, made)
    assert (check.state, check.reason) == (
        State.FAILED,
        "law 1: dqi.temporalDQR does not recompute",
    )
    assert check.compared == ("1.0000", "3.0000")


@pytest.mark.parametrize("held", [False, True])
def test_by_an_unknown_rule_it_is_not_checked_and_all_else_is(held: bool) -> None:  # noqa: FBT001
    """Another table may lower ratings otherwise; it can't change a total."""
    for wrong, state in ((False, State.NOT_CHECKED), (True, State.FAILED)):
        world = World()
        made = draft(world, 2018)
        subject = made["credentialSubject"]
        subject["pcf"]["dqi"] = BEST
        subject["computedWith"]["rule"]["digest"] = OTHER
        if wrong:
            subject["pcf"]["dqi"] = {**BEST, "geographicalDQR": "2.0000"}
        found = arithmetic(world, made, library() if held else Library(())).state
        assert found is (State.FAILED if held else state)
