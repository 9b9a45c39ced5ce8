"""Proofs of the embedded chain's state, from its file and through an endpoint that serves it."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
import rlp
from eth_hash.auto import keccak

from rootprint.ledger.chain import RpcChain, deploy_contracts, encode_call, rpc
from rootprint.ledger.core.errors import NotFound, Refused, Unavailable
from rootprint.ledger.core.stateproof import Header
from rootprint.ledger.core.trie import MissingNode
from tests.chain.endpoint import endpoint
from tests.chain.proven import agree, operator_slot, prove

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.chain.bench import Bench

pytestmark = pytest.mark.chain
NOBODY = bytes([9]) * 20
SLOTS = [number.to_bytes(32) for number in range(5)]
# The members of a Prague header in their order, "q" for QUANTITY: go-ethereum's core/types.
MEMBERS = (
    *("parentHash", "sha3Uncles", "miner", "stateRoot", "transactionsRoot", "receiptsRoot"),
    *("logsBloom", "difficulty:q", "number:q", "gasLimit:q", "gasUsed:q", "timestamp:q"),
    *("extraData", "mixHash", "nonce", "baseFeePerGas:q", "withdrawalsRoot", "blobGasUsed:q"),
    *("excessBlobGas:q", "parentBeaconBlockRoot", "requestsHash"),
)


def logs(bench: Bench, count: int) -> tuple[bytes, list[bytes]]:
    """Open many logs; return the registry's address and the slots that hold them."""
    found = deploy_contracts(bench.chain, bench.key, bench.account)
    address = found.checkpoint_registry.address
    calls = [encode_call("CheckpointRegistry", "openLog", keccak(bytes([n]))) for n in range(count)]
    bench.chain.broadcast([bench.sign(address, call, ahead=n) for n, call in enumerate(calls)])
    ids = [keccak(bench.account.rjust(32, b"\0") + keccak(bytes([n]))) for n in range(count)]
    return address, [operator_slot(each) for each in ids]


def as_json(header: bytes) -> dict[str, str]:
    """Write a header as eth_getBlockByNumber answers it."""
    answer = {"hash": f"0x{keccak(header).hex()}"}
    for member, value in zip(MEMBERS, rlp.decode(header), strict=True):
        name, _, quantity = member.partition(":")
        answer[name] = hex(int.from_bytes(value)) if quantity else f"0x{value.hex()}"
    return answer


@contextmanager
def served(
    bench: Bench, change: Callable[[str, Any], Any] = lambda _, answer: answer
) -> Iterator[tuple[RpcChain, list[str]]]:
    """Serve the embedded chain as an endpoint does; ``change`` is what it makes of an answer."""
    given: dict[str, int] = {}

    def at(place: Any) -> int:
        return given[place["blockHash"]] if isinstance(place, dict) else int(place, 16)

    def answer(method: str, parameters: list[Any]) -> Any:
        chain = bench.chain
        if method in {"eth_getBlockByNumber", "eth_getBlockByHash"}:
            by_hash = method == "eth_getBlockByHash"
            number = given[parameters[0]] if by_hash else at(parameters[0])
            block = change(method, as_json(chain.header(number)))
            given[block["hash"]] = number
            return block
        contract = bytes.fromhex(parameters[0][2:])
        if method == "eth_getProof":
            nodes = chain.proof(contract, [], at(parameters[2]))
            ways = {
                key: chain.proof(contract, [bytes.fromhex(key[2:])], at(parameters[2]))
                for key in parameters[1]
            }
            storage = [{"key": key, "proof": hexed(way)} for key, way in ways.items()]
            return change(method, {"accountProof": hexed(nodes), "storageProof": storage})
        if method == "eth_getStorageAt":
            key = bytes.fromhex(parameters[1][2:])
            return f"0x{chain.slot(contract, key, at(parameters[2])).hex()}"
        assert method == "eth_getCode"
        code = chain._file.node(chain.code_hash(contract, at(parameters[1])))
        return f"0x{(code or b'').hex()}"

    with endpoint(answer) as (url, asked):
        yield RpcChain(url), asked


def hexed(nodes: list[bytes]) -> list[str]:
    return [f"0x{node.hex()}" for node in nodes]


def test_a_proof_gives_the_words_and_code_that_the_chain_gives(bench: Bench) -> None:
    contract = bench.probe()
    for number in (5, 0, 2**256 - 1):
        bench.store(contract, number)
    for block in range(5):
        agree(bench.chain, contract, SLOTS, block)
    assert prove(bench.chain, contract, SLOTS, 2).slot(SLOTS[0]) == (5).to_bytes(32)


