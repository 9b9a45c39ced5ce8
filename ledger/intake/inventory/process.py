"""A whole process over a period: its outputs, how they share it, and what is lost.

Line amounts of a file with a ``process`` are what the whole process took and gave off. What brings
them to the declared amount is read here; ``perdeclared`` does it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.allocation import out_of_order, shares
from rootprint.calc.errors import CalculationError
from rootprint.calc.rounding import SHARE_PLACES, decimal_text, half_up
from rootprint.ledger import figures
from rootprint.ledger.core.schema import rules
from rootprint.ledger.core.schema.names import FACTOR_UNITS
from rootprint.ledger.core.schema.rules import array, members, one_of, text
from rootprint.ledger.intake.inventory.collect import collect

if TYPE_CHECKING:
    from rootprint.ledger.intake.inventory.problems import Faults, Path

_PATH: Final[Path] = ("process",)
_DECLARED: Final = ("declaredUnitOfMeasurement", "declaredUnitAmount")
_amount = members({"value": rules.positive, "unit": text})


def _yield(value: Any, path: str) -> None:
    rules.positive(value, path)
    if Fraction(value) > 1:
        rules.refuse(path, "a part of the output, more than 0 and at most 1")


_RULE: Final = members(
    {
        "name": text,
        "outputs": array(
            members(
                {"name": text, "amount": _amount},
                {
                    "productId": rules.urn,
                    "physical": _amount,
                    "economic": members({"value": rules.not_negative, "currency": text}),
                },
            ),
            most=64,
        ),
    },
    {
        "product": text,
        "allocation": members(
            {"method": one_of("subdivision", "physical", "economic")}, {"reason": text}
        ),
        "yield": _yield,
    },
)


@dataclass(frozen=True)
class Scale:
    """What brings amounts to the declared one: ``produced``, ``declared`` in the declared unit."""

    share: Fraction
    produced: Fraction
    declared: Fraction
    good: Fraction


@dataclass(frozen=True)
class Process:
    """One process as a line needs it.

    Of a faulty one it is what can be read all the same: ``outputs`` and ``product`` are None where
    that can't be told, and without a ``scale`` no line has an amount per declared amount.
    """

    name: str
    product: str | None
    outputs: tuple[str, ...] | None
    method: str | None
    reason: str | None
    scale: Scale | None
    makes: frozenset[str]

    @property
    def product_path(self) -> Path:
        """Where the output stands that the statement is about."""
        if self.outputs is None or self.product is None:
            return _PATH
        return (*_PATH, "outputs", self.outputs.index(self.product))

    def describe(self) -> str:
        """Return PACT's allocationRulesDescription, with the reason that the file gives."""
        part = Fraction(0) if self.scale is None else self.scale.share
        share = decimal_text(half_up(part * 100, SHARE_PLACES))
        said = (
            f"{self.name}: what serves one output alone is counted there (subdivision); the rest is"
            f" allocated by {self.method} relation, {share} % to {self.product}"
            if self.method != "subdivision"
            else f"{self.name}: every activity serves one output alone (subdivision)"
        )
        return said if self.reason is None else f"{said}. Reason: {self.reason}"


def read_process(value: Any, pcf: Any, faults: Faults) -> Process:
    """Return the process that a file's ``process`` member says, as far as it can be read."""
    collect(_RULE, value, _PATH, faults)
    given = value if isinstance(value, dict) else {}
    _check_units(given.get("outputs"), faults)
    outputs = _outputs(given.get("outputs"), faults)
    _check_said(given, faults)
    product = None if outputs is None else _product(given, outputs, faults)
    sound = "allocation" in given and not faults.within((*_PATH, "allocation"))
    allocation = given["allocation"] if sound else {}
    scale = None if outputs is None else _scale(given, outputs, product, pcf, faults)
    _check_reason(allocation, pcf, faults)
    made = [one.get("productId") for one in (outputs or {}).values()]
    return Process(
        name=str(given.get("name")),
        product=product,
        outputs=None if outputs is None else tuple(outputs),
        method=allocation.get("method"),
        reason=allocation.get("reason"),
        scale=None if faults.within(_PATH) else scale,
        makes=frozenset(one for one in made if isinstance(one, str)),
    )


def _check_units(outputs: Any, faults: Faults) -> None:
    """Note every amount in a unit that nobody knows, also where nothing is computed with it."""
    for number, output in enumerate(outputs if isinstance(outputs, list) else []):
        for member in ("amount", "physical"):
            path = (*_PATH, "outputs", number, member)
            if not isinstance(output, dict) or member not in output or faults.within(path):
                continue
            try:
                figures.unit_table().named(output[member]["unit"])
            except CalculationError as error:
                faults.add((*path, "unit"), f"is not usable: {error.args[0]}", error.remedy)


def _outputs(values: Any, faults: Faults) -> dict[str, Any] | None:
    """Return the outputs by name, None where not every name can be read."""
    if not isinstance(values, list) or not values:
        return None
    paths = [(*_PATH, "outputs", number) for number in range(len(values))]
    if any(
        not isinstance(one, dict) or faults.within((*path, "name"))
        for one, path in zip(values, paths, strict=True)
    ):
        return None
    outputs: dict[str, Any] = {}
    for one, path in zip(values, paths, strict=True):
        if one["name"] in outputs:
            faults.add((*path, "name"), "names an output for the second time", "name each once")
        outputs.setdefault(one["name"], one)
    return outputs


