"""Whatever bytes come: an answer or an error of the one tree. scripts/fuzz is the long run.

Every example follows from a number, so that the same inputs are tried every time.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rootprint.calc.errors import CalculationError, RootprintError
from tests.fuzz import loop
from tests.fuzz.mutate import mutate
from tests.fuzz.targets import TARGETS, Target

if TYPE_CHECKING:
    from pathlib import Path

SEED = 20261120
# What is heavy per input gets fewer: a ZIP is packed anew for each, a statement logged and walked.
INPUTS = dict.fromkeys(TARGETS, 300) | dict.fromkeys(
    (
        *("signed-content", "evidence-walk", "evidence-state", "inventory-xlsx", "factors-uk"),
        *("own-sheet", "mapping"),
    ),
    120,
)
BOUNDED = settings(
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example],
)


def _tolerate(target: Target, data: bytes) -> None:
    try:
        target.call(data)
    except RootprintError as error:
        assert str(error)  # noqa: PT017 - either answer will do, but one without words is none


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_the_seeds_are_of_the_form_that_is_read(target: Target) -> None:
    """Else everything would be refused at the first byte, and nothing tried."""
    answers = [_answer(target, seed) for seed in target.seeds()]
    assert "read" in answers


def _answer(target: Target, data: bytes) -> str:
    try:
        target.call(data)
    except RootprintError:
        return "refused"
    return "read"


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_changed_bytes_are_read_or_refused(target: Target) -> None:
    tally = loop.Tally()
    limit = INPUTS[target.name]
    finding = loop.run(target, seed=SEED, until=lambda number: number >= limit, tally=tally)
    assert finding is None, f"{finding}\n{finding.data[:500]!r}"
    assert tally.inputs == limit


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_any_bytes_are_read_or_refused(target: Target) -> None:
    @BOUNDED
    @given(st.one_of(st.binary(max_size=200), st.text(max_size=80).map(str.encode)))
    def check(data: bytes) -> None:
        _tolerate(target, data)

    check()


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_bytes_between_sound_ones_are_read_or_refused(target: Target) -> None:
    """Hypothesis chooses the place and the bytes, and shrinks what it finds."""
    seeds = target.seeds()

    @BOUNDED
    @given(st.sampled_from(seeds), st.data())
    def check(seed: bytes, data: st.DataObject) -> None:
        at = data.draw(st.integers(0, len(seed)))
        end = data.draw(st.integers(at, min(at + 16, len(seed))))
        _tolerate(target, seed[:at] + data.draw(st.binary(max_size=16)) + seed[end:])

    check()


def test_one_number_gives_the_same_changes() -> None:
    seed = TARGETS["statement"].seeds()[0]
    one, two = ([mutate(seed, Random(n)) for n in range(50)] for _ in range(2))
    assert one == two
    assert len(set(one)) > 40


@pytest.mark.parametrize("name", ["statement", "evidence", "inventory-xlsx", "log-proof"])
def test_changes_reach_behind_the_first_reader(name: str) -> None:
    """The harness itself: refusals are of many kinds, and some changes are read."""
    target = TARGETS[name]
    pool, tally = loop.Pool(target, SEED), loop.Tally()
    loop.run(target, seed=SEED, until=lambda number: number >= 250, tally=tally)
    for _ in range(150):
        data = pool.made()
        try:
            target.call(data)
        except RootprintError as error:
            pool.learn(data, f"{type(error).__name__} {error}")
    assert len(pool.kept) - len(pool.seeds) >= 5
    assert tally.read > 3


def test_what_is_outside_the_tree_is_found() -> None:
    """The harness itself: a reader that lets a ValueError out is caught, with its input."""

    def careless(data: bytes) -> None:
        if b"," in data:
            message = "no limit was thought of"
            raise ValueError(message)
        raise CalculationError("this is an answer")

    target = Target("careless", careless, lambda: [b"[1]", b"[2]"])
    finding = loop.run(target, seed=1, until=lambda number: number >= 2000)
    assert finding is not None
    assert "ValueError: no limit" in str(finding)
    assert b"," in finding.data


def test_what_takes_too_long_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The harness itself, by the CPU's time and not the clock's."""
    monkeypatch.setattr(loop, "MAX_CPU_SECONDS", 0.05)

    def endless(_data: bytes) -> None:
        while True:
            pass

    target = Target("endless", endless, lambda: [b"x"])
    finding = loop.run(target, seed=1, until=lambda number: number >= 1)
    assert finding is not None
    assert isinstance(finding.error, loop.TooSlow)


def test_the_script_runs_a_target_and_says_a_verdict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from tests.fuzz.runner import main  # noqa: PLC0415 - it sets limits when it is called only

    words = ["--target", "rlp", "--seconds", "1", "--engine", "mutation"]
    assert main([*words, "--keep", str(tmp_path), "--memory", "0"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("PASSED 1 targets")
    assert list(tmp_path.iterdir()) == []
    assert main(["--target", "nobody"]) == 2
