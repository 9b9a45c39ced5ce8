"""State proofs against py-trie's tries: what is there, what is not, and nothing that is neither."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest
import rlp as oracle
from eth_hash.auto import keccak
from hypothesis import given
from hypothesis import strategies as st
from trie import HexaryTrie

from rootprint.ledger.core import stateproof
from rootprint.ledger.core.chain import Block
from rootprint.ledger.core.errors import BadProof, Refused, TooLarge
from rootprint.ledger.core.stateproof import Account, Header
from rootprint.ledger.core.trie import EMPTY_ROOT, MAX_NODE_BYTES, MissingNode, trie_value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

KEYS = st.integers(0, 400).map(lambda number: keccak(number.to_bytes(4)))
# Keys that share all but their last nibbles: deep ways, extensions, nodes inside their parents.
CLOSE = st.integers(0, 0xFFF).map(lambda number: bytes(30) + number.to_bytes(2))
VALUES = st.binary(min_size=1, max_size=40)
WORDS = st.integers(1, 2**256 - 1) | st.integers(1, 300)


def trie_of(content: Mapping[bytes, bytes]) -> tuple[bytes, dict[bytes, bytes]]:
    """Build a trie; return its root and its nodes by their hash."""
    nodes: dict[bytes, bytes] = {}
    trie = HexaryTrie(nodes, prune=True)
    for key, value in content.items():
        trie[key] = value
    return trie.root_hash, nodes


def way(nodes: Mapping[bytes, bytes], read: Callable[[Any], object]) -> dict[bytes, bytes]:
    """Return the nodes that a reading asks for."""
    asked: dict[bytes, bytes] = {}

    def reading(digest: bytes) -> bytes:
        asked[digest] = nodes[digest]
        return nodes[digest]

    read(reading)
    return asked


@given(st.dictionaries(KEYS | CLOSE, VALUES, max_size=40), st.lists(KEYS | CLOSE, max_size=20))
def test_each_key_is_read_as_py_trie_reads_it(
    content: dict[bytes, bytes], others: list[bytes]
) -> None:
    root, nodes = trie_of(content)
    for key in (*content, *others):
        assert trie_value(nodes.get, root, key) == content.get(key)


@given(st.dictionaries(CLOSE, st.binary(min_size=1, max_size=2), min_size=2, max_size=60))
def test_nodes_inside_their_parents_are_read(content: dict[bytes, bytes]) -> None:
    root, nodes = trie_of(content)
    assert len(nodes) < 2 * len(content)
    assert {key: trie_value(nodes.get, root, key) for key in content} == content


@given(st.dictionaries(KEYS | CLOSE, VALUES, min_size=1, max_size=30), KEYS | CLOSE)
def test_a_way_needs_the_nodes_that_py_trie_gives_and_each_of_them(
    content: dict[bytes, bytes], key: bytes
) -> None:
    root, nodes = trie_of(content)
    asked = way(nodes, lambda reading: trie_value(reading, root, key))
    proof = HexaryTrie(dict(nodes), root).get_proof(key)
    hashed = {keccak(node) for node in map(oracle.encode, proof)}
    assert set(asked) == hashed & set(nodes)
    for digest in asked:
        with pytest.raises(MissingNode) as error:
            trie_value({**asked, digest: None}.get, root, key)
        assert error.value.digest == digest


def test_every_changed_byte_of_every_node_is_refused() -> None:
    content = {keccak(bytes([n])): bytes([n]) * 32 for n in range(200)}
    root, nodes = trie_of(content)
    changes = random.Random(20261120)
    for key in (next(iter(content)), keccak(b"absent")):
        asked = way(nodes, lambda reading, key=key: trie_value(reading, root, key))
        for digest, node in asked.items():
            for at in range(len(node)):
                changed = bytearray(node)
                changed[at] ^= changes.randrange(1, 256)
                with pytest.raises(BadProof, match="is another"):
                    trie_value({**asked, digest: bytes(changed)}.get, root, key)


@given(st.data())
def test_a_trie_of_anybodys_making_is_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    """Malformed nodes under a root that names them: no way leads to another exception."""
    short = st.binary(max_size=33)
    item = st.recursive(
        short, lambda inner: st.lists(inner, min_size=2, max_size=2) | branch(inner), max_leaves=6
    )
    nodes: dict[bytes, bytes] = {}
    digest = keccak(b"\x80")
    for _ in range(data.draw(st.integers(1, 4))):
        encoded = oracle.encode(data.draw(item | branch(st.just(digest)) | path_to(digest)))
        digest = keccak(encoded)
        nodes[digest] = encoded
    try:
        value = trie_value(nodes.get, digest, data.draw(CLOSE))
    except (Refused, MissingNode):
        return
    assert value is None or value


def branch(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(inner | st.just(b""), min_size=17, max_size=17)


def path_to(digest: bytes) -> st.SearchStrategy[list[bytes]]:
    return st.sampled_from([b"\x10", b"\x00\x00", b"\x20", b"\x3f", b"\x00"]).map(
        lambda prefix: [prefix, digest]
    )


def read_node(node: object, key: bytes = bytes(32)) -> bytes | None:
    encoded = oracle.encode(node)
    return trie_value({keccak(encoded): encoded}.get, keccak(encoded), key)


LEAF = bytes([0x20]) + bytes(32)


def test_a_leaf_alone_is_a_trie() -> None:
    assert read_node([LEAF, b"value"]) == b"value"
    assert read_node([LEAF, b"value"], bytes(31) + b"\x01") is None
    assert trie_value({}.get, EMPTY_ROOT, bytes(32)) is None


@pytest.mark.parametrize(
    "node",
    [
        b"bytes",
        [],
        [LEAF],
        [LEAF, b"v", b""],
        [LEAF, b""],
        [LEAF, [b"v"]],
        [[], b"v"],
        [b"", b"v"],
        [b"\x40" + bytes(32), b"v"],
        [b"\x80" + bytes(32), b"v"],
        [b"\x21" + bytes(32), b"v"],
        [b"\x01" + bytes(3), b"v" * 32],
        [LEAF[:-1], b"v"],
        [LEAF + b"\x00", b"v"],
        [b"\x30" + bytes(32), b"v"],
        [b"\x00", b"v" * 32],
        [b"\x00" + bytes(32), b"v" * 32],
        [b"\x00\x00", b""],
        [b"\x00\x00", b"v" * 31],
        [b"\x00\x00", b"v" * 33],
        [b"\x00\x00", [LEAF[1:], b"v"]],
        [*[b""] * 16, b"v"],
        [b"v", *[b""] * 16],
        [[b"v"], *[b""] * 16],
        [[b"\x20" + bytes(31), b"v" * 2], *[b""] * 16],
    ],
)
def test_a_malformed_node_is_refused(node: object) -> None:
    with pytest.raises(BadProof):
        read_node(node)


def test_a_branch_or_extension_that_takes_the_last_nibble_is_no_leaf() -> None:
    branch = oracle.encode([[b""] * 17, *[b""] * 16])
    root = oracle.encode([b"\x10" + bytes(31), keccak(branch)])
    with pytest.raises(BadProof, match="where a key ends"):
        trie_value({keccak(each): each for each in (root, branch)}.get, keccak(root), bytes(32))
    with pytest.raises(BadProof, match="ends before or beyond"):
        read_node([b"\x00" + bytes(31), [b"\x00\x00", [b""] * 17]])


def test_a_node_named_by_its_hash_has_32_bytes_at_least_and_one_inside_fewer() -> None:
    short = oracle.encode([b"\x3f", b"v"])
    outer = [keccak(short), *[b""] * 16]
    node = oracle.encode([b"\x00" + bytes(31), keccak(oracle.encode(outer))])
    nodes = {keccak(each): each for each in (short, oracle.encode(outer), node)}
    key = bytes(31) + b"\x0f"
    with pytest.raises(BadProof, match="too short"):
        trie_value(nodes.get, keccak(node), key)
    with pytest.raises(BadProof, match="32 bytes or more stands inside"):
        read_node([b"\x10" + bytes(31), [b"\x20", b"v" * 30]], bytes(32))


def test_a_node_beyond_the_limit_is_refused_before_it_is_read() -> None:
    with pytest.raises(BadProof, match="is another"):
        read_node([LEAF, bytes(MAX_NODE_BYTES)])


@pytest.mark.parametrize(("root", "key"), [(bytes(31), bytes(32)), (bytes(32), bytes(33))])
def test_wrong_lengths_are_refused(root: bytes, key: bytes) -> None:
    with pytest.raises(Refused, match="32 bytes each"):
        trie_value({}.get, root, key)


def state_of(words: Mapping[int, int]) -> tuple[bytes, dict[bytes, bytes]]:
    """Build a state of one contract at address 1 and fifty plain accounts."""
    storage, nodes = trie_of(
        {keccak(slot.to_bytes(32)): oracle.encode(word) for slot, word in words.items()}
    )
    accounts = {n: [n, 10**18 * n, EMPTY_ROOT, keccak(b"")] for n in range(2, 52)}
    accounts[1] = [1, 0, storage, keccak(b"code")]
    root, state = trie_of(
        {keccak(n.to_bytes(20)): oracle.encode(account) for n, account in accounts.items()}
    )
    return root, nodes | state


@given(st.dictionaries(st.integers(0, 99), WORDS, max_size=30))
def test_accounts_and_words_are_what_the_state_holds(words: dict[int, int]) -> None:
    root, nodes = state_of(words)
    found = stateproof.account(nodes.get, root, (1).to_bytes(20))
    assert found is not None
    assert found == Account(1, 0, found.storage_root, keccak(b"code"))
    assert (found.storage_root == EMPTY_ROOT) == (not words)
    for slot in range(100):
        word = stateproof.word(nodes.get, found.storage_root, slot.to_bytes(32))
        assert word == words.get(slot, 0).to_bytes(32)
    plain = stateproof.account(nodes.get, root, (7).to_bytes(20))
    assert plain == Account(7, 7 * 10**18, EMPTY_ROOT, keccak(b""))
    assert stateproof.account(nodes.get, root, bytes(20)) is None


ACCOUNT = [b"\x01", b"", bytes(32), bytes(32)]


@pytest.mark.parametrize(
    "account",
    [
        b"account",
        ACCOUNT[:3],
        [*ACCOUNT, b""],
        [b"\x00\x01", *ACCOUNT[1:]],
        [b"\x00", *ACCOUNT[1:]],
        [b"\x01" * 33, *ACCOUNT[1:]],
        [*ACCOUNT[:3], bytes(31)],
        [*ACCOUNT[:2], bytes(33), bytes(32)],
        [[], *ACCOUNT[1:]],
    ],
)
def test_an_account_of_another_form_is_refused(account: object) -> None:
    root, nodes = trie_of({keccak(bytes(20)): oracle.encode(account)})
    with pytest.raises(Refused):
        stateproof.account(nodes.get, root, bytes(20))


@pytest.mark.parametrize(
    "value", [b"\x80", b"\x00", b"\x82\x00\x01", b"\xc0", b"\x81\x01", b"\xa1"]
)
def test_a_word_of_another_form_is_refused(value: bytes) -> None:
    root, nodes = trie_of({keccak(bytes(32)): value})
    with pytest.raises(Refused):
        stateproof.word(nodes.get, root, bytes(32))
    root, nodes = trie_of({keccak(bytes(32)): oracle.encode(b"\x01" * 33)})
    with pytest.raises(BadProof, match="1 to 32 bytes"):
        stateproof.word(nodes.get, root, bytes(32))


def test_arguments_of_wrong_lengths_are_refused() -> None:
    with pytest.raises(Refused, match="address has 19 bytes"):
        stateproof.account({}.get, EMPTY_ROOT, bytes(19))
    with pytest.raises(Refused, match="slot has 31 bytes"):
        stateproof.word({}.get, EMPTY_ROOT, bytes(31))


HEADER: list[Any] = [
    *(bytes([n]) * 32 for n in range(6)),
    *(bytes(256), b"", 12_345, 30_000_000, 21_000, 1_800_000_000, b"extra", bytes(32), bytes(8)),
]


def header(**changes: object) -> bytes:
    places = {"parent": 0, "root": 3, "number": 8, "time": 11, "extra": 12}
    members = [*HEADER]
    for name, value in changes.items():
        members[places[name]] = value
    return oracle.encode(members)


@pytest.mark.parametrize("later", [0, 6, 17])
def test_a_header_gives_its_block_and_state_root(later: int) -> None:
    encoded = oracle.encode([*HEADER, *[b"later"] * later])
    block = Block(12_345, keccak(encoded), 1_800_000_000)
    assert Header.parse(encoded) == Header(block, bytes([3]) * 32)


def test_the_first_block_has_number_zero() -> None:
    assert Header.parse(header(number=0, time=0)).block.number == 0


@pytest.mark.parametrize(
    "encoded",
    [
        b"",
        b"header",
        header() + b"\x00",
        header()[:-1],
        oracle.encode(HEADER[:14]),
        oracle.encode([*HEADER, *[b""] * 18]),
        oracle.encode([*HEADER[:14], [b""]]),
        header(parent=bytes(31)),
        header(root=b""),
        header(number=b"\x00\x01"),
        header(number=b"\x00"),
        header(number=1 << 53),
        header(time=253_402_300_800),
        header(time=b"\x01" * 33),
    ],
)
def test_a_header_of_another_form_is_refused(encoded: bytes) -> None:
    with pytest.raises(Refused):
        Header.parse(encoded)


@pytest.mark.parametrize("later", [[[b""]], [b"\0" * 40, [[], [b"x"]]], [b"", [], b"\1"]])
def test_what_later_forks_append_is_hashed_and_not_read(later: list[Any]) -> None:
    encoded = oracle.encode([*HEADER, *later])
    found, plain = Header.parse(encoded), Header.parse(oracle.encode(HEADER))
    assert found.block.hash == keccak(encoded)
    assert (found.block.number, found.block.time) == (plain.block.number, plain.block.time)
    assert found.state_root == plain.state_root


def test_a_header_beyond_the_limit_is_refused_before_it_is_read() -> None:
    assert Header.parse(header(extra=bytes(60_000)))
    with pytest.raises(TooLarge, match="more than 65536"):
        Header.parse(header(extra=bytes(1 << 16)))
