"""A process record as it is open: its table of outputs, its activities, and what a row takes.

Composing, publishing and check 7 read records through this (law 2): what is written by it is what
recomputes.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.errors import CalculationError
from rootprint.calc.sharing import SUBDIVISION, SUBSTITUTION, WASTE, WHOLE, Row, taken
from rootprint.calc.sharing import why_not_shared as _why_not_shared
from rootprint.ledger.figures.signed import exact, unit_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from rootprint.ledger.core.canonical import Json
    from rootprint.ledger.core.statement import Statement

_ZERO: Final = Fraction(0)


class NotConserved(CalculationError):
    """A record, or a line of it, by which something of a process appears or vanishes."""

    code = "not_conserved"


@dataclass(frozen=True)
class Part:
    """A padded list as far as it is open: items by index, and whether these are all."""

    name: str
    items: Mapping[int, dict[str, Json]]
    shape: frozenset[int] | None
    slots: int

    @property
    def whole(self) -> bool:
        """Whether every item is open, and there is at least one."""
        return bool(self.shape) and self.shape == frozenset(self.items)

    def require(self, index: int, what: str) -> None:
        """Raise NotConserved if there can be no item at this index."""
        if index >= self.slots or (self.shape is not None and index not in self.shape):
            message = f"{what} is not in its process record"
            raise NotConserved(message)


@dataclass(frozen=True)
class Process:
    """A process record: ``allocation`` and ``activities`` as open, and ``rows`` as numbers."""

    name: str
    allocation: Part
    activities: Part
    rows: Mapping[int, Row]

    def require_sound(self) -> None:
        """Raise NotConserved if what is open of the record contradicts itself."""
        why = _why_not_shared(self.rows, whole=self.allocation.whole)
        if why is not None:
            raise NotConserved(why)
        credited: dict[int, Fraction] = {}
        for index, activity in self.activities.items.items():
            served = activity.get("serves")
            if served is None:
                continue
            self.allocation.require(served, f"row {served}, which activity {index} serves,")
            row = self.rows.get(served)
            if row is not None and row.method == WASTE:
                message = (
                    f"activity {index} serves row {served}, which is waste and carries nothing"
                )
                raise NotConserved(message)
            if row is not None and row.method == SUBSTITUTION:
                credited[served] = credited.get(served, _ZERO) + _in_unit(activity, row)
                if credited[served] > row.amount:
                    message = f"more is credited of row {served} than was made of it"
                    raise NotConserved(message)
        self._require_shared()

    def _require_shared(self) -> None:
        """What serves no row alone, and every credit, must be shared by somebody."""
        if not (self.allocation.whole and self.activities.whole):
            return
        if any(row.shares and row.share for row in self.rows.values()):
            return
        for index, activity in self.activities.items.items():
            row = self.rows.get(activity.get("serves", -1))
            if row is None or row.method == SUBSTITUTION:
                message = f"no row takes a share of activity {index}"
                raise NotConserved(message)

    def uncounted_credit(self) -> str | None:
        """Return which open credit nothing bounds, as it is in no unit of its row; None if none."""
        for index, activity in self.activities.items.items():
            row = self.rows.get(activity.get("serves", -1))
            if row is not None and row.method == SUBSTITUTION and not _converts(activity, row):
                return f"how much of row {activity['serves']} activity {index} credits is not known"
        return None

    def share(self, number: int, own: int, method: str) -> Fraction | None:
        """Return the percent of an activity that a line of row ``own`` takes by this method.

        None where the row that the activity serves is hidden. Raises NotConserved if such a line
        takes nothing of it.
        """
        activity, row = self.activities.items[number], self.rows[own]
        served = activity.get("serves")
        if served == own:
            _require_method(number, method, SUBDIVISION)
            return Fraction(WHOLE)
        if not row.shares:
            message = f"row {own} is {row.method}, and takes no share of activity {number}"
            raise NotConserved(message)
        if served is None:
            _require_method(number, method, row.method)
            return row.share
        if method != SUBSTITUTION:
            message = f"activity {number} serves another output"
            raise NotConserved(message)
        if served not in self.rows:
            return None
        if self.rows[served].method != SUBSTITUTION:
            message = f"activity {number} serves an output that is not substituted: it is no credit"
            raise NotConserved(message)
        return row.share

    def asked_of(self, own: int) -> frozenset[int]:
        """Return the open activities that the lines of row ``own`` must take, credits apart."""
        row = self.rows[own]
        shares = row.shares and bool(row.share)
        return frozenset(
            index
            for index, activity in self.activities.items.items()
            if activity.get("serves") == own or (shares and "serves" not in activity)
        )

    def amount(self, number: int, own: int, share: Fraction, pcf: Mapping[str, str]) -> Decimal:
        """Return what of an activity enters the declared amount of row ``own``'s product.

        In the activity's unit; of an amount that was converted, the one before the conversion.
        Raises NotAllocable, or UnitNotConvertible where the row is in no unit of the declared kind.
        """
        row = self.rows[own]
        units = unit_table()
        return taken(
            exact(base(self.activities.items[number]["amount"])),
            share,
            row,
            per_unit=units.factor(row.amount_unit, pcf["declaredUnitOfMeasurement"]),
            declared=exact(pcf["declaredUnitAmount"]),
        )


def read_process(statement: Statement) -> Process:
    """Return what is open of a process record; its disclosures fit (check 6)."""
    allocation = _part(statement, "allocation", "allocationShape")
    return Process(
        str(statement.subject["process"]),
        allocation,
        _part(statement, "activities", "activitiesShape"),
        {index: _row(value) for index, value in allocation.items.items()},
    )


def whole_process(
    name: str, rows: Sequence[dict[str, Json]], activities: Sequence[dict[str, Json]]
) -> Process:
    """Return a process whose rows and activities are all open, each with its index."""
    allocation = {row["row"]: row for row in rows}
    numbered = {activity["activity"]: activity for activity in activities}
    return Process(
        name,
        _whole("allocation", allocation),
        _whole("activities", numbered),
        {index: _row(value) for index, value in allocation.items()},
    )


def base(amount: Mapping[str, Any]) -> str:
    """Return the value that an amount is scaled by: where it was converted, the one before."""
    converted = amount.get("quantity", {}).get("converted")
    return str(amount["value"] if converted is None else converted["value"])


def differs(line: Mapping[str, Any], activity: Mapping[str, Any]) -> str | None:
    """Return by which member a line is not a share of this activity, None if it may be."""
    for name in ("stage", "source"):
        if line[name] != activity[name]:
            return name
    if line["amount"]["unit"] != activity["amount"]["unit"]:
        return "unit"
    return "quantity" if _qualified(line) != _qualified(activity) else None


def _qualified(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an amount says of its kind, without the value that a share changes."""
    quantity = dict(value["amount"].get("quantity", {}))
    if "converted" in quantity:
        quantity["converted"] = {**quantity["converted"], "value": ""}
    return quantity


