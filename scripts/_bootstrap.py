"""Make the project's own environment, ``.venv``, from hashed requirements; do nothing if it stands.

Needs Python >= 3.11 with venv and a package registry that pip can reach. Two sets exist:
``runtime`` is what a user of rootprint has, ``dev`` adds what checks it (and holds all of
``runtime``). A tool that can't live beside the project has an environment of its own, apart
(``ensure_apart``). Nothing is resolved here: versions and hashes stand in requirements*.txt, and
how they come to be there is said in CONTRIBUTING.md. This file itself must parse on an old Python,
so that the answer there is a sentence and not a syntax error.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = (3, 11)
# In this order: the dev set has one sdist, which is built with what the build set brings.
SETS = {
    "runtime": ("requirements-build.txt", "requirements.txt"),
    "dev": ("requirements-build.txt", "requirements-dev.txt"),
}
# A set brings these along; their stamps are written with it.
CONTAINS = {"runtime": ("runtime",), "dev": ("dev", "runtime")}

# Wheels only, so that installing runs no package's own code; the one exception is an oracle.
WHEELS = ("--only-binary=:all:", "--no-binary=merkletools")
# Python compiles what it imports, which is a fraction of what is installed: a third of pip's time.
PIP_OPTIONS = (
    "--no-deps",
    "--no-compile",
    "--quiet",
    "--no-input",
    "--disable-pip-version-check",
)


def say(line: str) -> None:
    """Tell the person waiting what is being done; stdout is kept for results."""
    print(line, file=sys.stderr, flush=True)


def environment(root: Path = ROOT) -> Path:
    """Return the folder of the environment that belongs to the project at ``root``."""
    return root / ".venv"


def program(name: str, root: Path = ROOT) -> str:
    """Return the path of a program installed in the environment."""
    return str(environment(root) / "bin" / name)


def is_current(kind: str, root: Path = ROOT) -> bool:
    """Say whether the environment holds that set as the requirements files have it now."""
    stamp = _stamp(kind, root)
    return stamp.is_file() and stamp.read_text(encoding="ascii") == _digest(kind, root)


def ensure(kind: str) -> None:
    """Make ``.venv`` hold the set ``kind`` and the project itself; instant if it already does.

    Ends the process with status 2 and a sentence if this machine lacks something, with pip's own
    status if an installation fails.
    """
    _require_python()
    if is_current(kind):
        return
    if not (Path(program("python")).exists() and Path(program("pip")).exists()):
        _create(environment())
    for requirements in SETS[kind]:
        hashed = ("--require-hashes", "--no-build-isolation", "-r", requirements)
        _pip(requirements, *WHEELS, *hashed)
    # hatchling came with the build set, so this reaches no registry.
    _pip("rootprint itself", "--no-index", "--no-build-isolation", "--editable", ".")
    _place_relatively()
    for contained in CONTAINS[kind]:
        _stamp(contained, ROOT).write_text(_digest(contained, ROOT), encoding="ascii")


def ensure_apart(name: str) -> Path:
    """Make ``.NAME`` hold what requirements-NAME.txt says and nothing of ours; return the folder.

    Ends the process as ``ensure`` does.
    """
    _require_python()
    made, requirements = ROOT / f".{name}", f"requirements-{name}.txt"
    stamp = made / f".rootprint-{name}"
    state = hashlib.sha256(f"{made.resolve()}\n{(ROOT / requirements).read_text()}".encode())
    if not stamp.is_file() or stamp.read_text(encoding="ascii") != state.hexdigest():
        _create(made)
        hashed = ("--only-binary=:all:", "--require-hashes", "-r", requirements)
        _pip(requirements, *hashed, into=made)
        stamp.write_text(state.hexdigest(), encoding="ascii")
    return made


def _require_python() -> None:
    if sys.version_info < OLDEST_PYTHON:
        say(
            f"rootprint needs Python >= 3.11; {sys.executable} is {sys.version.split()[0]}. "
            "Run the script with a newer one: python3.12 scripts/demo"
        )
        raise SystemExit(2)
    if os.name != "posix":
        say("rootprint's scripts need Linux or macOS; on Windows use WSL.")
        raise SystemExit(2)


def _create(folder: Path) -> None:
    say(f"making {folder.name} with Python {sys.version.split()[0]}")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=False)
    if made.returncode:
        say(
            "This Python could not make a virtual environment (its words are above). "
            "Debian and Ubuntu keep that part in the package python3-venv."
        )
        raise SystemExit(2)


def _pip(what: str, *arguments: str, into: Path | None = None) -> None:
    say(f"installing {what} …")
    begun = time.monotonic()
    python = str((into or environment()) / "bin" / "python")
    command = [python, "-m", "pip", "install", *PIP_OPTIONS, *arguments]
    done = subprocess.run(command, cwd=ROOT, check=False)
    if done.returncode:
        say(f"Installing {what} failed (pip's words are above). Correct that and run this again.")
        raise SystemExit(done.returncode)
    say(f"installed {what} in {time.monotonic() - begun:.0f} s")


def _place_relatively() -> None:
    """Name the project's folder in the environment by a path from there.

    Python before 3.13 reads .pth files in the locale's encoding: in LC_ALL=C, as cron and
    containers have it, a folder with Chinese characters in its name would end every command.
    """
    for file in environment().glob("lib/python*/site-packages/_rootprint.pth"):
        file.write_text(f"{os.path.relpath(ROOT / '.editable', file.parent)}\n", encoding="ascii")


def _stamp(kind: str, root: Path) -> Path:
    return environment(root) / f".rootprint-{kind}"


def _digest(kind: str, root: Path) -> str:
    """Hash what the installation depends on, the environment's place included: it can't move."""
    state = hashlib.sha256(str(environment(root).resolve()).encode())
    for name in (*SETS[kind], "pyproject.toml"):
        state.update(hashlib.sha256((root / name).read_bytes()).digest())
    return state.hexdigest()
