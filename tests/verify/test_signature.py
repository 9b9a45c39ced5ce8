"""Checks have one signature, so that whoever makes one can make all (docs/adr/0017)."""

from __future__ import annotations

import inspect
from types import ModuleType

import pytest

from rootprint.ledger.verify import NAMES, checks

MODULES = [one for one in vars(checks).values() if isinstance(one, ModuleType)]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rpartition(".")[2])
def test_a_check_takes_a_statement_its_neighbours_and_the_context(module: ModuleType) -> None:
    found = inspect.signature(module.check, eval_str=False)
    assert [one.strip("_") for one in found.parameters] == ["node", "nodes", "context"]
    annotations = [one.annotation for one in found.parameters.values()]
    assert annotations == ["Node", "Mapping[bytes, Node]", "Context"]
    assert found.return_annotation == "Check"


def test_each_number_has_a_check_of_its_own() -> None:
    """Check 0 is made by whoever read the file."""
    assert sorted(module.NUMBER for module in MODULES) == sorted(set(NAMES) - {0})
