"""Places, nodes, checkpoints and signature lines in another form than theirs; false signatures."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from rootprint.ledger.core.checkpoint import LogKey
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
from tests.conformance.catalogue.by_table import enter
from tests.conformance.catalogue.check_3_inclusion import _signed as _signed_by
from tests.conformance.catalogue.check_3_inclusion import _witnesses
from tests.support.world import ORIGIN

if TYPE_CHECKING:
    from collections.abc import Callable

HASH = base64.b64encode(b"\x11" * 32).decode()


def _rewritten(change: Callable[[str], str]) -> Files:
    """Change the checkpoint that the subject is shown under; its entry is the second of two."""
    scene = Scene()
    _, module = scene.pair()
    scene.anchor()

    def rewrite(file: Payload) -> None:
        mine = item(file, module)
        with_notes(file, lambda line, note: change(note) if line is mine else note)

    evidence = scene.evidence(module)
    changed = edit(evidence, rewrite)
    assert changed != evidence
    return scene.files(module, changed)


def _lines(change: Callable[[list[str]], object]) -> Callable[[str], str]:
    """Lines: origin, size, root, empty, signature, end."""

    def rewrite(text: str) -> str:
        lines = text.split("\n")
        change(lines)
        return "\n".join(lines)

    return rewrite


def _at(number: int, line: str) -> Callable[[str], str]:
    return _lines(lambda lines: lines.__setitem__(number, line))


def _signed(change: Callable[[bytes], bytes]) -> Callable[[str], str]:
    """Change key id and signature behind the name of the first signature line."""

    def rewrite(lines: list[str]) -> None:
        dash, name, data = lines[4].split(" ")
        new = base64.b64encode(change(base64.b64decode(data))).decode()
        lines[4] = f"{dash} {name} {new}"

    return _lines(rewrite)


enter(
    failed(3),
    _rewritten,
    {
        "a_false_log_signature_under_the_right_key_id_fail": (
            "The signature line names the log's key, and one bit of the signature is another.",
            _signed(lambda data: data[:-1] + bytes([data[-1] ^ 1])),
        ),
        "a_log_signature_of_zeros_under_the_right_key_id_fail": (
            "The signature line names the log's key, and the signature is 64 zero bytes.",
            _signed(lambda data: data[:4] + bytes(64)),
        ),
        "a_log_signature_of_63_bytes_fail": (
            "The log's signature is a byte short.",
            _signed(lambda data: data[:-1]),
        ),
        "a_checkpoint_signed_twice_by_the_log_fail": (
            "Two lines of the log's key stand under the checkpoint, of which one could be false.",
            _lines(lambda lines: lines.insert(5, lines[4])),
        ),
        "a_signature_that_is_not_base64_fail": (
            "The log's signature ends with a character that base64 has not.",
            _lines(lambda lines: lines.__setitem__(4, lines[4][:-1] + "!")),
        ),
        "a_signature_line_with_a_hyphen_fail": (
            "The signature line begins with a hyphen and not with an em dash.",
            _lines(lambda lines: lines.__setitem__(4, lines[4].replace("\u2014", "-"))),
        ),
        "a_checkpoint_with_an_extension_line_fail": (
            "The checkpoint's text has a fourth line.",
            _lines(lambda lines: lines.insert(3, "extension")),
        ),
        "a_checkpoint_without_its_last_newline_fail": (
            "The last signature line does not end.",
            lambda text: text[:-1],
        ),
        "a_tree_size_with_a_leading_zero_fail": (
            "The checkpoint's size is written 02.",
            _at(1, "02"),
        ),
        "a_tree_size_of_17_digits_fail": (
            "The checkpoint's size has more digits than any log has entries.",
            _at(1, "20000000000000000"),
        ),
        "a_root_of_31_bytes_fail": (
            "The checkpoint's root is a byte short.",
            _at(2, base64.b64encode(bytes(31)).decode()),
        ),
        "a_checkpoint_of_an_origin_with_a_space_fail": (
            "The checkpoint's first line can name no log.",
            _at(0, "log rootprint example"),
        ),
    },
)


def _placed(change: Callable[[Payload, Payload], object]) -> Files:
    """Change the subject's line, the second entry of two, or the head beside it."""
    scene = Scene()
    _, module = scene.pair()
    scene.anchor()
    evidence = scene.evidence(module)
    return scene.files(module, edit(evidence, lambda file: change(item(file, module), file)))


