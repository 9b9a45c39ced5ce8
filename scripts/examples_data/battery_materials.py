"""Write examples/battery-materials/ from the published stage breakdown of its six materials.

Reads the public data set of Istrate et al., Joule 2024 (MIT; commit 451e7cae of
robyistrate/decarbonization_LIB_raw_materials). Run by hand, when the files are to be made anew;
nothing else needs that data.

    python scripts/examples_data/battery_materials.py FOLDER_OF_LIB_RAW_MATERIALS
"""

from __future__ import annotations

import csv
import sys
from fractions import Fraction
from pathlib import Path

from battery_chains import CHAINS, Stage
from drafts import Draft
from yamltext import Line, Organisation, decimal_text, folded, quoted

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "battery-materials"
BREAKDOWN = "fig2_breakdown_ghgs_10-07-2024.csv"
REFERENCE = "Istrate et al., Joule 2024, " + BREAKDOWN
STORY = (
    "Six raw materials of lithium-ion batteries as chains of fictional stage makers, each stage "
    "with its published contribution: composing along the chains gives the published totals."
)
SOURCE = (
    "The maker is fictional; the figures are those of Istrate et al., Joule 2024 (data: "
    "robyistrate/decarbonization_LIB_raw_materials, commit 451e7cae, MIT). The publication gives "
    "each stage per kilogram of the final material; divided by the amount of this stage's product "
    "per kilogram of final material it is the stage's own contribution. Characterised there with "
    "IPCC 2021 GWP100 including short-lived climate forcers (AR6); all of it stands as fossil, "
    "for the breakdown has no split. Year of publication as period: the inventories have no "
    "common year."
)
NOTHING_KNOWN = (
    "The files of the publication name no exclusion and none is estimated here; the cut-offs of "
    "its background database hold. Packaging is not named there."
)


def contributions(folder: Path) -> dict[tuple[str, str], Fraction]:
    """Give kg CO2e per kilogram of final material by (raw material, stage): sum over sources."""
    sums: dict[tuple[str, str], Fraction] = {}
    with (folder / BREAKDOWN).open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            key = row["Raw material"], row["Stage"]
            sums[key] = sums.get(key, Fraction(0)) + Fraction(row["Value"])
    return sums


def lines(material: str, stage: Stage, sums: dict[tuple[str, str], Fraction]) -> tuple[Line, ...]:
    """Give the stage's inputs and its own published contribution, per kilogram of its product."""
    inputs = [
        Line(
            stage="raw-material",
            description=what,
            value=amount,
            unit="kilogram",
            source=f"{{input: {upstream}}}",
            why=f"lci_LIB_raw_materials.xlsx, {place}",
        )
        for upstream, what, amount, place in stage.inputs
    ]
    published = sums[material, stage.stage]
    value = decimal_text(published / Fraction(stage.per_final))
    own = Line(
        stage="manufacturing",
        description=f"Own contribution of the stage: {stage.stage.lower()}",
        value="1",
        unit="kilogram",
        source=(
            f"\n      published: {quoted(value)}\n      per: kilogram\n"
            f"      component: fossilGhgEmissions\n"
            f"      reference: {quoted(f'{REFERENCE}, {material}, {stage.stage}')}"
        ),
        why=f"{decimal_text(published, 12)} kg CO2e per kg of final material (sum of the stage's "
        f"six sources) / {stage.per_final} kg (sheet Datasets for breakdown, row {stage.row})",
    )
    return (*inputs, own)


def draft(material: str, stage: Stage, sums: dict[tuple[str, str], Fraction]) -> Draft:
    """Give the draft of one stage maker's product."""
    return Draft(
        id=stage.id,
        issuer=stage.id,
        role="product",
        name=stage.product,
        description=f"One kilogram of {stage.product[0].lower()}{stage.product[1:]}, a stage of "
        f'the chain "{material}". {stage.note} {SOURCE}',
        unit="kilogram",
        country=stage.country,
        pcf={
            "productMassPerDeclaredUnit": quoted("1"),
            "fossilCarbonContent": quoted(stage.carbon),
            "ipccCharacterizationFactors": "[AR6]",
            "crossSectoralStandards": "[ISO14040-44]",
            "packagingEmissionsIncluded": "false",
            "exemptedEmissionsPercent": quoted("0"),
        },
        texts={"exemptedEmissionsDescription": NOTHING_KNOWN},
        lines=lines(material, stage, sums),
    )


def main() -> int:
    """Write every file of the example but its README."""
    if len(sys.argv) != 2:  # noqa: PLR2004 - the script and its one argument
        print(__doc__, file=sys.stderr)
        return 2
    sums = contributions(Path(sys.argv[1]))
    drafts = [draft(material, stage, sums) for material, chain in CHAINS for stage in chain]
    for one in drafts:
        one.write(EXAMPLE)
    organisations = "".join(
        Organisation(stage.id, stage.maker, stage.country, "supplier").yaml()
        for _, chain in CHAINS
        for stage in chain
    )
    text = "organisations:\n" + organisations
    (EXAMPLE / "organisations.yaml").write_text(text, encoding="utf-8")
    text = (
        'name: "Raw materials of lithium-ion batteries"\n'
        + folded("description", STORY)
        + "organisations: organisations.yaml\npublish: # inputs first\n"
        + "".join(f"  - {one.id}\n" for one in drafts)
        + "products:\n"
        + "".join(f"  - {chain[-1].id}\n" for _, chain in CHAINS)
    )
    (EXAMPLE / "scenario.yaml").write_text(text, encoding="utf-8")
    print(f"{len(drafts)} statements in {EXAMPLE}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
