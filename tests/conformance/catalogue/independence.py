"""Check 9: by whom an assurance counts, within which materiality, by which standard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.standing import Role
from tests.conformance.casebook import Files, Scene, case, failed, incomplete, verified
from tests.support.world import AUDITOR, SUPPLIER, account_of

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement

MAKER = "did:web:another-maker.example"
BODY = "did:web:a-body.example"
HEAD = "did:web:group.example"
Declared = dict[str, Any]


def _hidden(scene: Scene, part: Statement, body: str, **changes: Any) -> Files:
    """A product takes a part whose recipe is hidden and that ``body`` assured."""
    module = scene.part("module", [scene.line(part, "2", "kilogram"), scene.gas("7")])
    scene.publish({**scene.assurance(part, **changes), "issuer": body})
    scene.anchor()
    return scene.files(module, keep={part.digest: set()})


def _declaring(maker: Declared, body: Declared, *, hidden: bool = True, **changes: Any) -> Files:
    """The part's maker and the body that assures it declare themselves so in their records."""
    scene = Scene()
    scene.admit(MAKER, Role.SUPPLIER, **maker)
    scene.admit(BODY, Role.AUDITOR, **body)
    scene.chain.mine()
    made = _hidden(scene, part := scene.part(issuer=MAKER), BODY, **changes)
    if hidden:
        return made
    return scene.files(part)


def _numbers(**numbers: str) -> Declared:
    return {"registerNumbers": numbers}


@case(failed(9))
def a_body_with_the_account_of_the_issuer_fail() -> Files:
    """The auditor was admitted with the maker's own account: it is the maker under another name."""
    return _declaring({}, {"account": account_of(MAKER)})


@case(failed(9))
def a_body_with_the_account_of_the_issuer_of_what_is_open_fail() -> Files:
    """Nothing is hidden, and the assurance is false all the same: it is the maker's own."""
    return _declaring({}, {"account": account_of(MAKER)}, hidden=False)


def _with_a_key_of_the_issuer(scene: Scene, part: Statement, **changes: Any) -> Files:
    """The maker adds the auditor's key to its own keys, before or after the assurance."""
    scene.chain.add_key(SUPPLIER, scene.keys[AUDITOR].public.thumbprint)
    scene.chain.mine()
    scene.publish(scene.assurance(part, **changes))
    scene.anchor()
    return scene.files(part)


@case(failed(9))
def an_assurance_signed_with_a_key_of_the_issuer_fail() -> Files:
    """The key that signed the assurance is one of the maker's too."""
    scene = Scene()
    return _with_a_key_of_the_issuer(scene, scene.part())


@case(failed(9))
def an_assurance_signed_with_a_key_that_the_issuer_retired_fail() -> Files:
    """The key was the maker's and is retired there: it was in the maker's hands."""
    scene = Scene()
    part = scene.part()
    scene.chain.add_key(SUPPLIER, scene.keys[AUDITOR].public.thumbprint)
    scene.chain.mine()
    scene.chain.retire_key(SUPPLIER, scene.keys[AUDITOR].public.thumbprint)
    scene.chain.mine()
    scene.publish(scene.assurance(part))
    scene.anchor()
    return scene.files(part)


@case(failed(9))
def an_adverse_conclusion_that_the_issuer_would_silence_fail() -> Files:
    """The maker gave itself the auditor's key: the adverse conclusion counts all the same."""
    scene = Scene()
    part = scene.part()
    return _with_a_key_of_the_issuer(scene, part, outcome="adverse")


@case(failed(9))
def an_adverse_conclusion_beyond_the_policy_s_materiality_fail() -> Files:
    """The policy asks for another body and 1 %: an adverse conclusion counts all the same."""
    scene = Scene()
    part = scene.part()
    scene.publish(scene.assurance(part, outcome="adverse"))
    scene.anchor()
    made = scene.files(part)
    return made.requiring(mostMateriality="1", assuredBy=[BODY], oldestAssurance=0)


@case(incomplete(7))
def a_body_with_a_register_number_of_the_issuer_fail() -> Files:
    """Both records have one number of one register: the assurance does not count."""
    return _declaring(_numbers(LEI="5493000X", USCC="9131"), _numbers(LEI="5493000X"))


