"""What the battery pack's figures are of: names, places and words of every statement."""

from __future__ import annotations

from dataclasses import dataclass

CPCD_REFERENCE = "China Products Carbon Footprint Factors Database (CPCD), product {}"
CN_REFERENCE = (
    "MEE, NBS and NEA: carbon footprint factors of electricity 2024, announcement of 2025-09-28"
)
EPA_REFERENCE = "US EPA, Supply Chain GHG Emission Factors v1.3.0, byGHG, doi:10.23719/1531143"
LIB_REFERENCE = (
    "Istrate et al., Joule 2024; robyistrate/decarbonization_LIB_raw_materials, commit 451e7cae"
)
FACT = "a published figure, quoted with its source"
NOT_AN_AUTHORITY = "The publisher is fictional, carries a published value and is no authority."
READ_AS_AR6 = (
    "The source names no GWP set; GB/T 24067-2024 and ISO 14067 ask for the latest values of the "
    "IPCC, so it is read as AR6. It has no gases either: they are those of {}, in proportion, and "
    "CO2 takes the rest. Both are our reading."
)
SPEND = (
    "Masses of CO2, CH4, N2O, CF4, C2F6 and SF6 per dollar of {} as the EPA has them, without "
    "margins, times their GWP of AR6; its other gases, 0.1 to 0.7 % of the total, are left out. "
    "What a dollar buys in China is another thing: a factor for what has no better one."
)


@dataclass(frozen=True)
class Factor:
    """A factor's words; who publishes it is fictional."""

    issuer: str
    name: str
    unit: str
    country: str
    reference: str
    licence: str
    description: str
    transmission: bool | None = None
    service: str = ""
    classification: str = ""
    year: int = 2024  # that of the source
    direct: bool = False  # what burns is counted, and nothing upstream


def _cpcd(name: str, unit: str, number: str, gases: str, service: str = "") -> Factor:
    return Factor(
        "product-data",
        name,
        unit,
        "CN",
        CPCD_REFERENCE.format(number),
        FACT,
        f"{name}: the value of CPCD's core table. {READ_AS_AR6.format(gases)} {NOT_AN_AUTHORITY}",
        service=service,
        year=int(number[-5:-1]),  # a product's number ends with the year of its data
    )


def _spend(name: str, industry: str) -> Factor:
    return Factor(
        "spend-data",
        f"{name}, by spend",
        "US dollar of 2022",
        "US",
        EPA_REFERENCE,
        "US Government work, public domain",
        f"{SPEND.format(industry)} {NOT_AN_AUTHORITY}",
        year=2022,
    )


