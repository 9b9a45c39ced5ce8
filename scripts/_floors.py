"""The table of floors in pyproject.toml, and import-linter's contracts made of it.

Layers say what stands on what; as they alone would let a package import any lower one, each package
also has a contract that names every package which it may not import directly (what those import in
turn is theirs to answer for). The same table says who alone imports a library.
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

TOP = "rootprint"
ALL = "*"


def table(root: Path) -> dict[str, Any]:
    """Return ``[tool.rootprint]`` of the project at ``root``."""
    text = (root / "pyproject.toml").read_text(encoding="utf-8")
    found: dict[str, Any] = tomllib.loads(text)["tool"]["rootprint"]
    return found


def forbidden(floors: dict[str, dict[str, Any]], package: str) -> list[str]:
    """Return the packages that one must not import directly, sorted."""
    row = floors[package]
    lower = {name for name, other in floors.items() if other["floor"] < row["floor"]}
    allowed = lower if row["imports"] == [ALL] else set(row["imports"])
    if not allowed <= lower:
        message = f"{package} names packages that are not below it: {sorted(allowed - lower)}"
        raise ValueError(message)
    return sorted(set(floors) - allowed - {package})


def contracts(root: Path) -> list[dict[str, Any]]:
    """Return the contracts, each with the options that import-linter gives them."""
    known = table(root)
    floors, excused = known["floors"], [_import(text) for text in known["exceptions"]]
    levels = sorted({row["floor"] for row in floors.values()}, reverse=True)
    made: list[dict[str, Any]] = [
        {
            "name": "what stands on what",
            "type": "layers",
            "layers": [
                " | ".join(_ours(name for name, row in floors.items() if row["floor"] == level))
                for level in levels
            ],
            "ignore_imports": excused,
        }
    ]
    for package in floors:
        source = f"{package}."
        own = [one for one in excused if one.startswith((f"{TOP}.{package} ", f"{TOP}.{source}"))]
        made.append(
            {
                "name": f"what {package} imports",
                "source_modules": _ours([package]),
                "forbidden_modules": _ours(forbidden(floors, package)),
                "ignore_imports": own,
                "allow_indirect_imports": "True",
            }
        )
    for library, owners in known["libraries"].items():
        made.append(_owned(floors, library, owners))
    for name, rule in known["never"].items():
        made.append(
            {
                "name": name,
                "source_modules": _ours(rule["packages"]),
                "forbidden_modules": rule["modules"],
                **({"allow_indirect_imports": "True"} if rule.get("direct") else {}),
            }
        )
    return [{"type": "forbidden", **one} for one in made if one.get("forbidden_modules", True)]


def configuration(root: Path) -> str:
    """Return all of it as import-linter's INI file."""
    lines = ["[importlinter]", f"root_package = {TOP}", "include_external_packages = True"]
    for number, contract in enumerate(contracts(root)):
        lines += ["", f"[importlinter:contract:{number}]"]
        for key, value in contract.items():
            if isinstance(value, str):
                lines.append(f"{key} = {value}")
            elif value:
                lines += [f"{key} =", *(f"    {one}" for one in value)]
    return "\n".join(lines) + "\n"


def _owned(floors: dict[str, Any], library: str, owners: list[str]) -> dict[str, Any]:
    """Return the contract that forbids a library to whoever does not own it.

    An owner may be a part of a package; then the rest of that package may not import it either.
    """
    whole = {owner for owner in owners if owner in floors}
    parts = [owner for owner in owners if owner not in floors]
    return {
        "name": f"{library} in {' and '.join(owners)} only",
        "source_modules": _ours(name for name in floors if name not in whole),
        "forbidden_modules": [library],
        "ignore_imports": [
            f"{TOP}.{part}{inner} -> {library}" for part in parts for inner in ("", ".**")
        ],
        "unmatched_ignore_imports_alerting": "none",  # a part may be one file or a folder
        "allow_indirect_imports": "True",
    }


def _ours(names: Iterable[str]) -> list[str]:
    return [f"{TOP}.{name}" for name in names]


def _import(text: str) -> str:
    source, target = text.split(" -> ")
    return f"{TOP}.{source} -> {TOP}.{target}"
