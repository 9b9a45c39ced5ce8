"""The limits that docs/verifying.md promises are those that the code keeps."""

from __future__ import annotations

import inspect
import pkgutil
import re
from fractions import Fraction
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

import rootprint.ledger.core
import rootprint.ledger.evidence
import rootprint.ledger.verifier
import rootprint.ledger.verify
from tests.project.pyproject import ROOT

if TYPE_CHECKING:
    from types import ModuleType

PAGE = (ROOT / "docs" / "verifying.md").read_text(encoding="utf-8")
TABLE = PAGE.partition("## Limits\n")[2].partition("\n## ")[0]
ROWS = {
    (module, name): Fraction(value.replace(",", ""))
    for value, module, name in re.findall(r"\| ([\d.,]+) \| `([\w.]+)\.(\w+)` \|\n", TABLE)
}


def test_each_row_is_compared() -> None:
    assert len(ROWS) == TABLE.count("\n| ") - 1  # less its head


@pytest.mark.parametrize(("module", "name"), ROWS)
def test_a_limit_on_the_page_is_the_codes(module: str, name: str) -> None:
    # By its text, for 0.05 in a float is another number than on the page.
    assert Fraction(str(getattr(import_module(module), name))) == ROWS[module, name]


@pytest.mark.parametrize(
    "package",
    [
        rootprint.ledger.core,
        rootprint.ledger.evidence,
        rootprint.ledger.verifier,
        rootprint.ledger.verify,
    ],
)
def test_no_limit_of_a_verification_is_missing_on_the_page(package: ModuleType) -> None:
    modules = [
        found.name for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ]
    stated = {
        (module, name)
        for module in modules
        for name in re.findall(r"(?m)^(MAX_\w+)\b.* = ", inspect.getsource(import_module(module)))
    }
    assert stated
    assert stated <= ROWS.keys()
