"""The same story on the embedded chain and on a foreign node: each file proves its own chain."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from web3 import HTTPProvider

from rootprint.api.service.keyfiles import KeyFiles
from rootprint.ledger.chain import address_of
from rootprint.ledger.evidence import read
from tests.cli.running import Answer, Cli
from tests.cli.story import FACTORS, INIT, Story, factor_file, publish_file, tell

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.contracts, pytest.mark.slow]
ETHER = 10**18


@dataclass(frozen=True)
class Funded(Cli):
    """A user whose new accounts somebody gives ether to, as on any chain that has fees."""

    node: str = ""

    def done(self, *arguments: object, stdin: str | bytes | None = None) -> Answer:
        """Run a command; where an account it made is empty, fill it and run the same again."""
        answer = self(*arguments, stdin=stdin)
        for _ in range(3):
            if answer.code == 0:
                return answer
            self._fund()
            answer = self(*arguments, stdin=stdin)
        assert answer.code == 0, answer.err + answer.out
        return answer

    def _fund(self) -> None:
        folder = self.home / "keys"
        keys, provider = KeyFiles(folder, self.passphrase), HTTPProvider(self.node)
        for path in folder.glob("*.account.pem"):
            account = address_of(keys.account(path.name.removesuffix(".account.pem")))
            provider.make_request("anvil_setBalance", [f"0x{account.hex()}", hex(ETHER)])
        # What is given so is in no block: the newest block's state would not be what is proven.
        provider.make_request("evm_mine", [])


@pytest.fixture(scope="module")
def foreign(anvil: str, tmp_path_factory: pytest.TempPathFactory) -> Story:
    folder = tmp_path_factory.mktemp("foreign")
    return tell(folder, Funded(folder / "home", node=anvil), "--rpc", anvil, "--confirmations", "0")


@pytest.mark.parametrize("chain", ["embedded", "foreign"])
def test_its_block_hash_alone_verifies_what_it_anchored(
    chain: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    reported: Story = request.getfixturevalue("story" if chain == "embedded" else "foreign")
    evidence, trust = tmp_path / "evidence.gz", tmp_path / "trust.json"
    made = reported.cli.done(
        "evidence",
        "export",
        reported.car,
        "--hide",
        reported.part,
        "--out",
        evidence,
        "--format",
        "json",
    ).json
    reported.cli.done("evidence", "trust", reported.car, "--block", made["block"], "--out", trust)
    assert "http" not in trust.read_text()
    nobody = Cli(tmp_path / "nowhere")
    answer = nobody("verify", evidence, "--trust", trust, "--offline", "--format", "json")
    assert answer.code == 0, answer.out + answer.err
    assert answer.json["chain"]["proven"] is True
    assert answer.json["chain"]["blockHash"] == made["block"]
    assert answer.json["chain"]["test"] is (chain == "embedded")
    state = read(evidence.read_bytes()).state
    assert state is not None
    assert len(state.nodes) > 20


def test_asking_the_node_and_trusting_its_block_come_to_the_same(
    foreign: Story, anvil: str, tmp_path: Path
) -> None:
    evidence, trust = tmp_path / "evidence.gz", tmp_path / "trust.json"
    block = foreign.cli.done(
        "evidence", "export", foreign.car, "--out", evidence, "--format", "json"
    ).json["block"]
    foreign.cli.done("evidence", "trust", foreign.car, "--out", trust)
    text = trust.read_text().replace('"version"', f'"rpc": "{anvil}", "version"')
    trust.write_text(text)
    at = ("--at", "2028-06-01T00:00:00Z", "--format", "json")
    asked = foreign.cli.done("verify", evidence, "--trust", trust, *at).json
    proven = foreign.cli.done("verify", evidence, "--trust", trust, *at, "--block", block).json
    assert (asked["chain"].pop("proven"), proven["chain"].pop("proven")) == (False, True)
    assert proven == asked


def test_a_file_of_one_chain_says_nothing_of_the_other(
    story: Story, foreign: Story, tmp_path: Path
) -> None:
    evidence = tmp_path / "evidence.gz"
    block = foreign.cli.done(
        "evidence", "export", foreign.car, "--out", evidence, "--format", "json"
    ).json["block"]
    assert story.cli("verify", evidence, "--trust", story.trust).code == 1
    answer = story.cli("verify", evidence, "--trust", story.trust, "--block", block)
    # Of these contracts, at these addresses, that block proves nothing, or happens to prove that
    # there are none: addresses are random, and a way may part at a node that is in the pool.
    assert answer.code in {1, 3}
    assert "VERIFIED" not in answer.out


def test_an_anchor_counts_when_as_many_blocks_follow_as_the_ledger_asks_for(
    anvil: str, tmp_path: Path
) -> None:
    cli = Funded(tmp_path / "home", node=anvil)
    cli.done(*INIT, "--rpc", anvil, "--confirmations", "3")
    cli.done("org", "admit", "factors", "--did", FACTORS, "--legal-name", "Factors",
             "--country", "CN", "--role", "factor-publisher")  # fmt: skip
    fuel = publish_file(cli, factor_file("fuel", FACTORS, "2.5"), "factors")
    evidence, trust = tmp_path / "evidence.gz", tmp_path / "trust.json"
    pending = cli("anchor")
    for _ in range(20):  # a node under load has it in no block yet
        if "of 3 confirmations" in pending.out:
            break
        assert "pending: size 1: not in a block yet" in pending.out
        pending = cli("anchor")
    while "not in a block yet" in pending.out:  # a busy machine's node takes its time
        pending = cli("anchor")
    assert "pending" in pending.out
    assert "of 3 confirmations" in pending.out
    HTTPProvider(anvil).make_request("anvil_mine", ["0x4"])
    assert cli.done("anchor").out.startswith("anchored: size 1 ")
    made = cli.done("evidence", "export", fuel, "--out", evidence, "--format", "json").json
    cli.done("evidence", "trust", fuel, "--out", trust)
    assert json.loads(trust.read_text())["confirmations"] == 3
    cli.done("verify", evidence, "--trust", trust, "--block", made["block"])
