"""Random chains of products as the files that people write: processes, units, every kind of line.

What a file says is drawn here and nowhere computed; ``exact_chains`` computes it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tests.support.processes import SITE, file

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

File = dict[str, Any]
# A factor's unit, and the units in which it is taken.
TAKEN_IN = {
    "kilogram": ("kg", "g", "t", "pound"),
    "kilowatt hour": ("kWh", "MWh", "MJ"),
    "megajoule": ("MJ", "GJ", "kWh"),
    "cubic meter": ("m3", "L"),
    "ton kilometer": ("tkm",),
    "piece": ("piece",),
}
# So much of a unit is about as much as one of what declares it.
FEW = {"g": 1000, "t": "0.001", "pound": 2, "MWh": "0.001", "GJ": "0.001", "L": 1000}
COMPONENTS = {
    "fossilGhgEmissions": 1,
    "biogenicNonCO2Emissions": 1,
    "landUseChangeGhgEmissions": 1,
    "landManagementBiogenicCO2Emissions": 1,
    "landManagementBiogenicCO2Removals": -1,
    "technologicalCO2Removals": -1,
    "ccsTechnologicalCO2Capture": -1,
    "substitutionCredits": -1,
}
REMOVAL = {"method": "sampled and weighed", "evidence": "a report, fictional"}
STAGES = ("raw-material", "manufacturing")
TO_GRAVE = (*STAGES, "distribution")


@dataclass
class Batch:
    """Files that are published together; ``record`` names the one that their process makes."""

    files: list[File]
    record: str | None = None


@dataclass
class Drawing:
    """What was drawn so far: a cited name with its unit, and the batches in order.

    Products end at the gate, with credits that no process record bounds among their lines; or they
    go ``to_grave`` and are delivered, without such credits, and keep a part of what they take up.
    """

    random: Random
    to_grave: bool = False
    unit_of: dict[str, str] = field(default_factory=dict)
    factors: dict[str, File] = field(default_factory=dict)
    uncited: list[str] = field(default_factory=list)
    batches: list[Batch] = field(default_factory=list)

    def decimal(self, low: str, high: str, places: int = 4) -> str:
        """Return a decimal text from ``low`` to ``high``."""
        unit = Decimal(1).scaleb(-places)
        count = self.random.randint(int(Decimal(low) / unit) or 1, int(Decimal(high) / unit))
        return f"{count * unit:f}"

    def times(self, low: str, high: str, size: int | str) -> str:
        """Return a decimal text of a unit of this size."""
        return f"{Decimal(self.decimal(low, high)) * Decimal(size):f}"


def drawn(random: Random, count: int, *, to_grave: bool = False) -> Drawing:
    """Draw factors, ``count`` products of them and of each other, and one that takes the rest."""
    drawing = Drawing(random, to_grave)
    for number, unit in enumerate(TAKEN_IN):
        drawing.factors[f"f{number}"] = _factor(drawing, unit)
        drawing.unit_of[f"f{number}"] = unit
    made = 0
    while made < count - 1:
        number = len(drawing.batches)
        several = count - 1 - made >= 4 and random.random() < 0.35
        batch = _process(drawing, number) if several else Batch([_alone(drawing, number)])
        drawing.batches.append(batch)
        for one in batch.files:
            name = one["productNameCompany"]
            drawing.unit_of[name] = one["pcf"]["declaredUnitOfMeasurement"]
            drawing.uncited.append(name)
        made += len(batch.files)
    rest = [_cites(drawing, name) for name in list(drawing.uncited)]
    drawing.batches.append(Batch([_file("whole", None, rest)]))
    for one in (one for batch in drawing.batches for one in batch.files):
        if to_grave:
            one["boundary"] = "cradle-to-grave"
        else:
            one["pcf"]["biogenicCarbonContent"] = "0"
    return drawing


def _factor(drawing: Drawing, unit: str) -> File:
    """Return a factor's pcf without totals: some components, each with its sign, and parts."""
    pcf: File = {
        "declaredUnitOfMeasurement": unit,
        "declaredUnitAmount": drawing.random.choice(("1", "10", "0.7", "3")),
        "fossilGhgEmissions": drawing.decimal("1", "3"),
        "aircraftGhgEmissions": drawing.decimal("0.01", "0.4"),
        "landManagementFossilGhgEmissions": drawing.decimal("0.01", "0.4"),
    }
    for name, sign in COMPONENTS.items():
        if name not in pcf and drawing.random.random() < 0.6:
            pcf[name] = ("-" if sign < 0 else "") + drawing.decimal("0.001", "0.2", 6)
    if drawing.to_grave and unit == "kilogram":  # which alone has a mass to hold it
        pcf["biogenicCO2Uptake"] = "-" + drawing.decimal("0.001", "0.2", 6)
    return pcf


