"""``anchor`` once and as a watch in a process of its own, and ``chain`` under a wrong clock."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

import pytest

from rootprint.api.service.alone import LOCK_FILE, anchoring_alone
from rootprint.ledger.chain import EmbeddedChain
from tests.cli.running import PASSPHRASE, Cli
from tests.cli.story import FACTORS, INIT, factor_file, publish_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.chain, pytest.mark.slow]
YEAR = 365 * 86_400


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    """A new ledger with one organisation that publishes factors."""
    made = Cli(tmp_path / "home")
    made.done(*INIT)
    made.done("org", "admit", "factors", "--did", FACTORS, "--legal-name", "Factors",
              "--country", "CN", "--role", "factor-publisher")  # fmt: skip
    return made


def put(cli: Cli, name: str) -> str:
    return publish_file(cli, factor_file(name, FACTORS, "2.5"), "factors")


def ahead(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """Let the embedded chain read a clock that is wrong by so much."""
    given = EmbeddedChain.open.__func__.__kwdefaults__  # type: ignore[attr-defined]
    monkeypatch.setitem(given, "clock", lambda: time.time() + seconds)


@dataclass
class Running:
    """A watch in a process of its own."""

    process: subprocess.Popen[str]

    @property
    def out(self) -> IO[str]:
        """Its results."""
        assert self.process.stdout is not None
        return self.process.stdout

    def stop(self, number: int = signal.SIGTERM) -> tuple[int, str]:
        """Send a signal; return its exit code and what it said on stderr."""
        self.process.send_signal(number)
        _, err = self.process.communicate(timeout=60)
        return self.process.returncode, err


@contextmanager
def watching(cli: Cli, *options: str) -> Iterator[Running]:
    environment = {
        **os.environ,
        "ROOTPRINT_HOME": str(cli.home),
        "ROOTPRINT_PASSPHRASE": PASSPHRASE,
    }
    command = [sys.executable, "-m", "rootprint.api.main", "anchor", "--watch", *options]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True) as process:  # fmt: skip
        try:
            yield Running(process)
        finally:
            if process.poll() is None:
                process.kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_watch_anchors_what_is_published_and_ends_cleanly(cli: Cli, number: int) -> None:
    with watching(cli, "--entries", "1", "--format", "json") as running:
        for size in (1, 2):
            put(cli, f"fuel-{size}")
            line = json.loads(running.out.readline())
            assert (line["event"], line["state"], line["size"]) == ("anchored", "anchored", size)
            assert line["time"].endswith("Z")
        code, err = running.stop(number)
    assert code == 0, err
    assert "anchoring within 600 s or once 1 entries wait · Ctrl-C stops" in err
    assert "stopped: 2 anchors settled" in err
    assert json.loads(cli.done("anchor", "--format", "json").out)["state"] == "nothing new"


def test_one_process_at_a_time_anchors_a_log(cli: Cli) -> None:
    put(cli, "fuel")
    with watching(cli, "--every", "1") as running:
        assert running.out.readline().endswith(" anchored: size 1 in block 4\n")
        answer = cli("anchor")
        assert answer.code == 3
        assert f"process {running.process.pid} anchors this log already" in answer.err
        running.process.kill()
        running.process.wait()
    cli.done("anchor")  # the lock went with the process


def test_the_lock_is_let_go_and_its_file_stays(cli: Cli) -> None:
    with anchoring_alone(cli.home):
        assert cli("anchor").code == 3
    cli.done("anchor")
    assert (cli.home / LOCK_FILE).read_text() == f"{os.getpid()}\n"
    assert (cli.home / LOCK_FILE).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("option", [("--every", "5"), ("--entries", "5")])
def test_options_of_a_watch_without_one_are_refused(cli: Cli, option: tuple[str, str]) -> None:
    answer = cli("anchor", *option)
    assert answer.code == 2
    assert f"{option[0]} is of a watch" in answer.err


@pytest.mark.parametrize("option", [("--every", "0"), ("--entries", "0"), ("--every", "soon")])
def test_a_watch_of_nonsense_is_refused(cli: Cli, option: tuple[str, str]) -> None:
    assert cli("anchor", "--watch", *option).code == 2


def test_an_anchor_that_a_wrong_clock_keeps_away_does_not_exit_0(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(cli, "fuel")
    with monkeypatch.context() as patched:
        ahead(patched, YEAR)
        answer = cli("anchor")
    assert answer.code == 3
    assert "365 days after the newest block" in answer.out
    assert "rootprint chain confirm-clock" in answer.out
    cli.done("anchor")
    assert cli.done("anchor", "--format", "json").json["state"] == "nothing new"


def test_a_block_in_the_future_is_taken_back_by_a_command(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A day's slip is within what a pause may be; what was anchored under it stays anchored."""
    first = put(cli, "fuel")
    with monkeypatch.context() as patched:
        ahead(patched, 86_400)
        cli.done("anchor")
    put(cli, "oil")
    answer = cli("anchor")
    assert answer.code == 3
    assert "rootprint chain restamp" in answer.out
    done = cli.done("chain", "restamp", "--format", "json").json
    assert (done["blocks"], done["transactions"], done["changed"]) == (1, 1, [])
    assert "no block lies in the future" in cli.done("chain", "restamp").out
    cli.done("anchor")
    cli.done("walk", first)
    cli.done("log", "fsck")
    assert cli.done("anchor", "--format", "json").json["size"] == 2


def test_a_long_pause_goes_on_once_the_clock_is_confirmed(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(cli, "fuel")
    ahead(monkeypatch, YEAR)
    assert cli("anchor").code == 3
    assert cli.done("chain", "confirm-clock").out.startswith("confirmed: it is ")
    cli.done("anchor")
    shown = cli.done("chain", "show").out
    assert shown.startswith("chain 20261120: newest block 4, ")
