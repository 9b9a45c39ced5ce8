"""Check 4, anchor: the first row of the trusted contract that covers the entry."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from rootprint.ledger.core.encoding import hex_text
from rootprint.ledger.core.keys import PublicKey, SigningKey
from rootprint.ledger.core.merkle import consistency_proof
from tests.conformance.casebook import (
    Files,
    Payload,
    Scene,
    case,
    edit,
    failed,
    incomplete,
    item,
    verified,
)
from tests.support.world import SUPPLIER

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.core.statement import Statement


def _under(scene: Scene, subject: Statement, size: int, *, row: int | None = None) -> bytes:
    """Write evidence with the subject's proof under ``size``, consistent with a row's if given."""

    def change(file: Payload) -> None:
        proof = scene.proof(subject.digest, size)
        assert proof is not None
        mine = item(file, subject)
        mine["proof"] = proof.text
        if row is not None:
            path = consistency_proof(min(row, size), max(row, size), scene.node)
            mine["consistency"] = [base64.b64encode(node).decode() for node in path]

    return edit(scene.whole(subject), change)


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


@case(failed(4))
def a_checkpoint_between_two_anchors_fail() -> Files:
    """The checkpoint is signed and was never anchored, and nothing ties it to the row that was."""
    scene = Scene()
    subject = scene.part()
    scene.fuel()
    scene.anchor()
    return scene.files(subject, edit(_under(scene, subject, 1), _only(subject)))


@case(verified())
def a_checkpoint_between_two_anchors_with_its_consistency_proof() -> Files:
    """The checkpoint was never anchored, and is proven to be a beginning of the one that was."""
    scene = Scene()
    subject = scene.part()
    scene.part("spare")
    scene.anchor()
    return scene.files(subject, edit(_under(scene, subject, 1, row=2), _only(subject)))


@case(failed(4))
def a_later_row_chosen_though_an_earlier_one_covers_the_entry_fail() -> Files:
    """The proof stands under the second anchored state; the first one covers the entry."""
    scene, subject = _two_rows(scene_key=None)
    return scene.files(subject, edit(_under(scene, subject, 2), _only(subject)))


@case(failed(2))
def a_later_row_does_not_make_a_late_key_early_fail() -> Files:
    """A later row, properly tied to the first one, leaves t at the first: the key came after it."""
    late = SigningKey.generate()
    scene, subject = _two_rows(scene_key=late)
    return scene.files(subject, edit(_under(scene, subject, 2, row=1), _only(subject)))


def _two_rows(scene_key: SigningKey | None) -> tuple[Scene, Statement]:
    scene = Scene()
    key = scene_key or scene.keys[SUPPLIER]
    subject = scene.log(scene.sign(scene.product("part", [scene.gas()]), key), key)
    scene.anchor()
    if scene_key is not None:
        scene.chain.add_key(SUPPLIER, scene_key.public.thumbprint)
        scene.chain.mine()
    scene.part("spare")
    scene.anchor()
    return scene, subject


def _only(subject: Statement) -> Callable[[Payload], None]:
    def keep(file: Payload) -> None:
        mine = item(file, subject)
        file["statements"] = [mine]
        file["records"] = [record for record in file["records"] if record["did"] == subject.issuer]
        file["keys"] = [jwk for jwk in file["keys"] if _kid(jwk) == subject.kid]

    return keep


def _kid(jwk: Payload) -> str:
    return PublicKey.from_jwk(jwk).kid


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


@case(incomplete(4))
def the_log_id_is_another_logs_fail() -> Files:
    """Under the trust file's logId the registry has no history, so the entry is pending there."""
    scene = Scene()
    subject = scene.part()
    scene.anchor()
    return scene.files(subject, logId=hex_text(b"\x11" * 32))
