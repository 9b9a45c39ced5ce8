"""The contracts and both verifiers do what the model says: a bounded part of scripts/sequences."""

from __future__ import annotations

import ast
import inspect
import json
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.sequences import model, runner
from tests.sequences.model import Verdict
from tests.sequences.walking import Tally, Walk

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

SEED = 20261201


def _walked(folder: Path, asked: str) -> Tally:
    tally = Tally()
    for part in runner.parts(_asked(asked), folder):
        tally.add(runner.walked(part))
    return tally


def _asked(words: str) -> argparse.Namespace:
    return runner._parser().parse_args([*words.split(), "--seed", str(SEED)])


@pytest.mark.slow
@pytest.mark.chain
def test_all_short_sequences_and_some_longer_ones_end_as_the_model_says(tmp_path: Path) -> None:
    tally = _walked(tmp_path, "--length 2 --count 30 --second 5 --more")
    assert tally.disagreed == []
    assert runner.lacks(tally) == []
    assert tally.sequences == 13 + 13**2 + 30
    assert tally.asked_again >= 10
    assert list(tmp_path.iterdir()) == []


LIVES = {
    "sign, publish, accredit, anchor": Verdict("verified", assured=True),
    "sign, publish, accredit, anchor, expel": Verdict("verified", assured=True, lapsed=True),
    "sign, publish, accredit, anchor, suspend, retire, void": Verdict("failed", 2),
    "sign, publish, accredit, anchor, suspend, retire, void, uphold": Verdict(
        "verified", assured=True
    ),
    "sign, publish, accredit, anchor, suspend, void, void": Verdict("failed", 2),
    "sign, publish, accredit, anchor, end": Verdict("verified", assured=True),
    "sign, publish, accredit, end, anchor": Verdict("incomplete"),
    "sign, publish, anchor, accredit, anchor": Verdict("incomplete"),
    "sign, publish, accredit, anchor, void body": Verdict("incomplete"),
    "sign, publish, accredit, anchor, expel body": Verdict("verified", assured=True),
    "sign, publish, accredit, suspend accreditor, anchor": Verdict("incomplete"),
    "sign, rotate, publish, accredit, anchor": Verdict("failed", 2),
    "sign, publish, accredit, anchor, compromise": Verdict("failed", 2),
    "sign, publish, accredit, anchor, rotate, compromise": Verdict("verified", assured=True),
    "sign, publish, accredit, suspend, withdraw": Verdict("failed", 5),
    "sign, publish, accredit, anchor, contest": Verdict("failed", 5),
    "sign, publish, accredit, anchor, contest, expel body": Verdict("failed", 5),
    "sign, publish, accredit, anchor, contest, retire, void body": Verdict("incomplete"),
    "sign, publish, accredit, anchor, contest, retire, void body, uphold body": Verdict(
        "failed", 5
    ),
    "sign, publish, accredit, anchor, contest, retire, readmit, void body, readmit body, anchor": (
        Verdict("failed", 9)
    ),
    "sign, publish, accredit, anchor, rotate, backdate": Verdict("failed", 2),
    "sign, publish, accredit, anchor, expel, backdate": Verdict("failed", 2),
    "sign, publish, accredit, anchor, backdate body": Verdict("incomplete"),
}


@pytest.mark.chain
@pytest.mark.parametrize("words", LIVES)
def test_a_life_ends_as_it_is_told(words: str, tmp_path: Path) -> None:
    """Written out by hand, so that model and contracts can't be wrong in the same way."""
    walk = Walk(tmp_path, 10**9, SEED)
    walk.take(tuple(words.split(", ")))
    wanted = LIVES[words]
    assert walk.tally.disagreed == []
    place = walk._path[-1]
    assert place.model.verdict(0, place.model.now) == wanted
    assert walk.tally.verdicts == Counter({(wanted.word, wanted.check): 1})


