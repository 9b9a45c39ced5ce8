"""Write examples/pv-module/ (organisations, inventories, scenario) from its figures.csv.

The figures are those of the public data sets that pv_figures.py reads; this script reads only
figures.csv and can be run again at any time:

    python scripts/examples_data/pv_module.py
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pv_factors import china_grid, fuel, grid, heat, process
from pv_makers import Maker, module
from pv_table import EXAMPLE, Figures
from pv_texts import COUNTRIES, FUELS, NAMES
from yamltext import Organisation, folded, quoted

if TYPE_CHECKING:
    from drafts import Draft

ASSURED = "glass-cn"
EXAMINED = (
    "electricity and heat per kilogram against the published figures",
    "manufacturing yield against the published figure",
    "factors cited: publication, boundary, unit and period",
)
STORY = (
    "One square metre of a crystalline-silicon PV module made in China with the figures of 2024 "
    "(PV ICE): fictional makers in fourteen countries, their electricity as grid mixes of "
    "published per-fuel factors, process heat and process emissions as direct factors. The Chinese "
    "glass maker keeps its recipe to itself; an auditor has looked at it."
)


def drafts(figures: Figures) -> list[Draft]:
    """Every statement, inputs first."""
    makers = [Maker(figures, m, country) for m in NAMES for country in figures.makers(m)]
    countries = sorted({maker.country for maker in makers} - {"CN"})
    factors = [fuel(figures, name) for name in FUELS]
    factors += [heat(figures), *(process(figures, m) for m in NAMES), china_grid(figures)]
    factors += [grid(figures, country) for country in countries]
    return [*factors, *(maker.draft() for maker in makers), module(figures, makers)]


def organisation(draft: Draft) -> Organisation:
    """The issuer of ``draft``."""
    publishers = {
        "fuel-factors": ("Example Fuel Factors", "US"),
        "heat-factors": ("Example Heat Factors", "US"),
        "process-factors": ("Example Process Factors", "US"),
    }
    if draft.issuer in publishers:
        return Organisation(draft.issuer, *publishers[draft.issuer], "factor-publisher")
    what = draft.issuer.rsplit("-", 1)[0]
    name, role = f"Example {what.capitalize()} Works of", "supplier"
    if what == "grid":
        name, role = "Example Grid Data for", "factor-publisher"
    return Organisation(draft.issuer, f"{name} {COUNTRIES[draft.country]}", draft.country, role)


def scenario(published: list[Draft]) -> str:
    """The text of scenario.yaml."""
    return (
        'name: "PV module, one square metre"\n'
        + folded("description", STORY)
        + "organisations: organisations.yaml\npublish: # inputs first\n"
        + "".join(f"  - {draft.id}\n" for draft in published)
        + f"product: {published[-1].id}\n"
        + f"rules: {{{published[-1].id}: rootprint-pv-module}} # the others: rootprint-base-rules\n"
        + "assure:\n  auditor: auditor\n"
        + f"  statement: {ASSURED}\n"
        + f"  standard: {quoted('ISO 14064-3:2019')}\n"
        + "  level: limited\n  coverage: product\n  includesInventory: true\n"
        + f"  materialityPercent: {quoted('5')}\n  outcome: positive\n  examined:\n"
        + "".join(f"    - {quoted(text)}\n" for text in EXAMINED)
        + "  accreditation: "
        + f"{{body: {quoted('Example Accreditation Board (fictional)')}, number: "
        + f"{quoted('fictional')}}}\n  laws: [1, 2, 3, 4, 5, 6, 7, 8]\n"
        + f"hide: [{ASSURED}]\n"
    )


def main() -> int:
    """Write every file of the example but its README and figures."""
    published = drafts(Figures())
    for draft in published:
        draft.write(EXAMPLE)
    organisations = list(dict.fromkeys(organisation(draft) for draft in published))
    organisations.append(Organisation("auditor", "Example Auditors", "CH", "auditor"))
    text = "organisations:\n" + "".join(one.yaml() for one in organisations)
    (EXAMPLE / "organisations.yaml").write_text(text, encoding="utf-8")
    (EXAMPLE / "scenario.yaml").write_text(scenario(published), encoding="utf-8")
    print(f"{len(published)} statements, {len(organisations)} organisations in {EXAMPLE}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
