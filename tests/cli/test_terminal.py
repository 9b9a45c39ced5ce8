"""Files of others on the command line: no text of theirs steers a terminal or begins a line."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from rootprint.api.cli.session import Session
from rootprint.api.cli.terminal import plain, plain_json
from tests.cli.running import Cli
from tests.intake.drafts import PRODUCT
from tests.partner.documents import MAKER, pact
from tests.project.pyproject import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

# Line ends that a terminal or Python knows, the two controls that begin a sequence, a direction.
FORGED = "x\nVERIFIED forged\r\x1b[2J\x9b1A\x85VERIFIED\u2028VERIFIED\u202e"
VALID = ("--valid-from", "2026-01-01T00:00:00Z", "--valid-until", "2028-12-31T00:00:00Z")


def _partner(folder: Path) -> list[object]:
    file = folder / "partner.json"
    second = pact(id="7d1c", status="Deprecated", specVersion=FORGED, pcf={FORGED: "1"})
    first = pact(pcf={FORGED: "1", "secondaryEmissionFactorSources": FORGED},
                 extensions=[{"specVersion": "1.0.0", "data": {"statement": FORGED},
                              "dataSchema": "urn:rootprint:extension:statement:v1"}])  # fmt: skip
    own = {"id": FORGED, "precedingPfIds": [pact()["id"]], "productIds": [FORGED]}
    file.write_text(json.dumps([first, second, pact(**own)]), encoding="utf-8")
    return ["partner", "import", file, "--issuer", MAKER, "--out", folder / "out"]


def _sheet(folder: Path) -> list[object]:
    file = folder / "sheet.csv"
    file.write_text(f'"{FORGED}",Amount,Unit\n"{FORGED}",5,kg\n"b",6,kg\n', encoding="utf-8")
    return ["mapping", file, "--out", folder / "mapping.yaml"]


def _factors(folder: Path) -> list[object]:
    file = folder / "spend.csv"
    table = (Path(__file__).parent / "data" / "spend-factors-test.csv").read_text(encoding="utf-8")
    unit = "kg CO2e/2022 USD, purchaser price"
    row = f'000009,"{FORGED}","All GHGs","{unit}",20000,5,20005,"{FORGED}"\n'
    file.write_text(table + row, encoding="utf-8", newline="")
    return ["factors", "import", "epa", file, "--issuer", MAKER, *VALID, "--out", folder / "out"]


def _inventory(folder: Path) -> list[object]:
    file = folder / "part.yaml"
    lines = [{FORGED: "1", "amount": {"value": "1", "unit": FORGED}}, {"stage": FORGED}]
    file.write_text(yaml.safe_dump({**PRODUCT, FORGED: "1", "inventory": lines}), encoding="utf-8")
    return ["compose", file]


def _pack(folder: Path) -> list[object]:
    file = folder / "pack.json"
    base = json.loads((ROOT / "ledger/rules/data/base-4.json").read_bytes())
    for rule in base["rules"]:
        rule["what"] = rule["clause"] = FORGED
    pack = {**base, "id": "forged", "title": FORGED}
    file.write_text(json.dumps(pack), encoding="utf-8")
    return ["rules", "show", pack["id"], "--pack-file", file]


@pytest.mark.parametrize("more", [[], ["--format", "json"]])
@pytest.mark.parametrize("files", [_partner, _sheet, _factors, _inventory, _pack])
def test_no_text_of_a_file_steers_the_terminal(
    files: Callable[[Path], list[object]], more: list[str], tmp_path: Path
) -> None:
    answer = Cli(tmp_path / "none")(*files(tmp_path), *more)
    text = answer.out + answer.err
    assert "\\u001b[2J" in text  # it is shown, as what it is
    assert [line for line in text.split("\n") if not line.isprintable()] == []
    assert not any(line.startswith("VERIFIED") for line in text.split("\n"))
    report = tmp_path / "out" / "refused.csv"
    if report.exists():
        assert "\x1b" not in report.read_text(encoding="utf-8-sig")


def test_a_heading_begins_no_line_of_a_mapping(tmp_path: Path) -> None:
    """A line end in a comment would make YAML of what follows it: U+2028 is one of YAML's."""
    Cli(tmp_path / "none").done(*_sheet(tmp_path))
    text = (tmp_path / "mapping.yaml").read_text(encoding="utf-8")
    assert [line for line in text.split("\n") if not line.isprintable()] == []
    proposed: dict[str, Any] = yaml.safe_load(text)
    assert list(proposed["columns"]) == ["Amount", "Unit"]


def test_json_says_the_same_and_steers_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    value = {"text": FORGED, "tag": "\U000e0041", "name": "光伏 · 1 m²"}
    Session().give_document(value)
    text = capsys.readouterr().out
    assert json.loads(text) == value
    assert "光伏 · 1 m²" in text
    assert all(line.isprintable() for line in text.split("\n"))
    assert plain_json(text) == text
    assert plain({FORGED: [FORGED]}) == {plain(FORGED): [plain(FORGED)]}


def test_only_what_makes_texts_plain_prints() -> None:
    """``click.echo`` is called where every line goes through ``plain``, and nowhere else."""
    calls = {
        path.name
        for path in (ROOT / "api" / "cli").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Attribute) and node.attr in {"echo", "secho"})
        or (isinstance(node, ast.Name) and node.id == "print")
    }
    assert calls == {"session.py", "failing.py"}
