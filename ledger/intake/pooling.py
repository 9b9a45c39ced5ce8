"""Composing a variant by its pool: what the pool says of it is what the file comes to (law 5)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.allocation import plain_decimal
from rootprint.calc.errors import CalculationError
from rootprint.calc.rounding import decimal_text
from rootprint.ledger import figures
from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.schema.kinds import FOOTPRINT, POOL
from rootprint.ledger.intake.citing import cited_record
from rootprint.ledger.intake.inventory import pool_name
from rootprint.ledger.intake.inventory.problems import Faults
from rootprint.ledger.verify.rulings import variants

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.intake.inventory import Inventory
    from rootprint.ledger.intake.linefaults import LineFaults
    from rootprint.ledger.intake.resolving import Resolve

_MADE: Final = "producedAmount"
_ANEW: Final = "correct the file, or make the pool anew: rootprint pool, then supersede the old one"
_UNPOOLED: Final = (
    "law 5: publishing refuses it until it does: rootprint pool FILE, sign and publish that, then"
    " say variant.pool: NAME and compose with --input NAME=sha256:…"
)


class Pooled:
    """The pool that a file's variant names, and the row that the variant has there.

    Raises what ``resolve`` raises; InventoryProblems for a pool of another issuer, one whose row is
    not open here, or a produced amount that is not the row's volume.
    """

    def __init__(self, inventory: Inventory, name: str, issuer: str, resolve: Resolve) -> None:
        self._faults = Faults(inventory.where or "the inventory", dict(inventory.places))
        self._code = inventory.subject["variant"]["code"]
        self._pool = cited_record(name, resolve, POOL)
        self._base = cited_record(self._pool.subject["base"], resolve, FOOTPRINT)
        if self._pool.issuer != issuer:
            self._wrong(f"is {self._pool.issuer}'s variant pool", "name one of your own")
        self._row = self._own_row(self._pool)

    def named(self, subject: Mapping[str, Any]) -> dict[str, Any]:
        """Return a subject that names the pool by digest, and states what its row says was made."""
        variant = {**subject["variant"], "pool": digest_text(self._pool.digest)}
        unit, volume = self._pool.subject["unit"], self._row["volume"]
        made = subject.get(_MADE, {"value": volume, "unit": unit})
        try:
            found = figures.volume_in(figures.exact(volume), unit, made["unit"])
        except CalculationError as error:
            self._faults.add((_MADE, "unit"), f"is not usable: {error.args[0]}", _ANEW)
            self._faults.settle()
            raise
        if Fraction(found) != figures.exact(made["value"]):
            what = f"is not what the variant's row of its pool has: {volume} {unit}"
            self._faults.add((_MADE,), what, _ANEW)
        self._faults.settle()
        return {**subject, "variant": variant, _MADE: made}

    def require_number(self, subject: Mapping[str, Any]) -> None:
        """Raise InventoryProblems if the composed number is not that of the variant's row."""
        found = figures.per_base(subject["pcf"], self._base.subject["pcf"])
        if found != figures.exact(self._row["value"]):
            pcf = self._base.subject["pcf"]
            declared = f"{pcf['declaredUnitAmount']} {pcf['declaredUnitOfMeasurement']}"
            here = decimal_text(plain_decimal(found))
            what = f"has {self._row['value']} kg CO2e per {declared}, and this comes to {here}"
            self._wrong(what, _ANEW)

    def _own_row(self, pool: Statement) -> Mapping[str, Any]:
        rows = pool.opened.items("rows").values()
        own: Mapping[str, Any] | None = next(
            (row for row in rows if row.get("variant") == self._code), None
        )
        if own is not None:
            return own
        if not pool.opened.whole("rows", "rowsShape"):
            self._wrong("hides rows here", "compose where the pool was published")
        self._wrong("has no row of the variant's code", _ANEW)
        return {}

    def _wrong(self, what: str, remedy: str) -> None:
        self._faults.add(("variant", "pool"), what, remedy)
        self._faults.settle()


def by_pool(inventory: Inventory, issuer: str, resolve: Resolve) -> Pooled | None:
    """Return the pool that a file's variant names, None where it names none by a name.

    A digest in place of the name is taken as it is, and judged when the statement is published.
    """
    name = pool_name(inventory.subject)
    return None if name is None or inventory.problems else Pooled(inventory, name, issuer, resolve)


def require_of_pool(
    inventory: Inventory, subject: Mapping[str, Any], cited: Mapping[str, Mapping[str, Any]]
) -> None:
    """Raise InventoryProblems if a composed variant is not of its pool's product and base.

    ``cited`` are the subjects of what was resolved, by digest; a pool that is not among them is
    judged when the statement is published.
    """
    pool = cited.get(subject.get("variant", {}).get("pool", ""))
    if pool is None or pool["base"] not in cited:
        return
    try:
        variants.require_base(subject, pool, cited[pool["base"]])
    except CalculationError as error:
        faults = Faults(inventory.where or "the inventory", dict(inventory.places))
        faults.add(("variant", "pool"), f"does not fit: {error.args[0]}", _ANEW)
        faults.settle()


def find_unpooled(subject: Mapping[str, Any], faults: LineFaults) -> None:
    """Note that a composed variant takes from others, and names no pool."""
    why = variants.unpooled(subject, enumerate(subject.get("inventory", ())))
    if why is not None:
        faults.find_in(("variant",), why, _UNPOOLED)
