"""Check 2, issuer: the key and the organisation as they were at t, by the trusted registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootprint.ledger.core.canonical import encode
from rootprint.ledger.core.encoding import hex_text, sha256
from rootprint.ledger.core.keys import SigningKey
from rootprint.ledger.core.standing import Role
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


def _before(scene: Scene, step: Callable[[], None]) -> Files:
    """Publish; take the step in the block before the anchor's."""
    subject = scene.part()
    step()
    scene.chain.mine()
    scene.anchor()
    return scene.files(subject, scene.whole(subject))


def _after(scene: Scene, step: Callable[[], None]) -> Files:
    """Publish and anchor; take the step in the block after the anchor's."""
    subject = scene.part()
    scene.anchor()
    step()
    scene.chain.mine()
    return scene.files(subject, scene.whole(subject))


@case(failed(2))
def the_key_was_added_only_later_fail() -> Files:
    """The key that signed was added to its issuer in the block after the anchor's."""
    scene = Scene()
    later = SigningKey.generate()
    subject = scene.log(scene.sign(scene.product("part", [scene.gas()]), later), later)
    scene.anchor()
    scene.add_key(SUPPLIER, later)
    scene.chain.mine()
    return scene.files(subject, scene.whole(subject))


@case(failed(2))
def the_key_is_another_organisations_fail() -> Files:
    """The auditor's key signed in the maker's name."""
    scene = Scene()
    key = scene.keys["did:web:auditor.example"]
    subject = scene.log(scene.sign(scene.product("part", [scene.gas()]), key), key)
    scene.anchor()
    return scene.files(subject, scene.whole(subject))


@case(failed(2))
def the_key_was_retired_fail() -> Files:
    """The key was retired before the statement was anchored."""
    scene = Scene()
    print_ = scene.keys[SUPPLIER].public.thumbprint
    return _before(scene, lambda: scene.chain.retire_key(SUPPLIER, print_))


@case(failed(2))
def the_key_was_retired_in_the_anchors_block_fail() -> Files:
    """Retired at t itself counts as retired."""
    scene = Scene()
    subject = scene.part()
    scene.chain.retire_key(SUPPLIER, scene.keys[SUPPLIER].public.thumbprint)
    scene.anchor()
    return scene.files(subject, scene.whole(subject))


@case(verified())
def the_key_was_retired_afterwards() -> Files:
    """What was anchored before the key was retired stays signed."""
    scene = Scene()
    print_ = scene.keys[SUPPLIER].public.thumbprint
    return _after(scene, lambda: scene.chain.retire_key(SUPPLIER, print_))


@case(failed(2))
def the_key_was_compromised_fail() -> Files:
    """The key is reported, afterwards, as compromised since a time before the anchor."""
    scene = Scene()
    print_, since = scene.keys[SUPPLIER].public.thumbprint, scene.chain.block().time
    return _after(scene, lambda: scene.chain.report_compromise(SUPPLIER, print_, since))


@case(verified())
def the_key_was_compromised_afterwards() -> Files:
    """A stolen key can't back-date: what was anchored before the theft stays signed."""
    scene = Scene()
    print_, since = scene.keys[SUPPLIER].public.thumbprint, scene.chain.block().time + 2
    return _after(scene, lambda: scene.chain.report_compromise(SUPPLIER, print_, since))


@case(failed(2))
def the_issuer_was_never_admitted_fail() -> Files:
    """An organisation that was never admitted signs, and the log took the entry."""
    scene = Scene()
    stranger = "did:web:stranger.example"
    scene.keys[stranger] = SigningKey.generate()
    subject = scene.part(issuer=stranger)
    scene.anchor()
    return scene.files(subject, scene.whole(subject))


@case(failed(2))
def a_supplier_signs_a_factor_fail() -> Files:
    """The maker is admitted as supplier and states role factor."""
    scene = Scene()
    subject = scene.publish({**scene.factor("fuel"), "issuer": SUPPLIER})
    scene.anchor()
    return scene.files(subject, scene.whole(subject))


