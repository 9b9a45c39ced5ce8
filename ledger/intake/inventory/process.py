"""A whole process over a period: its outputs, how they share it, and what is lost.

Line amounts of a file with a ``process`` are what the whole process took and gave off. What brings
them to the declared amount is read here; ``perdeclared`` does it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.errors import CalculationError
from rootprint.calc.sharing import SUBSTITUTION, WASTE
from rootprint.ledger import figures
from rootprint.ledger.core.schema import parts, rules
from rootprint.ledger.core.schema.names import FACTOR_UNITS
from rootprint.ledger.core.schema.rules import array, members, one_of, text
from rootprint.ledger.intake.inventory.closest import closest
from rootprint.ledger.intake.inventory.collect import collect
from rootprint.ledger.intake.inventory.normal import remedy_for_made
from rootprint.ledger.intake.inventory.shared import Output, shared_outputs

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
                    "method": one_of(WASTE, SUBSTITUTION),
                    "yield": _yield,
                    "uncertainty": parts.uncertainty,
                },
            ),
            most=64,
        ),
    },
    {
        "site": rules.urn,
        "record": text,
        "product": text,
        "allocation": members(
            {"method": one_of("subdivision", "physical", "economic")},
            {"reason": text, "uncertainty": parts.uncertainty},
        ),
        "yield": _yield,
        "yieldUncertainty": parts.uncertainty,
    },
)


@dataclass(frozen=True)
class Scale:
    """What brings amounts to the declared one: ``produced``, ``declared`` in the declared unit.

    ``share`` is a part of one, that of the percent which the table prints.
    """

    share: Fraction
    produced: Fraction
    declared: Fraction
    good: Fraction


@dataclass(frozen=True)
class Process:
    """One process as a line needs it.

    ``record`` is the input name of its process record, where it has one; ``method`` how the outputs
    share what serves none alone, None where nothing is allocated. Of a faulty one it is what
    can be read all the same: ``outputs`` and ``product`` are None where that is unknown, and
    without a ``scale`` no line has an amount per declared amount; ``table`` has no outputs then.
    """

    name: str
    product: str | None
    outputs: tuple[str, ...] | None
    method: str | None
    reason: str | None
    scale: Scale | None
    makes: frozenset[str]
    site: str | None = None
    record: str | None = None
    table: tuple[Output, ...] = ()
    substituted: frozenset[str] = frozenset()
    wasted: frozenset[str] = frozenset()

    @property
    def product_path(self) -> Path:
        """Where the output stands that the statement is about."""
        if self.outputs is None or self.product is None:
            return _PATH
        return (*_PATH, "outputs", self.outputs.index(self.product))

    def describe(self) -> str:
        """Return PACT's allocationRulesDescription, with the reason that the file gives.

        It is signed in the open, so it says the rule and no share: that is hidden with the lines.
        """
        said = (
            f"{self.name}: what serves one output alone is counted there (subdivision); the rest is"
            f" allocated by {self.method} relation"
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
    allocated = "record" in given or len(outputs or {}) > 1
    method = allocation.get("method", "physical" if allocated else None)
    if allocation and outputs and not allocated:
        remedy = "leave it out; with a co-product, name that among the outputs"
        faults.find((*_PATH, "allocation"), "shares with nothing: there is one output", remedy)
    table = () if outputs is None else _table(given, outputs, method, product, faults)
    scale = None if outputs is None else _scale(outputs, product, table, pcf, faults)
    _check_reason(allocation, pcf, faults)
    made = [one.get("productId") for one in (outputs or {}).values()]
    return Process(
        name=str(given.get("name")),
        product=product,
        outputs=None if outputs is None else tuple(outputs),
        method=method if allocated else None,
        reason=allocation.get("reason"),
        scale=None if faults.within(_PATH) else scale,
        makes=frozenset(one for one in made if isinstance(one, str)),
        site=given.get("site"),
        record=given.get("record"),
        table=() if faults.within(_PATH) else table,
        substituted=_of_method(outputs, SUBSTITUTION),
        wasted=_of_method(outputs, WASTE),
    )


def _of_method(outputs: dict[str, Any] | None, method: str) -> frozenset[str]:
    return frozenset(name for name, one in (outputs or {}).items() if one.get("method") == method)


def _check_units(outputs: Any, faults: Faults) -> None:
    """Note every amount in an unknown unit, also where nothing is computed with it."""
    for number, output in enumerate(outputs if isinstance(outputs, list) else []):
        for member in ("amount", "physical"):
            path = (*_PATH, "outputs", number, member)
            if not isinstance(output, dict) or member not in output or faults.within(path):
                continue
            unit = output[member]["unit"]
            try:
                figures.unit_table().named(unit)
            except CalculationError as error:
                remedy = remedy_for_made(unit, error.remedy)
                faults.add((*path, "unit"), f"is not usable: {error.args[0]}", remedy)


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
    """Several outputs need names, and their shares."""
    outputs = value.get("outputs")
    if not isinstance(outputs, list) or len(outputs) < 2:  # noqa: PLR2004
        return
    sharing = [one for one in outputs if not (isinstance(one, dict) and "method" in one)]
    if "product" not in value:
        remedy = "say which output this statement is about"
        faults.add((*_PATH, "product"), "is missing", remedy)
    if "allocation" not in value and len(sharing) > 1:
        remedy = "say subdivision, physical or economic"
        faults.add((*_PATH, "allocation"), "is missing, and there are several outputs", remedy)


def _product(value: dict[str, Any], outputs: dict[str, Any], faults: Faults) -> str | None:
    path, names = (*_PATH, "product"), list(outputs)
    product = value.get("product", names[0])
    if not faults.within(path) and product not in outputs:
        remedy = closest(str(product), names, f"name one of {', '.join(names)}")
        faults.add(path, "is none of the outputs", remedy)
    elif not faults.within(path) and outputs[product].get("method") == WASTE:
        remedy = "name an output that is no waste: waste carries nothing of the process"
        faults.add(path, "is waste", remedy)
    return None if faults.within(path) else str(product)


def _check_reason(allocation: dict[str, Any], pcf: Any, faults: Faults) -> None:
    if "reason" in allocation and isinstance(pcf, dict) and "allocationRulesDescription" in pcf:
        # It would be signed nowhere.
        what = "stands beside pcf.allocationRulesDescription, which does not take it up"
        faults.add((*_PATH, "allocation", "reason"), what, "say the reason there, and leave it out")


def _table(
    value: dict[str, Any],
    outputs: dict[str, Any],
    method: str | None,
    product: str | None,
    faults: Faults,
) -> tuple[Output, ...]:
    """Return the outputs as a process record has them, empty where they are unknown."""
    path = (*_PATH, "allocation")
    if faults.within(path):
        return ()
    yields = {name: one.get("yield", "1") for name, one in outputs.items()}
    if product is not None and "yield" in value and not faults.within((*_PATH, "yield")):
        if yields[product] not in ("1", value["yield"]):
            where = (*_PATH, "outputs", list(outputs).index(product), "yield")
            faults.add(where, "is not process.yield", "say it once")
        yields[product] = value["yield"]
    return shared_outputs(outputs, method, yields, path, faults)


def _scale(
    outputs: dict[str, Any],
    product: str | None,
    table: tuple[Output, ...],
    pcf: Any,
    faults: Faults,
) -> Scale | None:
    if product is None or faults.within((*_PATH, "outputs")):
        return None
    produced, declared = _amounts(outputs[product], list(outputs).index(product), pcf, faults)
    own = [one for one in table if one.name == product]
    if produced is None or declared is None or not own or faults.within((*_PATH, "yield")):
        return None
    return Scale(Fraction(own[0].share) / 100, produced, declared, Fraction(own[0].good))


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
