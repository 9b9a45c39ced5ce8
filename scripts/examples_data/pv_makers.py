"""The makers of the materials and of the module."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from drafts import Draft
from pv_texts import (
    CARBON,
    COUNTRIES,
    ESTIMATE,
    EXTRACTED,
    EXTRACTION,
    LEFT_OUT,
    NAMES,
    NO_CARBON,
    TRANSPORT,
    UPSTREAM,
)
from yamltext import Line, decimal_text, quoted

if TYPE_CHECKING:
    from pv_table import Figures

HUNDRED = Fraction(100)
KILOMETRES = 1000
ALLOWANCE = Fraction(2, 100)  # packaging, auxiliaries and, for the module, the junction box
EVA = Fraction(67, 100) * Fraction("24.022") / Fraction("28.054") + Fraction(33, 100) * Fraction(
    "48.044"
) / Fraction("86.090")
PET = Fraction("120.110") / Fraction("192.170")
CARBON_SHARE = {
    "encapsulant": Fraction(decimal_text(EVA, 4)),
    "backsheet": Fraction(decimal_text(PET, 4)),
}


def product_members(mass: Fraction, carbon: Fraction, exempted: int) -> dict[str, str]:
    """Give the pcf members that a product has and a factor may leave out."""
    return {
        "productMassPerDeclaredUnit": quoted(decimal_text(mass)),
        "fossilCarbonContent": quoted(decimal_text(carbon, 4)),
        "ipccCharacterizationFactors": "[AR6]",
        "crossSectoralStandards": "[ISO14067]",
        "packagingEmissionsIncluded": "false",
        "exemptedEmissionsPercent": quoted(str(exempted)),
    }


def grid_intensity(figures: Figures, country: str) -> Fraction:
    """Give kg CO2e per kWh of a country's mix; needed for the exempted share only."""
    if country == "CN":
        return figures("grid", "electricity", "CN").value
    mix = figures.mix(country)
    weighted = (share.value * figures("factor", fuel).value for fuel, share in mix.items())
    return sum(weighted, Fraction(0)) / sum(share.value for share in mix.values())


