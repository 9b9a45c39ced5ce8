"""Check 5, status: rows as of the block asked; validity and supersession at the right time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.chain import StatusState
from rootprint.ledger.core.encoding import digest_text, hex_text, time_text
from rootprint.ledger.core.standing import Role
from tests.conformance.casebook import Files, Scene, case, failed, incomplete, verified
from tests.support.world import AUDITOR, AUTHORITY, PUBLISHER, SUPPLIER

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement


def _row(scene: Scene, who: str, about: Statement, state: StatusState) -> None:
    """Write a status row whose signed statement is in the log too, and mine it."""
    words = {"state": "withdrawn", "reason": "The meter was wrong."}
    if state is StatusState.SUPERSEDED:
        words |= {"state": "superseded", "supersededBy": digest_text(about.digest)}
    said = scene.publish({**scene.about("StatusStatement", about, **words), "issuer": who})
    scene.chain.set_status(who, about.digest, state, said.digest)


def _pair() -> tuple[Scene, Statement, Statement]:
    scene = Scene()
    fuel, module = scene.pair()
    scene.anchor()
    return scene, fuel, module


@case(failed(5))
def a_withdrawn_input_fail() -> Files:
    """The factor was withdrawn by its publisher after it was cited: withdrawn is withdrawn."""
    scene, fuel, module = _pair()
    _row(scene, PUBLISHER, fuel, StatusState.WITHDRAWN)
    scene.anchor()
    return scene.files(module)


@case(failed(5))
def a_withdrawn_subject_fail() -> Files:
    """The maker withdrew the statement itself."""
    scene, _, module = _pair()
    _row(scene, SUPPLIER, module, StatusState.WITHDRAWN)
    scene.anchor()
    return scene.files(module)


@case(failed(5))
def a_row_without_its_statement_still_counts_fail() -> Files:
    """The registry says withdrawn; the signed statement with the reason is nowhere."""
    scene, _, module = _pair()
    scene.chain.set_status(SUPPLIER, module.digest, StatusState.WITHDRAWN, b"\x11" * 32)
    scene.chain.mine()
    return scene.files(module)


@case(failed(5))
def withdrawn_by_the_authority_fail() -> Files:
    """The authority withdrew the factor over its publisher's head."""
    scene, fuel, module = _pair()
    _row(scene, AUTHORITY, fuel, StatusState.WITHDRAWN)
    scene.anchor()
    return scene.files(module)


@case(failed(5))
def a_suspended_statement_fail() -> Files:
    """The maker suspended its statement: until that is lifted it does not stand."""
    scene, _, module = _pair()
    scene.chain.set_status(SUPPLIER, module.digest, StatusState.SUSPENDED, b"\x11" * 32)
    scene.chain.mine()
    return scene.files(module)


@case(failed(5))
def a_suspended_statement_that_was_superseded_fail() -> Files:
    """The maker suspended its statement and then superseded it: that lifts no suspension."""
    scene, _, module = _pair()
    for state in (StatusState.SUSPENDED, StatusState.SUPERSEDED):
        scene.chain.set_status(SUPPLIER, module.digest, state, b"\x11" * 32)
        scene.chain.mine()
    return scene.files(module)


@case(failed(5))
def a_suspended_part_that_was_superseded_fail() -> Files:
    """The factor's publisher suspended it after it was cited, and then superseded it."""
    scene, fuel, module = _pair()
    scene.anchor()
    for state in (StatusState.SUSPENDED, StatusState.SUPERSEDED):
        scene.chain.set_status(fuel.issuer, fuel.digest, state, b"\x11" * 32)
        scene.chain.mine()
    return scene.files(module)


@case(failed(5))
def a_statement_that_was_suspended_again_fail() -> Files:
    """Only what is restored after its last suspension stands again."""
    scene, _, module = _pair()
    for state in (StatusState.SUSPENDED, StatusState.RESTORED, StatusState.SUSPENDED):
        scene.chain.set_status(SUPPLIER, module.digest, state, b"\x11" * 32)
        scene.chain.mine()
    return scene.files(module)


@case(failed(5))
def a_revoked_statement_that_was_restored_fail() -> Files:
    """Restoring lifts a suspension alone: revoked is for good, whatever a contract would take."""
    scene, _, module = _pair()
    for state in (StatusState.REVOKED, StatusState.SUSPENDED, StatusState.RESTORED):
        scene.chain.set_status(SUPPLIER, module.digest, state, b"\x11" * 32)
        scene.chain.mine()
    return scene.files(module)


@case(verified())
def a_statement_whose_suspension_was_lifted() -> Files:
    """The maker suspended its statement and restored it: the interval stays readable."""
    scene, _, module = _pair()
    for state in (StatusState.SUSPENDED, StatusState.RESTORED):
        scene.chain.set_status(SUPPLIER, module.digest, state, b"\x11" * 32)
        scene.chain.mine()
    return scene.files(module)


