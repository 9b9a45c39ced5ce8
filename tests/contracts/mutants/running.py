"""Have each change compiled and met by the Solidity tests, in processes that stay.

A first suite is the file's own, for it notices most; then come the others that import the file,
the invariants last, which take longest. The first failure ends a run. A loop that no longer ends
fails by its gas; what gives no answer all the same has no result.
"""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.contracts.mutants.operators import Mutant

SUITES = Path("tests/contracts/solidity")
WORKER = Path("tests/contracts/mutants/worker.mjs")
LONGEST = 600.0
MOST_ANSWERS = 100  # then a process is replaced: the compiler's memory only grows
LAST = "Invariants.t.sol"


@dataclass(frozen=True)
class Result:
    """What became of one change: killed (by a test), survived, same, invalid; or broken."""

    key: str
    outcome: str
    by: str
    tests: str
    """Digest of the tests that it met."""


class Kept:
    """Results in a file, a line each, so that a run goes on where it ended.

    What was killed stays killed. What survived meets the tests again once they are other ones.
    """

    def __init__(self, file: Path, tests: str) -> None:
        self._file = file
        self._tests = tests
        self._known: dict[str, Result] = {}
        if file.is_file():
            for line in file.read_text().splitlines():
                result = Result(**json.loads(line))
                self._known[result.key] = result

    def of(self, mutant: Mutant) -> Result | None:
        """Return the result of an earlier run that still holds."""
        known = self._known.get(mutant.key)
        if known is not None and known.outcome == "survived" and known.tests != self._tests:
            return None
        return known

    def keep(self, result: Result) -> None:
        """Write one more result, unless there is none."""
        if result.outcome == "broken":
            return
        self._known[result.key] = result
        self._file.parent.mkdir(exist_ok=True)
        with self._file.open("a") as file:
            file.write(json.dumps(asdict(result)) + "\n")


class Worker:
    """A process of Node that compiles and runs what it is sent; started again if it hangs."""

    def __init__(self, node: str, root: Path, environment: dict[str, str]) -> None:
        self._start = (node, root, environment)
        self._process: subprocess.Popen[str] | None = None
        self._answers = 0

    def ask(self, question: dict[str, Any]) -> Any:
        """Return the answer; a word, "slow", if there is none in time, "died" if it ended."""
        if self._process is None:
            node, root, environment = self._start
            self._process = subprocess.Popen(
                [node, str(WORKER)],
                cwd=root,
                env=environment,
                text=True,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        slow = threading.Event()

        def end() -> None:
            slow.set()
            process.kill()

        timer = threading.Timer(LONGEST, end)
        timer.start()
        try:
            process.stdin.write(json.dumps(question) + "\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        finally:
            timer.cancel()
        if not answer:
            self.close()
            return "slow" if slow.is_set() else "died"
        self._answers += 1
        if self._answers % MOST_ANSWERS == 0:
            self.close()
        return json.loads(answer)

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def suites_of(path: str, trees: dict[str, Any]) -> list[str]:
    """Return the suites whose code holds the file's, the file's own first, the slowest last."""
    imports = {
        name: {n["absolutePath"] for n in tree["ast"]["nodes"] if "absolutePath" in n}
        for name, tree in trees.items()
    }

    def reach(name: str, seen: set[str]) -> set[str]:
        if name not in seen:
            seen.add(name)
            for further in imports[name]:
                reach(further, seen)
        return seen

    found = [name for name in imports if name.endswith(".t.sol") and path in reach(name, set())]
    own = f"{Path(path).stem}.t.sol"
    return sorted(found, key=lambda name: (Path(name).name != own, name.endswith(LAST), name))


def digest_of_tests(root: Path) -> str:
    """Return a digest of all Solidity tests and their limits."""
    files = [*sorted((root / SUITES).glob("*.sol")), root / "hardhat.config.js"]
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


def run(
    mutants: Iterable[Mutant],
    suites: dict[str, list[str]],
    workers: list[Worker],
    tests: str,
) -> Iterator[tuple[Mutant, Result]]:
    """Yield each change with its result as it comes; of several workers each takes the next."""
    waiting: queue.SimpleQueue[Mutant] = queue.SimpleQueue()
    done: queue.SimpleQueue[tuple[Mutant, Result]] = queue.SimpleQueue()
    count = 0
    for mutant in mutants:
        waiting.put(mutant)
        count += 1

    def work(worker: Worker) -> None:
        while True:
            try:
                mutant = waiting.get_nowait()
            except queue.Empty:
                return
            changed = {mutant.path: mutant.text}
            answer = worker.ask({"changed": changed, "suites": suites[mutant.path]})
            if isinstance(answer, str):
                answer = {"outcome": "broken", "by": answer}
            by = answer.get("by", "").strip()
            done.put((mutant, Result(mutant.key, answer["outcome"], by, tests)))

    threads = [threading.Thread(target=work, args=(worker,), daemon=True) for worker in workers]
    for thread in threads:
        thread.start()
    for _ in range(count):
        yield done.get()
