"""Composing by a rule pack: the draft names the pack by digest, and the pack judges the draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.encoding import digest_text, time_seconds
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.intake.composing import compose
from rootprint.ledger.intake.inventory.problems import Faults
from rootprint.ledger.intake.pooling import require_of_pool
from rootprint.ledger.rules import Finding, judge, library
from rootprint.ledger.verify.rulings import periods

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.intake.inventory import Inventory, Problem
    from rootprint.ledger.rules import Library

PAST_REMEDIES = {
    periods.PERIOD_END: (
        "state the period that the data is of; outlook: prospective is for one that has not ended"
    ),
    periods.RECEIVED_AT: "state when it came: rootprint partner import FILE --received TIME",
}


def compose_by(  # noqa: PLR0913 - what is composed, and the rules it is composed by
    pack: str,
    inventory: Inventory,
    issuer: str,
    resolve: Callable[[str], Statement],
    *,
    at: str,
    packs: Library | None = None,
    tell: Callable[[Problem], None] = lambda _finding: None,
) -> tuple[dict[str, Any], list[Finding]]:
    """Return a draft composed by a rule pack of ``packs``, and the pack's findings on it.

    ``pack`` is an id, a digest or both (``id@digest``); ``at`` the time it must be in force at;
    ``packs`` are those that come with this version unless said otherwise; ``tell`` is called with
    what composing itself found, whatever the pack. The findings refuse
    nothing: whoever signs decides, and a verifier sees which rule it was. Raises what ``compose``
    raises, InventoryProblems for a reference period that ends after ``at`` and is not prospective,
    NotFound for a pack that is not in ``packs``, Refused for one that is not in force.
    """
    held = packs or library()
    effective = held.composable(pack, at)
    cited: dict[str, Any] = {}

    def remembered(name: str) -> Statement:
        statement = resolve(name)
        cited[digest_text(statement.digest)] = statement.subject
        return statement

    draft = compose(inventory, issuer, remembered, tell)
    _require_past(inventory, draft["credentialSubject"], at)
    with_ = draft["credentialSubject"].get("computedWith")
    if with_ is not None:
        with_["rule"] = {"id": effective["id"], "digest": effective["digest"]}
        _require_same_rule(draft["credentialSubject"], cited)
    require_of_pool(inventory, draft["credentialSubject"], cited)
    return draft, judge(held.compiled(effective["digest"]), draft, cited=cited, at=at)


def _require_past(inventory: Inventory, subject: dict[str, Any], at: str) -> None:
    """What is measured has ended, what was received has come; check 5 asks it of the anchoring."""
    moment = time_seconds(at, what="the time of composing")
    faults = Faults(inventory.where or "the inventory", dict(inventory.places))
    for fault in periods.past_faults(subject, moment):
        faults.add(fault.path, f"does not fit: {fault.reason}", PAST_REMEDIES[fault.path])
    faults.settle()


def _require_same_rule(subject: dict[str, Any], cited: dict[str, Any]) -> None:
    """A process is recorded by rule pack, and so is each of its co-products."""
    if "process" not in subject:
        return
    recorded = cited[subject["process"]["record"]]["rule"]
    if recorded != subject["computedWith"]["rule"]:
        message = f"the process record is by rule pack {recorded['id']}@{recorded['digest']}"
        raise Refused(message, remedy="compose by the same: --rules, or record the process anew")
