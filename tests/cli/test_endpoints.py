"""A ledger on a chain behind several endpoints, its operator's account a wallet's keystore."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from web3 import HTTPProvider

from rootprint.ledger.chain import address_of
from tests.cli.running import PASSPHRASE, Cli
from tests.cli.story import INIT
from tests.service.test_keyfiles import SECRET, keystore

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.contracts, pytest.mark.slow]
DEAD = "http://127.0.0.1:1/token"


def fund(node: str, account: bytes) -> None:
    method = "anvil_setBalance"
    HTTPProvider(node).make_request(method, [f"0x{account.hex()}", hex(10**18)])


def test_its_whole_life_goes_on_while_one_endpoint_is_dead(anvil: str, tmp_path: Path) -> None:
    cli = Cli(tmp_path / "home")
    (tmp_path / "home").mkdir()
    keystore(tmp_path / "home" / "keys", passphrase=PASSPHRASE)
    begin = (*INIT, "--rpc", DEAD, "--rpc", anvil, "--confirmations", "0", "--finalized")
    poor = cli(*begin)
    assert poor.code == 3
    operator = f"account 0x{address_of(SECRET).hex()} on chain 31337 has 0 coins"
    assert operator in poor.err
    assert "send at least 0." in poor.err
    for _ in range(5):
        answer = cli(*begin)
        if answer.code == 0:
            break
        named = answer.err.partition("account 0x")[2][:40]
        fund(anvil, bytes.fromhex(named))
    assert answer.code == 0, answer.err
    settings = json.loads((cli.home / "rootprint.json").read_text())
    assert (settings["rpc"], settings["finalized"]) == ([DEAD, anvil], True)
    shown = cli.done("chain", "show").out
    assert "passed over: endpoint 1 (127.0.0.1): the chain endpoint at 127.0.0.1 gave no" in shown
    assert "endpoint 2 (127.0.0.1): block " in shown
    assert "token" not in shown
    anchored = cli.done("anchor", "--format", "json")
    assert anchored.json["reason"] == "the log is empty"
    assert "passed over: endpoint 1 (127.0.0.1): the chain endpoint" in anchored.err
    refused = cli("chain", "use", "--rpc", DEAD)
    assert refused.code == 3
    assert "name endpoints that can be used now" in refused.err
    assert json.loads((cli.home / "rootprint.json").read_text()) == settings
    cli.done("chain", "use", "--rpc", anvil)
    assert json.loads((cli.home / "rootprint.json").read_text())["rpc"] == [anvil]
    found = cli.done("chain", "show", "--format", "json").json
    assert [one["fault"] for one in found["endpoints"]] == [""]
    for command in ("confirm-clock", "restamp"):
        assert cli("chain", command).code == 1


def test_the_embedded_chain_has_no_endpoints(tmp_path: Path) -> None:
    cli = Cli(tmp_path / "home")
    cli.done(*INIT)
    assert cli("chain", "use", "--rpc", "http://127.0.0.1:1").code == 1
    assert cli("init", "--finalized", *INIT[1:]).code == 2
    assert cli.done("chain", "show", "--format", "json").json["endpoints"] == []
