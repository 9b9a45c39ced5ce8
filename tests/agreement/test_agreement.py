"""Both verifiers say the same: on every conformance case, and on a bounded part of the bundles.

``scripts/agree --count 5000`` is the whole of it.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from tests.agreement import runner
from tests.agreement.jsontext import VALUES, tokens
from tests.agreement.kinds import KINDS
from tests.agreement.making import Making
from tests.agreement.sayable import SCENES
from tests.agreement.verifiers import Answer, javascript, ours
from tests.conformance.contract import folders
from tests.project.pyproject import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.reports import Reports

LACKING = re.compile(r"inventory (is )?hidden|^most(Credits|Removals): ")
EACH, SEED = 7, 20261121
USAGE = 2  # the exit code of what gives no report
WANTED = {
    "swapped",
    "truncated",
    "duplicated",
    "re-signed by another key",
    "replayed under another log",
    "another checkpoint of the same size",
    "proof of another index",
    "another slot or row",
    "absent account",
    "stale or wrong block",
    "re-encoded JSON",
    "packed otherwise",
    "duplicate members",
    "lone surrogates",
    "non-ASCII digits",
    "minus zero",
    "huge numbers",
    "deep nesting",
    "unicode look-alikes",
    "benign",
}


@pytest.mark.slow
def test_they_agree_on_mutated_bundles(tmp_path: Path) -> None:
    tally = runner.compare(javascript(), EACH * len(KINDS), SEED, tmp_path)
    assert tally.disagreed == []
    assert tally.agreed == EACH * len(KINDS)
    assert tally.kinds == Counter(dict.fromkeys(KINDS, EACH))
    assert set(tally.verdicts) == set(runner.VERDICTS)
    assert set(tally.checks) >= {0, 1, 3, 6}  # the others too, in a run of thousands
    assert list(tmp_path.iterdir()) == []


def test_they_agree_on_every_conformance_case(
    python_reports: Reports, javascript_reports: Reports
) -> None:
    unlike = {}
    for name, (code, report) in python_reports.items():
        if problem := Answer.of(code, report).differs(Answer.of(*javascript_reports[name])):
            unlike[name] = problem
    assert unlike == {}
    assert len(python_reports) == len(folders()) >= 800


def test_every_report_is_as_its_schema_says(
    python_reports: Reports, javascript_reports: Reports
) -> None:
    schema = json.loads((ROOT / "docs" / "report.schema.json").read_text("utf-8"))
    rule = Draft202012Validator(schema)
    wrong = {
        name: fault.message
        for reports in (python_reports, javascript_reports)
        for name, (code, report) in reports.items()
        if code != USAGE and (fault := next(rule.iter_errors(report), None)) is not None
    }
    assert wrong == {}


def test_every_kind_of_mutation_is_there() -> None:
    assert set(KINDS) >= WANTED
    assert len(SCENES) >= 7


@pytest.mark.parametrize("name", SCENES)
def test_a_scene_verifies_as_it_is(name: str) -> None:
    """Otherwise whatever is changed in it would say little.

    A scene that in some of its draws hides lines, or credits more than the gross, is incomplete
    there for that alone.
    """
    scene = SCENES[name]
    codes = []
    for seed in range(3):
        bundle = Making(random.Random(seed), scene.play, scene.statements).build()
        answer, report = ours(bundle)
        codes.append(answer.exit_code)
        assert answer.exit_code in {0, 3}, report
        if answer.exit_code == 3:
            unchecked = [
                check["reason"]
                for statement in report["statements"]
                for check in statement["checks"]
                if check["state"] == "not_checked"
            ]
            assert all(map(LACKING.search, unchecked)), report
            assert report["notChecked"]
            assert all(map(LACKING.search, report["notChecked"])), report
    assert 0 in codes


def test_kinds_take_turns() -> None:
    names = list(KINDS)
    for number in (3, 3 + len(names)):
        drawn = runner.draw(SEED, number)
        assert drawn.kind == names[3]
        assert names[3] in drawn.what


def test_tokens_are_the_places_of_values() -> None:
    text = '{"a":[1,{"b":"x\\"y"},null],"c":{}}'
    found = {(token.kind, token.path): token.of(text) for token in tokens(text)}
    assert found["number", ("a", 0)] == "1"
    assert found["string", ("a", 1, "b")] == '"x\\"y"'
    assert found["member", ("a", 1, "b")] == '"b":"x\\"y"'
    assert found["name", ("c",)] == '"c"'
    assert found["item", ("a", 2)] == "null"
    assert found["object", ()] == text
    for token in tokens(text):
        if token.kind in VALUES:
            json.loads(token.of(text))


def _verifier(folder: Path, body: str) -> str:
    program = folder / "verifier.py"
    program.write_text(body, encoding="utf-8")
    return f"{sys.executable} {program} {{evidence}} {{trust}} {{chain}}"


def test_a_verifier_that_says_otherwise_is_found_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = _verifier(tmp_path, 'print(\'{"verdict": "verified"}\')')
    kept = tmp_path / "kept"
    arguments = ["--count", "3", "--first", "6", "--keep", str(kept), "--command", command]
    assert runner.main(arguments) == 1
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("DISAGREED 0 of 3 bundles")
    for folder in kept.iterdir():
        names = {path.name for path in folder.iterdir()}
        assert names == {"README.md", "chain.json", "evidence.gz", "trust.json"}
    assert len(list(kept.iterdir())) == 3


@pytest.mark.parametrize(
    "body", ["raise SystemExit(1)", "print('verified')"], ids=["crashes", "no report"]
)
def test_a_verifier_that_gives_no_report_is_an_error(
    body: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = _verifier(tmp_path, body)
    arguments = ["--count", "1", "--keep", str(tmp_path / "kept"), "--command", command]
    assert runner.main(arguments) == 2
    assert "no report on" in capsys.readouterr().err


def test_agreeing_on_too_little_is_not_success() -> None:
    tally = runner.Tally()
    assert tally.lacks() == [f"kind {name}" for name in KINDS]
    tally.kinds.update(dict.fromkeys(KINDS, runner.ENOUGH))
    missing = tally.lacks()
    assert "verdict verified" in missing
    assert "check 9 deciding" in missing


def test_a_difference_is_reported() -> None:
    check = {"number": 1, "state": "passed"}
    statement = {"digest": "sha256:00", "checks": [check], "notices": []}
    report = {"verdict": "verified", "statements": [statement]}
    one = Answer.of(0, report)
    assert one.differs(Answer.of(0, report)) is None
    assert one.differs(Answer.of(3, report)) == "exit code 0 and 3"
    other = {**statement, "checks": [{**check, "state": "not_applicable"}]}
    reported = one.differs(Answer.of(0, {**report, "statements": [other]}))
    assert reported == "checks of sha256:00: (1, 'passed') and (1, 'not_applicable')"
    noticed = {**report, "statements": [{**statement, "notices": ["late"]}]}
    assert one.differs(Answer.of(0, noticed)) == "notices 0 and 1"
