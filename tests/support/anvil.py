"""A development node of a test's own: anvil of @foundry-rs/anvil, as package-lock.json has it.

It comes with what the contracts' tests install. Where the lock has no binary for this machine,
whoever asks for one skips and says so.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rootprint.ledger.chain import RpcChain
from rootprint.ledger.core.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHAIN_ID = 31337


def anvil_program(root: Path) -> str | None:
    """Return the program: named in ROOTPRINT_ANVIL, on the PATH, or of the locked packages."""
    locked = sorted(root.glob("node_modules/@foundry-rs/anvil-*/bin/anvil*"))
    return (
        os.environ.get("ROOTPRINT_ANVIL")
        or shutil.which("anvil")
        or next((str(path) for path in locked), None)
    )


@contextmanager
def running(program: str, *options: str, port: int = 0) -> Iterator[str]:
    """Run a node on a free port of this machine; give its address once it answers."""
    if not port:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
    with subprocess.Popen([program, "--port", str(port), "--silent", *options]) as node:
        try:
            yield _ready(f"http://127.0.0.1:{port}")
        finally:
            node.terminate()


def _ready(url: str) -> str:
    for _ in range(100):
        try:
            assert RpcChain(url).chain_id == CHAIN_ID
        except Unavailable:
            time.sleep(0.1)
        else:
            return url
    raise AssertionError("anvil did not start")
