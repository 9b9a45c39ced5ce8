"""Rounds of SIGKILL: start a publisher, kill it somewhere, and hold the ledger to its word."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Any

from tests.faults.place import create, opened
from tests.faults.promises import BrokenPromise, Promises

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[2]
# A folder serves many rounds, so that kills also meet what earlier kills left behind.
ROUNDS_A_FOLDER = 20
STUCK_SECONDS = 60.0
# After which word to strike, how many seconds after it at most (0 is at once), and how often.
STRIKES = {"publish": 0.006, "anchor": 0.08, "ready": 0.5, "ack": 0.0, "anchored": 0.0}
DECK = (*["publish"] * 3, *["anchor"] * 3, "ready", "ack", "anchored")


def run(times: int, seed: int, tell: Callable[[str], None]) -> Counter[str]:
    """Kill ``times`` publishers; return how many kills hit publish, anchor, or between.

    Raises BrokenPromise, or the ledger's own error, where a promise was not kept, and
    BrokenPromise too if no kill hit publish or none hit anchor: then nothing was tried.
    """
    chance = random.Random(seed)  # a seed, so that a run can be repeated
    hits: Counter[str] = Counter(publish=0, anchor=0, between=0)
    while (done := hits.total()) < times:
        with tempfile.TemporaryDirectory(prefix="rootprint-faults-") as folder:
            _one_folder(Path(folder), min(ROUNDS_A_FOLDER, times - done), chance, hits)
        tell(f"{hits.total()} of {times}: {verdict(hits)}")
    if not (hits["publish"] and hits["anchor"]):
        raise BrokenPromise(f"the kills missed what they were for: {verdict(hits)}")
    return hits


def verdict(hits: Counter[str]) -> str:
    """Say where the kills hit."""
    return ", ".join(f"{count} {where}" for where, count in hits.items())


def _one_folder(folder: Path, times: int, chance: random.Random, hits: Counter[str]) -> None:
    create(folder)
    promises, deck = Promises(), list[str]()
    for _ in range(times):
        deck = deck or chance.sample(DECK, len(DECK))
        hits[_kill_one(folder, deck.pop(), chance, promises)] += 1
        with opened(folder) as place:
            promises.hold(place)
    if not promises.entries:
        raise BrokenPromise("not one receipt was acknowledged: nothing was tried")


def _kill_one(folder: Path, word: str, chance: random.Random, promises: Promises) -> str:
    """Start a publisher, kill it some time after ``word``, and return what it was at."""
    count = 1 if word == "ready" else chance.randint(1, 4)
    delay = chance.uniform(0, STRIKES[word])
    last = ""
    with _publisher(folder, chance.getrandbits(32)) as process:
        strike = Timer(delay, process.kill)
        for said in _sayings(process):
            last = said["event"]
            promises.note(said)
            count -= last == word
            if count == 0 and last == word:
                if delay:
                    strike.start()
                else:
                    process.kill()
        strike.cancel()
    return last if last in {"publish", "anchor"} else "between"


@contextmanager
def _publisher(folder: Path, seed: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run a publisher that must be killed: ending by itself, or never, is a failure."""
    command = [sys.executable, "-m", "tests.faults.publisher", str(folder), str(seed)]
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=errors)
        stuck = Timer(STUCK_SECONDS, process.kill)
        stuck.start()
        try:
            with process:
                yield process
        finally:
            process.kill()
            still_waiting = stuck.is_alive()
            stuck.cancel()
        if process.returncode != -signal.SIGKILL:
            errors.seek(0)
            words = errors.read().decode(errors="replace")[-2000:]
            raise BrokenPromise(f"the publisher ended by itself: {words}")
        if not still_waiting:
            raise BrokenPromise(f"the publisher was stuck for {STUCK_SECONDS:g} s")


def _sayings(process: subprocess.Popen[bytes]) -> Iterator[dict[str, Any]]:
    """Yield what was said in full; a line cut off by the kill was never said."""
    assert process.stdout is not None
    for line in process.stdout:
        if line.endswith(b"\n"):
            yield json.loads(line)
