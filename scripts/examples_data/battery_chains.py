"""The six chains: stage makers, their products and the workbook's intermediate amounts.

Amounts and rows are those of the public workbook lci_LIB_raw_materials.xlsx (Istrate et al., Joule
2024, MIT); amounts of datasets that one maker runs together are multiplied here, exactly.
"""

from __future__ import annotations

from dataclasses import dataclass

NO_CARBON = "Fossil carbon content 0: no carbon in the compound; traces are not counted."
PURE_CARBON = "Counted as pure carbon, an upper value."
NO_COUNTRY = (
    "The dataset is an average outside China without a country and the format has no entry for "
    "the world; Finland, one of the producers' countries named in the workbook, stands in."
)


@dataclass(frozen=True)
class Stage:
    """One maker; ``per_final``: kilograms of its product per kilogram of final material."""

    id: str
    product: str
    country: str
    stage: str  # its name in the published breakdown
    per_final: str
    row: str  # of the sheet "Datasets for breakdown"
    carbon: str = "0"
    note: str = NO_CARBON
    inputs: tuple[tuple[str, str, str, str], ...] = ()  # upstream, what, kilograms, where

    @property
    def maker(self) -> str:
        """Give the maker's name."""
        return f"Example {self.id.replace('-', ' ').title()} Works"


