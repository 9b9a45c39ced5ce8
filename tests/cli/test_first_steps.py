"""examples/first-steps as a reader uses it: three file formats, one draft, and its spread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.story import publish_file
from tests.project.pyproject import ROOT

if TYPE_CHECKING:
    from tests.cli.running import Cli

pytestmark = pytest.mark.chain
FOLDER = ROOT / "examples" / "first-steps"
PEOPLE = (("factors", "factor-publisher"), ("brackets", "supplier"))


@pytest.fixture(scope="module")
def electricity(ledger: Cli) -> str:
    """The digest of the electricity, published by its fictional publisher."""
    for name, role in PEOPLE:
        ledger.done(
            "org", "admit", name, "--did", f"did:web:{name}.example", "--role", role,
            "--legal-name", f"Example {name} (fictional)", "--country", "CN",
        )  # fmt: skip
    return publish_file(ledger, (FOLDER / "electricity.yaml").read_text(), "factors")


def composed(cli: Cli, suffix: str, electricity: str) -> Any:
    return cli.done("compose", FOLDER / f"bracket.{suffix}", f"--input=electricity={electricity}")


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_three_formats_give_the_same_draft(ledger: Cli, electricity: str, suffix: str) -> None:
    draft = composed(ledger, suffix, electricity).json
    assert draft == composed(ledger, "yaml", electricity).json
    subject = draft["credentialSubject"]
    assert subject["pcf"]["pcfExcludingBiogenicUptake"] == "0.8453"  # 0.75 x 0.5777 + 0.412
    assert [line["amount"]["value"] for line in subject["inventory"]] == ["0.75", "0.412"]


def test_its_spread_is_seen_and_sampled(ledger: Cli, electricity: str) -> None:
    text = (FOLDER / "bracket.yaml").read_text()
    bracket = publish_file(ledger, text, "brackets", electricity=electricity)
    ledger.done("anchor")
    words = ("walk", bracket, "--uncertainty", "--samples", "1000", "--sampling", "latin-hypercube")
    found = ledger.done(*words, "--format", "json").json["uncertainty"]
    first, sample = found["firstOrder"], found["monteCarlo"]
    assert (first["unstatedShareOfValues"], first["unstatedShareOfAmounts"]) == ("0", "0")
    low, high = map(float, first["interval95"])
    assert 0.6 < low < 0.8453 < high < 1.1
    # Of a thousand samples the outer 2.5 % are 25: they tell the ends to a few percent.
    assert float(sample["percentiles"]["2.5"]) == pytest.approx(low, rel=0.06)
    assert float(sample["percentiles"]["97.5"]) == pytest.approx(high, rel=0.06)
    shown = ledger.done(*words).out
    assert "Uncertainty  first order, lognormal, kg CO2e per declared unit" in shown
    assert "Latin hypercubes  1000 samples" in shown
