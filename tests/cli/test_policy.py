"""``--policy`` and ``rootprint policy``: what is required comes from a file, or an option."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from rootprint.ledger.verify import Policy
from tests.conformance.contract import CASES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.running import Cli

CASE = CASES / "confirmations_do_not_apply_to_a_trusted_block"
FILES = (CASE / "evidence.gz", "--trust", CASE / "trust.json", "--format", "json")


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    file = tmp_path / "policy.json"
    file.write_text(Policy(assurance="reasonable").text())
    return file


def test_a_file_says_what_is_required(nowhere: Cli, policy: Path) -> None:
    assert nowhere("verify", *FILES).code == 0
    answer = nowhere("verify", *FILES, "--policy", policy)
    assert answer.code == 3
    assert answer.json["required"]["assurance"] == "reasonable"


def test_an_option_counts_more_than_the_file(nowhere: Cli, policy: Path) -> None:
    words = ("--policy", policy, "--require-assurance", "none")
    assert nowhere("verify", *FILES, *words).code == 0


def test_a_policy_that_is_none_judges_nothing(nowhere: Cli, tmp_path: Path) -> None:
    file = tmp_path / "policy.json"
    file.write_text('{"version": 1, "assurence": "reasonable"}')
    answer = nowhere("verify", *FILES, "--policy", file)
    assert answer.code == 2
    assert "assurence" in answer.err
    assert "rootprint policy" in answer.err


def test_every_default_is_printed(nowhere: Cli, policy: Path) -> None:
    assert json.loads(nowhere.done("policy").out) == Policy().json()
    assert json.loads(nowhere.done("policy", policy).out) == Policy.load(policy).json()


def test_one_member_is_said_by_an_option(nowhere: Cli, policy: Path) -> None:
    """What is not said again stays as the file has it."""
    said = (
        "--require",
        "oldestStatus=0",
        "--require",
        "assuredBy=did:web:a.example,did:web:b.example",
    )
    answer = nowhere("verify", *FILES, "--policy", policy, *said, "--require", "mostRemovals=null")
    required = answer.json["required"]
    assert required["oldestStatus"] == 0
    assert required["assuredBy"] == ["did:web:a.example", "did:web:b.example"]
    assert required["mostRemovals"] is None
    assert required["assurance"] == "reasonable"
    assert [one.partition(":")[0] for one in answer.json["notChecked"]] == [
        "assurance",
        "oldestStatus",
    ]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (["mostUnsinged=0"], "mostUnsinged"),
        (["mostUnsigned"], "has no = and value"),
        (["mostUnsigned=0", "mostUnsigned=1"], "is said twice"),
        (["mostUnsigned=-1"], "policy.mostUnsigned"),
        (["oldestStatus=soon"], "policy.oldestStatus"),
        (["assuredBy=The Auditors"], "policy.assuredBy"),
        (["version=2"], "version is said twice"),
    ],
)
def test_a_member_that_is_none_judges_nothing(nowhere: Cli, said: list[str], expected: str) -> None:
    options = [word for one in said for word in ("--require", one)]
    answer = nowhere("verify", *FILES, *options)
    assert answer.code == 2
    assert expected in answer.err
