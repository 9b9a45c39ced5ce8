"""A proven state in another form than a chain's, under a block that is trusted."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import rlp
from eth_hash.auto import keccak

from rootprint.ledger.core.encoding import hex_text
from tests.conformance.casebook import Files, Payload, Scene, case, edit, failed
from tests.conformance.catalogue.by_table import enter
from tests.support.rewritten_state import nodes_of, rewrite

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.core.statement import Statement

Members = list[Any]


def _anchored() -> tuple[Scene, Statement]:
    scene = Scene()
    subject = scene.part()
    scene.anchor()
    return scene, subject


def _proven(change: Callable[[Payload], str]) -> Files:
    """Change the file's ``chain``, and trust the block whose hash ``change`` returns."""
    scene, subject = _anchored()
    trusted = [""]

    def rewritten(file: Payload) -> None:
        trusted[0] = change(file["chain"])

    evidence = edit(scene.evidence(subject, proven=True), rewritten)
    return scene.files(subject, evidence, with_chain=False, trustedBlocks=trusted)


def _header(change: Callable[[bytes], bytes]) -> Files:
    def put(chain: Payload) -> str:
        new = change(base64.b64decode(chain["header"]))
        chain["header"] = base64.b64encode(new).decode()
        return hex_text(keccak(new))

    return _proven(put)


def _member(place: int, value: object) -> Callable[[bytes], bytes]:
    def put(header: bytes) -> bytes:
        members = [*rlp.decode(header)]
        members[place] = value
        return bytes(rlp.encode(members))

    return put


def _nested(levels: int) -> bytes:
    item: Members = []
    for _ in range(levels - 1):
        item = [item]
    return bytes(rlp.encode(item))


enter(
    failed(0),
    _header,
    {
        "bytes_behind_a_trusted_header_fail": (
            "A byte follows the header's one item.",
            lambda header: header + b"\0",
        ),
        "a_trusted_header_that_is_cut_fail": (
            "The header's last byte is missing.",
            lambda header: header[:-1],
        ),
        "a_trusted_header_in_a_longer_spelling_fail": (
            "A single byte is written as a string of one byte.",
            lambda _: b"\xc2\x81\x05",
        ),
        "a_trusted_header_with_a_spelled_out_length_fail": (
            "A length below 56 is written in a byte of its own.",
            lambda _: b"\xf8\x01\x05",
        ),
        "a_trusted_header_with_a_length_of_five_bytes_fail": (
            "A length is written in five bytes.",
            lambda _: b"\xfc\0\0\0\0\x38" + bytes(56),
        ),
        "a_trusted_header_whose_length_is_cut_fail": (
            "A length of two bytes is announced, and one byte follows.",
            lambda _: b"\xf9\x01",
        ),
        "a_trusted_header_of_nine_lists_in_lists_fail": (
            "Lists stand in lists, deeper than any header or node has them.",
            lambda _: _nested(9),
        ),
        "a_trusted_header_that_is_text_fail": (
            "A string stands where a header's list should.",
            lambda _: b"\x83abc",
        ),
        "a_trusted_header_with_a_list_inside_fail": (
            "The header's fifteenth member, the last that every fork has, is a list.",
            _member(14, []),
        ),
        "a_trusted_header_with_a_short_state_root_fail": (
            "The state root has 31 bytes.",
            _member(3, b"\x11" * 31),
        ),
        "a_trusted_header_with_a_short_parent_fail": (
            "The parent's hash has 31 bytes.",
            _member(0, b"\x11" * 31),
        ),
        "a_trusted_header_with_a_zero_before_its_number_fail": (
            "The block's number begins with a zero byte.",
            _member(8, b"\0\x07"),
        ),
        "a_trusted_header_with_a_number_beyond_every_block_fail": (
            "The block's number is 2^53.",
            _member(8, (2**53).to_bytes(7)),
        ),
        "a_trusted_header_after_the_year_9999_fail": (
            "The block's time is the first second of the year 10000.",
            _member(11, (253_402_300_800).to_bytes(5)),
        ),
        "a_trusted_header_with_a_number_of_33_bytes_fail": (
            "The block's number is longer than any word.",
            _member(8, b"\1" * 33),
        ),
    },
)


