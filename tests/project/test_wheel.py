"""The wheel holds the three packages and works away from the sources (docs/adr/0003)."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.project.pyproject import PACKAGES, ROOT

pytestmark = pytest.mark.slow

DATA = (".css", ".html", ".js", ".json")


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command that must succeed; return what it printed."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built by hatchling from the sources as they are, without a registry."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the wheel; it borrows the dependencies, but not our sources.

    A line in a .pth file adds a folder without reading the .pth files in it, so the editable
    installation of the sources stays out of sight.
    """
    folder = tmp_path_factory.mktemp("elsewhere")
    run(sys.executable, "-m", "venv", "--without-pip", "venv", cwd=folder)
    python = folder / "venv" / "bin" / "python"
    install = ("install", "--quiet", "--no-deps", "--no-index", "--disable-pip-version-check")
    run(sys.executable, "-m", "pip", "--python", python, *install, wheel, cwd=folder)
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder)
    borrowed = sysconfig.get_path("purelib")
    (Path(site.strip()) / "borrowed.pth").write_text(borrowed + "\n", encoding="utf-8")
    return folder


def test_the_wheel_holds_the_three_packages_and_nothing_else(wheel: Path) -> None:
    top = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert top == {*PACKAGES, "rootprint-0.1.0.dist-info"}


def test_every_source_and_data_file_is_in_the_wheel(wheel: Path) -> None:
    wanted = {
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.suffix in {".py", *DATA}
    }
    assert wanted <= set(zipfile.ZipFile(wheel).namelist())


def test_the_packages_come_from_the_wheel_in_another_folder(elsewhere: Path) -> None:
    program = "import rootprint.ledger.core, calc, api; print(ledger.__file__, calc.__file__, api.__file__)"
    found = run(elsewhere / "venv" / "bin" / "python", "-c", program, cwd=elsewhere).split()
    assert len(found) == len(PACKAGES)
    assert all(Path(path).is_relative_to(elsewhere) for path in found)


def test_the_verifiers_page_is_found_in_another_folder(elsewhere: Path) -> None:
    program = """
from rootprint.api.main import verifier_page
for place, folder in verifier_page().items():
    print(*(f"{place}{entry.name}" for entry in folder.iterdir()))
"""
    found = run(elsewhere / "venv" / "bin" / "python", "-c", program, cwd=elsewhere).split()
    assert {"index.html", "verify.js", "data/core/units.json", "data/library/base.json"} <= {*found}


def test_the_command_works_in_another_folder(elsewhere: Path) -> None:
    said = run(elsewhere / "venv" / "bin" / "rootprint", "--help", cwd=elsewhere)
    assert "verify" in said
