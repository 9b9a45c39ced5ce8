"""Inventories of thousands of lines, from the file to a verdict in both verifiers."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from rootprint.ledger.intake.inventory import MAX_LINES, parse_inventory
from tests.cli.running import Cli
from tests.cli.story import FACTORS, INIT, MAKER, factor_file
from tests.support.processes import file
from tests.web.node import VERIFIER, node

if TYPE_CHECKING:
    from pathlib import Path

    from rootprint.ledger.intake import Inventory

pytestmark = [pytest.mark.chain, pytest.mark.slow]
COUNT = 5000
FOSSIL = "fossilGhgEmissions"
STAGES = ("raw-material", "manufacturing")
VALUE = Fraction("1.75")


def amount(number: int) -> str:
    return f"{number % 97 + 1}.{number % 1000:03d}"


def lines(count: int) -> list[dict[str, Any]]:
    """Every third line takes the factor; the others are measured CO2."""
    return [
        {
            "stage": STAGES[number % 2],
            "description": f"Position {number:04d} of the bill of materials",
            "amount": {"value": amount(number), "unit": "kg"},
            "source": {"gas": "CO2", "set": "AR6"} if number % 3 else {"input": "steel"},
            "primary": bool(number % 3),
        }
        for number in range(count)
    ]


def document(count: int) -> dict[str, Any]:
    found = file("machine", {}, lines(count), validUntil="2028-12-31T00:00:00Z", issuer=MAKER)
    del found["process"]
    return found


def table(count: int) -> list[list[str]]:
    head = ["stage", "description", "amount.value", "amount.unit", "source.input", "source.gas",
            "source.set", "primary"]  # fmt: skip
    rows = [
        [
            line["stage"],
            line["description"],
            line["amount"]["value"],
            line["amount"]["unit"],
            *(line["source"].get(name, "") for name in ("input", "gas", "set")),
            "true" if line["primary"] else "false",
        ]
        for line in lines(count)
    ]
    return [head, *rows]


def members() -> list[tuple[str, str]]:
    """The head as a table has it."""
    found: list[tuple[str, str]] = [("member", "value")]

    def add(path: str, value: Any) -> None:
        if isinstance(value, dict):
            for name, member in value.items():
                add(f"{path}.{name}", member)
        elif isinstance(value, list):
            for number, member in enumerate(value, 1):
                add(f"{path}.{number}", member)
        else:
            found.append((path, str(value).lower() if isinstance(value, bool) else str(value)))

    for name, member in document(1).items():
        if name != "inventory":
            add(name, member)
    return found


def test_5000_lines_are_verified_by_both(tmp_path: Path) -> None:
    cli = Cli(tmp_path / "home")
    cli.done(*INIT)
    for name, did, role in (("maker", MAKER, "supplier"), ("factors", FACTORS, "factor-publisher")):
        cli.done("org", "admit", name, "--did", did, "--legal-name", name, "--country", "CN",
                 "--role", role)  # fmt: skip
    draft = cli.done("compose", "-", stdin=factor_file("steel", FACTORS, str(float(VALUE)))).out
    signed = cli.done("sign", "-", "--as", "factors", stdin=draft).out
    steel = cli.done("publish", "-", stdin=signed).out.split()[0]

    written = tmp_path / "machine.yaml"
    written.write_text(json.dumps(document(COUNT)), encoding="utf-8")
    draft = cli.done("compose", written, f"--input=steel={steel}").out
    total = sum(Fraction(amount(n)) * (1 if n % 3 else VALUE) for n in range(COUNT))
    pcf = json.loads(draft)["credentialSubject"]["pcf"]
    assert Fraction(pcf[FOSSIL]) == Fraction(pcf["pcfExcludingBiogenicUptake"]) == total

    machine = cli.done(
        "publish", "-", stdin=cli.done("sign", "-", "--as", "maker", stdin=draft).out
    )
    digest = machine.out.split()[0]
    cli.done("anchor")
    evidence, trust = tmp_path / "evidence.gz", tmp_path / "trust.json"
    block = cli.done("evidence", "export", digest, "--out", evidence, "--format", "json").json
    cli.done("evidence", "trust", digest, "--out", trust, "--block", block["block"])

    answer = cli.done("verify", evidence, "--trust", trust, "--format", "json").json
    done = node(VERIFIER / "main.js", evidence, trust)
    assert done.returncode == 0, done.stderr
    for report in (answer, json.loads(done.stdout)):
        assert report["verdict"] == "verified"
        assert Fraction(report["totals"]["pcfExcludingBiogenicUptake"]) == total
        (subject,) = [one for one in report["statements"] if one["digest"] == digest]
        assert subject["laws"]["1"] == "held"


def test_tables_have_as_many_lines_as_can_be_signed() -> None:
    wanted = parse_inventory(json.dumps(document(MAX_LINES)).encode(), where="machine.yaml")
    assert len(wanted.lines) == MAX_LINES == 8192
    text = io.StringIO()
    csv.writer(text).writerows([*members(), [], *table(MAX_LINES)])
    same(parse_inventory(text.getvalue().encode(), where="machine.csv"), wanted)
    book, data = openpyxl.Workbook(write_only=True), io.BytesIO()
    for name, rows in (("head", members()), ("inventory", table(MAX_LINES))):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(data)
    same(parse_inventory(data.getvalue(), where="machine.xlsx"), wanted)


def same(found: Inventory, wanted: Inventory) -> None:
    """Two files say the same, each in places of its own."""
    assert replace(found, where=wanted.where, places=wanted.places) == wanted
