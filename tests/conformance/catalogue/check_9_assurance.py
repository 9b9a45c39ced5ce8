"""Check 9, assurance: what stands in for a recipe that stays hidden, and what does not.

Who is independent of whom: ``independence``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.chain import StatusState
from rootprint.ledger.core.encoding import time_text
from rootprint.ledger.core.standing import Role
from tests.conformance.casebook import Files, Scene, case, failed, incomplete, verified
from tests.support.world import AUDITOR, PUBLISHER

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement


def _hidden(
    changes: dict[str, Any] | None = None, *, issuer: str = AUDITOR, **envelope: Any
) -> Files:
    """A product made of a part whose recipe stays hidden; an assurance of the part."""
    scene = Scene()
    part, module = _two(scene)
    draft = scene.assurance(part, **(changes or {}))
    scene.publish({**draft, "issuer": issuer, **envelope})
    scene.anchor()
    return scene.files(module, keep={part.digest: set()})


def _two(scene: Scene) -> tuple[Statement, Statement]:
    part = scene.part()
    return part, scene.part("module", [scene.line(part, "2", "kilogram"), scene.gas("7")])


@case(verified(notices=1))
def a_hidden_inventory_that_was_assured() -> Files:
    """The part's recipe stays hidden; an auditor has seen it."""
    return _hidden()


@case(verified())
def a_reasonable_assurance_beside_a_limited_one() -> Files:
    """The part's assurance is at the reasonable level, the module's limited: limited counts."""
    scene = Scene()
    part, module = _two(scene)
    scene.publish(scene.assurance(part, level="reasonable"))
    scene.publish(scene.assurance(module))
    scene.anchor()
    return scene.files(module)


@case(verified())
def an_assurance_at_the_reasonable_level() -> Files:
    """Two of one part, and for each law the higher level counts: the answer says reasonable."""
    scene = Scene()
    part, module = _two(scene)
    scene.publish(scene.assurance(part, level="reasonable"))
    scene.publish(scene.assurance(part))
    scene.anchor()
    return scene.files(module)


@case(verified())
def a_law_that_only_a_limited_assurance_names() -> Files:
    """The assurance at the reasonable level leaves out law 1, so the part's level is limited."""
    scene = Scene()
    part, module = _two(scene)
    scene.publish(scene.assurance(part, level="reasonable", laws=[2, 3, 4, 5, 6, 7, 8]))
    scene.publish(scene.assurance(part))
    scene.anchor()
    return scene.files(module)


@case(verified(notices=1))
def a_hidden_line_beside_open_ones_that_was_assured() -> Files:
    """Of the part's two lines one is shown; an auditor has seen both."""
    scene = Scene()
    part = scene.part(lines=[scene.gas(), scene.gas("7")])
    module = scene.part("module", [scene.line(part, "2", "kilogram")])
    scene.publish(scene.assurance(part))
    scene.anchor()
    first = next(iter(part.opened.lines))
    return scene.files(module, keep={part.digest: {"inventoryShape", f"inventory[{first}]"}})


@case(incomplete(7))
def a_hidden_inventory_that_is_only_signed_fail() -> Files:
    """The part's recipe stays hidden and no independent auditor has seen it."""
    scene = Scene()
    part, module = _two(scene)
    scene.anchor()
    return scene.files(module, keep={part.digest: set()})


@case(incomplete(7))
def the_assurance_did_not_include_the_inventory_fail() -> Files:
    """The auditor looked at the programme, not at this recipe."""
    return _hidden({"coverage": "programme", "includesInventory": False})


@case(failed(9))
def an_adverse_assurance_fail() -> Files:
    """The auditor concluded adversely."""
    return _hidden({"outcome": "adverse"})


@case(incomplete(7))
def the_issuer_assured_itself_fail() -> Files:
    """The maker is an admitted auditor too, and assured its own part: that is not independent."""
    scene = Scene()
    both = "did:web:both.example"
    scene.admit(both, Role.SUPPLIER | Role.AUDITOR)
    scene.chain.mine()
    part = scene.part(issuer=both)
    module = scene.part("module", [scene.line(part, "2", "kilogram"), scene.gas("7")])
    scene.publish({**scene.assurance(part), "issuer": both})
    scene.anchor()
    return scene.files(module, keep={part.digest: set()})


@case(incomplete(8))
def the_auditor_is_no_auditor_fail() -> Files:
    """A factor publisher, admitted as that alone, signed the assurance."""
    return _hidden(issuer=PUBLISHER)


@case(incomplete(7))
def the_assurance_has_expired_fail() -> Files:
    """The assurance was valid until a moment before the time asked."""
    soon = time_text(Scene().chain.block().time + 10)
    return _hidden(validUntil=soon)


@case(incomplete(7))
def the_assurance_is_older_than_the_verifier_allows_fail() -> Files:
    """The assurance is in force, and of January; the verifier allows thirty days."""
    return _hidden().requiring(oldestAssurance=30 * 86_400)


@case(incomplete(7))
def the_assurance_is_not_anchored_yet_fail() -> Files:
    """The assurance is logged, and no anchor covers it: it stands in for nothing yet."""
    scene = Scene()
    part, module = _two(scene)
    scene.anchor()
    scene.publish(scene.assurance(part))
    return scene.files(module, keep={part.digest: set()})


@case(verified(notices=1))
def an_assurance_that_waits_for_its_anchor_holds_nothing_up() -> Files:
    """Nothing is hidden; a logged assurance that no anchor covers does not count yet."""
    scene = Scene()
    part, module = _two(scene)
    scene.anchor()
    scene.publish(scene.assurance(part))
    return scene.files(module)


@case(verified(notices=1))
def the_auditors_key_was_retired_before_the_anchor() -> Files:
    """An open part's assurance was signed by a key that its auditor retired before the anchor."""
    scene = Scene()
    part = scene.part()
    scene.publish(scene.assurance(part))
    scene.chain.retire_key(AUDITOR, scene.keys[AUDITOR].public.thumbprint)
    scene.chain.mine()
    scene.anchor()
    return scene.files(part)


@case(incomplete(8))
def the_assurance_was_withdrawn_fail() -> Files:
    """The auditor withdrew what the file still shows."""
    return _said_of_the_assurance(StatusState.WITHDRAWN)


@case(incomplete(7))
def the_assurance_was_superseded_fail() -> Files:
    """The auditor replaced the assurance by another one, so this one is not in force."""
    return _said_of_the_assurance(StatusState.SUPERSEDED)


def _said_of_the_assurance(state: StatusState) -> Files:
    scene = Scene()
    part, module = _two(scene)
    assurance = scene.publish(scene.assurance(part))
    scene.anchor()
    scene.chain.set_status(AUDITOR, assurance.digest, state, b"\x11" * 32)
    scene.chain.mine()
    return scene.files(module, keep={part.digest: set()})


@case(incomplete(7))
def the_assurance_is_of_another_statement_fail() -> Files:
    """The auditor assured last year's statement of the same part."""
    scene = Scene()
    last = scene.part()
    part, module = _two(scene)
    scene.publish(scene.assurance(last))
    scene.anchor()
    return scene.files(module, keep={part.digest: set()})
