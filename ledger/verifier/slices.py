"""What is judged of statements by themselves, over slices of them in several processes.

Processes are copied (fork), so each has all that was read; each judges a slice and gives back its
checks, the parent the first slice, and rule packs by digest. Whatever goes wrong in a copy while it
judges, the parent judges that slice itself, and meets it in the words of one process. A copy that
ends in any other way (killed, out of memory) makes the answer unavailable: never is a check taken
for made that was not.
"""

from __future__ import annotations

import io
import os
import pickle
import signal
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

from rootprint.ledger.core.errors import Unavailable
from rootprint.ledger.rules import Pack
from rootprint.ledger.verify import NOTHING_FOUND, in_turn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rootprint.ledger.rules import Library
    from rootprint.ledger.verify import Judging, Made, Node, Share

LEAST: Final = 200  # statements for a process, below which copying costs more than it spares
_NOTHING: Final = "nothing"
_ASKED_EVERY: Final = 64  # statements between two looks whether the parent is there
_TASKS: Final = Path("/proc/self/task")  # a folder for each thread, those of libraries too


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def may_copy() -> bool:
    """Whether this process can be copied safely: it has one thread, on a system that copies."""
    if not hasattr(os, "fork") or sys.platform == "darwin" or threading.active_count() > 1:
        return False
    try:
        return len(list(_TASKS.iterdir())) == 1
    except OSError:
        return True


def processes_for(processes: int | None, statements: int) -> int:
    """Return how many of these processes (None: one for each processor) so many statements take.

    One where this one has other threads, can't be copied, or has few statements to judge.
    """
    wanted = processors() if processes is None else processes
    count = min(wanted, statements // LEAST)
    return count if count > 1 and may_copy() else 1


def share(processes: int | None, packs: Library) -> Share:
    """Return what judges in as many processes as ``processes_for`` says."""

    def shared(nodes: Sequence[Node], judging: Judging) -> Iterator[Made]:
        count = processes_for(processes, len(nodes))
        if count == 1:
            return in_turn(nodes, judging)
        return _in_slices(nodes, judging, count, packs)

    return shared


def _in_slices(
    nodes: Sequence[Node], judging: Judging, count: int, packs: Library
) -> Iterator[Made]:
    cut = -(-len(nodes) // count)
    first, *others = [nodes[low : low + cut] for low in range(0, len(nodes), cut)]
    copies: list[_Copy] = []
    try:
        copies.extend(_Copy(one, judging, [copy.pipe for copy in copies]) for one in others)
        yield from [judging(node) for node in first]
        for copy in copies:
            made = copy.made(packs)
            yield from in_turn(copy.nodes, judging) if made is None else made
    finally:
        for copy in copies:
            copy.end()


class _Copy:
    """A copy of this process, which judges ``nodes``; ``others`` are pipes that are not its own."""

    def __init__(self, nodes: Sequence[Node], judging: Judging, others: Sequence[int]) -> None:
        self.nodes = nodes
        self.pipe, out = os.pipe()
        parent = os.getpid()
        self._pid: int | None = None
        with suppress(OSError):  # no memory, or no more processes: the parent judges these
            self._pid = os.fork()
        if self._pid == 0:
            _work(nodes, judging, parent, out, (self.pipe, *others))
        os.close(out)

    def made(self, packs: Library) -> list[Made] | None:
        """Return what it found of its nodes, None where judging raised; raises Unavailable."""
        with open(self.pipe, "rb", closefd=False) as pipe:
            data = pipe.read()
        status = self._ended()
        if status != 0:
            how = f"signal {-status}" if status < 0 else f"status {status}"
            message = f"a process that verified ended early, with {how}"
            raise Unavailable(message, remedy="verify again, with more memory free")
        if not data:
            return None
        made: list[Made] = _Reading(io.BytesIO(data), packs).load()
        if len(made) != len(self.nodes):
            message = "a process that verified gave back another number of statements"
            raise RuntimeError(message)
        return made

    def _ended(self) -> int:
        """Wait until it has ended; return its exit code, or minus the signal that ended it."""
        pid, self._pid = self._pid, None
        if pid is None:
            return 0
        try:
            return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        except ChildProcessError:  # the system reaped it (SIGCHLD ignored): what it wrote counts
            return 0

    def end(self) -> None:
        """End it if it runs, and close its pipe."""
        os.close(self.pipe)
        if self._pid:
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
            self._ended()


def _work(
    nodes: Sequence[Node], judging: Judging, parent: int, out: int, others: Sequence[int]
) -> NoReturn:
    """Judge in a copy, write what was found, and end it without what a program does at its end."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        for pipe in others:
            os.close(pipe)
        data = _judged(nodes, judging, parent)
        with open(out, "wb") as given:
            given.write(data)
        status = 0
    finally:
        os._exit(status)


def _judged(nodes: Sequence[Node], judging: Judging, parent: int) -> bytes:
    made = []
    try:
        for number, node in enumerate(nodes):
            if number % _ASKED_EVERY == 0 and os.getppid() != parent:
                return b""
            made.append(judging(node))
    except Exception:  # noqa: BLE001 - the parent judges these itself, and meets the same
        return b""
    data = io.BytesIO()
    _Writing(data, pickle.HIGHEST_PROTOCOL).dump(made)
    return data.getvalue()


class _Writing(pickle.Pickler):
    def persistent_id(self, value: Any) -> str | None:
        if value is NOTHING_FOUND:
            return _NOTHING
        return value.digest if type(value) is Pack else None


class _Reading(pickle.Unpickler):
    """Reads what a copy of this very process wrote."""

    def __init__(self, data: io.BytesIO, packs: Library) -> None:
        super().__init__(data)
        self._packs = packs

    def persistent_load(self, name: str) -> Any:
        return NOTHING_FOUND if name == _NOTHING else self._packs.get(name)
