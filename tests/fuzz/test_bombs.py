"""What costs little to send costs little to refuse; the limits are the operating system's."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.fuzz.bombs import BOMBS, Bomb

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/statm").is_file(), reason="memory is limited as Linux does it"
)


@pytest.fixture(scope="module")
def answers() -> dict[str, dict[str, Any]]:
    """Set off all of them: one process imports what is read with, and forks for each."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.child"], cwd=ROOT, capture_output=True, check=True
    )
    found = [json.loads(line) for line in done.stdout.splitlines()]
    return {answer["name"]: answer for answer in found}


@pytest.mark.slow
@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: bomb.name)
def test_a_bomb_ends_in_a_clear_error_within_its_limits(
    bomb: Bomb, answers: dict[str, dict[str, Any]]
) -> None:
    answer = answers[bomb.name]
    assert answer["status"] == 0, "it broke a limit, or let something else out than a refusal"
    assert bomb.error in answer["kinds"].split()
    assert bomb.reported in answer["message"]
    assert len(answer["message"]) < 20_000  # a message is for people, and holds no bomb itself


@pytest.mark.parametrize("limit", ["memory", "cpu"])
def test_the_limits_do_end_what_breaks_them(limit: str) -> None:
    """The harness itself: a process that goes on taking is ended by either limit."""
    code = {
        "memory": "x = [bytes(1 << 20) for _ in range(1 << 12)]",
        "cpu": "while True: pass",
    }[limit]
    script = f"from tests.fuzz.child import limited\nlimited({64 << 20}, 1)\n{code}"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert ("MemoryError" in done.stderr) == (limit == "memory")


def test_no_two_bombs_have_one_name() -> None:
    assert len({bomb.name for bomb in BOMBS}) == len(BOMBS) > 50
