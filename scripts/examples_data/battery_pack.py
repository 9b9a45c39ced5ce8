"""Write examples/battery-pack/ from its figures.csv: inventories, readings, scenario, makers.

python scripts/examples_data/battery_pack.py
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pack_evidence import readings
from pack_factors import factor_drafts
from pack_life import life_draft
from pack_lines import FIRST, LAST, REGISTRY
from pack_makers import SUBJECTS, maker_drafts
from pack_table import EXAMPLE, Figures
from pack_texts import BRINE, MAKERS, STAGES
from yamltext import Organisation, folded, quoted

if TYPE_CHECKING:
    from drafts import Draft

STORY = (
    "The service of an LFP battery pack of 60 kWh, per kilowatt hour that it delivers over its "
    "life, from the mines to the treatment of the spent pack: fictional makers, public factors, "
    "published chains of graphite and lithium. The cathode maker keeps its recipe to itself; an "
    "auditor has seen it."
)
PUBLISHERS = {
    "grid-data": "Example Grid Data",
    "product-data": "Example Product Data",
    "spend-data": "Example Spend Data",
    "chain-data": "Example Chain Data",
}
HIDDEN = "cathode-works"
BOARD = "Example Accreditation Board (fictional)"
EXAMINED = (
    "recipe and batch records of 2024 against the lines",
    "meters and their calibrations against the readings of twelve months",
    "inputs cited: product, maker, boundary and period",
)
RECORDS = f"""retire:
  - name: wind-2024
    registry: registry
    registryName: {quoted(REGISTRY)}
    beneficiary: cell-works
    attribute: electricity
    market: CN
    amount: {{value: "100000", unit: megawatt hour}}
    from: "2024-01-01T00:00:00Z"
    until: "2025-01-01T00:00:00Z"
    certificates: # 32 characters, one a megawatt hour; fictional
      - {{from: {FIRST}, to: {LAST}}}
claim:
  - name: wind-claim
    claimant: cell-works
    retirement: wind-2024
    amount: {{value: "100000", unit: megawatt hour}}
    from: "2024-01-01T00:00:00Z"
    until: "2025-01-01T00:00:00Z"
"""


def drafts(figures: Figures) -> list[Draft]:
    """Every draft of the example, inputs first."""
    return [*factor_drafts(figures), *maker_drafts(figures), life_draft(figures)]


def organisations() -> list[Organisation]:
    """Everybody who signs, all fictional."""
    found = [Organisation(i, name, "CN", "factor-publisher") for i, name in PUBLISHERS.items()]
    for stage in STAGES:
        name = f"Example {stage.replace('-', ' ').title()} Works"
        found.append(Organisation(stage, name, "CL" if stage in BRINE else "CN", "supplier"))
    for maker in MAKERS:
        id_ = SUBJECTS.get(maker, maker)
        works = MAKERS[maker].works or id_.removesuffix("-works").replace("-", " ").title()
        title = (
            works
            if MAKERS[maker].works or id_ in {"copper-smelter", "recycler"}
            else f"{works} Works"
        )
        one = Organisation(id_, f"Example {title}", "CN", "supplier")
        if one not in found:
            found.append(one)
    found.append(Organisation("registry", REGISTRY, "CN", "registry"))
    found.append(Organisation("auditor", "Example Auditors", "CH", "auditor"))
    return found


def scenario(published: list[Draft]) -> str:
    """The text of scenario.yaml."""
    return (
        'name: "LFP battery pack, 60 kWh"\n'
        + folded("description", STORY)
        + "organisations: organisations.yaml\n"
        + RECORDS
        + "publish: # inputs first\n"
        + "".join(f"  - {draft.id}\n" for draft in published)
        + f"product: {published[-1].id}\n"
        + f"assure:\n  auditor: auditor\n  statement: {HIDDEN}\n"
        + f"  standard: {quoted('ISO 14064-3:2019')}\n"
        + "  level: limited\n  coverage: product\n  includesInventory: true\n"
        + f"  materialityPercent: {quoted('5')}\n  outcome: positive\n  examined:\n"
        + "".join(f"    - {quoted(text)}\n" for text in EXAMINED)
        + f"  accreditation: {{body: {quoted(BOARD)}, number: fictional}}\n"
        + "  laws: [1, 2, 3, 4, 5, 6, 7, 8]\n"
        + "# the lines; spread, cells and gases stay open\n"
        + f"hide: [{quoted(f'{HIDDEN}:inventory')}]\n"
    )


def main() -> int:
    """Write every file of the example but its README and figures."""
    figures = Figures()
    published = drafts(figures)
    for draft in published:
        draft.write(EXAMPLE)
    # The pack of the energy that it delivers is one that the pack's maker counted.
    sites = {row.subject for row in figures.rows if row.meter} - {"pack-energy"}
    (EXAMPLE / "evidence").mkdir(exist_ok=True)
    for site in sorted(sites):
        text = readings(figures, site)
        (EXAMPLE / "evidence" / f"{site}.csv").write_text(text, encoding="utf-8")
    members = organisations()
    text = "organisations:\n" + "".join(one.yaml() for one in members)
    (EXAMPLE / "organisations.yaml").write_text(text, encoding="utf-8")
    (EXAMPLE / "scenario.yaml").write_text(scenario(published), encoding="utf-8")
    print(f"{len(published)} statements, {len(members)} organisations in {EXAMPLE}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