def _whole(name: str, items: Mapping[int, dict[str, Json]]) -> Part:
    return Part(name, items, frozenset(items), max(items, default=-1) + 1)


def _part(statement: Statement, name: str, shape: str) -> Part:
    opened = statement.opened
    named = opened.single(shape)
    slots = len(statement.subject[name])
    return Part(name, opened.items(name), None if named is None else frozenset(named), slots)


def _row(value: Mapping[str, Any]) -> Row:
    return Row(
        method=value["method"],
        weight=exact(value["weight"]),
        unit=value["weightUnit"],
        share=exact(value["share"]),
        amount=exact(value["amount"]["value"]),
        amount_unit=value["amount"]["unit"],
        good=exact(value["yield"]),
    )


def _in_unit(activity: Mapping[str, Any], row: Row) -> Fraction:
    """Return an activity's amount in the row's unit; zero where the two are of other kinds."""
    if not _converts(activity, row):
        return _ZERO
    factor = unit_table().factor(activity["amount"]["unit"], row.amount_unit)
    return exact(activity["amount"]["value"]) * factor


def _converts(activity: Mapping[str, Any], row: Row) -> bool:
    try:
        unit_table().factor(activity["amount"]["unit"], row.amount_unit)
    except CalculationError:
        return False
    return True


def _require_method(number: int, method: str, wanted: str) -> None:
    if method != wanted:
        message = f"activity {number} is taken by {wanted}, not by {method}"
        raise NotConserved(message)