@dataclass(frozen=True)
class Maker:
    """One fictional maker of one material in one country; amounts are per kilogram delivered."""

    figures: Figures
    material: str
    country: str

    @property
    def id(self) -> str:
        """Give the maker's and its product's short name."""
        return f"{NAMES[self.material][0]}-{self.country.lower()}"

    def percent(self, figure: str) -> Fraction:
        """Give a figure in percent as a fraction of one."""
        return self.figures(self.material, figure).value / HUNDRED

    @property
    def entering(self) -> Fraction:
        """Kilograms entering manufacture per kilogram delivered."""
        return 1 / self.percent("yield")

    @property
    def energy(self) -> Fraction:
        """Kilowatt hours of heat and electricity per kilogram delivered."""
        return self.figures(self.material, "energy").value * self.entering

    @property
    def extracts(self) -> bool:
        """Whether the maker counts the extraction of its raw material."""
        return (self.material, self.country) in EXTRACTED

    @property
    def extraction(self) -> Fraction:
        """Kilowatt hours of extracting what one kilogram delivered takes."""
        raw = self.entering / self.percent("extraction_yield")
        return raw * self.figures(self.material, "extraction_energy").value

    def lines(self) -> tuple[Line, ...]:
        """Give electricity, heat, process emissions, and extraction where it is counted."""
        energy = self.figures(self.material, "energy")
        share, loss = (
            self.figures(self.material, "fuel_share"),
            self.figures(self.material, "yield"),
        )
        material, country = NAMES[self.material][0], self.country.lower()
        return (
            Line(
                stage="manufacturing",
                description=f"Electricity from the grid of {COUNTRIES[self.country]}",
                value=decimal_text(self.energy * (1 - self.percent("fuel_share"))),
                unit="kilowatt hour",
                source=f"{{input: grid-{country}}}",
                why=f"{energy.text} kWh/kg entering * (1 - {share.text} %) / yield {loss.text} %; "
                f"{energy.place}; e_mat_MFG_fuelfraction",
            ),
            Line(
                stage="manufacturing",
                description="Process heat, direct CO2 of its fuel",
                value=decimal_text(self.energy * self.percent("fuel_share")),
                unit="kilowatt hour",
                source="{emission: CO2e, factor: heat-direct}",
                why=f"{energy.text} kWh/kg entering * {share.text} % / yield {loss.text} %; "
                f"{share.place}",
            ),
            Line(
                stage="manufacturing",
                description="Emissions of the process itself",
                value=decimal_text(self.entering),
                unit="kilogram",
                source=f"{{emission: CO2e, factor: process-{material}}}",
                why=f"1 kg delivered / yield {loss.text} %; {loss.place}",
            ),
            *self.extracting(),
        )

    def extracting(self) -> tuple[Line, ...]:
        """Give the heat of extraction where it is counted."""
        if not self.extracts:
            return ()
        taken, kept = (self.figures(self.material, f"extraction_{n}") for n in ("energy", "yield"))
        return (
            Line(
                stage="raw-material",
                description="Energy of extraction as heat, direct CO2 of its fuel",
                value=decimal_text(self.extraction),
                unit="kilowatt hour",
                source="{emission: CO2e, factor: heat-direct}",
                why=f"{taken.text} kWh/kg / yields {kept.text} % and"
                f" {self.figures(self.material, 'yield').text} %; {taken.place}; mat_virgin_eff",
            ),
        )

    def total(self) -> Fraction:
        """Give kg CO2e per kilogram, unrounded; needed for the exempted share only."""
        heat = self.figures("factor", "SteamAndHeat").value * self.percent("fuel_share")
        power = grid_intensity(self.figures, self.country) * (1 - self.percent("fuel_share"))
        process = self.figures(self.material, "process").value * self.entering
        counted = self.extraction if self.extracts else Fraction(0)
        direct = self.figures("factor", "SteamAndHeat").value
        return self.energy * (heat + power) + process + counted * direct

    def left_out(self) -> tuple[Fraction, Fraction, Fraction]:
        """Give kg CO2e per kilogram of extraction, heat's fuel upstream, transport."""
        left = Fraction(0) if self.extracts else self.extraction
        heat = self.energy * self.percent("fuel_share")
        return (
            left * self.figures("factor", "SteamAndHeat").value,
            heat * self.figures("left_out", "heat_upstream").value,
            self.entering * lorry(self.figures),
        )

    def draft(self) -> Draft:
        """Give the maker's draft."""
        product = NAMES[self.material][1]
        percent, why = exempted(self.left_out(), self.total(), "packaging and auxiliaries")
        carbon = CARBON_SHARE.get(self.material, Fraction(0))
        return Draft(
            id=self.id,
            issuer=self.id,
            role="product",
            name=f"{product[0].upper()}{product[1:]}, {COUNTRIES[self.country]}",
            description=f"One kilogram of {product}, made in {COUNTRIES[self.country]}. The maker "
            "is fictional; the figures are PV ICE's for 2024 (doi:10.1016/j.isci.2021.103488). "
            "Electricity by the grid mix, heat and process emissions direct only. AR6 holds for "
            f"the heat's CO2; the other sources state no GWP set. "
            f"{CARBON.get(self.material, NO_CARBON)} What is left out, and the derivation of its "
            "estimated share: exemptedEmissionsDescription.",
            unit="kilogram",
            country=self.country,
            pcf=product_members(Fraction(1), carbon, percent),
            texts={"exemptedEmissionsDescription": why},
            lines=self.lines(),
        )


def lorry(figures: Figures) -> Fraction:
    """Give kg CO2e of carrying one kilogram the assumed distance."""
    per_tkm = figures("left_out", "lorry").value + figures("left_out", "lorry_upstream").value
    return per_tkm * KILOMETRES / 1000


def exempted(
    parts: tuple[Fraction, Fraction, Fraction], total: Fraction, others: str, *, but: str = ""
) -> tuple[int, str]:
    """Give the exempted share in whole percent and its derivation in words.

    ``parts`` and ``total`` are kg CO2e per declared unit; the allowance is a share of ``total``.
    ``but`` names the material whose extraction is counted.
    """
    missing = sum(parts, total * ALLOWANCE)
    percent = round(HUNDRED * missing / (missing + total))
    extraction, upstream, transport = (decimal_text(part, 4) for part in parts)
    of_extraction = f"{EXTRACTION}: {extraction}; " if parts[0] else ""
    except_for = f" (but of {but})" if but else ""
    extracting = f"extraction energy of raw materials{except_for}, " if parts[0] else ""
    return percent, (
        f"{ESTIMATE} {extracting}{LEFT_OUT}. Per declared unit, in kg CO2e: {of_extraction}"
        f"{UPSTREAM}: {upstream}; {TRANSPORT}: {transport}; {others}, an allowance of 2 % of the "
        f"total, a guess: {decimal_text(total * ALLOWANCE, 4)}. Together "
        f"{decimal_text(missing, 4)} beside a total of {decimal_text(total, 4)}, hence {percent} %."
    )


