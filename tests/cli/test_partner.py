"""A partner's file on the command line: taken in, composed, signed by its receiver, cited."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.story import MAKER, product_file, publish_file
from tests.partner.documents import pact

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.running import Cli

pytestmark = pytest.mark.chain


def _imported(ledger: Cli, folder: Path, value: object, *more: str, **run: int) -> dict:  # type: ignore[type-arg]
    file = folder / "partner.json"
    file.write_text(json.dumps(value), encoding="utf-8")
    answer = ledger("partner", "import", file, "--issuer", MAKER, "--out", folder / "out",
                    "--format", "json", *more)  # fmt: skip
    assert answer.code == run.get("code", 0), answer.err
    return dict(answer.json)


@pytest.fixture(scope="module", autouse=True)
def _maker(ledger: Cli) -> None:
    ledger.done("org", "admit", "maker", "--did", MAKER, "--legal-name", "maker (fictional)",
                "--country", "CN", "--role", "supplier")  # fmt: skip


def test_a_partners_primary_share_reaches_the_product_and_counts_as_unsigned(
    ledger: Cli, tmp_path: Path
) -> None:
    """2 kg of the profile, 8.25 kg CO2e each with 12.9 % primary, and no emission of its own."""
    document = pact(pcf={"biogenicCO2Uptake": None, "pcfIncludingBiogenicUptake": "8.25"})
    taken = _imported(
        ledger, tmp_path, {"data": [document]}, "--received", "2026-06-01T08:00:00+08:00"
    )
    one = taken["taken"][0]
    assert (one["validFrom"], one["findings"]) == ("2026-06-01T00:00:00Z", [])
    text = (tmp_path / "out" / "partner-00000.yaml").read_text(encoding="utf-8")
    digest = publish_file(ledger, text, "maker")
    framed = product_file("frame", MAKER, {"profile": "2"})
    draft = ledger.done("compose", "-", f"--input=profile={digest}", stdin=framed)
    pcf = json.loads(draft.out)["credentialSubject"]["pcf"]
    assert pcf["pcfExcludingBiogenicUptake"] == "16.5000"
    assert pcf["primaryDataShare"].startswith("12.9")
    product = publish_file(ledger, framed, "maker", profile=digest)
    ledger.done("anchor")
    walked = ledger.done("walk", product, "--format", "json").json
    assert walked["verdict"] == "verified"
    assert walked["coverage"]["checked"]["unsigned"] == "100.00"
    assert walked["coverage"]["data"]["primary"] == "12.90"


def test_what_is_refused_is_told_with_its_place(ledger: Cli, tmp_path: Path) -> None:
    file = tmp_path / "partner.json"
    file.write_text(json.dumps([pact(status="Deprecated")]), encoding="utf-8")
    answer = ledger("partner", "import", file, "--issuer", MAKER, "--out", tmp_path / "out")
    assert answer.code == 1
    assert "[0].status is not Active" in answer.err
    assert not (tmp_path / "out").exists()


def test_files_of_an_earlier_partner_are_not_written_over(ledger: Cli, tmp_path: Path) -> None:
    _imported(ledger, tmp_path, pact())
    before = (tmp_path / "out" / "partner-00000.yaml").read_bytes()
    again = ledger("partner", "import", tmp_path / "partner.json", "--issuer", MAKER, "--out",
                   tmp_path / "out")  # fmt: skip
    assert (again.code, "is not empty" in again.err) == (1, True)
    assert (tmp_path / "out" / "partner-00000.yaml").read_bytes() == before


def test_nothing_is_received_in_the_future_or_in_no_country(ledger: Cli, tmp_path: Path) -> None:
    file = tmp_path / "partner.json"
    file.write_text(json.dumps(pact()), encoding="utf-8")
    common = ("partner", "import", file, "--issuer", MAKER, "--out", tmp_path / "out")
    later = ledger(*common, "--received", "2999-01-01T00:00:00Z")
    assert (later.code, "is in the future" in later.err) == (1, True)
    nowhere = ledger(*common, "--country", "China")
    assert (nowhere.code, "ISO 3166-1" in nowhere.err) == (2, True)


@pytest.mark.parametrize("form", ["PACT", "Catena-X"])
def test_compose_says_which_command_reads_a_partners_file(
    ledger: Cli, tmp_path: Path, form: str
) -> None:
    file = tmp_path / "partner.json"
    value = pact() if form == "PACT" else [{"scopeOfPcfForm": []}]
    file.write_text(json.dumps(value), encoding="utf-8")
    answer = ledger("compose", file)
    assert answer.code == 1
    assert form in answer.err
    assert "rootprint partner import" in answer.err
