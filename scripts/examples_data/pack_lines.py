"""Inventory lines of the battery pack: amounts, sources, spreads and meters of figures.csv."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from pack_texts import FACTORS
from yamltext import WIDTH, decimal_text, members, quoted

if TYPE_CHECKING:
    from pack_table import Figure, Figures

HUNDRED = 100
ELECTRICITY = {"grid-cn": "grid", "wind-farm": "contract"}
SCORES = ("reliability", "completeness", "temporal", "geographical", "technological")
REGISTRY = "Example Green Certificate Registry"
# A green certificate has 32 characters: 17 of the project, 15 of month, serial and class.
FIRST, LAST = "WF1ZJ202311000717202406000000111", "WF1ZJ202311000717202406000100110"


@dataclass(frozen=True)
class Entry:
    """One entry of ``inventory``: its members as YAML texts, and as a comment where it is from."""

    description: str
    why: str
    members: dict[str, str]

    def yaml(self) -> str:
        """The entry as an item of ``inventory``."""
        why = textwrap.fill(self.why, WIDTH, initial_indent="    # ", subsequent_indent="    # ")
        inner = members(self.members, "    ")
        return f"  - description: {quoted(self.description)}\n{why}\n{inner}"


def interval(row: Figure, indent: str) -> str:
    """A meter's expanded uncertainty (k = 2) as the central interval of 95 %."""
    part = Fraction(row.percent) / HUNDRED
    low, high = (decimal_text(row.value * (1 + sign * part), 15) for sign in (-1, 1))
    return (
        f"\n{indent}distribution: normal\n{indent}statedValue: {quoted(row.text)}\n"
        f'{indent}interval: {{lower: {quoted(low)}, upper: {quoted(high)}, percent: "95"}}'
    )


def scores(row: Figure) -> str:
    """A row's pedigree scores; what is transported varies more than what is weighed."""
    basic = "transport" if row.unit == "ton kilometer" else "energy-and-materials"
    named = zip(SCORES, row.pedigree.split(), strict=True)
    inner = ", ".join(f"{name}: {score}" for name, score in named)
    return f'{{version: "2", basic: {basic}, scores: {{{inner}}}}}'


def measured(row: Figure, digest: str) -> dict[str, str]:
    """Whether the amount was measured, how far it may be off, and the readings."""
    said = {"primary": str(bool(row.meter)).lower()}
    if row.percent:
        said["uncertainty"] = interval(row, "      ")
    if row.pedigree:
        said["pedigree"] = scores(row)
    if row.meter:
        said["evidence"] = f"[{quoted(digest)}]"
    return said


def line(description: str, row: Figure, source: str, digest: str, **further: str) -> Entry:
    """An entry of one amount and one source."""
    said = {
        "stage": row.stage,
        "amount": f"{{value: {quoted(row.text)}, unit: {row.unit}}}",
        "source": source,
    }
    meter = f"meter {row.meter}" if row.percent and row.meter else ""
    why = "; ".join(part for part in (meter, row.why) if part)
    return Entry(description, why, said | measured(row, digest) | further)


def input_line(row: Figure, name: str, words: str, digest: str) -> Entry:
    """An entry that cites ``name``; electricity says where it comes from.

    A factor of what burns and nothing upstream is an emission of the line.
    """
    further: dict[str, str] = {}
    if name in ELECTRICITY:
        further["electricity"] = ELECTRICITY[name]
    if ELECTRICITY.get(name) == "contract":
        further["certificate"] = (
            f"{{registry: {quoted(REGISTRY)}, id: {FIRST},"
            f" MWh: {quoted(row.text)}, claim: wind-claim}}"
        )
    direct = name in FACTORS and FACTORS[name].direct
    source = f"{{emission: CO2e, factor: {name}}}" if direct else f"{{input: {name}}}"
    return line(words, row, source, digest, **further)


def gas_line(row: Figure, gas: str, digest: str) -> Entry:
    """An entry of a gas that was measured; what is captured says how and where it stays."""
    if gas != "CO2_captured":
        return line(f"{gas} of the process", row, f"{{gas: {gas}, set: AR6}}", digest)
    removal = (
        '{method: "capture from flue gas by amines, stored in a saline aquifer",'
        ' evidence: "monitoring report of 2024 (fictional)",'
        f" stored: {{value: {quoted(row.text)}, unit: {row.unit}}}}}"
    )
    words = "CO2 captured and stored in a saline aquifer"
    return line(words, row, "{gas: CO2_captured, set: AR6}", digest, removal=removal)


def balance_line(figures: Figures, subject: str, digest: str) -> Entry:
    """An entry of the carbon balance of a year."""
    streams = figures.of(subject, "stream")
    text = ""
    for name, row in streams.items():
        stream, _, direction = name.rpartition(" ")
        carbon = figures(subject, f"carbon {name}").text
        text += (
            f"\n        - {{stream: {stream}, direction: {direction}, mass: {{value:"
            f" {quoted(row.text)}, unit: {row.unit}}}, carbon: {quoted(carbon)}}}"
        )
    row = figures(subject, "balance")
    names = [name.rpartition(" ")[0] for name in streams if name.endswith(" in")]
    return line(f"Carbon balance: {', '.join(names)}", row, f"\n      balance:{text}", digest)


def circular_entry(figures: Figures, subject: str, digest: str) -> Entry:
    """The entry of the Circular Footprint Formula: recycled content of a housing's aluminium."""
    mass = figures(subject, "circular mass")
    rows = {n: r for n, r in figures.of(subject, "circular").items() if n != "mass"}
    text = (
        "\n      material: aluminium of the housing"
        f"\n      mass: {{value: {quoted(mass.text)}, unit: {mass.unit}}}"
    )
    for name, row in rows.items():
        place = f" # {row.why}" if row.file or row.note else ""
        text += f"\n      {name}: {quoted(row.text)}{place}"
    text += "\n      inputs: {virgin: smelter, recycled: remelt-works}"
    return Entry(
        "Aluminium of the housing",
        f"meter {mass.meter}; {mass.why}",
        {"circular": text, **measured(mass, digest)},
    )