FACTORS: dict[str, Factor] = {
    "grid-cn": Factor(
        "grid-data",
        "Electricity, China 2024",
        "kilowatt hour",
        "CN",
        CN_REFERENCE,
        "official announcement of the People's Republic of China, a published figure",
        "National average carbon footprint factor of electricity, China 2024. The announcement "
        "gives transmission a factor of its own and does not say whether the average holds it; it "
        "is marked as held, so that no losses are added on top. "
        + READ_AS_AR6.format("burning bituminous coal")
        + f" {NOT_AN_AUTHORITY}",
        transmission=True,
    ),
    "wind-cn": Factor(
        "grid-data",
        "Electricity from wind, China 2024",
        "kilowatt hour",
        "CN",
        CN_REFERENCE,
        "official announcement of the People's Republic of China, a published figure",
        "Carbon footprint factor of wind power, China 2024, at the plant. "
        + READ_AS_AR6.format("steelmaking")
        + f" {NOT_AN_AUTHORITY}",
        transmission=False,
    ),
    "transmission-cn": Factor(
        "grid-data",
        "Transmission and distribution of electricity, China 2024",
        "kilowatt hour",
        "CN",
        CN_REFERENCE,
        "official announcement of the People's Republic of China, a published figure",
        "Carbon footprint factor of transmission and distribution with losses, China 2024, per "
        "kilowatt hour delivered. "
        + READ_AS_AR6.format("burning bituminous coal")
        + f" {NOT_AN_AUTHORITY}",
        transmission=True,
        classification="urn:rootprint:class:electricity-transmission",
    ),
    "lorry": _cpcd(
        "Transport by heavy diesel lorry", "ton kilometer", "65119X0282024C",
        "long-distance trucking in the USA", "transport",
    ),
    "container-ship": Factor(
        "product-data",
        "Transport by container ship, what the ship emits",
        "ton kilometer",
        "CN",
        CPCD_REFERENCE.format("65213X0062024C"),
        FACT,
        "Transport by container ship: the value of CPCD's core table, which prints it from gate to "
        "grave: what the ship sets free, without the supply of its fuel. It sails on fuel that it "
        "burns itself, so no electricity that was bought is in it: our reading. "
        + READ_AS_AR6.format("burning residual fuel oil on ocean-going ships")
        + f" {NOT_AN_AUTHORITY}",
        service="transport",
        direct=True,
    ),
    "diesel-supply": _cpcd(
        "Diesel, its supply", "kilogram", "33360X0012022C", "petroleum refineries in the USA"
    ),
    "gas-supply": _cpcd(
        "Natural gas, its supply", "cubic meter", "12020X0142024C", "gas extraction in the USA"
    ),
    "coal-supply": _cpcd(
        "Coal, its supply", "kilogram", "11010X0012022C", "underground coal mining in the USA"
    ),
    "polypropylene": _cpcd(
        "Polypropylene", "kilogram", "34740F0042021C", "making resins in the USA"
    ),
    "steel-sheet": _cpcd(
        "Cold-rolled steel sheet", "kilogram", "41265X0362022C", "steelmaking in the USA"
    ),
    "pig-iron": _cpcd("Pig iron", "kilogram", "41111A0012022C", "steelmaking in the USA"),
    "ammonia": _cpcd(
        "Ammonia from coal", "kilogram", "34280D0052022C", "nitrogen fertilisers in the USA"
    ),
    "spend-inorganics": _spend("Inorganic chemicals", "other basic inorganic chemicals"),
    "spend-organics": _spend("Organic chemicals", "all other basic organic chemicals"),
    "spend-plastics": _spend("Resins and blacks", "plastics material and resin"),
    "spend-electronics": _spend("Electronic assemblies", "printed circuit assemblies"),
    "spend-copper-ore": _spend("Copper concentrate", "copper, nickel, lead and zinc mining"),
    "spend-phosphates": _spend("Phosphoric acid", "phosphatic fertilisers"),
    "spend-ores": _spend("Bauxite", "all other metal ores"),
}  # fmt: skip


def stage_factor(name: str) -> Factor:
    """The factor of a published stage's own contribution, by the stage's name."""
    return Factor(
        "chain-data",
        f"{name}: what the stage adds",
        "kilogram",
        "CL" if name in {STAGES[one] for one in BRINE} else "CN",
        LIB_REFERENCE,
        "MIT, Copyright 2024 Robert Istrate",
        f"{name}: the published contribution of this stage alone, per kilogram of its product, "
        "with IPCC 2021 GWP100 (AR6). The publication has no split by gas: the gases are those of "
        "the EPA's factor for the industry, in proportion, and CO2 takes the rest. The period is "
        "the year of publication: its inventories have no common year. " + NOT_AN_AUTHORITY,
    )


STAGES = {
    "brine": "Lithium brine from the evaporation pond",
    "purified-brine": "Purified lithium brine",
    "lithium-carbonate": "Lithium carbonate from brine, battery grade",
    "graphite-ore": "Graphite ore, mined",
    "graphite-concentrate": "Graphite ore, concentrated",
    "natural-graphite": "Natural graphite, coated, battery grade",
    "petroleum-coke": "Calcined petroleum coke",
    "coke-powder": "Milled coke powder",
    "graphite-block": "Graphite block of the crucibles",
    "graphite-powder": "Graphitized powder",
    "micronized-graphite": "Micronized graphite powder",
    "synthetic-graphite": "Synthetic graphite, coated, battery grade",
}
BRINE = ("brine", "purified-brine", "lithium-carbonate")


# What each publisher carries, as secondaryEmissionFactorSources has it.
SOURCES = {
    "grid-data": ("Electricity carbon footprint factors of China", "2024"),
    "product-data": ("China Products Carbon Footprint Factors Database", "core table"),
    "spend-data": ("US EPA Supply Chain GHG Emission Factors", "1.3.0"),
    "chain-data": ("Istrate et al., Joule", "2024"),
}


def name_of(subject: str) -> str:
    """What a line calls the product of a subject of figures.csv."""
    if subject in FACTORS:
        return FACTORS[subject].name
    return MAKERS[subject].product if subject in MAKERS else STAGES[subject]


def publisher_of(subject: str) -> str | None:
    """Who publishes a factor; None of what is made."""
    if subject in FACTORS:
        return FACTORS[subject].issuer
    return "chain-data" if subject.startswith("stage-") else None


