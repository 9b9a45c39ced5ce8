"""Who was admitted at t and is not as of the block asked: what it signed stands, and says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.encoding import sha256
from rootprint.ledger.core.standing import Role
from tests.conformance.casebook import Files, Scene, case, incomplete, verified
from tests.conformance.catalogue.policies import CREDIT, EVIDENCE
from tests.conformance.claiming import part_of
from tests.support.processes import REGISTRY, claim, retirement, with_registry
from tests.support.world import AUDITOR, PUBLISHER, SUPPLIER, account_of
from tests.support.wrong_columns import flow
from tests.verify.chains import published

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.core.statement import Statement

PARTS = "did:web:parts.example"
SECOND = "did:web:second-auditor.example"


def _made(scene: Scene) -> tuple[Statement, Statement]:
    """Anchor a part of another maker, and a product that takes 2 kg of it beside its own gas."""
    scene.admit(PARTS, Role.SUPPLIER)
    scene.chain.mine()
    part = scene.part(issuer=PARTS)
    return part, scene.part("module", [scene.line(part, "2", "kilogram"), scene.gas("7")])


def _after(*steps: Callable[[Scene], None]) -> tuple[Scene, Statement]:
    """Take each step in a block of its own after the anchor's."""
    scene = Scene()
    _, module = _made(scene)
    scene.anchor()
    for step in steps:
        step(scene)
        scene.chain.mine()
    return scene, module


def _expel(did: str) -> Callable[[Scene], None]:
    return lambda scene: scene.chain.expel(did)


def _suspend(did: str) -> Callable[[Scene], None]:
    return lambda scene: scene.chain.suspend(did)


def _admit(did: str, role: Role) -> Callable[[Scene], None]:
    def again(scene: Scene) -> None:
        record = next(text for text in scene.records.values() if did.encode() in text)
        scene.chain.admit(did, account_of(did), sha256(record), role)

    return again


def _required(most: str, *steps: Callable[[Scene], None]) -> Files:
    scene, module = _after(*steps)
    return scene.files(module).requiring(mostNoLongerAdmitted=most)


@case(verified(notices=1))
def a_parts_maker_that_was_expelled_afterwards() -> Files:
    """What was anchored before stands; a notice and a share say what rests on that maker."""
    scene, module = _after(_expel(PARTS))
    return scene.files(module)


@case(verified(notices=1))
def a_maker_that_was_suspended_and_then_expelled() -> Files:
    """It is no longer admitted since the suspension, and expelled now."""
    scene, module = _after(_suspend(PARTS), _expel(PARTS))
    return scene.files(module)


@case(verified())
def a_maker_that_was_admitted_again() -> Files:
    """As of the block asked it is admitted: nothing rests on one who is not."""
    scene, module = _after(_suspend(PARTS), _admit(PARTS, Role.SUPPLIER))
    return scene.files(module)


@case(verified(notices=1))
def a_maker_that_is_admitted_in_another_role_only() -> Files:
    """It is a factor publisher now, and no supplier: as such it is no longer admitted."""
    scene, module = _after(_suspend(PARTS), _admit(PARTS, Role.FACTOR_PUBLISHER))
    return scene.files(module)


@case(verified())
def a_maker_that_was_expelled_after_the_time_asked() -> Files:
    """As of the time asked it was admitted, whatever the chain has later."""
    scene, module = _after()
    then = scene.files(module).trust
    assert isinstance(then, dict)
    for _ in range(100):
        scene.chain.mine()
    scene.chain.expel(PARTS)
    scene.chain.mine()
    return scene.files(module, asOf=then["asOf"])


@case(verified(notices=2))
def all_that_was_signed_by_issuers_who_were_expelled() -> Files:
    """Both makers were expelled: the whole gross rests on two issuers no longer admitted."""
    scene, module = _after(_expel(PARTS), _expel(SUPPLIER))
    return scene.files(module)


@case(verified(notices=1))
def a_publisher_of_a_factor_that_was_suspended_afterwards() -> Files:
    """A factor without an inventory is where a line ends: what it comes to rests on it."""
    scene = Scene()
    _, module = scene.pair()
    scene.anchor()
    scene.chain.suspend(PUBLISHER)
    scene.chain.mine()
    return scene.files(module)