def _file(name: str, process: File | None, lines: list[File], unit: str = "kilogram",
          declared: str = "1") -> File:  # fmt: skip
    made = file(name, process or {}, lines)
    if process is None:
        del made["process"]
    made["pcf"] |= {
        "declaredUnitOfMeasurement": unit,
        "declaredUnitAmount": declared,
        "productMassPerDeclaredUnit": declared,
    }
    return made


def _alone(drawing: Drawing, number: int) -> File:
    """Return a product of its own: per declared amount, or of a process with one output."""
    random, name = drawing.random, f"p{number}"
    unit = random.choice(("kilogram", "kilogram", "piece"))
    process = None
    if random.random() < 0.4:
        process = {
            "name": "Hall",
            "outputs": [_output(drawing, name, unit)],
            "yield": drawing.decimal("0.5", "1", 2),
        }
    declared = random.choice(("1", "1", "12", "0.3"))
    lines = _lines(drawing, range(random.randint(2, 6)), credits_=not drawing.to_grave)
    return _file(name, process, lines, unit, declared)


def _output(drawing: Drawing, name: str, unit: str) -> File:
    taken = drawing.random.choice(TAKEN_IN[unit])
    amount = {"value": drawing.times("1", "9", FEW.get(taken, 1)), "unit": taken}
    return {"name": name, "productId": f"urn:example:{name}", "amount": amount}


def _process(drawing: Drawing, number: int) -> Batch:
    """Return the co-products of one process, by mass or by value, perhaps with waste and credit."""
    random = drawing.random
    names = [f"p{number}-{one}" for one in "abc"[: random.randint(2, 3)]]
    outputs = [_output(drawing, name, "kilogram") for name in names]
    economic = random.random() < 0.4
    for one in outputs:
        if economic:
            one["economic"] = {"value": drawing.decimal("1", "90", 2), "currency": "CNY"}
        if random.random() < 0.3:
            one["yield"] = drawing.decimal("0.5", "1", 2)
    lines = _lines(drawing, range(random.randint(2, 5)), credits_=False)
    for own in range(10, 10 + random.randint(0, 2)):
        line = _cites(drawing, _any(drawing)) | {"description": f"line {own}"}
        lines.append({**line, "output": random.choice(names)})
    if random.random() < 0.3:
        outputs.append({"name": "dust", "amount": {"value": "1", "unit": "kg"}, "method": "waste"})
    if random.random() < 0.4:
        outputs.append({**_output(drawing, f"p{number}-heat", "megajoule"),
                        "method": "substitution"})  # fmt: skip
        lines.append(_credit(drawing, 20) | {"output": f"p{number}-heat"})
    process = {
        "name": f"Furnace {number}",
        "site": SITE,
        "record": f"record-{number}",
        "outputs": outputs,
        "allocation": {"method": "economic" if economic else "physical"},
    }
    files = [_file(name, {**process, "product": name}, lines) for name in names]
    return Batch(files, process["record"])


def _lines(drawing: Drawing, numbers: range, *, credits_: bool) -> list[File]:
    """Return lines, the first of them a citation; what must stand beside another does.

    The lines of a process that is allocated have no ``credits_``: its substituted outputs do. Nor
    has a product to the grave any that no process record bounds.
    """
    first, *rest = numbers
    cited = _cites(drawing, _any(drawing)) | {"description": f"line {first}"}
    return [cited] + [line for number in rest for line in _some(drawing, number, credits_)]


def _any(drawing: Drawing) -> str:
    """Return what is cited: mostly what nothing took yet, so that chains grow long."""
    if drawing.uncited and drawing.random.random() < 0.6:
        return drawing.random.choice(drawing.uncited)
    return drawing.random.choice(list(drawing.unit_of))


def _line(drawing: Drawing, value: str, unit: str, source: File, **more: Any) -> File:
    return {
        "stage": drawing.random.choice(TO_GRAVE if drawing.to_grave else STAGES),
        "description": "a line",
        "amount": {"value": value, "unit": unit},
        "source": source,
        "primary": drawing.random.random() < 0.5,
        **more,
    }


