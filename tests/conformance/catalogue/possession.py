"""Check 2, proof of possession: the key signed whose it is, and the chain names that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootprint.ledger.core.canonical import encode
from rootprint.ledger.core.chain import organisation_id
from rootprint.ledger.core.encoding import b64url, sha256
from rootprint.ledger.core.keys import P256_ORDER, SigningKey
from rootprint.ledger.core.possession import possession_message
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
from tests.support.world import AUDITOR, PUBLISHER, SUPPLIER, account_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.core.statement import Statement


def _lines(
    scene: Scene, did: str = SUPPLIER, chain: int | None = None, contract: bytes | None = None
) -> bytes:
    """Return what the maker's key has to sign, or the same with a part of another."""
    at = contract or scene.chain.contracts.organization_registry
    return possession_message(organisation_id(did), chain or scene.chain.chain_id, at)


def _proven(proof: Callable[[Scene, SigningKey], bytes]) -> Files:
    """The maker adds a second key with this proof, whose digest goes to the chain, and signs."""
    scene, key = Scene(), SigningKey.generate()
    scene.add_key(SUPPLIER, key, proof(scene, key))
    scene.chain.mine()
    subject = _signed(scene, key)
    scene.anchor()
    return scene.files(subject)


def _signed(scene: Scene, key: SigningKey) -> Statement:
    return scene.publish(scene.product("part", [scene.gas()]), key)


def _shown(change: Callable[[Payload], object]) -> Files:
    """Change what a whole file shows of the proofs."""
    scene = Scene()
    _, module = scene.pair()
    scene.anchor()
    return scene.files(module, edit(scene.evidence(module), change))


@case(verified())
def a_second_key_with_its_own_proof() -> Files:
    """The maker added a second key with its proof of possession, and signs with it."""
    return _proven(lambda scene, key: key.sign(_lines(scene)))


@case(verified())
def one_key_of_two_organisations() -> Files:
    """Maker and publisher added one key, each with a proof of its own, and both sign with it."""
    scene, key = Scene(), SigningKey.generate()
    for did in (SUPPLIER, PUBLISHER):
        scene.add_key(did, key)
    scene.chain.mine()
    fuel = scene.publish(scene.factor("fuel"), key)
    subject = scene.publish(scene.product("part", [scene.line(fuel, "200", "gram")]), key)
    scene.anchor()
    return scene.files(subject)


@case(incomplete(2))
def the_proof_of_possession_is_missing_fail() -> Files:
    """The file has the publisher's proof alone: that the maker holds its key is not shown."""

    def remove(value: Payload) -> None:
        value["possession"] = [one for one in value["possession"] if one[0] == PUBLISHER]

    return _shown(remove)


@case(incomplete(2))
def no_proof_of_possession_is_there_fail() -> Files:
    """The file has no proof of possession at all, as one made before verifiers asked for them."""
    return _shown(lambda value: value.pop("possession"))


@case(failed(2))
def the_proof_of_possession_is_not_the_chain_s_fail() -> Files:
    """The key signed the very lines a second time: not the proof whose digest is on the chain."""
    scene = Scene()
    subject = scene.part()
    scene.anchor()
    again = b64url(scene.keys[SUPPLIER].sign(_lines(scene)))

    def replace(value: Payload) -> None:
        value["possession"][0][2] = again

    return scene.files(subject, edit(scene.evidence(subject), replace))


@case(failed(2))
def a_proof_of_possession_for_another_organisation_fail() -> Files:
    """The key signed that it is to be the publisher's; the maker sent the digest of that."""
    return _proven(lambda scene, key: key.sign(_lines(scene, PUBLISHER)))


@case(failed(2))
def a_proof_of_possession_for_another_chain_fail() -> Files:
    """The key signed the id of another chain."""
    return _proven(lambda scene, key: key.sign(_lines(scene, chain=1)))


@case(failed(2))
def a_proof_of_possession_for_another_contract_fail() -> Files:
    """The key signed the address of another OrganizationRegistry."""
    return _proven(lambda scene, key: key.sign(_lines(scene, contract=b"\x44" * 20)))


