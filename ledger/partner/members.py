"""PACT's CarbonFootprint as the ``pcf`` of an attested figure: each member kept, or why not.

Source of the members: PACT Technical Specifications 3.0.4, ``components/schemas``. What a statement
can't do without is a fault where it is missing or wrong; anything else that is wrong is left out
with a finding, since nothing rests on it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.columns import excluding
from rootprint.calc.equations import EXCLUDING_TOTAL, INCLUDING_TOTAL
from rootprint.calc.plausible import implausible
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema import names, pcf, rules
from rootprint.ledger.core.schema.components import (
    ADDED,
    BIOGENIC_EMISSIONS,
    COMPONENTS,
    DIFFERENCE,
    REMOVALS,
    SUBSTITUTION,
    UPTAKE,
)
from rootprint.ledger.core.valuekey import value_key
from rootprint.ledger.partner import values
from rootprint.ledger.partner.noted import ASK, Noted
from rootprint.ledger.partner.sums import settle
from rootprint.ledger.verify.rulings import equations

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from rootprint.ledger.core.canonical import Json

plain = equations.plain
# What the figure is of and over what time: without one of these there is no figure to attest.
_NEEDED: Final = (
    "declaredUnitOfMeasurement",
    "declaredUnitAmount",
    "referencePeriodStart",
    "referencePeriodEnd",
    EXCLUDING_TOTAL,
)
_TIMES: Final = frozenset({"referencePeriodStart", "referencePeriodEnd", "completedAt"})
_NUMBERS: Final = frozenset(
    {
        *("declaredUnitAmount", EXCLUDING_TOTAL, INCLUDING_TOTAL, *COMPONENTS),
        *("productMassPerDeclaredUnit", "fossilCarbonContent", "biogenicCarbonContent"),
        *("recycledCarbonContent", "landCarbonLeakage", "landAreaOccupation"),
        *("packagingGhgEmissions", "packagingBiogenicCarbonContent"),
        *("outboundLogisticsGhgEmissions", "ccuCarbonContent", "exemptedEmissionsPercent"),
        *("primaryDataShare", *names.RATINGS),
    }
)
# Components of a statement that PACT does not have, so no file of its form can say them.
_OURS: Final = frozenset({DIFFERENCE, SUBSTITUTION, BIOGENIC_EMISSIONS})
# A figure of the wrong sign can't be guessed right, and no sum of it would be one.
_SIGNED: Final = frozenset({*COMPONENTS})
_SETS: Final = "ipccCharacterizationFactors"
_UNSTATED: Final = "unstated"


def figures_of(
    given: Mapping[str, Json], noted: Noted, *, country: str | None
) -> dict[str, Any] | None:
    """Return the ``pcf`` member, None where a fault keeps the footprint from being taken in.

    ``country`` (ISO 3166-1 alpha-2) is the receiver's word where the file names no place.
    """
    made = _kept(given, noted)
    _require_needed(made, noted)
    _geography(made, noted, country)
    if noted.faults:
        return None
    if "primaryDataShare" not in made:
        made["primaryDataShare"] = "0"
        noted.find("pcf.primaryDataShare", "is missing: none of it counts as primary", ASK)
    settle(made, noted)
    _require_written(made, noted)
    for name in REMOVALS:
        if Fraction(made.get(name, "0")):
            what = f"takes {made[name]} kg off the total, and no evidence stands behind it"
            noted.find(f"pcf.{name}", what, "ask the partner for the evidence of it")
    _require_possible(made, noted)
    return None if noted.faults else made


def _kept(given: Mapping[str, Json], noted: Noted) -> dict[str, Any]:
    """Return the members that keep the rules of a statement; of others a note."""
    made: dict[str, Any] = {}
    known = pcf.ATTESTED
    assert isinstance(known, rules.Members)  # noqa: S101 - it is a member list by its definition
    for name, value in given.items():
        if name not in known.known or name in _OURS:
            noted.find(f"pcf.{name[:64]}", "is no member that a figure has, and is left out", ASK)
            continue
        written = _written(name, value, f"pcf.{name}", noted)
        if written is not None and _keeps(known.known[name], name, written, noted):
            made[name] = written
    return made


def _require_needed(made: Mapping[str, Any], noted: Noted) -> None:
    for name in _NEEDED:
        if name not in made and not any(one.place.endswith(f"pcf.{name}") for one in noted.faults):
            noted.refuse(f"pcf.{name}", "is missing")
    start, end = (made.get(name, "") for name in ("referencePeriodStart", "referencePeriodEnd"))
    if start and end and start > end:
        noted.refuse("pcf.referencePeriodEnd", "is before referencePeriodStart")


def sets_of(made: Mapping[str, Any], noted: Noted) -> list[dict[str, str]]:
    """Return which GWP sets the figures rest on: one that is named, else none that is stated."""
    named = made.get(_SETS, [])
    if len(named) == 1:
        return [{"set": named[0], "share": "100"}]
    what = (
        f"names {', '.join(named)}, and no shares of them"
        if named
        else "names no assessment report that is known here"
    )
    noted.find(f"pcf.{_SETS}", f"{what}: the set is {_UNSTATED}", "ask the partner for one set")
    return [{"set": _UNSTATED, "share": "100"}]


def _written(name: str, value: Json, place: str, noted: Noted) -> Any:
    """Return a value as a statement writes it; None where it says nothing or can't be read."""
    if name in _NUMBERS:
        return _number(name, value, place, noted)
    if name in _TIMES:
        moment = values.time(value)
        if moment is None:
            _wrong(name, place, "is no RFC 3339 time", noted)
        return moment
    if isinstance(value, dict):
        inner = {
            member: _written(member, one, f"{place}.{member}", noted)
            for member, one in value.items()
        }
        return {member: one for member, one in inner.items() if one is not None} or None
    if isinstance(value, list):
        return _list(name, value, place, noted)
    if isinstance(value, str) and not value.strip() and name != "exemptedEmissionsDescription":
        return None  # PACT allows empty texts, which say nothing
    return value


