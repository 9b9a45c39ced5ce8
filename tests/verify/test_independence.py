"""Check 9: an assurance by the supplier's own shell stands in for nothing, whoever asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rootprint.ledger.core.encoding import hex_text, time_text
from rootprint.ledger.core.standing import Role
from rootprint.ledger.verify import Policy, Report, Verdict
from tests.conformance.chain_file import chain_view
from tests.support.world import SUPPLIER, World, account_of
from tests.verify.chains import gas

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement

SHELL = "did:web:shell-auditor.example"
REASONABLE = Policy(assurance="reasonable")


def shell(*, account: bool, key: bool, outcome: str = "positive") -> tuple[World, Statement]:
    """Let a shell of the supplier assure its part: by the supplier's account, key, or both."""
    world = World()
    part = world.publish(world.product("hidden", [gas("10")]))
    world.admit(SHELL, Role.AUDITOR, account=account_of(SUPPLIER) if account else None)
    signer = world.keys[SUPPLIER] if key else world.keys[SHELL]
    world.add_key(SHELL, signer)
    world.chain.mine()
    draft = {**world.assurance(part, level="reasonable", outcome=outcome), "issuer": SHELL}
    world.publish(draft, signer)
    world.anchor()
    return world, part


def answer(world: World, part: Statement) -> Report:
    """Return what a reader gets who sees no recipe and requires a reasonable assurance."""
    evidence = world.evidence(part, {part.digest: set()})
    return world.verifier(part, policy=REASONABLE).verify(evidence)


@pytest.mark.parametrize(("account", "key"), [(True, True), (True, False), (False, True)])
def test_a_shell_auditor_fails_check_9(*, account: bool, key: bool) -> None:
    """Bug: it was VERIFIED, with the supplier's own account and key as the auditor's."""
    report = answer(*shell(account=account, key=key))
    assert report.verdict is Verdict.FAILED
    assert report.deciding is not None
    check = report.deciding[1]
    how = (
        "its body has the issuer's account"
        if account
        else "it is signed with a key of the issuer's"
    )
    assert check.number == 9
    assert check.reason == f"the assurance by {SHELL} is not independent: {how}"
    assert report.json()["assurance"] is None


def test_a_body_of_its_own_account_and_key_is_no_shell() -> None:
    report = answer(*shell(account=False, key=False))
    assert report.verdict is Verdict.VERIFIED
    assert report.assurance.level == "reasonable"


def test_a_shell_that_concludes_adversely_is_heard() -> None:
    report = answer(*shell(account=True, key=True, outcome="adverse"))
    assert report.deciding is not None
    assert report.deciding[1].reason == f"{SHELL} concluded adversely"


def test_who_assured_whom_is_not_bound_by_being_in_one_chain() -> None:
    """Only the issuer of what is assured is compared, not the issuers above or below it."""
    world = World()
    part = world.publish(world.product("part", [gas("10")]))
    world.admit(SHELL, Role.AUDITOR)
    world.admit("did:web:buyer.example", Role.SUPPLIER, account=account_of(SHELL))
    world.chain.mine()
    lines = [world.line(part, "2", "kilogram"), gas("7")]
    module = world.publish(world.product("module", lines, issuer="did:web:buyer.example"))
    world.publish({**world.assurance(part), "issuer": SHELL})
    world.anchor()
    evidence = world.evidence(module, {part.digest: set()})
    assert world.verifier(module).verify(evidence).verdict is Verdict.VERIFIED


STRICT = Policy(most_materiality="1", oldest_assurance=0, assured_by=("did:web:a.example",))


@pytest.mark.parametrize("maker", [Policy(), STRICT])
@pytest.mark.parametrize("reader", [Policy(), STRICT])
@pytest.mark.parametrize("later", [0, 10**6])
def test_which_words_a_file_must_prove_depends_on_no_policy_and_no_time(
    maker: Policy, reader: Policy, later: int
) -> None:
    """Or what one reader needs of a file would be too much of it for another, who would fail it.

    The assurance is no longer valid a while after the file was made.
    """
    world = World()
    part = world.publish(world.product("part", [gas("10")]))
    soon = time_text(world.now + 10**5)
    world.publish({**world.assurance(part), "validUntil": soon})
    world.anchor()
    making = world.verifier(part, policy=maker)
    evidence = making.prove(making.export(part.digest, world)).data
    asked = {
        "trustedBlocks": [hex_text(world.chain.block().hash)],
        "asOf": time_text(world.now + later),
    }
    reading = world.verifier(world.trust(part, **asked), policy=reader, chain=chain_view(None))
    report = reading.verify(evidence)
    assert report.verdict is Verdict.VERIFIED
    assert bool(report.assurance.bodies) == (reader == Policy() and not later)
