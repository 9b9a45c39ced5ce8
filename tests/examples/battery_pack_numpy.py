"""The battery pack's footprint from its figures alone, in a few lines of numpy.

Reads examples/battery-pack/figures.csv and nothing else: no inventory, no ledger, no calc. What
each product takes of the others is one matrix, what it sets free itself another; an inverse gives
the kilograms of each gas per unit of every product.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

FIGURES = Path(__file__).resolve().parents[2] / "examples" / "battery-pack" / "figures.csv"
GASES = ("CO2", "CH4_fossil", "N2O", "CF4", "C2F6", "SF6", "HFC-134a", "CO2_captured")
GWP = {  # IPCC WG1, AR6 table 7.SM.7 and AR5 appendix 8.A; what is captured was set free before
    "AR6": np.array([1, 29.8, 273, 7380, 12400, 25200, 1530, -1]),
    "AR5": np.array([1, 30, 265, 6630, 11100, 23500, 1300, -1]),
}
IN_DECLARED = {"tonne": 1000.0, "megawatt hour": 1000.0}  # kg, kWh
CARBON_TO_CO2 = 44 / 12
COPPER, ACID = "copper-cathode", "sulfuric-acid"


class Network:
    """All products: ``takes[i, j]`` of product i per unit of j, ``frees[g, j]`` kg of gas g."""

    def __init__(self, path: Path = FIGURES) -> None:
        with path.open(encoding="utf-8", newline="") as file:
            self.rows = list(csv.DictReader(file))
        self.table = {(r["subject"], r["figure"]): r["value"] for r in self.rows}
        made = {r["subject"] for r in self.rows if not r["subject"].startswith("split-")}
        self.names = sorted((made - {"copper-smelter"}) | {COPPER, ACID})
        self.place = {name: n for n, name in enumerate(self.names)}
        size = len(self.names)
        self.takes, self.frees = np.zeros((size, size)), np.zeros((len(GASES), size))
        for name in self.names:
            self._fill(name)
        self._subtract_below("lithium-carbonate")
        self.kilograms = self.frees @ np.linalg.inv(np.eye(size) - self.takes)

    def number(self, subject: str, figure: str) -> float:
        """One figure, in kilograms and kilowatt hours where it is one of mass or energy."""
        row = next(r for r in self.rows if (r["subject"], r["figure"]) == (subject, figure))
        return float(row["value"]) * IN_DECLARED.get(row["unit"], 1.0)

    def total(self, name: str, gwp: str = "AR6") -> float:
        """Kg CO2e per unit of a product, what is captured taken off."""
        return float(GWP[gwp] @ self.kilograms[:, self.place[name]])

    def cells(self, name: str, gwp: str = "AR6") -> dict[tuple[str, str], float]:
        """Kg CO2e per unit of a product by stage and column: ``gross`` or ``captured``."""
        found: dict[tuple[str, str], float] = {}
        output, captured = self.number(name, "output"), GASES.index("CO2_captured")
        for row in (r for r in self.rows if r["subject"] == name):
            word, _, rest = row["figure"].partition(" ")
            if word != "input":
                continue
            taken = float(row["value"]) * IN_DECLARED.get(row["unit"], 1.0) / output
            parts = GWP[gwp] * self.kilograms[:, self.place[rest.partition(" to ")[0]]] * taken
            for column, value in (
                ("gross", parts.sum() - parts[captured]),
                ("captured", parts[captured]),
            ):
                cell = (row["stage"], column)
                found[cell] = found.get(cell, 0.0) + float(value)
        return found

    def cut_off(self, name: str = "housing-works") -> float:
        """Kg CO2e per unit that the formula counts more of a material than cut-off would."""
        a, r1 = self.number(name, "circular A"), self.number(name, "circular R1")
        mass = self.number(name, "circular mass") / self.number(name, "output")
        return mass * r1 * (1 - a) * (self.total("smelter") - self.total("remelt-works"))

    def _fill(self, name: str) -> None:
        if (name, "split") in self.table:
            self._published(name)
        subject = "copper-smelter" if name in {COPPER, ACID} else name
        share, output = 1.0, 1.0
        if subject != name:
            worth = {COPPER: "worth", ACID: "worth acid"}
            share = self.number(subject, worth[name]) / sum(
                self.number(subject, one) for one in worth.values()
            )
            output = self.number(subject, "output" if name == COPPER else "output acid")
        elif (name, "output") in self.table:
            output = self.number(name, "output")
        scale, column = share / output, self.place[name]
        for row in (r for r in self.rows if r["subject"] == subject):
            word, _, rest = row["figure"].partition(" ")
            value = float(row["value"]) * IN_DECLARED.get(row["unit"], 1.0) if rest else 0.0
            if word == "input":
                self.takes[self.place[rest.partition(" to ")[0]], column] += value * scale
            elif word == "gas":
                self.frees[GASES.index(rest), column] += value * scale
            elif word == "stream":
                carbon = value * float(self.table[subject, f"carbon {rest}"])
                sign = 1 if rest.endswith(" in") else -1
                self.frees[0, column] += sign * carbon * CARBON_TO_CO2 * scale
            elif word == "serves" and name == ACID:
                self.takes[self.place[rest.split()[1]], column] += value / output
        if (name, "circular mass") in self.table:
            self._circular(name, output)

    def _published(self, name: str) -> None:
        """Kg CO2e of a publication, as the gases of an industry in proportion."""
        figure = next(f for f in ("total", "contribution", "published") if (name, f) in self.table)
        total = self.number(name, figure)
        if figure == "contribution":
            total /= self.number(name, "per_final")
        subject = f"split-{self.table[name, 'split']}"
        gases = np.array([float(self.table.get((subject, f"gas {gas}"), 0)) for gas in GASES])
        self.frees[:, self.place[name]] = gases * total / (GWP["AR6"] @ gases)

    def _subtract_below(self, name: str) -> None:
        """Of what is published as a total the inputs bring their part."""
        column, below = self.place[name], 0.0
        todo = [(n, self.takes[n, column]) for n in np.flatnonzero(self.takes[:, column])]
        while todo:
            n, amount = todo.pop()
            below += amount * (GWP["AR6"] @ self.frees[:, n])
            todo += [(m, amount * self.takes[m, n]) for m in np.flatnonzero(self.takes[:, n])]
        whole = GWP["AR6"] @ self.frees[:, column]
        self.frees[:, column] *= (whole - below) / whole

    def _circular(self, name: str, output: float) -> None:
        """Primary and recycled material at the gate: (EU) 2021/2279, annex I, 4.4.8.1."""
        a, r1, quality = (self.number(name, f"circular {x}") for x in ("A", "R1", "qualityIn"))
        mass = self.number(name, "circular mass") / output
        primary = (1 - r1) + r1 * (1 - a) * quality
        self.takes[self.place["smelter"], self.place[name]] += mass * primary
        self.takes[self.place["remelt-works"], self.place[name]] += mass * r1 * a
