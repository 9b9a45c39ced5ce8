"""What files come to, in exact rationals, as docs/statement.md and docs/processes.md say it.

Nothing here imports the product: units, GWPs, allocation, rounding and totals are written anew.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

File = Mapping[str, Any]
Values = dict[str, Fraction]
KILOGRAM = {"kilogram": 1, "kg": 1, "g": "1/1000", "t": 1000, "pound": "0.45359237"}
MEGAJOULE = {"megajoule": 1, "MJ": 1, "GJ": 1000, "kilowatt hour": "3.6", "kWh": "3.6",
             "MWh": 3600}  # fmt: skip
CUBIC_METER = {"cubic meter": 1, "m3": 1, "L": "1/1000"}
OTHER = {"ton kilometer": 1, "tkm": 1, "piece": 1, "m2": "1/10000"}  # m2 in hectares
SIZE = {name: Fraction(size) for kind in (KILOGRAM, MEGAJOULE, CUBIC_METER, OTHER)
        for name, size in kind.items()}  # fmt: skip

FOSSIL, AIRCRAFT = "fossilGhgEmissions", "aircraftGhgEmissions"
CREDITS, UPTAKE, RELEASED = "substitutionCredits", "biogenicCO2Uptake", "biogenicCO2Emissions"
GROSS = (FOSSIL, "biogenicNonCO2Emissions", "landUseChangeGhgEmissions",
         "landManagementBiogenicCO2Emissions")  # fmt: skip
REMOVALS = ("landManagementBiogenicCO2Removals", "technologicalCO2Removals",
            "ccsTechnologicalCO2Capture")  # fmt: skip
PARTS = (AIRCRAFT, "landManagementFossilGhgEmissions")
EXCLUDING = (*GROSS, *REMOVALS, CREDITS)
COMPONENTS = (*EXCLUDING, UPTAKE, RELEASED, *PARTS)
# Table 7.SM.7 of the IPCC's sixth report, 100 years; CO2 by where it goes.
AR6 = {
    "CO2": ("1", FOSSIL),
    "CO2_aircraft": ("1", FOSSIL, AIRCRAFT),
    "CH4_fossil": ("29.8", FOSSIL),
    "CH4_non_fossil": ("27.0", "biogenicNonCO2Emissions"),
    "N2O": ("273", FOSSIL),
    "CO2_land_use_change": ("1", "landUseChangeGhgEmissions"),
    "CO2_land_management": ("1", "landManagementBiogenicCO2Emissions"),
    "CO2_land_management_removal": ("-1", "landManagementBiogenicCO2Removals"),
    "CO2_technological_removal": ("-1", "technologicalCO2Removals"),
    "CO2_captured": ("-1", "ccsTechnologicalCO2Capture"),
    "CO2_uptake": ("-1", UPTAKE),
    "CO2_biogenic": ("1", RELEASED),
}
CO2_OF_CARBON = Fraction(44, 12)


@dataclass(frozen=True)
class Exact:
    """A footprint per ``declared`` (in its kind's own unit): cells, components and both totals."""

    declared: Fraction
    cells: dict[str, Values]
    components: Values
    excluding: Fraction
    including: Fraction


def of_factor(pcf: File) -> Exact:
    """Return a factor as it is stated."""
    values = {name: Fraction(pcf[name]) for name in COMPONENTS if name in pcf}
    return _footprint(pcf, {}, values)


def of_file(file: File, known: Mapping[str, Exact]) -> Exact:
    """Compute a product's file of what it cites."""
    sums: dict[str, defaultdict[str, Fraction]] = {}
    for line in file["inventory"]:
        ratio = _ratio(file, line)
        if not ratio:
            continue
        for name, value in _line(line, ratio, known).items():
            sums.setdefault(line["stage"], defaultdict(Fraction))[name] += value
    gross = sum((stage[name] for stage in sums.values() for name in GROSS if name in stage),
                Fraction(0))  # fmt: skip
    places = max(0, _places(gross, file["digits"])) if gross else file["lineDigits"]
    cells = {stage: {name: nearest(value, places) for name, value in found.items()}
             for stage, found in sums.items()}  # fmt: skip
    values: defaultdict[str, Fraction] = defaultdict(Fraction)
    for found in cells.values():
        for name, value in found.items():
            values[name] += value
    return _footprint(file["pcf"], cells, dict(values))


def _footprint(pcf: File, cells: dict[str, Values], values: Values) -> Exact:
    declared = Fraction(pcf["declaredUnitAmount"]) * SIZE[pcf["declaredUnitOfMeasurement"]]
    excluding = sum((values.get(name, Fraction(0)) for name in EXCLUDING), Fraction(0))
    memo = values.get(UPTAKE, Fraction(0)) + values.get(RELEASED, Fraction(0))
    return Exact(declared, cells, values, excluding, excluding + memo)


def _line(line: File, ratio: Fraction, known: Mapping[str, Exact]) -> Values:
    value, unit = _amount(line)
    # An amount that is per declared amount already is signed as it stands.
    amount = (value if ratio == 1 else plain(value * ratio)) * SIZE[unit]
    source, credit = line["source"], line.get("allocation") == {"method": "substitution"}
    if "input" in source:
        cited = known[source["input"]]
        taken = {name: one * amount / cited.declared for name, one in cited.components.items()}
        return {CREDITS: -cited.excluding * amount / cited.declared} if credit else taken
    if "published" in source:
        burden = Fraction(source["published"]) * amount / SIZE[source["per"]]
        return {CREDITS: -burden} if credit else {source["component"]: burden}
    if "gas" in source:
        gwp, *names = AR6[source["gas"]]
        return dict.fromkeys(names, amount * Fraction(gwp))
    if "balance" in source:
        carbon = Fraction(0)
        for stream in source["balance"]:
            mass = Fraction(stream["mass"]["value"]) * SIZE[stream["mass"]["unit"]]
            sign = 1 if stream["direction"] == "in" else -1
            carbon += sign * mass * Fraction(stream["carbon"])
        return {FOSSIL: amount * carbon * CO2_OF_CARBON}
    change = source["landUseChange"]
    lost = (Fraction(change["before"]) - Fraction(change["after"])) * 1000
    return {"landUseChangeGhgEmissions": amount * lost * CO2_OF_CARBON / change["years"]}


def _amount(line: File) -> tuple[Fraction, str]:
    if "transport" in line:
        moved = line["transport"]
        tonnes = Fraction(moved["mass"]["value"]) * SIZE[moved["mass"]["unit"]] / 1000
        return tonnes * Fraction(moved["distance"]["value"]), "tkm"
    return Fraction(line["amount"]["value"]), line["amount"]["unit"]


def _ratio(file: File, line: File) -> Fraction:
    """Return what a process's line is multiplied by for this product; 0 if it has no part in it."""
    process = file.get("process")
    if process is None:
        return Fraction(1)
    outputs = {one["name"]: one for one in process["outputs"]}
    own = outputs[process.get("product", next(iter(outputs)))]
    share, serves = Fraction(1), line.get("output")
    credit = serves is not None and outputs[serves].get("method") == "substitution"
    if serves is not None and serves != own["name"] and not credit:
        return Fraction(0)
    if len(outputs) > 1 and serves != own["name"]:
        share = shares(process)[own["name"]]
    pcf = file["pcf"]
    declared = Fraction(pcf["declaredUnitAmount"]) * SIZE[pcf["declaredUnitOfMeasurement"]]
    made = Fraction(own["amount"]["value"]) * SIZE[own["amount"]["unit"]]
    good = Fraction(own.get("yield", process.get("yield", "1")))
    return share * declared / (made * good)


def shares(process: File) -> dict[str, Fraction]:
    """Return the shares of the outputs that share, of 1: twelve decimals of a percent, exact."""
    weights = {}
    for one in process["outputs"]:
        if "method" not in one:
            mass = Fraction(one["amount"]["value"]) * SIZE[one["amount"]["unit"]]
            economic = process["allocation"]["method"] == "economic"
            weights[one["name"]] = Fraction(one["economic"]["value"]) if economic else mass
    whole = sum(weights.values())
    units = {name: 100 * weight / whole * 10**12 for name, weight in weights.items()}
    cut = {name: math.floor(value) for name, value in units.items()}
    order = sorted(units, key=lambda name: (cut[name] - units[name], list(units).index(name)))
    for name in order[: 100 * 10**12 - sum(cut.values())]:
        cut[name] += 1
    return {name: Fraction(value, 100 * 10**12) for name, value in cut.items()}


def plain(value: Fraction) -> Fraction:
    """Return an amount as it can be written: exactly with at most 34 digits, else 15 of them."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    digits = len(str(abs(value.numerator) * 10 ** max(twos, fives) // value.denominator))
    if rest == 1 and digits <= 34:
        return value
    return nearest(value, 14 - _magnitude(value))


def nearest(value: Fraction, places: int) -> Fraction:
    """Round half away from zero."""
    unit = Fraction(10) ** -places
    rounded = math.floor(abs(value) / unit + Fraction(1, 2)) * unit
    return -rounded if value < 0 else rounded


def _places(gross: Fraction, digits: int) -> int:
    places = digits - 1 - _magnitude(gross)
    carried = nearest(gross, places) >= Fraction(10) ** (_magnitude(gross) + 1)
    return places - 1 if carried else places


def _magnitude(value: Fraction) -> int:
    power = len(str(abs(value.numerator))) - len(str(value.denominator))
    return power if abs(value) >= Fraction(10) ** power else power - 1
