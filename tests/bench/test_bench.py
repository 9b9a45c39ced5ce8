"""The bench runs, measures what it says, in turn, and writes what the other tools read.

No test here asserts a time: that is what scripts/bench is for.
"""

from __future__ import annotations

import json
import math
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from benches import calc, gas_node, gas_peers
from benches.calc_growth import exponent
from benches.calc_growth import growth as growth_of
from benches.command import BENCHES, grown, run
from benches.gas import recorder_code
from benches.measuring import Growth, Pair, Result, rates, same
from tests.contracts.evm import Account, Evm, Reverted
from tests.support.anvil import anvil_program

if TYPE_CHECKING:
    from pathlib import Path

MEMBERS = ["name", "work", "ours", "unit", "against", "theirs", "ratio"]
GROWTH = [
    "name", "cost", "sizes", "ours", "ours_exponent", "theirs", "theirs_exponent", "fit",
]  # fmt: skip
ON_NODE = re.compile(r"gas of an? [a-z ]+, (prague|osaka), beside @")
SIZE = re.compile(r"(?<![\w,])(\d+e\d+|\d{1,3}(,\d{3})+|\d+\^\d+)(?![\w,^])")


@pytest.fixture(scope="module")
def quick(root: Path) -> dict[str, Any]:
    """All of them once, as scripts/bench starts them after preparing the environment."""
    done = subprocess.run(
        [sys.executable, "-m", "benches", "--quick", "--format", "json"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (root, root / "scripts")))},
        capture_output=True,
        text=True,
        timeout=600,  # a busy machine; here no time is judged
        check=False,
    )
    assert done.returncode == 0, done.stderr
    document: dict[str, Any] = json.loads(done.stdout)  # nothing else on stdout, progress included
    return document


def test_the_document_has_the_members_that_are_promised(quick: dict[str, Any]) -> None:
    assert list(quick) == ["machine", "results", "growth"]
    assert list(quick["machine"]) == ["cpu", "cores", "python", "platform"]
    assert [list(result) for result in quick["results"]] == [MEMBERS] * len(quick["results"])


def test_every_name_is_measured_and_says_its_size_once(quick: dict[str, Any]) -> None:
    names = [result["name"] for result in quick["results"]]
    assert len(set(names)) == len(names)
    without = [name for name in names if len(SIZE.findall(name)) != 1]
    assert [name for name in without if not ON_NODE.match(name)] == []  # no size changes these
    for bench in BENCHES:
        assert any(name.startswith(bench) for name in names)


def test_a_ratio_is_ours_to_theirs_the_better_way_round(quick: dict[str, Any]) -> None:
    for result in quick["results"]:
        ours, theirs, ratio = (result[member] for member in ("ours", "theirs", "ratio"))
        assert all(math.isfinite(value) and value > 0 for value in (ours, theirs, ratio))
        more_is_better = result["unit"].endswith("/s")
        wanted = ours / theirs if more_is_better else theirs / ours
        assert ratio == pytest.approx(wanted, rel=0.01)  # each is rounded to four digits


def test_a_limit_is_called_so(quick: dict[str, Any]) -> None:
    limits = [result["name"] for result in quick["results"] if result["against"][:5] == "limit"]
    assert [name for name in limits if not name.startswith(("merkle", "verify", "calc"))] == []
    merkle, verify, shapes = 2, 3, 4  # calc: its pass, on each shape of graph
    assert len(limits) == merkle + verify + shapes


def test_one_size_says_nothing_of_growth(quick: dict[str, Any]) -> None:
    assert [list(one) for one in quick["growth"]] == [GROWTH] * len(quick["growth"])
    for one in quick["growth"]:
        assert one["sizes"] == [10_000]
        assert one["ours_exponent"] is one["theirs_exponent"] is None
        assert one["fit"] == "one size ran: growth is not known"
    for result in (result for result in quick["results"] if result["name"].startswith("calc")):
        name = result["name"].rpartition(", ")[0]
        (cost,) = [one["ours"][0] for one in quick["growth"] if one["name"] == name]
        if result["unit"] != "MB":
            assert cost == pytest.approx(1 / result["ours"], rel=0.01)
        else:
            assert 0 < cost < result["ours"]  # the process without a graph is taken off


@pytest.mark.parametrize("shape", ["any", "cyclic"])
def test_several_sizes_give_an_exponent_for_each_cost(shape: str) -> None:
    found = list(calc.measured({"2e2": 1, "1e3": 1}, [shape], quick=True))
    growth = [one for one in found if isinstance(one, Growth)]
    names = {one.name.rpartition(", ")[0] for one in found if isinstance(one, Result)}
    assert {one.name for one in growth} == names
    assert {one.cost.partition(" ")[0] for one in growth} == {"seconds", "MB"}
    for one in growth:
        assert one.sizes == [200, 1000]
        assert one.name.endswith(f", {shape}")
        assert one.fit.endswith("2 sizes over 0.699 decades")
        assert one.cost.startswith("MB") or one.ours_exponent is not None
    shown = grown(growth)
    assert shown.count("ours") == shown.count("against") == len(growth)


