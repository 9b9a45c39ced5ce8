"""The JavaScript verifier's own tests, and every conformance case answered by its command."""

from __future__ import annotations

import json
import os
import re
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tests.conformance.contract import CASES, compare, expected, folders
from tests.project.docs_commands import commands
from tests.web.node import NODE, ROOT, SECONDS, VERIFIER, batch, node

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.reports import Reports

PROVEN = CASES / "the_chain_is_proven_at_a_trusted_block"
# The page's data as the page asks for it, from files; prints which were asked for.
ASKED = """
const { readFileSync } = await import('node:fs');
const asked = [];
globalThis.fetch = async (url) => {
  asked.push([url.pathname.split('/').at(-3), url.pathname.split('/').at(-1)]);
  return new Response(readFileSync(url));
};
const { sharedData } = await import(%s + '/page/data.js');
await sharedData();
console.log(JSON.stringify(asked));
"""
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


def test_every_case_gives_what_it_should(javascript_reports: Reports) -> None:
    assert set(javascript_reports) == {folder.name for folder in folders()} != set()
    wrong = {
        folder.name: problem
        for folder in folders()
        if (problem := compare(expected(folder), *javascript_reports[folder.name])) is not None
    }
    assert wrong == {}


def test_a_case_has_the_same_report_where_another_thread_helps(
    javascript_reports: Reports, tmp_path: Path
) -> None:
    asked = folders()[::3]  # scripts/agree asks about many more
    found = batch(asked, tmp_path / "list", "--helpers", "1")
    alone = {folder.name: tuple(javascript_reports[folder.name]) for folder in asked}
    wrong = [name for name, report in alone.items() if found.get(name) != report]
    assert wrong == []


def test_it_shows_both_values_wherever_python_does(
    javascript_reports: Reports, python_reports: Reports
) -> None:
    """Claimed and found, of each check of each statement; the words may be others."""
    silent, seen = [], set()
    for name, (_, ours) in python_reports.items():
        theirs = dict(_compared(javascript_reports[name][1]))
        for key in dict(_compared(ours)):
            seen.add(key[1])
            both = theirs.get(key, {"claimed": {}, "found": {}})
            if not (both["claimed"].get("value") and both["found"].get("value")):
                silent.append((name, key))
    assert silent == []
    assert seen == set(range(11))


def test_both_say_of_the_same_checks_what_was_not_seen(
    javascript_reports: Reports, python_reports: Reports
) -> None:
    """By law and kind; checks 7 and 8 that hidden lines alone leave not made are among them."""
    unlike, kinds = [], set()
    for name, (_, ours) in python_reports.items():
        theirs = set(_unseen(javascript_reports[name][1]))
        mine = set(_unseen(ours))
        kinds |= {(number, law, unseen) for _, number, law, unseen in mine}
        if mine != theirs:
            unlike.append((name, mine ^ theirs))
    assert unlike == []
    assert {(7, None, "hidden"), (8, None, "hidden"), (7, 2, "hidden")} <= kinds


def _unseen(report: dict[str, Any]) -> Iterator[tuple[str, int, int | None, str | None]]:
    """Yield statement, number, law and kind of each check of 7 and 8 that was not made."""
    for one in report.get("statements", []):
        for check in one["checks"]:
            if check["state"] == "not_checked" and check["number"] in {7, 8}:
                yield one["digest"], check["number"], check.get("law"), check.get("unseen")


def _compared(report: dict[str, Any]) -> Iterator[tuple[tuple[str, int], dict[str, Any]]]:
    """Yield what each check compared, by the statement and the check's number."""
    parts = [("file", report.get("checks", []))]
    parts += [(one["digest"], one["checks"]) for one in report.get("statements", [])]
    for whose, checks in parts:
        for check in checks:
            if "compared" in check:
                yield (whose, check["number"]), check["compared"]


@pytest.mark.parametrize(
    "case",
    [
        "the_chain_is_proven_at_a_trusted_block",
        "a_proven_withdrawal_fail",
        "it_is_not_said_whose_statement_is_expected_fail",
        "a_proven_chain_that_has_not_anchored_it_fail",
    ],
)
def test_the_command_ends_with_the_exit_code(case: str) -> None:
    """One of each: verified, failed, none expected, incomplete."""
    folder = next(folder for folder in folders() if folder.name == case)
    files = [folder / name for name in ("evidence.gz", "trust.json", "chain.json")]
    done = node(VERIFIER / "main.js", *files)
    assert compare(expected(folder), done.returncode, json.loads(done.stdout)) is None


