"""A process record and a co-product that rests on it, each changed as a case asks."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.encoding import digest_text
from tests.conformance.casebook import (
    Files,
    Scene,
)
from tests.support.processes import (
    composed,
    credit,
    file,
    gas,
    output,
    process,
    record_draft,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.statement import Statement

Draft = dict[str, Any]
Change = Callable[[Draft], object]
PAIR = process(output("steel", "30"), output("slag", "10"))
LINES = [gas("40"), gas("2", "N2O", output="slag")]
HEAT = process(output("steel", "30"), output("heat", "20", method="substitution"))
HEATED = [gas("40"), credit("heat", "15")]


def _nothing(_draft: Draft) -> None:
    pass


def files(
    record_changed: Change = _nothing,
    draft_changed: Change = _nothing,
    given: Draft | None = None,
    hide: Mapping[str, set[str]] | None = None,
    then: Callable[[Scene, Statement, Statement], None] | None = None,
) -> Files:
    """Publish a record and a co-product, each changed after it was made, and what comes then.

    ``hide`` gives the places of ``record`` or ``subject`` that stay open.
    """
    scene, content = Scene(), given or file("steel", PAIR, LINES)
    honest = scene.sign(record_draft(content))
    record = honest
    if record_changed is not _nothing:
        other = _as_signed(honest)
        record_changed(other)
        record = scene.sign(other)
    scene.log(record)
    draft = composed(content, furnace=honest)
    draft["credentialSubject"]["process"]["record"] = digest_text(record.digest)
    draft_changed(draft)
    subject = scene.publish(draft)
    if then is not None:
        then(scene, record, subject)
    scene.anchor()
    named = {"record": record.digest, "subject": subject.digest}
    keep = {named[name]: places for name, places in (hide or {}).items()}
    return scene.files(subject, keep=keep)


def _as_signed(record: Statement) -> Draft:
    """Return a record's draft with the rows and activities where they stand."""
    subject = {name: value for name, value in record.subject.items() if "Shape" not in name}
    for name in ("allocation", "activities"):
        subject[name] = copy.deepcopy(list(record.opened.items(name).values()))
    payload = record.envelope.payload
    return {
        "type": "ProcessRecord",
        "issuer": record.issuer,
        "validFrom": payload["validFrom"],
        "validUntil": payload["validUntil"],
        "credentialSubject": subject,
    }


def row_of(draft: Draft, name: str) -> Draft:
    return next(one for one in draft["credentialSubject"]["allocation"] if one["name"] == name)


def activity_of(draft: Draft, gas_: str) -> Draft:
    activities = draft["credentialSubject"]["activities"]
    return next(one for one in activities if one["source"].get("gas") == gas_)


def first_line(draft: Draft) -> Draft:
    line: Draft = draft["credentialSubject"]["inventory"][0]
    return line
