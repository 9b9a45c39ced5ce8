"""Contracts and Python agree on Merkle proofs, honest and hostile: a bounded part of it.

``scripts/differential`` is the whole of it.
"""

from __future__ import annotations

import re
from random import Random
from typing import TYPE_CHECKING

import pytest

from rootprint.ledger.core import merkle
from rootprint.ledger.core.errors import BadProof
from tests.differential import chain, runner
from tests.differential.answers import TRUE, python_says
from tests.differential.changes import KINDS, Maker
from tests.differential.claims import (
    CONSISTENCY,
    INCLUSION,
    Tree,
    path_length,
    proof_length,
)
from tests.support.anvil import anvil_program, running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import ModuleType

pytestmark = [pytest.mark.contracts, pytest.mark.chain]

CASES, SEED = 6 * runner.AT_ONCE, 20261201
# Wrong readings of the RFC. Compiling one takes seconds, so there are no more than these.
MUTANTS = {
    "an inclusion proof may be too short": ("return sn == 0 && r == root;", "return r == root;"),
    "the old root is not looked at": ("eq(fr, oldRoot)", "or(eq(fr, oldRoot), 1)"),
    "a consistency proof may have any length": ("held := and(whole, ", "held := and(1, "),
    "the right edge is not climbed": ("for {} iszero(and(fn, 1)) {} { fn", "if 0 { fn"),
}


@pytest.fixture(scope="module")
def node(root: Path, script: ModuleType) -> Iterator[str]:
    """A node that takes calls of any size."""
    assert script  # it installs what the node comes with
    program = anvil_program(root)
    if program is None:
        pytest.skip("the locked npm packages have no anvil for this machine; see ROOTPRINT_ANVIL")
    with running(program, *chain.OPTIONS) as url:
        yield url


@pytest.fixture(scope="module")
def code(root: Path, script: ModuleType) -> dict[str, chain.Code]:
    """The code of the contracts as they are (under an empty name), and of each mutant."""
    text = (root / chain.LIBRARY_PATH).read_text()
    assert all(text.count(before) == 1 for before, _ in MUTANTS.values())
    mutants = {name: text.replace(*change) for name, change in MUTANTS.items()}
    return chain.compiled(script, root, {"": text, **mutants})


def test_contracts_and_python_agree(node: str, code: dict[str, chain.Code]) -> None:
    tally = runner.compare(chain.Contracts(node, code[""]), CASES, SEED)
    assert (tally.wrong, tally.lacks()) == ([], [])
    assert tally.done == CASES
    assert tally.answers["RFC9162", TRUE] > CASES // 10


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_contract_that_reads_proofs_otherwise_is_found(
    mutant: str, node: str, code: dict[str, chain.Code]
) -> None:
    found = runner.compare(chain.Contracts(node, code[mutant]), 2 * runner.AT_ONCE, SEED)
    assert found.wrong
    assert all("RFC9162 says" in each for each in found.wrong)
    assert runner.verdict(found, [], SEED, 1).startswith("DISAGREED")


def test_a_claim_of_each_kind_is_repeated_by_its_seed() -> None:
    first, again = (runner.draw(5, 3, 2 * len(KINDS)) for _ in range(2))
    assert first == again
    assert first != runner.draw(6, 3, 2 * len(KINDS))
    assert {case.kind for case in first} == set(KINDS)
    assert {case.claim.question for case in first} == {INCLUSION, CONSISTENCY}


def test_an_honest_claim_that_python_refused_would_be_a_disagreement() -> None:
    (case,) = runner.draw(1, 1, 1)
    refused = runner.Case(case.kind, case.claim, accepted=False)
    tally = runner.Tally()
    tally.take(refused, "false", None)
    assert tally.wrong
    assert "Python refuses an honest claim" in tally.wrong[0]
    assert len(tally.lacks()) > len(KINDS) - 1


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 64, 65])
def test_lengths_are_those_of_the_products_proofs(size: int) -> None:
    tree = Tree(Random(size), sparse=False)
    for index in range(size):
        assert path_length(index, size) == len(tree.included(index, size).path)
        if index:
            assert proof_length(index, size) == len(tree.appended(index, size).path)
    assert path_length(size, size) == proof_length(size, size) == proof_length(0, size) == 0


def test_python_refuses_sizes_that_no_contract_can_be_asked_about() -> None:
    """Their paths can be short: the last entry of 2^64 + 1 has one hash."""
    leaf, sibling = b"\1" * 32, b"\2" * 32
    root = merkle.node_hash(sibling, leaf)
    merkle.verify_inclusion(2**63, 2**63 + 1, leaf, [sibling], root)
    merkle.verify_consistency(2**63, 2**63 + 1, sibling, root, [leaf])
    with pytest.raises(BadProof, match="is not in a tree"):
        merkle.verify_inclusion(2**64, 2**64 + 1, leaf, [sibling], root)
    with pytest.raises(BadProof, match="can't be consistent"):
        merkle.verify_consistency(2**64, 2**64 + 1, sibling, root, [leaf])


def test_honest_claims_hold_in_python_whatever_the_source() -> None:
    random = Random(7)
    trees = Tree(random, sparse=False), Tree(random, sparse=True)
    for question in (INCLUSION, CONSISTENCY):
        claims = [Maker(random, trees, question).honest() for _ in range(200)]
        assert all(map(python_says, claims))
        assert max(claim.large for claim in claims) > 2**40
        assert min(claim.large for claim in claims) < 4


def test_the_script_says_what_it_can_not_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], script: ModuleType
) -> None:
    assert script
    monkeypatch.setattr(runner, "anvil_program", lambda _: None)
    assert runner.main(["--count", "1"]) == 2
    assert "no anvil here" in capsys.readouterr().err


def test_a_short_run_lacks_something_and_says_it(
    node: str,
    code: dict[str, chain.Code],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert node  # without one it skips
    monkeypatch.setattr(runner, "compiled", lambda *_: code)  # compiling once is enough
    assert runner.main(["--count", "20", "--seed", "3"]) == 1
    last = capsys.readouterr().out.splitlines()[-1]
    assert re.match(r"LACKING 20 of 20 verifications, \d+ of them by the registry too", last)
    assert "never met: kind" in last
