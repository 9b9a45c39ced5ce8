"""The product of the demo: the pack's service per kilowatt hour delivered, cradle to grave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafts import Draft
from pack_evidence import digest_of, evidence_members
from pack_lines import line
from pack_makers import LEFT_OUT, product_pcf, sources
from pack_texts import Maker
from yamltext import folded, quoted

if TYPE_CHECKING:
    from pack_lines import Entry
    from pack_table import Figures

LIFE = {
    "pack-works": "The pack, at its maker's gate",
    "lorry to the maker": "Delivery of the pack to the car's maker",
    "grid-cn": "Electricity lost in charging and discharging",
    "lorry to the recycler": "Transport of the spent pack",
    "recycler": "Treatment of the spent pack",
}
NAME = (
    "Service of an LFP battery pack of 60 kWh, per kWh delivered; the electricity charged is not "
    "included"
)
TEXT = (
    "One kilowatt hour that an LFP pack of 60 kWh delivers over its life in a passenger car: "
    "28,800 kWh in eight years of 60 full equivalent cycles, as the EU's draft of 2024-04 counts "
    "them for class M1. From the mines to the treatment of the spent pack; what is lost in "
    "charging and discharging is the use stage; the electricity that is delivered is not counted. "
    "No credit is taken for what is recovered. Its makers are fictional; sources and comparison "
    "stand in the example's README."
)
BOUNDARY = (
    "From the ground to the treatment of the spent pack: the pack at its maker's gate, its "
    "delivery, the electricity lost in eight years of use, transport to a recycler and treatment "
    "there."
)
UNIT = (
    "To deliver one kilowatt hour of electric energy to a passenger car from a pack of 60 kWh that "
    "gives 60 full equivalent cycles a year for 8 years: 1/28,800 of a pack of 420 kg"
)
USE = (
    "60 full equivalent cycles of 60 kWh a year, charged from China's grid of 2024; 96 % of what "
    "is charged is delivered"
)
END = (
    "The whole pack is treated by a recycler 500 km away; what is recovered leaves free of burden "
    "and of credit"
)
CONCLUSIONS = (
    "Five sixths come before the gate of the pack's maker; aluminium, graphite and the cathode "
    "material, made with coal power, weigh most."
)
LIMITATIONS = (
    "The grid of the use stage is that of 2024 for all eight years",
    "The gases of published totals are those of an industry, in proportion",
    "The housing's aluminium: Circular Footprint Formula at the gate, cut-off at the end of life",
)
CHOICE = (
    "The EU's draft and China's notice leave the use stage out; it is counted here, in a stage of "
    "its own"
)


def listing(name: str, *texts: str) -> str:
    """A list of texts under ``interpretation``."""
    return f"  {name}:\n" + "".join(f"    - {quoted(text)}\n" for text in texts)


def function() -> str:
    """The functional unit, and what is made of the result."""
    return (
        "functionalUnit:\n"
        + folded("description", UNIT, "  ")
        + '  value: "1"\n  unit: kilowatt hour\n'
        + '  referenceFlow: {value: "1", unit: kilowatt hour}\n'
        + '  serviceLife: {value: "8", unit: year}\n'
        + folded("useScenario", USE, "  ")
        + folded("endOfLifeScenario", END, "  ")
        + "interpretation:\n"
        + folded("conclusions", CONCLUSIONS, "  ")
        + listing("limitations", *LIMITATIONS)
        + listing("valueChoices", CHOICE)
    )


def process(figures: Figures) -> str:
    """One pack's life as a process, whose output is the energy that it delivers."""
    output = figures("pack-energy", "output")
    return (
        'process:\n  name: "One pack over its service life"\n  outputs:\n'
        f"    - name: energy delivered\n      # {output.note}\n"
        f"      amount: {{value: {quoted(output.text)}, unit: {output.unit}}}\n"
    )


def entries(figures: Figures) -> list[Entry]:
    """The pack, its delivery, its use and its end."""
    digest, found = digest_of(figures, "pack-works"), []
    for name, row in figures.of("pack-energy", "input").items():
        source = name.partition(" to ")[0]
        further = {"electricity": "grid"} if source == "grid-cn" else {}
        found.append(line(LIFE[name], row, f"{{input: {source}}}", digest, **further))
    return found


def life_draft(figures: Figures) -> Draft:
    """Draft a kilowatt hour delivered, from cradle to grave."""
    return Draft(
        id="pack-energy",
        issuer="pack-works",
        role="product",
        name=NAME,
        description=TEXT,
        unit="kilowatt hour",
        country="CN",
        head={"boundary": "cradle-to-grave"},
        pcf=product_pcf(Maker("", "", "", "0"), "2", sources(figures, "pack-energy")),
        texts={
            "exemptedEmissionsDescription": LEFT_OUT,
            "boundaryProcessesDescription": BOUNDARY,
        },
        blocks=function() + process(figures) + evidence_members(figures, "pack-works", "X-N1"),
        digits=5,
        lines=entries(figures),
    )
