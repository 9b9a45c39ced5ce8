"""``evidence pact`` and ``evidence catena-x`` on statements of a ledger."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from rootprint.ledger.exchange import pact
from tests.cli.story import publish_file
from tests.project.pyproject import ROOT

if TYPE_CHECKING:
    from tests.cli.running import Cli

pytestmark = pytest.mark.chain
FOLDER = ROOT / "examples" / "first-steps"


@pytest.fixture(scope="module")
def electricity(ledger: Cli) -> str:
    """The digest of the factor that the brackets take."""
    for name, role in (("factors", "factor-publisher"), ("brackets", "supplier")):
        ledger.done(
            "org", "admit", name, "--did", f"did:web:{name}.example", "--role", role,
            "--legal-name", f"Example {name} (fictional)", "--country", "CN",
        )  # fmt: skip
    return publish_file(ledger, (FOLDER / "electricity.yaml").read_text(), "factors")


@pytest.fixture(scope="module")
def brackets(ledger: Cli, electricity: str) -> tuple[str, str]:
    """The digests of a bracket and of the one that replaces it."""
    text = (FOLDER / "bracket.yaml").read_text()
    first = publish_file(ledger, text, "brackets", electricity=electricity)
    replacing = f"role: product\nprecedingStatements: [{_digest(first)}]\n"
    second = publish_file(
        ledger, text.replace("role: product\n", replacing), "brackets", electricity=electricity
    )
    return first, second


def test_a_pact_view_names_its_predecessor(ledger: Cli, brackets: tuple[str, str]) -> None:
    first, second = (ledger.done("evidence", "pact", digest).json for digest in brackets)
    assert pact.faults(first) == pact.faults(second) == []
    assert (first["specVersion"], first["status"]) == ("3.0.4", "Active")
    assert second["precedingPfIds"] == [first["id"]]
    assert "AR6 48.7415 %, not stated 51.2585 %" in first["comment"]


def test_a_catena_x_view_is_json_with_every_digit(ledger: Cli, brackets: tuple[str, str]) -> None:
    text = ledger.done("evidence", "catena-x", brackets[1]).out
    made = json.loads(text, parse_float=Decimal)
    (stage,) = made["productLifeCycleStagesAndEmissions"][0]["productionStage"]
    assert stage["pcfExcludingBiogenicUptake"] == Decimal("0.8453")
    (general,) = made["general"]
    assert f"Replaces {_digest(brackets[0])}." in general["comment"]


def test_what_was_superseded_has_no_catena_x_view(ledger: Cli, brackets: tuple[str, str]) -> None:
    first, second = brackets
    ledger.done("anchor")
    ledger.done("supersede", first, "--as", "brackets", "--by", second, "--reason", "new meter")
    ledger.done("anchor")
    assert ledger.done("evidence", "pact", first).json["status"] == "Deprecated"
    refused = ledger("evidence", "catena-x", first)
    assert refused.code == 1
    assert "map the statement that replaces it" in refused.err


@pytest.mark.parametrize("form", ["pact", "catena-x"])
def test_a_factor_is_refused_with_what_to_do(ledger: Cli, electricity: str, form: str) -> None:
    refused = ledger("evidence", form, electricity)
    assert refused.code == 1
    assert "an emission factor is no product footprint" in refused.err
    assert "map the statement of a product that uses the factor" in refused.err


def _digest(text: str) -> str:
    return text if text.startswith("sha256:") else f"sha256:{text}"
