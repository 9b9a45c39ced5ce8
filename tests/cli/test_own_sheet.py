"""``template`` and ``mapping`` as a clerk uses them: from a sheet of one's own to a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from rootprint.ledger.intake import parse_inventory
from tests.cli.story import publish_file
from tests.project.pyproject import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.running import Cli

pytestmark = pytest.mark.chain
FOLDER = ROOT / "examples" / "own-sheet"
SHEET, MAP = FOLDER / "ledger-2025.xlsx", FOLDER / "map.yaml"
ELECTRICITY = ROOT / "examples" / "first-steps" / "electricity.yaml"
PEOPLE = (("factors", "factor-publisher"), ("pumps", "supplier"))


@pytest.fixture(scope="module")
def electricity(ledger: Cli) -> str:
    for name, role in PEOPLE:
        ledger.done(
            "org", "admit", name, "--did", f"did:web:{name}.example", "--role", role,
            "--legal-name", f"Example {name} (fictional)", "--country", "CN",
        )  # fmt: skip
    return publish_file(ledger, ELECTRICITY.read_text(encoding="utf-8"), "factors")


def test_the_sheet_is_composed_by_its_mapping(
    ledger: Cli, electricity: str, tmp_path: Path
) -> None:
    by_option = ledger.done(
        "compose", SHEET, "--mapping", MAP, f"--input=electricity={electricity}"
    ).json
    named = tmp_path / "map.yaml"
    text = MAP.read_text(encoding="utf-8")
    named.write_text(
        text.replace("head:\n", f'head:\n  inputs: {{electricity: "{electricity}"}}\n')
    )
    assert ledger.done("compose", SHEET, "--mapping", named).json == by_option
    # The command line goes before the file, whose digest no ledger has.
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(named.read_text().replace(electricity, "sha256:" + "0" * 64))
    assert ledger("compose", SHEET, "--mapping", wrong).code == 2
    words = ("compose", SHEET, "--mapping", wrong, f"--input=electricity={electricity}")
    assert ledger.done(*words).json == by_option


def test_a_mapping_is_proposed_with_what_is_open(ledger: Cli, tmp_path: Path) -> None:
    out = tmp_path / "proposed.yaml"
    answer = ledger.done(
        "mapping", SHEET, "--sheet", "2025年能耗台账", "--out", out, "--format", "json"
    )
    assert [one["cell"] for one in answer.json["open"]] == [
        "2025年能耗台账!E3",
        "2025年能耗台账!F3",
        "2025年能耗台账!D6",
        "",
    ]
    assert yaml.safe_load(out.read_text(encoding="utf-8"))["columns"]["名称"] == "description"
    refused = ledger("mapping", SHEET, "--out", out)
    assert refused.code == 1
    assert "has several sheets" in refused.err
    assert "--sheet" in refused.err


def test_a_name_near_one_that_was_given_is_offered(ledger: Cli, electricity: str) -> None:
    answer = ledger("compose", SHEET, "--mapping", MAP, f"--input=electricty={electricity}")
    assert answer.code == 2
    assert "name it electricty, if that is meant" in answer.err


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_template_is_written_and_answered_with_the_cells_to_fill(
    ledger: Cli, language: str, tmp_path: Path
) -> None:
    out = tmp_path / "模板 template.xlsx"
    ledger.done("template", "--lang", language, "--out", out)
    answer = ledger("compose", out, "--format", "json")
    assert answer.code == 1
    assert all(one["cell"] for one in answer.json["error"]["problems"])
    with pytest.raises(Exception, match="18 problems"):
        parse_inventory(out.read_bytes(), where="template.xlsx")


@pytest.mark.parametrize("name", ["template", "mapping"])
def test_a_file_that_exists_is_not_overwritten(ledger: Cli, name: str, tmp_path: Path) -> None:
    words = {
        "template": ("template", "--lang", "zh"),
        "mapping": ("mapping", SHEET, "--sheet", "2025年能耗台账"),
    }[name]
    out = tmp_path / "there.xlsx"
    out.write_bytes(b"filled in")
    refused = ledger(*words, "--out", out)
    assert refused.code == 1
    assert "exists already, and is not overwritten" in refused.err
    assert out.read_bytes() == b"filled in"
    ledger.done(*words, "--out", tmp_path / "other.xlsx")


def test_a_template_is_a_workbook_by_its_name(ledger: Cli, tmp_path: Path) -> None:
    refused = ledger("template", "--lang", "zh", "--out", tmp_path / "x.csv")
    assert refused.code == 1
    assert "does not end in .xlsx" in refused.err
    assert not (tmp_path / "x.csv").exists()


def test_another_s_draft_is_not_signed(ledger: Cli, electricity: str, tmp_path: Path) -> None:
    assert electricity
    draft = tmp_path / "draft.json"
    draft.write_text(ledger.done("compose", ELECTRICITY).out, encoding="utf-8")
    refused = ledger("sign", draft, "--as", "pumps")
    assert refused.code == 1
    assert "this draft is another's: its issuer is did:web:factors.example" in refused.err
    ledger.done("sign", draft, "--as", "factors")
