"""The bombs, each in a process of its own: ``python -m tests.fuzz.child`` says how each ended.

One process imports everything and makes what is made once; for each bomb it forks. The fork makes
its bomb without limits, gives itself those of the table, reads the bomb and says what refused it.
``status`` is how it ended: 0, or what the operating system made of a breach.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rootprint.calc.errors import RootprintError
from tests.fuzz.bombs import BOMBS
from tests.fuzz.targets import TARGETS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fuzz.bombs import Bomb


def main(names: list[str]) -> None:
    """Set off the bombs of these names, or all."""
    for target in {bomb.target for bomb in BOMBS}:
        for seed in TARGETS[target].seeds():
            _answered(TARGETS[target].call, seed)  # what is imported or made once is no bomb's
    for bomb in BOMBS:
        if bomb.name in names or not names:
            sys.stdout.write(f"{json.dumps(_set_off(bomb))}\n")
            sys.stdout.flush()


def limited(memory: int, cpu: int) -> None:
    """Let this process have so many more bytes of address space and seconds of CPU, no more."""
    memory += _mapped()
    cpu += int(sum(resource.getrusage(resource.RUSAGE_SELF)[:2])) + 1
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))


def _set_off(bomb: Bomb) -> dict[str, object]:
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        status = 1
        try:
            data = bomb.made()
            limited(bomb.memory, bomb.cpu)
            answer = json.dumps(_answered(TARGETS[bomb.target].call, data) or {}).encode()
            os.write(writing, answer[:60_000])
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    _, status, usage = os.wait4(child, 0)
    found = json.loads(answer) if answer and not status else {}
    return {"name": bomb.name, "status": status, "kinds": "", "message": "", **found,
            "peak": usage.ru_maxrss * 1024, "cpu": usage.ru_utime + usage.ru_stime}  # fmt: skip


def _answered(call: Callable[[bytes], object], data: bytes) -> dict[str, str] | None:
    try:
        call(data)
    except RootprintError as error:
        kinds = [kind.__name__ for kind in type(error).__mro__]
        return {"kinds": " ".join(kinds), "message": str(error)}
    return None


def _mapped() -> int:
    """Return how many bytes of address space this process has."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    return pages * resource.getpagesize()


if __name__ == "__main__":
    main(sys.argv[1:])
