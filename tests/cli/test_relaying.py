"""``--sign-only`` and ``account relay``: an organisation without ether signs, another one sends."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest

from rootprint.ledger.core.encoding import time_text
from tests.cli.running import Cli
from tests.cli.story import FACTORS, INIT, factor_file, publish_file

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.chain


@pytest.fixture(scope="module")
def admitted(ledger: Cli) -> Cli:
    ledger.done("org", "admit", "factors", "--did", FACTORS, "--legal-name", "F",
                "--country", "CN", "--role", "factor-publisher")  # fmt: skip
    ledger.done("account", "new", "relay")
    return ledger


def test_keys_live_by_acts_that_a_relay_sends(admitted: Cli, tmp_path: Path) -> None:
    cli, act = admitted, tmp_path / "act.json"
    send = ("account", "relay", act, "--account", "relay", "--yes")
    signed = cli.done("key", "add", "factors", "--as", "factors-2", "--sign-only", act)
    assert f"nothing was sent: {act} is signed" in signed.out
    draft = cli.done("compose", "-", stdin=factor_file("fuel", FACTORS, "1")).out
    text = cli.done("sign", "-", "--as", "factors-2", stdin=draft).out
    early = cli("publish", "-", stdin=text)
    assert (early.code, "the key was not yet added" in early.err) == (4, True)
    asked = cli(*send[:-1])
    assert asked.code == 2
    assert "AddKey of organisation 0x" in asked.err
    assert "sends it and pays; it counts once" in asked.err
    sent = cli.done(*send, "--format", "json").json
    assert (sent["act"], sent["signedBy"] != sent["sentBy"]) == ("AddKey", True)
    cli.done("publish", "-", stdin=text)
    cli.done("anchor")
    again = cli(*send)
    assert again.code == 1
    assert "the act has nonce 0, and the organisation's next one has 1: it was sent" in again.err

    since = time_text(int(time.time()))
    cli.done("key", "compromised", "factors-2", "--since", since, "--sign-only", act)
    cli.done(*send)
    late = cli("key", "compromised", "factors-2", "--since", since)
    assert "not earlier than the one reported before" in late.err
    cli.done("key", "retire", "factors-2", "--unanchored-too", "--sign-only", act)
    cli.done(*send)
    assert "retired already" in cli("key", "retire", "factors-2", "--unanchored-too").err


def test_a_withdrawal_is_sent_by_a_relay(admitted: Cli, tmp_path: Path) -> None:
    cli, act = admitted, tmp_path / "act.json"
    digest = publish_file(cli, factor_file("oil", FACTORS, "2"), "factors")
    cli.done("anchor")
    given = ("withdraw", digest, "--as", "factors", "--reason", "wrong")
    said = cli.done(*given, "--sign-only", act, "--format", "json").json
    assert said["signedAct"] == str(act)
    cli.done("anchor")
    cli.done("account", "relay", act, "--account", "relay", "--yes")
    walked = cli("walk", digest)
    assert (walked.code, "withdrawn by" in walked.last) == (1, True)


def test_an_act_is_refused_in_words_before_it_is_paid_for(admitted: Cli, tmp_path: Path) -> None:
    cli, act = admitted, tmp_path / "act.json"
    until = cli("key", "add", "factors", "--as", "factors-8", "--until", "2036-01-01T00:00:00Z")
    assert (until.code, "--until is of a signed act" in until.err) == (2, True)
    assert not (cli.home / "keys" / "factors-8.signing.pem").exists()
    cli.done("key", "add", "factors", "--as", "factors-9", "--sign-only", act,
             "--until", "2026-01-01T00:00:00Z")  # fmt: skip
    send = ("account", "relay", act, "--account", "relay", "--yes")
    over = cli(*send)
    assert over.code == 1
    assert "the signed act counted until 2026-01-01T00:00:00Z (DeadlinePassed)" in over.err
    # The same key is signed for anew: an act that came too late is no dead end.
    kid = cli.done("key", "add", "factors", "--as", "factors-9", "--sign-only", act,
                   "--format", "json").json["kid"]  # fmt: skip
    cli.done(*send)
    added = cli("key", "add", "factors", "--as", "factors-9")
    assert (added.code, "(KeyAlreadyAdded)" in added.err) == (1, True)
    assert cli.done("key", "retire", "factors-9", "--format", "json").json["kid"] == kid
    cli.done("key", "add", "factors", "--as", "factors-6", "--sign-only", act)
    content = json.loads(act.read_text())
    act.write_text(json.dumps(content | {"message": content["message"] | {"deadline": 2**40}}))
    changed = cli(*send)
    assert changed.code == 4
    assert "acts for the organisation, and did not sign this act" in changed.err
    act.write_text(json.dumps(content | {"chainId": 1}))
    elsewhere = cli(*send)
    assert (elsewhere.code, "and this ledger has" in elsewhere.err) == (1, True)
    act.write_text("{}")
    assert cli(*send).code == 1


def test_a_relay_of_another_ledger_s_contracts_sends_nothing(admitted: Cli, tmp_path: Path) -> None:
    act = tmp_path / "act.json"
    admitted.done("key", "add", "factors", "--as", "factors-7", "--sign-only", act)
    other = Cli(tmp_path / "other")
    other.done(*INIT)
    answer = other("account", "relay", act, "--account", "operator", "--yes")
    assert (answer.code, "and this ledger has" in answer.err) == (1, True)
