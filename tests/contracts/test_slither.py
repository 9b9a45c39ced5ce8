"""scripts/slither: what it compares, and that what is accepted is still there to be found.

Slither itself takes a minute with its environment, so it is run by hand; a test runs it where that
environment has been made.
"""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType


@pytest.fixture(scope="module")
def slither(root: Path) -> ModuleType:
    """scripts/slither as a module."""
    loader = SourceFileLoader("slither_script", str(root / "scripts" / "slither"))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


def test_a_finding_is_known_by_its_words_wherever_it_stands(slither: ModuleType) -> None:
    described = "C.f() (contracts/C.sol#1-2) compares\n\t- a < b (contracts/C.sol#2)\n"
    report = {"detectors": [{"check": "timestamp", "description": described}]}
    assert slither.findings(report) == [("timestamp", "C.f() compares - a < b")]


def test_new_gone_and_doubled_findings_are_told_apart(slither: ModuleType) -> None:
    accepted = {("timestamp", "C.f() compares"): "days", ("assembly", "C.g() uses"): "quick"}
    first, second = accepted
    assert slither.differences(accepted, [first, second]) == []
    assert slither.differences(accepted, [first]) == ["gone: assembly: C.g() uses"]
    lines = slither.differences(accepted, [first, first, second, ("reentrancy", "C.h()")])
    assert lines[:2] == ["new: timestamp: C.f() compares", "new: reentrancy: C.h()"]
    assert "contracts/slither.json" in lines[2]


def test_each_accepted_finding_has_a_reason_and_is_of_a_name_in_the_contracts(
    slither: ModuleType, root: Path
) -> None:
    accepted = slither.read_accepted(slither.ACCEPTED)
    assert min(map(len, accepted.values())) > 20
    files = [
        *(root / "contracts").glob("*.sol"),
        *(root / "contracts" / "interfaces").glob("*.sol"),
    ]
    sources = {path.stem: path.read_text() for path in files}
    for _, words in accepted:
        for contract, name in re.findall(r"\b([A-Z]\w+)\.(\w+)", words):
            assert name in sources[contract], words


@pytest.mark.contracts
def test_slither_finds_what_is_accepted_where_its_environment_was_made(root: Path) -> None:
    if not (root / ".slither" / ".rootprint-slither").is_file():
        pytest.skip("slither's own environment is not here: ./scripts/slither makes it")
    done = subprocess.run(
        [sys.executable, "scripts/slither"],
        cwd=root,
        env={"ROOTPRINT_SLITHER_INSIDE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
