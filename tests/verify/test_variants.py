"""Law 5, variants: a variant's number is its row of a pool that adds up to the base number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.log import InConflict
from rootprint.ledger.verify import Verdict
from tests.intake.place import Place, open_place
from tests.support.world import SUPPLIER, VALID, World
from tests.support.wrong import gas

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify import Report

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


def base(world: World, **changes: Any) -> dict[str, Any]:
    return world.product("part", [gas("2")], **changes)


def pool(of: Statement, rows: list[dict[str, str]], **changes: Any) -> dict[str, Any]:
    subject = {
        "product": of.subject["productIds"][0],
        "base": digest_text(of.digest),
        "unit": "kilogram",
        "rows": [dict(row) for row in rows],
    }
    return {"type": "VariantPool", "issuer": SUPPLIER, **VALID,
            "credentialSubject": {**subject, **changes}}  # fmt: skip


def variant(world: World, of: Statement, kilograms: str = "1", **changes: Any) -> dict[str, Any]:
    said = {"reason": "energy-attributes", "code": CODE, "pool": digest_text(of.digest), **changes}
    return world.product("part", [gas(kilograms)], variant=said)


def walked(
    rows: list[dict[str, str]], kilograms: str = "1", hidden: set[int] | None = None, **said: Any
) -> tuple[Report, dict[int, str]]:
    """Verify a variant of a pool of these rows; ``hidden`` are rows by value that stay closed."""
    world = World()
    whole = world.publish(base(world))
    parted = world.publish(pool(whole, rows))
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
        (ROWS[1:], "1", "its variant pool: its variants, weighted by volume, do not come to"),
        ([*ROWS[:2], {"volume": "50", "value": "2"}], "1", "do not come to the base number"),
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


def test_hidden_rows_are_not_checkable_and_the_own_row_still_is() -> None:
    for hidden, kilograms, verdict in (({1, 2}, "1", "verified"), ({1, 2}, "0.9", "failed"),
                                       ({0, 1, 2}, "0.9", "verified")):  # fmt: skip
        report, laws = walked(ROWS, kilograms, hidden)
        assert report.verdict == verdict
        assert laws[5] == ("broken" if verdict == "failed" else "not checkable")


@pytest.mark.parametrize("reason", ["energy-attributes", "recycled-content", "mass-balance"])
def test_a_variant_of_a_shared_pool_names_it(reason: str) -> None:
    world = World()
    said = {"reason": reason, "code": CODE}
    green = world.publish(world.product("part", [gas("1")], variant=said))
    world.anchor()
    report = world.verifier(green).verify(world.evidence(green))
    assert str(report.statements[0].laws[5]) == "not checkable"
    assert report.statements[0].notices == ["its variant takes from a shared pool and names none"]


def test_a_pool_of_a_base_that_is_a_variant_is_none() -> None:
    world = World()
    said = {"reason": "site", "code": "SITE01"}
    whole = world.publish(base(world, variant=said))
    parted = world.publish(pool(whole, ROWS))
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
    pools = [world.publish(pool(whole, ROWS)) for _ in range(2)]
    greens = [
        world.publish(variant(world, one, code=code, kilograms=value))
        for one, code, value in zip(pools, (CODE, "BLUE22"), ("1", "2"), strict=True)
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
    with pytest.raises(Refused, match="law 5: its variant pool: its variants, weighted"):
        place.publish(place.signed(pool(whole, ROWS[1:])))
    parted = place.published(pool(whole, ROWS))
    with pytest.raises(InConflict):
        place.publish(place.signed(pool(whole, ROWS)))
    with pytest.raises(Refused, match="law 5: its number is not that of its row"):
        place.publish(place.signed(variant(world, parted, "0.9")))
    place.published(variant(world, parted))
    missing = {"base": "sha256:" + "11" * 32}
    with pytest.raises(Refused, match="which is not in this log"):
        place.publish(place.signed(pool(whole, ROWS, **missing)))