@case(failed(5))
def a_statement_revoked_by_the_authority_fail() -> Files:
    """The maker suspended and restored its statement; the authority revoked it."""
    scene, _, module = _pair()
    for state in (StatusState.SUSPENDED, StatusState.RESTORED):
        scene.chain.set_status(SUPPLIER, module.digest, state, b"\x11" * 32)
    scene.chain.set_status(AUTHORITY, module.digest, StatusState.REVOKED, b"\x22" * 32)
    scene.chain.mine()
    return scene.files(module)


@case(failed(5))
def a_withdrawal_that_names_an_assurance_fail() -> Files:
    """The row names an assurance as its statement: it has no reason, and counts all the same."""
    scene = Scene()
    part = scene.part()
    assurance = scene.publish(scene.assurance(part))
    scene.anchor()
    scene.chain.set_status(SUPPLIER, part.digest, StatusState.WITHDRAWN, assurance.digest)
    scene.chain.mine()
    return scene.files(part)


@case(failed(5))
def an_auditors_adverse_row_fail() -> Files:
    """The auditor whose positive assurance is shown has since concluded adversely on chain."""
    scene = Scene()
    part = scene.part()
    scene.publish(scene.assurance(part))
    scene.anchor()
    scene.chain.set_status(AUDITOR, part.digest, StatusState.ADVERSE, b"\x11" * 32)
    scene.chain.mine()
    return scene.files(part)


SECOND = "did:web:second-auditor.example"


def _condemned(scene: Scene, about: Statement, auditor: str = AUDITOR) -> Statement:
    """Log and anchor an adverse assurance and write its row; return the assurance."""
    draft = {**scene.assurance(about, outcome="adverse"), "issuer": auditor}
    said = scene.publish(draft)
    scene.anchor()
    scene.chain.set_status(auditor, about.digest, StatusState.ADVERSE, said.digest)
    scene.chain.mine()
    return said


@case(failed(5))
def an_adverse_conclusion_that_the_file_leaves_out_fail() -> Files:
    """An auditor concluded adversely, and the file holds nothing of that auditor."""
    scene = Scene()
    part = scene.part()
    said = _condemned(scene, part)
    return scene.files(part, scene.whole(part, said))


@case(failed(5))
def an_adverse_conclusion_on_an_input_that_the_file_leaves_out_fail() -> Files:
    """The factor was condemned after it was cited, and the file holds nothing of the auditor."""
    scene, fuel, module = _pair()
    said = _condemned(scene, fuel)
    return scene.files(module, scene.whole(module, said))


@case(failed(5))
def the_kinder_of_two_auditors_is_shown_fail() -> Files:
    """The file shows one auditor's positive assurance and leaves out the other's adverse one."""
    scene = Scene()
    scene.admit(SECOND, Role.AUDITOR)
    part = scene.part()
    scene.publish(scene.assurance(part))
    said = _condemned(scene, part, SECOND)
    return scene.files(part, scene.whole(part, said))


@case(failed(5))
def an_adverse_conclusion_whose_auditor_was_expelled_fail() -> Files:
    """The auditor was admitted when it concluded, and was expelled since: its word stands."""
    scene = Scene()
    part = scene.part()
    said = _condemned(scene, part)
    scene.chain.expel(AUDITOR)
    scene.chain.mine()
    return scene.files(part, scene.whole(part, said))


@case(verified(notices=1))
def an_adverse_conclusion_on_an_assurance() -> Files:
    """A second auditor condemned the first one's assurance: it does not count any more."""
    scene = Scene()
    scene.admit(SECOND, Role.AUDITOR)
    part = scene.part()
    assurance = scene.publish(scene.assurance(part))
    scene.anchor()
    scene.chain.set_status(SECOND, assurance.digest, StatusState.ADVERSE, b"\x11" * 32)
    scene.chain.mine()
    return scene.files(part)


@case(verified())
def an_adverse_conclusion_on_another_statement() -> Files:
    """What was condemned is last year's statement of the same part, which nothing here cites."""
    scene = Scene()
    last, part = scene.part(), scene.part()
    _condemned(scene, last)
    return scene.files(part)


@case(verified())
def concluded_adversely_only_after_the_time_asked() -> Files:
    """Asked as of a time before the auditor's row, no auditor had concluded adversely."""
    scene = Scene()
    part = scene.part()
    scene.anchor()
    then = time_text(scene.chain.block().time)
    evidence = scene.evidence(part)
    _condemned(scene, part)
    return scene.files(part, evidence, asOf=then)


@case(verified())
def an_auditor_can_not_withdraw_anothers_statement() -> Files:
    """The auditor's row says withdrawn, which only issuer and authority may say."""
    scene = Scene()
    part = scene.part()
    scene.publish(scene.assurance(part))
    scene.anchor()
    scene.chain.set_status(AUDITOR, part.digest, StatusState.WITHDRAWN, b"\x11" * 32)
    scene.chain.mine()
    return scene.files(part)


@case(verified(notices=1))
def a_status_statement_by_another_organisation_does_not_count() -> Files:
    """A withdrawal in the file is by one who is neither the issuer nor the authority."""
    scene = Scene()
    part = scene.part()
    words = {"state": "withdrawn", "reason": "A competitor says so."}
    scene.publish({**scene.about("StatusStatement", part, **words), "issuer": PUBLISHER})
    scene.anchor()
    return scene.files(part)


