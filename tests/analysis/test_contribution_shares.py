"""What of a footprint was verified, by whom, and where it is weak: shares of the walk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rootprint.api.cli.contributions import contributions_text
from rootprint.ledger.analysis import SHARES
from rootprint.ledger.core.standing import Role
from tests.analysis.seen import Seen, adds_up, rows
from tests.examples.exact import load
from tests.support.world import AUDITOR, World
from tests.verify.chains import gas, published

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement

BUYER = "did:web:buyer.example"


# Verification shares.


def verified(world: World, subject: Statement) -> dict[str, str]:
    view = adds_up(Seen(world, subject).view())
    return {name: share for name, share in view["verification"].items() if share != "0.00"}


def world_with_buyer() -> tuple[World, Statement, Statement]:
    """A buyer's module of a maker's part (84.18 %) and a published figure (15.82 %)."""
    world = World()
    world.admit(BUYER, Role.SUPPLIER | Role.AUDITOR)
    world.chain.mine()
    fuel = world.publish(world.factor("fuel"))
    part = world.publish(world.product("part", [world.line(fuel, "200", "gram"), gas("10")]))
    lines = [world.line(part, "2", "kilogram"), published("0.3")]
    return world, part, world.publish(world.product("module", lines, issuer=BUYER))


@pytest.mark.parametrize(
    ("auditor", "coverage", "share"),
    [
        (AUDITOR, "product", "productVerificationShare3rdParty"),
        (AUDITOR, "programme", "programCertificationShare"),
        (BUYER, "product", "productVerificationShare2ndParty"),
        (BUYER, "programme", "productVerificationShare2ndParty"),
        (AUDITOR, "calculation-model", "unverified"),
    ],
)
def test_who_verified_says_which_share(auditor: str, coverage: str, share: str) -> None:
    world, part, module = world_with_buyer()
    world.publish({**world.assurance(part, coverage=coverage), "issuer": auditor})
    world.anchor()
    expected = {share: "84.18", "unverified": "15.82"}
    if share == "unverified":
        expected = {"unverified": "100.00"}
    assert verified(world, module) == expected


def test_what_an_issuer_says_of_itself_is_first_party() -> None:
    world, _, module = world_with_buyer()
    world.publish({**world.assurance(module), "issuer": BUYER})
    world.anchor()
    assert verified(world, module) == {"productVerificationShare1stParty": "100.00"}


def test_nested_assurances_count_once_the_strongest_on_the_path() -> None:
    world, part, module = world_with_buyer()
    world.publish({**world.assurance(module), "issuer": BUYER})
    world.publish(world.assurance(part))
    world.anchor()
    assert verified(world, module) == {
        "productVerificationShare3rdParty": "84.18",
        "productVerificationShare1stParty": "15.82",
    }
    world.publish(world.assurance(module, coverage="programme"))
    world.anchor()
    assert verified(world, module) == {"programCertificationShare": "100.00"}


@pytest.mark.parametrize("auditor", [AUDITOR, BUYER])
def test_an_expired_assurance_verifies_nothing(auditor: str) -> None:
    world, _, module = world_with_buyer()
    draft = {**world.assurance(module), "issuer": auditor}
    draft |= {"validFrom": "2020-01-01T00:00:00Z", "validUntil": "2020-12-31T00:00:00Z"}
    world.publish(draft)
    world.anchor()
    assert verified(world, module) == {"unverified": "100.00"}


@pytest.mark.parametrize("auditor", [AUDITOR, BUYER])
def test_an_assurance_that_is_not_anchored_yet_verifies_nothing(auditor: str) -> None:
    world, _, module = world_with_buyer()
    world.anchor()
    world.publish({**world.assurance(module), "issuer": auditor})
    assert verified(world, module) == {"unverified": "100.00"}


def test_the_shares_have_catena_x_s_names(shared: Any) -> None:
    schema = load(shared / "standards" / "catena-x" / "Pcf-9.0.0-schema.json")
    entity = schema["components"]["schemas"]["VerificationAndCertificationSharesEntity"]
    assert set(entity["properties"]) == set(SHARES) - {"unverified"}


# Weak points.


def test_weak_points_name_reason_place_and_share() -> None:
    world = World()
    old = {
        "referencePeriodStart": "2018-01-01T00:00:00Z",
        "referencePeriodEnd": "2019-01-01T00:00:00Z",
    }
    unstated = [{"set": "unstated", "share": "100.0000"}]
    fuel = world.publish(world.factor("fuel", pcf=old))
    grid = world.publish(world.factor("grid", characterizationSets=unstated))
    low = {"technologicalDQR": "2", "geographicalDQR": "4", "temporalDQR": "2"}
    lines = [
        world.line(fuel, "2", "kilogram"),
        world.line(grid, "1", "kilogram", quality=low),
        published("1.5"),
        gas("33.55704698"),
    ]
    subject = world.publish(world.product("module", lines))
    world.anchor()
    view = adds_up(Seen(world, subject).view())
    weak = view["weakPoints"]
    assert weak["byReason"] == {
        "only signed": "0.00",
        "published figure": "15.00",
        "old period": "50.00",
        "GWP set unstated": "40.00",
        "low data quality": "25.00",
    }
    ranking = [(item["reason"], item["product"], item["percent"]) for item in weak["ranking"]]
    assert ranking == [
        ("old period", "fuel", "50.00"),
        ("GWP set unstated", "grid", "25.00"),
        ("low data quality", "module", "25.00"),
        ("published figure", "module", "15.00"),
        ("GWP set unstated", "module", "15.00"),
    ]
    assert "rated 2, 4, 2" in weak["ranking"][2]["detail"]
    assert "low data quality: module, line" in contributions_text(view)


def test_ratings_are_carried_along() -> None:
    world = World()
    rated = {"technologicalDQR": "1", "geographicalDQR": "2", "temporalDQR": "3"}
    part = world.publish(world.product("part", [gas("10", quality=rated)]))
    module = world.publish(world.product("module", [world.line(part, "1", "kilogram")]))
    world.anchor()
    view = Seen(world, module).view()
    shown = [row["dqi"] for row in rows(view)]
    expected = {"technologicalDQR": "1.00", "geographicalDQR": "2.00", "temporalDQR": "3.00"}
    assert shown[-1] == expected
    assert view["weakPoints"]["ranking"] == []
    assert "quality 1.00/2.00/3.00" in contributions_text(view)
