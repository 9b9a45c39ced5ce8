"""A published factor is secondary data, whatever primary data is behind it (PACT V3, 4.2.2)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def as_secondary(
    subject: Mapping[str, Any], find: Callable[[tuple[str, ...], str, str], None]
) -> dict[str, Any]:
    """Return a factor with a primary data share of 0; one that the file states is kept in words.

    Who cites a factor counts no primary data for it, so the share is signed as text beside the
    figure. A partner's footprint whose share shall count is taken in as attested instead.
    """
    share = subject["pcf"].get("primaryDataShare")
    if subject["role"] != "factor" or share is None:
        return dict(subject)
    secondary = {**subject, "pcf": {**subject["pcf"], "primaryDataShare": "0"}}
    if not Fraction(share):
        return secondary
    find(
        ("pcf", "primaryDataShare"),
        f"is {share}, and a factor is secondary data: 0 is signed, and {share} is said in"
        " productDescription",
        "a partner's footprint, whose share counts, is taken in by: rootprint partner import",
    )
    said = f"Primary data share of the footprint itself: {share} %."
    words = [one for one in (subject.get("productDescription"), said) if one]
    return {**secondary, "productDescription": " ".join(words)}