def test_the_exponent_is_that_of_the_costs() -> None:
    sizes = [1e4, 1e5, 1e6]
    assert exponent(sizes, [3 * n**1.5 for n in sizes]) == 1.5
    assert exponent(sizes, [7.0, 7.0, 7.0]) == 0
    assert exponent([1e4, 1e5], [2.0, 200.0]) == 2
    assert exponent(sizes[:1], [1.0]) is None
    assert exponent(sizes, [1.0, -0.1, 2.0]) is None  # as memory below the floor would be


def test_memory_grows_from_what_a_process_without_a_graph_holds() -> None:
    def peak(size: str, ours: float, theirs: float) -> Result:
        name = f"calc peak memory, any, {size}"
        return Result(name, "", ours, "MB", "", theirs, theirs / ours)

    (one,) = growth_of([peak("1e4", 52, 110), peak("1e5", 70, 200)], {"any": (50, 100)})
    assert (one.ours, one.ours_exponent) == ([2, 20], 1)
    assert (one.theirs, one.theirs_exponent) == ([10, 100], 1)


def test_an_unknown_name_ends_with_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["merkle", "speed"])
    said = capsys.readouterr()
    assert ended.value.code == 2
    assert "no bench is named speed; there are merkle, verify, gas, calc, rules" in said.err
    assert said.out == ""


def test_the_table_shows_the_same_figures(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["gas", "--quick"]) == 0
    shown = capsys.readouterr().out
    assert "gas of one anchor, log of 2^10" in shown
    assert "gas of one anchor, log of 2^20" in shown


def test_the_two_ways_are_timed_in_turn() -> None:
    order: list[str] = []
    pair = Pair("n", "w", lambda: order.append("ours"), "a", lambda: order.append("theirs"), 1, "x")
    result = rates(pair, rounds=3)
    assert order == ["ours", "theirs"] * 3
    assert (result.name, result.work, result.against, result.unit) == ("n", "w", "a", "x/s")


def test_what_gives_another_result_is_not_timed() -> None:
    with pytest.raises(RuntimeError, match="the root: ours and theirs differ"):
        same("the root", b"a", b"b")


def test_the_recorder_without_proof_keeps_rows_for_its_writer_alone() -> None:
    writer, stranger = Account("writer"), Account("stranger")
    evm = Evm(writer, stranger)
    _, recorder = evm.transact(writer, b"", recorder_code(writer.address))
    for size, root in ((5, b"\x05" * 32), (9, b"\x09" * 32)):
        evm.transact(writer, recorder, size.to_bytes(32) + root)
    with pytest.raises(Reverted):
        evm.transact(stranger, recorder, (10).to_bytes(32) + bytes(32))
    words = [evm.slot(recorder, number.to_bytes(32)) for number in range(5)]
    assert int.from_bytes(words[0]) == 2
    assert (words[1], words[3]) == (b"\x05" * 32, b"\x09" * 32)
    assert [int.from_bytes(words[place][-8:]) for place in (2, 4)] == [5, 9]
    assert all(int.from_bytes(words[place][:-8]) > 1_700_000_000 for place in (2, 4))


def test_the_gas_of_a_node_is_that_of_the_snapshot(quick: dict[str, Any], root: Path) -> None:
    """Forks after Cancun changed no price that these pay. Without peers there is none to read."""
    stored = json.loads((root / "contracts" / "gas-snapshot.json").read_text())
    found = {result["name"]: result for result in quick["results"] if ", prague," in result["name"]}
    for name, result in found.items():
        done = result["work"].partition(": whole transaction")[0]
        near = 0.06 if "anchor" in name else 0.001  # fewer logs in a quick run; zeros in signatures
        assert result["ours"] == pytest.approx(stored[done], rel=near), name


def test_a_package_with_another_hash_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gas_peers, "FOLDER", tmp_path)
    archive = tmp_path / "tradetrust-tt-document-store-4.1.1.tgz"
    archive.write_bytes(b"another")
    with pytest.raises(gas_peers.NotHad, match="has not the hash that is expected"):
        gas_peers.STORE.member("package.json")
    assert not archive.exists()  # the next run fetches it anew


def test_what_can_not_be_had_is_skipped_with_the_reason(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object) -> dict[str, float]:
        raise gas_peers.NotHad("no network")

    monkeypatch.setattr(gas_node, "PEERS", ((gas_peers.EAS, refuse, 2),))
    monkeypatch.setattr(gas_node, "FORKS", ("prague",))
    if anvil_program(root) is None:
        pytest.skip("no anvil for this machine")
    assert list(gas_node.results(quick=True)) == []
    said = capsys.readouterr().err
    assert "skipped gas beside @ethereum-attestation-service/eas-contracts: no network" in said
