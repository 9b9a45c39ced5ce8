"""What takes long and comes out alike is made once, for all processes that share the tests."""

from __future__ import annotations

import fcntl
import json
import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[], Any]) -> Any:
    """Return the JSON value that ``make`` gives; the first who asks makes it, the others wait.

    ``name`` stands for it within one run of the tests.
    """
    folder = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # the run's, which holds one of each worker
    made = folder / f"{name}.json"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.is_file():
            made.write_text(json.dumps(make()), encoding="utf-8")
    return json.loads(made.read_text(encoding="utf-8"))
