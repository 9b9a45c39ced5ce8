"""Timing two ways of doing one thing: in turn, several times, medians of each."""

from __future__ import annotations

import gc
import sys
import time
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SIGNIFICANT_DIGITS = 4


@dataclass(frozen=True)
class Result:
    """One pair: ``ours`` and ``theirs`` in ``unit``, and what each of them did.

    ``ratio`` is how many times better ours is, or, where ``against`` begins with ``limit``, the
    share of the limit that ours reaches. ``name`` holds the size as 1e5, 10,000 or
    2^20, but for transactions whose gas no size changes.
    """

    name: str
    work: str
    ours: float
    unit: str
    against: str
    theirs: float
    ratio: float


@dataclass(frozen=True)
class Growth:
    """What one thing costs both sides at each of ``sizes``, and the k of cost ~ n^k.

    The exponents are None where the sizes that ran can't say; ``fit`` says how they were had.
    """

    name: str
    cost: str
    sizes: list[int]
    ours: list[float]
    ours_exponent: float | None
    theirs: list[float]
    theirs_exponent: float | None
    fit: str


@dataclass(frozen=True)
class Pair:
    """Two calls to be timed that do ``count`` of ``unit`` each; setup and comparison are done."""

    name: str
    work: str
    ours: Callable[[], object]
    against: str
    theirs: Callable[[], object]
    count: int
    unit: str


def rates(pair: Pair, *, rounds: int) -> Result:
    """Time both in turn (A B A B …) and return units a second, each from its median time.

    What the setup made is kept out of garbage collection; what the work itself makes is not.
    """
    sys.stderr.write(f"measuring {pair.name}, against {pair.against}\n")
    gc.collect()
    gc.freeze()
    try:
        times = [(_seconds(pair.ours), _seconds(pair.theirs)) for _ in range(rounds)]
    finally:
        gc.unfreeze()
    ours, theirs = (pair.count / median(column) for column in zip(*times, strict=True))
    return Result(
        pair.name,
        pair.work,
        significant(ours),
        f"{pair.unit}/s",
        pair.against,
        significant(theirs),
        significant(ours / theirs),
    )


def significant(value: float) -> float:
    """Round to as many digits as a repeated measurement keeps, and some more."""
    return float(f"{value:.{SIGNIFICANT_DIGITS}g}")


def same(what: str, ours: object, theirs: object) -> None:
    """Refuse to time two things that give different results."""
    if ours != theirs:
        message = f"{what}: ours and theirs differ, so comparing their speed would mean nothing"
        raise RuntimeError(message)


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