@case(failed(5))
def an_input_superseded_before_it_was_cited_fail() -> Files:
    """The factor was superseded in a block before the product that cites it was anchored."""
    scene = Scene()
    fuel = scene.fuel()
    scene.anchor()
    _row(scene, PUBLISHER, fuel, StatusState.SUPERSEDED)
    scene.anchor()
    module = scene.part("module", [scene.line(fuel, "200", "gram")])
    scene.anchor()
    return scene.files(module)


@case(verified(notices=1))
def an_input_superseded_after_it_was_cited() -> Files:
    """The factor was superseded later: a notice, since the product used what was in force."""
    scene, fuel, module = _pair()
    _row(scene, PUBLISHER, fuel, StatusState.SUPERSEDED)
    scene.anchor()
    return scene.files(module)


@case(failed(5))
def a_superseded_subject_fail() -> Files:
    """The statement asked about has been replaced by a newer one."""
    scene, _, module = _pair()
    _row(scene, SUPPLIER, module, StatusState.SUPERSEDED)
    scene.anchor()
    return scene.files(module)


def _until(scene: Scene, draft: dict[str, Any], seconds: int) -> Statement:
    until = time_text(scene.chain.block().time + seconds)
    return scene.publish({**draft, "validUntil": until})


@case(failed(5))
def an_expired_subject_fail() -> Files:
    """The statement was in force when it was anchored, and is not at the time asked."""
    scene = Scene()
    subject = _until(scene, scene.product("part", [scene.gas()]), 30)
    scene.anchor()
    return scene.files(subject)


@case(failed(5))
def a_subject_that_is_not_valid_yet_fail() -> Files:
    """The statement's validity begins next year."""
    scene = Scene()
    draft = {**scene.product("part", [scene.gas()]), "validFrom": "2027-06-01T00:00:00Z"}
    subject = scene.publish(draft)
    scene.anchor()
    return scene.files(subject)


@case(failed(5))
def an_expired_assurance_as_the_subject_fail() -> Files:
    """The statement asked about is an assurance, and its validity is over."""
    scene = Scene()
    part = scene.part()
    subject = _until(scene, scene.assurance(part), 30)
    scene.anchor()
    evidence = scene.whole(subject, part)
    return scene.files(part, evidence, expect={"digest": digest_text(subject.digest)})


@case(verified(notices=1))
def an_input_that_expired_after_it_was_cited() -> Files:
    """The factor expired later: a notice, since the product used what was in force."""
    scene = Scene()
    fuel = _until(scene, scene.factor("fuel"), 30)
    module = scene.part("module", [scene.line(fuel, "200", "gram")])
    scene.anchor()
    return scene.files(module)


@case(failed(5))
def an_input_that_expired_before_it_was_cited_fail() -> Files:
    """The factor had expired when the product that cites it was anchored."""
    scene = Scene()
    fuel = _until(scene, scene.factor("fuel"), 10)
    scene.anchor()
    module = scene.part("module", [scene.line(fuel, "200", "gram")])
    scene.anchor(at=scene.chain.block().time + 30)
    return scene.files(module)


@case(failed(5))
def the_status_registry_has_other_code_fail() -> Files:
    """The code at the status registry's address is not the code that is pinned."""
    scene, _, module = _pair()
    contracts = scene.trust_json(module)["contracts"]
    contracts["statusRegistry"]["codeHash"] = hex_text(b"\x11" * 32)
    return scene.files(module, contracts=contracts)


@case(failed(5))
def the_status_registry_asks_another_organization_registry_fail() -> Files:
    """Whoever controls the other registry could withdraw, or could keep others from it."""
    scene, _, module = _pair()
    scene.chain._status.set("_organizations", value=b"\x09" * 20)
    scene.chain.mine()
    return scene.files(module)


@case(failed(5))
def the_authority_is_no_authority_here_fail() -> Files:
    """The trust file's authority is an organisation without that role."""
    scene, _, module = _pair()
    return scene.files(module, authority=PUBLISHER)


@case(incomplete(None))
def the_status_is_too_old_fail() -> Files:
    """The newest block is sixty seconds old, and the verifier allows thirty."""
    scene, _, module = _pair()
    return scene.files(module).requiring(oldestStatus=30)


@case(verified())
def the_status_is_fresh_enough() -> Files:
    """The newest block is sixty seconds old, and the verifier allows just that."""
    scene, _, module = _pair()
    return scene.files(module).requiring(oldestStatus=60)


@case(verified())
def withdrawn_only_after_the_time_asked() -> Files:
    """Asked as of a time before the withdrawal, nothing had been said."""
    scene, fuel, module = _pair()
    then = time_text(scene.chain.block().time)
    evidence = scene.evidence(module)
    _row(scene, PUBLISHER, fuel, StatusState.WITHDRAWN)
    scene.anchor()
    return scene.files(module, evidence, asOf=then)


@case(incomplete(None))
def the_time_asked_is_before_the_chain_began_fail() -> Files:
    """No block is as old as the time asked, so nothing can be said of it."""
    scene, _, module = _pair()
    return scene.files(module, asOf="2020-01-01T00:00:00Z")
