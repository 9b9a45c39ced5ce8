"""A statement's draft as a readable file: the members of FootprintStatement, in its own words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from yamltext import folded, listed, members, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Protocol

    class Written(Protocol):
        """What a line of an inventory is here: something that gives its own YAML."""

        def yaml(self) -> str:
            """Give the line as an item of ``inventory``."""


YEAR = 2024  # of the makers, and of a factor whose source names no other
VALID = ("2025-11-01T00:00:00Z", "2027-12-31T23:59:59Z")  # PACT: at most 3 years after the period
LINE_DIGITS, DIGITS = 12, 10


@dataclass(frozen=True)
class Draft:
    """A statement's draft; ``pcf`` and ``head`` hold values already written as YAML.

    ``blocks`` are further members of the head as whole lines: a process, gases, evidence. ``year``
    is the reference period, the one that a factor's source states.
    """

    id: str
    issuer: str
    role: str
    name: str
    description: str
    unit: str
    country: str
    basis: str = "life-cycle"
    head: dict[str, str] = field(default_factory=dict)
    pcf: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)  # further long texts inside pcf
    blocks: str = ""
    sets: str = ""
    digits: int = DIGITS
    year: int = YEAR
    lines: Sequence[Written] = ()

    def yaml(self) -> str:
        """Give the draft as the text of its file."""
        head = {
            "kind": "FootprintStatement",
            "issuer": self.issuer,
            "role": self.role,
            "productIds": listed([f"urn:rootprint-example:{self.id}"]),
            "productNameCompany": quoted(self.name),
        }
        # What a direct factor counts begins and ends at the gate where the fuel burns.
        boundary = "gate-to-gate" if self.basis == "direct-only" else "cradle-to-gate"
        after = {"boundary": boundary, "basis": self.basis, **self.head}
        after |= {"validFrom": quoted(VALID[0]), "validUntil": quoted(VALID[1])}
        return (
            members(head)
            + folded("productDescription", self.description)
            + members(after)
            + self.footprint()
            + self.blocks
            + self.rest()
        )

    def footprint(self) -> str:
        """Give the ``pcf`` member."""
        pcf = {
            "declaredUnitOfMeasurement": self.unit,
            "declaredUnitAmount": quoted("1"),
            "referencePeriodStart": quoted(f"{self.year}-01-01T00:00:00Z"),
            "referencePeriodEnd": quoted(f"{self.year + 1}-01-01T00:00:00Z"),
            "geographyCountry": quoted(self.country),
            **self.pcf,
        }
        texts = "".join(folded(name, text, "  ") for name, text in self.texts.items())
        return "pcf:\n" + members(pcf, "  ") + texts

    def rest(self) -> str:
        """Give the inventory with its rounding, or a bare factor's characterisation sets."""
        if not self.lines:
            return f'characterizationSets:\n  - {{set: {self.sets}, share: "100.0000"}}\n'
        rounding = {"lineDigits": str(LINE_DIGITS), "digits": str(self.digits)}
        return members(rounding) + "inventory:\n" + "".join(line.yaml() for line in self.lines)

    def write(self, example: Path) -> None:
        """Write the draft's file under ``example``."""
        folder = example / "inventories"
        folder.mkdir(exist_ok=True)
        (folder / f"{self.id}.yaml").write_text(self.yaml(), encoding="utf-8")


def bare(value: str) -> dict[str, str]:
    """Give the pcf members of a factor that has a value and no inventory; all of it fossil."""
    names = ("fossilGhgEmissions", "pcfExcludingBiogenicUptake", "pcfIncludingBiogenicUptake")
    return {name: quoted(value) for name in names} | {"primaryDataShare": quoted("0")}
