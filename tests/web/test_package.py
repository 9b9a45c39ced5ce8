"""The verifier lifted out of the repository: as npm packs it, run where nothing else lies."""

from __future__ import annotations

import json
import shutil
import subprocess
import tarfile
from typing import TYPE_CHECKING, Any

import pytest

from tests.conformance.contract import CASES, compare, expected
from tests.web.node import NODE, ROOT, SECONDS, VERIFIER

if TYPE_CHECKING:
    from pathlib import Path

NAME = "rootprint-verifier"
NPM = NODE.parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
VERIFIED = CASES / "the_chain_is_proven_at_a_trusted_block"
FAILED = CASES / "a_proven_withdrawal_fail"
SHARED = {"core": ROOT / "ledger" / "core" / "data", "library": ROOT / "ledger" / "rules" / "data"}
TABLES = ("units.json", "gwp.json", "compatibility.json")
# As another project uses it: by the names in `exports`, with its own folder as the current one.
USE = """
import { readFileSync } from 'node:fs';
import { verify } from 'rootprint-verifier';
import { readPacks, readTables } from 'rootprint-verifier/files';
import { makeTables } from 'rootprint-verifier/tables';
import { readRecorded } from 'rootprint-verifier/recorded';
const [evidence, trust, chain] = process.argv.slice(2).map((path) => readFileSync(path));
const { exitCode, report } = await verify({
  evidence, trust, chain: readRecorded(chain), tables: readTables(), packs: readPacks() });
console.log(JSON.stringify({ exitCode, report, made: typeof makeTables }));
"""


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": f"{NODE.parent}:/usr/bin:/bin", "HOME": str(cwd)}
    return subprocess.run(
        command,
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package below ``node_modules`` of an empty project, outside of the repository."""
    copy = tmp_path_factory.mktemp("copy")
    folder = copy / "api" / "web" / "verifier"
    shutil.copytree(VERIFIER, folder, ignore=shutil.ignore_patterns("data", "LICENSE"))
    for data in SHARED.values():
        shutil.copytree(data, copy / data.relative_to(ROOT))
    shutil.copy(ROOT / "LICENSE", copy)
    done = run(NODE, folder / "pack.js", cwd=copy)
    assert done.returncode == 0, done.stderr
    project = tmp_path_factory.mktemp("projects") / "another"
    target = project / "node_modules" / NAME
    if NPM.exists():
        _packed(folder, target)
    else:
        _copied(folder, target)
    shutil.rmtree(copy)  # nothing may look back
    return target


def _packed(folder: Path, target: Path) -> None:
    packing = ("pack", "--ignore-scripts", "--offline", "--json", "--loglevel=error")
    done = run(NODE, NPM, *packing, cwd=folder)
    assert done.returncode == 0, done.stderr
    [about] = json.loads(done.stdout)
    with tarfile.open(folder / about["filename"]) as packed:
        packed.extractall(target.parent, filter="data")
    (target.parent / "package").rename(target)


def _copied(folder: Path, target: Path) -> None:
    """What `files` lists, and the description itself."""
    for pattern in (*json.loads((folder / "package.json").read_bytes())["files"], "package.json"):
        for path in folder.glob(pattern):
            (target / path.relative_to(folder)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target / path.relative_to(folder))


def about(installed: Path) -> dict[str, Any]:
    described: dict[str, Any] = json.loads((installed / "package.json").read_bytes())
    return described


def test_it_is_described_and_depends_on_nothing(installed: Path) -> None:
    described = about(installed)
    assert (described["name"], described["type"]) == (NAME, "module")
    assert described["version"].count(".") == 2
    assert described["engines"] == {"node": ">=20"}
    assert not [name for name in described if name.lower().endswith("dependencies")]
    named = [*described["exports"].values(), *described["bin"].values()]
    assert [path for path in named if not (installed / path).is_file()] == []
    assert (installed / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()


def test_every_file_of_the_verifier_is_in_it_and_nothing_else(installed: Path) -> None:
    ignored = shutil.ignore_patterns("data", "LICENSE")(str(VERIFIER), ["data", "LICENSE"])
    ours = {
        path.relative_to(VERIFIER).as_posix()
        for path in VERIFIER.rglob("*")
        if path.is_file() and path.relative_to(VERIFIER).parts[0] not in ignored
    }
    packed = {path.relative_to(installed).as_posix() for path in installed.rglob("*")}
    files = {name for name in packed if (installed / name).is_file()}
    assert {name for name in files if not name.startswith("data/")} == ours | {"LICENSE"}


def test_its_data_are_the_repositorys(installed: Path) -> None:
    """Every rule pack and each table that it needs, byte for byte, and no other file."""
    packed = {
        path.relative_to(installed / "data").as_posix(): path.read_bytes()
        for path in (installed / "data").rglob("*")
        if path.is_file()
    }
    ours = {f"core/{name}": (SHARED["core"] / name).read_bytes() for name in TABLES}
    ours |= {f"library/{one.name}": one.read_bytes() for one in SHARED["library"].glob("*.json")}
    assert packed == ours
    assert len(ours) > len(TABLES)


@pytest.mark.parametrize("case", [VERIFIED, FAILED])
def test_its_command_verifies_with_the_tables_inside_it(installed: Path, case: Path) -> None:
    command = installed / about(installed)["bin"][NAME]
    files = [case / name for name in ("evidence.gz", "trust.json", "chain.json")]
    done = run(NODE, command, *files, cwd=installed.parents[1])
    assert done.stderr == ""
    assert compare(expected(case), done.returncode, json.loads(done.stdout)) is None


@pytest.mark.parametrize("case", [VERIFIED, FAILED])
def test_another_project_imports_it_by_its_exports(installed: Path, case: Path) -> None:
    project = installed.parents[1]
    (project / "use.mjs").write_text(USE, encoding="utf-8")
    files = [case / name for name in ("evidence.gz", "trust.json", "chain.json")]
    done = run(NODE, project / "use.mjs", *files, cwd=project)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert compare(expected(case), answer["exitCode"], answer["report"]) is None
    assert answer["made"] == "function"


def test_tables_that_lie_above_it_are_not_its_own(installed: Path) -> None:
    """Where it is installed, three folders above are somebody else's, whatever they are called."""
    strange = installed.parents[2] / "ledger"
    for name in ("core", "rules"):
        (strange / name / "data").mkdir(parents=True)
    (strange / "core" / "data" / "units.json").write_text("{}", encoding="utf-8")
    try:
        files = [VERIFIED / "evidence.gz", VERIFIED / "trust.json"]
        done = run(NODE, installed / "main.js", *files, cwd=installed.parents[1])
    finally:
        shutil.rmtree(strange)
    assert done.returncode == 0, done.stdout + done.stderr


def test_packing_leaves_the_repository_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "api" / "web" / "verifier"
    shutil.copytree(VERIFIER, folder, ignore=shutil.ignore_patterns("data", "LICENSE"))
    for data in SHARED.values():
        shutil.copytree(data, tmp_path / data.relative_to(ROOT))
    shutil.copy(ROOT / "LICENSE", tmp_path)
    before = set(tmp_path.rglob("*"))
    for option in ([], ["--clean"]):
        done = run(NODE, folder / "pack.js", *option, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    assert set(tmp_path.rglob("*")) == before
