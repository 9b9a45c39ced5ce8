"""The view of what changes downstream as JSON, version 1 (docs/contributions.md)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.rounding import decimal_text, half_up, total_places
from rootprint.ledger.analysis.printing import DIGITS, MOST_DIGITS, PERCENT_PLACES
from rootprint.ledger.core.encoding import digest_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rootprint.calc.contributions import Limits
    from rootprint.ledger.analysis.downstream import Downstream, Effect
    from rootprint.ledger.core.statement import Statement

CHANGES_VERSION: Final = 1


def changes(
    found: Downstream,
    value: Fraction,
    limits: Limits,
    said: Callable[[Statement], Mapping[str, Any]],
) -> dict[str, Any]:
    """Return what changes if the statement's total were ``value`` kg CO2e per declared amount.

    ``limits.nodes`` rows at most, none whose own total changes by a smaller share than
    ``limits.cut_off``; the others are counted in the rest. ``said`` adds what the caller knows of
    a statement that is shown. Raises as ``Downstream.effects``.
    """
    own, *effects = found.effects(value)
    large = [one for one in effects if _share(one) >= limits.cut_off]
    shown = large[: limits.nodes]
    rest = effects[len(shown) :]
    hidden, above = found.unsaid.hidden, found.unsaid.above
    return {
        "version": CHANGES_VERSION,
        "attribute": "pcfExcludingBiogenicUptake",
        "unit": "kg CO2e",
        "changed": _row(own, said),
        "limits": {"cutOff": f"{100 * limits.cut_off:g}", "nodes": limits.nodes},
        "changes": [{**_row(one, said), "whole": one.whole} for one in shown],
        "rest": {
            "statements": len(rest),
            "mostPercent": _most(rest),
        },
        "nothingSaid": {
            "hidden": len(hidden),
            "restingOnHidden": len(above),
            "statements": [_named(one, said) for one in (*hidden, *above)[: limits.nodes]],
        },
    }


def _share(effect: Effect) -> float:
    # What was nothing and becomes something is not below any share.
    return float("inf") if effect.percent is None else abs(float(effect.percent)) / 100


def _most(rest: Sequence[Effect]) -> str | None:
    """Return the largest share among the rest, whose first is its largest; None if unbounded."""
    percent = rest[0].percent if rest else Fraction(0)
    return None if percent is None else _percent(abs(percent))


def _named(statement: Statement, said: Callable[[Statement], Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "statement": digest_text(statement.digest),
        "product": statement.subject["productNameCompany"],
        **said(statement),
    }


def _row(effect: Effect, said: Callable[[Statement], Mapping[str, Any]]) -> dict[str, Any]:
    pcf = effect.statement.subject["pcf"]
    difference = half_up(effect.difference, _places(effect))
    return {
        **_named(effect.statement, said),
        "declaredUnitAmount": pcf["declaredUnitAmount"],
        "declaredUnitOfMeasurement": pcf["declaredUnitOfMeasurement"],
        "stated": effect.stated,
        "value": decimal_text(_exactly(Decimal(effect.stated), difference)),
        "difference": decimal_text(difference),
        "percent": _percent(effect.percent),
    }


def _places(effect: Effect) -> int:
    """Return decimal places: the total's own, and enough that a small difference shows.

    Amounts are doubles, so no more than twelve digits of the difference are given.
    """
    least, most = (max(0, total_places(effect.difference, n, 0)) for n in (DIGITS, MOST_DIGITS))
    return min(most, max(least, len(effect.stated.partition(".")[2])))


def _exactly(stated: Decimal, difference: Decimal) -> Decimal:
    places = max(-int(one.as_tuple().exponent) for one in (stated, difference))
    return half_up(Fraction(stated) + Fraction(difference), max(0, places))


def _percent(percent: Fraction | None) -> str | None:
    return None if percent is None else decimal_text(half_up(percent, PERCENT_PLACES))
