"""Checks that can't be made, though nothing is wrong."""

from __future__ import annotations

from rootprint.ledger.core.encoding import digest_text
from tests.conformance.casebook import Files, Scene, case, incomplete

_BEST = dict.fromkeys(("technologicalDQR", "geographicalDQR", "temporalDQR"), "1")


@case(incomplete(5))
def a_status_statement_as_the_subject_fail() -> Files:
    """The statement asked about is a withdrawal: whether its issuer may say so is not known."""
    scene = Scene()
    part = scene.part()
    words = {"state": "withdrawn", "reason": "The meter was wrong."}
    subject = scene.publish(scene.about("StatusStatement", part, **words))
    scene.anchor()
    expect = {"digest": digest_text(subject.digest)}
    return scene.files(part, scene.whole(subject, part), expect=expect)


@case(incomplete(8))
def a_rating_by_a_rule_that_this_verifier_does_not_hold_fail() -> Files:
    """The factor is years older, and what that does to a rating only the missing rule says."""
    scene = Scene()
    years = {
        "referencePeriodStart": "2018-01-01T00:00:00Z",
        "referencePeriodEnd": "2019-01-01T00:00:00Z",
    }
    old = scene.fuel(pcf=years)
    line = scene.line(old, "200", "gram", quality=_BEST)
    draft = scene.product("module", [line, scene.gas(quality=_BEST)])
    subject = draft["credentialSubject"]
    subject["pcf"]["dqi"]["temporalDQR"] = "1.1000"
    subject["computedWith"]["rule"]["digest"] = "sha256:" + "11" * 32
    module = scene.publish(draft)
    scene.anchor()
    return scene.files(module)
