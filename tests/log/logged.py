"""A log in a store, with drafts of what may be logged once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.support.processes import (
    composed,
    contract,
    file,
    gas,
    output,
    process,
    record_draft,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.log import Log
    from tests.support.world import World

Draft = dict[str, Any]
PAIR = process(output("steel", "30"), output("slag", "10"))
ALONE = {"name": "Hall 1", "outputs": [output("part", "1")]}


@dataclass
class Logged:
    """A log in a store, and the world that signs for it."""

    world: World
    log: Log

    def append(self, *drafts: Mapping[str, Any] | Statement) -> list[Statement]:
        """Append drafts or signed statements as one batch, disclosures kept."""
        signed = [self.world.sign(one) if isinstance(one, dict) else one for one in drafts]
        self.log.append(signed, keep_disclosures=True)
        return signed

    def one(self, draft: Mapping[str, Any]) -> Statement:
        """Append one draft and return its statement."""
        (found,) = self.append(draft)
        return found


def record(**changes: Any) -> Draft:
    """Draft the record of a furnace with two products, with these members changed."""
    draft = record_draft(file("steel", PAIR, [gas()]))
    draft["credentialSubject"] |= changes
    return draft


def using(name: str, *kwh: str, mwh: str = "10", **subject: Any) -> Draft:
    """A product that takes contract electricity of one certificate, a line for each amount."""
    outputs = {**ALONE, "outputs": [output(name, "1")]}
    lines = [contract("", each, mwh=mwh) for each in kwh]
    for number, line in enumerate(lines):
        line["description"] = f"part {number}"
    draft = composed(file(name, outputs, [contract("", "1")]))
    draft["credentialSubject"]["inventory"] = [
        {**line, "result": {"fossilGhgEmissions": "0"}} for line in lines
    ]
    draft["credentialSubject"] |= subject
    return draft
