"""Verifying needs neither a database nor a web client: they are blocked here and not asked for."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.conformance.contract import CASES, expected, policy_of

if TYPE_CHECKING:
    from pathlib import Path

BLOCKED = ("sqlalchemy", "web3", "eth", "eth_tester", "fastapi", "uvicorn", "httpx", "click")
PROGRAM = """
import sys
for name in {blocked!r}:
    sys.modules[name] = None  # importing it raises ImportError
from tests.conformance.verifier import main
code = main({arguments!r})
print(sorted(name for name in {blocked!r} if sys.modules[name] is not None), file=sys.stderr)
raise SystemExit(code)
"""


def _verify(root: Path, name: str) -> subprocess.CompletedProcess[str]:
    files = [str(CASES / name / file) for file in ("evidence.gz", "trust.json", "chain.json")]
    files.append(str(policy_of(CASES / name)))
    program = PROGRAM.format(blocked=BLOCKED, arguments=files)
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_verifying_loads_neither_sqlalchemy_nor_web3(root: Path) -> None:
    name = "four_levels_with_every_kind_of_line"
    done = _verify(root, name)
    assert done.stderr == "[]\n"
    assert done.returncode == 0
    assert json.loads(done.stdout)["subject"] == expected(CASES / name)["subject"]


def test_it_is_the_verifier_that_ran(root: Path) -> None:
    """A failing case fails without them too, so the one above was really verified."""
    done = _verify(root, "a_total_off_by_one_in_its_last_digit_fail")
    assert done.returncode == 1
    assert json.loads(done.stdout)["decidedBy"]["number"] == 8