def _cites(drawing: Drawing, name: str) -> File:
    if name in drawing.uncited:
        drawing.uncited.remove(name)
    unit = drawing.random.choice(TAKEN_IN[drawing.unit_of[name]])
    line = _line(drawing, drawing.times("0.02", "0.5", FEW.get(unit, 1)), unit, {"input": name},
                 description=f"takes {name}")  # fmt: skip
    if unit == "tkm":
        del line["amount"]
        line["transport"] = {
            "mass": {"value": drawing.decimal("1", "900", 2), "unit": "kg"},
            "distance": {"value": drawing.decimal("1", "900", 1), "unit": "km"},
        }
    return line


def _credit(drawing: Drawing, number: int) -> File:
    """Return the credit of heat that is displaced: of a published figure or of a signed factor."""
    signed = next(name for name, unit in drawing.unit_of.items() if unit == "megajoule")
    source: File = {
        "published": drawing.decimal("0.01", "0.5"),
        "per": "megajoule",
        "component": "fossilGhgEmissions",
        "reference": "a table, row 3",
    }
    if drawing.random.random() < 0.5:
        source = {"input": signed}
    more = {"description": f"displaces {number}", "allocation": {"method": "substitution"}}
    return _line(drawing, drawing.decimal("0.1", "0.9"), "MJ", source, **more) | {"primary": False}


def _some(drawing: Drawing, number: int, credits_: bool) -> list[File]:  # noqa: FBT001
    """Return one line, or two that may not stand alone."""
    random, mass = drawing.random, drawing.decimal("0.01", "0.9", 5)
    said = {"description": f"line {number}"}

    def gas(name: str, value: str = mass, unit: str = "kg", **more: Any) -> File:
        source = {"gas": name, "set": "AR6"}
        return _line(drawing, value, unit, source, **{"stage": "manufacturing", **said, **more})

    also = {"description": f"beside line {number}"}
    less = f"{Decimal(mass) * Decimal('0.4'):f}"
    # What shows one removal serves no other.
    removal = {**REMOVAL, "evidence": f"{REMOVAL['evidence']}, {number}"}
    stored = {**removal, "stored": {"value": mass, "unit": "kg"}}
    kinds: tuple[Callable[[], list[File]], ...] = (
        lambda: [gas("CO2", unit=random.choice(("kg", "g", "pound")))],
        lambda: [gas(random.choice(("CH4_fossil", "CH4_non_fossil", "N2O")), less, "g")],
        lambda: [gas("CO2_aircraft")],
        lambda: [gas(random.choice(("CO2_land_use_change", "CO2_land_management")))],
        # At the gate all of it is set free: what a product holds there is bounded by its mass.
        lambda: [
            gas("CO2_uptake"),
            gas("CO2_biogenic", less if drawing.to_grave else mass, **also),
        ],
        lambda: [gas("CO2"), gas("CO2_captured", less, removal=stored, **also)],
        lambda: [gas("CO2_technological_removal", removal=stored)],
        lambda: [gas("CO2_land_management_removal", removal=removal)],
        lambda: [_balance(drawing) | said],
        lambda: [_land(drawing) | said],
        lambda: [_credit(drawing, number) if credits_ else _cites(drawing, _any(drawing)) | said],
    )
    return kinds[random.randrange(len(kinds))]()


def _land(drawing: Drawing) -> File:
    change = {
        "before": drawing.decimal("90", "180", 1),
        "after": drawing.decimal("1", "90", 1),
        "years": drawing.random.randint(20, 30),
        "harvestPeriod": "as long as the years say",
    }
    return _line(drawing, drawing.decimal("0.1", "3", 3), "m2", {"landUseChange": change})


def _balance(drawing: Drawing) -> File:
    """Return a carbon balance, all of it fossil: biogenic CO2 may not exceed what was taken up."""
    coke = {"value": drawing.decimal("1", "2"), "unit": "kg"}
    product = {"value": drawing.decimal("1", "900", 2), "unit": "g"}
    streams = [
        {"stream": "coke", "direction": "in", "mass": coke,
         "carbon": drawing.decimal("0.5", "0.9", 3)},
        {"stream": "product", "direction": "out", "mass": product,
         "carbon": drawing.decimal("0.01", "0.26", 3)},
    ]  # fmt: skip
    return _line(drawing, drawing.decimal("0.1", "1", 2), "piece", {"balance": streams})
