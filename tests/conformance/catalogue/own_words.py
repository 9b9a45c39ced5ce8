"""A factor of one's own, and credits: what is multiplied is worth no more than what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.standing import Role
from tests.conformance.casebook import Files, Scene, case, incomplete, verified
from tests.support.wrong_columns import CREDIT
from tests.verify.chains import gas, published

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement

MAKER = "did:web:maker-and-publisher.example"
OTHER = "did:web:sister.example"
HEAD = "did:web:group.example"


def _publisher(issuer: str, roles: Role, **declared: Any) -> tuple[Scene, Statement]:
    """Return a world in which the maker, and a sister of it, declare this; and a factor."""
    scene = Scene()
    scene.admit(MAKER, Role.SUPPLIER | roles, **declared)
    scene.admit(OTHER, Role.FACTOR_PUBLISHER, **declared)
    scene.chain.mine()
    return scene, scene.publish({**scene.factor("fuel"), "issuer": issuer})


def _taken(scene: Scene, factor: Statement) -> Files:
    part = scene.part("part", [scene.line(factor, "2", "kilogram")], issuer=MAKER)
    scene.anchor()
    return scene.files(part)


@case(verified())
def a_factor_of_the_makers_own() -> Files:
    """It recomputes, and what it is recomputed from is the maker's own word: only signed."""
    return _taken(*_publisher(MAKER, Role.FACTOR_PUBLISHER))


@case(incomplete(None))
def a_factor_of_the_makers_own_where_all_must_be_recomputed_fail() -> Files:
    """Who publishes factors too would recompute any number from one of its own."""
    made = _taken(*_publisher(MAKER, Role.FACTOR_PUBLISHER))
    return made.requiring(arithmetic="recomputed")


@case(incomplete(None))
def a_factor_of_the_makers_group_where_all_must_be_recomputed_fail() -> Files:
    """Maker and publisher declare one head of their group."""
    made = _taken(*_publisher(OTHER, Role.SUPPLIER, group=HEAD))
    return made.requiring(arithmetic="recomputed")


@case(verified())
def a_factor_of_another_publisher_where_all_must_be_recomputed() -> Files:
    """Nothing is declared that maker and publisher have in common: it is recomputed."""
    made = _taken(*_publisher(OTHER, Role.SUPPLIER))
    return made.requiring(arithmetic="recomputed")


def _credited(scene: Scene, displaced: Statement, amount: str = "1") -> Files:
    """All of the gross is recomputed, and something is credited for what is displaced."""
    credit = scene.line(displaced, amount, "kilogram", stage="end-of-life", **CREDIT)
    lines = [gas("1000"), credit]
    module = scene.part("module", lines, boundary="cradle-to-grave")
    scene.anchor()
    return scene.files(module)


@case(verified(notices=4))
def a_credit_by_a_part_of_a_published_figure() -> Files:
    """Of what is displaced 74.87 % is measured and 25.13 % published, and so is the credit."""
    scene = Scene()
    return _credited(scene, scene.part("heat", [gas("100"), published("1")]))


@case(incomplete(None))
def a_credit_by_a_part_of_a_published_figure_where_all_must_be_recomputed_fail() -> Files:
    """The credit is multiplied here, from what no one signed."""
    scene = Scene()
    made = _credited(scene, scene.part("heat", [published("1")]))
    return made.requiring(arithmetic="recomputed")


@case(incomplete(None))
def a_credit_by_a_product_of_such_a_part_where_all_must_be_recomputed_fail() -> Files:
    """What is displaced takes the published figure of a part: it is as unsigned one level up."""
    scene = Scene()
    part = scene.part("part", [published("1")])
    heat = scene.part("heat", [gas("100"), scene.line(part, "2", "kilogram")])
    return _credited(scene, heat).requiring(arithmetic="recomputed")


@case(incomplete(None))
def a_credit_by_the_makers_own_factor_where_all_must_be_recomputed_fail() -> Files:
    """What is displaced is as much as the maker says that it is."""
    scene, fuel = _publisher(MAKER, Role.FACTOR_PUBLISHER)
    credit = scene.line(fuel, "1", "kilogram", stage="end-of-life", **CREDIT)
    part = scene.part("part", [gas("1000"), credit], boundary="cradle-to-grave", issuer=MAKER)
    scene.anchor()
    return scene.files(part).requiring(arithmetic="recomputed")
