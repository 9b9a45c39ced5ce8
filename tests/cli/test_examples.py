"""The two real examples, through the same command that a newcomer runs."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

import pytest

from rootprint.ledger.exchange import pact
from tests.cli.running import Cli
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.chain
EXAMPLES = ROOT / "examples"
FILES = {"evidence": "gz", "trust": "json"}
PRINTED = {  # kg CO2e per kg, as Istrate et al. print them
    "lithium-hydroxide-brine": "7.70",
    "lithium-hydroxide-spodumene": "17.24",
    "cobalt-sulfate": "14.99",
    "nickel-sulfate": "5.48",
    "natural-graphite": "10.56",
    "synthetic-graphite": "43.87",
}


def test_six_battery_materials_have_their_published_totals(tmp_path: Path) -> None:
    cli = Cli(tmp_path / "unused", passphrase=None)
    answer = cli.done("demo", EXAMPLES / "battery-materials", "--out", tmp_path / "out",
                      "--format", "json")  # fmt: skip
    reports = answer.json["reports"]
    assert {report["verdict"] for report in reports} == {"verified"}
    found = {
        report["totals"]["productIds"][0].rpartition(":")[2]: str(
            Decimal(report["totals"]["pcfExcludingBiogenicUptake"]).quantize(
                Decimal("0.01"), ROUND_HALF_UP
            )
        )
        for report in reports
    }
    assert found == PRINTED
    for name in PRINTED:
        files = [tmp_path / "out" / f"{kind}-{name}.{end}" for kind, end in FILES.items()]
        cli.done("verify", files[0], "--trust", files[1], "--offline")


@pytest.mark.slow
def test_the_pv_module(tmp_path: Path) -> None:
    cli = Cli(tmp_path / "unused", passphrase=None)
    out = tmp_path / "out"
    answer = cli.done("demo", EXAMPLES / "pv-module", "--out", out)
    assert answer.out.startswith("Footprint  99.953 kg CO2e per 1 square meter, cradle-to-gate, ")
    assert answer.last.startswith("VERIFIED ")
    assert "primary data 0 %" in answer.last
    report = cli.done("verify", out / "evidence.gz", "--trust", out / "trust.json",
                      "--format", "json").json  # fmt: skip
    assert report["totals"]["pcfExcludingBiogenicUptake"] == "99.953"
    assert len({statement["issuer"] for statement in report["statements"]}) >= 30
    assert 1 + max(statement["depth"] for statement in report["statements"]) >= 4
    assert len(report["statements"]) == 60
    ledger = Cli(out / "ledger", passphrase=None)
    footprint = ledger.done("evidence", "pact", report["subject"]).json
    assert pact.faults(footprint) == []
    assert footprint["pcf"]["pcfExcludingBiogenicUptake"] == "99.953"
    again = cli.done("demo", EXAMPLES / "pv-module", "--out", out)
    assert again.last.startswith("VERIFIED")