def test_the_model_knows_nothing_of_the_project() -> None:
    imports = [
        node
        for node in ast.walk(ast.parse(inspect.getsource(model)))
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    named = {getattr(node, "module", None) for node in imports}
    assert named == {"__future__", "dataclasses"}


def test_all_of_a_length_are_there_once_each_behind_its_beginning() -> None:
    found = runner.every(3)
    assert len(found) == len(set(found)) == 13 + 13**2 + 13**3
    seen: set[tuple[str, ...]] = {()}
    for one in found:
        assert one[:-1] in seen
        seen.add(one)


def test_longer_ones_are_drawn_without_repetition_and_again_by_the_same_seed() -> None:
    found = runner.drawn(500, SEED)
    assert len(set(found)) == 500
    assert {len(one) for one in found} == set(range(5, 13))
    assert {name for one in found for name in one} == {*runner.EACH, *runner.OTHERS}
    assert found == runner.drawn(500, SEED)
    assert found != runner.drawn(500, SEED + 1)


def _turns(*, more: bool) -> tuple[set[str], set[str]]:
    """Return which operations ended a failure, and which made one of what was verified."""
    ended, failed = set(), set()
    for operations in runner.drawn(5000, SEED, more=more):
        state, words = model.Model(10**6), dict[int, str]()
        for operation in operations:
            state.apply(operation)
            for number in range(len(state.footprints)):
                word = state.verdict(number, state.now).word
                before = words.get(number)
                if before == "failed" != word:
                    ended.add(operation)
                if before == "verified" and word == "failed":
                    failed.add(operation)
                words[number] = word
    return ended, failed


def test_only_an_upheld_appeal_ends_a_failure_and_the_end_of_a_body_what_it_contested() -> None:
    """And what is verified fails by a window, a compromise, a withdrawal or a contest alone."""
    assert _turns(more=False) == ({"uphold"}, {"void", "compromise", "withdraw"})
    ended, failed = _turns(more=True)
    assert {"void body"} <= ended <= {"uphold", "void body"}
    assert failed == {"void", "compromise", "withdraw", "backdate", "contest"}


@pytest.mark.chain
def test_a_model_that_is_wrong_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One that lets the suspended add keys, and one that forgets windows."""
    monkeypatch.setattr(model.Model, "_rotate", model.Model._retire)
    walk = Walk(tmp_path, 10**9, SEED)
    walk.take(("suspend", "rotate"))
    assert walk.tally.disagreed == [
        "suspend, rotate: rotate is accepted by the model, refused in fact"
    ]
    monkeypatch.setattr(model.Organisation, "may_sign", lambda *_: True)
    walk.take(("sign", "publish", "accredit", "anchor", "retire", "retire", "void"))
    (said,) = walk.tally.disagreed[1:]
    assert said.startswith("sign, publish, accredit, anchor, retire, retire, void: footprint 0: ")
    found = runner.report(walk.tally, _asked("--length 1 --count 0"), 2.0)
    assert not found["agreed"]
    assert runner.text(found)[-1].startswith("DISAGREED 2 times 2 sequences")
    assert capsys.readouterr().out == ""
    assert json.loads(json.dumps(found)) == found


@pytest.mark.slow
@pytest.mark.chain
def test_the_command_says_what_came_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--length", "1", "--count", "4", "--processes", "1", "--keep", str(tmp_path)]
    assert runner.main([*arguments, "--format", "json"]) == 1
    said = capsys.readouterr()
    found = json.loads(said.out)
    assert (found["sequences"], found["disagreements"], found["stopped"]) == (17, [], False)
    assert not found["agreed"]
    assert found["neverMet"]
    assert said.err.splitlines()[-1].startswith("17 of 17 sequences, 0 disagreements, ")


def test_what_was_stopped_early_has_not_agreed() -> None:
    tally = Tally(verdicts=Counter(runner.MET), stopped=True)
    asked = _asked("--length 1 --count 0")
    assert runner.text(runner.report(tally, asked, 2.0))[-1].startswith("STOPPED early, after 0 ")
    tally.stopped = False
    assert runner.text(runner.report(tally, asked, 2.0))[-1].startswith("AGREED 0 sequences")


def test_agreeing_on_too_little_is_not_success() -> None:
    tally = Tally()
    assert len(runner.lacks(tally)) == len(runner.MET)
    tally.verdicts.update(dict.fromkeys(runner.MET, 1))
    assert runner.lacks(tally) == []
    tally.sequences = runner.ENOUGH
    tally.operations["end", True] = tally.operations["accredit", True] = 1
    assert runner.lacks(tally) == ["end refused"]
    tally.operations["suspend accreditor", False] = 1
    missing = ["suspend accreditor accepted", "accredit refused", "end refused"]
    assert runner.lacks(tally) == missing
