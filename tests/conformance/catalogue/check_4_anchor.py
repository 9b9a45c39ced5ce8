"""Check 4, anchor: the first row of the trusted contract that covers the entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootprint.ledger.core.encoding import hex_text, sha256, time_text
from rootprint.ledger.core.keys import SigningKey
from tests.conformance.casebook import (
    Files,
    Payload,
    Scene,
    case,
    edit,
    failed,
    incomplete,
    verified,
)
from tests.support.world import SUPPLIER

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.core.statement import Statement


@case(incomplete(4))
def nothing_is_anchored_fail() -> Files:
    """The statement is logged and no anchor covers it yet: pending, never valid."""
    scene = Scene()
    subject = scene.part()
    scene.chain.mine()
    return scene.files(subject)


@case(incomplete(4))
def an_unanchored_checkpoint_fail() -> Files:
    """The entry stands under a signed checkpoint that is later than every anchored one."""
    scene = Scene()
    fuel = scene.fuel()
    scene.anchor()
    subject = scene.part("module", [scene.line(fuel, "200", "gram")])
    return scene.files(subject)


@case(verified())
def a_log_that_was_frozen_after_the_anchor() -> Files:
    """The registrar froze the log: what was anchored before stands; the answer says since when."""
    scene = Scene()
    subject = scene.part()
    scene.anchor()
    _freeze(scene)
    return scene.files(subject)


@case(incomplete(4))
def a_log_that_was_frozen_before_an_anchor_fail() -> Files:
    """The entry was logged, and the log frozen before a checkpoint with it was anchored."""
    scene = Scene()
    fuel = scene.fuel()
    scene.anchor()
    subject = scene.part("module", [scene.line(fuel, "200", "gram")])
    _freeze(scene)
    return scene.files(subject)


def _freeze(scene: Scene) -> None:
    scene.chain.freeze(scene.log_id)
    scene.chain.mine()


@case(incomplete(4))
def a_checkpoint_between_two_anchors_fail() -> Files:
    """The checkpoint is signed and was never anchored, and nothing ties it to the row that was."""
    return _between(lambda file: file["proofs"]["nodes"].clear())


@case(verified())
def a_checkpoint_between_two_anchors_with_its_consistency_proof() -> Files:
    """The checkpoint was never anchored, and is proven to be a beginning of the one that was."""
    return _between(lambda _file: None)


def _between(change: Callable[[Payload], object]) -> Files:
    scene = Scene()
    subject = scene.part()
    scene.part("spare")
    scene.anchor()
    scene.sizes[subject.digest] = 1
    return scene.files(subject, edit(scene.evidence(subject), change))


@case(verified())
def a_later_checkpoint_that_is_tied_to_the_first_row() -> Files:
    """The entry stands under the second state, and the nodes of its proof tie it to the first."""
    scene, subject = _two_rows(scene_key=None)
    scene.sizes[subject.digest] = 2
    return scene.files(subject)


@case(failed(4))
def a_later_row_of_a_fork_chosen_though_an_earlier_one_covers_the_entry_fail() -> Files:
    """The proof stands under a second state that does not begin with the first, which covers it."""
    scene = Scene()
    subject = scene.part()
    scene.chain.anchor(scene.log_id, 1, sha256(b"another tree"))
    scene.chain.mine()
    scene.part("spare")
    scene.anchor()
    scene.sizes[subject.digest] = 2
    return scene.files(subject)


@case(failed(2))
def a_later_row_does_not_make_a_late_key_early_fail() -> Files:
    """A later row, properly tied to the first one, leaves t at the first: the key came after it."""
    late = SigningKey.generate()
    scene, subject = _two_rows(scene_key=late)
    scene.sizes[subject.digest] = 2
    return scene.files(subject)


def _two_rows(scene_key: SigningKey | None) -> tuple[Scene, Statement]:
    scene = Scene()
    key = scene_key or scene.keys[SUPPLIER]
    subject = scene.log(scene.sign(scene.product("part", [scene.gas()]), key), key)
    scene.anchor()
    if scene_key is not None:
        scene.add_key(SUPPLIER, scene_key)
        scene.chain.mine()
    scene.part("spare")
    scene.anchor()
    return scene, subject


@case(failed(4))
def the_checkpoint_is_of_a_fork_fail() -> Files:
    """The log's key signed two trees of one size, and the other one was anchored."""
    scene = Scene()
    subject = scene.part()
    shown = scene.whole(subject)
    other = Scene(log_key=scene.log_key, chain=scene.chain)
    other.part("another")
    other.anchor()
    return scene.files(subject, shown)


@case(incomplete(4))
def the_anchor_is_not_final_yet_fail() -> Files:
    """The anchor is in the newest block, and the verifier asks for two confirmations."""
    scene = Scene()
    subject = scene.part()
    scene.chain.mine()
    scene.anchor()
    return scene.files(subject, confirmations=2)


@case(verified())
def the_anchor_is_confirmed() -> Files:
    """Two blocks follow the anchor's, as the verifier asks."""
    scene = Scene()
    subject = scene.part()
    scene.anchor()
    scene.chain.mine()
    scene.chain.mine()
    return scene.files(subject, confirmations=2)


@case(failed(4))
def the_checkpoint_registry_has_other_code_fail() -> Files:
    """The code at the checkpoint registry's address is not the code that is pinned."""
    scene = Scene()
    subject = scene.part()
    scene.anchor()
    contracts = scene.trust_json(subject)["contracts"]
    contracts["checkpointRegistry"]["codeHash"] = hex_text(b"\x11" * 32)
    return scene.files(subject, contracts=contracts)


def _code_from(files: Files, number: int | None) -> Files:
    """Let the contracts stand from a block on, or never; their words stand where they stood."""
    assert files.chain is not None
    code = files.chain["blocks"][0].pop("code")
    if number is not None:
        files.chain["blocks"][number]["code"] = code
    return files


@case(incomplete(None))
def the_time_asked_is_before_the_contracts_fail() -> Files:
    """At the time asked there were no contracts yet; they stand by now, and nothing is wrong."""
    scene = Scene()
    subject = scene.part()
    scene.anchor()
    before = time_text(scene.chain.block(0).time)
    return _code_from(scene.files(subject, asOf=before), 1)


@case(failed(2))
def the_contracts_never_stood_on_the_chain_fail() -> Files:
    """No code stands at the addresses, at the block asked or later: it is another chain."""
    scene = Scene()
    subject = scene.part()
    scene.anchor()
    return _code_from(scene.files(subject), None)


@case(incomplete(4))
def the_log_id_is_another_logs_fail() -> Files:
    """Under the trust file's logId the registry has no history, so the entry is pending there."""
    scene = Scene()
    subject = scene.part()
    scene.anchor()
    return scene.files(subject, logId=hex_text(b"\x11" * 32))