@case(failed(2))
def signed_during_a_suspension_and_shown_after_readmission_fail() -> Files:
    """At t the maker was suspended; that it is admitted again today changes nothing."""
    scene = Scene()
    subject = scene.part()
    scene.chain.suspend(SUPPLIER)
    scene.chain.mine()
    scene.anchor()
    record = next(text for text in scene.records.values() if SUPPLIER.encode() in text)
    scene.chain.admit(SUPPLIER, sha256(SUPPLIER.encode())[:20], sha256(record), Role.SUPPLIER)
    scene.chain.mine()
    return scene.files(subject, scene.whole(subject))


@case(verified(notices=1))
def the_issuer_was_suspended_afterwards() -> Files:
    """A suspension does not reach back; a notice says since when the issuer is suspended."""
    scene = Scene()
    return _after(scene, lambda: scene.chain.suspend(SUPPLIER))


@case(failed(2))
def the_issuer_was_expelled_fail() -> Files:
    """The maker was expelled before the statement was anchored."""
    scene = Scene()
    return _before(scene, lambda: scene.chain.expel(SUPPLIER))


@case(failed(2))
def the_record_is_of_another_organisation_fail() -> Files:
    """The registrar wrote the digest of a record that names another DID."""
    scene = Scene()
    wrong = encode({"country": "CN", "did": "did:web:other.example", "legalName": "Other"})
    scene.chain.admit(SUPPLIER, sha256(SUPPLIER.encode())[:20], sha256(wrong), Role.SUPPLIER)
    scene.chain.mine()
    subject = scene.part()
    scene.anchor()
    spoilt = edit(
        scene.whole(subject),
        lambda file: file.update(
            records=[{"country": "CN", "did": "did:web:other.example", "legalName": "Other"}]
        ),
    )
    return scene.files(subject, spoilt)


@case(failed(2))
def the_record_has_no_legal_name_fail() -> Files:
    """The registrar wrote the digest of a record whose legal name is a number."""
    scene = Scene()
    nameless = {"country": "CN", "did": SUPPLIER, "legalName": 7}
    digest = sha256(encode(nameless))
    scene.chain.admit(SUPPLIER, sha256(SUPPLIER.encode())[:20], digest, Role.SUPPLIER)
    scene.chain.mine()
    subject = scene.part()
    scene.anchor()
    spoilt = edit(scene.whole(subject), lambda file: file.update(records=[nameless]))
    return scene.files(subject, spoilt)


@case(incomplete(2))
def the_record_is_missing_fail() -> Files:
    """The factor publisher's record is not in the file, so it is not known who that is."""
    scene = Scene()
    _, module = scene.pair()
    scene.anchor()

    def remove(file: Payload) -> None:
        file["records"] = [record for record in file["records"] if record["did"] == SUPPLIER]

    return scene.files(module, edit(scene.evidence(module), remove))


@case(incomplete(2))
def the_record_was_changed_fail() -> Files:
    """A record with another name has another digest, so the one on chain is not in the file."""
    scene = Scene()
    subject = scene.part()
    scene.anchor()
    return scene.files(subject, edit(scene.evidence(subject), _rename))


def _rename(file: Payload) -> None:
    file["records"][0]["legalName"] = "A better known name"


def _trusting(**changes: object) -> Files:
    scene = Scene()
    subject = scene.part()
    scene.anchor()
    return scene.files(subject, **changes)


@case(failed(2))
def the_chain_is_another_fail() -> Files:
    """The trust file names another chain id than the chain has."""
    return _trusting(chainId=1)


@case(failed(2))
def the_registrar_is_another_fail() -> Files:
    """The organisation registry's registrar is not the one the verifier trusts."""
    return _trusting(registrar="0x" + "cc" * 20)


@case(failed(2))
def the_organization_registry_has_other_code_fail() -> Files:
    """The code at the organisation registry's address is not the code that is pinned."""
    scene = Scene()
    contracts = scene.trust_json(scene.part())["contracts"]
    contracts["organizationRegistry"]["codeHash"] = hex_text(bytes(32))
    return _trusting(contracts=contracts)
