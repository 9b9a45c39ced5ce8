"""The fictional makers of the battery pack: each a process of a year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafts import Draft
from pack_evidence import digest_of, evidence_members
from pack_lines import (
    Entry,
    balance_line,
    circular_entry,
    gas_line,
    input_line,
    interval,
)
from pack_texts import BRINE, MAKERS, SOURCES, STAGES, Maker, name_of, publisher_of
from yamltext import folded, quoted

if TYPE_CHECKING:
    from pack_table import Figure, Figures

FICTIONAL = (
    "The maker and its figures of a year are fictional, chosen near what public studies find; "
    "figures.csv says beside each which."
)
LEFT_OUT = (
    "Packaging, water, auxiliaries, machines, buildings, and transport that no line names. The "
    "share is an allowance and no measurement."
)
REASON = (
    "Cathode and acid have no common physical function; per kilogram their prices differ by more "
    "than two hundred times, so that mass would make the acid the main product."
)
NOTHING_KNOWN = (
    "The publication names no exclusion and none is estimated here; the cut-offs of its background "
    "database hold."
)
# One kilogram of itself, by definition: the spread is that of the value.
EXACT = '{distribution: lognormal, statedValue: "1", geometricStandardDeviation: "1"}'
OF_CARBONATE = "0.1626"
CARBON = {
    "0": "It holds no carbon.",
    "1": "Carbon counts as pure carbon, an upper value.",
    OF_CARBONATE: "Its carbon is that of Li2CO3: 12.011/73.89.",
}
HOUSING = ("smelter", "remelt-works")
COPPER = {"copper-cathode": "output", "sulfuric-acid": "output acid"}
SUBJECTS = dict.fromkeys(COPPER, "copper-smelter")
WORDS = {"copper-cathode": "copper cathode", "sulfuric-acid": "sulfuric acid"}


def product_pcf(maker: Maker, exempted: str, listed: str) -> dict[str, str]:
    """The pcf members that every product has; ``listed`` are its sources."""
    return {
        "productMassPerDeclaredUnit": quoted(maker.mass),
        "fossilCarbonContent": quoted(maker.carbon),
        "ipccCharacterizationFactors": "[AR6]",
        "crossSectoralStandards": "[ISO14067]",
        "packagingEmissionsIncluded": "false",
        "exemptedEmissionsPercent": quoted(exempted),
        "secondaryEmissionFactorSources": listed,
    }


def sources(figures: Figures, *names: str) -> str:
    """The publications under some products, all tiers down, as the pcf lists them."""
    found: set[str] = set()
    todo = list(names)
    while todo:
        name = todo.pop()
        publisher = publisher_of(name)
        if publisher is not None:
            found.add(publisher)
            continue
        subject = SUBJECTS.get(name, name)
        if name in STAGES:
            found.add("chain-data")
        todo += [one.partition(" to ")[0] for one in figures.of(subject, "input")]
        if figures.has(subject, "circular mass"):
            todo += HOUSING
    listed = [SOURCES[one] for one in SOURCES if one in found]
    return "".join(
        f"\n    - {{name: {quoted(name)}, version: {quoted(of)}}}" for name, of in listed
    )


def entries(figures: Figures, subject: str, digest: str) -> list[Entry]:
    """Every entry of a maker's inventory, in the order of figures.csv."""
    found: list[Entry] = []
    if figures.has(subject, "circular mass"):
        found.append(circular_entry(figures, subject, digest))
    for name, row in figures.of(subject, "input").items():
        words = (
            name_of(name) if not row.note.endswith("invoices") else f"{name_of(name)}: {row.note}"
        )
        found.append(input_line(row, name, words, digest))
    for name, row in figures.of(subject, "serves acid").items():
        served = input_line(row, name, "Electricity of the acid plant's blowers", digest)
        found.append(
            Entry(served.description, served.why, served.members | {"output": "sulfuric acid"})
        )
    for gas, row in figures.of(subject, "gas").items():
        found.append(gas_line(row, gas, digest))
    if figures.has(subject, "balance"):
        found.append(balance_line(figures, subject, digest))
    return found


def output_yaml(row: Figure, name: str, further: str = "") -> str:
    """One output of a process, with the spread of what weighs or counts it."""
    amount = f"{{value: {quoted(row.text)}, unit: {row.unit}}}"
    text = f"    - name: {name}\n      amount: {amount}\n{further}"
    if row.percent:
        text += f"      uncertainty:{interval(row, '        ')}\n"
    return text


