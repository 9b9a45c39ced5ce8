"""A ledger whose operator's key another machine holds: a signer of its own process, and a node."""

from __future__ import annotations

import json
import re
import stat
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from web3 import HTTPProvider

from rootprint.ledger.chain import address_of
from tests.cli.running import Cli
from tests.cli.story import INIT
from tests.support.signer import signing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEY = bytes([3]) * 32
ADDRESS = f"0x{address_of(KEY).hex()}"
# The first account of anvil's own, which it signs for itself.
ANVILS = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266"


@contextmanager
def process(root: Path) -> Iterator[str]:
    """Run a signer as a process of its own; give its address."""
    command = [sys.executable, "-m", "tests.support.signer", KEY.hex()]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        try:
            yield running.stdout.readline().strip()
        finally:
            running.terminate()


def test_a_ledger_is_made_and_anchors_with_no_operators_key(tmp_path: Path, root: Path) -> None:
    cli = Cli(tmp_path / "home")
    with process(root) as url:
        place = url.replace("http://", "http://operator:pass-word@")
        cli.done(*INIT, "--operator-signer", place, "--operator-address", ADDRESS)
        file = cli.home / "keys" / "operator.signer.json"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert json.loads(file.read_bytes())["url"] == place
        assert not (cli.home / "keys" / "operator.account.pem").exists()
        assert cli.done("account", "show", "operator").out.startswith(ADDRESS)
        assert cli.done("log", "show", "--format", "json").json["operator"] == ADDRESS
        _publish(cli, tmp_path)
        assert cli.done("anchor", "--format", "json").json["state"] == "anchored"
        _publish(cli, tmp_path)
    waiting = cli("anchor")
    assert waiting.code == 3
    said = f"the signer at 127.0.0.1 of account {ADDRESS} can't be reached"
    assert f"not signed: {said}" in waiting.out
    assert said in waiting.err
    assert "pass-word" not in waiting.out + waiting.err
    again = cli(*INIT, "--operator-signer", place, "--operator-address", ADDRESS)
    assert "holds a ledger already" in again.err


def _publish(cli: Cli, folder: Path) -> None:
    """Let the authority say something: a suspension's decision is an entry of the log."""
    (folder / "why.txt").write_text("why")
    did = "did:web:maker.example"
    if not (cli.home / "keys" / "maker.signing.pem").exists():
        cli.done("org", "admit", "maker", "--did", did, "--legal-name", "Maker", "--country", "CN",
                 "--role", "supplier")  # fmt: skip
        cli.done("org", "suspend", "maker", "--reason", "inquiry", "--decision", folder / "why.txt")
        return
    cli.done("org", "readmit", "maker", "--decision", folder / "why.txt")


def test_any_account_may_be_a_signers(tmp_path: Path) -> None:
    """The operator's passes to one, and back; what the signer signs otherwise is not sent."""
    cli = Cli(tmp_path / "home")
    cli.done(*INIT)
    with signing(KEY) as signer:
        cli.done("account", "new", "vault", "--signer", signer.url, "--address", ADDRESS)
        taken = cli("account", "new", "vault")
        assert "the short name 'vault' is taken" in taken.err
        cli.done("log", "hand-over", "--to", "vault", "--yes")
        signer.conduct = "another receiver"
        wrong = cli("log", "accept", "--account", "vault", "--yes")
        assert wrong.code != 0
        assert "signed something else than it was asked to: its receiver is 0x7777" in wrong.err
        assert cli.done("log", "show", "--format", "json").json["operator"] != ADDRESS
        signer.conduct = "clef"
        cli.done("log", "accept", "--account", "vault", "--yes")
        assert cli.done("log", "show", "--format", "json").json["operator"] == ADDRESS
        _publish(cli, tmp_path)
        signer.conduct = "a payment"
        wrong = cli("anchor")
        assert wrong.code == 3
        assert "its value is 1 and not 0" in wrong.err
        signer.conduct = "web3signer"
        assert cli.done("anchor", "--format", "json").json["state"] == "anchored"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--signer", "http://h"], "--signer and --address come together"),
        (["--address", ADDRESS], "--signer and --address come together"),
        (["--signer", "http://h", "--address", "operator"], "come together"),
        (["--signer", "ftp://secret-word", "--address", ADDRESS], "an http or https address"),
    ],
)
def test_a_signer_that_is_named_in_part_is_refused(
    ledger: Cli, options: list[str], words: str
) -> None:
    answer = ledger("account", "new", "vault", *options)
    assert answer.code != 0
    assert words in answer.err
    assert "secret-word" not in answer.err


def test_a_file_that_names_no_signer_is_refused_without_its_address(ledger: Cli) -> None:
    path = ledger.home / "keys" / "broken.signer.json"
    for content in ('{"version":1,"url":"ftp://secret-word","address":"0x12"}', "{", "[]",
                    '{"version":1,"url":"http://secret-word","address":"0x12"}'):  # fmt: skip
        path.write_text(content)
        answer = ledger("account", "show", "broken")
        assert answer.code == 1
        assert re.search("broken.signer.json names no signer: ", answer.err)
        assert "secret-word" not in answer.err


@pytest.mark.contracts
@pytest.mark.slow
def test_another_makers_signer_signs_a_ledgers_whole_beginning(anvil: str, tmp_path: Path) -> None:
    """Anvil holds accounts of its own and signs for them as any signer does."""
    cli = Cli(tmp_path / "home")
    begin = (*INIT, "--rpc", anvil, "--confirmations", "0", "--operator-signer", anvil,
             "--operator-address", ANVILS)  # fmt: skip
    for _ in range(6):
        answer = cli(*begin)
        if answer.code == 0:
            break
        named = answer.err.partition("account 0x")[2][:40]
        HTTPProvider(anvil).make_request("anvil_setBalance", [f"0x{named}", hex(10**18)])  # type: ignore[arg-type]
    assert answer.code == 0, answer.err
    assert cli.done("log", "show", "--format", "json").json["operator"] == ANVILS
