"""What opens behind a placeholder: inventory lines and the other hidden members.

Each disclosure opens exactly one slot; its value keeps the rule of the place where the slot stands.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema import footprint, rules
from rootprint.ledger.core.schema.rules import array, boolean, mapping, members, one_of, text

if TYPE_CHECKING:
    from rootprint.ledger.core.canonical import Json


def _added(value: Json, path: str) -> None:
    """A component that is added into a total: all but the "of which"."""
    if value == footprint.OF_WHICH:
        message = f"{path} is not added into a total: {value} is a part of fossilGhgEmissions"
        remedy = "give the line as gas CO2_aircraft, or as fossilGhgEmissions"
        raise Refused(message, remedy=remedy)
    one_of(*footprint.ADDED)(value, path)


_amount = members({"value": rules.positive, "unit": text})
_cited = {"issuer": rules.did, "productId": rules.urn}
SOURCES: Final = {
    "statement": members({"statement": rules.digest, **_cited}),
    "emission": members({"emission": one_of("CO2e"), "factor": rules.digest, **_cited}),
    "gas": members({"gas": text, "set": one_of("AR5", "AR6")}),
    "published": members(
        {
            "published": rules.decimal,
            "per": text,
            "component": _added,
            "reference": text,
        }
    ),
}


def _source(value: Json, path: str) -> None:
    kinds = [name for name in SOURCES if isinstance(value, dict) and name in value]
    if len(kinds) != 1:
        rules.refuse(path, f"exactly one of {', '.join(SOURCES)}")
    SOURCES[kinds[0]](value, path)


_ratings = members(dict.fromkeys(footprint.RATINGS, rules.rating))
_spread = members(
    {
        "distribution": one_of("lognormal", "normal", "uniform", "triangular"),
        "statedValue": rules.decimal,
    },
    {
        "geometricStandardDeviation": rules.positive,
        "interval": members(
            {"lower": rules.decimal, "upper": rules.decimal, "percent": rules.percent}
        ),
    },
)


def uncertainty(value: Json, path: str) -> None:
    """Distribution, stated value, and either a geometric standard deviation or an interval."""
    _spread(value, path)
    said = {"geometricStandardDeviation", "interval"} & set(value)
    if not said:
        message = f"{path} lacks geometricStandardDeviation or interval"
        raise Refused(message)
    if len(said) == 2:  # noqa: PLR2004
        rules.refuse(path, "with one of geometricStandardDeviation and interval, not both")


ALLOCATION_METHODS: Final = ("subdivision", "physical", "economic", "substitution", "cut-off")
LINE: Final = rules.Members(
    {
        "line": rules.integer(0, 4095),
        "stage": one_of(*footprint.STAGES),
        "description": text,
        "amount": _amount,
        "source": _source,
        "result": mapping(one_of(*footprint.COMPONENTS), rules.decimal),
        "primary": boolean,
    },
    {
        "quality": _ratings,
        "uncertainty": uncertainty,
        "allocation": members(
            {"method": one_of(*ALLOCATION_METHODS)}, {"share": rules.percent, "group": text}
        ),
        "certificate": members({"registry": text, "id": text, "MWh": rules.positive}),
        "evidence": array(rules.digest, most=64, unique=True),
    },
)
_instrument = members(
    {"id": text},
    {
        "calibrationCertificate": text,
        "calibrationValidUntil": rules.time,
        "expandedUncertaintyPercent": rules.percent,
    },
)


def line(value: Json, path: str) -> None:
    """Check one inventory line, signs included; raises Refused."""
    LINE(value, path)
    may_be_negative = {*footprint.NEGATIVE_COMPONENTS, footprint.UPTAKE}
    with_method = (
        value["stage"] in {"end-of-life", "recycling", "manufacturing"} and "allocation" in value
    )
    for component, amount in value["result"].items():
        if amount.startswith("-") and component not in may_be_negative and not with_method:
            message = f"{path}.result.{component} is negative"
            raise Refused(
                message,
                remedy="only uptake, removals and capture may be, and waste and co-product lines"
                " with a named allocation method; an offset has no place in a footprint",
            )


def shape(value: Json, path: str) -> None:
    """Check the opened shape: rising line indices (an empty one is well-formed, never enough)."""
    array(rules.integer(0, 4095), 0)(value, path)
    if any(low >= high for low, high in pairwise(value)):
        rules.refuse(path, "an array of rising indices")


OPENED: Final = {
    "inventory": line,
    "inventoryShape": shape,
    "stages": mapping(one_of(*footprint.STAGES), rules.decimal),
    "gases": mapping(text, rules.decimal),
    "uncertainty": uncertainty,
    "producedAmount": _amount,
    "evidence": members({"digest": rules.digest, "type": text}, {"instrument": _instrument}),
}
