"""The long run without a guide: seeds, changed again and again from one number.

A finding is an exception outside the one tree, an input that takes more than ``MAX_CPU_SECONDS`` of
this process's time, or more memory than the limit that the process was started with (MemoryError).
"""

from __future__ import annotations

import re
import signal
import time
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from random import Random
from typing import TYPE_CHECKING, Final

from rootprint.calc.errors import RootprintError
from tests.fuzz.mutate import mutate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

    from tests.fuzz.targets import Target

MAX_CPU_SECONDS: Final = 10.0
_KEPT: Final = 512
_WORDS: Final = 80
# What differs between two refusals of one kind: numbers, digests, quoted names.
_SPECIAL = re.compile(r"[0-9a-f]{8,}|\d+|'[^']*'")


class TooSlow(Exception):
    """An input took longer than any may."""


@dataclass(frozen=True)
class Finding:
    """An input and what came out that should not."""

    target: str
    number: int
    data: bytes
    error: BaseException

    def __str__(self) -> str:
        return f"{self.target} #{self.number}: {type(self.error).__name__}: {self.error}"[:400]


@dataclass
class Tally:
    """How many inputs were read without complaint, and how many were refused."""

    read: int = 0
    refused: int = 0

    @property
    def inputs(self) -> int:
        """All of them."""
        return self.read + self.refused


class Pool:
    """The inputs that others are made from: sound ones, and each first to be refused its way."""

    def __init__(self, target: Target, seed: int) -> None:
        self.random = Random(f"{target.name} {seed}")
        self.seeds = list(target.seeds())
        self.kept = list(self.seeds)
        self._seen: set[str] = set()

    def made(self) -> bytes:
        """Return a new input; every other one is a change of a seed itself."""
        return mutate(self.random.choice(self.random.choice((self.seeds, self.kept))), self.random)

    def learn(self, data: bytes, answer: str) -> None:
        """Keep ``data`` if nothing has been answered in these words before."""
        words = _SPECIAL.sub("", answer)[:_WORDS]
        if words not in self._seen and len(self.kept) < _KEPT:
            self._seen.add(words)
            self.kept.append(data)


def run(
    target: Target, *, seed: int, until: Callable[[int], bool], tally: Tally | None = None
) -> Finding | None:
    """Feed ``target`` until ``until`` says so of the number of inputs; return the first finding."""
    tally, pool = Tally() if tally is None else tally, Pool(target, seed)
    with _alarm():
        for number in count():
            if until(number):
                break
            data = pool.seeds[number] if number < len(pool.seeds) else pool.made()
            try:
                once(target, data)
            except RootprintError as error:
                tally.refused += 1
                pool.learn(data, f"{type(error).__name__} {error}")
            except Exception as error:  # noqa: BLE001 - whatever it is, it is the finding
                return Finding(target.name, number, data, error)
            else:
                tally.read += 1
    return None


def once(target: Target, data: bytes) -> None:
    """Feed one input; raises what comes out, or TooSlow."""
    signal.setitimer(signal.ITIMER_VIRTUAL, MAX_CPU_SECONDS)
    try:
        target.call(data)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def seconds(limit: float) -> Callable[[int], bool]:
    """Return an ``until`` of so many seconds from now."""
    end = time.monotonic() + limit
    return lambda _number: time.monotonic() > end


@contextmanager
def _alarm() -> Iterator[None]:
    def ring(_signal: int, _frame: FrameType | None) -> None:
        message = f"an input took more than {MAX_CPU_SECONDS:g} seconds of CPU"
        raise TooSlow(message)

    before = signal.signal(signal.SIGVTALRM, ring)
    try:
        yield
    finally:
        signal.signal(signal.SIGVTALRM, before)
