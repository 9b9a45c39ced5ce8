"""A log's operator handed over, a log frozen and succeeded, a compromise dated far back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rootprint.ledger.chain import EmbeddedChain
from rootprint.ledger.core.encoding import time_text
from tests.cli.running import Cli
from tests.cli.story import FACTORS, INIT, MAKER, factor_file, product_file, publish_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.chain
DAY = 86_400


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
    """A ledger of a test's own with two makers in it, and a decision beside it."""
    cli = Cli(tmp_path / "home")
    cli.done(*INIT)
    for name, did, role in (("maker", MAKER, "supplier"), ("factors", FACTORS, "factor-publisher")):
        cli.done("org", "admit", name, "--did", did, "--legal-name", name, "--country", "CN",
                 "--role", role)  # fmt: skip
    (tmp_path / "decision.txt").write_text("These are the reasons.", encoding="utf-8")
    return cli


def test_a_log_passes_to_another_operator_in_two_steps(own: Cli) -> None:
    cli = own
    digest = publish_file(cli, factor_file("fuel", FACTORS, "2"), "factors")
    cli.done("anchor")
    before = cli.done("log", "show", "--format", "json").json
    after = cli.done("account", "new", "operator-2", "--format", "json").json["account"]
    assert cli("log", "accept", "--account", "operator-2", "--yes").code == 4
    assert cli("log", "hand-over", "--to", "operator-2").code == 2
    cli.done("log", "hand-over", "--to", "operator-2", "--yes")
    cli.done("log", "hand-over", "--take-back")
    assert cli("log", "accept", "--account", "operator-2", "--yes").code == 4
    cli.done("log", "hand-over", "--to", after, "--yes")
    assert f"{after} is invited to operate it" in cli.done("log", "show").out
    cli.done("log", "accept", "--account", "operator-2", "--yes")
    shown = cli.done("log", "show", "--format", "json").json
    assert (shown["operator"], shown["logId"]) == (after, before["logId"])
    publish_file(cli, factor_file("oil", FACTORS, "3"), "factors")
    cli.done("anchor")
    assert cli.done("log", "show", "--format", "json").json["rows"] == before["rows"] + 1
    cli.done("walk", digest)


def test_a_stuck_log_is_frozen_after_seven_days_and_what_it_anchored_stands(
    own: Cli, tmp_path: Path, later: Callable[[int], None]
) -> None:
    cli, decision = own, tmp_path / "decision.txt"
    before = cli.done("log", "show", "--format", "json").json["logId"]
    digest = publish_file(cli, factor_file("fuel", FACTORS, "2"), "factors")
    cli.done("anchor")
    oil = publish_file(cli, factor_file("oil", FACTORS, "3"), "factors")
    assert cli("log", "freeze").code == 2
    assert cli("log", "freeze", "--finish", "--drop").code == 2
    assert "seven days after it was announced" in cli("log", "freeze", "--finish", "--yes").err
    asked = cli("log", "freeze", "--decision", decision)
    assert asked.code == 2
    assert "entries logged here and not anchored: 1" in asked.err
    cli.done("log", "freeze", "--decision", decision, "--yes")
    cli.done("log", "freeze", "--drop")
    said = cli.done("log", "freeze", "--decision", decision, "--yes", "--format", "json").json
    assert f"announced to be frozen from {said['freezeFrom']} on" in cli.done("log", "show").out
    early = cli("log", "freeze", "--finish", "--yes")
    assert early.code == 1
    assert f"from {said['freezeFrom']} on" in early.err
    opened = cli.done("account", "new", "operator-2")
    assert opened.out.startswith("operator-2: 0x")
    successor = cli.done("log", "open", "--account", "operator-2", "--format", "json").json["logId"]
    name = ("log", "name-successor", "--successor", successor, "--row")
    early = cli(*name, "0", "--yes")
    assert "only a frozen one has a successor (LogIsNotFrozen)" in early.err
    later(8)
    cli.done("log", "freeze", "--finish", "--yes")
    refused = cli("anchor")
    assert refused.code == 4
    assert "was frozen by the registrar at" in refused.err
    now = "--at", time_text(cli_time(cli))
    walked = cli.done("walk", digest, *now)
    assert walked.last.startswith("VERIFIED")
    assert "; the log is frozen since " in walked.out
    never = cli("walk", oil, *now)
    assert never.code == 3
    assert "no checkpoint that covers the entry was anchored" in never.out

    assert "has 1 anchored checkpoints, and none of that number" in cli(*name, "7", "--yes").err
    assert cli(*name, "0").code == 2
    named = cli.done(*name, "0", "--yes")
    assert f"log {successor} goes on from row 0" in named.out
    assert f"log {successor} goes on from row 0" in cli.done("log", "show").out
    following = cli.done("log", "show", "--log", successor, "--format", "json").json
    assert (following["rows"], following["anchored"], following["frozenAt"]) == (1, 1, None)
    twice = cli(*name, "0", "--yes", "--log", following["logId"])
    assert "only a frozen one has a successor (LogIsNotFrozen)" in twice.err
    twice = cli(*name, "0", "--yes", "--log", before)
    assert twice.code == 1
    assert "the log has a successor already, and it stands (SuccessorAlreadyNamed)" in twice.err
    assert cli("log", "show", "--log", "0x" + 64 * "9").code == 2
    assert cli.done("walk", digest).last.startswith("VERIFIED")


def test_the_registrar_dates_a_compromise_far_back(
    own: Cli, tmp_path: Path, later: Callable[[int], None]
) -> None:
    cli, decision = own, tmp_path / "decision.txt"
    kid = cli.done("key", "add", "factors", "--as", "factors-2", "--format", "json").json["kid"]
    since = time_text(cli_time(cli))
    fuel = publish_file(cli, factor_file("fuel", FACTORS, "2"), "factors-2")
    part = publish_file(cli, product_file("part", MAKER, {"fuel": "2"}), "maker", fuel=fuel)
    cli.done("anchor")
    for month in range(4):  # the embedded chain's clock goes on by a month at most
        later(30)
        cli.done("key", "add", "maker", "--as", f"maker-{month}")
    late = cli("key", "compromised", "factors-2", "--since", since)
    assert late.code == 1
    assert "further back only the registrar dates it" in late.err
    given = ("key", "back-date", "factors", kid, "--since", since, "--decision", decision)
    asked = cli(*given)
    assert asked.code == 2
    assert "what was anchored from then on with it fails" in asked.err
    assert f"part | maker | {part}" in asked.err
    cli.done("walk", part)
    cli.done(*given, "--yes")
    walked = cli("walk", part, "--at", time_text(cli_time(cli)))
    assert walked.code == 1
    assert "the key was reported as compromised" in walked.out


def cli_time(cli: Cli) -> int:
    """Return the newest block's time."""
    with EmbeddedChain.open(cli.home / "chain.sqlite", read_only=True) as chain:
        return chain.block().time
