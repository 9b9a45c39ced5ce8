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

from benches.command import BENCHES, run
from benches.gas import recorder_code
from benches.measuring import Pair, rates, same
from tests.contracts.evm import Account, Evm, Reverted

if TYPE_CHECKING:
    from pathlib import Path

MEMBERS = ["name", "work", "ours", "unit", "against", "theirs", "ratio"]
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
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    document: dict[str, Any] = json.loads(done.stdout)  # nothing else on stdout, progress included
    return document


def test_the_document_has_the_members_that_are_promised(quick: dict[str, Any]) -> None:
    assert list(quick) == ["machine", "results"]
    assert list(quick["machine"]) == ["cpu", "cores", "python", "platform"]
    assert [list(result) for result in quick["results"]] == [MEMBERS] * len(quick["results"])


def test_every_name_is_measured_and_says_its_size_once(quick: dict[str, Any]) -> None:
    names = [result["name"] for result in quick["results"]]
    assert len(set(names)) == len(names)
    assert [name for name in names if len(SIZE.findall(name)) != 1] == []
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
    assert len(limits) == 3 + 4  # and calc's pass, on each of four shapes of graph


def test_an_unknown_name_ends_with_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["merkle", "speed"])
    said = capsys.readouterr()
    assert ended.value.code == 2
    assert "no bench is named speed; there are merkle, verify, gas, calc" in said.err
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
