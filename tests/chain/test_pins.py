"""A reading stays at one block: by its hash, or compared where a node takes no hash."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from rootprint.ledger.chain import Reverted, RpcChain
from rootprint.ledger.chain.pins import MAX_PINS, Pins
from rootprint.ledger.core.chain import Block
from rootprint.ledger.core.errors import Unavailable
from tests.chain.endpoint import endpoint

ACCOUNT = bytes([9]) * 20
NO_HASHES = {"error": {"code": -32602, "message": "invalid argument 2: cannot unmarshal object"}}
NOT_THERE = {"error": {"code": -32000, "message": "hash is not currently canonical"}}


@dataclass
class Reorganising:
    """A node whose block 5 is replaced once ``reorganised``; each fork has words of its own."""

    takes_hashes: bool = True
    reorganised: bool = False
    reverts: bool = False
    during: bool = False  # it is reorganised as soon as something is read by number
    places: list[Any] = field(default_factory=list)

    def answer(self, method: str, params: list[Any]) -> Any:
        """Answer as such a node does."""
        fork = "cd" if self.reorganised else "ab"
        if method == "eth_getBlockByNumber":
            return {"number": "0x5", "hash": f"0x{fork * 32}", "timestamp": "0x64"}
        place = params[-1]
        self.places.append(place)
        if isinstance(place, dict):
            assert place["requireCanonical"] is True
            if not self.takes_hashes:
                return NO_HASHES
            if place["blockHash"] != f"0x{fork * 32}":
                return NOT_THERE
        self.reorganised |= self.during
        if self.reverts:
            return {"error": {"code": 3, "message": "execution reverted", "data": "0xdeadbeef"}}
        return "0x" + fork * 32


@pytest.mark.parametrize("takes_hashes", [True, False])
def test_what_is_read_is_of_the_block_that_was_given(*, takes_hashes: bool) -> None:
    node = Reorganising(takes_hashes=takes_hashes)
    with endpoint(node.answer) as (url, _):
        chain = RpcChain(url)
        block = chain.block()
        assert chain.slot(ACCOUNT, bytes(32), block.number).hex() == "ab" * 32
        assert chain.call(ACCOUNT, b"", block.number).hex() == "ab" * 32
        node.reorganised = True
        for read in (
            lambda: chain.slot(ACCOUNT, bytes(32), 5),
            lambda: chain.code_hash(ACCOUNT, 5),
            lambda: chain.nonce(ACCOUNT, 5),
            lambda: chain.call(ACCOUNT, b"", 5),
            lambda: chain.proof(ACCOUNT, [], 5),
        ):
            with pytest.raises(Unavailable):
                read()
        assert chain.block().hash.hex() == "cd" * 32
        assert chain.slot(ACCOUNT, bytes(32), 5).hex() == "cd" * 32


def test_a_reorganisation_while_it_is_read_by_number_is_seen() -> None:
    node = Reorganising(takes_hashes=False, during=True)
    with endpoint(node.answer) as (url, _):
        chain = RpcChain(url)
        chain.block()
        with pytest.raises(Unavailable, match="another block 5 than it gave before"):
            chain.slot(ACCOUNT, bytes(32), 5)


def test_a_node_that_takes_no_hash_is_asked_for_one_once() -> None:
    node = Reorganising(takes_hashes=False)
    with endpoint(node.answer) as (url, _):
        chain = RpcChain(url)
        for _ in range(2):
            chain.slot(ACCOUNT, bytes(32), 5)
    assert [isinstance(place, dict) for place in node.places] == [True, False, False]


def test_a_contracts_refusal_is_its_answer_at_the_hash() -> None:
    node = Reorganising(reverts=True)
    with endpoint(node.answer) as (url, _), pytest.raises(Reverted):
        RpcChain(url).call(ACCOUNT, b"", 5)
    assert len(node.places) == 1


def test_the_oldest_pins_go() -> None:
    pins = Pins()
    for number in range(MAX_PINS + 1):
        pins.put(Block(number, bytes(32), 0))
        pins.put(Block(1, bytes([1]) * 32, 0))
    assert pins.get(0) is None
    assert pins.get(1) == bytes([1]) * 32
    assert pins.get(MAX_PINS) == bytes(32)