def _nodes(change: Callable[[list[Any]], object]) -> Callable[[Payload, Payload], object]:
    """Change the nodes of the log's tree: the two leaves, each other's proof."""
    return lambda _mine, file: change(file["proofs"]["nodes"])


def _spare_bits(nodes: list[Any]) -> None:
    """A hash's last character has two bits that mean nothing; set one."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    hash_ = nodes[0][2]
    nodes[0][2] = hash_[:-2] + alphabet[alphabet.index(hash_[-2]) + 1] + "="


enter(
    failed(3),
    _placed,
    {
        "an_index_beyond_the_tree_fail": (
            "The index is as large as the tree, whose last entry is one below.",
            lambda mine, _file: mine.update(index=2),
        ),
        "a_node_of_the_tree_was_changed_fail": (
            "One hash that proves the product's entry is another.",
            _nodes(lambda nodes: nodes[0].__setitem__(2, HASH)),
        ),
    },
)
enter(
    incomplete(3),
    _placed,
    {
        "a_node_of_the_tree_is_missing_fail": (
            "The one hash that proves the product's entry is missing: nothing is wrong.",
            _nodes(lambda nodes: nodes.pop(0)),
        ),
    },
)
enter(
    failed(0),
    _placed,
    {
        "an_index_without_a_checkpoint_fail": (
            "An entry's index is named, and no checkpoint that it would stand under.",
            lambda mine, _file: (mine.pop("checkpoint"), mine.pop("row")),
        ),
        "a_checkpoint_without_an_index_fail": (
            "A checkpoint is named, and not which entry under it is the statement's.",
            lambda mine, _file: (mine.pop("index"), mine.pop("row")),
        ),
        "an_index_below_zero_fail": (
            "The index is -1, and entries count from 0.",
            lambda mine, _file: mine.update(index=-1),
        ),
        "a_checkpoint_that_is_not_there_fail": (
            "The product is said to stand under the second of one checkpoint.",
            lambda mine, _file: mine.update(checkpoint=1),
        ),
        "a_checkpoint_that_no_statement_names_fail": (
            "The file holds a checkpoint that it shows nothing under.",
            lambda _mine, file: file["proofs"]["checkpoints"].append("spare"),
        ),
        "a_checkpoint_twice_fail": (
            "One checkpoint is written twice, once for each statement.",
            lambda _mine, file: (
                file["proofs"]["checkpoints"].append(file["proofs"]["checkpoints"][0]),
                file["statements"][1].update(checkpoint=1),
            ),
        ),
        "checkpoints_in_another_order_fail": (
            "Checkpoints do not stand in the order in which statements name them.",
            lambda _mine, file: (
                file["proofs"]["checkpoints"].append("another"),
                file["statements"][0].update(checkpoint=1),
            ),
        ),
        "a_node_of_the_tree_that_nothing_needs_fail": (
            "A hash further on in the tree is in the file, and proves nothing.",
            _nodes(lambda nodes: nodes.append([2, 7, HASH])),
        ),
        "a_node_of_the_tree_that_follows_from_others_fail": (
            "The root is written beside the two leaves that it is made of.",
            _nodes(lambda nodes: nodes.append([1, 0, HASH])),
        ),
        "a_node_of_the_tree_twice_fail": (
            "One hash of the tree is written twice.",
            _nodes(lambda nodes: nodes.insert(0, nodes[0])),
        ),
        "nodes_of_the_tree_in_another_order_fail": (
            "The tree's hashes do not rise by level and index.",
            _nodes(lambda nodes: nodes.reverse()),
        ),
        "a_node_of_level_64_fail": (
            "A hash stands for more entries than any tree has.",
            _nodes(lambda nodes: nodes.append([64, 0, HASH])),
        ),
        "a_node_of_an_index_that_is_none_fail": (
            "A hash's index is a text.",
            _nodes(lambda nodes: nodes.append([2, "7", HASH])),
        ),
        "a_node_of_two_members_fail": (
            "A hash of the tree is written without its index.",
            _nodes(lambda nodes: nodes.append([2, HASH])),
        ),
        "a_node_of_31_bytes_fail": (
            "A hash of the tree is a byte short.",
            _nodes(lambda nodes: nodes[0].__setitem__(2, base64.b64encode(bytes(31)).decode())),
        ),
        "a_proof_hash_that_is_not_base64_fail": (
            "A hash of the tree has a character that base64 has not.",
            _nodes(lambda nodes: nodes[0].__setitem__(2, "!" + HASH[1:])),
        ),
        "a_proof_hash_with_spare_bits_fail": (
            "A hash of the tree is right, and its last character has bits that mean nothing.",
            _nodes(_spare_bits),
        ),
    },
)


@case(failed(3))
def the_checkpoint_is_of_another_origin_fail() -> Files:
    """Another log's key signed the same tree under that log's own name."""
    scene = Scene()
    _, module = scene.pair()
    scene.anchor()
    trusted = scene.log_key
    scene.log_key = LogKey(f"{ORIGIN}/other", Ed25519PrivateKey.generate())
    evidence = scene.whole(module)
    scene.log_key = trusted
    return scene.files(module, evidence)


def _false_cosignature(old: str, new: str) -> Files:
    """Two of two witnesses are asked for; what the second signed is changed afterwards."""
    scene = Scene()
    _, module = scene.pair()
    scene.anchor()
    (first, one), (second, two) = _witnesses(2)

    def change(file: Payload) -> None:
        with_notes(
            file,
            lambda _line, note: (
                note
                + _signed_by(first, one, note)
                + _signed_by(second, two, note.replace(old, new))
            ),
        )

    policy = {"threshold": 2, "witnesses": [first.vkey, second.vkey]}
    return scene.files(module, edit(scene.evidence(module), change), witnessPolicy=policy)


@case(failed(3))
def a_false_cosignature_under_the_right_key_id_fail() -> Files:
    """Both witnesses have a line, and one of them signed the tree at another size."""
    return _false_cosignature("\n2\n", "\n3\n")


@case(failed(3))
def a_witness_that_signs_without_a_time_fail() -> Files:
    """A witness's line lacks the eight bytes of its time, so it is no cosignature."""
    scene = Scene()
    subject = scene.part()
    scene.anchor()
    [(key, native)] = _witnesses(1)

    def change(file: Payload) -> None:
        with_notes(file, lambda _line, note: note + timeless(note))

    def timeless(note: str) -> str:
        body = note.split("\n\n", maxsplit=1)[0] + "\n"
        data = base64.b64encode(key.key_id + native.sign(body.encode())).decode()
        return f"\u2014 {key.name} {data}\n"

    policy = {"threshold": 1, "witnesses": [key.vkey]}
    return scene.files(subject, edit(scene.evidence(subject), change), witnessPolicy=policy)


