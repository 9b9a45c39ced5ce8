"""What a maker hides in each of two worlds: a recipe, the process it is a share of, and its pool.

The part is a co-product of a process and a variant of what the maker makes. What is signed in the
open is alike: totals, components, shares of the footprint, numbers of slots and of records.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from tests.cli.story import MAKER, product_file

REGISTRY: Final = "Example registry"
CERTIFICATE: Final = "W-0001"
NUMBER, OF_ALL = "6.5", "9"  # kg CO2e per kilogram: of the part, and of all that is made
_SPREAD: Final = (
    ", uncertainty: {{distribution: lognormal, statedValue: '{amount}',"
    " geometricStandardDeviation: '{gsd}'}}"
)
_LINE: Final = (
    "  - {{stage: {stage}, description: {what}, amount: {{value: '{amount}', unit: {unit}}},"
    " source: {{{source}}}, primary: true{more}}}\n"
)


@dataclass(frozen=True)
class Line:
    """What one kilogram of the part takes or emits; ``gsd`` is its deviation."""

    what: str
    amount: str
    source: str
    gsd: str
    stage: str = "manufacturing"

    def text(self, times: Decimal = Decimal(1)) -> str:
        """Return it as a line of an inventory file, of so many kilograms."""
        amount = _times(self.amount, times)
        more = _SPREAD.format(amount=amount, gsd=self.gsd)
        return _LINE.format(
            stage=self.stage, what=self.what, amount=amount, unit="kg", source=self.source,
            more=more,
        )  # fmt: skip


def taken(what: str, amount: str, name: str, gsd: str) -> Line:
    """Return a line that takes an input."""
    return Line(what, amount, f"input: {name}", gsd, "raw-material")


def emitted(what: str, amount: str, gas: str, gsd: str) -> Line:
    """Return a line that emits a gas."""
    return Line(what, amount, f"gas: {gas}, set: AR6", gsd)


@dataclass(frozen=True)
class Power:
    """Electricity by contract: kilowatt hours for a kilogram, their figure, what is certified."""

    what: str
    amount: str
    published: str
    certified: str

    def text(self, times: Decimal = Decimal(1)) -> str:
        """Return it as a line of an inventory file, which rests on the maker's claim."""
        source = (
            f"published: '{self.published}', per: kilowatt hour, component: fossilGhgEmissions,"
            f" reference: {self.what}"
        )
        more = (
            f", certificate: {{registry: {REGISTRY}, id: {CERTIFICATE}, MWh: '{self.certified}',"
            " claim: wind}"
        )
        return _LINE.format(
            stage="manufacturing", what=self.what, amount=_times(self.amount, times),
            unit="kWh", source=source, more=more,
        )  # fmt: skip


@dataclass(frozen=True)
class Recipe:
    """What a maker hides: lines, power, process, what is made, its pool, a document.

    ``outputs`` are the others of the process, by name and how many times as much they are as the
    part; ``variants`` those of other customers, as code, volume and number.
    """

    lines: tuple[Line, ...]
    power: Power
    outputs: tuple[tuple[str, int], ...]
    produced: str
    made: str
    variants: tuple[tuple[str, str, str], ...]
    document: str

    def part(self, pool: str = "") -> str:
        """Return the part's inventory file; ``pool`` is the name of its pool, once there is one."""
        of = 1 + sum(times for _, times in self.outputs)
        whole = Decimal(self.produced) * of
        lines = "".join(line.text(whole) for line in (*self.lines, self.power))
        rows = "".join(
            f"    - {{name: {name}, productId: 'urn:example:{name}',"
            f" amount: {{value: '{_times(self.produced, Decimal(times))}', unit: kg}}}}\n"
            for name, times in (("part", 1), *self.outputs)
        )
        named = f", pool: {pool}" if pool else ""
        return (
            product_file("part", MAKER, {})
            + lines
            + "process:\n  name: Kiln 1\n  site: 'urn:example:site-1'\n  record: kiln\n"
            + f"  product: part\n  outputs:\n{rows}  allocation: {{method: physical}}\n"
            + f"variant: {{reason: energy-attributes, code: GREEN1{named}}}\n"
            + f"producedAmount: {{value: '{self.produced}', unit: kg}}\n"
            + f"evidence:\n  - {{digest: 'sha256:{self.document * 32}', type: meter-reading}}\n"
        )

    def whole(self) -> str:
        """Return the file of the number of all that the maker makes, the base of the pool."""
        lines = Line(f"all of {self.lines[-1].what}", OF_ALL, "gas: CO2, set: AR6", "1.0004")
        return (
            product_file("part", MAKER, {})
            + lines.text()
            + f"producedAmount: {{value: '{self.made}', unit: kg}}\n"
        )

    def pool(self) -> str:
        """Return the file of the pool that parts it."""
        rows = "".join(
            f"  - {{code: {code}, volume: '{volume}', value: '{value}'}}\n"
            for code, volume, value in (("GREEN1", self.produced, NUMBER), *self.variants)
        )
        return (
            f"kind: VariantPool\nissuer: {MAKER}\nvalidFrom: '2026-01-01T00:00:00Z'\n"
            "validUntil: '2028-12-31T00:00:00Z'\nbase: whole\nreason: energy-attributes\n"
            f"variants:\n{rows}"
        )

    def told(self) -> tuple[str, ...]:
        """Return texts that stand in no answer to whoever may not read the recipe."""
        lines = [text for line in self.lines for text in (line.what, line.amount, line.gsd)]
        rows = [text for row in self.variants for text in row]
        power = (self.power.what, self.power.certified)
        others = (name for name, _ in self.outputs)
        return (*lines, *rows, *power, *others, self.produced, self.made, self.document * 32)


def _times(amount: str, times: Decimal) -> str:
    return f"{Decimal(amount) * times:f}"


# 5 kg CO2e of what is taken, 1.4 of the stack and 0.1 of the power, each way.
RECIPES: Final = {
    "one": Recipe(
        (
            taken("cathode paste of mill seven", "2.000000011", "fuel", "1.1171"),
            emitted("stack of hall nine", "1.399999972500000", "CO2", "1.0931"),
        ),
        Power("wind of the northern ridge", "0.25", "0.4", "30000.25"),
        (("clinker", 3),),
        "91357",
        "777123",
        (),
        "a1",
    ),
    "other": Recipe(
        (
            taken("binder of the western yard", "1.000000013", "coal", "1.3713"),
            taken("solvent of the eastern yard", "1.1999999896", "fuel", "1.2917"),
            emitted("roof vent of the kiln", "0.207999997", "CO2", "1.4419"),
            emitted("flare of the kiln", "0.0400000001", "CH4_fossil", "2.2171"),
            emitted("boiler of the annex", "0.00000002", "CO2", "1.0213"),
        ),
        Power("hydro of the southern dam", "0.2", "0.5", "34567.75"),
        (("fly-ash-of-the-kiln", 1), ("gypsum-of-the-kiln", 2)),
        "24680246",
        "98765432",
        (("TEALMOTORS7", "1357911", "8.125"), ("OCHRERAIL4", "2468013", "3.0625")),
        "b2",
    ),
}
