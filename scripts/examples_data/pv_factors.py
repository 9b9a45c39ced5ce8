"""The factors under the PV module: fuels, grids, heat, process emissions."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from drafts import Draft, bare
from pv_texts import BSD, COUNTRIES, FUELS, NAMES, PV_ICE, WORLDWIDE
from yamltext import Line, decimal_text, quoted

if TYPE_CHECKING:
    from pv_table import Figures

NOT_AN_AUTHORITY = "The publisher is fictional, carries a published value and is no authority."


def terms(reference: str, licence: str, *, transmission: bool | None = None) -> dict[str, str]:
    """Give reference and licence, and for electricity whether transmission is inside."""
    head = {"reference": quoted(reference), "licence": quoted(licence)}
    if transmission is not None:
        head = {"includesTransmission": str(transmission).lower()} | head
    return head


def fuel(figures: Figures, name: str) -> Draft:
    """Draft the life-cycle factor of electricity from one fuel (column CO2eq_gpWh_ember)."""
    figure, (short, words) = figures("factor", name), FUELS[name]
    return Draft(
        id=f"fuel-{short}",
        issuer="fuel-factors",
        role="factor",
        name=f"Electricity from {words}, life cycle",
        description=f"Life-cycle factor of electricity from {words}, at the plant, without "
        f"transmission: PV ICE's value ({figure.place}). The table states "
        "neither a year nor a GWP set, and no split by gas: all of it stands as fossil. "
        f"{WORLDWIDE} {NOT_AN_AUTHORITY}",
        unit="kilowatt hour",
        country="US",
        head=terms(PV_ICE, BSD, transmission=False),
        pcf=bare(figure.text),
        sets="unstated",
    )


def heat(figures: Figures) -> Draft:
    """Draft the direct CO2 of process heat (column CO2_gpWh_EPA): for emission lines only."""
    figure = figures("factor", "SteamAndHeat")
    return Draft(
        id="heat-direct",
        issuer="heat-factors",
        role="factor",
        name="Process heat, direct CO2 of combustion",
        description=f"Direct CO2 of steam and heat: US EPA's value as in PV ICE ({figure.place}). "
        "CO2 alone, whose GWP is 1 in every set, so AR6 holds. The fuel's upstream emissions are "
        f"not in it; the makers name them as left out. {WORLDWIDE} {NOT_AN_AUTHORITY}",
        unit="kilowatt hour",
        country="US",
        basis="direct-only",
        head=terms(PV_ICE, BSD),
        pcf=bare(figure.text),
        sets="AR6",
    )


def process(figures: Figures, material: str) -> Draft:
    """Draft the process emissions per kilogram of one material entering manufacture."""
    figure, (short, product) = figures(material, "process"), NAMES[material]
    return Draft(
        id=f"process-{short}",
        issuer="process-factors",
        role="factor",
        name=f"Process emissions of making {product}, direct",
        description=f"Emissions of the process itself, heat and electricity not in it, per "
        f"kilogram of material entering manufacture: PV ICE's value ({figure.place}). GWP set and "
        f"split by gas unstated: all of it stands as fossil. {WORLDWIDE} {NOT_AN_AUTHORITY}",
        unit="kilogram",
        country="US",
        basis="direct-only",
        head=terms(PV_ICE, BSD),
        pcf=bare(figure.text),
        sets="unstated",
    )


def china_grid(figures: Figures) -> Draft:
    """Draft China's published national average of 2024."""
    figure = figures("grid", "electricity", "CN")
    return Draft(
        id="grid-cn",
        issuer="grid-cn",
        role="factor",
        name="Electricity, China 2024, life cycle",
        description="National average carbon footprint factor of electricity, China 2024, as "
        "published. The announcement gives transmission a factor of its own and the "
        "sources read here do not say whether the average holds it; published per-generation "
        "factors suggest so, and it is marked as held: no losses may be added on top, and none "
        f"are here. GWP set unstated. {NOT_AN_AUTHORITY}",
        unit="kilowatt hour",
        country="CN",
        head=terms(
            f"{figure.place.split(', row')[0]}: carbon footprint factors of electricity 2024",
            "official announcement of the People's Republic of China, a published figure",
            transmission=True,
        ),
        pcf=bare(figure.text),
        sets="unstated",
    )


def grid(figures: Figures, country: str) -> Draft:
    """Draft one country's grid mix as an inventory of per-fuel factors."""
    mix = figures.mix(country)
    total = sum((figure.value for figure in mix.values()), Fraction(0))
    lines = tuple(
        Line(
            stage="manufacturing",
            description=f"Electricity from {FUELS[name][1]}",
            value=decimal_text(figure.value / total),
            unit="kilowatt hour",
            source=f"{{input: fuel-{FUELS[name][0]}}}",
            why=f"{figure.text} % of {decimal_text(total)} %; {figure.place}",
        )
        for name, figure in mix.items()
    )
    added = decimal_text(total)
    return Draft(
        id=f"grid-{country.lower()}",
        issuer=f"grid-{country.lower()}",
        role="factor",
        name=f"Electricity, {COUNTRIES[country]} 2024, grid mix",
        description=f"One kilowatt hour of {COUNTRIES[country]}'s generation mix of 2024 as in PV "
        f"ICE (baseline_countrygridmix.csv). The published shares add to {added} % and are "
        "renormalised to 1. Without transmission losses. The publisher is fictional and no "
        "authority.",
        unit="kilowatt hour",
        country=country,
        head=terms(PV_ICE, BSD, transmission=False),
        lines=lines,
    )
