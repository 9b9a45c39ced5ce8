"""Small forms that several member lists share: amounts, kinds of quantity, spreads, custody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema import names, rules
from rootprint.ledger.core.schema.rules import boolean, members, one_of, text

if TYPE_CHECKING:
    from rootprint.ledger.core.canonical import Json

amount: Final = members({"value": rules.positive, "unit": text})
mass: Final = members({"value": rules.not_negative, "unit": text})
pack: Final = members({"id": text, "digest": rules.digest})
ratings: Final = members(dict.fromkeys(names.RATINGS, rules.rating))

# What a quantity is of, beside its unit (law 8): net or gross calorific value, the state in which a
# gas was measured, dry or wet mass.
QUALIFIERS: Final = {
    "calorificValue": one_of("net", "gross"),
    "state": one_of(*names.STATES),
    "moisture": one_of("dry", "wet"),
}
_quantity = members({}, QUALIFIERS)
_converted = members({"value": rules.positive, "unit": text, "by": rules.positive,
                      "reference": text}, QUALIFIERS)  # fmt: skip
_line_quantity = members({}, {**QUALIFIERS, "converted": _converted})


def quantity(value: Json, path: str) -> None:
    """Qualifiers of a declared unit: at least one."""
    _quantity(value, path)
    _not_empty(value, path)


def _amount_quantity(value: Json, path: str) -> None:
    _line_quantity(value, path)
    _not_empty(value, path)


def _not_empty(value: Json, path: str) -> None:
    if not value:
        rules.refuse(path, f"at least one of {', '.join(QUALIFIERS)}")


line_amount: Final = members(
    {"value": rules.positive, "unit": text}, {"quantity": _amount_quantity}
)

_SPREAD: Final = {
    "distribution": one_of("lognormal", "normal", "uniform", "triangular"),
    "statedValue": rules.decimal,
}
_WIDTH: Final = {
    "geometricStandardDeviation": rules.positive,
    "interval": members({"lower": rules.decimal, "upper": rules.decimal, "percent": rules.percent}),
}
_spread = members(_SPREAD, _WIDTH)
# Lines that name one group vary together: they are fully correlated.
_grouped = members(_SPREAD, {**_WIDTH, "group": text})


def _one_width(value: Json, path: str) -> None:
    said = _WIDTH.keys() & value.keys()
    if not said:
        message = f"{path} lacks geometricStandardDeviation or interval"
        raise Refused(message)
    if len(said) == len(_WIDTH):
        rules.refuse(path, "with one of geometricStandardDeviation and interval, not both")


# Distribution, stated value, and either a geometric standard deviation or an interval; a line's
# names the group that it varies with, too.
uncertainty: Final = rules.Together(_spread, _one_width)
line_uncertainty: Final = rules.Together(_grouped, _one_width)

functional_unit: Final = members(
    {
        "description": text,
        "value": rules.positive,
        "unit": text,
        "referenceFlow": amount,
        "serviceLife": amount,
    },
    {"useScenario": text, "endOfLifeScenario": text},
)
custody: Final = members(
    {"model": one_of(*names.CUSTODY_MODELS), "scheme": text, "freeAttribution": boolean},
    {
        "certificate": text,
        "attributedBiogenicCarbon": rules.not_negative,
        "attributedRecycledCarbon": rules.not_negative,
    },
)


def in_order(value: Json, path: str, first: str, last: str) -> None:
    """Refuse a period that ends before it begins; both members are times."""
    if value[first] > value[last]:
        rules.refuse(f"{path}.{last}", f"at or after {first}")
