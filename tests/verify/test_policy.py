"""The policy file: what a reader requires, read strictly, printed whole."""

from __future__ import annotations

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


shares = st.decimals(0, 100, places=2, allow_nan=False).map(str)
ages = st.none() | st.integers(0, 10**10)
bodies = st.lists(st.sampled_from(["did:web:a.example", "did:web:b.example"]), unique=True)
policies = st.builds(
    Policy,
    arithmetic=st.sampled_from(ARITHMETIC),
    most_unsigned=shares,
    least_primary=shares,
    most_no_longer_admitted=shares,
    most_exempted=shares,
    assurance=st.sampled_from(ASSURANCE),
    assured_by=bodies.map(tuple),
    most_materiality=shares,
    oldest_assurance=ages,
    oldest_status=ages,
    oldest_period=ages,
    rules=st.lists(st.sampled_from(["base", "sha256:" + "11" * 32]), unique=True).map(tuple),
    most_removals=st.none() | shares,
    most_credits=st.none() | shares,
)


@given(policies)
def test_what_is_printed_is_read_as_the_same(policy: Policy) -> None:
    assert Policy.parse(policy.text().encode()) == policy


@given(policies, st.sampled_from(sorted(set(Policy().words()))))
def test_a_member_in_a_policys_place_changes_that_member_alone(policy: Policy, name: str) -> None:
    usual = Policy().words()
    changed = policy.with_members({"version": 1, name: usual[name]})
    assert changed.words() == policy.words() | {name: usual[name]}


def test_what_is_left_out_is_the_printed_default() -> None:
    least = Policy.parse(b'{"version": 1}')
    assert least == Policy()
    assert json.loads(least.text()) == {
        "version": 1,
        "arithmetic": "recomputed-or-assured",
        "mostUnsigned": "100",
        "leastPrimary": "0",
        "mostNoLongerAdmitted": "100",
        "mostExempted": "100",
        "assurance": "none",
        "assuredBy": [],
        "mostMateriality": "100",
        "oldestAssurance": None,
        "oldestStatus": None,
        "oldestPeriod": None,
        "rules": [],
        "mostRemovals": "100",
        "mostCredits": "100",
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
    strict = Policy(arithmetic="recomputed", assurance="reasonable")
    file.write_text(strict.text())
    assert Policy.load(str(file)) == strict


def test_a_policy_changes_what_is_enough_and_nothing_that_was_found(assured: Chain) -> None:
    reports = [assured.report(policy=Policy(assurance=level)) for level in ("none", "reasonable")]
    assert [one.verdict for one in reports] == [Verdict.VERIFIED, Verdict.INCOMPLETE]
    first, second = ([part.checks for part in one.statements] for one in reports)
    assert first == second
