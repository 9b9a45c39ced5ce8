"""Several endpoints of one chain: which is used, which is passed over and with what words."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from eth_hash.auto import keccak

from rootprint.ledger.chain import RpcChain, RpcEndpoints, sign_transaction
from rootprint.ledger.chain.endpoints import CHECK_SECONDS, MAX_ENDPOINTS
from rootprint.ledger.chain.lateness import LAG_BLOCKS
from rootprint.ledger.core.errors import NotFound, Refused, Unavailable
from tests.chain.bench import Clock
from tests.chain.endpoint import endpoint

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTRACT, CODE = bytes([9]) * 20, b"\x60\x00"
RAW = sign_transaction(
    b"\x01" * 32, chain_id=5, nonce=0, to=CONTRACT, data=b"", gas=21_000, max_fee=1, priority=1
)
DOWN = {"error": {"code": -32000, "message": "down for maintenance"}}


@dataclass
class Endpoint:
    """What one endpoint says now; ``asked`` is what it was asked."""

    chain_id: int = 5
    head: int = 100
    syncing: object = False
    code: bytes = CODE
    fork: int = 0
    down: bool = False
    word: int = 7
    refuses: bool = False
    nonce: int = 3
    mined: str | None = None
    taken: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    url: str = ""

    def answer(self, method: str, params: list[Any]) -> Any:
        """Answer as a node does."""
        if self.down:
            return DOWN
        if method == "eth_getBlockByNumber":
            return self._block(params[0])
        if method == "eth_sendRawTransaction":
            if self.refuses:
                return {"error": {"code": -32000, "message": "nonce too low"}}
            self.taken.append(params[0])
            return "0x" + "00" * 32
        return {
            "eth_chainId": hex(self.chain_id),
            "eth_syncing": self.syncing,
            "eth_getCode": f"0x{self.code.hex()}",
            "eth_getTransactionCount": hex(self.nonce),
            "eth_getTransactionReceipt": self._receipt(),
            "eth_getBlockByHash": None,
            "eth_getBalance": "0x4",
            "eth_estimateGas": "0x5208",
            "eth_getStorageAt": f"0x{self.word:064x}",
            "eth_getTransactionByHash": None,
        }[method]

    def _receipt(self) -> Any:
        block = self._block("0x5")
        return self.mined and {
            "blockNumber": "0x5",
            "blockHash": block["hash"],
            "status": "0x1",
            "gasUsed": "0x1",
            "contractAddress": None,
        }

    def _block(self, tag: str) -> Any:
        number = {"latest": self.head, "finalized": self.head - 2}.get(tag)
        number = int(tag, 16) if number is None else number
        if number > self.head:
            return None
        digest = keccak(f"{self.fork if number > 90 else 0} {number}".encode())
        return {"number": hex(number), "hash": f"0x{digest.hex()}", "timestamp": hex(number)}


@dataclass
class Three:
    """Three endpoints and the chain through them."""

    first: Endpoint
    second: Endpoint
    third: Endpoint
    clock: Clock

    @property
    def all(self) -> list[Endpoint]:
        """Them."""
        return [self.first, self.second, self.third]

    def chain(self, *, chain_id: int | None = 5) -> RpcEndpoints:
        """Return a new chain through them."""
        code = (CONTRACT, keccak(CODE))
        chains = [RpcChain(one.url, timeout=2) for one in self.all]
        return RpcEndpoints(chains, chain_id=chain_id, code=code, clock=self.clock)


@pytest.fixture
def three() -> Iterator[Three]:
    made = Three(Endpoint(), Endpoint(), Endpoint(), Clock())
    with ExitStack() as stack:
        for one in made.all:
            one.url, one.asked = stack.enter_context(endpoint(one.answer))
        yield made


def test_the_first_answers_and_the_others_are_only_looked_at(three: Three) -> None:
    chain = three.chain()
    three.second.word = three.third.word = 8
    assert chain.slot(CONTRACT, bytes(32), chain.block().number)[-1] == 7
    assert "eth_getStorageAt" not in three.second.asked + three.third.asked
    assert chain.passed_over() == {}
    assert (chain.nonce(CONTRACT), chain.balance(CONTRACT)) == (3, 4)
    final = chain.finalized()
    assert final is not None
    assert final.number == 98


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"down": True}, "refused eth_chainId: 'down for maintenance'"),
        ({"chain_id": 6}, "endpoint 1 (127.0.0.1) is of chain 6, not of chain 5"),
        ({"syncing": {"currentBlock": "0x1"}}, "is still catching up with the chain"),
        ({"syncing": True}, "is still catching up with the chain"),
        ({"code": b"\x60\x01"}, "has not the ledger's contracts at block 100"),
        ({"code": b""}, "has not the ledger's contracts at block 100"),
        ({"head": 99 - LAG_BLOCKS}, "is late: its newest block is 91, another one's is 100"),
    ],
)
def test_one_that_can_not_be_relied_on_is_passed_over_in_words(
    three: Three, fault: dict[str, Any], words: str
) -> None:
    for name, value in fault.items():
        setattr(three.first, name, value)
    three.first.word = 66
    chain = three.chain()
    assert chain.slot(CONTRACT, bytes(32), chain.block().number)[-1] == 7
    (said,) = chain.passed_over().values()
    assert words in said
    assert "secret-token" not in said


def test_a_few_blocks_behind_is_not_late(three: Three) -> None:
    three.first.head = 100 - LAG_BLOCKS
    chain = three.chain()
    assert chain.block().number == 100 - LAG_BLOCKS
    assert chain.passed_over() == {}


def test_one_that_fails_is_replaced_within_the_call_and_used_again_later(three: Three) -> None:
    chain = three.chain()
    head = chain.block().number
    three.first.down, three.second.word = True, 8
    assert chain.slot(CONTRACT, bytes(32), head)[-1] == 8
    assert "down for maintenance" in str(chain.passed_over())
    three.first.down = False
    assert chain.slot(CONTRACT, bytes(32), head)[-1] == 8
    three.clock.now += CHECK_SECONDS
    assert chain.slot(CONTRACT, bytes(32), chain.block().number)[-1] == 7
    assert chain.passed_over() == {}


def test_one_that_is_another_chains_node_by_now_is_passed_over(three: Three) -> None:
    chain = three.chain()
    chain.block()
    three.first.chain_id = 77
    three.clock.now += CHECK_SECONDS
    chain.block()
    assert "is of chain 77, not of chain 5" in str(chain.passed_over())


def test_a_reading_never_mixes_two_forks(three: Three) -> None:
    """What was read at a block of one fork goes on at an endpoint that has that very block."""
    three.second.fork, three.second.word = 1, 13
    chain = three.chain()
    block = chain.block()
    three.first.down, three.third.word = True, 9
    assert chain.slot(CONTRACT, bytes(32), block.number)[-1] == 9
    assert "has not the block 100 that another one gave before" in str(chain.passed_over())
    three.third.down = True
    with pytest.raises(Unavailable, match="has not the block 100"):
        chain.slot(CONTRACT, bytes(32), block.number)


def test_all_down_says_why_each_is_and_heals_by_itself(three: Three) -> None:
    chain = three.chain()
    three.first.down = three.second.down = True
    three.third.syncing = True
    with pytest.raises(Unavailable, match=r"maintenance.*still catching up") as caught:
        chain.block()
    assert "rootprint chain use" in caught.value.remedy
    three.second.down = False
    assert chain.block().number == 100


def test_without_a_chain_id_the_first_that_answers_says_it(three: Three) -> None:
    three.first.down, three.third.chain_id = True, 6
    chain = three.chain(chain_id=None)
    assert chain.chain_id == 5
    assert [bool(one.fault) for one in chain.standings()] == [True, False, True]


def test_what_is_sent_goes_to_all_and_one_that_takes_it_is_enough(three: Three) -> None:
    chain = three.chain()
    chain.broadcast([RAW])
    assert [len(one.taken) for one in three.all] == [1, 1, 1]
    three.first.refuses = three.third.refuses = True
    chain.broadcast([RAW])
    three.second.refuses = True
    with pytest.raises(Unavailable, match=r"nonce too low.*nonce too low.*nonce too low"):
        chain.broadcast([RAW])
    asked = len(three.first.asked)
    chain.broadcast([])
    assert len(three.first.asked) == asked


def test_what_is_not_there_is_no_reason_to_ask_another(three: Three) -> None:
    chain = three.chain()
    with pytest.raises(NotFound):
        chain.block(101)
    assert chain.passed_over() == {}


@pytest.mark.parametrize("count", [0, MAX_ENDPOINTS + 1])
def test_a_chain_has_one_endpoint_or_a_few(count: int) -> None:
    with pytest.raises(Refused, match="through 1 to 16 endpoints"):
        RpcEndpoints([RpcChain("http://127.0.0.1:1")] * count)


@pytest.mark.parametrize("huge", ["0x20000000000000", "0x" + "f" * 64])
def test_a_number_no_chain_has_is_no_answer(three: Three, huge: str) -> None:
    """They would not fit a database's integer, nor a page's."""
    answered = three.first.answer

    def answer(method: str, params: list[Any]) -> Any:
        found = answered(method, params)
        return {**found, "number": huge} if method == "eth_getBlockByNumber" else huge

    with endpoint(answer) as (url, _):
        chain = RpcChain(url)
        for question in (chain.asked_chain_id, chain.block, lambda: chain.nonce(CONTRACT)):
            with pytest.raises(Unavailable, match="can't be read: a number up to"):
                question()


def test_a_nonce_that_most_do_not_say_is_passed_over(three: Three) -> None:
    three.first.nonce = 99
    chain = three.chain()
    assert (chain.nonce(CONTRACT), chain.doubts()) == (3, "")
    assert chain.passed_over() == {
        "endpoint 1 (127.0.0.1)": "endpoint 1 (127.0.0.1) says that the nonce of account "
        f"0x{CONTRACT.hex()} is 99 after block 100, and most say 3"
    }


def test_of_nonces_that_all_differ_the_middle_one_counts_and_is_doubted(three: Three) -> None:
    three.first.nonce, three.second.nonce = 9, 5
    chain = three.chain()
    assert chain.nonce(CONTRACT) == 5
    assert "endpoint 1 (127.0.0.1) says 9, endpoint 2 (127.0.0.1) says 5" in chain.doubts()
    three.first.nonce = three.second.nonce = 3
    assert (chain.nonce(CONTRACT), chain.doubts()) == (3, "")


@pytest.mark.parametrize("nonces", [(2, 7), (7, 2)])
def test_of_two_the_lower_nonce_counts_and_both_are_named(
    three: Three, nonces: tuple[int, int]
) -> None:
    three.first.nonce, three.second.nonce = nonces
    three.third.down = True
    chain = three.chain()
    assert chain.nonce(CONTRACT, 100) == 2
    assert "While the lower one is false, nothing is anchored" in chain.doubts()
    assert list(chain.passed_over()) == ["endpoint 3 (127.0.0.1)"]


def test_a_receipt_is_missing_only_where_no_endpoint_has_it(three: Three) -> None:
    chain = three.chain()
    assert chain.receipt(bytes(32)) is None
    three.third.mined = "yes"
    found = chain.receipt(bytes(32))
    assert found is not None
    assert found.block.number == 5
