"""A whole supply chain on a foreign node, from init to a verification without any network."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from web3 import HTTPProvider

from rootprint.api.service.keyfiles import KeyFiles
from rootprint.ledger.chain import address_of
from tests.cli.running import Answer, Cli
from tests.cli.story import tell

if TYPE_CHECKING:
    from pathlib import Path

ETHER, TRIES = 10**18, 30


@dataclass(frozen=True)
class Paid(Cli):
    """A user whose accounts the node's own account pays for, and who waits for blocks."""

    node: str = ""

    def done(self, *arguments: object, stdin: str | bytes | None = None) -> Answer:
        """Run a command until it is done: exit code 3 says that it is not yet."""
        incomplete = 3
        answer = self(*arguments, stdin=stdin)
        for _ in range(TRIES):
            if answer.code != incomplete:
                break
            self._pay()
            answer = self(*arguments, stdin=stdin)
        assert answer.code == 0, answer.err + answer.out
        self._wait_for_its_time()
        return answer

    def _wait_for_its_time(self) -> None:
        """Wait until the newest block is not of the future, where a node mines at once.

        What is anchored in the future is not yet so for a verifier, whose clock is right.
        """
        newest = self._ask("eth_getBlockByNumber", "latest", False)  # noqa: FBT003 - the request's
        time.sleep(max(0.0, int(newest["timestamp"], 16) - time.time()))

    def _pay(self) -> None:
        keys = KeyFiles(self.home / "keys", self.passphrase)
        payer = self._ask("eth_accounts")[0]
        for path in (self.home / "keys").glob("*.account.pem"):
            account = f"0x{address_of(keys.account(path.name.removesuffix('.account.pem'))).hex()}"
            if int(self._ask("eth_getBalance", account, "latest"), 16) < ETHER // 2:
                sent = {"from": payer, "to": account, "value": hex(ETHER)}
                digest = self._ask("eth_sendTransaction", sent)
                for _ in range(TRIES):
                    if self._ask("eth_getTransactionReceipt", digest) is not None:
                        break
                    time.sleep(0.5)
        time.sleep(0.5)

    def _ask(self, method: str, *parameters: object) -> Any:
        answer = HTTPProvider(self.node).make_request(method, parameters)
        assert "error" not in answer, (method, answer)
        return answer["result"]


def whole_life(folder: Path, node: str) -> str:
    """Init, admit, publish, assure, anchor, export; then verify offline from the block's hash.

    Returns the verdict's line. What is verified offline is proven from one block's hash alone.
    """
    told = tell(folder, Paid(folder / "home", node=node), "--rpc", node, "--confirmations", "0")
    evidence, trust = folder / "proven.gz", folder / "proven.json"
    told.cli.done("anchor")
    exported = told.cli.done(
        *("evidence", "export", told.car, "--hide", told.part),
        *("--out", evidence, "--format", "json"),
    ).json
    told.cli.done("evidence", "trust", told.car, "--block", exported["block"], "--out", trust)
    asked = ("verify", evidence, "--trust", trust, "--offline")
    reader = Cli(folder / "nowhere")
    answer = reader(*asked, "--format", "json")
    assert answer.code == 0, answer.out + answer.err
    assert answer.json["chain"]["proven"] is True
    assert answer.json["chain"]["blockHash"] == exported["block"]
    return reader(*asked).last