@case(verified(notices=1))
def a_registry_that_was_expelled_after_it_retired() -> Files:
    """A footprint rests on the claims of its lines, and those on a registry's word."""
    scene = Scene()
    with_registry(scene)
    drawn = scene.publish(claim(scene.publish(retirement())))
    part = scene.publish(part_of(drawn, "10000"))
    scene.anchor()
    scene.chain.expel(REGISTRY)
    scene.chain.mine()
    return scene.files(part)


@case(verified(notices=1))
def as_much_on_issuers_no_longer_admitted_as_the_policy_takes() -> Files:
    """A bound of 100 takes all of it."""
    return _required("100", _expel(SUPPLIER))


@case(incomplete(None))
def more_on_issuers_no_longer_admitted_than_the_policy_takes_fail() -> Files:
    """The reader takes nothing that rests on issuers no longer admitted."""
    return _required("0", _expel(PARTS))


# Issuers that are not seen, since the lines that cite them are hidden.


def _unseen(most: str, *steps: Callable[[Scene], None]) -> Files:
    """The part's lines are hidden, and assured; a bound on whom the number may rest on."""
    scene = Scene()
    part, module = _made(scene)
    scene.publish(scene.assurance(part))
    scene.anchor()
    for step in steps:
        step(scene)
        scene.chain.mine()
    return scene.files(module, keep={part.digest: set()}).requiring(mostNoLongerAdmitted=most)


@case(incomplete(None))
def hidden_lines_where_every_issuer_must_be_admitted_fail() -> Files:
    """Whoever hides a line hides the issuer behind it: nothing says that this one is admitted."""
    return _unseen("0")


@case(verified(notices=1))
def as_much_on_issuers_not_seen_as_the_policy_takes() -> Files:
    """What rests on hidden lines is 91.95 % of the gross."""
    return _unseen("91.95")


@case(incomplete(None))
def more_on_issuers_not_seen_than_the_policy_takes_fail() -> Files:
    """A hundredth of a percent more than the policy takes."""
    return _unseen("91.94")


@case(verified(notices=2))
def hidden_lines_of_a_maker_that_was_expelled_afterwards() -> Files:
    """What is hidden in a statement of an expelled maker rests on that maker, seen or not."""
    return _unseen("100", _expel(PARTS))


@case(verified(notices=1))
def issuers_not_seen_beside_one_no_longer_admitted() -> Files:
    """The subject hides a line, and the maker of a part in an open one was expelled."""
    scene = Scene()
    scene.admit(PARTS, Role.SUPPLIER)
    scene.chain.mine()
    part = scene.part(issuer=PARTS)
    lines = [scene.line(part, "2", "kilogram"), scene.gas("7")]
    module = scene.part("module", lines)
    scene.publish(scene.assurance(module))
    scene.anchor()
    scene.chain.expel(PARTS)
    scene.chain.mine()
    first = next(
        index for index, line in module.opened.lines.items() if "statement" in line["source"]
    )
    kept = {"inventoryShape", f"inventory[{first}]"}
    return scene.files(module, keep={module.digest: kept})


# Removals and credits, which raise no share of the gross.
_REMOVED = flow("CO2_land_management_removal", "2.9", removal=EVIDENCE)


@case(incomplete(None))
def a_removal_of_a_maker_that_was_expelled_afterwards_fail() -> Files:
    """The part is nothing but a removal: no share of the gross is its maker's, all of that is."""
    scene = Scene()
    scene.admit(PARTS, Role.SUPPLIER)
    scene.chain.mine()
    part = scene.part(issuer=PARTS, lines=[_REMOVED])
    module = scene.part("module", [scene.line(part, "1", "kilogram"), scene.gas("100")])
    scene.anchor()
    scene.chain.expel(PARTS)
    scene.chain.mine()
    return scene.files(module).requiring(mostNoLongerAdmitted="0")


def _credited(most: str, part: Statement, scene: Scene, *, expelled: bool = True) -> Files:
    credit = scene.line(part, "0.5", "kilogram", stage="end-of-life", **CREDIT)
    lines = [scene.gas("1000"), credit]
    module = scene.part("module", lines, boundary="cradle-to-grave")
    scene.anchor()
    if expelled:
        scene.chain.expel(PARTS)
        scene.chain.mine()
    return scene.files(module).requiring(mostNoLongerAdmitted=most)


