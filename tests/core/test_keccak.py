"""Keccak-256 against eth-hash, which chooses what makes it by itself."""

from __future__ import annotations

from eth_hash.auto import keccak as oracle
from hypothesis import given
from hypothesis import strategies as st

from rootprint.ledger.core.keccak import OF_NOTHING, keccak


@given(st.binary(max_size=600))
def test_it_is_what_eth_hash_makes(data: bytes) -> None:
    assert keccak(data) == oracle(data)


def test_the_hash_of_nothing_is_that_of_an_account_without_code() -> None:
    assert oracle(b"") == keccak(b"") == OF_NOTHING