def _check_said(value: dict[str, Any], faults: Faults) -> None:
    """Several outputs need to be told apart, and their shares."""
    outputs = value.get("outputs")
    if not isinstance(outputs, list) or len(outputs) < 2:  # noqa: PLR2004
        return
    if "product" not in value:
        remedy = "say which output this statement is about"
        faults.add((*_PATH, "product"), "is missing", remedy)
    if "allocation" not in value:
        remedy = "say subdivision, physical or economic"
        faults.add((*_PATH, "allocation"), "is missing, and there are several outputs", remedy)


def _product(value: dict[str, Any], outputs: dict[str, Any], faults: Faults) -> str | None:
    path, names = (*_PATH, "product"), list(outputs)
    product = value.get("product", names[0])
    if not faults.within(path) and product not in outputs:
        faults.add(path, "is none of the outputs", f"name one of {', '.join(names)}")
    return None if faults.within(path) else str(product)


def _check_reason(allocation: dict[str, Any], pcf: Any, faults: Faults) -> None:
    if "reason" in allocation and isinstance(pcf, dict) and "allocationRulesDescription" in pcf:
        # It would be signed nowhere.
        what = "stands beside pcf.allocationRulesDescription, which does not take it up"
        faults.add((*_PATH, "allocation", "reason"), what, "say the reason there, and leave it out")


def _scale(
    value: dict[str, Any], outputs: dict[str, Any], product: str | None, pcf: Any, faults: Faults
) -> Scale | None:
    share = _share(value, outputs, product, faults)
    if product is None or faults.within((*_PATH, "outputs")):
        return None
    produced, declared = _amounts(outputs[product], list(outputs).index(product), pcf, faults)
    if produced is None or declared is None or share is None or faults.within((*_PATH, "yield")):
        return None
    return Scale(share, produced, declared, Fraction(value.get("yield", "1")))


def _amounts(
    output: dict[str, Any], number: int, pcf: Any, faults: Faults
) -> tuple[Fraction | None, Fraction | None]:
    """Return the output and the declared amount, both in the declared unit."""
    given = pcf if isinstance(pcf, dict) else {}
    into, declared = (str(given.get(name)) for name in _DECLARED)
    if into not in FACTOR_UNITS or not rules.is_decimal(declared) or not Fraction(declared) > 0:
        return None, None  # reported where they stand
    units = figures.unit_table()
    try:
        factor = units.factor(units.named(output["amount"]["unit"]), into)
    except CalculationError as error:
        path = (*_PATH, "outputs", number, "amount", "unit")
        faults.add(path, f"does not fit the declared unit: {error.args[0]}", error.remedy)
        return None, None
    return Fraction(output["amount"]["value"]) * factor, Fraction(declared)


def _share(
    value: dict[str, Any], outputs: dict[str, Any], product: str | None, faults: Faults
) -> Fraction | None:
    """Return the product's share of what the outputs share."""
    path = (*_PATH, "allocation")
    if faults.within(path):
        return None
    if "allocation" not in value:
        return Fraction(1)
    method, asked = value["allocation"]["method"], (*_PATH, "outputs")
    told = (
        [(*asked, n, "economic") for n in range(len(outputs))] if method == "economic" else [asked]
    )
    if any(map(faults.within, told)):
        return None
    physical = None if faults.within(asked) else _physical(outputs)
    economic = _economic(outputs)
    weights = {"physical": physical, "economic": economic}.get(method)
    if method == "subdivision":
        return Fraction(0)
    if weights is None:
        remedy = {
            "physical": "give every output a physical amount in one kind of unit",
            "economic": "give every output its economic value in one currency",
        }[method]
        faults.add(path, f"is {method}, and the outputs can't be compared so", remedy)
        return None
    better = out_of_order(method, {"physical": physical is not None})
    if better is not None:
        what = f"is {method} although the file has what a {better} relation needs"
        remedy = "allocate physically, or say under reason why that does not reflect the process"
        faults.find((*path, "method"), what, remedy)
    try:
        found = shares(weights)
    except CalculationError as error:
        faults.add(path, str(error.args[0]), error.remedy)
        return None
    return None if product is None else found[product]


def _physical(outputs: dict[str, Any]) -> dict[str, Fraction] | None:
    """Return each output's physical amount in one unit, None where there is no common kind."""
    units = figures.unit_table()
    given = {name: output.get("physical") for name, output in outputs.items()}
    if any(given.values()) and not all(given.values()):
        return None
    amounts = {name: given[name] or output["amount"] for name, output in outputs.items()}
    into = next(iter(amounts.values()))["unit"]
    try:
        return {
            name: Fraction(amount["value"])
            * units.factor(units.named(amount["unit"]), units.named(into))
            for name, amount in amounts.items()
        }
    except CalculationError:
        return None


def _economic(outputs: dict[str, Any]) -> dict[str, Fraction] | None:
    values = {name: output.get("economic") for name, output in outputs.items()}
    if not all(values.values()) or len({one["currency"] for one in values.values() if one}) != 1:
        return None
    return {name: Fraction(one["value"]) for name, one in values.items() if one}
