"""The RPC chain against an endpoint that says what the test sets: errors, lies, reorgs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from eth_hash.auto import keccak

from rootprint.ledger.chain import Reverted, RpcChain, sign_transaction
from rootprint.ledger.chain.rpc_values import octets, quantity
from rootprint.ledger.core.errors import NotFound, Refused, Unavailable
from tests.chain.endpoint import endpoint

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
ACCOUNT = bytes([9]) * 20
HASH = "0x" + "ab" * 32
BLOCK = {"number": "0x5", "hash": HASH, "timestamp": "0x64", "baseFeePerGas": "0x7"}
RECEIPT = {
    "blockNumber": "0x5",
    "blockHash": HASH,
    "status": "0x1",
    "gasUsed": "0x5208",
    "contractAddress": None,
}
RAW = sign_transaction(
    b"\x01" * 32, chain_id=1, nonce=0, to=ACCOUNT, data=b"", gas=21_000, max_fee=1, priority=1
)


def ask(answers: dict[str, Any], question: Callable[[RpcChain], T]) -> T:
    """Put one question to a chain whose endpoint answers each method with one thing."""
    with endpoint(lambda method, _: answers[method]) as (url, _):
        return question(RpcChain(url))


def test_a_block_is_read_from_the_endpoint() -> None:
    block = ask({"eth_getBlockByNumber": BLOCK}, lambda chain: chain.block())
    assert (block.number, block.hash.hex(), block.time) == (5, "ab" * 32, 100)


def test_a_block_that_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFound, match="has no block 6"):
        ask({"eth_getBlockByNumber": None}, lambda chain: chain.block(6))


def test_another_block_than_asked_for_is_no_answer() -> None:
    with pytest.raises(Unavailable, match="answered block 5 when asked for 4"):
        ask({"eth_getBlockByNumber": BLOCK}, lambda chain: chain.block(4))


def test_the_chain_id_is_asked_once() -> None:
    with endpoint(lambda *_: "0x539") as (url, asked):
        chain = RpcChain(url)
        assert (chain.chain_id, chain.chain_id) == (1337, 1337)
    assert asked == ["eth_chainId"]


@pytest.mark.parametrize(
    ("code", "nonce", "balance", "expected"),
    [
        ("0x6000", "0x0", "0x0", keccak(b"\x60\x00")),
        ("0x", "0x1", "0x0", keccak(b"")),
        ("0x", "0x0", "0x1", keccak(b"")),
        ("0x", "0x0", "0x0", bytes(32)),
    ],
)
def test_only_an_account_that_is_not_there_has_a_zero_code_hash(
    code: str, nonce: str, balance: str, expected: bytes
) -> None:
    answers = {
        "eth_getBlockByNumber": BLOCK,
        "eth_getCode": code,
        "eth_getTransactionCount": nonce,
        "eth_getBalance": balance,
    }
    assert ask(answers, lambda chain: chain.code_hash(ACCOUNT, 5)) == expected


@pytest.mark.parametrize("word", ["0x0", "0x" + "00" * 31, "0x" + "00" * 33, None, 5, "00" * 32])
def test_a_slot_has_32_bytes_or_is_no_answer(word: object) -> None:
    answers = {"eth_getBlockByNumber": BLOCK, "eth_getStorageAt": word}
    with pytest.raises(Unavailable, match="can't be read"):
        ask(answers, lambda chain: chain.slot(ACCOUNT, bytes(32), 5))


@pytest.mark.parametrize(
    "value", [None, 17, "", "0x", "1", "0x1 ", "0x\u0661", "0x-1", "0x" + "1" * 65]
)
def test_a_quantity_is_read_strictly(value: object) -> None:
    with pytest.raises(Unavailable, match="a number was expected"):
        quantity(value)


@pytest.mark.parametrize("value", [None, b"0x", "", "0x1", "0xgg", "00", "0x00\n"])
def test_data_is_read_strictly(value: object) -> None:
    with pytest.raises(Unavailable, match="bytes was expected"):
        octets(value)


def test_fees_suffice_for_a_rising_base_fee() -> None:
    answers = {"eth_getBlockByNumber": BLOCK, "eth_maxPriorityFeePerGas": "0x3"}
    assert ask(answers, lambda chain: chain.fees()) == (17, 3)


def test_a_receipt_counts_only_in_the_canonical_block_of_its_height() -> None:
    answers = {"eth_getTransactionReceipt": RECEIPT, "eth_getBlockByNumber": BLOCK}
    receipt = ask(answers, lambda chain: chain.receipt(bytes(32)))
    assert receipt is not None
    assert (receipt.status, receipt.gas_used, receipt.block.number) == (True, 21_000, 5)
    for canonical in ({**BLOCK, "hash": "0x" + "cd" * 32}, None):
        reorganised = {**answers, "eth_getBlockByNumber": canonical}
        assert ask(reorganised, lambda chain: chain.receipt(bytes(32))) is None
    assert ask({"eth_getTransactionReceipt": None}, lambda c: c.receipt(bytes(32))) is None


def test_a_failed_receipt_carries_the_reason_that_a_replay_gives() -> None:
    sent = {"from": "0x" + "01" * 20, "to": "0x" + "09" * 20, "gas": "0x1", "value": "0x0"}
    answers = {
        "eth_getTransactionReceipt": {**RECEIPT, "status": "0x0"},
        "eth_getBlockByNumber": BLOCK,
        "eth_getTransactionByHash": {**sent, "input": "0x"},
        "eth_call": {"error": {"code": 3, "message": "reverted", "data": "0xdeadbeef"}},
    }
    for said, revert in (
        (answers["eth_call"], b"\xde\xad\xbe\xef"),
        ({"error": {"code": -32000, "message": "pruned"}}, b""),
        ("0x", b""),
    ):
        receipt = ask({**answers, "eth_call": said}, lambda chain: chain.receipt(bytes(32)))
        assert receipt is not None
        assert (receipt.status, receipt.revert) == (False, revert)


@pytest.mark.parametrize(
    "error",
    [
        {"code": 3, "message": "execution reverted", "data": "0xdeadbeef"},
        {"code": -32603, "message": "reverted", "data": {"data": "0xdeadbeef"}},
    ],
)
def test_a_refused_call_raises_with_its_data(error: dict[str, Any]) -> None:
    with pytest.raises(Reverted) as caught:
        ask({"eth_call": {"error": error}}, lambda chain: chain.call(ACCOUNT, b""))
    assert caught.value.data == b"\xde\xad\xbe\xef"


def test_an_error_that_is_no_revert_is_no_answer() -> None:
    error = {"code": -32000, "message": "header\x1b[2J not found"}
    with pytest.raises(Unavailable, match=r"header\\x1b\[2J not found") as caught:
        ask({"eth_call": {"error": error}}, lambda chain: chain.call(ACCOUNT, b""))
    assert not isinstance(caught.value, Reverted)


def test_an_error_from_sending_is_not_believed_if_the_transaction_is_there() -> None:
    refusal = {"error": {"code": -32000, "message": "already known"}}
    with endpoint(
        lambda method, _: refusal if method == "eth_sendRawTransaction" else {"hash": HASH}
    ) as (url, asked):
        RpcChain(url).broadcast([RAW])
    assert asked == ["eth_sendRawTransaction", "eth_getTransactionByHash"]


def test_every_transaction_is_sent_once_and_refusals_are_reported_together() -> None:
    refusal = {"error": {"code": -32000, "message": "nonce too low"}}
    with (
        endpoint(lambda method, _: refusal if method == "eth_sendRawTransaction" else None) as (
            url,
            asked,
        ),
        pytest.raises(Unavailable, match=r"nonce too low.*; 0x.*nonce too low"),
    ):
        RpcChain(url).broadcast([RAW, RAW])
    assert asked.count("eth_sendRawTransaction") == 2


def test_an_endpoint_that_is_not_there_is_unavailable_and_its_token_stays_secret() -> None:
    with endpoint(lambda *_: None) as (url, _):
        pass
    with pytest.raises(Unavailable, match=r"127\.0\.0\.1 gave no answer to eth_chainId") as caught:
        _ = RpcChain(url, timeout=0.5).chain_id
    assert "secret-token" not in str(caught.value)
    assert caught.value.__suppress_context__


@pytest.mark.parametrize("url", ["", "ftp://h", "file:///etc/passwd", "ws://h", "http://", "h:80"])
def test_only_http_addresses_are_endpoints(url: str) -> None:
    with pytest.raises(Refused, match="http or https"):
        RpcChain(url)