@case(verified(notices=1))
def a_body_with_a_register_number_of_the_issuer_of_what_is_open() -> Files:
    """Anyone can write a maker's number into its record: it does not count, and fails nothing."""
    return _declaring(_numbers(LEI="5493000X"), _numbers(LEI="5493000X"), hidden=False)


@case(verified(notices=1))
def one_number_in_two_registers_is_no_shared_one() -> Files:
    """The same digits in two registers are two organisations' numbers."""
    return _declaring(_numbers(LEI="7001"), _numbers(HRB="7001"))


@case(incomplete(7))
def a_body_of_the_group_of_the_issuer_fail() -> Files:
    """Both records declare one head of their group: the assurance does not count."""
    return _declaring({"group": HEAD}, {"group": HEAD})


@case(incomplete(7))
def a_body_that_is_the_head_of_the_group_of_the_issuer_fail() -> Files:
    """The maker's record declares the auditor as the head of its group."""
    return _declaring({"group": BODY}, {})


@case(verified(notices=1))
def a_body_of_another_group() -> Files:
    """Both declare a head of their group, and not the same."""
    return _declaring({"group": HEAD}, {"group": "did:web:other-group.example"})


@case(verified(notices=1))
def a_record_whose_numbers_and_group_are_malformed() -> Files:
    """The registrar admitted records with numbers that are no texts: they are nobody's numbers."""
    odd = {"registerNumbers": {"LEI": 7, "HRB": ""}, "group": 7}
    return _declaring(odd, odd)


@case(incomplete(7))
def an_assurance_of_a_materiality_beyond_the_policy_s_fail() -> Files:
    """The auditor's materiality is 5 %, the policy takes 4.99 %."""
    scene = Scene()
    return _hidden(scene, scene.part(), AUDITOR).requiring(mostMateriality="4.99")


@case(verified(notices=1))
def an_assurance_of_the_materiality_that_the_policy_takes() -> Files:
    """The auditor's materiality is 5 %, as much as the policy takes."""
    scene = Scene()
    return _hidden(scene, scene.part(), AUDITOR).requiring(mostMateriality="5.0")


@case(incomplete(7))
def an_assurance_by_a_body_that_the_policy_does_not_name_fail() -> Files:
    """The policy takes assurances of another body alone."""
    scene = Scene()
    return _hidden(scene, scene.part(), AUDITOR).requiring(assuredBy=[BODY])


@case(verified(notices=1))
def an_assurance_by_a_body_that_the_policy_names() -> Files:
    """The policy takes assurances of this body and another."""
    scene = Scene()
    return _hidden(scene, scene.part(), AUDITOR).requiring(assuredBy=[BODY, AUDITOR])


@case(verified(notices=1))
def a_body_that_the_trust_file_names_as_an_auditor() -> Files:
    """The reader itself believes the body to be accredited, and the answer says so."""
    scene = Scene()
    made = _hidden(scene, scene.part(), AUDITOR)
    return Files(made.evidence, {**made.trust, "auditors": [AUDITOR]}, made.chain)


@case(incomplete(7))
def an_assurance_by_a_standard_that_is_not_listed_fail() -> Files:
    """The assurance is given by a standard of nobody's: its envelope is not well-formed."""
    scene = Scene()
    part = scene.part()
    module = scene.part("module", [scene.line(part, "2", "kilogram"), scene.gas("7")])

    def change(payload: dict[str, Any]) -> None:
        payload["credentialSubject"]["standard"] = "no such standard"

    scene.spoil(scene.assurance(part), change)
    scene.anchor()
    return scene.files(module, keep={part.digest: set()})


@case(verified())
def two_bodies_at_two_levels_on_one_way() -> Files:
    """A limited assurance of the product, a reasonable one of its part: the highest on the way."""
    scene = Scene()
    scene.admit(BODY, Role.AUDITOR)
    scene.chain.mine()
    part = scene.part()
    module = scene.part("module", [scene.line(part, "2", "kilogram"), scene.gas("7")])
    shelf = scene.part("shelf", [scene.line(module, "1", "kilogram"), scene.gas("9")])
    scene.publish(scene.assurance(module))
    scene.publish({**scene.assurance(part, level="reasonable"), "issuer": BODY})
    scene.anchor()
    return scene.files(shelf)
