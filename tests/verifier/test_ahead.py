"""Signatures verified ahead of the walk: they spare it work, and change no answer."""

from __future__ import annotations

import os
import signal
import time
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.evidence import read
from rootprint.ledger.verifier import ahead, slices, verifier
from rootprint.ledger.verify import Verdict
from tests.conformance.chain_file import read_chain
from tests.conformance.contract import folders, policy_of
from tests.conformance.verifier import answer
from tests.verify.chains import chained

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from rootprint.ledger.evidence import Evidence
    from tests.verify.chains import Chain

CASES = folders()[3::8]  # the cases that differ in nothing but a name are many
SECONDS = 30


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a file of few statements be worth a process each."""
    monkeypatch.setattr(slices, "LEAST", 1)
    monkeypatch.setattr(slices, "processors", lambda: 3)
    monkeypatch.setattr(slices, "may_copy", lambda: True)


@pytest.fixture(scope="module")
def chain() -> Chain:
    return chained()


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_of_a_case_the_answer_is_that_of_one_process(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def all_of_them(evidence: Evidence, _processes: int | None) -> Iterator[Callable[..., bool]]:
        yield partial(ahead.is_signed, evidence=evidence)  # as if no copy were ever late

    files = [(folder / name).read_bytes() for name in ("evidence.gz", "trust.json")]
    asked = read_chain(folder / "chain.json"), policy_of(folder).read_bytes()
    monkeypatch.setattr(slices, "processors", lambda: 1)
    alone = answer(*files, *asked)
    monkeypatch.setattr(verifier, "signatures_ahead", all_of_them)
    assert answer(*files, *asked) == alone


def test_copies_say_whose_signatures_are_true_and_none_is_left(
    chain: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    evidence = read(chain.world.evidence(chain.module))
    children, fork = list[int](), os.fork

    def noted() -> int:
        if child := fork():
            children.append(child)
        return child

    monkeypatch.setattr(os, "fork", noted)
    until = time.monotonic() + SECONDS
    with ahead.signatures_ahead(evidence, None) as signed:
        assert signed is not None
        while not all(map(signed, evidence.statements)):
            assert time.monotonic() < until
            time.sleep(0.01)
        assert not signed(bytes(32))
    assert len(children) == 2
    for child in children:
        with pytest.raises(ChildProcessError):
            os.waitpid(child, os.WNOHANG)


def test_nothing_is_said_of_a_signature_that_is_not_true(chain: Chain) -> None:
    evidence = read(chain.world.evidence(chain.module))
    (first, text), (second, other) = list(evidence.statements.items())[:2]
    signature = other.partition("~")[0].rpartition(".")[2]
    head, tilde, rest = text.partition("~")
    assert ahead.is_signed(first, evidence)
    for forged in (f"{head.rpartition('.')[0]}.{signature}", f"{head[:-8]}AAAAAAAA", "a.b.c", ""):
        evidence.statements[first] = f"{forged}{tilde}{rest}"
        assert not ahead.is_signed(first, evidence)
    assert ahead.is_signed(second, evidence)
    evidence.keys.clear()
    assert not ahead.is_signed(second, evidence)


ENDS = {
    "killed": lambda *_: os.kill(os.getpid(), signal.SIGKILL),
    "ended": lambda *_: os._exit(7),
    "slow": lambda *_: time.sleep(SECONDS),
}


@pytest.mark.parametrize("does", ENDS.values(), ids=ENDS)
def test_a_copy_that_ends_or_is_late_changes_nothing(
    chain: Chain, does: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, data = chain.world.verifier(chain.module), chain.world.evidence(chain.module)
    alone = replace(one, processes=1).verify(data)
    monkeypatch.setattr(ahead, "is_signed", does)
    report = one.verify(data)
    assert report.json() == alone.json()
    assert report.verdict is Verdict.VERIFIED


def test_without_copies_all_is_verified_by_the_walk(
    chain: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none() -> int:
        raise OSError

    one, data = chain.world.verifier(chain.module), chain.world.evidence(chain.module)
    monkeypatch.setattr(os, "fork", none)
    assert one.verify(data).verdict is Verdict.VERIFIED
    monkeypatch.setattr(slices, "may_copy", lambda: False)
    with ahead.signatures_ahead(read(data), None) as signed:
        assert signed is None