def process_yaml(figures: Figures, subject: str, product: str) -> str:
    """The ``process`` of a maker: one output, or the copper smelter's two with their record."""
    if product not in COPPER:
        name = f"{MAKERS[subject].product}, 2024"
        return f"process:\n  name: {quoted(name)}\n  outputs:\n" + output_yaml(
            figures(subject, "output"), quoted(MAKERS[subject].product)
        )
    outputs = ""
    for one, figure in COPPER.items():
        worth = figures(subject, figure.replace("output", "worth"))
        further = (
            f'      productId: "urn:rootprint-example:{one}"\n'
            f"      economic: {{value: {quoted(worth.text)}, currency: USD}} # {worth.note}\n"
        )
        outputs += output_yaml(figures(subject, figure), WORDS[one], further)
    return (
        'process:\n  name: "Copper smelter 1, 2024"\n  site: "urn:gln:6901234000009"\n'
        "  record: copper-smelting\n  outputs:\n" + outputs + f"  product: {WORDS[product]}\n"
        "  allocation:\n    method: economic\n" + folded("reason", REASON, "    ")
    )


def maker_draft(figures: Figures, id_: str) -> Draft:
    """Draft a maker's product."""
    maker, subject = MAKERS[id_], SUBJECTS.get(id_, id_)
    pcf = product_pcf(maker, "2", sources(figures, id_))
    if figures.has(subject, "gas CO2_captured"):
        pcf |= {"ccsTechnologicalCO2CaptureIncluded": "true"}
    head = {"service": "waste-treatment"} if id_ == "recycler" else {}
    return Draft(
        id=id_,
        issuer=subject,
        role="product",
        name=maker.product,
        description=f"{maker.description} {FICTIONAL}",
        unit=maker.unit,
        country="CN",
        head=head,
        pcf=pcf,
        texts={
            "exemptedEmissionsDescription": LEFT_OUT,
            "boundaryProcessesDescription": "From the ground to this maker's gate: its suppliers' "
            "footprints and the factors that its lines cite, its own process and energy.",
        },
        blocks=process_yaml(figures, subject, id_) + evidence_members(figures, subject),
        lines=tuple(entries(figures, subject, digest_of(figures, subject))),
    )


def carbon_of(stage: str) -> str:
    """Kg of fossil carbon in a kilogram of a published stage's product."""
    if stage == "lithium-carbonate":
        return OF_CARBONATE
    return "1" if "graphite" in stage or "coke" in stage else "0"


def stage_draft(figures: Figures, id_: str) -> Draft:
    """Draft a stage of a published chain: what it buys, and what it adds itself."""
    lines = [
        input_line(row, name, STAGES[name], "") for name, row in figures.of(id_, "input").items()
    ]
    own = figures(id_, "contribution" if figures.has(id_, "contribution") else "published")
    why = f"{own.text} kg CO2e; {own.why}"
    if figures.has(id_, "per_final"):
        divisor = figures(id_, "per_final")
        why = f"{why} / {divisor.text} kg ({divisor.place})"
    members = {
        "stage": "manufacturing",
        "amount": '{value: "1", unit: kilogram}',
        "source": f"{{input: stage-{id_}}}",
        "primary": "false",
        "uncertainty": EXACT,
    }
    lines.append(Entry("What the stage adds itself", why, members))
    text, carbon = STAGES[id_], carbon_of(id_)
    return Draft(
        id=id_,
        issuer=id_,
        role="product",
        name=text,
        description=f"{text}: a stage of a chain that Istrate et al. published (Joule 2024), with "
        f"their figures; its maker is fictional. {CARBON[carbon]}",
        unit="kilogram",
        country="CL" if id_ in BRINE else "CN",
        pcf=product_pcf(Maker("", "", "", "1", carbon), "0", sources(figures, id_)),
        texts={
            "exemptedEmissionsDescription": NOTHING_KNOWN,
            "boundaryProcessesDescription": "From the ground to this stage's gate, as published.",
        },
        lines=tuple(lines),
    )


def maker_drafts(figures: Figures) -> list[Draft]:
    """Draft every product up to the pack, inputs first."""
    stages = [stage_draft(figures, id_) for id_ in STAGES]
    return [*stages, *(maker_draft(figures, id_) for id_ in MAKERS)]
