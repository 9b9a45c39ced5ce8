"""Law 4: a certificate serves the market that it was issued in.

What a registry writes as the market is text; only a country's code can be compared.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.core.encoding import digest_bytes, digest_text
from rootprint.ledger.core.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify.node import Node

_CODE: Final = re.compile(r"[a-z]{2}")
_NO_COUNTRIES: Final = ("eu", "uk")  # a market of many, and no code of ISO 3166-1


def elsewhere(
    retirement: Statement,
    statement: Statement,
    lines: Iterable[Mapping[str, Any]],
    nodes: Mapping[bytes, Node],
) -> str | None:
    """Return a notice where a retirement is of another country than what takes of it, or None.

    ``statement`` is the footprint, ``lines`` are those of its lines that take of it: compared is
    where the product is made, and what the lines cite.
    """
    market = fold(retirement.subject["market"])
    if not _CODE.fullmatch(market) or market in _NO_COUNTRIES:
        return None
    taking = [statement]
    for line in lines:
        cited = line["source"].get("statement")
        node = None if cited is None else nodes.get(digest_bytes(cited))
        if node is not None and node.readable is not None and node.is_footprint:
            taking.append(node.readable)
    countries = {country for one in taking if (country := _country(one.subject["pcf"]))}
    others = ", ".join(sorted(one for one in countries if fold(one) != market))
    if not others:
        return None
    digest = digest_text(retirement.digest)
    return f"retirement {digest} is of market {market.upper()}, and serves what is of {others}"


def _country(pcf: Mapping[str, Any]) -> str:
    """Return the country's code that is stated, by itself or in a subdivision's; or nothing."""
    stated: str = pcf.get("geographyCountry", pcf.get("geographyCountrySubdivision", ""))
    return stated[:2]
