"""``scripts/test quick``: which tests it takes, by itself and where paths are given."""

from __future__ import annotations

import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from typing import TYPE_CHECKING

import pytest

from tests.project.pyproject import ROOT

if TYPE_CHECKING:
    from types import ModuleType


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module that says what it would run, and installs nothing."""
    loader = SourceFileLoader("test_script", str(ROOT / "scripts" / "test"))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    loader.exec_module(module)
    monkeypatch.setattr(module._bootstrap, "ensure", lambda _: None)
    return module


@pytest.mark.parametrize(
    ("arguments", "folders"),
    [
        ([], None),
        (["-k", "merkle"], None),
        (["-k", "calc", "-x"], None),
        (["tests/calc"], []),
        (["-x", "./tests/calc/test_uptake.py::test_x"], []),
    ],
)
def test_paths_stand_in_place_of_the_folders(
    arguments: list[str],
    folders: list[str] | None,
    script: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ran: dict[str, list[str]] = {}
    monkeypatch.setattr(script, "run", lambda name, command: ran.update({name: command}) or True)
    monkeypatch.setattr(sys, "argv", ["test", "quick", *arguments])
    assert script.main() == 0
    taken = script.QUICK_FOLDERS if folders is None else folders
    assert ran["tests"] == [*script.TESTS, *script.QUICK, *taken, *arguments]
    assert "types" not in ran


def test_every_folder_that_it_takes_is_there(script: ModuleType) -> None:
    assert all((ROOT / folder).exists() for folder in script.QUICK_FOLDERS)
