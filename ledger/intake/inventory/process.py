"""A whole process over a period: its outputs, how they share it, and what is lost.

Line amounts of a file with a ``process`` are what the whole process took and gave off. They are
brought to the declared amount here, exactly, before anything is composed: amount × share ×
declared amount ÷ (output × yield).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from calc.allocation import out_of_order, per_declared_amount, plain_decimal, shares
from calc.errors import CalculationError
from calc.rounding import SHARE_PLACES, decimal_text, half_up
from ledger.core.schema import rules
from ledger.core.schema.rules import array, members, one_of, text
from ledger.intake.inventory.collect import collect
from ledger.walk import figures

if TYPE_CHECKING:
    from ledger.intake.inventory.problems import Faults, Path

_PATH: Final[Path] = ("process",)
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
class Process:
    """One process as a line needs it: ``produced`` and ``declared`` in the declared unit."""

    name: str
    product: str
    outputs: tuple[str, ...]
    method: str | None
    reason: str | None
    share: Fraction
    produced: Fraction
    declared: Fraction
    good: Fraction
    makes: frozenset[str]

    def describe(self) -> str:
        """Return PACT's allocationRulesDescription, with the reason that the file gives."""
        share = decimal_text(half_up(self.share * 100, SHARE_PLACES))
        said = (
            f"{self.name}: what serves one output alone is counted there (subdivision); the rest is"
            f" allocated by {self.method} relation, {share} % to {self.product}"
            if self.method != "subdivision"
            else f"{self.name}: every activity serves one output alone (subdivision)"
        )
        return said if self.reason is None else f"{said}. Reason: {self.reason}"


def read_process(value: Any, pcf: Any, faults: Faults) -> Process | None:
    """Return the process that a file's ``process`` member says; None if it is faulty."""
    collect(_RULE, value, _PATH, faults)
    if faults.within(_PATH):
        return None
    if (
        "reason" in value.get("allocation", {})
        and isinstance(pcf, dict)
        and "allocationRulesDescription" in pcf
    ):
        # It would be signed nowhere.
        what = "stands beside pcf.allocationRulesDescription, which does not take it up"
        faults.add((*_PATH, "allocation", "reason"), what, "say the reason there, and leave it out")
    outputs = {output["name"]: output for output in value["outputs"]}
    names = [output["name"] for output in value["outputs"]]
    product = value.get("product", names[0])
    if len(outputs) != len(names):
        faults.add((*_PATH, "outputs"), "name one output twice", "name each once")
    elif "product" not in value and len(names) > 1:
        faults.add((*_PATH, "product"), "is missing", "say which output this statement is about")
    elif product not in outputs:
        faults.add((*_PATH, "product"), "is none of the outputs", f"name one of {', '.join(names)}")
    else:
        return _process(value, outputs, product, pcf, faults)
    return None


def _process(
    value: dict[str, Any], outputs: dict[str, Any], product: str, pcf: Any, faults: Faults
) -> Process | None:
    produced, declared = _amounts(outputs[product], product, list(outputs), pcf, faults)
    share = _share(value, outputs, product, faults)
    if produced is None or declared is None or share is None:
        return None
    return Process(
        name=value["name"],
        product=product,
        outputs=tuple(outputs),
        method=value["allocation"]["method"] if "allocation" in value else None,
        reason=value.get("allocation", {}).get("reason"),
        share=share,
        produced=produced,
        declared=declared,
        good=Fraction(value.get("yield", "1")),
        makes=frozenset(one["productId"] for one in outputs.values() if "productId" in one),
    )


def _amounts(
    output: dict[str, Any], product: str, names: list[str], pcf: Any, faults: Faults
) -> tuple[Fraction | None, Fraction | None]:
    """Return the output and the declared amount, both in the declared unit."""
    asked = ("declaredUnitOfMeasurement", "declaredUnitAmount")
    if any(faults.within(("pcf", name)) for name in asked) or not isinstance(pcf, dict):
        return None, None  # reported where they stand
    units = figures.unit_table()
    try:
        unit = units.named(output["amount"]["unit"])
        factor = units.factor(unit, pcf["declaredUnitOfMeasurement"])
    except CalculationError as error:
        path = (*_PATH, "outputs", names.index(product), "amount", "unit")
        faults.add(path, f"does not fit the declared unit: {error.args[0]}", error.remedy)
        return None, None
    return Fraction(output["amount"]["value"]) * factor, Fraction(pcf["declaredUnitAmount"])


