"""Six statements, changed everywhere: no change passes for what it is not."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.core.canonical import encode
from rootprint.ledger.evidence import UNCOVERED, NoChain
from tests.conformance.contract import CASES
from tests.mutations import runner
from tests.mutations.mutate import (
    Answer,
    Verifier,
    at_random,
    remembered_signatures,
    systematic,
    trust_changes,
)
from tests.mutations.six import Six
from tests.support.evidence_file import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RANDOM, SEED = 2000, 20261120

# What may change and leave the verdict verified. Nothing else, and nothing more by it: neither
# subject nor statements, total or coverage.
HARMLESS = {
    *UNCOVERED,
    "statements[].row",  # left out: it is searched then, and found
    "statements[].checkpoint",  # another one of the log that covers the entry and is tied to it too
    "proofs.checkpoints[].unknown signature",
    # SD-JWT gives disclosures no order (RFC 9901 section 4.2.6), and a holder may pass on fewer.
    "statements[].disclosures",
}


@pytest.fixture(scope="module")
def six() -> Six:
    return Six()


@pytest.fixture
def verifier(six: Six) -> Iterator[Verifier]:
    with remembered_signatures():
        yield Verifier(six.evidence, encode(six.trust), six.world.chain, now=six.world.now)


def test_the_file_has_six_statements_of_every_sort(verifier: Verifier) -> None:
    assert len(verifier.expected.statements) == 6
    coverage = verifier.expected.coverage
    assert all(f"'{name}': '0.00'" not in coverage for name in ("recomputed", "assured"))


def test_every_change_of_every_part_is_noticed(six: Six, verifier: Verifier) -> None:
    verdicts: Counter[str] = Counter()
    harmless: set[str] = set()
    for mutation in systematic(six.evidence, thorough=True):
        verdict, problem = verifier.violation(mutation.build())
        assert problem is None, f"{mutation.place} ({mutation.what})"
        verdicts[verdict] += 1
        if verdict == "verified":
            harmless.add(mutation.place)
    assert harmless == HARMLESS
    assert verdicts["failed"] > 2000
    assert verdicts["incomplete"] > 100


def test_every_change_of_a_proof_is_noticed() -> None:
    """With no chain every node counts, and so does the row that the proof is of."""
    six = Six(proven=True)
    verdicts: Counter[str] = Counter()
    with remembered_signatures():
        verifier = Verifier(six.evidence, encode(six.trust), NoChain(), now=six.world.now)
        for mutation in systematic(six.evidence, thorough=False):
            if mutation.place.startswith("chain") or mutation.place == "statements[].row":
                verdict, problem = verifier.violation(mutation.build())
                assert problem is None, f"{mutation.place} ({mutation.what})"
                verdicts[verdict] += 1
    assert verdicts["verified"] == 0
    assert verdicts["failed"] > 100
    assert verdicts["incomplete"] > 10


def test_two_thousand_random_bytes_are_noticed(six: Six, verifier: Verifier) -> None:
    refused = 0
    for mutation in at_random(six.evidence, RANDOM, SEED):
        verdict, problem = verifier.violation(mutation.build())
        assert problem is None, mutation.what
        refused += verdict != "verified"
    assert refused > 0.95 * RANDOM


@pytest.mark.parametrize("expect", ["issuer and product", "digest"])
def test_no_change_of_the_trust_file_is_verified(six: Six, verifier: Verifier, expect: str) -> None:
    trust = dict(six.trust)
    if expect == "digest":
        trust["expect"] = {"digest": f"sha256:{six.subject.digest.hex()}"}
    places = set()
    for change in trust_changes(trust):
        verdict, problem = verifier.distrusts(change.to(trust))
        assert problem is None, f"{change.place} ({change.what})"
        assert verdict != "verified"
        places.add(change.place)
    wanted = {"chainId", "logId", "origin", "vkey", "registrar", "authority"}
    wanted |= {f"expect.{name}" for name in trust["expect"]}
    for contract in trust["contracts"]:
        wanted |= {f"contracts.{contract}.{name}" for name in ("address", "codeHash")}
    assert wanted <= places


def test_every_path_and_every_part_is_changed(six: Six) -> None:
    changed = {mutation.place for mutation in systematic(six.evidence, thorough=True)}
    value = opened(six.evidence)
    assert {place for place in _leaves(value) if not place.endswith("checkpoints[]")} <= changed
    lines = {"blank", "origin", "size", "root", "signature", "unknown signature"}
    assert {f"proofs.checkpoints[].{line}" for line in lines} <= changed


def _leaves(value: Any, place: str = "") -> set[str]:
    if isinstance(value, dict):
        parts = [_leaves(member, f"{place}.{name}") for name, member in value.items()]
    elif isinstance(value, list):
        parts = [_leaves(item, f"{place}[]") for item in value]
    else:
        return {place.removeprefix(".")}
    return set().union(*parts)


def test_what_passes_for_something_else_is_found(
    six: Six, verifier: Verifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The harness itself: a verifier that lets a total slip is caught."""
    honest = Answer.of

    def careless(report: Any) -> Answer:
        answer = honest(report)
        return Answer(answer.verdict, answer.subject, answer.statements, "slipped", answer.coverage)

    monkeypatch.setattr(Answer, "of", careless)
    assert verifier.violation(six.evidence) == ("verified", "verified as something else")


def test_evidence_that_does_not_verify_can_not_be_changed_for_the_worse(six: Six) -> None:
    trust = encode({**six.trust, "chainId": 1})
    with pytest.raises(Exception, match="does not verify as it is"):
        Verifier(six.evidence, trust, six.world.chain, now=six.world.now)


@pytest.mark.parametrize("processes", ["1", "2"])
def test_the_script_says_one_plain_verdict(
    processes: str, capsys: pytest.CaptureFixture[str]
) -> None:
    case = CASES / "a_product_with_its_factor"
    files = [str(case / "evidence.gz"), str(case / "trust.json")]
    assert runner.main([*files, "--random", "20", "--processes", processes]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("PASSED ")
    assert last.endswith(": 0 taken for something they are not")


def test_the_script_refuses_files_it_can_not_use(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = CASES / "a_product_with_its_factor"
    trust = tmp_path / "trust.json"
    trust.write_bytes((case / "trust.json").read_bytes())
    assert runner.main([str(case / "evidence.gz"), str(trust)]) == 2
    assert "does not verify as it is: incomplete" in capsys.readouterr().err
