"""What verifies is installed by default; what an extra brings is named where it is missing."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from rootprint.api.cli.extras import EXTRAS, extra_of
from tests.conformance.contract import CASES, expected

if TYPE_CHECKING:
    from pathlib import Path

NOT_FOR_VERIFYING = (*EXTRAS, "hexbytes", "httpx", "scipy", "trie")
PROGRAM = """
import sys
for name in {blocked!r}:
    sys.modules[name] = None  # importing it raises ModuleNotFoundError
from rootprint.api.main import main
sys.argv = ["rootprint", *{arguments!r}]
main()
"""
PROVEN = "confirmations_do_not_apply_to_a_trusted_block"


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    program = PROGRAM.format(blocked=NOT_FOR_VERIFYING, arguments=arguments)
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_command_verifies_without_what_the_extras_bring(root: Path) -> None:
    evidence, trust = (str(CASES / PROVEN / name) for name in ("evidence.gz", "trust.json"))
    done = run(root, "verify", evidence, "--trust", trust, "--format", "json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["subject"] == expected(CASES / PROVEN)["subject"]


def test_the_help_is_printed_without_what_the_extras_bring(root: Path) -> None:
    """Bug: listing the commands loaded all of them, and ended at the first that lacks a library."""
    done = run(root, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert "serve" in done.stdout


def test_what_is_missing_is_named_with_the_extra_that_brings_it(root: Path) -> None:
    done = run(root, "--home", "absent", "serve")
    assert done.returncode == 3
    assert "pip install 'rootprint[" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("module", "extra"), [("eth.vm", "ledger"), ("web3", "rpc")])
def test_a_part_of_a_library_is_the_library_s(module: str, extra: str) -> None:
    assert extra_of(module) == extra


def test_a_module_that_no_extra_brings_is_no_extra_s() -> None:
    assert extra_of("json") is None
    assert extra_of(None) is None
