"""Calls into bytes, answers and errors out of them."""

from __future__ import annotations

import pytest
from eth_abi.abi import encode
from eth_hash.auto import keccak
from hypothesis import given
from hypothesis import strategies as st

from rootprint.ledger.chain import (
    artifact,
    decode_error,
    decode_result,
    encode_call,
    encode_constructor,
)
from rootprint.ledger.core.errors import NotFound, Refused

WORD = bytes(range(32))


def test_an_artifact_names_its_contract_and_the_hash_of_its_code() -> None:
    for name in ("CheckpointRegistry", "OrganizationRegistry", "StatusRegistry", "Deployer"):
        assert artifact(name).name == name
        assert len(artifact(name).code_hash) == 32
        assert artifact(name).storage_layout["storage"] or name == "Deployer"


@pytest.mark.parametrize("name", ["Absent", "../abi", "", "."])
def test_a_contract_that_was_not_compiled_is_not_found(name: str) -> None:
    with pytest.raises(NotFound, match="no compiled contract"):
        artifact(name)


def test_a_call_is_the_selector_and_the_encoded_arguments() -> None:
    call = encode_call("CheckpointRegistry", "anchor", WORD, 3, WORD, [WORD, WORD])
    selector = keccak(b"anchor(bytes32,uint64,bytes32,bytes32[])")[:4]
    types = ["bytes32", "uint64", "bytes32", "bytes32[]"]
    assert call == selector + encode(types, [WORD, 3, WORD, [WORD, WORD]])


@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        ("absent", []),
        ("openLog", []),
        ("openLog", [WORD, WORD]),
        ("openLog", [WORD + b"\0"]),
        ("openLog", ["text"]),
        ("anchor", [WORD, 1 << 64, WORD, []]),
        ("anchor", [WORD, -1, WORD, []]),
        ("anchor", [WORD, 1.5, WORD, []]),
    ],
)
def test_a_call_that_does_not_fit_the_contract_is_refused(
    function: str, arguments: list[object]
) -> None:
    with pytest.raises(Refused):
        encode_call("CheckpointRegistry", function, *arguments)


def test_a_constructor_takes_its_arguments_behind_the_code() -> None:
    code = encode_constructor("StatusRegistry", WORD[:20])
    assert code == artifact("StatusRegistry").bytecode + bytes(12) + WORD[:20]
    with pytest.raises(Refused, match="constructor takes"):
        encode_constructor("StatusRegistry")
    with pytest.raises(Refused, match="constructor takes"):
        encode_constructor("CheckpointRegistry", 1)


def test_custom_errors_are_decoded_to_name_and_arguments() -> None:
    revert = (
        keccak(b"NotAnAppend(bytes32,uint64,uint64)")[:4]
        + WORD
        + encode(["uint64", "uint64"], [5, 4])
    )
    text = decode_error("CheckpointRegistry", revert)
    assert text == f"NotAnAppend(logId=0x{WORD.hex()}, lastSize=5, size=4)"


def test_the_compilers_own_errors_are_decoded() -> None:
    message = keccak(b"Error(string)")[:4] + encode(["string"], ["no\x1b[2J"])
    panic = keccak(b"Panic(uint256)")[:4] + encode(["uint256"], [0x11])
    assert decode_error("Deployer", message) == "Error(message=no\\x1b[2J)"
    assert decode_error("Deployer", panic) == "Panic(code=17)"


def test_no_data_and_unknown_data_are_said_to_be_so() -> None:
    assert decode_error("Deployer", b"") == "no reason given"
    assert decode_error("Deployer", b"\xde\xad\xbe\xef") == "unknown error 0xdeadbeef"


@given(st.binary(max_size=600))
def test_strange_revert_data_never_raises_and_stays_short_and_plain(data: bytes) -> None:
    known = [b"", keccak(b"Error(string)")[:4], keccak(b"Panic(uint256)")[:4]]
    for selector in known:
        text = decode_error("CheckpointRegistry", selector + data)
        assert len(text) < 500
        assert text.isprintable()


def test_an_answer_that_does_not_fit_the_abi_is_refused() -> None:
    assert decode_result("CheckpointRegistry", "checkpointCount", (7).to_bytes(32)) == (7,)
    with pytest.raises(Refused, match="did not answer what its ABI says"):
        decode_result("CheckpointRegistry", "checkpointCount", b"")