@pytest.mark.parametrize(
    "case", ["the_chain_is_proven_at_a_trusted_block", "a_proven_withdrawal_fail"]
)
def test_a_reader_who_stops_early_does_not_change_the_exit_code(case: str) -> None:
    """A pipe that is not read: what Node makes of it by itself is 1, which says failed."""
    files = [CASES / case / name for name in ("evidence.gz", "trust.json")]
    code, errors = _unread(*files)
    assert (code, errors) == (expected(CASES / case)["exitCode"], "")


def test_a_list_that_is_not_read_to_its_end_is_no_fault(tmp_path: Path) -> None:
    listed = tmp_path / "list"
    listed.write_text(f"{PROVEN}\n" * 3, encoding="utf-8")
    assert _unread("--batch", listed) == (0, "")


def _unread(*arguments: str | Path) -> tuple[int, str]:
    """Return exit code and errors of the command where what it prints is not read."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [NODE, VERIFIER / "main.js", *arguments],
            cwd=ROOT,
            stdout=writing,
            stderr=subprocess.PIPE,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    finally:
        os.close(writing)
    return done.returncode, done.stderr


def test_help_is_printed_and_a_wrong_usage_is_an_error() -> None:
    for option in ("--help", "-h"):
        done = node(VERIFIER / "main.js", option)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("usage: node main.js ")
        assert "--batch LIST " in done.stdout
    for wrong in ([], ["--nothing"], ["one"], ["--batch", "list", "more"]):
        done = node(VERIFIER / "main.js", *wrong)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("usage: node main.js ")
    for missing in (["--data", "/nonexistent", "one", "two"], ["--batch", "/nonexistent"]):
        done = node(VERIFIER / "main.js", *missing)
        assert (done.returncode, done.stdout) == (2, "")
        assert "ENOENT" in done.stderr
        assert "    at " not in done.stderr  # no stack: the user can correct it


def test_a_trust_file_that_says_where_the_chain_is_does_not_make_it_ask(tmp_path: Path) -> None:
    trust = json.loads((PROVEN / "trust.json").read_text(encoding="utf-8"))
    del trust["trustedBlocks"]
    for more in ({"rpc": "http://127.0.0.1:8545"}, {"chainFile": "chain.json"}):
        [named] = more
        path = tmp_path / "trust.json"
        path.write_text(json.dumps({**trust, **more}), encoding="utf-8")
        done = node(VERIFIER / "main.js", PROVEN / "evidence.gz", path)
        [unmet] = json.loads(done.stdout)["notChecked"]
        assert done.returncode == 3
        assert f"does not follow the trust file's {named}" in unmet
        assert unmet.endswith("A trust file with trustedBlocks is wanted")


def test_swapped_files_are_reported_as_such() -> None:
    evidence, trust = PROVEN / "evidence.gz", PROVEN / "trust.json"
    done = node(VERIFIER / "main.js", trust, evidence)
    assert done.returncode == 2
    assert json.loads(done.stdout) == {
        "verdict": None,
        "error": "this looks like an evidence file; were the two swapped?",
    }
    twice = node(VERIFIER / "main.js", trust, trust)
    assert twice.returncode == 5
    report = json.loads(twice.stdout)
    assert (report["verdict"], report["checks"][0]["reason"]) == (
        "not_readable",
        "this looks like a trust file; were the two swapped?",
    )


def test_the_page_names_every_rule_pack_of_this_version() -> None:
    """A server gives no list of a folder, so the page has one."""
    done = node("--input-type=module", "--eval", ASKED % json.dumps(str(VERIFIER)))
    assert done.returncode == 0, done.stderr
    held = {path.name for path in (ROOT / "ledger" / "rules" / "data").glob("*.json")}
    assert held
    assert {name for folder, name in json.loads(done.stdout) if folder == "rules"} == held


def test_nothing_of_it_depends_on_anything_but_node_and_itself() -> None:
    """No package is imported; Node's own modules by what browsers do not load."""
    imported = {
        (path.relative_to(VERIFIER).as_posix(), name)
        for path in VERIFIER.rglob("*.js")
        for name in re.findall(r"""\bfrom '([^']+)'|\bimport '([^']+)'""", path.read_text("utf-8"))
        for name in [next(filter(None, name))]
        if not name.startswith(".")
    }
    assert {path for path, _ in imported} == {"main.js", "files.js", "pack.js"}
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
