"""``rootprint demo``: five makers, from a folder of files to a verdict, and what it leaves."""

from __future__ import annotations

import gzip
import json
import os
import re
import stat
import subprocess
import sys
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from rootprint.ledger.exchange import pact
from rootprint.ledger.rules import library
from tests.cli import five_makers
from tests.cli.running import Answer, Cli
from tests.conftest import ROOT
from tests.support.evidence_file import opened

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.chain

# As if only what verifying needs were installed.
_ALONE = """
import sys
for name in ("sqlalchemy", "web3", "fastapi", "starlette", "uvicorn", "eth", "click_never"):
    sys.modules[name] = None
sys.argv = ["rootprint", *sys.argv[1:]]
from rootprint.api.main import main
main()
"""


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Answer]:
    """The demo's folder, and what its first run answered."""
    folder = tmp_path_factory.mktemp("demo")
    scenario = five_makers.write(folder / "scenario")
    out = folder / "out"
    return out, Cli(folder / "unused", passphrase=None).done("demo", scenario, "--out", out)


@pytest.fixture
def out(ran: tuple[Path, Answer]) -> Path:
    return ran[0]


def alone(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Verify in a process of its own, without database, network client, server or EVM."""
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-c", _ALONE, "verify", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        cwd="/",
    )


def test_the_number_is_the_one_that_the_figures_give(ran: tuple[Path, Answer]) -> None:
    answer = ran[1]
    shown = re.match(r"Footprint  ([0-9.]+) kg CO2e per 1 kilogram, cradle-to-gate, ", answer.out)
    assert shown is not None
    assert abs(Fraction(shown[1]) - five_makers.expected()) <= Fraction(1, 100_000)
    # What only the hidden recipe cites is not reached: the ore and its maker stay a secret.
    assert "All 6 statements (5 footprints, 1 assurance) of 6 organisations" in answer.out
    assert "ore-maker" not in answer.out
    assert answer.last.startswith("VERIFIED ")
    assert "limited," in answer.last
    assert "(limited, 1 body, materiality 5 %, accreditation not checked)" in answer.last
    assert answer.last.endswith("TEST CHAIN")


def test_what_it_says_on_the_way_is_no_result(ran: tuple[Path, Answer]) -> None:
    answer = ran[1]
    assert "admitted 7 organisations in 14 calls, each with own keys" in answer.err
    assert "walked lamp in the ledger, nothing hidden: verified, " in answer.err
    assert "rootprint verify" in answer.err
    assert "sed -i" not in answer.err  # what it says to try leaves the demo's own files as they are
    assert "composing, signing" not in answer.err  # no progress bar where stderr is no terminal
    assert "\x1b" not in answer.err + answer.out


def test_its_files_verify_in_a_process_that_has_no_database_and_no_server(out: Path) -> None:
    command = (out / "evidence.gz", "--trust", out / "trust.json", "--format", "json")
    found = alone(*command)
    assert found.returncode == 0, found.stderr
    report = json.loads(found.stdout)
    assert report["verdict"] == "verified"
    assert report["coverage"]["checked"]["assured"] != "0.00"
    assert {c["number"] for s in report["statements"] for c in s["checks"]} == set(range(1, 11))
    reported = alone(*command[:-2], "--offline", "--explain", "4")
    assert reported.returncode == 0
    assert reported.stdout.rstrip().rpartition("\n")[2].startswith("VERIFIED")


def test_a_broken_byte_is_seen_where_the_demo_says_it_is(out: Path, tmp_path: Path) -> None:
    text = gzip.decompress((out / "evidence.gz").read_bytes())
    assert b'"index":5,' in text
    broken = tmp_path / "broken.gz"
    broken.write_bytes(gzip.compress(text.replace(b'"index":5,', b'"index":50,'), mtime=0))
    found = alone(broken, "--trust", out / "trust.json")
    assert found.returncode == 1
    assert found.stdout.rstrip().rpartition("\n")[2].startswith("FAILED check 3 inclusion of lamp")


def test_the_chain_is_read_and_never_written(out: Path) -> None:
    """Read-only file and folder: nothing is made beside the chain, not even for a moment kept."""
    ledger = out / "ledger"
    chain = ledger / "chain.sqlite"
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (ledger, chain)}
    before = sorted(path.name for path in ledger.iterdir()), chain.read_bytes()
    try:
        chain.chmod(0o444)
        ledger.chmod(0o555)
        found = alone(out / "evidence.gz", "--trust", out / "trust.json")
    finally:
        for path, mode in modes.items():
            path.chmod(mode)
    assert found.returncode == 0, found.stderr
    assert (sorted(path.name for path in ledger.iterdir()), chain.read_bytes()) == before


def test_the_ledger_it_leaves_is_a_ledger_like_any_other(out: Path) -> None:
    cli = Cli(out / "ledger", passphrase=None)
    trust = json.loads((out / "trust.json").read_text())
    assert trust["expect"] == {
        "issuer": "did:web:lamp-maker.example",
        "product": "urn:example:lamp",
    }
    assert trust["chainFile"] == "ledger/chain.sqlite"
    digest = opened((out / "evidence.gz").read_bytes())["subject"]
    assert pact.faults(cli.done("evidence", "pact", digest).json) == []
    assert cli.done("log", "fsck", "--format", "json").json["entries"] == 7
    assert cli.done("walk", digest, "--require-arithmetic", "recomputed").last.startswith(
        "VERIFIED"
    )


def test_keys_are_readable_by_their_owner_alone(out: Path) -> None:
    keys = out / "ledger" / "keys"
    assert stat.S_IMODE(keys.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in keys.iterdir()} == {0o600}
    assert len(list(keys.iterdir())) == 3 + 2 * (1 + 7)  # registrar, operator, log; two each


def test_a_second_run_makes_it_anew_and_answers_in_json(out: Path) -> None:
    (out / "mine.txt").write_text("left alone")
    before = (out / "evidence.gz").read_bytes()
    answer = Cli(out / "unused", passphrase=None).done(
        "demo", out.parent / "scenario", "--out", out, "--format", "json"
    )
    assert answer.json["verdict"] == "verified"
    assert (out / "evidence.gz").read_bytes() != before
    assert (out / "mine.txt").read_text() == "left alone"


@pytest.mark.parametrize("content", ["a file", "a ledger"])
def test_a_folder_that_is_no_demos_is_left_alone(
    nowhere: Cli, tmp_path: Path, content: str
) -> None:
    """Not even a real ledger that happens to lie where a demo's would."""
    out = tmp_path / "work"
    place = out / "ledger" / "rootprint.json" if content == "a ledger" else out / "thesis.tex"
    place.parent.mkdir(parents=True)
    place.write_text("{}")
    answer = nowhere("demo", five_makers.write(tmp_path / "scenario"), "--out", out)
    assert answer.code == 1
    assert f"{out} is not empty and not an earlier demo's, so it was left as it is" in answer.err
    assert place.read_text() == "{}"


@pytest.mark.parametrize(
    ("changes", "code", "match"),
    [
        ({"product": "sun"}, 1, "scenario.yaml does not publish sun — whoever wrote"),
        ({"hide": ["sun"]}, 1, "scenario.yaml does not publish sun"),
        ({"publish": ["fuel", "stone", "lamp", "metal"]}, 2, "stone.yaml is not there"),
        ({"organisations": "others.yaml"}, 2, "others.yaml is not there"),
        ({"name": ""}, 1, "scenario.yaml.name is not non-empty text"),
        ({"colour": "red"}, 1, "has a member 'colour'"),
        ({"rules": {"sun": "catena-x-pcf"}}, 1, "scenario.yaml does not publish sun"),
        ({"rules": {"lamp": "my-rules"}}, 2, "there is no rule pack my-rules"),
    ],
)
def test_a_scenario_with_a_fault_is_refused_before_anything_is_made(
    nowhere: Cli, tmp_path: Path, changes: dict[str, object], code: int, match: str
) -> None:
    scenario = five_makers.write(tmp_path / "scenario", **changes)
    answer = nowhere("demo", scenario, "--out", tmp_path / "out")
    assert answer.code == code
    assert match in answer.err
    assert not (tmp_path / "out").exists()


def test_a_scenario_says_by_which_pack_a_product_is_composed(nowhere: Cli, tmp_path: Path) -> None:
    """The others are composed by the base pack, and whoever holds both verifies all."""
    ruled = five_makers.write(tmp_path / "scenario", rules={"lamp": "rootprint-pv-module"})
    answer = nowhere.done("demo", ruled, "--out", tmp_path / "out")
    assert answer.last.startswith("VERIFIED")
    shown = opened((tmp_path / "out" / "evidence.gz").read_bytes())["statements"]
    subjects = [one["payload"]["credentialSubject"] for one in shown]
    made = {one["productNameCompany"]: one["computedWith"]["rule"] for one in subjects
            if "computedWith" in one}  # fmt: skip
    packs = library()
    expected = dict.fromkeys(made, packs.get("rootprint-base-rules"))
    expected["lamp"] = packs.get("rootprint-pv-module")
    assert made == {name: {"id": one.id, "digest": one.digest} for name, one in expected.items()}


def test_an_input_must_be_published_before_what_cites_it(nowhere: Cli, tmp_path: Path) -> None:
    order = ["fuel", "metal", "ore", "wire", "cable", "lamp"]
    scenario = five_makers.write(tmp_path / "scenario", publish=order)
    answer = nowhere("demo", scenario, "--out", tmp_path / "out")
    assert answer.code == 2
    assert "it is not said which statement the input 'ore' is" in answer.err
    assert "publish ore before what cites it: the order is scenario.yaml's" in answer.err
    # A run that was stopped leaves a folder that the next one may clear.
    assert nowhere("demo", scenario, "--out", tmp_path / "out").code == 2
