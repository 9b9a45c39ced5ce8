"""pyproject.toml and the packages on disk, as the tests of the project read them."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FACE = "rootprint"  # the one top-level name; it links to the packages
PACKAGES = ("ledger", "calc", "api")


def settings() -> dict[str, Any]:
    """Return pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def sources() -> list[Path]:
    """Return every Python file of the packages; never an empty list."""
    found = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    assert found
    return [ROOT / FACE / "__init__.py", *found]


def module_of(path: Path) -> str:
    """Return the dotted name of a source file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    parts = parts[:-1] if parts[-1] == "__init__" else parts
    return ".".join(parts if parts[0] == FACE else (FACE, *parts))


def python_scripts() -> list[Path]:
    """Return the files in scripts/ that Python runs and that have no suffix to say so."""
    candidates = [
        path for path in (ROOT / "scripts").iterdir() if path.is_file() and not path.suffix
    ]
    return [
        path for path in candidates if path.read_bytes().startswith(b"#!/usr/bin/env python3\n")
    ]


def third_party(path: Path) -> set[str]:
    """Return the first names of the absolute imports in a file, wherever in it they stand."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names
