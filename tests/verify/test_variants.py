"""Law 5, variants: a variant's number is its row of a pool that adds up to the base number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.log import InConflict
from rootprint.ledger.verify import Verdict
from rootprint.ledger.verify.rulings import pools as judging
from rootprint.ledger.verify.rulings.pools import Parted, parted
from tests.intake.place import Place, open_place
from tests.support.pools import pool_draft
from tests.support.world import World
from tests.support.wrong import gas

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify import Node, Report

CODE = "GREEN1"
# A base number of 2 kg: 30 of it green at 1 kg, the rest at 170/70 kg.
ROWS = [
    {"variant": CODE, "volume": "30", "value": "1.00000"},
    {"variant": "BLUE22", "volume": "20", "value": "2.00000"},
    {"volume": "50", "value": "2.6"},
]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    opened = open_place(tmp_path)
    yield opened
    opened.home.store.close()


def made(value: str) -> dict[str, Any]:
    return {"producedAmount": {"value": value, "unit": "kilogram"}}


def base(world: World, **changes: Any) -> dict[str, Any]:
    return world.product("part", [gas("2")], **{**made("100"), **changes})


def variant(
    world: World,
    of: Statement,
    kilograms: str = "1",
    produced: str = "30",
    **changes: Any,
) -> dict[str, Any]:
    said = {"reason": "energy-attributes", "code": CODE, "pool": digest_text(of.digest), **changes}
    return world.product("part", [gas(kilograms)], variant=said, **made(produced))


def walked(
    rows: list[dict[str, str]], kilograms: str = "1", hidden: set[int] | None = None, **said: Any
) -> tuple[Report, dict[int, str]]:
    """Verify a variant of a pool of these rows; ``hidden`` are rows by value that stay closed."""
    world = World()
    whole = world.publish(base(world))
    parted = world.publish(pool_draft(whole, rows))
    green = world.publish(variant(world, parted, kilograms, **said))
    world.anchor()
    keep = None
    if hidden is not None:
        closed = [rows[number] for number in hidden]
        opened = parted.opened.items("rows")
        kept = {
            f"rows[{index}]"
            for index, row in opened.items()
            if {name: value for name, value in row.items() if name != "row"} not in closed
        }
        keep = {parted.digest: kept | {"rowsShape"}}
    evidence = world.evidence(green, keep)
    report = world.verifier(green).verify(evidence)
    return report, {law: str(state) for law, state in report.statements[0].laws.items()}


def test_a_variant_is_its_row_and_the_rows_are_the_base() -> None:
    report, laws = walked(ROWS)
    assert report.verdict is Verdict.VERIFIED
    assert laws[5] == "held"
    assert [one.kind for one in report.statements] == [
        "FootprintStatement", "VariantPool", "FootprintStatement",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "kilograms", "why"),
    [
        (ROWS[1:], "1", "leave of the base number: 2 is"),
        ([*ROWS[:2], {"volume": "50", "value": "2"}], "1", "leave of the base number: 2.6 is"),
        ([*ROWS[:2], {"volume": "50", "value": "2.60001"}], "1", "base number: 2.6 is"),
        ([*ROWS[:2], {"volume": "60", "value": "2.5"}], "1", "volume of all rows of its variant"),
        ([*ROWS, {"volume": "1", "value": "2"}], "1", "2 rows of the remainder"),
        ([{**ROWS[0], "variant": "OTHER1"}, *ROWS[1:]], "1", "no row of its code"),
        (ROWS, "0.9", "its number is not that of its row"),
    ],
)
def test_what_is_not_its_row_fails(rows: list[dict[str, str]], kilograms: str, why: str) -> None:
    report, laws = walked(rows, kilograms)
    assert report.verdict is Verdict.FAILED
    assert laws[5] == "broken"
    check = report.statements[0].checks[5]
    assert str(check.reason).startswith("law 5: ")
    assert why in str(check.reason)


@pytest.mark.parametrize(
    ("hidden", "kilograms", "verdict"),
    [({1, 2}, "1", "incomplete"), ({1, 2}, "0.9", "failed"), ({0, 1, 2}, "0.9", "incomplete")],
)
def test_hidden_rows_are_not_checked_and_the_own_row_still_is(
    hidden: set[int], kilograms: str, verdict: str
) -> None:
    report, laws = walked(ROWS, kilograms, hidden)
    assert report.verdict == verdict
    assert laws[5] == ("broken" if verdict == "failed" else "not checkable")
    if verdict == "incomplete":
        what = "its row of its variant pool is hidden" if 0 in hidden else "its variant pool hides"
        assert len(report.unmet) == 1
        assert f"check 5: law 5: {what}" in report.unmet[0]


@pytest.mark.parametrize("reason", ["energy-attributes", "recycled-content", "mass-balance"])
def test_a_variant_of_a_shared_pool_names_it(reason: str, place: Place) -> None:
    world = World()
    said = {"reason": reason, "code": CODE}
    draft = world.product("part", [gas("1")], variant=said)
    green = world.publish(draft)
    world.anchor()
    report = world.verifier(green).verify(world.evidence(green))
    assert str(report.statements[0].laws[5]) == "not checkable"
    assert report.verdict is Verdict.INCOMPLETE
    assert "takes from a shared pool and names none" in str(report.unmet)
    with pytest.raises(Refused, match="names none — record the pool first: rootprint pool"):
        place.publish(place.signed(draft))


@pytest.mark.parametrize("reason", ["site", "customer-specification", "transport-mode"])
def test_no_reason_is_a_way_around_the_pool(reason: str, place: Place) -> None:
    custody = {"model": "mass-balance", "scheme": "ISCC PLUS", "freeAttribution": True}
    said = {"variant": {"reason": reason, "code": CODE}}
    power = gas("1", electricity="contract")
    drafts = [
        World().product("part", [gas("1")], chainOfCustody=custody, **said),
        World().product("part", [power], **said),
    ]
    reasons = ("chainOfCustody attributes", "line .: electricity contract")
    for draft, what in zip(drafts, reasons, strict=True):
        with pytest.raises(Refused, match=rf"takes from a shared pool \({what}.* and names none"):
            place.publish(place.signed(draft))
    place.publish(place.signed(World().product("part", [gas("1")], **said)))


def test_a_variant_states_what_its_row_is() -> None:
    report, laws = walked(ROWS, produced="31")
    assert laws[5] == "broken"
    assert "the volume of its row of the pool is not what was produced" in str(
        report.statements[0].checks[5].reason
    )


def test_a_variant_whose_pool_is_not_in_the_file_is_not_verified() -> None:
    """An auditor who names law 5 stands in for what is hidden, not for what was left out."""
    for laws in ([], [1, 2, 3, 4, 5, 6, 7, 8]):
        world = World()
        parted = world.publish(pool_draft(world.publish(base(world)), ROWS))
        green = world.publish(variant(world, parted))
        if laws:
            world.publish(world.assurance(green, laws=laws))
        world.anchor()
        del world.held[parted.digest]
        report = world.verifier(green).verify(world.evidence(green))
        assert report.verdict is Verdict.INCOMPLETE
        assert "is not available" in str(report.unmet)


def test_a_pool_of_a_base_that_is_a_variant_is_none() -> None:
    world = World()
    said = {"reason": "site", "code": "SITE01"}
    whole = world.publish(base(world, variant=said))
    parted = world.publish(pool_draft(whole, ROWS))
    green = world.publish(variant(world, parted))
    world.anchor()
    report = world.verifier(green).verify(world.evidence(green))
    assert "the base of its variant pool is a variant itself" in str(
        report.statements[0].checks[5].reason
    )


def test_two_pools_part_one_number_twice() -> None:
    """Each would balance with a remainder of its own."""
    world = World()
    whole = world.publish(base(world))
    pools = [world.publish(pool_draft(whole, ROWS)) for _ in range(2)]
    greens = [
        world.publish(variant(world, one, value, volume, code=code))
        for one, code, value, volume in zip(
            pools, (CODE, "BLUE22"), ("1", "2"), ("30", "20"), strict=True
        )
    ]
    module = world.publish(
        world.product("module", [world.line(one, "1", "kilogram") for one in greens])
    )
    world.anchor()
    report = world.verifier(module).verify(world.evidence(module))
    assert report.verdict is Verdict.FAILED
    reasons = {one.digest: str(one.checks[5].reason) for one in report.statements}
    twin = f"law 5: {digest_text(pools[0].digest)}"
    assert reasons[pools[1].digest].startswith(twin)
    assert reasons[greens[1].digest].startswith("law 5: its variant pool fails check 5")
    assert "law 5" not in reasons[greens[0].digest]


def test_publishing_asks_the_same(place: Place) -> None:
    world = place.world
    whole = place.published(base(world))
    with pytest.raises(Refused, match=r"law 5: its variant pool: its remainder is not.*: 2 is — "):
        place.publish(place.signed(pool_draft(whole, ROWS[1:])))
    parted = place.published(pool_draft(whole, ROWS))
    with pytest.raises(InConflict):
        place.publish(place.signed(pool_draft(whole, ROWS)))
    with pytest.raises(Refused, match="law 5: its number is not that of its row"):
        place.publish(place.signed(variant(world, parted, "0.9")))
    with pytest.raises(Refused, match="law 5: the volume of its row of the pool is not what"):
        place.publish(place.signed(variant(world, parted, produced="29")))
    place.published(variant(world, parted))
    missing = {"base": "sha256:" + "11" * 32}
    with pytest.raises(Refused, match="which is not in this log"):
        place.publish(place.signed(pool_draft(whole, ROWS, **missing)))


def test_a_pool_is_judged_once_whatever_rests_on_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand variants of a pool of a thousand rows would else be a million rows."""
    world, judged = World(), list[str]()

    def noting(node: Node, *rest: Any) -> Parted:
        judged.append(node.name)
        return parted(node, *rest)

    monkeypatch.setattr(judging, "parted", noting)
    whole = world.publish(base(world))
    pool = world.publish(pool_draft(whole, [*ROWS[:2], {"volume": "50", "value": "2"}]))
    green = world.publish(variant(world, pool))
    blue = world.publish(variant(world, pool, "2", "20", code="BLUE22"))
    lines = [world.line(one, "1", "kilogram") for one in (green, blue)]
    module = world.publish(world.product("module", lines))
    world.anchor()
    report = world.verifier(module).export(module.digest, world).report
    reasons = {one.digest: str(one.checks[5].reason) for one in report.statements}
    assert judged == [pool.digest.hex()[:12]]
    for one in (green, blue):
        assert "its remainder is not what its variants leave" in reasons[one.digest]
