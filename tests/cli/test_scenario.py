"""Scenario folders: a claim on what a registry retired, and a recipe of hidden lines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.cli.running import Cli
from tests.support.processes import contract, file, gas, output

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.chain
YEAR = {"from": "2025-01-01T00:00:00Z", "until": "2026-01-01T00:00:00Z"}
CLAIM = {
    "name": "wind",
    "claimant": "maker",
    "retirement": "wind-2025",
    "amount": {"value": "6", "unit": "megawatt hour"},
    **YEAR,
}
ASSURE = {
    "auditor": "auditor",
    "statement": "shelf",
    "standard": "ISO 14064-3:2019",
    "level": "limited",
    "coverage": "product",
    "includesInventory": True,
    "materialityPercent": "5",
    "outcome": "positive",
    "examined": ["the meter"],
    "accreditation": {"body": "fictional", "number": "0"},
    "laws": [1, 2, 3, 4, 5, 6, 7, 8],
}


def write(folder: Path, **changes: Any) -> Path:
    """Write a scenario of a part made with wind power, and of a shelf of one part."""
    (folder / "inventories").mkdir(parents=True)
    line = {**contract("", "6000"), "electricity": "contract"}
    line["certificate"]["claim"] = "wind"
    takes = {**gas("1"), "source": {"input": "part"}}
    for name, lines in (("part", [line, gas("3")]), ("shelf", [takes])):
        alone = {"name": f"{name}s of 2025", "outputs": [output(name, "1")]}
        given = file(name, alone, lines) | {"issuer": "maker", "validUntil": "2027-12-31T00:00:00Z"}
        text = yaml.safe_dump(json.loads(json.dumps(given)), sort_keys=False)
        (folder / "inventories" / f"{name}.yaml").write_text(text)
    organisations = [
        {"id": one, "did": f"did:web:{one}.example", "legalName": f"Example {one} (fictional)",
         "country": "CN", "roles": [role]}
        for one, role in (("maker", "supplier"), ("registry", "registry"), ("auditor", "auditor"))
    ]  # fmt: skip
    (folder / "organisations.yaml").write_text(yaml.safe_dump({"organisations": organisations}))
    retire = {"name": "wind-2025", "registry": "registry", "registryName": "Example registry",
              "beneficiary": "maker", "attribute": "electricity", "market": "CN", **YEAR,
              "amount": {"value": "10", "unit": "megawatt hour"},
              "certificates": [{"from": "W-0001", "to": "W-0010"}]}  # fmt: skip
    scenario = {"name": "A shelf", "description": "A shelf of a part.",
                "organisations": "organisations.yaml", "publish": ["part", "shelf"],
                "product": "shelf", "retire": [retire], "claim": [CLAIM]}  # fmt: skip
    (folder / "scenario.yaml").write_text(yaml.safe_dump(scenario | changes))
    return folder


def test_a_scenario_retires_and_claims_before_its_inventories(tmp_path: Path) -> None:
    out = tmp_path / "out"
    answer = Cli(out, passphrase=None).done("demo", write(tmp_path / "in"), "--out", out)
    assert "4 statements signed and in the log" in answer.err + answer.out
    report = verified(out)
    kinds = [one["kind"] for one in report["statements"]]
    assert kinds.count("RetirementRecord") == kinds.count("ClaimRecord") == 1
    assert [one["laws"]["4"] for one in report["statements"] if one["laws"]].count("held") == 1


def test_only_the_lines_of_a_recipe_are_hidden(tmp_path: Path) -> None:
    """What stays open of it, here cells, is checked as before."""
    out, folder = tmp_path / "out", write(tmp_path / "in", hide=["shelf:inventory"], assure=ASSURE)
    Cli(out, passphrase=None).done("demo", folder, "--out", out)
    shelf = verified(out)["statements"][0]
    assert shelf["laws"]["1"] == "not checkable"
    states = {one["number"]: one["state"] for one in shelf["checks"]}
    assert (states[6], states[8]) == ("passed", "not_checked")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"hide": ["part:recipe"]}, "scenario.yaml hides part:recipe: 'recipe' can't be hidden"),
        ({"hide": ["chair:inventory"]}, "does not publish chair"),
    ],
)
def test_what_can_not_be_hidden_is_refused_at_once(
    tmp_path: Path, changes: dict[str, Any], message: str
) -> None:
    out = tmp_path / "out"
    answer = Cli(out, passphrase=None)("demo", write(tmp_path / "in", **changes), "--out", out)
    assert answer.code == 1
    assert message in answer.err


def test_a_claim_names_a_retirement_of_the_scenario(tmp_path: Path) -> None:
    out, folder = tmp_path / "out", write(tmp_path / "in", claim=[{**CLAIM, "retirement": "sun"}])
    answer = Cli(out, passphrase=None)("demo", folder, "--out", out)
    assert answer.code == 2
    assert "claim 'wind' names no retirement of the scenario" in answer.err


def verified(out: Path) -> dict[str, Any]:
    """Return the report on the evidence that the demo left."""
    files = (out / "evidence.gz", "--trust", out / "trust-block.json")
    report: dict[str, Any] = (
        Cli(out, passphrase=None).done("verify", *files, "--format", "json").json
    )
    assert report["verdict"] == "verified"
    return report
