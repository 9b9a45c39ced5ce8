"""Accounts by command: handed over, recovered, objected to; the registrar's rights too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click
import pytest

from rootprint.api.cli import rootprint
from rootprint.ledger.chain import EmbeddedChain
from tests.cli.story import INIT, MAKER, factor_file, publish_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.running import Cli

pytestmark = pytest.mark.chain
DAY = 86_400
LOG_ITSELF = {("log", "checkpoint"), ("log", "proof")}
NOWHERE = "0x" + 40 * "9"


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let days pass on the embedded chain."""
    given = EmbeddedChain.open.__func__.__kwdefaults__  # type: ignore[attr-defined]

    def pass_by(days: int) -> None:
        before = given["clock"]
        monkeypatch.setitem(given, "clock", lambda: before() + days * DAY)

    return pass_by


@pytest.fixture
def own(tmp_path: Path) -> Cli:
    """A ledger of a test's own with a maker in it."""
    from tests.cli.running import Cli  # noqa: PLC0415 - named above for its type alone

    cli = Cli(tmp_path / "home")
    cli.done(*INIT)
    cli.done("org", "admit", "maker", "--did", MAKER, "--legal-name", "Maker", "--country", "CN",
             "--role", "supplier")  # fmt: skip
    return cli


def account(cli: Cli, name: str) -> str:
    made: str = cli.done("account", "new", name, "--format", "json").json["account"]
    return made


def acting(cli: Cli) -> str:
    found: str = cli.done("org", "show", "maker", "--format", "json").json["account"]
    return found


def test_the_guide_has_every_command_about_accounts(root: Path) -> None:
    guide = (root / "docs" / "accounts.md").read_text(encoding="utf-8")
    context, wanted = click.Context(rootprint), set()
    for name in ("org", "account", "registrar", "key", "log"):
        group = rootprint.get_command(context, name)
        assert isinstance(group, click.Group)
        wanted |= {(name, one) for one in group.list_commands(context)}
    shown = set(re.findall(r"bin/rootprint ([a-z]+) ([a-z-]+)", guide))
    assert wanted - shown == LOG_ITSELF


def test_an_account_passes_in_two_steps_and_for_good(own: Cli) -> None:
    cli, before = own, acting(own)
    after = account(cli, "maker-account-2")
    assert cli("account", "new", "maker-account-2").code == 1
    assert cli("account", "new", "maker").code == 1
    asked = cli("org", "hand-over", "maker", "--to", "maker-account-2")
    assert asked.code == 2
    assert f"{after} is to act for {MAKER}, in place of {before}" in asked.err
    assert "say --yes" in asked.err
    assert cli.done("org", "show", "maker", "--format", "json").json["invited"] is None
    cli.done("org", "hand-over", "maker", "--to", after.upper().replace("0X", "0x"), "--yes")
    assert acting(cli) == before
    shown = cli.done("org", "show", "maker", "--format", "json").json["invited"]
    assert (shown["account"], shown["recovery"]) == (after, False)

    account(cli, "third")
    another = cli("org", "accept", "maker", "--account", "third", "--yes")
    assert another.code == 4
    assert f"{after} is invited to act for {MAKER}, and no other" in another.err
    assert cli("org", "accept", "maker", "--account", "maker-account-2").code == 2
    cli.done("org", "accept", "maker", "--account", "maker-account-2", "--yes")
    assert acting(cli) == after
    assert f"acts for {MAKER}" in cli.done("account", "show", after).out
    assert "acts for nobody" in cli.done("account", "show", before).out
    # Once more is an attempt that goes on; and every command acts through the new account.
    cli.done("org", "accept", "maker", "--account", "maker-account-2", "--yes")
    cli.done("key", "add", "maker", "--as", "maker-2")
    cli.done("key", "retire", "maker-2")
    # The one before serves no organisation any more.
    taken = cli("org", "hand-over", "maker", "--to", before, "--yes")
    assert taken.code == 1
    assert "the account serves, or served, another organisation (AccountTaken)" in taken.err


def test_an_invitation_is_taken_back(own: Cli) -> None:
    cli = own
    account(cli, "next")
    assert cli("org", "hand-over", "maker").code == 2
    assert cli("org", "hand-over", "maker", "--to", "next", "--take-back", "--yes").code == 2
    assert cli("org", "hand-over", "maker", "--to", "0x12", "--yes").code == 2
    assert cli("org", "hand-over", "maker", "--to", "nobody", "--yes").code == 2
    assert cli("org", "hand-over", "maker", "--to", "0x" + 40 * "0", "--yes").code == 2
    cli.done("org", "hand-over", "maker", "--to", "next", "--yes")
    cli.done("org", "hand-over", "maker", "--take-back")
    gone = cli("org", "accept", "maker", "--account", "next", "--yes", "--format", "json")
    assert gone.code == 2
    assert gone.error["message"] == f"no account is invited to act for {MAKER}"


