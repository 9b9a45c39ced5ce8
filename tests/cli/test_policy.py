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
FILES = (CASE / "evidence.json", "--trust", CASE / "trust.json", "--format", "json")


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
