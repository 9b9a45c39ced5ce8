"""examples/published by the real commands: demo as its README tells, then compose file by file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.cli.running import Answer, Cli
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.chain
PUBLISHED = ROOT / "examples" / "published"
PRINTED = {  # at the precision of the sources; kg CO2e/kg, which is t CO2e/t
    "cbam-aluminium-primary": "1.835038",
    "cbam-billet-average": "1.866333",
    "cbam-extruded-profile": "2.042323",
    "mullite-sintered": "3.431355",
    "mullite-electrofused": "2.701546778",
}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the README's command has run."""
    out = tmp_path_factory.mktemp("published") / "out"
    Cli(out, passphrase=None).done("demo", PUBLISHED, "--out", out)
    return out


def test_the_readme_s_command_is_the_one_that_is_run_here() -> None:
    readme = (PUBLISHED / "README.md").read_text(encoding="utf-8")
    assert ".venv/bin/rootprint demo examples/published --out demo/published" in readme
    rows = [line for line in readme.splitlines() if line.startswith("| ")]
    for name, value in PRINTED.items():
        assert any(value in row and f"`{name}`" in row for row in rows), name


@pytest.mark.parametrize(
    "name", ["cbam-aluminium-primary", "cbam-extruded-profile", "mullite-electrofused"]
)
def test_their_receiver_gets_the_printed_results(out: Path, name: str) -> None:
    answer = Cli(out, passphrase=None).done(
        "verify", out / f"evidence-{name}.gz", "--trust", out / f"trust-{name}.json",
        "--offline", "--format", "json",
    )  # fmt: skip
    assert answer.json["verdict"] == "verified"
    assert answer.json["totals"]["pcfExcludingBiogenicUptake"] == PRINTED[name]


def test_each_file_composes_to_the_printed_result(out: Path) -> None:
    """File by file, inputs first, in the ledger that the demo made: compose, sign, publish."""
    cli = Cli(out / "ledger", passphrase=None)
    scenario = yaml.safe_load((PUBLISHED / "scenario.yaml").read_text(encoding="utf-8"))
    digests: dict[str, str] = {}
    found: dict[str, str] = {}
    for name in scenario["publish"]:
        path = PUBLISHED / "inventories" / f"{name}.yaml"
        inventory = yaml.safe_load(path.read_text(encoding="utf-8"))
        given = [f"--input={one}={digests[one]}" for one in cited(inventory)]
        draft = cli.done("compose", path, *given).json
        found[name] = draft["credentialSubject"]["pcf"]["pcfExcludingBiogenicUptake"]
        # The demo published it already: a number that takes its place says so.
        twin = publish(cli, draft, inventory["issuer"])
        assert (twin.code, twin.json["error"]["code"]) == (1, "in_conflict")
        earlier = twin.json["error"]["conflict"]["statement"]
        draft["credentialSubject"]["precedingStatements"] = [earlier]
        digests[name] = publish(cli, draft, inventory["issuer"]).json["receipts"][0]["digest"]
    assert {name: found[name] for name in PRINTED} == PRINTED


def publish(cli: Cli, draft: dict[str, Any], name: str) -> Answer:
    signed = cli.done("sign", "-", "--as", name, stdin=json.dumps(draft)).out
    return cli("publish", "-", "--format", "json", stdin=signed)


def cited(inventory: dict) -> set[str]:
    sources = [line["source"] for line in inventory.get("inventory", [])]
    return {name for one in sources for name in (one.get("input"), one.get("factor")) if name}