@case(incomplete(None))
def a_credit_by_a_footprint_of_an_expelled_maker_fail() -> Files:
    """What is displaced was stated by a maker that is no longer admitted."""
    scene = Scene()
    scene.admit(PARTS, Role.SUPPLIER)
    scene.chain.mine()
    return _credited("0", scene.part("heat", issuer=PARTS), scene)


@case(incomplete(None))
def a_credit_that_rests_on_a_part_of_an_expelled_maker_fail() -> Files:
    """What is displaced rests on a part of a maker that is no longer admitted."""
    scene = Scene()
    scene.admit(PARTS, Role.SUPPLIER)
    scene.chain.mine()
    part = scene.part(issuer=PARTS)
    return _credited("0", scene.part("heat", [scene.line(part, "2", "kilogram")]), scene)


@case(verified(notices=1))
def a_credit_where_every_issuer_must_be_admitted() -> Files:
    """Every issuer is admitted, and all lines are shown: gross and credit rest on these alone."""
    scene = Scene()
    scene.admit(PARTS, Role.SUPPLIER)
    scene.chain.mine()
    return _credited("0", scene.part("heat", issuer=PARTS), scene, expelled=False)


@case(incomplete(None))
def a_hidden_removal_where_every_issuer_must_be_admitted_fail() -> Files:
    """Whose removal it is, is hidden with its line."""
    scene = Scene()
    module = scene.part("module", [scene.gas("100"), _REMOVED])
    scene.publish(scene.assurance(module))
    scene.anchor()
    shown = next(index for index, line in module.opened.lines.items() if "removal" not in line)
    kept = {"inventoryShape", f"inventory[{shown}]"}
    files = scene.files(module, keep={module.digest: kept})
    return files.requiring(mostNoLongerAdmitted="0")


@case(incomplete(None))
def a_gross_of_zero_has_no_share_of_issuers_no_longer_admitted_fail() -> Files:
    """Where there is no gross, a bound of less than all of it can't be met."""
    scene = Scene()
    part = scene.part(lines=[published("1", "0")])
    scene.anchor()
    return scene.files(part).requiring(mostNoLongerAdmitted="50")


# Bodies of assurances.


@case(incomplete(None))
def more_by_bodies_no_longer_admitted_than_the_policy_takes_fail() -> Files:
    """The part is open, and its maker admitted; the body that assured it was expelled."""
    return _assured(AUDITOR, (AUDITOR, {})).requiring(mostNoLongerAdmitted="10")


def _assured(expelled: str, *given: tuple[str, dict[str, Any]], keep: bool = True) -> Files:
    """A part assured by these bodies, in a module; one of them is expelled afterwards."""
    scene = Scene()
    scene.admit(SECOND, Role.AUDITOR)
    scene.chain.mine()
    part = scene.part()
    module = scene.part("module", [scene.line(part, "2", "kilogram"), scene.gas("7")])
    for body, changes in given:
        scene.publish({**scene.assurance(part, **changes), "issuer": body})
    scene.anchor()
    scene.chain.expel(expelled)
    scene.chain.mine()
    return scene.files(module, keep=None if keep else {part.digest: set()})


@case(verified(notices=2))
def a_body_that_was_expelled_after_it_assured() -> Files:
    """Its assurance stands in for what is hidden, as before; whose it is stands apart."""
    return _assured(AUDITOR, (AUDITOR, {}), keep=False)


@case(verified(notices=1))
def a_body_that_was_expelled_beside_one_that_is_admitted() -> Files:
    """Another body, which is admitted, reaches the same level: the share is that body's."""
    return _assured(AUDITOR, (AUDITOR, {}), (SECOND, {}))


@case(verified(notices=1))
def a_higher_level_by_a_body_that_was_expelled() -> Files:
    """Without it the level would be limited, so the reasonable one is of a body not admitted."""
    return _assured(AUDITOR, (AUDITOR, {"level": "reasonable"}), (SECOND, {}))


@case(verified(notices=1))
def a_body_that_was_expelled_and_whose_assurance_does_not_count() -> Files:
    """The policy takes another body alone: the notice is that the assurance does not count."""
    return _assured(AUDITOR, (AUDITOR, {}), (SECOND, {})).requiring(assuredBy=[SECOND])
