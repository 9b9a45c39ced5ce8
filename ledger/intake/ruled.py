"""Composing by a rule pack: the draft names the pack by digest, and the pack judges the draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calc.rules import Finding, judge
from ledger.core.encoding import digest_text
from ledger.intake.compose import compose
from ledger.library import library

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledger.core.statement import Statement
    from ledger.intake.inventory import Inventory

BASE_PACK = "rootprint-base-rules"


def compose_by(
    pack: str,
    inventory: Inventory,
    issuer: str,
    resolve: Callable[[str], Statement],
    *,
    at: str,
) -> tuple[dict[str, Any], list[Finding]]:
    """Return a draft composed by a rule pack of the library, and the pack's findings on it.

    ``pack`` is an id, a digest or both (``id@digest``); ``at`` the time it must be in force at. The
    findings refuse nothing: whoever signs decides, and a verifier sees which rule it was. Raises
    what ``compose`` raises, and NotFound for a pack that the library does not have.
    """
    cited: dict[str, Any] = {}

    def remembered(name: str) -> Statement:
        statement = resolve(name)
        cited[digest_text(statement.digest)] = statement.subject
        return statement

    draft = compose(inventory, issuer, remembered)
    named = library().get(pack)
    with_ = draft["credentialSubject"].get("computedWith")
    if with_ is not None:
        with_["rule"] = {"id": named.id, "digest": named.digest}
    return draft, judge(library().effective(named.digest), draft, cited=cited, at=at)


def known_rules() -> frozenset[str]:
    """Return the digests of the packs that this version holds, for a verifier's requirements."""
    return frozenset(library().digests())
