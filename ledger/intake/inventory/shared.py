"""The outputs of a process as its record has them: method, weight, share of each."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.allocation import out_of_order, plain_decimal
from rootprint.calc.errors import CalculationError
from rootprint.calc.rounding import decimal_text
from rootprint.calc.sharing import SUBDIVISION, percent_shares
from rootprint.ledger import figures

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.intake.inventory.problems import Faults, Path

_NOTHING: Final = Decimal(0)
_ALL: Final = Decimal("100.000000000000")
Weights = dict[str, Decimal]


@dataclass(frozen=True)
class Output:
    """One output: what a row of a process record says of it. ``share`` in percent, ``good`` 0..1.

    ``weight`` is in ``unit``, and ``share`` is formed from the weight as it is written.
    """

    name: str
    amount: Mapping[str, str]
    good: str
    method: str
    weight: Decimal
    unit: str
    share: Decimal
    product: str | None = None

    def row(self) -> dict[str, Any]:
        """Return the row of a record's draft, without its index."""
        said = {} if self.product is None else {"productId": self.product}
        return {
            "name": self.name,
            **said,
            "amount": dict(self.amount),
            "yield": self.good,
            "method": self.method,
            "weight": decimal_text(self.weight),
            "weightUnit": self.unit,
            "share": decimal_text(self.share),
        }


def shared_outputs(
    outputs: Mapping[str, Any],
    method: str | None,
    yields: Mapping[str, str],
    path: Path,
    faults: Faults,
) -> tuple[Output, ...]:
    """Return every output with its share, empty where the outputs can't be compared.

    ``method`` is None where a single output has nothing to share; ``path`` is where the allocation
    stands. What is wrong is noted there.
    """
    sharing = {name: one for name, one in outputs.items() if "method" not in one}
    weights, unit = _weights(outputs, sharing, method, path, faults)
    shares = _shares(weights, path, faults)
    asked = [(*path[:-1], "outputs", number) for number in range(len(outputs))]
    if shares is None or any(map(faults.within, asked)):
        return ()
    return tuple(
        _output(name, one, yields[name], method, weights, unit, shares)
        for name, one in outputs.items()
    )


def _output(  # noqa: PLR0913, PLR0917 - what an output is made of
    name: str,
    given: Mapping[str, Any],
    good: str,
    method: str | None,
    weights: Weights | None,
    unit: str,
    shares: Weights,
) -> Output:
    """Return an output; one that shares nothing has a weight of zero."""
    own = given.get("method", method or "physical")
    shared = name in shares and own != SUBDIVISION and "method" not in given
    amount = {"value": given["amount"]["value"], "unit": _named(given["amount"]["unit"])}
    return Output(
        name=name,
        amount=amount,
        good=good,
        method=own,
        weight=(weights or {}).get(name, _NOTHING) if shared else _NOTHING,
        unit=unit if shared else amount["unit"],
        share=shares.get(name, _NOTHING) if shared else _NOTHING,
        product=given.get("productId"),
    )


def _shares(weights: Weights | None, path: Path, faults: Faults) -> Weights | None:
    """Return each output's share in percent; none where nothing is shared."""
    if weights is None:
        return None
    if not weights:
        return {}
    try:
        found = percent_shares([Fraction(weight) for weight in weights.values()])
    except CalculationError as error:
        faults.add(path, str(error.args[0]), error.remedy)
        return None
    return dict(zip(weights, found, strict=True))


def _weights(
    outputs: Mapping[str, Any],
    sharing: Mapping[str, Any],
    method: str | None,
    path: Path,
    faults: Faults,
) -> tuple[Weights | None, str]:
    """Return the weights and their unit; None where the outputs can't be compared by it."""
    asked = (*path[:-1], "outputs")
    needed = (
        [(*asked, n, "economic") for n in range(len(outputs))] if method == "economic" else [asked]
    )
    if any(map(faults.within, needed)):
        return None, ""
    if method == SUBDIVISION or not sharing:
        return {}, ""
    physical = None if faults.within(asked) else _physical(sharing)
    found = _economic(sharing) if method == "economic" else physical
    if found is None and len(sharing) == 1 and not faults.within(asked):
        # Nothing to compare with: all of it is this one's.
        name, only = next(iter(sharing.items()))
        return {name: Decimal(only["amount"]["value"])}, _named(only["amount"]["unit"])
    if found is None:
        remedy = {
            "economic": "give every output its economic value in one currency",
        }.get(str(method), "give every output a physical amount in one kind of unit")
        faults.add(path, f"is {method}, and the outputs can't be compared so", remedy)
        return None, ""
    better = out_of_order(method or "physical", {"physical": physical is not None})
    if better is not None:
        what = f"is {method} although the file has what a {better} relation needs"
        remedy = "allocate physically, or say under reason why that does not reflect the process"
        faults.find((*path, "method"), what, remedy)
    return found


def _physical(outputs: Mapping[str, Any]) -> tuple[Weights, str] | None:
    """Return each output's physical amount in one unit, None where there is no common kind."""
    units = figures.unit_table()
    given = {name: output.get("physical") for name, output in outputs.items()}
    if any(given.values()) and not all(given.values()):
        return None
    amounts = {name: given[name] or output["amount"] for name, output in outputs.items()}
    try:
        into = units.named(next(iter(amounts.values()))["unit"])
        weights = {
            name: plain_decimal(
                Fraction(amount["value"]) * units.factor(units.named(amount["unit"]), into)
            )
            for name, amount in amounts.items()
        }
    except CalculationError:
        return None
    return weights, into


def _economic(outputs: Mapping[str, Any]) -> tuple[Weights, str] | None:
    values = {name: output.get("economic") for name, output in outputs.items()}
    if not all(values.values()):
        return None
    currencies = {one["currency"] for one in values.values() if one}
    if len(currencies) != 1:
        return None
    return {name: Decimal(one["value"]) for name, one in values.items() if one}, currencies.pop()


def _named(unit: str) -> str:
    try:
        return figures.unit_table().named(unit)
    except CalculationError:
        return unit  # noted where it stands
