"""The contracts' own code on a development node, asked about thousands of claims in one call.

``RFC9162.sol`` is reached through the tests' harness; ``CheckpointRegistry`` is the committed code.
The registry gets a log for each claim, whose one row is written into its storage for the call: so
it can be asked about sizes up to 2^40, though a log grows by 2^24 at most.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import requests
from eth_hash.auto import keccak

from tests.differential.answers import FALSE, NO_APPEND, TOO_LARGE, TRUE, UNSAYABLE, has_row
from tests.differential.claims import INCLUSION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from types import ModuleType

    from tests.differential.claims import Claim

OPTIONS: Final = ("--no-request-size-limit", "--gas-limit", str(10**15))
SOLIDITY: Final = "tests/contracts/solidity"
LIBRARY_PATH: Final = "contracts/RFC9162.sol"
BATCH, LIBRARY, REGISTRY = (bytes([0xA0 + each]) * 20 for each in range(3))
TIMEOUT: Final = 600
_TIME: Final = 1_800_000_000
_GAS: Final = 10**14


def _selector(signature: str) -> bytes:
    return keccak(signature.encode())[:4]


_ASK_LIBRARY: Final = {
    True: _selector("verifyInclusion(uint64,uint64,bytes32,bytes32,bytes32[])"),
    False: _selector("verifyConsistency(uint64,uint64,bytes32,bytes32,bytes32[])"),
}
_ASK_ROW: Final = _selector("verifyInclusion(bytes32,uint256,uint64,bytes32,bytes32[])")
_ANCHOR: Final = _selector("anchor(bytes32,uint64,bytes32,bytes32[])")
_ANSWERS: Final = {
    (0).to_bytes(4): FALSE,
    (1).to_bytes(4): TRUE,
    b"\xff" * 4: UNSAYABLE,
    _selector("NotAnAppend(bytes32,uint64,uint64)"): NO_APPEND,
    _selector("GrowthTooLarge(bytes32,uint64,uint64)"): TOO_LARGE,
}


@dataclass(frozen=True)
class Code:
    """Runtime code: the batch's, the harness's around the library, and the registry's."""

    batch: bytes
    library: bytes
    registry: bytes


def compiled(script: ModuleType, root: Path, libraries: Mapping[str, str]) -> dict[str, Code]:
    """Return the code around each text of RFC9162.sol, by its name; all in one run of solc."""
    harness, batch = f"{SOLIDITY}/RFC9162Harness.sol", f"{SOLIDITY}/Batch.sol"
    texts = {batch: (root / batch).read_text()}
    for number, text in enumerate(libraries.values()):
        texts[f"{number}/{LIBRARY_PATH}"] = text
        texts[f"{number}/{harness}"] = (root / harness).read_text()
    found = script.compile_sources({path: {"content": text} for path, text in texts.items()})
    artifact = json.loads((root / "ledger/chain/artifacts/CheckpointRegistry.json").read_text())

    def code(path: str, name: str) -> bytes:
        return bytes.fromhex(found[path][name]["evm"]["deployedBytecode"]["object"])

    return {
        name: Code(
            code(batch, "Batch"),
            code(f"{number}/{harness}", "RFC9162Harness"),
            bytes.fromhex(artifact["deployedBytecode"][2:]),
        )
        for number, name in enumerate(libraries)
    }


class Contracts:
    """The code at three addresses of a node that runs with ``OPTIONS``."""

    def __init__(self, url: str, code: Code) -> None:
        self._url, self._session = url, requests.Session()
        self._session.trust_env = False  # a node of this machine needs no proxy
        for address, its in (
            (BATCH, code.batch),
            (LIBRARY, code.library),
            (REGISTRY, code.registry),
        ):
            self._ask("anvil_setCode", [_hex(address), _hex(its)])

    def say(self, claims: Sequence[Claim]) -> list[tuple[str, str | None]]:
        """Return for each claim what the library and the registry say; None if no row holds it."""
        calls, rows, asked = [], {}, []
        for number, claim in enumerate(claims):
            calls.append((LIBRARY, to_library(claim)))
            asked.append(has_row(claim))
            if asked[-1]:
                log = number.to_bytes(32)
                calls.append((REGISTRY, to_registry(claim, log)))
                rows.update(row(claim, log))
        answers = iter(self._run(calls, rows))
        return [(next(answers), next(answers) if row else None) for row in asked]

    def _run(self, calls: list[tuple[bytes, bytes]], rows: dict[str, str]) -> list[str]:
        packed = [callee + len(data).to_bytes(3) + data for callee, data in calls]
        data = len(calls).to_bytes(4) + b"".join(packed)
        call = {"to": _hex(BATCH), "gas": hex(_GAS), "data": _hex(data)}
        found = self._ask("eth_call", [call, "latest", {_hex(REGISTRY): {"stateDiff": rows}}])
        answers = bytes.fromhex(found[2:])
        assert len(answers) == 4 * len(calls)
        return [_answer(answers[at : at + 4]) for at in range(0, len(answers), 4)]

    def _ask(self, method: str, parameters: list[Any]) -> Any:
        body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters}
        said = self._session.post(self._url, json=body, timeout=TIMEOUT).json()
        if "error" in said:
            raise AssertionError(f"the node refuses {method}: {str(said['error'])[:500]}")
        return said["result"]


def to_library(claim: Claim) -> bytes:
    """Return the call of the harness that asks about a claim."""
    words = _word(claim.small), _word(claim.large), claim.first, claim.second, _word(5 * 32)
    return b"".join((_ASK_LIBRARY[claim.question == INCLUSION], *words, _path(claim)))


def to_registry(claim: Claim, log: bytes) -> bytes:
    """Return the call that asks about the first row of the log, or that appends one to it."""
    if claim.question == INCLUSION:
        about = log, _word(0), _word(claim.small), claim.first, _word(5 * 32)
        return b"".join((_ASK_ROW, *about, _path(claim)))
    head = log, _word(claim.large), claim.second, _word(4 * 32)
    return b"".join((_ANCHOR, *head, _path(claim)))


def row(claim: Claim, log: bytes) -> dict[str, str]:
    """Return the words of a log with one row, which the batch operates (docs/contracts.md)."""
    inclusion = claim.question == INCLUSION
    size, root = (claim.large, claim.second) if inclusion else (claim.small, claim.first)
    first = int.from_bytes(keccak(log + _word(1)))
    head = 1 | (size | _TIME << 40) << 96
    at_root = keccak(_word(0) + keccak(log + _word(2)))
    return {
        _hex(_word(first)): _hex(_word(head)),
        _hex(_word(first + 1)): _hex(BATCH.rjust(32, b"\0")),
        _hex(at_root): _hex(root),
    }


def _answer(four: bytes) -> str:
    return _ANSWERS.get(four, f"refused: 0x{four.hex()}")


def _path(claim: Claim) -> bytes:
    return _word(len(claim.path)) + b"".join(claim.path)


def _word(number: int) -> bytes:
    return number.to_bytes(32)


def _hex(data: bytes) -> str:
    return "0x" + data.hex()
