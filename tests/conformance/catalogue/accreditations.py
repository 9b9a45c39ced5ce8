"""Accreditations: a signed record of what a body is accredited for, and a row that dates it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.encoding import time_text
from rootprint.ledger.core.standing import Role
from tests.conformance.casebook import Files, Scene, case, incomplete, verified
from tests.support.world import AUDITOR, PUBLISHER, VALID

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.core.statement import Statement

ACCREDITOR = "did:web:accreditor.example"
OTHER = "did:web:other-accreditor.example"
METALS = "urn:example:classification:metals"
_DAY = 86_400
_YEAR = 365 * _DAY


def _nothing(_scene: Scene, _record: Statement) -> None:
    """Do nothing."""


def _files(  # noqa: PLR0913 - what a case changes
    *,
    record: dict[str, Any] | None = None,
    issuer: str = ACCREDITOR,
    row: dict[str, int] | None = None,
    before: Callable[[Scene, Statement], None] = _nothing,
    after: Callable[[Scene, Statement], None] = _nothing,
    part: dict[str, Any] | None = None,
    assured: dict[str, Any] | None = None,
    hidden: bool = True,
    shown: bool = True,
    **trust: Any,
) -> Files:
    """A module of a part whose recipe is hidden; its auditor is accredited before it assures."""
    scene = Scene()
    scene.admit(ACCREDITOR, Role.ACCREDITOR)
    scene.admit(OTHER, Role.ACCREDITOR)
    scene.chain.mine()
    now = scene.chain.block().time
    limits = {"from": now - _DAY, "until": now + _YEAR, **(row or {})}
    subject = {
        "body": AUDITOR,
        "standard": "ISO 14064-3:2019",
        "scope": ["*"],
        "levels": ["limited"],
        "from": time_text(now - _DAY),
        "until": time_text(now + _YEAR),
        **(record or {}),
    }
    draft = {"type": "AccreditationRecord", "issuer": issuer, **VALID, "credentialSubject": subject}
    said = scene.publish(draft)
    scene.anchor()
    scene.chain.accredit(AUDITOR, issuer, said.digest, limits["from"], limits["until"])
    scene.chain.mine()
    before(scene, said)
    made = scene.part(**(part or {}))
    module = scene.part("module", [scene.line(made, "2", "kilogram"), scene.gas("7")])
    scene.publish(scene.assurance(made, **(assured or {})))
    scene.anchor()
    after(scene, said)
    scene.chain.mine()
    if not shown:
        return scene.files(module, scene.whole(module, said), accreditors=[ACCREDITOR])
    keep = {made.digest: set[str]()} if hidden else None
    return scene.files(module, keep=keep, **{"accreditors": [ACCREDITOR], **trust})


@case(verified(notices=1))
def a_body_that_was_accredited_when_it_assured() -> Files:
    """An accreditor whom the trust file names had its body accredited: the assurance counts."""
    return _files()


@case(incomplete(7))
def a_body_whose_accreditor_the_trust_file_does_not_name_fail() -> Files:
    """The trust file names another accreditor, and not the body: the assurance does not count."""
    return _files(accreditors=[OTHER])


@case(verified(notices=1))
def an_accreditation_where_the_trust_file_names_no_accreditor() -> Files:
    """Then nobody's accreditation is checked, which the report says."""
    return _files(accreditors=None)


@case(verified(notices=1))
def a_body_that_the_trust_file_names_needs_no_accreditation() -> Files:
    """The reader believes the body itself, whoever accredits it."""
    return _files(accreditors=[OTHER], auditors=[AUDITOR])


@case(incomplete(7))
def an_accreditation_that_ended_the_day_before_fail() -> Files:
    """Its record and its row say until when: the assurance was anchored later."""
    return _files(row={"until": Scene().chain.block().time - 1})


@case(incomplete(7))
def an_accreditation_that_its_record_ends_before_its_row_fail() -> Files:
    """The signed record ended before the assurance, whatever the row says."""
    return _files(record={"until": time_text(Scene().chain.block().time)})


def _end(scene: Scene, _record: Statement) -> None:
    scene.chain.end_accreditation(AUDITOR, 0)
    scene.chain.mine()


@case(incomplete(7))
def an_accreditation_that_was_ended_before_the_assurance_fail() -> Files:
    """The accreditor ended it before its time."""
    return _files(before=_end)


@case(verified(notices=1))
def an_accreditation_that_was_ended_after_the_assurance() -> Files:
    """The body was accredited when it assured: that stands."""
    return _files(after=_end)


@case(incomplete(7))
def an_accreditation_for_another_standard_fail() -> Files:
    """The body is accredited for another standard than the one it assured by."""
    return _files(record={"standard": "ISAE 3410"})


@case(incomplete(7))
def an_accreditation_for_another_level_fail() -> Files:
    """The body is accredited for limited assurance, and said reasonable."""
    return _files(assured={"level": "reasonable"})


@case(incomplete(7))
def an_accreditation_for_other_products_fail() -> Files:
    """The part has no classification that the scope names."""
    return _files(record={"scope": [METALS]})


@case(verified(notices=1))
def an_accreditation_for_a_kind_of_product() -> Files:
    """A classification of the part begins with the scope's."""
    of_steel = {"productClassifications": [f"{METALS}:steel"]}
    return _files(record={"scope": [METALS]}, part=of_steel)


@case(incomplete(7))
def an_accreditation_of_another_body_fail() -> Files:
    """The row is this body's, and the signed record another's."""
    return _files(record={"body": PUBLISHER})


@case(incomplete(7))
def an_accreditation_by_one_who_is_no_accreditor_fail() -> Files:
    """The trust file believes an organisation that the registrar admitted in another role."""
    return _files(issuer=PUBLISHER, accreditors=[PUBLISHER])


@case(verified(notices=1))
def an_open_part_whose_body_is_not_accredited() -> Files:
    """All is recomputed; that the assurance does not count is a notice, and fails nothing."""
    return _files(accreditors=[OTHER], hidden=False)


@case(verified(notices=1))
def an_accreditor_that_was_suspended_afterwards() -> Files:
    """What it accredited before stands."""
    return _files(after=lambda scene, _record: scene.chain.suspend(ACCREDITOR))


@case(incomplete(7))
def an_accreditation_in_the_window_of_a_captured_accreditor_fail() -> Files:
    """Its record is void, and with it what rests on it."""

    def captured(scene: Scene, _record: Statement) -> None:
        now = scene.chain.block().time
        scene.chain.mine()
        scene.chain.expel(ACCREDITOR, 130, window=(now - 60, now))

    return _files(after=captured)


@case(verified(notices=1))
def an_accreditation_record_that_the_file_leaves_out() -> Files:
    """The row alone does not say what for: the assurance does not count, which is a notice."""
    return _files(shown=False)