@case(failed(2))
def a_proof_of_possession_by_another_key_fail() -> Files:
    """The maker added a key that it does not hold: another one of its keys signed the lines."""
    return _proven(lambda scene, _key: scene.keys[SUPPLIER].sign(_lines(scene)))


@case(failed(2))
def a_proof_of_possession_with_a_high_s_fail() -> Files:
    """The chain has the digest of the high-s twin of a true proof."""

    def twin(scene: Scene, key: SigningKey) -> bytes:
        proof = key.sign(_lines(scene))
        return proof[:32] + (P256_ORDER - int.from_bytes(proof[32:])).to_bytes(32)

    return _proven(twin)


@case(failed(2))
def a_false_proof_of_possession_beside_a_missing_record_fail() -> Files:
    """What is false fails, though the organisation's record is not there to be looked at."""
    scene, key = Scene(), SigningKey.generate()
    scene.add_key(SUPPLIER, key, key.sign(_lines(scene, AUDITOR)))
    scene.chain.mine()
    subject = _signed(scene, key)
    scene.anchor()
    evidence = edit(scene.evidence(subject), lambda value: value.update(records=[]))
    return scene.files(subject, evidence)


@case(failed(2))
def a_false_record_beside_a_missing_proof_of_possession_fail() -> Files:
    """What is false fails, though the proof of possession is not there to be looked at."""
    scene = Scene()
    nameless = {"country": "CN", "did": SUPPLIER}
    scene.chain.admit(SUPPLIER, account_of(SUPPLIER), sha256(encode(nameless)), Role.SUPPLIER)
    scene.chain.mine()
    subject = scene.part()
    scene.anchor()

    def change(value: Payload) -> None:
        value["records"] = [nameless]
        del value["possession"]

    return scene.files(subject, edit(scene.whole(subject), change))


@case(failed(0))
def a_proof_of_possession_that_nothing_needs_fail() -> Files:
    """The file has the auditor's proof too, and nothing on the walk is the auditor's."""
    scene = Scene()
    subject = scene.part()
    scene.anchor()
    (did, kid), proof = next(one for one in scene.proofs.items() if one[0][0] == AUDITOR)

    def add(value: Payload) -> None:
        value["possession"].insert(0, [did, kid, b64url(proof)])

    return scene.files(subject, edit(scene.evidence(subject), add))


@case(failed(0))
def proofs_of_possession_in_another_order_fail() -> Files:
    """Proofs do not rise by DID and thumbprint."""
    return _shown(lambda value: value["possession"].reverse())


@case(failed(0))
def a_proof_of_possession_twice_fail() -> Files:
    """One organisation has two proofs for one key."""
    return _shown(lambda value: value["possession"].insert(0, value["possession"][0]))


@case(failed(0))
def a_list_of_no_proof_of_possession_fail() -> Files:
    """The list is there and empty: without a proof it is left out."""
    return _shown(lambda value: value.update(possession=[]))


@case(failed(0))
def a_proof_of_possession_of_63_bytes_fail() -> Files:
    """A proof is r and s, 32 bytes each."""
    return _shown(lambda value: value["possession"][0].__setitem__(2, b64url(bytes(63))))


@case(failed(0))
def a_proof_of_possession_of_no_thumbprint_fail() -> Files:
    """A key is named by the 32 bytes of its thumbprint."""
    return _shown(lambda value: value["possession"][0].__setitem__(1, b64url(bytes(31))))


@case(failed(0))
def a_proof_of_possession_of_no_organisation_fail() -> Files:
    """An organisation is named by its DID."""
    return _shown(lambda value: value["possession"][0].__setitem__(0, "maker"))


@case(failed(0))
def a_proof_of_possession_of_four_members_fail() -> Files:
    """A proof stands with DID and thumbprint, and nothing beside them."""
    return _shown(lambda value: value["possession"][0].append(""))
