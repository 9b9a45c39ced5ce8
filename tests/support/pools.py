"""Variant pools in the world's figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.encoding import digest_text
from tests.support.world import SUPPLIER, VALID

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rootprint.ledger.core.statement import Statement


def pool_draft(of: Statement, rows: Iterable[Mapping[str, str]], **changes: Any) -> dict[str, Any]:
    """Return the draft of a pool of these rows of a base number, in kilograms."""
    subject = {
        "product": of.subject["productIds"][0],
        "base": digest_text(of.digest),
        "unit": "kilogram",
        "rows": [dict(row) for row in rows],
        **changes,
    }
    return {"type": "VariantPool", "issuer": SUPPLIER, **VALID, "credentialSubject": subject}
