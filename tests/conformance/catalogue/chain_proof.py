"""The chain's state proven in the file: offline, by the hash of one block (docs/evidence.md)."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import rlp
from eth_hash.auto import keccak

from rootprint.ledger.core.chain import StatusState
from rootprint.ledger.core.encoding import hex_text, sha256, time_text
from rootprint.ledger.core.standing import Role
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
from tests.support.world import AUTHORITY, SUPPLIER

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.core.statement import Statement


def _anchored() -> tuple[Scene, Statement]:
    scene = Scene()
    _, subject = scene.pair()
    scene.anchor()
    return scene, subject


def _nodes(change: Callable[[list[str]], None]) -> Callable[[Payload], None]:
    return lambda file: change(file["chain"]["nodes"])


@case(verified())
def the_chain_is_proven_at_a_trusted_block() -> Files:
    """Rows, keys, status and their absences are proven under one block's hash alone."""
    return _proven(*_anchored())


@case(verified())
def a_proven_chain_of_many_rows_and_an_assurance() -> Files:
    """Three anchors, an assurance and a suspension elsewhere, all in one pool of trie nodes."""
    scene = Scene()
    fuel = scene.fuel()
    scene.anchor()
    part = scene.part("part", [scene.line(fuel, "200", "gram")])
    scene.anchor()
    module = scene.part("module", [scene.line(part, "3", "kilogram")])
    scene.publish(scene.assurance(module))
    scene.anchor()
    scene.admit("did:web:stranger.example", Role.SUPPLIER)
    scene.chain.mine()
    return _proven(scene, module)


@case(verified())
def confirmations_do_not_apply_to_a_trusted_block() -> Files:
    """A block that is trusted by its hash is trusted to stay, so none need follow it."""
    return _proven(*_anchored(), confirmations=9)


@case(verified())
def a_proof_is_not_looked_at_where_the_chain_is_asked() -> Files:
    """The trust file names no block, so the file's proof of another state does not count."""
    scene, subject = _anchored()
    other, _ = _anchored()
    foreign = other.chain.header(other.chain.block().number)

    def change(file: Payload) -> None:
        file["chain"]["header"] = base64.b64encode(foreign).decode()

    return scene.files(subject, edit(scene.evidence(subject, proven=True), change))


@case(incomplete(None))
def neither_a_proof_nor_a_chain_fail() -> Files:
    """The trust file names a block, the file proves nothing, and no chain is available."""
    scene, subject = _anchored()
    return _proven(scene, subject, scene.evidence(subject))


@case(incomplete(None))
def proven_at_another_block_fail() -> Files:
    """The file proves the chain at a block that is not trusted here."""
    scene, subject = _anchored()
    return _proven(scene, subject, trustedBlocks=[hex_text(sha256(b"another block"))])


@case(incomplete(None))
def proven_at_a_block_of_a_fork_fail() -> Files:
    """The header's time was moved by a second: it is another block, and that one is not trusted."""
    scene, subject = _anchored()

    def change(file: Payload) -> None:
        header = bytearray(base64.b64decode(file["chain"]["header"]))
        time = scene.chain.block().time.to_bytes(4)
        place = header.index(time)
        header[place : place + 4] = (scene.chain.block().time + 1).to_bytes(4)
        file["chain"]["header"] = base64.b64encode(header).decode()

    return _proven(scene, subject, edit(scene.evidence(subject, proven=True), change))


@case(incomplete(None))
def the_time_asked_is_before_the_proven_block_fail() -> Files:
    """The chain is proven at one block, and the question is about a time before it."""
    scene, subject = _anchored()
    before = time_text(scene.chain.block().time - 1)
    return _proven(scene, subject, asOf=before)


@case(verified())
def a_trusted_header_with_lists_of_forks_to_come() -> Files:
    """What later forks append to a header is hashed, whatever it is; needed members keep place."""
    scene, subject = _anchored()
    later = rlp.encode([*rlp.decode(scene.chain.header(scene.chain.block().number)), [b"", [[]]]])

    def change(file: Payload) -> None:
        file["chain"]["header"] = base64.b64encode(later).decode()

    evidence = edit(scene.evidence(subject, proven=True), change)
    return _proven(scene, subject, evidence, trustedBlocks=[hex_text(keccak(later))])


@case(incomplete(None))
def the_proven_block_is_too_old_fail() -> Files:
    """The proof holds and was made longer ago than the policy allows for status."""
    scene, subject = _anchored()
    return _proven(scene, subject).requiring(oldestStatus=10)


@case(incomplete(None))
def a_trie_node_is_missing_fail() -> Files:
    """A node on the way to a word is not in the pool, so that word is not known."""
    scene, subject = _anchored()
    evidence = edit(scene.evidence(subject, proven=True), _nodes(lambda nodes: nodes.pop()))
    return _proven(scene, subject, evidence)


@case(incomplete(None))
def a_trie_node_was_changed_fail() -> Files:
    """One bit of a node: it has another hash, and the node that is needed is missing."""
    scene, subject = _anchored()

    def change(nodes: list[str]) -> None:
        raw = [bytearray(base64.b64decode(node)) for node in nodes]
        raw[0][-1] ^= 1
        nodes[:] = [base64.b64encode(node).decode() for node in sorted(raw, key=keccak)]

    return _proven(scene, subject, edit(scene.evidence(subject, proven=True), _nodes(change)))


