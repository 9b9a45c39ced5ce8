"""A scenario of five makers, small enough for every run: ore, metal, wire, cable and a lamp.

Per kilogram (made-up figures), with its parts: ore 0.2·fuel; metal 3 ore + 1.5 kg CO2 of its own;
wire 1.1 metal + 0.5 fuel; cable 0.9 wire + 0.1 metal; lamp 0.25 cable + 0.05 fuel. Fuel is 2.5.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import yaml

from tests.cli.story import factor_file, product_file

if TYPE_CHECKING:
    from pathlib import Path

INPUTS = {
    "ore": {"fuel": "0.2"},
    "metal": {"ore": "3"},
    "wire": {"metal": "1.1", "fuel": "0.5"},
    "cable": {"wire": "0.9", "metal": "0.1"},
    "lamp": {"cable": "0.25", "fuel": "0.05"},
}
OWN = {"metal": "1.5"}
HIDDEN = "metal"


def expected() -> Fraction:
    """Return the lamp's footprint, kg CO2e per kilogram, from the table above alone."""
    values = {"fuel": Fraction("2.5")}
    for name, inputs in INPUTS.items():
        own = Fraction(OWN.get(name, "0"))
        values[name] = own + sum(Fraction(amount) * values[one] for one, amount in inputs.items())
    return values["lamp"]


def write(folder: Path, **changes: object) -> Path:
    """Write the scenario; ``changes`` replace members of scenario.yaml."""
    (folder / "inventories").mkdir(parents=True)
    (folder / "inventories" / "fuel.yaml").write_text(factor_file("fuel", "fuels", "2.5"))
    for name, inputs in INPUTS.items():
        text = product_file(name, f"{name}-maker", inputs, OWN.get(name, ""))
        (folder / "inventories" / f"{name}.yaml").write_text(text)
    roles = {"fuels": "factor-publisher", "auditor": "auditor"}
    names = ["fuels", "auditor", *(f"{name}-maker" for name in INPUTS)]
    organisations = [
        {
            "id": name,
            "did": f"did:web:{name}.example",
            "legalName": f"Example {name} (fictional)",
            "country": "CN",
            "roles": [roles.get(name, "supplier")],
        }
        for name in names
    ]
    scenario = {
        "name": "Five makers",
        "description": "A lamp, fictional.",
        "organisations": "organisations.yaml",
        "publish": ["fuel", *INPUTS],
        "product": "lamp",
        "hide": [HIDDEN],
        "assure": {
            "auditor": "auditor",
            "statement": HIDDEN,
            "standard": "ISO 14064-3:2019",
            "level": "limited",
            "coverage": "product",
            "includesInventory": True,
            "materialityPercent": "5",
            "outcome": "positive",
            "examined": ["meter readings"],
            "accreditation": {"body": "Example body", "number": "17"},
        },
        **changes,
    }
    (folder / "organisations.yaml").write_text(yaml.safe_dump({"organisations": organisations}))
    (folder / "scenario.yaml").write_text(yaml.safe_dump(scenario))
    return folder