BRINE = (
    Stage(
        "brine",
        "Lithium brine from the evaporation pond",
        "CL",
        "Mining",
        "3.8620076761410544",
        "6",
    ),
    Stage(
        "purified-brine",
        "Purified lithium brine",
        "CL",
        "Concentration",
        "22.884814780185625",
        "5",
        inputs=(
            (
                "brine",
                "Lithium brine from the evaporation pond",
                "0.1687585288863644",
                "sheet Lithium - Brine, row 45",
            ),
        ),
    ),
    Stage(
        "lithium-hydroxide-brine",
        "Lithium hydroxide monohydrate from brine, battery grade",
        "CL",
        "Refining",
        "1",
        "3",
        note=f"{NO_CARBON} Refining holds the steps to carbonate and from it to hydroxide.",
        inputs=(
            (
                "purified-brine",
                "Purified lithium brine",
                "22.884814780185624",
                "sheet Lithium - Brine, rows 12 and 30: 1.05 * 21.79506169541488",
            ),
        ),
    ),
)
SPODUMENE = (
    Stage(
        "spodumene-concentrate",
        "Spodumene concentrate",
        "AU",
        "Concentration",
        "6.42",
        "8",
        note=f"{NO_CARBON} Its dataset holds the mining too: mining is 0 in the publication, "
        "and no maker of its own here.",
    ),
    Stage(
        "lithium-hydroxide-spodumene",
        "Lithium hydroxide monohydrate from spodumene, battery grade",
        "CN",
        "Refining",
        "1",
        "7",
        inputs=(
            (
                "spodumene-concentrate",
                "Spodumene concentrate",
                "6.42",
                "sheet Lithium - Spodumene, row 10",
            ),
        ),
    ),
)
COBALT = (
    Stage("cobalt-ore", "Copper-cobalt ore", "CD", "Mining", "50.6", "11"),
    Stage(
        "cobalt-hydroxide",
        "Cobalt hydroxide",
        "CD",
        "Concentration",
        "1.1",
        "10",
        inputs=(("cobalt-ore", "Copper-cobalt ore", "46", "sheet Cobalt, row 41"),),
    ),
    Stage(
        "cobalt-sulfate",
        "Cobalt sulfate heptahydrate, battery grade",
        "CN",
        "Refining",
        "1",
        "9",
        inputs=(("cobalt-hydroxide", "Cobalt hydroxide", "1.1", "sheet Cobalt, row 10"),),
    ),
)
NICKEL = (
    Stage(
        "nickel-ore",
        "Nickel ore, mined",
        "FI",
        "Mining",
        "12.012",
        "15",
        note=f"{NO_CARBON} {NO_COUNTRY}",
    ),
    Stage(
        "nickel-concentrate",
        "Nickel concentrate",
        "FI",
        "Concentration",
        "4.368",
        "14",
        note=f"{NO_CARBON} {NO_COUNTRY}",
        inputs=(("nickel-ore", "Nickel ore, mined", "2.75", "sheet Nickel, row 170"),),
    ),
    Stage(
        "nickel-sulfate",
        "Nickel sulfate hexahydrate",
        "FI",
        "Refining",
        "1",
        "12",
        note=f"{NO_CARBON} {NO_COUNTRY} Refining: to matte, then to sulfate.",
        inputs=(
            (
                "nickel-concentrate",
                "Nickel concentrate",
                "4.368",
                "sheet Nickel, rows 10 and 89: 2.08 * 2.1",
            ),
        ),
    ),
)
NATURAL = (
    Stage(
        "graphite-ore",
        "Graphite ore, mined",
        "CN",
        "Mining",
        "24.29804874",
        "20",
        carbon="0.1",
        note="Fossil carbon: that of the concentrate over 9.59 kg of ore, all of "
        "it recovered, an assumption.",
    ),
    Stage(
        "graphite-concentrate",
        "Graphite ore, concentrated",
        "CN",
        "Concentration",
        "2.533686",
        "19",
        carbon="0.95",
        note="Fossil carbon 95 %, an assumption.",
        inputs=(
            ("graphite-ore", "Graphite ore, mined", "9.59", "sheet Graphite - Natural, row 62"),
        ),
    ),
    Stage(
        "natural-graphite",
        "Natural graphite, coated, battery grade",
        "CN",
        "Refining",
        "1",
        "16",
        carbon="1",
        note=f"{PURE_CARBON} Refining holds spheronization, purification and coating.",
        inputs=(
            (
                "graphite-concentrate",
                "Graphite ore, concentrated",
                "2.533686",
                "sheet Graphite - Natural, rows 10, 28 and 49: 1.01 * 1.13 * 2.22",
            ),
        ),
    ),
)
SHEET = "sheet Graphite - Synthetic, row "
SYNTHETIC = (
    Stage(
        "petroleum-coke",
        "Calcined petroleum coke",
        "CN",
        "Calcination",
        "3.262632530889268",
        "26",
        carbon="1",
        note=PURE_CARBON,
    ),
    Stage(
        "coke-powder",
        "Calcined coke powder",
        "CN",
        "Milling",
        "1.6199064796259184",
        "24",
        carbon="1",
        note=PURE_CARBON,
        inputs=(("petroleum-coke", "Calcined petroleum coke", "1.2530864197530862", f"{SHEET}73"),),
    ),
    Stage(
        "graphite-block",
        "Synthetic graphite block for crucibles",
        "CN",
        "Graphite crucibles",
        "1.5035",
        "25",
        carbon="1",
        note=PURE_CARBON,
        inputs=(("petroleum-coke", "Calcined petroleum coke", "0.81992", f"{SHEET}57"),),
    ),
    Stage(
        "graphite-powder",
        "Graphite powder",
        "CN",
        "Graphitization",
        "1.6166666666666667",
        "23",
        carbon="1",
        note=PURE_CARBON,
        inputs=(
            ("coke-powder", "Calcined coke powder", "1.002004008016032", f"{SHEET}41"),
            ("graphite-block", "Synthetic graphite block for crucibles", "0.93", f"{SHEET}42"),
        ),
    ),
    Stage(
        "micronized-graphite",
        "Micronized graphite powder",
        "CN",
        "Micronization",
        "0.97",
        "22",
        carbon="1",
        note=PURE_CARBON,
        inputs=(("graphite-powder", "Graphite powder", "1.6666666666666667", f"{SHEET}28"),),
    ),
    Stage(
        "synthetic-graphite",
        "Synthetic graphite, coated, battery grade",
        "CN",
        "Coating",
        "1",
        "21",
        carbon="1",
        note=PURE_CARBON,
        inputs=(("micronized-graphite", "Micronized graphite powder", "0.97", f"{SHEET}10"),),
    ),
)
CHAINS = (
    ("Lithium, brine", BRINE),
    ("Lithium, spodumene", SPODUMENE),
    ("Cobalt", COBALT),
    ("Nickel", NICKEL),
    ("Graphite, natural", NATURAL),
    ("Graphite, synthetic", SYNTHETIC),
)
