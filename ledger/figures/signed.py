"""A statement's signed texts as the calculation's exact types, and a line's as a Line.

The reverse (types to texts) is intake's, when it composes a draft.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.amounts import Amounts
from rootprint.calc.compatibility import BEST_RATING, Terms
from rootprint.calc.compatibility import gap_rating as _gap_rating
from rootprint.calc.lines import Carbon, Cited, Gas, Line, Published, Ratings
from rootprint.calc.units import UnitTable
from rootprint.ledger.core.encoding import time_seconds
from rootprint.ledger.core.schema.components import COMPONENTS
from rootprint.ledger.core.schema.line import SUBSTITUTED
from rootprint.ledger.core.schema.names import RATINGS
from rootprint.ledger.core.tables import tables
from rootprint.ledger.figures.carbon import carbon_source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.calc.compatibility import Period

_NO_KIND: Final[Mapping[str, str]] = {}


@cache
def unit_table() -> UnitTable:
    """Return the unit table of this version, with the names that people write units by."""
    units, names = tables().units, tables().unit_names
    aliases = {**units["aliases"], **names["aliases"]}
    return UnitTable({**units, "aliases": aliases, "unclear": names["unclear"]})


@lru_cache(maxsize=16_384)  # what a line cites stands in every line that cites it
def exact(text: str) -> Fraction:
    """Return a signed decimal's value, by way of Decimal: Fraction reads text at half the speed."""
    return Fraction(Decimal(text))


def cited(subject: Mapping[str, Any]) -> Cited:
    """Return a footprint's subject as a line sees it."""
    pcf = subject["pcf"]
    return Cited(
        unit=pcf["declaredUnitOfMeasurement"],
        amount=exact(pcf["declaredUnitAmount"]),
        components=components(subject),
        primary_share=exact(pcf["primaryDataShare"]),
        quality=ratings(pcf.get("dqi")),
        sets=_sets(
            tuple([(item["set"], item["share"]) for item in subject["characterizationSets"]])
        ),
    )


@lru_cache(maxsize=4096)  # most footprints rest on one set, and no caller changes it
def _sets(stated: tuple[tuple[str, str], ...]) -> Mapping[str, Fraction]:
    return {name: exact(share) for name, share in stated}


def line(value: Mapping[str, Any], upstream: Cited | None, gap_rating: int = BEST_RATING) -> Line:
    """Return a disclosed line; ``upstream`` is what it cites, if it cites.

    ``gap_rating`` is wanted where ratings are composed: see the function of that name. Raises
    CalculationError for a carbon balance or a change of land that can't be.
    """
    source = value["source"]
    kind: Cited | Gas | Carbon | Published
    if upstream is not None:
        kind = upstream
    elif (computed := carbon_source(source, unit_table())) is not None:
        kind = computed
    elif "gas" in source:
        kind = Gas(source["gas"], source["set"])
    else:
        kind = Published(exact(source["published"]), source["per"], source["component"])
    amount = value["amount"]
    return Line(
        value["stage"],
        exact(amount["value"]),
        amount["unit"],
        kind,
        value["primary"],
        ratings(value["quality"]) if "quality" in value else None,
        gap_rating,
        is_credit(value),
    )


def is_credit(value: Mapping[str, Any]) -> bool:
    """Whether a line takes off what its source stands for: allocation by substitution."""
    return "allocation" in value and value["allocation"].get("method") == SUBSTITUTED


def components(subject: Mapping[str, Any]) -> Amounts:
    """Return the components that a footprint states, in kg CO2e per declared amount."""
    pcf = subject["pcf"]
    return Amounts.of_decimals({name: pcf[name] for name in COMPONENTS if name in pcf})


def result(value: Mapping[str, Any]) -> Amounts:
    """Return the components that a disclosed line shows as its result."""
    return Amounts.of_decimals(value["result"])


def cells(value: Mapping[str, Mapping[str, str]]) -> dict[str, Amounts]:
    """Return opened cells in kg CO2e, by stage and component."""
    return {stage: Amounts.of_decimals(row) for stage, row in value.items()}


@lru_cache(maxsize=4096)  # a walk has few periods
def gap_rating(citing: Period, cited: Period) -> int:
    """Return the best temporal rating that the gap between two periods leaves, by the base table.

    Composing and check 8 both ask this.
    """
    return _gap_rating(tables().rule, citing, cited)


def ratings(value: Mapping[str, str] | None) -> Ratings | None:
    """Return (technological, geographical, temporal), or None where there is no rating."""
    if value is None:
        return None
    first, second, third = (exact(value[name]) for name in RATINGS)
    return first, second, third


def terms(subject: Mapping[str, Any]) -> Terms:
    """Return what decides which footprints may be added to which; equal ones are one object."""
    quantity = subject.get("quantity", _NO_KIND)
    said = (
        subject["boundary"],
        subject["basis"],
        tuple([item["set"] for item in subject["characterizationSets"]]),
        period(subject),
        tuple(subject.get("productClassifications", ())),
        subject.get("includesTransmission"),
        subject.get("role", "product"),
        subject["pcf"].get("declaredUnitOfMeasurement", ""),
        subject.get("service"),
    )
    if quantity:
        return _terms(said, quantity)
    try:
        return _known_terms(said)
    except TypeError:  # a draft may have anything in a member, a list too
        return _terms(said, quantity)


@lru_cache(maxsize=4096)
def _known_terms(said: tuple[Any, ...]) -> Terms:
    return _terms(said, _NO_KIND)


def _terms(said: tuple[Any, ...], quantity: Mapping[str, str]) -> Terms:
    boundary, basis, sets, of, classifications, transmission, role, unit, service = said
    return Terms(
        boundary,
        basis,
        frozenset(sets),
        of,
        frozenset(classifications),
        transmission,
        role,
        unit,
        service,
        quantity,
    )


def period(subject: Mapping[str, Any]) -> Period:
    """Return start and end of the reference period in Unix seconds."""
    pcf = subject["pcf"]
    return (
        time_seconds(pcf["referencePeriodStart"], what="referencePeriodStart"),
        time_seconds(pcf["referencePeriodEnd"], what="referencePeriodEnd"),
    )