def delivered(figures: Figures, makers: list[Maker]) -> list[tuple[Maker, Fraction]]:
    """Give the kilograms that each maker delivers per square metre of good module."""
    good = figures("module", "yield").value / HUNDRED
    shares = {m: sum(f.value for f in figures.makers(m).values()) for m in NAMES}
    return [
        (
            maker,
            figures(maker.material, "mass").value
            / 1000
            / good
            * figures.makers(maker.material)[maker.country].value
            / shares[maker.material],
        )
        for maker in makers
    ]


def module_lines(figures: Figures, makers: list[Maker]) -> tuple[Line, ...]:
    """Give the materials by maker and the electricity of assembly."""
    good, assembly = figures("module", "yield"), figures("module", "assembly")
    lines = []
    for maker, mass in delivered(figures, makers):
        area, shares = figures(maker.material, "mass"), figures.makers(maker.material)
        share = shares[maker.country]
        kept = decimal_text(sum((f.value for f in shares.values()), Fraction(0)))
        name = NAMES[maker.material][1]
        lines.append(
            Line(
                stage="raw-material",
                description=f"{name[0].upper()}{name[1:]} from {COUNTRIES[maker.country]}",
                value=decimal_text(mass * 1000),
                unit="gram",
                source=f"{{input: {maker.id}}}",
                why=f"{area.text} g/m2 / module yield {good.text} % * share {share.text} of "
                f"{kept}; {area.place}; {share.place}",
            )
        )
    power = Line(
        stage="manufacturing",
        description="Electricity of module assembly",
        value=decimal_text(assembly.value / good.value * HUNDRED),
        unit="watt hour",
        source="{input: grid-cn}",
        why=f"{assembly.text} Wh/m2 / module yield {good.text} %; {assembly.place}; {good.place}",
    )
    return (*lines, power)


def module(figures: Figures, makers: list[Maker]) -> Draft:
    """Draft the module itself; five digits, which the suppliers' rounding can't reach."""
    mass = {m: figures(m, "mass").value / 1000 for m in NAMES}
    good = figures("module", "yield").value / HUNDRED
    supply = delivered(figures, makers)
    assembly = figures("module", "assembly").value / 1000 / good
    total = sum(
        (kilograms * maker.total() for maker, kilograms in supply),
        assembly * grid_intensity(figures, "CN"),
    )
    columns = zip(
        *([part * kilograms for part in maker.left_out()] for maker, kilograms in supply),
        strict=True,
    )
    extraction, upstream, transport = (sum(column, Fraction(0)) for column in columns)
    percent, why = exempted(
        (extraction, upstream, transport),
        total,
        "junction box, cables, packaging and auxiliaries",
        but="the Congo's copper",
    )
    carbon = sum((mass[m] * share for m, share in CARBON_SHARE.items()), Fraction(0))
    return Draft(
        id="module-cn",
        issuer="module-cn",
        role="product",
        name="Crystalline-silicon PV module, glass and backsheet, China",
        description="One square metre of a crystalline-silicon PV module, assembled in China with "
        "materials by the market shares of 2024. The maker is fictional; the figures are PV ICE's "
        "(doi:10.1016/j.isci.2021.103488). Each material's shares are those of its four largest "
        "single countries (1 % or more, ties kept) that have a grid mix of their own in the data, "
        "renormalised. The module yield applies to materials and electricity alike. AR6 holds for "
        "the heat's CO2; the other sources state no GWP set. Fossil carbon is that of encapsulant "
        "and backsheet. What is left out, and the derivation of its estimated share: "
        "exemptedEmissionsDescription.",
        unit="square meter",
        country="CN",
        pcf=product_members(sum(mass.values(), Fraction(0)), carbon, percent),
        texts={"exemptedEmissionsDescription": why},
        digits=5,
        lines=module_lines(figures, makers),
    )