def _number(name: str, value: Json, place: str, noted: Noted) -> str | None:
    number = values.decimal(value)
    if number is None:
        _wrong(name, place, "is no plain decimal of at most 34 digits", noted)
    elif not isinstance(value, str):
        what = "is a JSON number, where PACT writes text: its digits are read as they stand"
        noted.find(place, what, "nothing to do if the file shows the digits that are meant")
    return number


def _list(name: str, value: list[Json], place: str, noted: Noted) -> list[Any] | None:
    """Return each item once; of assessment reports those that are known."""
    kept: dict[Hashable, Any] = {}
    for number, one in enumerate(value):
        item = _written(name, one, f"{place}[{number}]", noted)
        unknown = name == _SETS and item not in names.REPORTS
        if item is not None and not unknown:
            kept.setdefault(value_key(item), item)
    return list(kept.values()) or None


def _keeps(rule: rules.Rule, name: str, value: Any, noted: Noted) -> bool:
    try:
        rule(value, "")
    except Refused as refused:
        what = str(refused.args[0]).strip()
        _wrong(name, f"pcf.{name}", what if what.startswith("is ") else f"is wrong: {what}", noted)
        return False
    return True


def _wrong(name: str, place: str, what: str, noted: Noted) -> None:
    if name in _NEEDED or name in _SIGNED:
        noted.refuse(place, what)
    else:
        noted.find(place, f"{what}, and is left out", ASK)


def _geography(made: dict[str, Any], noted: Noted, country: str | None) -> None:
    """Leave one place: the most exact, where several are given and do not contradict."""
    given = [name for name in pcf.GEOGRAPHY if name in made]
    if not given:
        if country is None:
            noted.refuse(
                "pcf", "names no geography, which PACT reads as the whole world",
                "ask the partner where it is made, and say it: --country CN",
            )  # fmt: skip
        else:
            made["geographyCountry"] = country
            noted.find("pcf", f"names no geography; {country} is what you say", ASK)
        return
    if len(given) == 1:
        return
    nation, part = made.get("geographyCountry"), made.get("geographyCountrySubdivision")
    agree = part is None or nation is None or part.startswith(f"{nation}-")
    kept = pcf.GEOGRAPHY[1] if part is not None and agree else given[0]
    for name in given:
        if name != kept:
            del made[name]
    what = f"names more than one geography, which PACT forbids: {kept} is kept"
    noted.find("pcf", what, ASK if not agree else "nothing to do: it is the most exact")


def _require_written(made: Mapping[str, Any], noted: Noted) -> None:
    """Refuse sums that no statement can hold: what was brought to one, and what composing adds.

    Composing states what printed parts leave of the total as a publication's difference, and
    the including total as the sum of what it is of.
    """
    found = {name: Fraction(made[name]) for name in ADDED if name in made}
    total = Fraction(made[EXCLUDING_TOTAL])
    sums = {name: made[name] for name in (*found, EXCLUDING_TOTAL, INCLUDING_TOTAL)}
    sums[f"{EXCLUDING_TOTAL} less its parts"] = plain(total - excluding(found))
    sums[f"{EXCLUDING_TOTAL} with {UPTAKE}"] = plain(total + found.get(UPTAKE, Fraction(0)))
    for name, text in sums.items():
        if not rules.is_decimal(text):
            what = f"comes to {text}, which has more than 34 digits"
            noted.refuse(f"pcf.{name}", what, "ask the partner for figures of fewer digits")


def _require_possible(made: Mapping[str, Any], noted: Noted) -> None:
    """Judge the size of the total by kind of unit, as importers of factor tables do."""
    unit, amount = made["declaredUnitOfMeasurement"], Fraction(made["declaredUnitAmount"])
    found = implausible(unit, Fraction(made[EXCLUDING_TOTAL]) / amount)
    if found is None:
        return
    if found.never:
        noted.refuse(f"pcf.{EXCLUDING_TOTAL}", f"can't be: {found.said}")
    else:
        remedy = "compare figure and unit with the partner's"
        noted.find(f"pcf.{EXCLUDING_TOTAL}", f"is seldom so large: {found.said}", remedy)
