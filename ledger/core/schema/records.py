"""Records that footprints rest on: processes, retired attributes, claims on them, variant pools."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema import parts, rules
from rootprint.ledger.core.schema.hidden import POOL_HIDDEN, PROCESS_HIDDEN, Hidden
from rootprint.ledger.core.schema.rules import array, members, one_of, text

if TYPE_CHECKING:
    from rootprint.ledger.core.canonical import Json

ATTRIBUTES: Final = (
    "electricity",
    "heat",
    "biomethane",
    "hydrogen",
    "recycled-material",
    "bio-attributed-material",
)


def _open(places: Hidden) -> dict[str, rules.Rule]:
    return {name: place.open for name, place in places.items()}


_process = members(
    {
        "site": rules.urn,
        "process": text,
        "periodStart": rules.time,
        "periodEnd": rules.time,
        "rule": parts.pack,
        **_open(PROCESS_HIDDEN),
    },
    {"claims": array(rules.digest, most=256, unique=True)},
)
_retirement = members(
    {
        "registry": text,
        "beneficiary": rules.did,
        "attribute": one_of(*ATTRIBUTES),
        "market": text,
        "amount": parts.amount,
        "productionStart": rules.time,
        "productionEnd": rules.time,
        "certificates": array(members({"from": text, "to": text}), most=256),
    }
)
_claim = members(
    {"amount": parts.amount, "periodStart": rules.time, "periodEnd": rules.time},
    {"retirement": rules.digest, "certificate": members({"registry": text, "id": text})},
)
# Volumes are in `unit`, values in kg CO2e per declared amount of the base.
pool: Final = members(
    {"product": rules.urn, "base": rules.digest, "unit": text, **_open(POOL_HIDDEN)}
)


def process(value: Json, path: str) -> None:
    """A process and period: outputs with their shares, and activities, each behind a slot."""
    _process(value, path)
    parts.in_order(value, path, "periodStart", "periodEnd")


def retirement(value: Json, path: str) -> None:
    """A registry's word that attributes were retired for somebody."""
    _retirement(value, path)
    parts.in_order(value, path, "productionStart", "productionEnd")


def claim(value: Json, path: str) -> None:
    """What the issuer claims of one retirement, or of a certificate without a record."""
    _claim(value, path)
    parts.in_order(value, path, "periodStart", "periodEnd")
    if ("retirement" in value) == ("certificate" in value):
        message = f"{path} is not of exactly one of retirement and certificate"
        raise Refused(message, remedy="name the retirement record if there is one")
