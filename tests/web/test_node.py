"""The JavaScript verifier's own tests, and every conformance case answered by its command."""

from __future__ import annotations

import json
import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.conformance.contract import compare, expected, folders
from tests.house.docs_commands import commands
from tests.web.node import NODE, ROOT, VERIFIER, batch, node

if TYPE_CHECKING:
    from pathlib import Path

_COUNT = re.compile(r"^# (tests|pass|fail|cancelled|skipped|todo) (\d+)$", re.MULTILINE)


def test_the_tests_in_javascript_pass_and_none_is_left_out() -> None:
    files = sorted((ROOT / "tests" / "web").glob("*.test.js"))
    done = node("--test", "--test-reporter=tap", *files)
    failed = re.findall(r"^not ok \d+ - (.*)$", done.stdout, re.MULTILINE)
    assert failed == []
    assert done.returncode == 0, done.stdout + done.stderr
    counts = {name: int(count) for name, count in _COUNT.findall(done.stdout)}
    ran = counts.pop("tests")
    assert ran >= len(files) > 0
    assert counts == {"pass": ran, "fail": 0, "cancelled": 0, "skipped": 0, "todo": 0}


def test_every_case_gives_what_it_should(tmp_path: Path) -> None:
    answers = batch(folders(), tmp_path / "list")
    assert set(answers) == {folder.name for folder in folders()} != set()
    wrong = {
        folder.name: problem
        for folder in folders()
        if (problem := compare(expected(folder), *answers[folder.name])) is not None
    }
    assert wrong == {}


@pytest.mark.parametrize(
    "case",
    [
        "the_chain_is_proven_at_a_trusted_block",
        "a_proven_withdrawal_fail",
        "nobody_said_whose_statement_is_expected_fail",
        "a_proven_chain_that_has_not_anchored_it_fail",
    ],
)
def test_the_command_ends_with_the_exit_code(case: str) -> None:
    """One of each: verified, failed, nobody's statement, incomplete."""
    folder = next(folder for folder in folders() if folder.name == case)
    files = [folder / f"{name}.json" for name in ("evidence", "trust", "chain")]
    done = node(VERIFIER / "main.js", *files)
    assert compare(expected(folder), done.returncode, json.loads(done.stdout)) is None


def test_the_page_names_every_rule_pack_of_this_version() -> None:
    """A server gives no list of a folder, so the page has one."""
    data = VERIFIER / "page" / "data.js"
    script = f"const {{ PACKS }} = await import({json.dumps(str(data))}); console.log(PACKS.join())"
    done = node("--input-type=module", "--eval", script)
    assert done.returncode == 0, done.stderr
    held = (ROOT / "ledger" / "library" / "data").glob("*.json")
    assert sorted(done.stdout.strip().split(",")) == sorted(path.stem for path in held)


def test_nothing_of_it_depends_on_anything_but_node_and_itself() -> None:
    """No package is imported; Node's own modules by the command alone, so that browsers can."""
    imported = {
        (path.relative_to(VERIFIER).as_posix(), name)
        for path in VERIFIER.rglob("*.js")
        for name in re.findall(r"""\bfrom '([^']+)'|\bimport '([^']+)'""", path.read_text("utf-8"))
        for name in [next(filter(None, name))]
        if not name.startswith(".")
    }
    assert {path for path, _ in imported} == {"main.js"}
    assert all(name.startswith("node:") for _, name in imported)


def test_the_commands_of_its_readme_work_as_typed() -> None:
    shown = commands((VERIFIER / "README.md").read_text(encoding="utf-8"))
    run = [command for command in shown if not command.not_run]
    assert run
    for command in run:
        done = subprocess.run(
            ["bash", "-c", command.text],
            cwd=ROOT,
            env={"PATH": f"{NODE.parent}:/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == command.status, f"$ {command.text}\n{done.stdout}{done.stderr}"
