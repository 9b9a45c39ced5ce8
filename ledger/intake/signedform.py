"""What a file says of a line's amount and source, in the words in which it is signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.ledger import figures
from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.intake.inventory.masses import named_masses

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.statement import Statement


def signed_amount(amount: Mapping[str, Any]) -> dict[str, Any]:
    """Return an amount with its units by name; raises UnitNotConvertible for an unknown one."""
    units = figures.unit_table()
    named = {**amount, "unit": units.named(amount["unit"])}
    converted = amount.get("quantity", {}).get("converted")
    if converted is not None:
        before = {**converted, "unit": units.named(converted["unit"])}
        named["quantity"] = {**amount["quantity"], "converted": before}
    return named


def signed_source(source: Mapping[str, Any], cited: Statement | None) -> dict[str, Any]:
    """Return a source with what it cites by digest, issuer and product, and its units by name.

    Raises UnitNotConvertible for an unknown unit.
    """
    if cited is not None:
        own = {"issuer": cited.issuer, "productId": cited.subject["productIds"][0]}
        digest = digest_text(cited.digest)
        if "emission" in source:
            return {"emission": source["emission"], "factor": digest, **own}
        return {"statement": digest, **own}
    if "per" in source:
        return {**source, "per": figures.unit_table().named(source["per"])}
    return named_masses(source)