def test_a_lost_account_is_recovered_after_seven_days(
    own: Cli, tmp_path: Path, later: Callable[[int], None]
) -> None:
    cli = own
    decision = tmp_path / "decision.txt"
    decision.write_text("The account's key was lost in a fire.", encoding="utf-8")
    after = account(cli, "recovered")
    recover = ("org", "recover", "maker", "--to", "recovered", "--decision", decision)
    assert cli("org", "recover", "maker", "--to", "recovered").code == 2
    assert cli("org", "recover", "maker", "--drop", "--to", "recovered").code == 2
    nothing = cli("org", "recover", "maker", "--drop")
    assert (nothing.code, "no recovery of this organisation" in nothing.err) == (1, True)
    assert cli("org", "object", "maker").code == 1
    asked = cli(*recover)
    assert asked.code == 2
    assert "for seven days the present account can end it" in asked.err
    began = cli.done(*recover, "--yes", "--format", "json").json
    early = cli("org", "accept", "maker", "--account", "recovered", "--yes")
    assert early.code == 1
    assert f"can be accepted from {began['from']} on, and not before (TooEarly)" in early.err
    assert f"{began['from']}  {after} may take its account over, by recovery" in (
        cli.done("org", "show", "maker").out
    )
    ending = cli("org", "hand-over", "maker", "--to", "recovered").err
    assert f"that ends the recovery by which {after} may act from {began['from']} on" in ending
    # The account was not lost after all.
    cli.done("org", "object", "maker")
    cli.done("org", "hand-over", "maker", "--to", "recovered", "--yes")
    assert f"that ends the invitation of {after}" in cli(*recover).err
    cli.done(*recover, "--yes")
    cli.done("org", "recover", "maker", "--drop")
    cli.done(*recover, "--yes")
    (cli.home / "keys" / "maker.account.pem").unlink()
    gone = cli("org", "object", "maker")
    assert gone.code == 4
    assert "its key is not here" in gone.err
    later(8)
    cli.done("org", "accept", "maker", "--account", "recovered", "--yes")
    assert acting(cli) == after
    cli.done("key", "add", "maker", "--as", "maker-2")


def test_a_stolen_account_can_not_end_its_recovery(own: Cli, tmp_path: Path) -> None:
    cli = own
    decision = tmp_path / "decision.txt"
    decision.write_text("The account was stolen.", encoding="utf-8")
    cli.done("org", "suspend", "maker", "--reason", "inquiry")
    account(cli, "recovered")
    began = cli.done(
        "org", "recover", "maker", "--to", "recovered", "--decision", decision, "--yes"
    )
    assert "is not admitted, so that its present account can't end it" in began.err
    unasked = cli("org", "hand-over", "maker", "--to", "recovered")
    assert unasked.code == 1
    assert "a recovery of did:web:maker.example, which is not admitted, is" in unasked.err
    refused = cli("org", "object", "maker")
    assert refused.code == 1
    assert (
        "is being recovered, and does nothing until that has ended (RecoveryPending)" in refused.err
    )


def test_the_registrar_hands_over_in_two_steps(own: Cli, tmp_path: Path) -> None:
    cli = own
    fuel = factor_file("fuel", "did:web:factors.example", "2.5")
    cli.done("org", "admit", "factors", "--did", "did:web:factors.example", "--legal-name", "F",
             "--country", "CN", "--role", "factor-publisher")  # fmt: skip
    digest = publish_file(cli, fuel, "factors")
    cli.done("anchor")
    before = cli.done("registrar", "show", "--format", "json").json["registrar"]
    after = account(cli, "registrar-2")
    assert cli("registrar", "accept", "--account", "registrar-2", "--yes").code == 4
    assert cli("registrar", "hand-over", "--to", "registrar-2").code == 2
    cli.done("registrar", "hand-over", "--to", "registrar-2", "--yes")
    cli.done("registrar", "hand-over", "--take-back")
    assert cli("registrar", "accept", "--account", "registrar-2", "--yes").code == 4
    cli.done("registrar", "hand-over", "--to", after, "--yes")
    shown = cli.done("registrar", "show").out
    assert f"the registrar is {before}" in shown
    assert f"{after} is invited" in shown
    trust = tmp_path / "trust.json"
    cli.done("evidence", "trust", digest, "--out", trust)
    accepted = cli.done("registrar", "accept", "--account", "registrar-2", "--yes")
    assert "those handed out before are to be made anew" in accepted.out
    assert "is the registrar" in cli.done("account", "show", "registrar-2").out
    # The ledger walks on with the new one, and it admits; a trust file of before does not see it.
    cli.done("walk", digest)
    cli.done("org", "suspend", "maker")
    file = tmp_path / "evidence.gz"
    cli.done("evidence", "export", digest, "--out", file)
    old = cli("verify", file, "--trust", trust)
    assert old.code == 1
    assert "the organisation registry's registrar is not the trust file's" in old.out
    new = tmp_path / "new.json"
    cli.done("evidence", "trust", digest, "--out", new)
    cli.done("verify", file, "--trust", new)


def test_a_ledger_follows_a_registrar_that_handed_over_elsewhere(own: Cli) -> None:
    cli = own
    settings = cli.home / "rootprint.json"
    written = settings.read_text()
    after = account(cli, "registrar-2")
    cli.done("registrar", "hand-over", "--to", after, "--yes")
    cli.done("registrar", "accept", "--account", "registrar-2", "--yes")
    settings.write_text(written)  # what the folder of another operator holds
    assert "still names" in cli.done("registrar", "show").out
    assert cli("registrar", "follow", NOWHERE).code == 4
    cli.done("registrar", "follow", after)
    assert "still names" not in cli.done("registrar", "show").out
