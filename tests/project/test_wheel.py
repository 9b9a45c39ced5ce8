"""The wheel holds one package, rootprint, and works away from the sources (docs/adr/0014)."""

from __future__ import annotations

import stat
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.project.pyproject import FACE, PACKAGES, ROOT

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


@pytest.fixture(scope="module")
def consumer(elsewhere: Path) -> Path:
    """The working directory of somebody whose own packages are called as our folders are."""
    folder = elsewhere / "consumer"
    for name in PACKAGES:
        (folder / name).mkdir(parents=True)
        (folder / name / "__init__.py").write_text(f"WHOSE = 'the consumer {name}'\n")
    return folder


def test_the_wheel_holds_one_package_and_nothing_else(wheel: Path) -> None:
    top = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert top == {FACE, "rootprint-0.1.0.dist-info"}


def test_every_source_and_data_file_is_in_the_wheel_as_a_file(wheel: Path) -> None:
    wanted = {
        f"{FACE}/{path.relative_to(ROOT)}"
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.suffix in {".py", *DATA}
    }
    members = zipfile.ZipFile(wheel).infolist()
    assert {*wanted, f"{FACE}/__init__.py", f"{FACE}/py.typed"} <= {one.filename for one in members}
    assert [one.filename for one in members if stat.S_ISLNK(one.external_attr >> 16)] == []


def test_the_packages_come_from_the_wheel_in_another_folder(elsewhere: Path) -> None:
    program = f"""
from importlib import import_module
print(*(import_module(f"{FACE}.{{name}}").__file__ for name in {PACKAGES!r}))
"""
    found = run(elsewhere / "venv" / "bin" / "python", "-c", program, cwd=elsewhere).split()
    assert len(found) == len(PACKAGES)
    assert all(Path(path).is_relative_to(elsewhere) for path in found)


def test_the_wheel_brings_no_other_name(elsewhere: Path) -> None:
    program = f"""
from importlib.util import find_spec
print([name for name in {PACKAGES!r} if find_spec(name)])
"""
    assert run(elsewhere / "venv" / "bin" / "python", "-c", program, cwd=elsewhere) == "[]\n"


def test_a_consumer_s_own_packages_of_those_names_do_no_harm(
    elsewhere: Path, consumer: Path
) -> None:
    case = (
        ROOT / "tests" / "conformance" / "cases" / "confirmations_do_not_apply_to_a_trusted_block"
    )
    program = """
import api, calc, ledger, rootprint
from rootprint.api.main import main
import sys
print(api.WHOSE, calc.WHOSE, ledger.WHOSE, rootprint.Trust.__module__, sep="|", flush=True)
sys.argv = ["rootprint", "verify", sys.argv[1], "--trust", sys.argv[2]]
main()
"""
    files = (str(case / "evidence.gz"), str(case / "trust.json"))
    python = elsewhere / "venv" / "bin" / "python"
    said = run(python, "-c", program, *files, cwd=consumer).splitlines()
    own = "|".join(f"the consumer {name}" for name in ("api", "calc", "ledger"))
    assert said[0] == f"{own}|rootprint.ledger.verify.trust"
    assert said[-1].startswith("VERIFIED")


def test_a_consumer_s_type_checker_sees_the_types(elsewhere: Path, consumer: Path) -> None:
    """With the types marked as such (PEP 561): a wrong use is an error, a right one is not."""
    right = """
from decimal import Decimal

import rootprint as rp


def total(trust: str, evidence: bytes) -> Decimal | None:
    verifier = rp.Verifier(rp.Trust.load(trust), policy=rp.Policy(assurance="limited"))
    report: rp.Report = verifier.verify(evidence)
    try:
        found = report.require().total
    except rp.Refused as error:
        raise ValueError(error.remedy) from error
    reveal_type(report.verdict)
    reveal_type(report.coverage)
    return None if found is None else found.value
"""
    wrong = """
import rootprint as rp

rp.Verifier("trust.json")
rp.absent
report = rp.Verifier(rp.Trust.load("trust.json")).verify("evidence.gz")
report.total.value
report.unmet = []
"""
    (consumer / "right.py").write_text(right)
    (consumer / "wrong.py").write_text(wrong)
    check = ("-m", "mypy", "--strict", "--no-incremental", "--python-executable")
    command = [sys.executable, *check, str(elsewhere / "venv" / "bin" / "python"), "right.py"]
    said = run(*command, cwd=consumer)
    assert "no issues found" in said
    assert 'Revealed type is "rootprint.ledger.verify.verdict.Verdict"' in said
    assert 'Revealed type is "rootprint.ledger.verify.values.Coverage | None"' in said
    command[-1] = "wrong.py"
    done = subprocess.run(command, cwd=consumer, capture_output=True, text=True, check=False)
    for code in ("[arg-type]", "[attr-defined]", "[union-attr]", "[misc]"):
        assert code in done.stdout
    assert "Found 4 errors" in done.stdout


def test_the_verifiers_page_is_found_in_another_folder(elsewhere: Path) -> None:
    program = """
from rootprint.api.main import verifier_page
for place, folder in verifier_page().items():
    print(*(f"{place}{entry.name}" for entry in folder.iterdir()))
"""
    found = run(elsewhere / "venv" / "bin" / "python", "-c", program, cwd=elsewhere).split()
    assert {"index.html", "verify.js", "data/core/units.json", "data/library/base-4.json"} <= {
        *found
    }


def test_the_command_works_in_another_folder(elsewhere: Path) -> None:
    said = run(elsewhere / "venv" / "bin" / "rootprint", "--help", cwd=elsewhere)
    assert "verify" in said
