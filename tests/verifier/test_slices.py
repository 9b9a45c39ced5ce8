"""Judging in slices: whatever becomes of a process, the answer is that of one process, or none."""

from __future__ import annotations

import os
import signal
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.verifier import slices
from rootprint.ledger.verify import Verdict, checks
from tests.conformance.chain_file import read_chain
from tests.conformance.contract import folders, policy_of
from tests.conformance.verifier import answer
from tests.verify.chains import chained

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.verifier import Verifier
    from tests.verify.chains import Chain

EVERY = 8  # the cases that differ in nothing but a name are many
CASES = folders()[::EVERY]


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let a file of few statements be worth a process each; note how many are copied."""
    copied: list[int] = []
    fork = os.fork

    def noted() -> int:
        copied.append(os.getpid())
        return fork()

    monkeypatch.setattr(slices, "LEAST", 1)
    monkeypatch.setattr(slices, "processors", lambda: 3)
    monkeypatch.setattr(slices, "may_copy", lambda: True)
    monkeypatch.setattr(os, "fork", noted)
    return copied


@pytest.fixture(scope="module")
def chain() -> Chain:
    return chained()


def in_copies(monkeypatch: pytest.MonkeyPatch, does: Callable[[], Any]) -> None:
    """Have check 8 do something else where it is made in a copy."""
    parent, real = os.getpid(), checks.arithmetic.check

    def check(*arguments: Any) -> Any:
        if os.getpid() != parent:
            does()
        return real(*arguments)

    monkeypatch.setattr(checks.arithmetic, "check", check)


def both(chain: Chain, **asked: Any) -> tuple[Verifier, bytes]:
    world = chain.world
    return world.verifier(chain.module, **asked), world.evidence(chain.module)


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_of_a_case_three_processes_say_what_one_says(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [(folder / name).read_bytes() for name in ("evidence.gz", "trust.json")]
    chain, policy = read_chain(folder / "chain.json"), policy_of(folder).read_bytes()
    shared = answer(*files, chain, policy)
    monkeypatch.setattr(slices, "processors", lambda: 1)
    assert answer(*files, chain, policy) == shared


def test_each_process_judges_a_slice_and_all_of_it_is_found(chain: Chain, few: list[int]) -> None:
    verifier, data = both(chain)
    few.clear()
    alone = replace(verifier, processes=1).verify(data, lines=True)
    assert not few
    shared = replace(verifier, processes=2).verify(data, lines=True)
    assert few == [os.getpid()] * 2  # one for signatures ahead of the walk
    assert shared.json() == alone.json()
    assert shared.lines == alone.lines
    assert shared.verdict is Verdict.VERIFIED


ENDS = {
    "killed": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "gone": lambda: os._exit(0),
    "ended": lambda: os._exit(7),
}


@pytest.mark.parametrize("does", ENDS.values(), ids=ENDS)
def test_a_process_that_ends_early_makes_the_answer_incomplete_or_is_made_good(
    chain: Chain, does: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    verifier, data = both(chain)
    in_copies(monkeypatch, does)
    report = verifier.verify(data)
    assert report.verdict in {Verdict.INCOMPLETE, Verdict.VERIFIED}
    if report.verdict is Verdict.VERIFIED:  # it ended without an answer, so its slice was judged
        assert report.json() == replace(verifier, processes=1).verify(data).json()
    else:
        assert "a process that verified ended early" in report.unmet[0]
        assert not report.statements


def test_what_judging_raises_in_a_copy_is_met_in_the_words_of_one_process(
    chain: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check(*_: Any) -> Any:
        raise OverflowError("too large")

    verifier, data = both(chain)
    monkeypatch.setattr(checks.arithmetic, "check", check)
    shared = verifier.verify(data)
    assert shared.json() == replace(verifier, processes=1).verify(data).json()
    assert "beyond what can be computed: too large" in str(shared.file_check.reason)


def test_no_process_is_left_when_one_is_interrupted(
    chain: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent, fork, children = os.getpid(), os.fork, list[int]()

    def check(*_: Any) -> Any:
        if os.getpid() == parent:
            raise KeyboardInterrupt
        time.sleep(60)

    def noted() -> int:
        child = fork()
        if child:
            children.append(child)
        return child

    verifier, data = both(chain)
    monkeypatch.setattr(checks.arithmetic, "check", check)
    monkeypatch.setattr(os, "fork", noted)
    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        verifier.verify(data)
    assert time.monotonic() - begun < 30
    assert children
    for child in children:  # not any child: other tests of this process may have servers running
        with pytest.raises(ChildProcessError):
            os.waitpid(child, os.WNOHANG)


def test_where_no_process_can_be_started_the_parent_judges(
    chain: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused() -> int:
        raise BlockingIOError(11, "no more processes")

    verifier, data = both(chain)
    monkeypatch.setattr(os, "fork", refused)
    assert verifier.verify(data).verdict is Verdict.VERIFIED


def test_a_process_with_threads_is_not_copied(
    chain: Chain, few: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(slices, "LEAST", 1)
    stop = threading.Event()
    other = threading.Thread(target=stop.wait)
    other.start()
    try:
        verifier, data = both(chain, processes=3)
        few.clear()
        assert verifier.verify(data).verdict is Verdict.VERIFIED
        assert not slices.may_copy()
    finally:
        stop.set()
        other.join()
    assert not few


def test_no_pipe_is_left_open(chain: Chain) -> None:
    verifier, data = both(chain)
    verifier.verify(data)
    before = [*Path("/dev/fd").iterdir()]
    verifier.verify(data)
    assert len([*Path("/dev/fd").iterdir()]) == len(before)
