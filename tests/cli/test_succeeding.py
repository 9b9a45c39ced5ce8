"""A frozen log's folder goes on with its successor: as the guide shows it, to a buyer's verdict."""

from __future__ import annotations

import json
import re
import shlex
from typing import TYPE_CHECKING

import pytest

from rootprint.ledger.chain import EmbeddedChain
from tests.cli.running import Cli
from tests.cli.story import FACTORS, INIT, factor_file, publish_file
from tests.project.docs_commands import commands

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cli.running import Answer
    from tests.project.docs_commands import Command

pytestmark = pytest.mark.chain
WEEK = 7 * 86_400
_TYPED = re.compile(r"\.venv/bin/rootprint (.+?)(?: # exit \d+)?$")


def of_the_guide(root: Path) -> Iterator[Command]:
    """Return the commands that it shows and whose seven days no run of the guide waits for."""
    guide = (root / "docs" / "accounts.md").read_text(encoding="utf-8")
    return (command for command in commands(guide) if "seven days" in command.not_run)


def typed(cli: Cli, command: Command, successor: str, decision: Path) -> Answer:
    """Run a command of the guide, with what its shell would put in."""
    found = _TYPED.search(command.text)
    assert found is not None
    text = found[1].replace("$(cat accounts/successor)", successor)
    return cli(*shlex.split(text.replace("accounts/decision.txt", str(decision))))


def test_a_ledger_goes_on_with_the_successor_and_old_trust_files_hold(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli, decision = Cli(tmp_path / "home"), tmp_path / "decision.txt"
    decision.write_text("These are the reasons.", encoding="utf-8")
    given = EmbeddedChain.open.__func__.__kwdefaults__  # type: ignore[attr-defined]
    clock = given["clock"]
    made = EmbeddedChain.create.__func__.__kwdefaults__  # type: ignore[attr-defined]
    for one in (given, made):
        monkeypatch.setitem(one, "clock", lambda: clock() - WEEK - 60)
    cli.done(*INIT)
    cli.done("org", "admit", "factors", "--did", FACTORS, "--legal-name", "factors",
             "--country", "CN", "--role", "factor-publisher")  # fmt: skip
    fuel = publish_file(cli, factor_file("fuel", FACTORS, "2"), "factors")
    cli.done("anchor")
    buyers = cli.home / "buyer.json"
    cli.done("evidence", "trust", fuel, "--out", buyers)
    ours = cli.done("log", "show", "--format", "json").json["logId"]
    late = publish_file(cli, factor_file("late", FACTORS, "3"), "factors")
    cli.done("anchor")  # row 1, which the registrar does not believe
    again = cli("log", "follow", "--account", "operator", "--yes")
    assert (again.code, "no log goes on from" in again.err) == (2, True)

    cli.done("account", "new", "operator-3")
    opened = cli.done("log", "open", "--account", "operator-3", "--format", "json").json
    ran = 0
    for command in of_the_guide(root):
        if "--finish" in command.text:
            monkeypatch.setitem(given, "clock", clock)  # the week is over
        if "log follow" in command.text:
            unasked = cli("log", "follow", "--account", "operator-3")
            assert (unasked.code, "that wait for it: 1" in unasked.err) == (2, True)
            assert cli("log", "follow", "--account", "operator", "--yes").code == 4
            assert cli("walk", late).code == 3  # the frozen log's row 1 stands for nothing
        answer = typed(cli, command, opened["logId"], decision)
        assert answer.code == command.status, f"{command.text}\n{answer.out}{answer.err}"
        ran += 1
    assert ran > 0
    assert "it goes on from the log that trust files name: the log is frozen" in answer.out
    oil = publish_file(cli, factor_file("oil", FACTORS, "4"), "factors")
    cli.done("anchor")

    assert json.loads(buyers.read_text(encoding="utf-8"))["logId"] == ours
    for name, digest in (("fuel", fuel), ("late", late), ("oil", oil)):
        assert cli.done("walk", digest).last.startswith("VERIFIED")
        evidence = tmp_path / f"{name}.gz"
        cli.done("evidence", "export", digest, "--out", evidence)
        asked = ("--issuer", FACTORS, "--product", f"urn:example:{name}")
        answer = cli.done("verify", evidence, "--trust", buyers, *asked)
        assert answer.last.startswith("VERIFIED")
    cli.done("log", "fsck")
    cli.done("account", "new", "operator-4")
    cli.done("log", "hand-over", "--to", "operator-4", "--yes")
    cli.done("log", "accept", "--account", "operator-4", "--yes")
    shown = cli.done("log", "show", "--format", "json").json
    assert (shown["logId"], shown["rows"]) == (opened["logId"], 3)