def _node(change: tuple[Callable[[Payload, Members], bool], Callable[[Members], Members]]) -> Files:
    """Rewrite every node that the first function picks, one after the other."""
    picked, changed = change

    def put(chain: Payload) -> str:
        trusted, done = "", set()
        while True:
            nodes = nodes_of(chain)
            places = [
                place
                for place, node in enumerate(nodes)
                if node not in done and picked(chain, rlp.decode(node))
            ]
            if not places:
                assert trusted
                return trusted
            new = bytes(rlp.encode(changed([*rlp.decode(nodes[places[0]])])))
            done.add(new)
            trusted = rewrite(chain, places[0], new)

    return _proven(put)


def _is_root(chain: Payload, node: Members) -> bool:
    return bool(keccak(rlp.encode(node)) == rlp.decode(base64.b64decode(chain["header"]))[3])


def _is_account(_: Payload, node: Members) -> bool:
    return len(node) == 2 and isinstance(_inside(node), list)


def _is_word(_: Payload, node: Members) -> bool:
    return len(node) == 2 and node[0][0] >> 4 in {2, 3} and isinstance(_inside(node), bytes)


def _inside(node: Members) -> Any:
    try:
        return rlp.decode(node[1])
    except rlp.exceptions.DecodingError:
        return None


def _children(child: Any) -> Callable[[Members], Members]:
    return lambda node: [child if member else member for member in node]


def _account(change: Callable[[Members], Members]) -> Callable[[Members], Members]:
    return lambda node: [node[0], bytes(rlp.encode(change(rlp.decode(node[1]))))]


def _leaf(value: Any) -> Callable[[Members], Members]:
    return lambda node: [node[0], value]


enter(
    failed(0),
    _node,
    {
        "a_trie_node_of_three_members_fail": (
            "The state's root node is neither a branch nor a path.",
            (_is_root, lambda _: [b"", b"", b""]),
        ),
        "a_large_node_inside_another_fail": (
            "A child of 32 bytes and more stands in its parent and not behind its hash.",
            (_is_root, _children([b"\x20", bytes(40)])),
        ),
        "a_child_named_by_31_bytes_fail": (
            "What stands for a child's hash is a byte short.",
            (_is_root, _children(bytes(31))),
        ),
        "a_branch_with_a_value_fail": (
            "A branch has a value of its own, and no key ends there.",
            (_is_root, lambda node: [*node[:-1], b"\x07"]),
        ),
        "a_path_without_its_prefix_fail": (
            "A leaf's path has unknown flags.",
            (_is_account, lambda node: [bytes([node[0][0] | 0x40]) + node[0][1:], node[1]]),
        ),
        "a_path_that_is_too_short_fail": (
            "A leaf's path ends a byte before its key.",
            (_is_account, lambda node: [node[0][:-1], node[1]]),
        ),
        "a_leaf_that_holds_a_list_fail": (
            "A leaf's value is a list.",
            (_is_account, _leaf([b"\x07"])),
        ),
        "an_account_of_five_members_fail": (
            "The accounts have a member too many.",
            (_is_account, _account(lambda members: [*members, b"\x07"])),
        ),
        "an_account_with_a_short_code_hash_fail": (
            "The accounts' code hashes have 31 bytes.",
            (_is_account, _account(lambda members: [*members[:3], members[3][:-1]])),
        ),
        "an_account_with_a_zero_before_its_nonce_fail": (
            "The accounts' nonces begin with a zero byte.",
            (_is_account, _account(lambda members: [b"\0\1", *members[1:]])),
        ),
        "a_word_with_a_zero_before_it_fail": (
            "The words of the contracts begin with a zero byte.",
            (_is_word, _leaf(b"\x82\0\1")),
        ),
        "a_word_of_33_bytes_fail": (
            "The words of the contracts are longer than a word.",
            (_is_word, _leaf(bytes(rlp.encode(b"\1" * 33)))),
        ),
    },
)


@case(failed(0))
def a_trie_node_of_1025_bytes_fail() -> Files:
    """The pool holds a node that is longer than any in a trie with hashed keys."""
    scene, subject = _anchored()

    def change(file: Payload) -> None:
        nodes = sorted([*nodes_of(file["chain"]), bytes(1025)], key=keccak)
        file["chain"]["nodes"] = [base64.b64encode(node).decode() for node in nodes]

    return scene.files(subject, edit(scene.evidence(subject, proven=True), change))


@case(failed(0))
def a_trie_node_that_is_not_base64_fail() -> Files:
    """The pool holds a text that stands for no bytes."""
    scene, subject = _anchored()

    def change(file: Payload) -> None:
        file["chain"]["nodes"][0] = "!"

    return scene.files(subject, edit(scene.evidence(subject, proven=True), change))