def test_a_proof_out_of_a_large_storage_holds_for_written_and_other_slots(bench: Bench) -> None:
    address, slots = logs(bench, 60)
    head = bench.chain.block().number
    proven = agree(bench.chain, address, [*slots, *SLOTS], head)
    assert sum(map(any, map(proven.slot, slots))) == 60
    assert not any(map(any, map(proven.slot, SLOTS[2:])))


def test_an_account_that_is_not_there_is_proven_not_to_be(bench: Bench) -> None:
    bench.probe()
    proven = agree(bench.chain, NOBODY, SLOTS, 1)
    assert proven.account() is None
    assert proven.nodes
    assert bench.chain.proof(NOBODY, [], 1) == bench.chain.proof(NOBODY, SLOTS, 1)
    empty = prove(bench.chain, NOBODY, SLOTS, 0)
    assert (empty.account(), empty.nodes) == (None, {})


def test_each_node_of_a_proof_is_needed(bench: Bench) -> None:
    address, slots = logs(bench, 20)
    head = bench.chain.block().number
    proven = prove(bench.chain, address, slots, head)
    assert len(proven.nodes) > 20
    for digest in list(proven.nodes):
        node = proven.nodes.pop(digest)
        with pytest.raises(MissingNode):
            [proven.slot(slot) for slot in slots]
        proven.nodes[digest] = node


def test_a_proof_says_nothing_of_a_slot_that_was_not_asked_for(bench: Bench) -> None:
    address, slots = logs(bench, 60)
    head = bench.chain.block().number
    proven = prove(bench.chain, address, slots[:1], head)
    with pytest.raises(MissingNode):
        [proven.slot(slot) for slot in slots]


def test_wrong_lengths_and_blocks_are_refused(bench: Bench) -> None:
    contract = bench.probe()
    with pytest.raises(Refused, match="address has 19 bytes"):
        bench.chain.proof(bytes(19), [], 1)
    with pytest.raises(Refused, match="storage key has 31 bytes"):
        bench.chain.proof(contract, [bytes(31)], 1)
    with pytest.raises(NotFound, match="no block 2"):
        bench.chain.proof(contract, [], 2)
    with pytest.raises(NotFound, match="no block 2"):
        bench.chain.header(2)


def test_a_damaged_file_proves_nothing(bench: Bench) -> None:
    """Each node of a proof is altered, then deleted: the file is said to be damaged."""
    contract = bench.probe()
    bench.store(contract, 5)
    proof = bench.chain.proof(contract, SLOTS, 2)
    file = sqlite3.connect(bench.path, isolation_level=None)
    for node in proof:
        key = keccak(node)
        file.execute("UPDATE node SET value = ? WHERE key = ?", (node + b"\0", key))
        with pytest.raises(Unavailable, match=r"damaged at the account 0x.* or its storage"):
            bench.chain.proof(contract, SLOTS, 2)
        file.execute("DELETE FROM node WHERE key = ?", (key,))
        with pytest.raises(Unavailable, match=r"damaged at the account 0x.* or its storage"):
            bench.chain.proof(contract, SLOTS, 2)
        file.execute("INSERT INTO node VALUES (?, ?)", (key, node))
    file.close()
    assert bench.chain.proof(contract, SLOTS, 2) == proof


def test_an_endpoint_proves_what_the_file_proves(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rpc, "SLOTS_A_REQUEST", 16)
    address, slots = logs(bench, 40)
    head = bench.chain.block().number
    with served(bench) as (chain, asked):
        assert chain.header(head) == bench.chain.header(head)
        proof = chain.proof(address, slots, head)
        assert sorted(proof) == sorted(bench.chain.proof(address, slots, head))
        assert asked.count("eth_getProof") == 3
        agree(chain, address, [*slots[:3], *SLOTS], head)
        assert sorted(chain.proof(NOBODY, SLOTS, head)) == sorted(
            bench.chain.proof(NOBODY, [], head)
        )


