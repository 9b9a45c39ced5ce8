"""Gas of one anchor, whole transaction, with and without the consistency proof on chain."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eth_abi.abi import encode

from benches import gas_node
from benches.measuring import Result, same, significant
from tests.contracts.evm import Account, Evm
from tests.contracts.gas import GROWTH, Deployed, log_id
from tests.contracts.oracle import UniformTree, leaf

if TYPE_CHECKING:
    from collections.abc import Iterable

ARTIFACT = (
    Path(__file__).resolve().parents[2] / "ledger" / "chain" / "artifacts"
) / "CheckpointRegistry.json"
VKEY = b"\x0f" * 32
_WORD = 32
_GUARD_BYTES = 26


def results(quick: bool) -> Iterable[Result]:  # noqa: FBT001 - each bench is called alike
    """Yield the anchors of logs of 2^10 and 2^20 entries, then ours beside others on a node."""
    artifact = json.loads(ARTIFACT.read_text(encoding="utf-8"))
    for exponent in (10, 20):
        sys.stderr.write(f"running an anchor of a log of 2^{exponent} entries\n")
        yield _result(artifact, exponent)
    yield from gas_node.results(quick)


def _result(artifact: dict[str, Any], exponent: int) -> Result:
    """Anchor with both contracts in one EVM and count the mean of three after the first.

    Sizes and times of three rows share a word, so one anchor of three costs more.
    """
    operator, tree = Account("operator"), UniformTree(leaf(b"entry"))
    evm = Evm(operator)
    # Any contract will do as the registry of organisations: anchoring does not ask it.
    other = evm.transact(operator, b"", recorder_code(operator.address))[1]
    registry = Deployed(evm, artifact, operator, encode(["address"], [other]))
    registry.gas("openLog", VKEY)
    log = log_id(operator, VKEY)
    _, recorder = evm.transact(operator, b"", recorder_code(operator.address))
    spent: list[tuple[int, int]] = []
    old, hashes = 0, 0
    start = 2**exponent * 3 // 2 - 2 * GROWTH  # as many ones as zeros in the sizes' digits, about
    for size in (start + GROWTH * step for step in range(4)):
        root, proof = tree.root(size), tree.proof(old, size) if old else []
        ours = registry.gas("anchor", log, size, root, proof)
        theirs = evm.transact(operator, recorder, size.to_bytes(_WORD) + root)[0]
        spent.append((ours, theirs))
        old, hashes = size, max(hashes, len(proof))
    row = evm.call(registry.address, registry.contract, "latest", log)
    same("the row written", row, _recorded(evm, recorder, 3))
    ours, theirs = (round(sum(costs) / 3) for costs in zip(*spent[1:], strict=True))
    return Result(
        name=f"gas of one anchor, log of 2^{exponent}",
        work=f"CheckpointRegistry.anchor {GROWTH} entries after the last one: whole transaction, "
        f"mean of three, proof of at most {hashes} hashes verified, row and event written",
        ours=ours,
        unit="gas",
        against="the cheapest recorder we could write: the same row, one log, one writer, "
        "no proof, no event",
        theirs=theirs,
        ratio=significant(theirs / ours),
    )


def recorder_code(operator: bytes) -> bytes:
    """Return creation code of a contract that only appends (root, size, block time).

    Call data are size and root, a word each. Slot 0 counts; row n is at slots 1 + 2n (root) and
    2 + 2n (time ‖ size, as CheckpointRegistry packs them). Anyone but ``operator`` is refused.
    """
    append = (
        "5f54"  # count = sload(0)
        "806001015f55"  # sstore(0, count + 1)
        "60011b600101"  # first = 1 + (count << 1)
        "6020358155"  # sstore(first, root)
        "600101"  # first + 1
        "4260401b5f3517"  # timestamp << 64 | size
        "905500"  # sstore(first + 1, …); stop
    )
    # caller ^ operator: on to the JUMPDEST at the end, and revert there, unless it is zero.
    refusal = _GUARD_BYTES + len(append) // 2
    runtime = f"3373{operator.hex()}1860{refusal:02x}57{append}5b5f5ffd"
    return bytes.fromhex(f"60{len(runtime) // 2:02x}8060095f395ff3{runtime}")


def _recorded(evm: Evm, recorder: bytes, number: int) -> tuple[bytes, int, int]:
    root, packed = (
        evm.slot(recorder, (1 + 2 * number + word).to_bytes(_WORD)) for word in range(2)
    )
    return root, int.from_bytes(packed[-8:]), int.from_bytes(packed[:-8])
