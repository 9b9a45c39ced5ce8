"""Check 10: the pack that a footprint names and the base pack are run on what is open of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.ledger.rules import library
from tests.conformance.casebook import Files, Scene, case, failed, incomplete, verified

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement

_UNKNOWN = "sha256:" + "11" * 32
_WRONG_DIGIT = "urn:gtin:4712345060508"  # 7 would be right
_OFFSET = "Methane, less carbon credits bought"


def _ruled(scene: Scene, pack: str, **pcf: str) -> Statement:
    """Publish a part that names a pack, by its id or a digest."""
    draft = scene.product("part", [scene.gas()], pcf=pcf)
    digest = pack if pack.startswith("sha256:") else library().get(pack).digest
    draft["credentialSubject"]["computedWith"]["rule"] = {"id": "a-pack", "digest": digest}
    return scene.publish(draft)


def _exempting(scene: Scene, pack: str, percent: str) -> Files:
    subject = _ruled(
        scene, pack,
        exemptedEmissionsPercent=percent,
        exemptedEmissionsDescription="Packaging, junction box, cables and transport.",
    )  # fmt: skip
    scene.anchor()
    return scene.files(subject)


def _offset(scene: Scene) -> Statement:
    return scene.part(lines=[{**scene.gas(), "description": _OFFSET}, scene.gas("7")])


@case(failed(10))
def a_number_with_a_wrong_check_digit_fail() -> Files:
    """A product id says that it is a GTIN, and its last digit does not follow from the others."""
    scene = Scene()
    subject = scene.part(productIds=[_WRONG_DIGIT])
    scene.anchor()
    return scene.files(subject)


@case(failed(10))
def an_input_with_a_wrong_check_digit_fail() -> Files:
    """What the subject takes breaks an error of the base pack; the subject itself breaks none."""
    scene = Scene()
    part = scene.part(productIds=[_WRONG_DIGIT])
    scene.anchor()
    module = scene.part("module", [scene.line(part, "1", "kilogram")])
    scene.anchor()
    return scene.files(module)


@case(failed(10))
def a_factor_of_a_country_that_is_none_fail() -> Files:
    """A factor without lines names no pack, and the base pack is run on it all the same."""
    scene = Scene()
    fuel = scene.fuel(pcf={"geographyCountry": "XX"})
    subject = scene.part(lines=[scene.line(fuel, "200", "gram")])
    scene.anchor()
    return scene.files(subject)


@case(verified())
def a_warning_of_the_base_pack() -> Files:
    """Six percent are exempted: the base pack warns, which fails nothing."""
    return _exempting(Scene(), "rootprint-base-rules", "6")


@case(verified())
def a_pack_that_is_named_and_held() -> Files:
    """Three percent are exempted, which Catena-X's pack allows."""
    return _exempting(Scene(), "catena-x-pcf", "3")


@case(failed(10))
def an_error_of_the_pack_that_is_named_fail() -> Files:
    """Four percent are exempted: Catena-X's pack has that as an error, the base pack not at all."""
    return _exempting(Scene(), "catena-x-pcf", "4")


@case(verified())
def a_draft_of_a_pack_that_is_named() -> Files:
    """Rules of the draft for PV modules are broken; none of them is confirmed, so they warn."""
    return _exempting(Scene(), "rootprint-pv-module", "1")


@case(failed(10))
def an_error_of_the_base_pack_beside_a_pack_that_is_not_held_fail() -> Files:
    """Whatever pack is named, the base pack is run: more than half is exempted."""
    return _exempting(Scene(), _UNKNOWN, "60")


@case(incomplete(10))
def a_pack_that_is_named_and_not_held_fail() -> Files:
    """The base pack holds, and nobody can say whether the named one does."""
    return _exempting(Scene(), _UNKNOWN, "1")


@case(failed(10))
def a_line_that_counts_credits_bought_fail() -> Files:
    """A description speaks of carbon credits; offsets are no part of a footprint."""
    scene = Scene()
    subject = _offset(scene)
    scene.anchor()
    return scene.files(subject)


@case(incomplete(10))
def a_line_that_may_count_credits_bought_fail() -> Files:
    """The inventory is hidden and no auditor saw it: its lines may break a rule, or not."""
    scene = Scene()
    subject = _offset(scene)
    scene.anchor()
    return scene.files(subject, keep={subject.digest: set()})


@case(verified())
def lines_that_only_an_auditor_judged_by_rules() -> Files:
    """The inventory is hidden, and an auditor saw it: the rules on lines are not checkable."""
    scene = Scene()
    subject = scene.part(lines=[scene.gas(), scene.gas("7")])
    scene.publish(scene.assurance(subject))
    scene.anchor()
    return scene.files(subject, keep={subject.digest: set()})


@case(failed(10))
def an_open_member_breaks_a_rule_beside_lines_that_an_auditor_saw_fail() -> Files:
    """An auditor stands in for what is hidden, never for what is open and wrong."""
    scene = Scene()
    subject = scene.part(productIds=[_WRONG_DIGIT])
    scene.publish(scene.assurance(subject))
    scene.anchor()
    return scene.files(subject, keep={subject.digest: set()})


@case(failed(10))
def two_errors_of_two_packs_fail() -> Files:
    """An error of the named pack and one of the base pack: the named one is said first."""
    scene = Scene()
    changes: dict[str, Any] = {"productIds": [_WRONG_DIGIT]}
    draft = scene.product("part", [scene.gas()], pcf={"exemptedEmissionsPercent": "4"}, **changes)
    pack = library().get("catena-x-pcf")
    draft["credentialSubject"]["computedWith"]["rule"] = {"id": pack.id, "digest": pack.digest}
    subject = scene.publish(draft)
    scene.anchor()
    return scene.files(subject)


@case(verified())
def a_rule_pack_that_must_hold() -> Files:
    """The policy asks for Catena-X's pack, which the footprint keeps without naming it."""
    scene = Scene()
    subject = scene.part()
    scene.anchor()
    return scene.files(subject).requiring(rules=["catena-x-pcf", "rootprint-base-rules"])


@case(incomplete(None))
def a_rule_pack_that_must_hold_and_is_broken_fail() -> Files:
    """Four percent are exempted, which only the pack that the policy asks for has as an error."""
    return _exempting(Scene(), "rootprint-base-rules", "4").requiring(rules=["catena-x-pcf"])


@case(incomplete(10))
def a_rule_pack_that_must_hold_by_lines_that_only_an_auditor_saw_fail() -> Files:
    """An auditor stands in for check 10, not for a pack that the policy asks to see held."""
    scene = Scene()
    subject = scene.part()
    scene.publish(scene.assurance(subject))
    scene.anchor()
    files = scene.files(subject, keep={subject.digest: set()})
    return files.requiring(rules=["rootprint-base-rules"])


@case(incomplete(10))
def a_hidden_line_where_all_must_be_recomputed_fail() -> Files:
    """An auditor saw the hidden lines, and the policy takes no auditor's word for them."""
    scene = Scene()
    subject = scene.part()
    scene.publish(scene.assurance(subject))
    scene.anchor()
    return scene.files(subject, keep={subject.digest: set()}).requiring(arithmetic="recomputed")
