"""The floors: which package may import which (the table is in pyproject.toml).

import-linter checks imports against contracts that scripts/floors makes of the table; this checks
the table against the packages on disk, and the contracts against the table.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

import _floors
from tests.project.pyproject import PACKAGES, ROOT, module_of, sources

if TYPE_CHECKING:
    from pathlib import Path

TABLE = _floors.table(ROOT)
FLOORS: dict[str, dict[str, Any]] = TABLE["floors"]
CONTRACTS = {one["name"]: one for one in _floors.contracts(ROOT)}
PURE = (
    *("calc", "ledger.core", "ledger.figures", "ledger.rules", "ledger.verify"),
    *("ledger.evidence", "ledger.verifier", "ledger.analysis", "ledger.chain"),
)
WIRING = "api.main"
UNWANTED = ("sqlalchemy", "web3", "fastapi", "uvicorn", "click")


def packages_on_disk() -> set[str]:
    """Return calc, every subpackage of ledger and api, and the module that wires them."""
    inner = {
        f"{package}.{path.parent.name}"
        for package in PACKAGES
        if package != "calc"
        for path in (ROOT / package).glob("*/__init__.py")
    }
    return {"calc", "api.main", *inner}


def row_of(module: str) -> str | None:
    """Return the row of the table that a module of ours belongs to."""
    inner = module.removeprefix("rootprint.")
    rows = [name for name in FLOORS if f"{inner}.".startswith(f"{name}.")]
    return max(rows, key=len, default=None)


def imports(path: Path) -> set[str]:
    """Return every module, and every name of a module, that a file imports from ours."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("rootprint"):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_the_table_names_every_package_on_disk() -> None:
    assert set(FLOORS) == packages_on_disk()


def test_the_table_stands_in_the_order_of_its_floors() -> None:
    heights = [row["floor"] for row in FLOORS.values()]
    assert heights == sorted(heights)
    assert set(heights) == set(range(max(heights) + 1))


def test_the_one_exception_is_the_root_of_the_error_tree() -> None:
    assert TABLE["exceptions"] == ["ledger.core.** -> calc.errors"]
    excused = {name for name, one in CONTRACTS.items() if one.get("ignore_imports")}
    assert excused == {
        "what stands on what",
        "what ledger.core imports",
        "web3 in ledger.chain.rpc only",
    }


@pytest.mark.parametrize("package", FLOORS)
def test_a_package_s_contract_names_all_that_it_may_not_import(package: str) -> None:
    imports = FLOORS[package]["imports"]
    below = {name for name, row in FLOORS.items() if row["floor"] < FLOORS[package]["floor"]}
    allowed = below if imports == ["*"] else set(imports)
    named = set(FLOORS) - allowed - {package}
    if named:
        contract = CONTRACTS[f"what {package} imports"]
        assert contract["source_modules"] == [f"rootprint.{package}"]
        assert set(contract["forbidden_modules"]) == {f"rootprint.{name}" for name in named}
    else:
        assert package == WIRING


def test_a_row_names_what_its_package_imports_and_nothing_else() -> None:
    """A name that no import needs would allow one that was not decided on."""
    imported: dict[str, set[str]] = {name: set() for name in FLOORS}
    for path in sources():
        own = row_of(module_of(path))
        for module in imports(path):
            if own is not None and row_of(module) not in {None, own}:
                imported[own].add(str(row_of(module)))
    listed = {name: set(row["imports"]) for name, row in FLOORS.items() if name != WIRING}
    assert FLOORS[WIRING]["imports"] == ["*"]
    excepted = {"ledger.core": {"calc"}}
    assert {name: imported[name] - excepted.get(name, set()) for name in listed} == listed


def test_a_package_beside_or_above_is_refused_in_the_table() -> None:
    floors = {"low": {"floor": 0, "imports": ["high"]}, "high": {"floor": 1, "imports": ["*"]}}
    with pytest.raises(ValueError, match="low names packages that are not below it"):
        _floors.forbidden(floors, "low")
    assert _floors.forbidden(floors, "high") == []


@pytest.mark.parametrize("library", TABLE["libraries"])
def test_a_library_is_forbidden_to_every_package_that_does_not_own_it(library: str) -> None:
    owners = TABLE["libraries"][library]
    [contract] = [one for one in CONTRACTS.values() if one.get("forbidden_modules") == [library]]
    assert set(contract["source_modules"]) == {
        f"rootprint.{name}" for name in FLOORS if name not in owners
    }


def test_what_verifies_loads_neither_sql_nor_web3_nor_a_server() -> None:
    """Every module of those packages is imported in a new process, the one for RPC included."""
    names = tuple(f"rootprint.{name}" for name in PURE)
    program = f"""
import importlib, pkgutil, sys
count = 0
for name in {names!r}:
    package = importlib.import_module(name)
    for module in pkgutil.walk_packages(package.__path__, name + "."):
        importlib.import_module(module.name)
        count += 1
print(count, *(name for name in {UNWANTED!r} if name in sys.modules))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    count, *loaded = done.stdout.split()
    assert int(count) > 0
    assert loaded == []
