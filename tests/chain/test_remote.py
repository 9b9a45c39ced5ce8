"""An account of a remote signer: what it signs is taken only if it is what was asked for."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Any

import pytest
from eth_account import Account as Wallet

from rootprint.ledger.chain import RemoteAccount, address_of, sign_digest, sign_transaction
from rootprint.ledger.core.errors import LedgerError, Refused, Unavailable
from tests.support.signer import BYTES, CHANGES, signing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.signer import Signer

KEY = bytes([3]) * 32
ADDRESS = address_of(KEY)
ASKED: dict[str, Any] = {
    "chain_id": 31337,
    "nonce": 0,
    "to": bytes([9]) * 20,
    "data": b"\x12\x34" * 50,
    "gas": 90_000,
    "max_fee": 40,
    "priority": 3,
}
SECRETS = ("operator:", "pass word", "pass%20word", "token-in-path", "secret-key", "b3BlcmF0b3I")


@pytest.fixture
def signer() -> Iterator[Signer]:
    with signing(KEY) as made:
        yield made


def remote(signer: Signer, timeout: float = 5.0) -> RemoteAccount:
    return RemoteAccount(ADDRESS, signer.url, timeout)


@pytest.mark.parametrize("conduct", ["web3signer", "clef"])
@pytest.mark.parametrize("changed", [{}, {"to": None}, {"data": b""}, {"nonce": 7, "priority": 0}])
def test_an_honest_one_signs_what_the_key_itself_would(
    signer: Signer, conduct: str, changed: dict[str, Any]
) -> None:
    signer.conduct = conduct
    asked = ASKED | changed
    raw = sign_transaction(remote(signer), **asked)
    assert raw == sign_transaction(KEY, **asked)
    assert int(Wallet.recover_transaction(raw), 16) == int.from_bytes(ADDRESS)
    assert address_of(remote(signer)) == ADDRESS


def test_its_credentials_are_basic_authentication(signer: Signer) -> None:
    sign_transaction(remote(signer), **ASKED)
    ((method, headers),) = signer.asked
    assert method == "eth_signTransaction"
    assert headers["Authorization"] == "Basic b3BlcmF0b3I6cGFzcyB3b3Jk"
    assert "Host" in headers
    assert "operator" not in headers["Host"]


WORDS = {
    "another nonce": "its nonce is 99 and not 0",
    "another receiver": f"its receiver is 0x{'77' * 20} and not 0x{'09' * 20}",
    "other data": "its data is 3735928559 and not 0x1234",
    "more gas": "its gas is 16777215 and not 90000",
    "a higher fee": "its fee cap is 1099511627775 and not 40",
    "a higher tip": "its priority fee is 2 and not 3",
    "another chain": "its chain id is 1 and not 31337",
    "a payment": "its value is 1 and not 0",
    "an access list": "its access list is a list of 1 and not a list of 0",
    "a creation": "its receiver is 0 and not 0x0909",
    "legacy": "a transaction of another type than 2",
    "another account": "signed it",
    "a byte more": "bytes follow the item",
    "a byte less": "an item is longer than what holds it",
    "nothing": "a transaction of another type than 2",
    "the high s": "this is no account's signature",
    "a signature of zeros": "this is no account's signature",
    "a number with leading zeros": "its signature is not the numbers",
    "another result": "the answer holds no raw transaction",
    "no hexadecimal": "the answer's raw transaction is not hexadecimal",
}


def test_every_conduct_has_its_words() -> None:
    assert WORDS.keys() >= CHANGES.keys() | BYTES.keys()


@pytest.mark.parametrize("conduct", WORDS)
def test_one_that_signs_something_else_is_refused_in_words(signer: Signer, conduct: str) -> None:
    signer.conduct = conduct
    with pytest.raises(Refused, match="signed something else than it was asked to") as caught:
        sign_transaction(remote(signer), **ASKED)
    assert WORDS[conduct] in str(caught.value)
    assert "nothing was sent" in str(caught.value.remedy)


@pytest.mark.parametrize(
    ("conduct", "kind", "words"),
    [
        ("refuses", Refused, "did not sign: 'denied by rule"),
        ("unauthorised", Refused, "does not take the credentials that its address has (HTTP 401)"),
        ("silent", Unavailable, "gave no answer within 0.5 s"),
        ("drips", Unavailable, "gave no answer within 0.5 s"),
        ("floods", Unavailable, "answered with more than 1048576 bytes"),
        ("hangs up", Unavailable, "can't be reached (RemoteDisconnected)"),
        (
            "sends elsewhere",
            Unavailable,
            "gave no JSON-RPC answer to eth_signTransaction (HTTP 302",
        ),
        ("a page", Unavailable, "gave no JSON-RPC answer to eth_signTransaction (HTTP 200)"),
    ],
)
def test_one_that_does_not_sign_is_named_and_its_address_is_not(
    signer: Signer,
    conduct: str,
    kind: type[LedgerError],
    words: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    signer.conduct = conduct
    account, begun = remote(signer, 0.5), time.monotonic()
    with pytest.raises(kind) as caught:
        sign_transaction(account, **ASKED)
    assert time.monotonic() - begun < 3
    said = str(caught.value)
    assert f"the signer at 127.0.0.1 of account 0x{ADDRESS.hex()} {words}" in said
    for secret in SECRETS:
        assert secret not in said + repr(account) + caplog.text
    assert caught.value.__cause__ is None


def test_one_that_is_not_there_is_named() -> None:
    account = RemoteAccount(ADDRESS, "http://operator:word@127.0.0.1:1/secret-key")
    with pytest.raises(Unavailable, match=r"can't be reached \(ConnectionRefusedError\)"):
        sign_transaction(account, **ASKED)


@pytest.mark.parametrize(
    "url",
    ["", "ftp://h", "http://", "http://[", "h:8545", "http://h:99999", "http://h/\r\nX: 1",
     "http://h/ x", "http://h/é"],
)  # fmt: skip
def test_what_is_no_address_of_a_signer_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(Refused, match=r"an http or https address with a host$"):
        RemoteAccount(ADDRESS, url)


@pytest.mark.parametrize("address", [b"", bytes(20), bytes([1]) * 19])
def test_what_is_no_account_is_refused(address: bytes) -> None:
    with pytest.raises(Refused, match="an address of 20 bytes"):
        RemoteAccount(address, "http://127.0.0.1:1")


def test_it_signs_no_digest(signer: Signer) -> None:
    with pytest.raises(Refused, match="signs transactions, and no act for another to send"):
        sign_digest(remote(signer), bytes(32))
    assert signer.asked == []
