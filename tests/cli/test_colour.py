"""Colour stands where a terminal has it and its owner wants it, and says nothing of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from rootprint.api.cli.colour import coloured, may_colour
from tests.cli.test_lines import Buyer
from tests.project.pyproject import ROOT
from tests.verify.chains import chained

if TYPE_CHECKING:
    from pathlib import Path


class Terminal(StringIO):
    """A stream that says it is one."""

    def isatty(self) -> bool:
        """Say so."""
        return True


@pytest.mark.parametrize(
    ("environment", "expected"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_colour_needs_a_terminal_and_its_owner_s_will(
    environment: dict[str, str],
    expected: bool,  # noqa: FBT001
) -> None:
    assert may_colour(Terminal(), environment) is expected
    assert not may_colour(StringIO(), environment)


@pytest.mark.parametrize(
    ("line", "painted"),
    [
        ("PASS 1 envelope", "PASS"),
        ("  [part] FAIL 8 arithmetic  line 0", "FAIL"),
        ("???? 5 status", "????"),
        ("VERIFIED 1.896 kg CO2e per kg", "VERIFIED"),
        ("FAILED check 8", "FAILED"),
        ("INCOMPLETE 1 required check", "INCOMPLETE"),
        ("NOT READABLE this is a PDF", "NOT READABLE"),
        ("Product    VERIFIED steel", None),
        ("VERIFIEDLY", None),
        ("n/a  9 assurance", None),
        ("", None),
    ],
)
def test_only_a_state_or_verdict_at_its_place_has_one(line: str, painted: str | None) -> None:
    shown = coloured(line)
    assert re.sub(r"\x1b\[\d+m", "", shown) == line
    assert re.findall(r"\x1b\[3\dm(.*?)\x1b\[0m", shown) == ([] if painted is None else [painted])


@pytest.mark.chain
@pytest.mark.parametrize("refused", [False, True])
def test_a_real_terminal_has_it_unless_it_is_refused(tmp_path: Path, refused: bool) -> None:  # noqa: FBT001
    """And a pipe has none: what a program reads is what a person reads."""
    Buyer(tmp_path, chained())
    command = [sys.executable, "-m", "rootprint.api.main", "verify", tmp_path / "evidence.gz",
               "--trust", tmp_path / "trust.json"]  # fmt: skip
    kept = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    environment = {**kept, "PYTHONPATH": str(ROOT), "TERM": "xterm"}
    piped = subprocess.run(command, env=environment, capture_output=True, check=True, text=True)
    ours, theirs = os.openpty()
    if refused:
        environment["NO_COLOR"] = "1"
    with subprocess.Popen(
        command, env=environment, stdout=theirs, stderr=subprocess.DEVNULL
    ) as run:
        os.close(theirs)
        shown = b""
        while piece := _read(ours):
            shown += piece
        assert run.wait() == 0
    os.close(ours)
    text = shown.decode().replace("\r\n", "\n")
    assert ("\x1b[32mVERIFIED\x1b[0m" in text) is not refused
    assert re.sub(r"\x1b\[\d+m", "", text) == piped.stdout


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1 << 16)
    except OSError:  # Linux says so when the other end is closed
        return b""
