"""Check 0, readable: the file, and whose it should be."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING

from rootprint.ledger.core.checkpoint import NoteKey
from rootprint.ledger.core.encoding import digest_text
from tests.conformance.casebook import Files, Payload, Scene, case, edit, failed, usage, verified
from tests.support.world import SUPPLIER

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement


def _plain() -> tuple[Scene, bytes]:
    scene = Scene()
    _, module = scene.pair()
    scene.anchor()
    return scene, scene.evidence(module)


def _changed(name: str, value: object) -> Files:
    scene, evidence = _plain()
    return scene.files(_subject(scene), edit(evidence, lambda file: file.update({name: value})))


def _subject(scene: Scene) -> Statement:
    return list(scene.held.values())[-1]


@case(verified())
def a_product_with_its_factor() -> Files:
    """A product whose one input is a published factor, everything open."""
    scene, evidence = _plain()
    return scene.files(_subject(scene), evidence)


@case(failed(0))
def evidence_is_empty_fail() -> Files:
    """A file without a byte has nothing to verify."""
    scene, _ = _plain()
    return scene.files(_subject(scene), b"")


@case(failed(0))
def evidence_is_not_canonical_fail() -> Files:
    """The same JSON with spaces is another file than the one that was written."""
    scene, evidence = _plain()
    return scene.files(_subject(scene), json.dumps(json.loads(evidence), sort_keys=True).encode())


@case(failed(0))
def evidence_has_an_unknown_version_fail() -> Files:
    """Version 3 may mean anything by the same members."""
    return _changed("version", 3)


@case(failed(0))
def evidence_has_an_unknown_member_fail() -> Files:
    """A member that version 2 does not know is refused, not skipped."""
    return _changed("trust", {})


@case(failed(0))
def evidence_is_nested_too_deep_fail() -> Files:
    """Twenty arrays inside each other are beyond the depth of 16."""
    scene, evidence = _plain()
    deep = evidence.replace(b'"records":[', b'"records":[' + 20 * b"[" + 20 * b"]" + b",")
    return scene.files(_subject(scene), deep)


@case(failed(0))
def evidence_lacks_its_own_subject_fail() -> Files:
    """The statement that the file names as its subject is not in it."""
    scene, evidence = _plain()
    subject = _subject(scene)

    def remove(file: Payload) -> None:
        jwt = subject.envelope.jwt
        file["statements"] = [
            entry for entry in file["statements"] if not entry["sdJwt"].startswith(jwt)
        ]

    return scene.files(subject, edit(evidence, remove))


@case(failed(0))
def the_same_statement_stands_twice_fail() -> Files:
    """One statement is written twice in the file."""
    scene, evidence = _plain()
    twice = edit(evidence, lambda file: file["statements"].append(deepcopy(file["statements"][-1])))
    return scene.files(_subject(scene), twice)


@case(failed(0))
def statements_stand_in_another_order_fail() -> Files:
    """Statements rise by digest, so that their order can say nothing."""
    scene, evidence = _plain()
    return scene.files(_subject(scene), edit(evidence, lambda file: file["statements"].reverse()))


@case(failed(0))
def a_statement_that_nothing_needs_fail() -> Files:
    """The file holds a signed, logged statement that no line cites."""
    scene = Scene()
    _, module = scene.pair()
    scene.fuel("stowaway")
    scene.anchor()
    return scene.files(module, scene.whole(module))


@case(failed(0))
def a_key_that_nothing_needs_fail() -> Files:
    """The file holds a key that signed none of its statements."""
    scene, evidence = _plain()
    spare = scene.keys["did:web:auditor.example"].public

    def add(file: Payload) -> None:
        held = {
            scene.keys[did].public.kid: scene.keys[did].public
            for did in ("did:web:maker.example", "did:web:factors.example")
        }
        held[spare.kid] = spare
        file["keys"] = [held[kid].jwk() for kid in sorted(held)]

    return scene.files(_subject(scene), edit(evidence, add))


@case(failed(0))
def a_record_that_nothing_needs_fail() -> Files:
    """The file holds the record of an organisation that signed none of its statements."""
    scene, evidence = _plain()

    def add(file: Payload) -> None:
        dids = {"did:web:maker.example", "did:web:factors.example", "did:web:auditor.example"}
        records = {digest: json.loads(text) for digest, text in scene.records.items()}
        file["records"] = [
            records[digest] for digest in sorted(records) if records[digest]["did"] in dids
        ]

    return scene.files(_subject(scene), edit(evidence, add))


@case(failed(0))
def another_issuer_is_expected_fail() -> Files:
    """The file is genuine, and another organisation's than the verifier asked for."""
    scene, evidence = _plain()
    expect = {"issuer": "did:web:other.example", "product": "urn:example:module"}
    return scene.files(_subject(scene), evidence, expect=expect)


