"""Names: one at the top, none that hides a module, and packages used by what they export."""

from __future__ import annotations

import ast
import doctest
import importlib
import pkgutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import rootprint
from tests.project.pyproject import FACE, PACKAGES, ROOT, module_of, settings, sources

if TYPE_CHECKING:
    from collections.abc import Iterator

# Each module of these is public (their docstrings say so).
OPEN = ("rootprint.calc", "rootprint.ledger.core")


def owner(module: str) -> str:
    """Return the package that a module belongs to: ``rootprint.calc``, ``rootprint.ledger.log``."""
    parts = module.split(".")
    return ".".join(parts[: 2 if parts[1:2] == ["calc"] else 3])


def packages() -> list[str]:
    """Return every package of ours, the nested ones too."""
    return [module_of(path) for path in sources() if path.name == "__init__.py"]


def crossing() -> Iterator[tuple[str, str, list[str]]]:
    """Yield (file, module, names) for each import of another package's."""
    for path in sources():
        own = owner(module_of(path))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ImportFrom) or not node.module or node.level:
                continue
            if node.module.split(".")[0] != FACE or node.module.count(".") < 1:
                continue
            names = [alias.name for alias in node.names]
            if node.module in {f"{FACE}.ledger", f"{FACE}.api"}:
                continue  # it names packages
            if owner(node.module) != own and not node.module.startswith(OPEN):
                yield str(path.relative_to(ROOT)), node.module, names


def test_the_links_lead_to_the_folders_at_the_top() -> None:
    for name in PACKAGES:
        link = ROOT / FACE / name
        assert link.is_symlink() or link.is_dir()  # a copy or an archive may hold the files
        assert (link / "__init__.py").read_bytes() == (ROOT / name / "__init__.py").read_bytes()


def test_the_bare_names_are_forbidden() -> None:
    banned = settings()["tool"]["ruff"]["lint"]["flake8-tidy-imports"]["banned-api"]
    assert {name for name in banned if "." not in name} == set(PACKAGES)
    program = "import ledger\nfrom calc import units\nfrom api.main import main\n"
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--select", "TID251", "--quiet", "-"],
        cwd=ROOT,
        input=program,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.count("docs/adr/0014") == len(PACKAGES)


@pytest.mark.parametrize("package", packages())
def test_no_public_name_hides_a_module(package: str) -> None:
    """``from package import name`` must not mean a function today and a module tomorrow."""
    loaded = importlib.import_module(package)
    modules = {found.name for found in pkgutil.iter_modules(loaded.__path__)}
    hidden = {
        name
        for name in getattr(loaded, "__all__", ())
        if name in modules and getattr(loaded, name) is not sys.modules.get(f"{package}.{name}")
    }
    assert hidden == set()


@pytest.mark.parametrize("package", packages())
def test_every_public_name_is_there(package: str) -> None:
    loaded = importlib.import_module(package)
    assert [name for name in getattr(loaded, "__all__", ()) if not hasattr(loaded, name)] == []


def test_another_package_is_used_by_its_public_names() -> None:
    known, found, private = set(packages()), 0, []
    for file, module, names in crossing():
        found += 1
        public = module in known and set(names) <= set(importlib.import_module(module).__all__)
        if not public:
            private.append(f"{file}: {module} {names}")
    assert found > 0
    assert private == []


def test_the_face_has_the_names_that_it_says() -> None:
    assert set(rootprint._HOME) == set(rootprint.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'absent'"):
        _ = rootprint.absent  # type: ignore[attr-defined]


def test_the_example_of_the_face_is_true() -> None:
    options = doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL
    failed, tried = doctest.testmod(rootprint, optionflags=options)
    assert (failed, tried > 0) == (0, True)


def test_importing_the_face_loads_nothing_else() -> None:
    program = "import sys, rootprint; print([n for n in sys.modules if n.startswith('rootprint.')])"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
