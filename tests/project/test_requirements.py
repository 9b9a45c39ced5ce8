"""What is installed is pinned, hashed, free of addresses, and all of what the code imports."""

from __future__ import annotations

import functools
import re
import sys
from importlib.metadata import packages_distributions
from typing import TYPE_CHECKING, Any

import pytest

from rootprint.api.cli.extras import EXTRAS
from tests.project.pyproject import FACE, ROOT, settings, sources, third_party

if TYPE_CHECKING:
    from collections.abc import Mapping

LOCKS = (
    *("requirements.txt", "requirements-build.txt", "requirements-dev.txt"),
    "requirements-slither.txt",
)
# web3 brings eth-utils, hexbytes and the like; what we import ourselves we also declare.
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_PIN = re.compile(
    r"^([a-z0-9-]+)==(\S+)( ; [^\\]+)? \\\n"  # name==version ; marker
    r"(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+",
    re.MULTILINE,
)


@functools.cache
def distributions() -> Mapping[str, list[str]]:
    """Return the installed distributions by what they let import; it is slow, so once."""
    return packages_distributions()


def canonical(name: str) -> str:
    """Return a distribution's name as PEP 503 writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(group: str | None = None) -> set[str]:
    """Return the names declared in pyproject.toml: of the project, or of a dependency group."""
    data = settings()
    if group:
        return _names(data["dependency-groups"][group])
    extras = data["project"]["optional-dependencies"].values()
    every = _names([*data["project"]["dependencies"], *(row for rows in extras for row in rows)])
    return every - {FACE}


def _names(rows: list[Any]) -> set[str]:
    found: set[str] = set()
    for row in rows:
        if isinstance(row, dict):
            found |= declared(row["include-group"])
        else:
            name = _NAME.match(row)
            assert name, row
            found.add(canonical(name[0]))
    return found


def pins(lock: str) -> set[tuple[str, str, str]]:
    """Return (name, version, marker) of each pin in a requirements file."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return {(name, version, marker or "") for name, version, marker in _PIN.findall(text)}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_requirements_file_holds_nothing_but_pins_with_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert _PIN.sub("", text) == ""
    assert text


@pytest.mark.parametrize(
    ("lock", "group"),
    [
        ("requirements.txt", None),
        ("requirements-build.txt", "build"),
        ("requirements-slither.txt", "slither"),
    ],
)
def test_a_requirements_file_covers_what_is_declared(lock: str, group: str | None) -> None:
    assert declared(group) <= {name for name, _, _ in pins(lock)}


def test_the_dev_set_holds_all_of_the_others_at_the_same_versions() -> None:
    """So that one environment serves the demo and the tests, whichever was run first.

    What a smaller set has on some systems only, the dev set may have on all.
    """
    dev = pins("requirements-dev.txt")
    everywhere = {(name, version) for name, version, marker in dev if not marker}
    assert declared("dev") <= {name for name, _, _ in dev}
    for other in ("requirements.txt", "requirements-build.txt"):
        missing = pins(other) - dev
        assert not {one for one in missing if one[:2] not in everywhere}


def test_all_is_every_extra() -> None:
    extras = settings()["project"]["optional-dependencies"]
    assert extras["all"] == [f"{FACE}[{','.join(sorted(set(extras) - {'all'}))}]"]


@pytest.mark.parametrize("module", EXTRAS)
def test_what_is_missing_is_reported_with_the_extra_that_brings_it(module: str) -> None:
    rows = settings()["project"]["optional-dependencies"][EXTRAS[module]]
    brought = {canonical(owner) for owner in distributions()[module]}
    assert brought & _names(rows)
    assert not brought & _names(settings()["project"]["dependencies"])


def test_development_tools_are_no_dependencies_of_the_project() -> None:
    assert not declared() & declared("dev")


def test_whatever_the_code_imports_is_declared() -> None:
    known = {*sys.stdlib_module_names, FACE}
    imported = {name for path in sources() for name in third_party(path)} - known
    owners = distributions()
    undeclared = {
        name: owners.get(name, ["not installed"])
        for name in sorted(imported)
        if not {canonical(owner) for owner in owners.get(name, [])} & declared()
    }
    assert undeclared == {}


def test_the_library_page_names_what_the_default_install_brings() -> None:
    page = (ROOT / "docs" / "library.md").read_text(encoding="utf-8")
    _, _, after = page.partition("The default install brings what verifies: ")
    named = re.sub(r"\s+(and|with)\s+", ", ", after.partition(", 205 MB")[0])
    listed = {name.strip() for name in " ".join(named.split()).split(",")}
    brought = _names(settings()["project"]["dependencies"])
    assert listed == brought
