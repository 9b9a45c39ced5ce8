"""Who made the product and where, as Catena-X names it: BPNL first, region beside country."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.exchange import company
from rootprint.ledger.exchange.regions import REGION_OF

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.canonical import Json

REGISTER: Final = "bpnl"  # the register's name in an organisation's record, in any case
_BPNL = re.compile(r"BPNL[0-9A-Z]{12}")


def ids(record: Mapping[str, Json]) -> list[str]:
    """Return the company's URNs: its Business Partner Number, then those that PACT gets.

    Catena-X asks for the number as ``urn:BPNL…``. A record without one has the others only: none
    is made up. Raises Refused for a number that is none, and where there is no URN at all.
    """
    numbers: Mapping[str, str] = record.get("registerNumbers", {})
    found = [number.strip() for name, number in numbers.items() if name.lower() == REGISTER]
    for number in found:
        if not _BPNL.fullmatch(number):
            message = "the organisation's BPNL is not BPNL and 12 capital letters or digits"
            raise Refused(message, remedy="the registrar can admit it again with the right number")
    others = {name: number for name, number in numbers.items() if name.lower() != REGISTER}
    rest: list[str] = []
    if not found or others or record["did"].startswith("did:web:"):
        rest = company.ids({**record, "registerNumbers": others})
    return [*(f"urn:{number}" for number in dict.fromkeys(found)), *rest]


def geography(pcf: Mapping[str, Json]) -> dict[str, Json]:
    """Return the region, which the model wants always, and what is signed of country and below."""
    subdivision = pcf.get("geographyCountrySubdivision")
    country = pcf.get("geographyCountry") or (subdivision and subdivision[:2])
    if country is None:
        return {"geographyRegionOrSubregion": pcf["geographyRegionOrSubregion"]}
    if country not in REGION_OF:
        message = (
            f"credentialSubject.pcf names {country}, which no region of the United Nations has"
        )
        raise Refused(message, remedy="its issuer can sign a statement that names the region")
    return {
        "geographyRegionOrSubregion": REGION_OF[country],
        "geographyCountry": country,
        **({"geographyCountrySubdivision": subdivision} if subdivision else {}),
    }
