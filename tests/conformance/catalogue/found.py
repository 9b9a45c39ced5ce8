"""What two verifiers said differently about a mutated bundle (``scripts/agree``), one case each."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import rlp
from eth_hash.auto import keccak

from rootprint.ledger.core.encoding import hex_text
from tests.conformance.casebook import (
    Files,
    Payload,
    Scene,
    case,
    edit,
    failed,
    incomplete,
    usage,
)
from tests.support.evidence_file import opened
from tests.support.rewritten_state import nodes_of, rewrite

if TYPE_CHECKING:
    from collections.abc import Callable

Members = list[Any]


@case(failed(0))
def a_branch_of_the_state_holds_a_value_fail() -> Files:
    """All keys of the state have one length, so no key ends in a branch and none has a value."""
    return _state(_root, lambda members: members.__setitem__(16, b"value"))


@case(failed(0))
def a_leaf_of_the_state_ends_before_its_keys_fail() -> Files:
    """An account's leaf has a shorter path than any key has, which no state trie holds."""
    return _state(_account, lambda members: members.__setitem__(0, members[0][:-1]))


@case(failed(0))
def an_account_holds_a_list_in_place_of_its_nonce_fail() -> Files:
    """The leaf of a contract's account is no list of four byte strings."""

    def change(members: Members) -> None:
        members[1] = rlp.encode([[], *rlp.decode(members[1])[1:]])

    return _state(_account, change)


@case(failed(0))
def a_trusted_header_of_too_many_members_fail() -> Files:
    """No fork has given a block header thirty-three members."""
    scene = Scene()
    _, subject = scene.pair()
    scene.anchor()
    header = rlp.decode(scene.chain.header(scene.chain.block().number))
    long = rlp.encode([*header, *[b""] * (33 - len(header))])

    def change(file: Payload) -> None:
        file["chain"]["header"] = base64.b64encode(long).decode()

    evidence = edit(scene.evidence(subject, proven=True), change)
    block = hex_text(keccak(long))
    return scene.files(subject, evidence, with_chain=False, trustedBlocks=[block])


@case(incomplete(None))
def the_history_is_longer_than_any_fail() -> Files:
    """The word that counts a log's rows says 2^55 and one, which no log can have."""
    scene = Scene()
    _, subject = scene.pair()
    scene.anchor()
    evidence = edit(scene.evidence(subject), _without_rows)
    scene.chain.change_log(scene.log_id, rows=(1 << 55) + 1)
    scene.chain.mine()
    return scene.files(subject, evidence)


@case(usage())
def one_address_for_two_contracts_fail() -> Files:
    """The trust file pins two contracts at one address, where only one of them can stand."""
    scene = Scene()
    _, subject = scene.pair()
    scene.anchor()
    contracts = scene.trust_json(subject)["contracts"]
    contracts["statusRegistry"] = contracts["checkpointRegistry"]
    return scene.files(subject, contracts=contracts)


def _without_rows(file: Payload) -> None:
    for statement in file["statements"]:
        del statement["row"]


def _root(node: bytes, root: bytes) -> bool:
    return keccak(node) == root


def _account(node: bytes, _root: bytes) -> bool:
    members = rlp.decode(node)
    return len(members) == 2 and len(members[1]) > 64


def _state(wanted: Callable[[bytes, bytes], bool], change: Callable[[Members], object]) -> Files:
    """Change the first node of the proven state that is wanted, up to the hash that is trusted."""
    scene = Scene()
    _, subject = scene.pair()
    scene.anchor()
    file = opened(scene.evidence(subject, proven=True))
    nodes, root = nodes_of(file["chain"]), rlp.decode(base64.b64decode(file["chain"]["header"]))[3]
    place = next(place for place, node in enumerate(nodes) if wanted(node, root))
    members = list(rlp.decode(nodes[place]))
    change(members)
    block = rewrite(file["chain"], place, rlp.encode(members))
    evidence = edit(scene.evidence(subject, proven=True), lambda value: value.update(file))
    return scene.files(subject, evidence, with_chain=False, trustedBlocks=[block])
