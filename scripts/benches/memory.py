"""Peak memory of a command over all its processes, pages that they share counted once."""

from __future__ import annotations

import subprocess
import threading
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_EVERY = 0.02  # seconds
_PROC = Path("/proc")


def peak_bytes(call: Sequence[str]) -> int:
    """Run a command that must succeed; return the most that its processes held together.

    Sampled fifty times a second from ``smaps_rollup`` (Pss: of a page that n processes share, a
    nth each), so it needs Linux; what is held for less may be missed.
    """
    with subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        sampler = _Sampler(process.pid)
        sampler.start()
        errors = process.communicate()[1]
        sampler.stop()
    if process.returncode != 0:
        raise RuntimeError(errors.decode())
    return sampler.most


class _Sampler(threading.Thread):
    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid, self._ended, self.most = pid, threading.Event(), 0

    def run(self) -> None:
        while not self._ended.wait(_EVERY):
            held = sum(map(_held, _tree(self._pid)))
            self.most = max(self.most, held)

    def stop(self) -> None:
        self._ended.set()
        self.join()


def _tree(pid: int) -> list[int]:
    """Return a process and all below it."""
    found = [pid]
    for one in found:
        try:
            text = (_PROC / str(one) / "task" / str(one) / "children").read_text(encoding="ascii")
        except OSError:  # it has ended
            continue
        found.extend(map(int, text.split()))
    return found


def _held(pid: int) -> int:
    try:
        text = (_PROC / str(pid) / "smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    lines = (line.split() for line in text.splitlines() if line.startswith("Pss:"))
    return sum(int(line[1]) for line in lines) * 1024
