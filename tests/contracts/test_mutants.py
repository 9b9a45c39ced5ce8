"""scripts/mutate: its changes are made, met by the tests and remembered; what is explained exists.

A run of all changes takes an hour and more, so here are a few that must be noticed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.contracts.mutants.differential import HARNESS, LIBRARY, noticed
from tests.contracts.mutants.operators import Mutant, mutants
from tests.contracts.mutants.running import Kept, Result, Worker, suites_of
from tests.contracts.mutants.survivors import explained, name, row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import ModuleType

pytestmark = pytest.mark.contracts
SIGNED_ACT = "contracts/SignedAct.sol"


@pytest.fixture(scope="module")
def worker(root: Path, script: ModuleType) -> Iterator[Worker]:
    """A process that compiles and runs."""
    made = Worker(str(script.node_home() / "bin" / "node"), root, script.node_environment())
    yield made
    made.close()


@pytest.fixture(scope="module")
def trees(worker: Worker) -> dict[str, Any]:
    """The syntax tree of each contract and test, by path."""
    found: dict[str, Any] = worker.ask({"ast": True})
    return found


@pytest.fixture(scope="module")
def changes(root: Path, trees: dict[str, Any]) -> dict[str, list[Mutant]]:
    """Every change of the contracts, by path."""
    paths = [path for path in trees if path.startswith("contracts/")]
    return {
        path: mutants(path, (root / path).read_bytes(), trees[path]["ast"])
        for path in sorted(paths)
    }


def one(changes: list[Mutant], where: str, change: str) -> Mutant:
    """Return the change with these words."""
    [found] = [each for each in changes if (each.where, each.change) == (where, change)]
    return found


def test_interfaces_have_no_changes_and_each_contract_has(changes: dict[str, Any]) -> None:
    without = {path for path, found in changes.items() if not found}
    assert without == {path for path in changes if path.startswith("contracts/interfaces/")}
    keys = [each.key for found in changes.values() for each in found]
    assert len(keys) == len(set(keys)) > 1000


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("if (block.timestamp > deadline) revert", "if (block.timestamp >= deadline) revert"),
        ("if (block.timestamp > deadline) revert", "if (!(block.timestamp > deadline)) revert"),
        ("if (block.timestamp > deadline) revert", "{}"),
        ("_SIGNATURE_BYTES = 65;", "_SIGNATURE_BYTES = 66;"),
        ('keccak256("2"),', 'keccak256("x"),'),
        ('hex"1901"', 'hex"00"'),
    ],
)
def test_a_change_is_made_in_its_place_alone(
    changes: dict[str, list[Mutant]], old: str, new: str
) -> None:
    made = [
        each
        for each in changes[SIGNED_ACT]
        if old in each.change.split(" → ")[0] and new in each.change.split(" → ")[1]
    ]
    assert len(made) == 1
    source = made[0].source.decode()
    assert made[0].text != source
    assert len(made[0].text) == len(source) + len(made[0].new) - (made[0].end - made[0].start)


def test_yul_within_assembly_is_changed_too(changes: dict[str, list[Mutant]]) -> None:
    found = {each.change for each in changes[LIBRARY]}
    assert (
        "for {} xor(fn, sn) { at := add(at, 32) } { → for {} or(fn, sn) { at := add(at, 32) } {"
        in (found)
    )
    assert "sr := mload(digest) → {}" in found


def test_what_is_explained_is_still_a_change_of_the_contracts(
    root: Path, changes: dict[str, list[Mutant]]
) -> None:
    page = root / "docs" / "mutations.md"
    rows = explained(page)
    assert set(rows) <= {name(each) for found in changes.values() for each in found}
    assert page.read_text().count("\n| `") == len(rows)
    assert min(map(len, rows.values())) > 10


def test_a_row_is_read_as_it_was_written(tmp_path: Path, changes: dict[str, list[Mutant]]) -> None:
    for each in changes["contracts/CheckpointRegistry.sol"]:
        (tmp_path / "page.md").write_text(f"| a | b | c |\n{row(each, 'why')}\n")
        assert explained(tmp_path / "page.md") == {name(each): "why"}


def test_the_tests_notice_a_change_and_not_the_contracts_as_they_are(
    worker: Worker, trees: dict[str, Any], changes: dict[str, list[Mutant]]
) -> None:
    suites = suites_of(SIGNED_ACT, trees)
    own = [path for path in suites if path.endswith("StatusRegistry.t.sol")]
    assert len(suites) > len(own) == 1
    late = one(
        changes[SIGNED_ACT],
        "SignedAct.signer",
        "if (block.timestamp > deadline) revert DeadlinePassed(deadline); → {}",
    )
    killed = worker.ask({"changed": {SIGNED_ACT: late.text}, "suites": own})
    assert killed["outcome"] == "killed"
    assert "test_attack_a_relay_has_no_right_of_its_own" in killed["by"]
    same = worker.ask({"changed": {SIGNED_ACT: late.source.decode()}, "suites": own})
    assert same == {"outcome": "same"}
    wrong = worker.ask({"changed": {SIGNED_ACT: "library SignedAct {"}, "suites": own})
    assert wrong["outcome"] == "invalid"


def test_python_notices_a_change_of_the_library(
    worker: Worker, changes: dict[str, list[Mutant]]
) -> None:
    """A consistency from nothing was noticed by no test when it was first made."""
    zero = one(
        changes[LIBRARY],
        "RFC9162.verifyConsistency",
        "if (oldSize == 0 || oldSize >= newSize) return false; → "
        "if (oldSize >= newSize) return false;",
    )
    by = noticed(worker.ask({"changed": {LIBRARY: zero.text}, "compiled": HARNESS}))
    assert by == "test_consistency_of_anything_is_judged_alike"


def test_results_are_kept_and_survivors_meet_new_tests(
    tmp_path: Path, changes: dict[str, list[Mutant]]
) -> None:
    first, second, third, *_ = changes[SIGNED_ACT]
    kept = Kept(tmp_path / "kept" / "results.jsonl", "tests")
    kept.keep(Result(first.key, "killed", "test_it()", "tests"))
    kept.keep(Result(second.key, "survived", "", "tests"))
    again = Kept(tmp_path / "kept" / "results.jsonl", "tests")
    assert [again.of(each) is None for each in (first, second, third)] == [False, False, True]
    other = Kept(tmp_path / "kept" / "results.jsonl", "other tests")
    assert [other.of(each) is None for each in (first, second, third)] == [False, True, True]
    edited = replace(first, source=first.source + b"\n")
    assert again.of(edited) is None