@case(failed(0))
def another_product_is_expected_fail() -> Files:
    """The file is genuine, and of another product of the same maker."""
    scene, evidence = _plain()
    expect = {"issuer": "did:web:maker.example", "product": "urn:example:other"}
    return scene.files(_subject(scene), evidence, expect=expect)


@case(failed(0))
def another_digest_is_expected_fail() -> Files:
    """The file is genuine, and its subject is not the statement with the digest expected."""
    scene, evidence = _plain()
    expect = {"digest": digest_text(bytes(32))}
    return scene.files(_subject(scene), evidence, expect=expect)


@case(verified())
def the_digest_is_expected() -> Files:
    """The verifier names the statement by its digest alone."""
    scene, evidence = _plain()
    subject = _subject(scene)
    return scene.files(subject, evidence, expect={"digest": digest_text(subject.digest)})


@case(usage())
def it_is_not_said_whose_statement_is_expected_fail() -> Files:
    """Without an expectation any genuine file would do, so there is no verdict: exit 2."""
    scene, evidence = _plain()
    return scene.files(_subject(scene), evidence, expect=None)


@case(usage())
def only_the_issuer_is_expected_fail() -> Files:
    """An issuer without a product is half an expectation: exit 2."""
    scene, evidence = _plain()
    return scene.files(_subject(scene), evidence, expect={"issuer": "did:web:maker.example"})


@case(usage())
def the_trust_file_names_another_origin_than_its_vkey_fail() -> Files:
    """A trust file that contradicts itself is refused before the evidence is read: exit 2."""
    scene, evidence = _plain()
    return scene.files(_subject(scene), evidence, origin="log.rootprint.example/other")


@case(usage())
def the_witness_policy_asks_for_more_than_there_are_fail() -> Files:
    """A threshold beyond the number of witnesses can never be met: exit 2."""
    scene, evidence = _plain()
    witness = NoteKey("witness.example/0", scene.log_key.note_key.key, 0x04)
    policy = {"threshold": 2, "witnesses": [witness.vkey]}
    return scene.files(_subject(scene), evidence, witnessPolicy=policy)


@case(usage())
def a_log_stands_where_a_witness_should_fail() -> Files:
    """The policy names the log's own key as a witness: exit 2."""
    scene, evidence = _plain()
    policy = {"threshold": 1, "witnesses": [scene.log_key.note_key.vkey]}
    return scene.files(_subject(scene), evidence, witnessPolicy=policy)


@case(usage())
def a_witness_stands_where_the_log_should_fail() -> Files:
    """The log's vkey is of the kind that cosigns: exit 2."""
    scene, evidence = _plain()
    note_key = scene.log_key.note_key
    witness = NoteKey(note_key.name, note_key.key, 0x04)
    return scene.files(_subject(scene), evidence, vkey=witness.vkey)


@case(failed(0))
def another_product_is_expected_and_no_chain_is_available_fail() -> Files:
    """The file is of another product than expected: that needs no chain to be said."""
    scene, evidence = _plain()
    expect = {"issuer": SUPPLIER, "product": "urn:rootprint-example:another"}
    return scene.files(_subject(scene), evidence, at_hand=False, expect=expect)


@case(usage())
def the_trust_file_has_a_minus_zero_fail() -> Files:
    """JSON has -0 and integers have not: exit 2."""
    scene, evidence = _plain()
    files = scene.files(_subject(scene), evidence, confirmations=0)
    text = json.dumps(files.trust, indent=1)
    return replace(files, trust=text.replace('"confirmations": 0', '"confirmations": -0').encode())


@case(usage())
def the_trust_file_has_a_member_twice_fail() -> Files:
    """Two members of one name: which of them counts would be the parser's choice. Exit 2."""
    scene, evidence = _plain()
    files = scene.files(_subject(scene), evidence)
    text = json.dumps(files.trust, indent=1)
    return replace(files, trust=text.replace("{", '{"confirmations": 0,', 1).encode())