def _share(
    value: dict[str, Any], outputs: dict[str, Any], product: str, faults: Faults
) -> Fraction | None:
    """Return the product's share of what the outputs share."""
    path = (*_PATH, "allocation")
    if "allocation" not in value:
        if len(outputs) > 1:
            remedy = "say subdivision, physical or economic"
            faults.add(path, "is missing, and there are several outputs", remedy)
        return Fraction(1)
    method = value["allocation"]["method"]
    physical, economic = _physical(outputs), _economic(outputs)
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
        return shares(weights)[product]
    except CalculationError as error:
        faults.add(path, str(error.args[0]), error.remedy)
        return None


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


def to_declared_amount(
    line: dict[str, Any], process: Process, path: Path, faults: Faults
) -> dict[str, Any] | None:
    """Return the line per declared amount, None if it serves another output or is faulty."""
    signed = {name: member for name, member in line.items() if name != "output"}
    serves = line.get("output")
    shared = serves is None and process.method is not None
    if serves is not None and serves not in process.outputs:
        names = ", ".join(process.outputs)
        faults.add((*path, "output"), "is none of the process's outputs", f"name one of {names}")
    if shared and process.method == "subdivision":
        remedy = "say which output it serves, or allocate by a physical or economic relation"
        faults.add((*path, "output"), "is missing, and the process is subdivided", remedy)
    if "allocation" in line and (shared or len(process.outputs) > 1):
        remedy = "leave it out: the process allocates"
        faults.add((*path, "allocation"), "stands on a line of an allocated process", remedy)
    _check_certificate(line, path, faults)
    if faults.within(path) or (serves is not None and serves != process.product):
        return None
    share = process.share if shared else Fraction(1)
    if not share:
        return None
    value = per_declared_amount(
        Fraction(line["amount"]["value"]),
        share,
        produced=process.produced,
        declared=process.declared,
        good=process.good,
    )
    signed["amount"] = {**line["amount"], "value": decimal_text(plain_decimal(value))}
    if "uncertainty" in line:
        given = Fraction(line["amount"]["value"])
        signed["uncertainty"] = _scaled_spread(line["uncertainty"], signed["amount"], value / given)
    if shared or len(process.outputs) > 1:
        signed["allocation"] = {
            "method": process.method if shared else "subdivision",
            "share": decimal_text(half_up(share * 100, SHARE_PLACES)),
            "group": process.name,
        }
    return signed


def _scaled_spread(
    member: dict[str, Any], amount: dict[str, str], ratio: Fraction
) -> dict[str, Any]:
    """A spread follows its amount; a geometric standard deviation has no unit and stays."""
    scaled = {**member, "statedValue": amount["value"]}
    if "interval" in member:
        bounds = {
            name: decimal_text(plain_decimal(Fraction(member["interval"][name]) * ratio))
            for name in ("lower", "upper")
        }
        scaled["interval"] = {**member["interval"], **bounds}
    return scaled


def _check_certificate(line: dict[str, Any], path: Path, faults: Faults) -> None:
    """A certificate covers what the period took, and no more."""
    if "certificate" not in line:
        return
    units = figures.unit_table()
    try:
        factor = units.factor(units.named(line["amount"]["unit"]), "megawatt hour")
    except CalculationError as error:
        faults.add((*path, "amount", "unit"), f"is not usable: {error.args[0]}", error.remedy)
        return
    if Fraction(line["amount"]["value"]) * factor > Fraction(line["certificate"]["MWh"]):
        remedy = "split the line: what is certified, and the rest from the grid"
        faults.add((*path, "certificate", "MWh"), "is less than what the line takes", remedy)