@pytest.mark.parametrize("order", [0, 1])
def test_members_of_later_forks_are_found_by_the_hash_whatever_their_names(
    bench: Bench, order: int
) -> None:
    """As under Amsterdam: a hash and a slot's number, among what is no header's."""
    later = {"aListsHash": "0x" + "5a" * 32, "slotNumber": "0x2b"}
    values = [bytes.fromhex("5a" * 32), b"\x2b"]
    given: list[bytes] = []

    def answer(_method: str, known: dict[str, str]) -> dict[str, Any]:
        members = [*rlp.decode(bench.chain.header(0)), *values[:: -1 if order else 1]]
        given[:] = [rlp.encode(members)]
        beside = {"size": "0x3e8", "extraOne": "0x1", "nodeName": "some node", "withdrawals": []}
        return known | later | beside | {"hash": f"0x{keccak(given[0]).hex()}"}

    with served(bench, answer) as (chain, _):
        header = chain.header(0)
    assert [header] == given
    assert Header.parse(header).state_root == Header.parse(bench.chain.header(0)).state_root


def test_a_header_of_megabytes_is_no_answer_and_not_hashed_in_every_order(bench: Bench) -> None:
    change = {"extraData": "0x" + "11" * 100_000, "hash": "0x" + "ab" * 32}
    with (
        served(bench, lambda _, answer: answer | change) as (chain, _),
        pytest.raises(Unavailable, match="a header of at most 65536 bytes"),
    ):
        chain.header(0)


@pytest.mark.parametrize(
    "change",
    [
        {"stateRoot": "0x" + "00" * 32},
        {"gasUsed": "0x1"},
        {"requestsHash": None},
        {"baseFeePerGas": None},
        {"hash": "0x" + "ab" * 32},
        {"extraData": "0x00"},
    ],
)
def test_a_header_that_does_not_give_its_hash_is_refused(
    bench: Bench, change: dict[str, str | None]
) -> None:
    with served(bench, lambda _, answer: answer | change) as (chain, _):
        for question in (lambda: chain.header(0), lambda: chain.proof(NOBODY, [], 0)):
            with pytest.raises(Refused, match=r"headers of the chain at .* can't be proven"):
                question()


@pytest.mark.parametrize(
    "change", [{"stateRoot": "0x0"}, {"gasUsed": "0x"}, {"timestamp": 5}, {"nonce": "00"}]
)
def test_a_header_that_cannot_be_read_is_no_answer(bench: Bench, change: dict[str, Any]) -> None:
    with (
        served(bench, lambda _, answer: answer | change) as (chain, _),
        pytest.raises(Unavailable, match="can't be read"),
    ):
        chain.header(0)


def drop_node(answer: dict[str, Any]) -> None:
    answer["accountProof"].pop()
    for way in answer["storageProof"]:
        way["proof"] = []


def drop_storage(answer: dict[str, Any]) -> None:
    for way in answer["storageProof"]:
        way["proof"].pop()


def change_node(answer: dict[str, Any]) -> None:
    for way in (answer["accountProof"], *(each["proof"] for each in answer["storageProof"])):
        way[0] = way[0][:-2] + ("00" if way[0][-2:] != "00" else "01")


@pytest.mark.parametrize("damage", [drop_node, drop_storage, change_node])
def test_an_endpoints_proof_that_does_not_hold_is_no_answer(
    bench: Bench, damage: Callable[[dict[str, Any]], None]
) -> None:
    address, slots = logs(bench, 20)
    head = bench.chain.block().number

    def change(method: str, answer: dict[str, Any]) -> dict[str, Any]:
        if method == "eth_getProof":
            damage(answer)
        return answer

    with (
        served(bench, change) as (chain, _),
        pytest.raises(Unavailable, match="gave a proof that does not hold: the node 0x"),
    ):
        chain.proof(address, slots, head)


@pytest.mark.parametrize(
    "answer",
    [
        None,
        [],
        {},
        {"accountProof": []},
        {"accountProof": {}, "storageProof": []},
        {"accountProof": ["0x0"], "storageProof": []},
        {"accountProof": [1], "storageProof": []},
        {"accountProof": ["0x80"] * 66, "storageProof": []},
        {"accountProof": [], "storageProof": [None]},
        {"accountProof": [], "storageProof": [{"proof": "0x80"}]},
    ],
)
def test_a_proof_that_cannot_be_read_is_no_answer(bench: Bench, answer: object) -> None:
    def change(method: str, honest: object) -> object:
        return answer if method == "eth_getProof" else honest

    with (
        served(bench, change) as (chain, _),
        pytest.raises(Unavailable, match="can't be read"),
    ):
        chain.proof(NOBODY, [], 0)


def test_an_endpoint_is_asked_for_slots_of_32_bytes_only(bench: Bench) -> None:
    with served(bench) as (chain, _), pytest.raises(Refused, match="32 bytes, not 31"):
        chain.proof(NOBODY, [bytes(31)], 0)