def _consistent(change: Callable[[list[Any]], object]) -> Files:
    """Show the first entry under size 3, where size 5 was anchored, with changed nodes between."""
    scene = Scene()
    subject = scene.part()
    for number in range(4):
        scene.fuel(f"fuel-{number}")
    scene.anchor()
    scene.sizes[subject.digest] = 3
    evidence = edit(scene.evidence(subject), lambda file: change(file["proofs"]["nodes"]))
    return scene.files(subject, evidence)


def _last(nodes: list[Any]) -> None:
    """Change the last of 0, 1 | 2 | 3 | 4 that only the consistency proof needs."""
    assert [node[:2] for node in nodes] == [[0, 1], [0, 2], [0, 3], [0, 4], [1, 0]]
    nodes[3][2] = HASH


enter(
    failed(4),
    _consistent,
    {
        "a_node_between_two_checkpoints_was_changed_fail": (
            "Size 3 was shown and size 5 anchored, and one hash between them is another.",
            _last,
        ),
    },
)
enter(
    incomplete(4),
    _consistent,
    {
        "a_node_between_two_checkpoints_is_missing_fail": (
            "Size 3 was shown and size 5 anchored, and one hash between them is missing.",
            lambda nodes: nodes.pop(3),
        ),
    },
)
enter(
    verified(),
    _consistent,
    {
        "a_consistency_proof_of_two_odd_sizes": (
            "Size 3 was shown and size 5 anchored, and the one is proven to begin the other.",
            lambda nodes: nodes,
        ),
    },
)
