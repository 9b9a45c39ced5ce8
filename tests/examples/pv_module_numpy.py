"""The PV module's footprint from the published figures alone, in a few lines of numpy.

Reads examples/pv-module/figures.csv and nothing else: no inventory, no ledger, no calc.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

FIGURES = Path(__file__).resolve().parents[2] / "examples" / "pv-module" / "figures.csv"


def footprint_per_square_metre(path: Path = FIGURES) -> float:
    """Kg CO2e per m2 of good module: materials by makers' countries, then assembly in China."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    table = {(r["subject"], r["country"], r["figure"]): float(r["value"]) for r in rows}
    china = table["grid", "CN", "electricity"]
    heat = table["factor", "", "SteamAndHeat"]

    def grid(country: str) -> float:
        if country == "CN":
            return china
        mix = [
            (v, table["factor", "", f])
            for (s, c, f), v in table.items()
            if (s, c) == ("grid", country)
        ]
        share, factor = np.array(mix).T
        return float(share @ factor / share.sum())

    materials = list(dict.fromkeys(r["subject"] for r in rows if r["figure"] == "share"))
    names = ("mass", "yield", "energy", "fuel_share", "process")
    mass, good, energy, fuel, process = np.array(
        [[table[m, "", name] for name in names] for m in materials]
    ).T
    makers = [{c: v for (s, c, f), v in table.items() if (s, f) == (m, "share")} for m in materials]
    power = np.array(
        [np.average([grid(c) for c in by], weights=list(by.values())) for by in makers]
    )
    entering = mass / 1000 / (good / 100)
    per_kg = energy * ((1 - fuel / 100) * power + fuel / 100 * heat) + process
    # The Congo's copper counts its extraction too, as heat.
    taken, kept = (table["copper", "", f"extraction_{name}"] for name in ("energy", "yield"))
    place = materials.index("copper")
    part = makers[place]["CD"] / sum(makers[place].values())
    per_kg[place] += part * taken / (kept / 100) * heat
    assembly = table["module", "", "assembly"] / 1000 * china
    return float((entering @ per_kg + assembly) / (table["module", "", "yield"] / 100))
