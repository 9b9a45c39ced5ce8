"""Composing by a rule pack: the draft names the pack by digest, and the pack judges the draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.intake.composing import compose
from rootprint.ledger.rules import Finding, judge, library

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.intake.inventory import Inventory, Problem
    from rootprint.ledger.rules import Library

BASE_PACK = "rootprint-base-rules"


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
    raises, NotFound for a pack that is not in ``packs``, Refused for one that is not in force.
    """
    held = packs or library()
    effective = held.composable(pack, at)
    cited: dict[str, Any] = {}

    def remembered(name: str) -> Statement:
        statement = resolve(name)
        cited[digest_text(statement.digest)] = statement.subject
        return statement

    draft = compose(inventory, issuer, remembered, tell)
    with_ = draft["credentialSubject"].get("computedWith")
    if with_ is not None:
        with_["rule"] = {"id": effective["id"], "digest": effective["digest"]}
        _require_same_rule(draft["credentialSubject"], cited)
    return draft, judge(held.compiled(effective["digest"]), draft, cited=cited, at=at)


def _require_same_rule(subject: dict[str, Any], cited: dict[str, Any]) -> None:
    """A process is recorded by rule pack, and so is each of its co-products."""
    if "process" not in subject:
        return
    recorded = cited[subject["process"]["record"]]["rule"]
    if recorded != subject["computedWith"]["rule"]:
        message = f"the process record is by rule pack {recorded['id']}@{recorded['digest']}"
        raise Refused(message, remedy="compose by the same: --rules, or record the process anew")
