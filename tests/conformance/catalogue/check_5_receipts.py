"""Check 5, status: a partner's footprint came before what attests it was anchored."""

from __future__ import annotations

from typing import Any

from rootprint.ledger.core.encoding import time_text
from tests.conformance.casebook import Files, Scene, case, failed, verified
from tests.support.statements import attested
from tests.support.world import SUPPLIER


def _received(at: str) -> dict[str, Any]:
    """A partner's footprint, attested by its receiver, that came then."""
    draft = attested(SUPPLIER)
    draft["credentialSubject"]["partner"]["receivedAt"] = at
    return draft


@case(failed(5))
def a_receipt_after_the_anchor_fail() -> Files:
    """Its receiver attests in 2026 what a partner sends it in 2027."""
    scene = Scene()
    taken = scene.publish(_received("2027-01-01T00:00:00Z"))
    scene.anchor()
    return scene.files(taken)


@case(verified())
def a_receipt_as_it_is_anchored() -> Files:
    """A partner's footprint came in the second of the block that anchors what attests it."""
    scene = Scene()
    moment = scene.chain.block().time + 3600
    taken = scene.publish(_received(time_text(moment)))
    scene.anchor(at=moment)
    return scene.files(taken)