@case(failed(0))
def a_trie_node_that_nothing_needs_fail() -> Files:
    """A node was added: the file proves what it proved, and holds what is not looked at."""
    scene, subject = _anchored()

    def change(nodes: list[str]) -> None:
        raw = [*map(base64.b64decode, nodes), b"\xc2\x20\x80"]
        nodes[:] = [base64.b64encode(node).decode() for node in sorted(raw, key=keccak)]

    return _proven(scene, subject, edit(scene.evidence(subject, proven=True), _nodes(change)))


@case(failed(0))
def trie_nodes_stand_in_another_order_fail() -> Files:
    """The nodes do not rise by their hash, so one content would have many files."""
    scene, subject = _anchored()
    evidence = edit(scene.evidence(subject, proven=True), _nodes(lambda nodes: nodes.reverse()))
    return _proven(scene, subject, evidence)


@case(failed(0))
def a_trie_node_twice_fail() -> Files:
    """The same node stands in the pool twice."""
    scene, subject = _anchored()
    twice = _nodes(lambda nodes: nodes.insert(0, nodes[0]))
    return _proven(scene, subject, edit(scene.evidence(subject, proven=True), twice))


@case(failed(0))
def a_header_that_is_no_block_header_fail() -> Files:
    """The bytes that stand for a header are trusted by their hash and are no header."""
    scene, subject = _anchored()
    bytes_ = b"\xc3\x01\x02\x03"

    def change(file: Payload) -> None:
        file["chain"]["header"] = base64.b64encode(bytes_).decode()

    evidence = edit(scene.evidence(subject, proven=True), change)
    return _proven(scene, subject, evidence, trustedBlocks=[hex_text(keccak(bytes_))])


@case(failed(4))
def a_proven_contract_is_absent_fail() -> Files:
    """The state holds no account at the checkpoint registry's address: no word there counts."""
    scene, subject = _anchored()
    nowhere = scene.trust_json(subject)["contracts"]
    nowhere["checkpointRegistry"]["address"] = "0x" + 20 * "07"
    trust = scene.trust(subject, contracts=nowhere)
    evidence = scene.evidence(subject, proven=True, trust=trust)
    return _proven(scene, subject, evidence, contracts=nowhere)


@case(failed(5))
def a_proven_withdrawal_fail() -> Files:
    """The issuer's row in the status registry stands under the trusted block."""
    scene, subject = _anchored()
    scene.chain.set_status(SUPPLIER, subject.digest, StatusState.WITHDRAWN, sha256(b"why"))
    scene.chain.mine()
    return _proven(scene, subject)


@case(failed(5))
def a_withdrawal_that_the_file_does_not_prove_fail() -> Files:
    """The authority withdrew it, and the file has no statement about it: the row is enough."""
    scene, subject = _anchored()
    scene.chain.set_status(AUTHORITY, subject.digest, StatusState.WITHDRAWN, sha256(b"why"))
    scene.chain.mine()
    return _proven(scene, subject)


@case(incomplete(4))
def a_proven_chain_that_has_not_anchored_it_fail() -> Files:
    """The state proves that no row covers the entry yet: pending, never valid."""
    scene = Scene()
    scene.fuel("earlier")
    scene.anchor()
    _, subject = scene.pair()
    scene.chain.mine()
    return _proven(scene, subject)


@case(verified())
def without_the_row_it_is_searched() -> Files:
    """A file from before rows were named: the first covering row is found by search."""
    scene = Scene()
    for name in ("one", "two", "three"):
        scene.fuel(name)
        scene.anchor()
    _, subject = scene.pair()
    scene.anchor()

    def change(file: Payload) -> None:
        for statement in file["statements"]:
            del statement["row"]

    return scene.files(subject, edit(scene.evidence(subject), change))


@case(failed(4))
def the_row_named_is_not_the_first_fail() -> Files:
    """The second row covers the entry too, and was named in place of the first."""
    scene, subject = _anchored()
    scene.fuel("later")
    scene.anchor()
    return scene.files(subject, edit(scene.evidence(subject), _row(subject, 1)))


@case(incomplete(4))
def the_row_named_is_not_there_yet_fail() -> Files:
    """A row beyond the last one is named: nothing stands there at the block asked."""
    scene, subject = _anchored()
    return scene.files(subject, edit(scene.evidence(subject), _row(subject, 4_294_967_295)))


@case(incomplete(4))
def a_third_row_is_named_where_one_is_anchored_fail() -> Files:
    """The log's own word has room for two rows: a third one stands nowhere yet."""
    scene, subject = _anchored()
    return scene.files(subject, edit(scene.evidence(subject), _row(subject, 2)))


@case(incomplete(4))
def a_third_row_is_named_where_none_is_anchored_fail() -> Files:
    """The file is of later than the block asked, at which the log was open and empty."""
    scene = Scene()
    subject = scene.part()
    return scene.files(subject, edit(scene.evidence(subject), _row(subject, 2)))


@case(failed(0))
def the_row_named_is_no_number_of_a_row_fail() -> Files:
    """A row is named that is beyond every history."""
    scene, subject = _anchored()
    return scene.files(subject, edit(scene.evidence(subject), _row(subject, 4_294_967_296)))


def _row(subject: Statement, number: int) -> Callable[[Payload], None]:
    def change(file: Payload) -> None:
        item(file, subject)["row"] = number

    return change


def _proven(
    scene: Scene, subject: Statement, evidence: bytes | None = None, **changes: object
) -> Files:
    """Return a case without a chain: evidence proven at the newest block, which is trusted."""
    block = hex_text(scene.chain.block().hash)
    return scene.files(
        subject,
        scene.evidence(subject, proven=True) if evidence is None else evidence,
        with_chain=False,
        **{"trustedBlocks": [block], **changes},
    )
