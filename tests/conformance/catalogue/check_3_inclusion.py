"""Check 3, inclusion: the rebuilt entry under a checkpoint of the trusted log."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from rootprint.ledger.core.checkpoint import LogKey, NoteKey
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
    with_notes,
)
from tests.support.world import ORIGIN

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement

COSIGNED_AT = 1_790_000_000


def _published() -> tuple[Scene, Statement, Statement]:
    scene = Scene()
    fuel, module = scene.pair()
    scene.anchor()
    return scene, fuel, module


@case(failed(3))
def a_receipt_of_another_entry_fail() -> Files:
    """Product and factor show each other's places in the log."""
    scene, fuel, module = _published()

    def change(file: Payload) -> None:
        first, second = item(file, fuel), item(file, module)
        first["index"], second["index"] = second["index"], first["index"]

    return scene.files(module, edit(scene.evidence(module), change))


@case(failed(3))
def a_receipt_with_another_index_fail() -> Files:
    """The proof claims that the product stands one entry earlier."""
    scene, _, module = _published()

    def change(file: Payload) -> None:
        item(file, module)["index"] = 0

    return scene.files(module, edit(scene.evidence(module), change))


@case(failed(3))
def the_statement_is_meant_for_another_log_fail() -> Files:
    """The statement names another log and was entered in this one."""
    scene = Scene()
    draft = scene.product("part", [scene.gas()])
    subject = scene.spoil(draft, lambda payload: payload.update(log="log.rootprint.example/other"))
    scene.anchor()
    return scene.files(subject, scene.whole(subject))


@case(failed(3))
def the_checkpoint_is_signed_by_another_key_fail() -> Files:
    """A key that calls itself by the log's name signed the anchored state."""
    scene, _, module = _published()
    scene.log_key, trusted = LogKey(ORIGIN, Ed25519PrivateKey.generate()), scene.log_key
    evidence = scene.whole(module)
    scene.log_key = trusted
    return scene.files(module, evidence)


@case(failed(3))
def the_logs_key_is_another_fail() -> Files:
    """The trust file has another key of a log by the same name."""
    scene, _, module = _published()
    other = LogKey(ORIGIN, Ed25519PrivateKey.generate()).note_key.vkey
    return scene.files(module, vkey=other)


@case(incomplete(3))
def the_log_proof_is_missing_fail() -> Files:
    """The factor comes without a log proof, so that it is in the log is not checked."""
    scene, fuel, module = _published()

    def change(file: Payload) -> None:
        for name in ("index", "checkpoint", "row"):
            del item(file, fuel)[name]

    return scene.files(module, edit(scene.evidence(module), change))


def _witnesses(count: int) -> list[tuple[NoteKey, Ed25519PrivateKey]]:
    made = []
    for number in range(count):
        native = Ed25519PrivateKey.generate()
        public = native.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        made.append((NoteKey(f"witness.example/{number}", public, 0x04), native))
    return made


def _cosigned(signing: int) -> Files:
    """Let the first ``signing`` of three witnesses cosign; the policy asks for two."""
    scene, _, module = _published()
    witnesses = _witnesses(3)

    def change(file: Payload) -> None:
        lines = witnesses[:signing]
        with_notes(file, lambda _line, note: note + "".join(_signed(*one, note) for one in lines))

    policy = {"threshold": 2, "witnesses": [key.vkey for key, _ in witnesses]}
    return scene.files(module, edit(scene.evidence(module), change), witnessPolicy=policy)


def _signed(key: NoteKey, native: Ed25519PrivateKey, note: str) -> str:
    body = note.split("\n\n", maxsplit=1)[0] + "\n"
    signature = native.sign(f"cosignature/v1\ntime {COSIGNED_AT}\n{body}".encode())
    data = key.key_id + COSIGNED_AT.to_bytes(8) + signature
    return f"\u2014 {key.name} {base64.b64encode(data).decode()}\n"


@case(verified())
def the_witness_quorum_is_met() -> Files:
    """Two of three witnesses cosigned the checkpoint, as the policy asks."""
    return _cosigned(2)


@case(failed(3))
def the_witness_quorum_is_missing_fail() -> Files:
    """One of three witnesses cosigned, and the policy asks for two."""
    return _cosigned(1)


@case(failed(3))
def one_witness_counts_twice_fail() -> Files:
    """One witness has two lines; two distinct keys are asked for."""
    scene, _, module = _published()
    (first, native), (second, _) = _witnesses(2)

    def change(file: Payload) -> None:
        with_notes(file, lambda _line, note: note + 2 * _signed(first, native, note))

    policy = {"threshold": 2, "witnesses": [first.vkey, second.vkey]}
    return scene.files(module, edit(scene.evidence(module), change), witnessPolicy=policy)
