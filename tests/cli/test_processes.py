"""A process of two outputs and its electricity, from files to verdicts, by the commands alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from rootprint.ledger.core.statement import parse_statement
from tests.cli.running import Cli
from tests.cli.story import INIT
from tests.support.evidence_file import jwt_of, opened
from tests.support.processes import contract, file, gas, output, process

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.running import Answer

pytestmark = pytest.mark.chain
MAKER, REGISTRY = "did:web:maker.example", "did:web:registry.example"
YEAR = ("--from", "2025-01-01T00:00:00Z", "--until", "2026-01-01T00:00:00Z")
PAIR = process(output("steel", "30"), output("slag", "10"))
LINES = [gas("40"), gas("2", "N2O", output="slag")]


def text(name: str, lines: list[dict[str, Any]] | None = None, issuer: str = MAKER) -> str:
    given = file(name, PAIR, lines or LINES)
    given |= {"validUntil": "2028-12-31T00:00:00Z", "issuer": issuer}
    return yaml.safe_dump(json.loads(json.dumps(given)), sort_keys=False)


def signed(cli: Cli, command: str, content: str, *more: str) -> str:
    draft = cli.done(command, "-", *more, stdin=content).out
    return cli.done("sign", "-", "--as", "maker", stdin=draft).out


def put(cli: Cli, statement: str) -> str:
    digest: str = cli.done("publish", "-", stdin=statement).out.split()[0]
    return digest


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    made = Cli(tmp_path / "home")
    made.done(*INIT)
    for name, did, role in (("maker", MAKER, "supplier"), ("registry", REGISTRY, "registry")):
        made.done("org", "admit", name, "--did", did, "--legal-name", name, "--country", "CN",
                  "--role", role)  # fmt: skip
    return made


def verified(cli: Cli, digest: str, folder: Path, *hide: str) -> Answer:
    cli.done("anchor")
    evidence, trust = folder / "evidence.gz", folder / "trust.json"
    hidden = [part for one in hide for part in ("--hide", one)]
    cli.done("evidence", "export", digest, "--out", evidence, *hidden)
    cli.done("evidence", "trust", digest, "--out", trust)
    return cli("verify", evidence, "--trust", trust, "--format", "json")


def test_co_products_by_their_record(cli: Cli, tmp_path: Path) -> None:
    record = put(cli, signed(cli, "process", text("steel")))
    named = f"--input=furnace={record}"
    steel = put(cli, signed(cli, "compose", text("steel"), named))
    slag = put(cli, signed(cli, "compose", text("slag"), named))
    for digest in (steel, slag):
        answer = verified(cli, digest, tmp_path)
        assert (answer.code, answer.json["verdict"]) == (0, "verified")
        assert answer.json["statements"][0]["laws"]["2"] == "held"
    other = cli("compose", "-", named, stdin=text("slag", [gas("41"), *LINES[1:]]))
    assert other.code == 1
    assert "is not activity" in other.err
    assert "its amount" in other.err


def test_outputs_without_a_footprint_are_listed(cli: Cli) -> None:
    """What no footprint carries is seen by its maker; what was withdrawn carries nothing."""
    dust = {"name": "dust", "amount": {"value": "1", "unit": "t"}, "method": "waste"}
    three = process(output("steel", "30"), output("slag", "10"), dust)

    def written(name: str) -> str:
        given = file(name, three, LINES) | {"validUntil": "2028-12-31T00:00:00Z"}
        return yaml.safe_dump(json.loads(json.dumps(given)), sort_keys=False)

    record = put(cli, signed(cli, "process", written("steel")))
    steel = put(cli, signed(cli, "compose", written("steel"), f"--input=furnace={record}"))
    listed = cli.done("outputs", record)
    assert f"  75.00 %  physical     steel: {steel}\n" in listed.out
    assert "  25.00 %  physical     slag: no footprint\n" in listed.out
    assert "   0.00 %  waste        dust: waste\n" in listed.out
    assert "Not carried: 1 output without a footprint, 25.00 % of what is shared\n" in listed.out
    slag = put(cli, signed(cli, "compose", written("slag"), f"--input=furnace={record}"))
    found = cli.done("outputs", record, "--format", "json").json
    assert {row["name"]: row["footprints"] for row in found["outputs"]} == {
        "steel": [steel], "slag": [slag], "dust": [],
    }  # fmt: skip
    assert (found["whole"], found["notCarried"]) == (True, "0.000000000000")
    assert "Not carried" not in cli.done("outputs", record).out
    cli.done("withdraw", steel, "--as", "maker", "--reason", "a meter was off")
    found = cli.done("outputs", record, "--format", "json").json
    assert found["notCarried"] == "75.000000000000"
    other = cli("outputs", slag)
    assert (other.code, "is a FootprintStatement, and no ProcessRecord" in other.err) == (1, True)


def test_what_hides_a_line_hides_its_activity(cli: Cli, tmp_path: Path) -> None:
    """The record would tell what the line hides: its source, and what the period took."""
    record = put(cli, signed(cli, "process", text("slag")))
    slag = put(cli, signed(cli, "compose", text("slag"), f"--input=furnace={record}"))
    answer = verified(cli, slag, tmp_path, slag)
    assert (answer.code, answer.json["verdict"]) == (3, "incomplete")
    written = opened((tmp_path / "evidence.gz").read_bytes())["statements"]
    jwt = cli.done("present", record).out.split("~")[0]
    (mine,) = [one for one in written if jwt_of(one) == jwt]
    assert mine["disclosures"] == []  # nothing of the record is shown
    one = verified(cli, slag, tmp_path, f"{slag}:inventory[{_line(cli, slag)}]")
    assert one.json["statements"][0]["laws"]["2"] == "not checkable"
    assert "inventory" in str(one.json["notChecked"])


def test_whoever_passes_a_file_on_hides_as_its_maker_does(cli: Cli, tmp_path: Path) -> None:
    record = put(cli, signed(cli, "process", text("slag")))
    slag = put(cli, signed(cli, "compose", text("slag"), f"--input=furnace={record}"))
    assert verified(cli, slag, tmp_path).json["verdict"] == "verified"
    less = tmp_path / "less.json"
    cli.done("evidence", "forward", tmp_path / "evidence.gz", "--trust", tmp_path / "trust.json",
             "--hide", slag, "--out", less)  # fmt: skip
    for one in opened(less.read_bytes())["statements"]:
        assert one["disclosures"] == []  # neither the lines nor the record
    answer = cli("verify", less, "--trust", tmp_path / "trust.json", "--format", "json")
    assert answer.json["statements"][0]["laws"]["2"] == "not checkable"


def _line(cli: Cli, digest: str) -> int:
    """Return the index of one of the open lines."""
    found = parse_statement(cli.done("present", digest, "--show", "inventory").out.strip())
    return min(found.opened.lines)


def test_a_record_is_superseded_together_with_its_successor(cli: Cli, tmp_path: Path) -> None:
    first = put(cli, signed(cli, "process", text("steel")))
    steel = put(cli, signed(cli, "compose", text("steel"), f"--input=furnace={first}"))
    anew = text("steel", [gas("44"), *LINES[1:]])
    newer = tmp_path / "newer.sdjwt"
    newer.write_text(signed(cli, "process", anew))
    refused = cli("publish", newer)
    assert refused.code == 1
    assert f"has a live record for this time and rule pack: entry 0 ({first})" in refused.err
    cli.done("supersede", first, "--by", newer, "--as", "maker", "--reason", "a meter was off")
    cli.done("anchor")
    answer = cli("walk", steel, "--format", "json")
    assert answer.json["verdict"] == "failed"
    assert "superseded since" in answer.json["decidedBy"]["reason"]
    stale = cli("compose", "-", f"--input=steel={steel}", stdin=_takes())
    assert stale.code == 1
    assert "its process record" in stale.err


def _takes() -> str:
    lines = [{**gas("1"), "source": {"input": "steel"}}]
    alone = {"name": "Hall 2", "outputs": [output("shelf", "1")]}
    return yaml.safe_dump(json.loads(json.dumps(file("shelf", alone, lines))), sort_keys=False)


def test_a_co_product_without_a_record_is_composed_and_not_published(cli: Cli) -> None:
    without = {name: member for name, member in PAIR.items() if name != "record"}
    given = file("steel", without, LINES)
    content = yaml.safe_dump(json.loads(json.dumps(given)), sort_keys=False)
    draft = cli.done("compose", "-", stdin=content)
    assert "cites no process record" in draft.err
    assert "rootprint process" in draft.err
    statement = cli.done("sign", "-", "--as", "maker", stdin=draft.out).out
    refused = cli("publish", "-", stdin=statement)
    assert refused.code == 1
    assert "law 2: line" in refused.err


def test_electricity_by_a_claim_on_a_retirement(cli: Cli, tmp_path: Path) -> None:
    retired = cli.done(
        "retire", "--as", "registry", "--registry", "Example registry", "--beneficiary", MAKER,
        "--attribute", "electricity", "--market", "CN", "--amount", "10", "MWh", *YEAR,
        "--certificates", "W-0001", "W-0010", "--format", "json",
    ).json["digest"]  # fmt: skip
    asked = ("claim", "--as", "maker", "--retirement", retired, *YEAR, "--format", "json")
    claimed = cli.done(*asked, "--amount", "6", "MWh").json["digest"]
    over = cli(*asked, "--amount", "5", "MWh")
    assert over.code == 1
    assert "exceed what was retired: entry 1" in over.err
    alone = {"name": "Hall 1", "outputs": [output("part", "1")]}
    line = {**contract("", "6000"), "electricity": "contract"}
    line["certificate"]["claim"] = "wind"
    content = yaml.safe_dump(json.loads(json.dumps(file("part", alone, [line]))), sort_keys=False)
    part = put(cli, signed(cli, "compose", content, f"--input=wind={claimed}"))
    answer = verified(cli, part, tmp_path)
    assert (answer.code, answer.json["verdict"]) == (0, "verified")
    assert answer.json["statements"][0]["laws"]["4"] == "held"
    cli.done("withdraw", claimed, "--as", "maker", "--reason", "sold")
    again = cli("walk", part, "--format", "json")
    assert again.json["verdict"] == "failed"
    cli.done(*asked, "--amount", "10", "MWh")


def test_a_claim_names_one_thing(cli: Cli) -> None:
    assert cli("claim", "--as", "maker", "--amount", "1", "MWh", *YEAR).code == 2
    unsigned = cli.done("claim", "--as", "maker", "--amount", "1", "MWh", *YEAR,
                        "--certificate", "Example registry", "W-1", "--format", "json")  # fmt: skip
    assert unsigned.json["certificate"] == {"registry": "Example registry", "id": "W-1"}
    wrong = cli("retire", "--as", "maker", "--registry", "r", "--beneficiary", MAKER,
                "--attribute", "heat", "--market", "CN", "--amount", "1", "MWh", *YEAR,
                "--certificates", "a", "b")  # fmt: skip
    assert wrong.code == 4
    assert "registry" in wrong.err


def test_a_scenario_records_its_processes(tmp_path: Path) -> None:
    """The first inventory that names a record makes it; whoever is hidden hides it too."""
    folder, out = tmp_path / "furnace", tmp_path / "out"
    (folder / "inventories").mkdir(parents=True)
    for name in ("steel", "slag"):
        (folder / "inventories" / f"{name}.yaml").write_text(text(name, issuer="maker"))
    shelf = yaml.safe_load(_takes()) | {"issuer": "maker", "validUntil": "2028-12-31T00:00:00Z"}
    (folder / "inventories" / "shelf.yaml").write_text(yaml.safe_dump(shelf, sort_keys=False))
    maker = {"id": "maker", "did": MAKER, "legalName": "Example maker (fictional)",
             "country": "CN", "roles": ["supplier"]}  # fmt: skip
    (folder / "organisations.yaml").write_text(yaml.safe_dump({"organisations": [maker]}))
    scenario = {
        "name": "A furnace",
        "description": "Steel, slag and a shelf of steel.",
        "organisations": "organisations.yaml",
        "publish": ["steel", "slag", "shelf"],
        "products": ["slag", "shelf"],
    }
    (folder / "scenario.yaml").write_text(yaml.safe_dump(scenario))
    reported = Cli(out, passphrase=None).done("demo", folder, "--out", out)
    assert "4 statements signed and in the log" in reported.err + reported.out
    for name in ("slag", "shelf"):
        files = (out / f"evidence-{name}.gz", "--trust", out / f"trust-block-{name}.json")
        answer = Cli(out, passphrase=None).done("verify", *files, "--format", "json")
        kinds = [one["kind"] for one in answer.json["statements"]]
        assert kinds.count("ProcessRecord") == 1
