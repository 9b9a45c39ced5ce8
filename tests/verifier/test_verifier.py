"""The verifier as one object: set once, the same by every method, and it changes nothing."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError, replace
from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.core.encoding import hex_text
from rootprint.ledger.core.errors import NotFound, Refused
from rootprint.ledger.evidence import Evidence, NoChain, read
from rootprint.ledger.rules import Library, library
from rootprint.ledger.verifier import ChainNotNamed, Verifier
from rootprint.ledger.verify import Policy, Trust, Verdict
from tests.verify.chains import chained

if TYPE_CHECKING:
    from pathlib import Path

    from tests.verify.chains import Chain


class Silent:
    """A chain that answers and proves nothing."""

    def __init__(self, chain: Any) -> None:
        self._chain = chain
        for name in ("block", "slot", "code_hash"):
            setattr(self, name, getattr(chain, name))

    @property
    def chain_id(self) -> int:
        """See ``ChainView.chain_id``."""
        return int(self._chain.chain_id)


@pytest.fixture(scope="module")
def chain() -> Chain:
    return chained()


def test_a_file_is_verified_by_its_name_or_its_bytes(chain: Chain, tmp_path: Path) -> None:
    verifier, file = chain.world.verifier(chain.module), tmp_path / "evidence.gz"
    with pytest.raises(NotFound, match="there is no file"):
        verifier.verify(file)
    file.write_bytes(data := chain.world.evidence(chain.module))
    reports = [verifier.verify(one) for one in (data, file, str(file))]
    assert [one.verdict for one in reports] == [Verdict.VERIFIED] * 3
    assert reports[0].json() == reports[1].json() == reports[2].json()


def test_by_the_trust_file_alone(chain: Chain, tmp_path: Path) -> None:
    """The block's hash is all that it trusts, and the chain is read from the file."""
    world, file = chain.world, tmp_path / "evidence.gz"
    made = world.verifier(chain.module).export(chain.module.digest, world)
    world.verifier(chain.module).prove(made).save(file)
    block = hex_text(world.chain.block().hash)
    said = {**world.trust_json(chain.module), "trustedBlocks": [block]}
    (tmp_path / "trust.json").write_text(json.dumps(said))
    verifier = Verifier(Trust.load(tmp_path / "trust.json"), clock=lambda: world.now)
    report = verifier.verify(file)
    assert report.verdict is Verdict.VERIFIED
    assert report.chain is not None
    assert report.chain["proven"] is True


def test_a_trust_file_that_names_no_chain_judges_nothing(chain: Chain) -> None:
    trust = chain.world.trust(chain.module)
    with pytest.raises(ChainNotNamed, match="does not say how to see the chain"):
        Verifier(trust).verify(chain.world.evidence(chain.module))


def test_the_chain_s_file_is_named_relative_to_the_trust_file(chain: Chain, tmp_path: Path) -> None:
    said = {**chain.world.trust_json(chain.module), "chainFile": "kept/chain.sqlite"}
    (tmp_path / "trust.json").write_text(json.dumps(said))
    found = Trust.load(tmp_path / "trust.json").chain_file
    assert found == str(tmp_path / "kept" / "chain.sqlite")


def test_what_was_decided_stays_and_replace_gives_another(chain: Chain) -> None:
    verifier = chain.world.verifier(chain.module)
    with pytest.raises(FrozenInstanceError):
        verifier.policy = Policy(assurance="reasonable")  # type: ignore[misc]
    stricter = replace(verifier, policy=Policy(assurance="reasonable"))
    data = chain.world.evidence(chain.module)
    assert stricter.verify(data).verdict is Verdict.INCOMPLETE
    assert verifier.verify(data).verdict is Verdict.VERIFIED


def test_every_method_holds_the_packs_of_this_version(chain: Chain) -> None:
    """Bug kept out: a caller that forgot its packs called a line by another rule not checked."""
    world = chain.world
    other = next(one for one in library().digests() if one not in _base())
    draft = world.product("ruled", [world.line(chain.fuel, "1", "kilogram")])
    draft["credentialSubject"]["computedWith"]["rule"]["digest"] = other
    ruled = world.publish(draft)
    world.anchor()
    verifier = world.verifier(ruled)
    data = world.evidence(ruled, proven=True)
    assert verifier.verify(data).verdict is Verdict.VERIFIED
    for made in (
        verifier.export(ruled.digest, world),
        verifier.forward(data),
        verifier.renew(data),
        verifier.renew(data, world),
    ):
        assert made.report.verdict is Verdict.VERIFIED
    bare = replace(verifier, packs=Library(()))
    assert bare.verify(data).verdict is Verdict.INCOMPLETE


def _base() -> set[str]:
    from rootprint.ledger.core.tables import tables  # noqa: PLC0415 - read once, here

    return {tables().rule_digest}


def test_each_step_is_reported_and_time_is_kept(chain: Chain) -> None:
    answer: list[tuple[int, int | None]] = []
    data = chain.world.evidence(chain.module)
    verifier = chain.world.verifier(
        chain.module, progress=lambda read, of: answer.append((read, of))
    )
    verifier.verify(data)
    assert answer == [(1, 4), (2, 4), (3, 4), (4, 4)]
    report = replace(verifier, seconds=-1).verify(data)
    assert report.verdict is Verdict.INCOMPLETE
    assert "time ran out" in report.unmet[0]


def test_a_chain_that_proves_nothing_still_verifies(chain: Chain) -> None:
    world = chain.world
    verifier = world.verifier(chain.module, chain=Silent(world.chain))
    data = world.evidence(chain.module)
    assert verifier.verify(data).verdict is Verdict.VERIFIED
    made = verifier.forward(data, proven=False)
    with pytest.raises(Refused, match="answers and proves nothing"):
        verifier.prove(made)
    with pytest.raises(Refused, match="not proven in this evidence"):
        _ = made.proven_at


def test_what_is_made_is_what_is_saved(chain: Chain, tmp_path: Path) -> None:
    made = chain.world.verifier(chain.module).export(chain.module.digest, chain.world)
    made.save(tmp_path / "evidence.gz")
    assert (tmp_path / "evidence.gz").read_bytes() == made.data
    assert Evidence.load(tmp_path / "evidence.gz").statements == read(made.data).statements


def test_what_fails_is_not_passed_on(chain: Chain) -> None:
    world = chain.world
    other = world.verifier(world.trust(chain.part))
    with pytest.raises(Refused, match="so nothing was written: check 0 of the file failed"):
        other.forward(world.evidence(chain.module))


def test_without_any_chain_the_answer_is_incomplete(chain: Chain) -> None:
    verifier = chain.world.verifier(chain.module, chain=NoChain())
    report = verifier.verify(chain.world.evidence(chain.module))
    assert report.verdict is Verdict.INCOMPLETE
