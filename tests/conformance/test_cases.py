"""The committed cases, run by our verifier; the command that runs anyone's, tested with ours."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from rootprint.ledger.verify import Policy
from tests.conformance import catalogue, run
from tests.conformance.casebook import CASES
from tests.conformance.chain_file import read_chain
from tests.conformance.contract import HERE, POLICY, compare, expected, folders, policy_of
from tests.conformance.verifier import answer

if TYPE_CHECKING:
    from pathlib import Path

COMMITTED = 416
OURS = f"{sys.executable} -m tests.conformance.verifier {{evidence}} {{trust}} {{chain}} {{policy}}"
FILES = {"README.md", "chain.json", "evidence.gz", "expected.json", "trust.json"}


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_a_case_gives_what_it_should(folder: Path) -> None:
    code, report = answer(
        (folder / "evidence.gz").read_bytes(),
        (folder / "trust.json").read_bytes(),
        read_chain(folder / "chain.json"),
        policy_of(folder).read_bytes(),
    )
    assert compare(expected(folder), code, report) is None


def test_no_case_is_missing() -> None:
    assert catalogue.__all__
    assert len(folders()) >= COMMITTED
    assert {folder.name for folder in folders()} == set(CASES)


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_a_case_is_whole_and_says_in_one_sentence_what_it_shows(folder: Path) -> None:
    """Names end in _fail for every outcome other than verified; the verdict does not age."""
    assert {path.name for path in folder.iterdir()} - {POLICY} == FILES
    says = (folder / "README.md").read_text(encoding="utf-8")
    assert says == f"{CASES[folder.name].says}\n"
    assert says.endswith(".\n")
    assert says.count("\n") == 1
    wanted = expected(folder)
    assert folder.name.endswith("_fail") == (wanted["verdict"] != "verified")
    assert "asOf" in json.loads((folder / "trust.json").read_bytes())
    assert sum(path.stat().st_size for path in folder.iterdir()) < 64 * 1024


def test_the_policy_of_a_case_that_has_none_is_every_default() -> None:
    assert (HERE / POLICY).read_text(encoding="utf-8") == Policy().text()


def test_every_check_has_a_case_that_it_decides() -> None:
    assert {expected(folder)["decidedBy"] for folder in folders()} == {None, *range(11)}


def test_every_exit_code_of_a_verifier_has_a_case() -> None:
    assert {expected(folder)["exitCode"] for folder in folders()} == {0, 1, 2, 3, 5}


def test_every_level_of_assurance_has_a_case() -> None:
    by_level = [(expected(folder).get("coverage") or {}).get("assurance") for folder in folders()]
    met = {level for one in by_level if one for level, share in one.items() if float(share)}
    assert met == {"none", "limited", "reasonable"}


def test_a_verifier_can_be_run_as_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    one_of_each = [
        "a_product_with_its_factor",
        "a_total_off_by_one_in_its_last_digit_fail",
        "it_is_not_said_whose_statement_is_expected_fail",
        "an_inputs_statement_is_missing_fail",
    ]
    assert run.main(["--command", OURS, *one_of_each]) == 0
    assert capsys.readouterr().out == "PASSED 4 of 4 cases\n"


def test_a_verifier_that_always_agrees_is_found_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    agreeable = tmp_path / "agreeable.py"
    agreeable.write_text('print(\'{"verdict": "verified"}\')\n', encoding="utf-8")
    command = f"{sys.executable} {agreeable} {{evidence}} {{trust}} {{chain}} {{policy}}"
    assert run.main(["--command", command, "a_high_s_twin_fail"]) == 1
    assert "WRONG a_high_s_twin_fail: exit code 0, expected 1" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("script", "reported"),
    [
        ("import time; time.sleep(60)", "no answer within 0.5 s"),
        ("print('verified')", "stdout is no report"),
        ("print([])", "stdout is no report: not an object"),
    ],
)
def test_a_verifier_that_does_not_answer_is_wrong(
    script: str, reported: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program = tmp_path / "program.py"
    program.write_text(script, encoding="utf-8")
    command = f"{sys.executable} {program} {{evidence}} {{trust}} {{chain}} {{policy}}"
    assert run.main(["--seconds", "0.5", "--command", command, "a_total_of_zero"]) == 1
    assert reported in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ["--command", OURS, "no_such_case"],
        ["--command", "verifier {evidence} {trust} {chain}"],
        ["--command", "/nowhere/verifier {evidence} {trust} {chain} {policy}"],
    ],
)
def test_nothing_to_run_is_not_success(arguments: list[str]) -> None:
    assert run.main(arguments) == 2
