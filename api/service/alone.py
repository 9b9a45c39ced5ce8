"""One process anchors a log: a lock on a file in the ledger's folder, gone with the process."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK_FILE: Final = "anchor.lock"
_PID_BYTES: Final = 20


@contextmanager
def anchoring_alone(folder: Path) -> Iterator[None]:
    """Hold the lock; raises Unavailable while another process does, and names it.

    Two processes that anchor at once come to one row all the same; they would answer each other's
    transactions with higher fees. The system lets go of the lock when the process ends, however.
    """
    file = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            number = os.pread(file, _PID_BYTES, 0).decode("ascii", "replace").strip()
            who = f"process {number}" if number.isdecimal() else "another process"
            raise Unavailable(
                f"{who} anchors this log already, and one at a time does",
                remedy="leave it to that one, or end it and try again",
            ) from error
        os.ftruncate(file, 0)
        os.pwrite(file, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(file)
