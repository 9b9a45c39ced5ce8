"""A footprint straight from an example's YAML files, in exact rationals.

Shares no code with calc or the ledger: it is what they are compared with.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
PER_UNIT = {  # the few units in which the examples buy, in those in which they are declared
    ("gram", "kilogram"): Fraction(1, 1000),
    ("watt hour", "kilowatt hour"): Fraction(1, 1000),
}


def wide(value: Fraction) -> Decimal:
    """``value`` with sixty digits: far more than any rounding here looks at."""
    return Context(prec=60).divide(Decimal(value.numerator), Decimal(value.denominator))


def to_places(value: Fraction, places: int) -> str:
    """``value`` with ``places`` decimal places, half up, trailing zeros kept."""
    return format(wide(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), "f")


def to_digits(value: Fraction, digits: int) -> str:
    """``value`` with ``digits`` significant digits, half up, trailing zeros kept."""
    return to_places(value, digits - 1 - wide(value).adjusted())


class Example:
    """One example: its scenario, organisations and drafts, and what they add up to."""

    def __init__(self, name: str) -> None:
        folder = EXAMPLES / name
        self.scenario = load(folder / "scenario.yaml")
        self.organisations = load(folder / self.scenario["organisations"])["organisations"]
        self.drafts = {path.stem: load(path) for path in (folder / "inventories").glob("*.yaml")}
        self.exact = {name: self.total(name) for name in self.scenario["publish"]}
        self.signed: dict[str, Fraction] = {}
        for statement in self.scenario["publish"]:
            self.signed[statement] = self.signed_total(statement)

    def total(self, name: str) -> Fraction:
        """Kg CO2e per declared unit, nothing rounded anywhere."""
        draft = self.drafts[name]
        if "inventory" not in draft:
            return Fraction(draft["pcf"]["pcfExcludingBiogenicUptake"])
        return sum((self.line(line, self.total) for line in draft["inventory"]), Fraction(0))

    def signed_total(self, name: str) -> Fraction:
        """The same with the ledger's rounding: each line, then each total of each tier."""
        draft = self.drafts[name]
        if "inventory" not in draft:
            return Fraction(draft["pcf"]["pcfExcludingBiogenicUptake"])
        exact = (self.line(line, self.signed.__getitem__) for line in draft["inventory"])
        lines = (Fraction(to_places(value, draft["lineDigits"])) for value in exact)
        return Fraction(to_digits(sum(lines, Fraction(0)), draft["digits"]))

    def line(self, line: dict, footprint: Callable[[str], Fraction]) -> Fraction:
        """Amount in the upstream unit, times the upstream footprint or the published figure."""
        amount, source = line["amount"], line["source"]
        if "published" in source:
            unit, value = source["per"], Fraction(source["published"])
        else:
            upstream = source.get("input") or source["factor"]
            unit = self.drafts[upstream]["pcf"]["declaredUnitOfMeasurement"]
            value = footprint(upstream)
        factor = 1 if amount["unit"] == unit else PER_UNIT[amount["unit"], unit]
        return Fraction(amount["value"]) * factor * value

    def inputs(self, name: str) -> list[str]:
        """The statements that ``name`` cites."""
        sources = [line["source"] for line in self.drafts[name].get("inventory", [])]
        return [s.get("input") or s["factor"] for s in sources if "published" not in s]

    def reachable(self, name: str) -> set[str]:
        """``name`` and every statement below it."""
        return {name}.union(*(self.reachable(upstream) for upstream in self.inputs(name)))

    def levels(self, name: str) -> int:
        """Statements on the longest way down, ``name`` counted."""
        return 1 + max((self.levels(upstream) for upstream in self.inputs(name)), default=0)


def load(path: Path) -> dict:
    """One YAML file; numbers stay strings because the files quote them."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))
