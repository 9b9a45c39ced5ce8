"""The contracts as compiled: calls into bytes, answers and custom errors out of them.

Artifacts are the compiler's own output, committed, so that running needs no compiler. Encoding
follows the Solidity documentation, "Contract ABI Specification".
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from eth_abi.abi import decode, encode
from eth_abi.exceptions import DecodingError, EncodingError

from rootprint.ledger.core.errors import NotFound, Refused
from rootprint.ledger.core.keccak import keccak

if TYPE_CHECKING:
    from collections.abc import Sequence

SELECTOR_BYTES = 4
_TEXT = 400
# What the compiler itself raises: require with a string, and arithmetic or bounds checks.
_BUILT_IN_ERRORS: tuple[dict[str, Any], ...] = (
    {"type": "error", "name": "Error", "inputs": [{"name": "message", "type": "string"}]},
    {"type": "error", "name": "Panic", "inputs": [{"name": "code", "type": "uint256"}]},
)


@dataclass(frozen=True, slots=True)
class Artifact:
    """One compiled contract; ``code_hash`` is keccak-256 of the code as deployed."""

    name: str
    abi: tuple[dict[str, Any], ...]
    bytecode: bytes
    code_hash: bytes
    storage_layout: dict[str, Any]


@cache
def artifact(contract_name: str) -> Artifact:
    """Return a contract's artifact, e.g. ``CheckpointRegistry``. Raises NotFound."""
    file = resources.files("rootprint.ledger.chain") / "artifacts" / f"{contract_name}.json"
    if not contract_name.isalnum() or not file.is_file():
        raise NotFound(f"there is no compiled contract named {contract_name[:80]!r}")
    content = json.loads(file.read_text(encoding="utf-8"))
    return Artifact(
        name=content["contractName"],
        abi=tuple(content["abi"]),
        bytecode=_unhex(content["bytecode"]),
        code_hash=_unhex(content["deployedCodeHash"]),
        storage_layout=content["storageLayout"],
    )


def encode_call(contract_name: str, function: str, *arguments: object) -> bytes:
    """Return the call data of ``function``; bytes stand for bytesN and address arguments.

    Raises Refused if there is no such function with that many arguments, or one does not fit.
    """
    item = _function(contract_name, function, len(arguments))
    return _selector(item) + _encode(f"{contract_name}.{function}", item, arguments)


def encode_constructor(contract_name: str, *arguments: object) -> bytes:
    """Return the creation code with its constructor's arguments. Raises Refused."""
    compiled = artifact(contract_name)
    constructors = [item for item in compiled.abi if item["type"] == "constructor"]
    item = constructors[0] if constructors else {"inputs": []}
    return compiled.bytecode + _encode(f"{contract_name}'s constructor", item, arguments)


def decode_result(
    contract_name: str, function: str, data: bytes, *, inputs: int | None = None
) -> tuple[Any, ...]:
    """Return the outputs of a call to ``function`` as a tuple; ``inputs`` settles overloads."""
    item = _function(contract_name, function, inputs)
    try:
        return tuple(decode(_types(item["outputs"]), data))
    except DecodingError as error:
        raise Refused(f"{contract_name}.{function} did not answer what its ABI says") from error


def error_of(contract_name: str, revert: bytes) -> tuple[str, dict[str, Any]] | None:
    """Return the name and the arguments of a custom error; None for data that fits none.

    Also of what the compiler itself raises. This never raises for strange bytes.
    """
    for item in (*artifact(contract_name).abi, *_BUILT_IN_ERRORS):
        if item["type"] == "error" and _selector(item) == revert[:SELECTOR_BYTES]:
            try:
                values = decode(_types(item["inputs"]), revert[SELECTOR_BYTES:])
            except (DecodingError, UnicodeDecodeError):
                return None
            named = zip(item["inputs"], values, strict=True)
            return item["name"], {given["name"]: value for given, value in named}
    return None


def decode_error(contract_name: str, revert: bytes) -> str:
    """Return revert data as text: the error's name and arguments, for people to read.

    Data that fits no known error is shown as hexadecimal: this never raises for strange bytes,
    and its text is bounded and free of control characters.
    """
    if not revert:
        return "no reason given"
    found = error_of(contract_name, revert)
    if found is None:
        return f"unknown error 0x{revert.hex()}"[:_TEXT]
    arguments = ", ".join(f"{name}={_text(value)}" for name, value in found[1].items())
    return f"{found[0]}({arguments})"


def _function(contract_name: str, name: str, inputs: int | None) -> dict[str, Any]:
    found = [
        item
        for item in artifact(contract_name).abi
        if item["type"] == "function"
        and item["name"] == name
        and inputs in (None, len(item["inputs"]))
    ]
    if len(found) != 1:
        raise Refused(f"{contract_name} has {len(found)} functions {name} with {inputs} arguments")
    return found[0]


def _encode(place: str, item: dict[str, Any], arguments: Sequence[object]) -> bytes:
    types = _types(item["inputs"])
    try:
        return encode(types, arguments)
    except (EncodingError, ValueError, TypeError) as error:
        raise Refused(f"{place} takes ({', '.join(types)}): {str(error)[:_TEXT]}") from error


def _selector(item: dict[str, Any]) -> bytes:
    signature = f"{item['name']}({','.join(_types(item['inputs']))})"
    return keccak(signature.encode())[:SELECTOR_BYTES]


def _types(parameters: Sequence[dict[str, Any]]) -> list[str]:
    return [_canonical_type(parameter) for parameter in parameters]


def _canonical_type(parameter: dict[str, Any]) -> str:
    """Spell a struct as the tuple of its members, as signatures do."""
    kind: str = parameter["type"]
    if kind.startswith("tuple"):
        return f"({','.join(_types(parameter['components']))}){kind.removeprefix('tuple')}"
    return kind


def _text(value: object) -> str:
    shown = f"0x{value.hex()}" if isinstance(value, bytes) else ascii(value)
    return shown.strip("'")[:_TEXT]


def _unhex(text: str) -> bytes:
    return bytes.fromhex(text.removeprefix("0x"))
