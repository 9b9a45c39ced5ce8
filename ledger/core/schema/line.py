"""One inventory line: amount × source = result, with what the reader needs to judge it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema import names, parts, rules
from rootprint.ledger.core.schema.components import (
    ADDED,
    CAPTURE,
    COMPONENTS,
    DIFFERENCE,
    NEGATIVE,
    PARTS,
    REMOVALS,
    SIGNS,
    SUBSTITUTION,
    TECHNOLOGICAL_REMOVALS,
)
from rootprint.ledger.core.schema.rules import array, boolean, mapping, members, one_of, text

if TYPE_CHECKING:
    from rootprint.ledger.core.canonical import Json

MAX_STREAMS: Final = 64
# ISO 14067:2018, 6.4.9.5, and IPCC 2006 vol. 4: land-use change is spread over twenty years, and
# longer only where a harvest period that is named is longer.
YEARS: Final = 20
MOST_YEARS: Final = 100


def _published(value: Json, path: str) -> None:
    """A component that one figure can be of: all that totals add, and no difference of a print."""
    if isinstance(value, str) and value in PARTS:
        message = f"{path} is not added into a total: {value} is a part of {PARTS[value]}"
        remedy = "give the line as gas CO2_aircraft, or as fossilGhgEmissions"
        raise Refused(message, remedy=remedy)
    one_of(*(name for name in ADDED if name != DIFFERENCE))(value, path)


def _fraction(value: Json, path: str) -> None:
    rules.not_negative(value, path)
    whole, _, fraction = value.partition(".")
    if whole not in {"0", "1"} or (whole == "1" and fraction.strip("0")):
        rules.refuse(path, "a share from 0 to 1")


_cited = {"issuer": rules.did, "productId": rules.urn}
_stream = members(
    {
        "stream": text,
        "direction": one_of("in", "out"),
        "mass": parts.amount,
        "carbon": _fraction,
    },
    {"biogenicShare": rules.percent},
)
_change = members(
    {
        "before": rules.not_negative,
        "after": rules.not_negative,
        "years": rules.integer(YEARS, MOST_YEARS),
    },
    {"harvestPeriod": text},
)


def _land_use_change(value: Json, path: str) -> None:
    _change(value, path)
    if value["years"] > YEARS and "harvestPeriod" not in value:
        message = f"{path}.years is more than {YEARS} without a harvestPeriod"
        raise Refused(message, remedy=f"spread it over {YEARS}, or name the longer harvest period")


SOURCES: Final = {
    "statement": members({"statement": rules.digest, **_cited}),
    "emission": members({"emission": one_of("CO2e"), "factor": rules.digest, **_cited}),
    "gas": members({"gas": text, "set": one_of(*names.GWP_SETS)}),
    "published": members(
        {"published": rules.decimal, "per": text, "component": _published, "reference": text}
    ),
    "balance": members({"balance": array(_stream, most=MAX_STREAMS)}),
    "landUseChange": members({"landUseChange": _land_use_change}),
}


def source(value: Json, path: str) -> None:
    """What a line takes: exactly one kind of source."""
    kinds = [name for name in SOURCES if isinstance(value, dict) and name in value]
    if len(kinds) != 1:
        rules.refuse(path, f"exactly one of {', '.join(SOURCES)}")
    SOURCES[kinds[0]](value, path)


# What goes into the ground or into a product shows where it stays; what land takes up is its own.
_STORED: Final = (TECHNOLOGICAL_REMOVALS, CAPTURE)
SUBSTITUTED: Final = "substitution"
SHARED: Final = ("subdivision", "physical", "economic")
ALLOCATION_METHODS: Final = (*SHARED, SUBSTITUTED, "cut-off")
CIRCULAR_TERMS: Final = ("virgin", "recycled", "recycling", "avoided", "disposal")
_circular = members(
    {
        "material": text,
        "term": one_of(*CIRCULAR_TERMS),
        "mass": parts.amount,
        **dict.fromkeys(("A", "R1", "R2", "R3"), _fraction),
        **dict.fromkeys(("qualityIn", "qualityOut"), rules.not_negative),
    }
)
LINE: Final = rules.Members(
    {
        "line": rules.integer(0, rules.MAX_SLOTS - 1),
        "stage": one_of(*names.STAGES),
        "description": text,
        "amount": parts.line_amount,
        "source": source,
        "result": mapping(one_of(*COMPONENTS), rules.decimal),
        "primary": boolean,
    },
    {
        "quality": parts.ratings,
        "uncertainty": parts.line_uncertainty,
        "allocation": members(
            {"method": one_of(*ALLOCATION_METHODS)},
            {
                "share": rules.percent,
                "group": text,
                "activity": rules.integer(0, rules.MAX_SLOTS - 1),
            },
        ),
        "certificate": members(
            {"registry": text, "id": text, "MWh": rules.positive}, {"claim": rules.digest}
        ),
        "electricity": one_of("grid", "contract", "own", "residual"),
        "evidence": array(rules.digest, most=64, unique=True),
        "removal": members({"method": text, "evidence": text}, {"stored": parts.amount}),
        "circular": _circular,
    },
)


def _check_signs(value: dict[str, Json], path: str) -> None:
    """Each component has the sign of its column."""
    for component, amount in value["result"].items():
        if amount.startswith("-") == (component in NEGATIVE) or component == DIFFERENCE:
            continue
        if _keeps(SIGNS[component], amount):  # zero, which is written without a sign
            continue
        if component in NEGATIVE:
            message = f"{path}.result.{component} is positive, and it is taken off"
            raise Refused(message, remedy="give what is taken up, removed or credited as such")
        message = f"{path}.result.{component} is negative"
        raise Refused(
            message,
            remedy="what is removed, captured or taken up has components of its own, a credit is a"
            " line with allocation.method substitution; an offset has no place in a footprint",
        )


def _keeps(rule: rules.Rule, value: Json) -> bool:
    try:
        rule(value, "")
    except Refused:
        return False
    return True


def _check_credit(value: dict[str, Json], path: str) -> None:
    """A credit is what is displaced, and nothing else stands in its line."""
    credited = value.get("allocation", {}).get("method") == SUBSTITUTED
    origin = value["source"]
    if credited and not {"statement", "published"} & origin.keys():
        rules.refuse(
            f"{path}.source", "a statement or a published figure, which substitution displaces"
        )
    figure = origin.get("published")
    if credited and figure is not None and not _keeps(rules.positive, figure):
        message = f"{path}.source.published is not more than zero"
        remedy = "give the burden that is displaced as a positive figure: the credit subtracts it"
        raise Refused(message, remedy=remedy)
    if not credited and origin.get("component") == SUBSTITUTION:
        message = f"{path}.source.component is {SUBSTITUTION} without substitution"
        remedy = "say allocation.method substitution, and give what is displaced"
        raise Refused(message, remedy=remedy)


def _check_removal(value: dict[str, Json], path: str) -> None:
    """What is removed or captured says how, by what evidence, and how much of it is stored.

    Asked of a line by its gas or a published figure: a cited footprint shows its own.
    """
    result = value["result"]
    removed = [name for name in REMOVALS if name in result]
    if removed and "removal" not in value:
        message = f"{path} removes CO2 ({removed[0]}) and lacks removal"
        raise Refused(message, remedy="give removal: its method, its evidence, and what is stored")
    if set(_STORED) & set(removed) and "stored" not in value["removal"]:
        message = f"{path}.removal lacks stored, the mass of CO2 that is shown to be stored"
        raise Refused(message, remedy="give removal.stored: {value, unit}")


def _check_circular(value: dict[str, Json], path: str) -> None:
    """The term that avoids a primary material is a credit; no other term is."""
    avoided = value["circular"]["term"] == "avoided"
    credited = value.get("allocation", {}).get("method") == SUBSTITUTED
    if avoided != credited:
        rules.refuse(f"{path}.circular.term", "avoided, where and only where the line is a credit")


def _check_together(value: dict[str, Json], path: str) -> None:
    """What no member can tell alone. Most lines are plain, and are asked no more than concerns."""
    _check_signs(value, path)
    origin = value["source"]
    if "allocation" in value or "component" in origin:
        _check_credit(value, path)
    if "gas" in origin or "published" in origin:
        _check_removal(value, path)
    if "circular" in value:
        _check_circular(value, path)


# One inventory line, signs and what a removal or a credit asks for included.
line: Final = rules.Together(LINE, _check_together)
