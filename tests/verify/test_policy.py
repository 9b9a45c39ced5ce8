"""The policy file: what a reader requires, read strictly, printed whole."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootprint.ledger.core.errors import NotFound, Refused, TooLarge
from rootprint.ledger.verify import ARITHMETIC, ASSURANCE, Policy, Verdict

if TYPE_CHECKING:
    from pathlib import Path

    from tests.verify.chains import Chain


@pytest.mark.parametrize(
    ("arithmetic", "assurance"), list(itertools.product(ARITHMETIC, ASSURANCE))
)
def test_what_is_printed_is_read_as_the_same(arithmetic: str, assurance: str) -> None:
    policy = Policy(arithmetic, assurance)
    assert Policy.parse(policy.text().encode()) == policy


def test_what_is_left_out_is_the_printed_default() -> None:
    least = Policy.parse(b'{"version": 1}')
    assert least == Policy()
    assert json.loads(least.text()) == {
        "version": 1,
        "arithmetic": "recomputed-or-assured",
        "assurance": "none",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"version": 1, "assurence": "limited"}', "assurence"),
        ('{"version": 1, "assurance": "complete"}', "none, limited, reasonable"),
        ('{"version": 2}', "policy.version"),
        ('{"assurance": "none"}', "version"),
        ('{"version": 1, "assurance": "none", "assurance": "limited"}', "a member twice"),
        ('["version"]', "policy"),
        ("version: 1", "the policy is not JSON"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_place(text: str, expected: str) -> None:
    """A misspelt requirement that is read as no requirement would let everything through."""
    with pytest.raises(Refused, match=expected):
        Policy.parse(text.encode())


@given(st.text(max_size=20).filter(lambda word: word not in ASSURANCE))
def test_no_other_word_is_a_requirement(word: str) -> None:
    with pytest.raises(Refused):
        Policy(assurance=word)


def test_a_policy_beyond_its_limit_is_not_read() -> None:
    with pytest.raises(TooLarge):
        Policy.parse(b" " * (64 * 1024 + 1))


def test_a_file_is_read_by_its_name(tmp_path: Path) -> None:
    file = tmp_path / "policy.json"
    with pytest.raises(NotFound, match="there is no file"):
        Policy.load(file)
    file.write_text(Policy("recomputed", "reasonable").text())
    assert Policy.load(str(file)) == Policy("recomputed", "reasonable")


def test_a_policy_changes_what_is_enough_and_nothing_that_was_found(assured: Chain) -> None:
    reports = [assured.report(policy=Policy(assurance=level)) for level in ("none", "reasonable")]
    assert [one.verdict for one in reports] == [Verdict.VERIFIED, Verdict.INCOMPLETE]
    first, second = ([part.checks for part in one.statements] for one in reports)
    assert first == second