@dataclass(frozen=True)
class Maker:
    """A fictional maker's product: ``mass`` and fossil ``carbon`` in kg per declared unit."""

    product: str
    unit: str
    description: str
    mass: str = "1"
    carbon: str = "0"
    works: str = ""  # the maker's name where it isn't made of the product's


MAKERS = {
    "power-works": Maker(
        "Electricity of a coal-fired power station with partial capture",
        "kilowatt hour",
        "Electricity of a captive power station, sold over a direct line. Its CO2 is a carbon "
        "balance of coal and ash; 3.6 % of it is captured at the source and stored in a saline "
        "aquifer, and stands apart: no removal from the atmosphere.",
        mass="0",
        works="Power Station",
    ),
    "wind-farm": Maker(
        "Electricity of a wind farm, delivered",
        "kilowatt hour",
        "Electricity of a wind farm of 50 MW, at the user's connection: the national factor of "
        "wind power, and transmission beside it. A green certificate was issued for each megawatt "
        "hour.",
        mass="0",
        works="Wind Farm",
    ),
    "alumina-works": Maker(
        "Alumina", "kilogram", "Alumina by the Bayer process: coal for steam, gas for calcination."
    ),
    "smelter": Maker(
        "Primary aluminium",
        "kilogram",
        "Primary aluminium of prebaked anodes, on the power station's direct line: anodes as a "
        "carbon balance, CF4 and C2F6 of anode effects as gases.",
        works="Aluminium Smelter",
    ),
    "remelt-works": Maker(
        "Aluminium of post-consumer scrap",
        "kilogram",
        "Aluminium remelted from post-consumer scrap, which enters free of burden (cut-off).",
    ),
    "foil-works": Maker(
        "Aluminium foil and strip", "kilogram", "Aluminium foil and strip for cells and busbars."
    ),
    "housing-works": Maker(
        "Aluminium housing of the pack, with cooling plates",
        "piece",
        "Housing of 45 kg with 35 % recycled content by the Circular Footprint Formula; at the "
        "gate its end of life is left to whoever makes the whole.",
        mass="45",
    ),
    "copper-cathode": Maker("Copper cathode", "kilogram", "Copper cathode of a flash smelter."),
    "sulfuric-acid": Maker(
        "Sulfuric acid", "kilogram", "Sulfuric acid of a copper smelter's gases."
    ),
    "copper-foil-works": Maker("Copper foil", "kilogram", "Electrodeposited copper foil, 6 µm."),
    "iron-phosphate-works": Maker(
        "Iron phosphate, battery grade",
        "kilogram",
        "Anhydrous iron phosphate of iron, phosphoric and sulfuric acid.",
    ),
    "cathode-works": Maker(
        "Lithium iron phosphate",
        "kilogram",
        "Lithium iron phosphate, carbon-coated, of lithium carbonate and iron phosphate. Its CO2 "
        "is a carbon balance. The maker keeps its recipe to itself.",
        carbon="0.014",
    ),
    "electrolyte-works": Maker(
        "Electrolyte",
        "kilogram",
        "Electrolyte of 12.5 % LiPF6 in carbonate solvents.",
        carbon="0.35",
    ),
    "separator-works": Maker(
        "Separator", "kilogram", "Polypropylene separator, dry process.", carbon="0.857"
    ),
    "cell-works": Maker(
        "LFP cell of 0.5 kWh",
        "piece",
        "A prismatic cell of 156.25 Ah at 3.2 V. Two fifths of the electricity are wind power by "
        "100,000 green certificates, retired for the maker and claimed once.",
        mass="2.7",
        carbon="0.81",
    ),
    "module-works": Maker(
        "Module of 12 LFP cells", "piece", "A module of 6 kWh.", mass="35", carbon="10.6"
    ),
    "bms-works": Maker(
        "Battery management system", "piece", "Boards, contactors and cover.", "4", "1.3"
    ),
    "pack-works": Maker(
        "LFP battery pack of 60 kWh",
        "piece",
        "A pack of 60 kWh usable energy for passenger cars, 420 kg, at the gate of its maker: ten "
        "modules, a housing, a management system.",
        mass="420",
        carbon="107.3",
    ),
    "recycler": Maker(
        "Treatment of spent LFP packs",
        "kilogram",
        "Dismantling and leaching of spent packs, per kilogram treated. What is recovered leaves "
        "free of burden and of credit (cut-off).",
    ),
}
