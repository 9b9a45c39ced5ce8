"""Gas of whole transactions on a node, ours beside EAS and OpenAttestation, by the rules of a fork.

All contracts stand on one node in one run; each fork has a node of its own (anvil, which knows no
fork after Osaka).
"""

from __future__ import annotations

import json
import re
import sys
import time
from itertools import count
from typing import TYPE_CHECKING, Any, Final

import requests

from benches.gas_peers import EAS, ROOT, STORE, NotHad, document_store, eas
from benches.measuring import Result, significant
from tests.contracts.evm import RICH, Account, Reverted
from tests.contracts.gas import GROWTH, LOGS, measure
from tests.support.anvil import CHAIN_ID, anvil_program, running

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FORKS: Final = ("prague", "osaka")  # the one that docs/contracts.md speaks of, and anvil's newest
_GAS: Final = 12_000_000  # of one transaction; from Osaka on at most 2^24
_TIMEOUT: Final = 120
# What of ours is held against what of theirs; a store of digests has nothing like our registry.
_PAIRS: Final = (
    ("one anchor", "CheckpointRegistry.anchor, log of 2^10, mean", "attest", "issue"),
    ("one anchor", "CheckpointRegistry.anchor, log of 2^20, mean", "attest", "issue"),
    ("an admission", "OrganizationRegistry.admit, first", "attest", None),
    ("a key added", "OrganizationRegistry.addKey", "attest", None),
    ("a key added by a relay", "OrganizationRegistry.addKeyFor, sent by a relay", "attest", None),
    ("a withdrawal", "StatusRegistry.set, first", "revoke", "revoke"),
)
PEERS: Final = ((EAS, eas, 2), (STORE, document_store, 3))


class Node:
    """A running anvil as a chain of ``tests.contracts.gas``: a block for each transaction."""

    chain_id = CHAIN_ID

    def __init__(self, url: str, *accounts: Account) -> None:
        self._url, self._session, self._ids = url, requests.Session(), count(1)
        self._session.trust_env = False  # a node of this machine needs no proxy
        self._logs: list[dict[str, Any]] = []
        for account in accounts:
            self._ask("anvil_setBalance", _hex(account.address), hex(RICH))

    @property
    def now(self) -> int:
        """The time of the last block, Unix seconds."""
        return int(self._ask("eth_getBlockByNumber", "latest", False)["timestamp"], 16)  # noqa: FBT003

    def transact(self, sender: Account, to: bytes, data: bytes) -> tuple[int, bytes]:
        """Apply a transaction; return its gas used, whole, and the address it created, if any."""
        sent = {"from": _hex(sender.address), "gas": hex(_GAS), "data": _hex(data)}
        if to:
            sent["to"] = _hex(to)
        receipt = self._receipt(self._ask("eth_sendTransaction", sent))
        if receipt["status"] != "0x1":
            raise Reverted(bytes.fromhex(receipt.get("revertReason", "0x")[2:]))
        self._logs = receipt["logs"]
        created = receipt["contractAddress"] or "0x"
        return int(receipt["gasUsed"], 16), bytes.fromhex(created[2:])

    def last_log_data(self, topic: bytes) -> bytes:
        """Return the data of the last transaction's event."""
        (found,) = (log["data"] for log in self._logs if log["topics"][0] == _hex(topic))
        return bytes.fromhex(found[2:])

    def _receipt(self, digest: str) -> dict[str, Any]:
        """Wait for the block, which a busy machine makes after it has answered."""
        until = time.monotonic() + _TIMEOUT
        while time.monotonic() < until:
            found: dict[str, Any] | None = self._ask("eth_getTransactionReceipt", digest)
            if found is not None:
                return found
            time.sleep(0.005)
        raise RuntimeError(f"the node made no block for {digest}")

    def _ask(self, method: str, *parameters: object) -> Any:
        body: dict[str, Any] = {"jsonrpc": "2.0", "id": next(self._ids), "method": method}
        body["params"] = list(parameters)
        said = self._session.post(self._url, json=body, timeout=_TIMEOUT).json()
        if "error" in said:
            raise RuntimeError(f"the node refuses {method}: {str(said['error'])[:300]}")
        return said["result"]


def results(quick: bool) -> Iterable[Result]:  # noqa: FBT001 - each bench is called alike
    """Yield ours beside theirs, by each fork; say on stderr what is left out, and why."""
    program = anvil_program(ROOT)
    if program is None:
        _say("skipped gas on a node: no anvil for this machine; see ROOTPRINT_ANVIL")
        return
    folder = ROOT / "ledger" / "chain" / "artifacts"
    artifacts = {path.stem: json.loads(path.read_text("utf-8")) for path in folder.glob("*.json")}
    for fork in FORKS:
        _say(f"running transactions by the rules of {fork}")
        with running(program, "--hardfork", fork, "--auto-impersonate") as url:
            yield from on_node(artifacts, url, fork, logs=1 if quick else LOGS)


def on_node(
    artifacts: dict[str, dict[str, Any]], url: str, fork: str, *, logs: int
) -> Iterator[Result]:
    """Measure all of them on one node."""
    ours = measure(artifacts, lambda *accounts: Node(url, *accounts), logs)
    sender = Account("attester")
    for package, peer, column in PEERS:
        try:
            theirs = peer(Node(url, sender), sender)
        except NotHad as reason:
            _say(f"skipped gas beside {package.name}: {reason}")
            continue
        for row in _PAIRS:
            what, name, done = row[0], row[1], row[column]
            if done is None:
                continue
            cost, size = theirs[done], re.search(r", log of 2\^\d+", name)
            yield Result(
                name=f"gas of {what}, {fork}, beside {package.name}" + (size[0] if size else ""),
                work=f"{name}: whole transaction"
                + (f", {GROWTH} entries after the last one" if "anchor" in what else ""),
                ours=ours[name],
                unit="gas",
                against=f"{done} of {package.title}, whole transaction, mean of three",
                theirs=cost,
                ratio=significant(cost / ours[name]),
            )


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def _hex(data: bytes) -> str:
    return "0x" + data.hex()
