"""What must hold between the members of a composed footprint before anybody signs it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from calc.compatibility import UNSTATED
from ledger.core.errors import Refused
from ledger.core.schema.footprint import UPTAKE

if TYPE_CHECKING:
    from collections.abc import Mapping


def require_identities(subject: Mapping[str, Any]) -> None:
    """Refuse a footprint whose GWP sets or uptake contradict what it says elsewhere."""
    _sets_are_named(subject)
    _uptake_is_net(subject)


def _sets_are_named(subject: Mapping[str, Any]) -> None:
    """PACT's own attribute names every set that the lines rest on, so that no mix is silent."""
    named = subject["pcf"].get("ipccCharacterizationFactors")
    used = {item["set"] for item in subject["characterizationSets"]} - {UNSTATED}
    if named is None or used <= set(named):
        return
    message = f"pcf.ipccCharacterizationFactors leaves out {', '.join(sorted(used - set(named)))}"
    message += ", on which lines rest"
    raise Refused(message, remedy="name every set, or bring all lines to one")


def _uptake_is_net(subject: Mapping[str, Any]) -> None:
    """Uptake is never positive: what is set free was taken up before (PACT V3 section 3.3.2.4)."""
    if Fraction(subject["pcf"].get(UPTAKE, "0")) > 0:
        message = "more biogenic CO2 is set free than was taken up"
        raise Refused(message, remedy="add the uptake of the biomass that is burnt (CO2_uptake)")
