"""Write the cases: ``python -m tests.conformance.make [NAME …]``. Run by hand, then commit.

Keys, salts and ids are random, so a case that is written again has other bytes and the same
meaning. Without names the whole folder is replaced. Each case is verified before it is kept, and
``expected.json`` says what the casebook says, plus the total and coverage that come out of it:
look at the difference before committing.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

from tests.conformance import catalogue
from tests.conformance.casebook import CASES, Case, Files
from tests.conformance.chain_file import chain_view
from tests.conformance.contract import compare, from_report
from tests.conformance.verifier import answer

HERE = Path(__file__).resolve().parent / "cases"


def main(names: list[str]) -> int:
    """Write the named cases, or all of them; 1 if one of them does not do what it should."""
    assert catalogue.__all__
    if not names:
        shutil.rmtree(HERE, ignore_errors=True)
    wrong = 0
    for case in [CASES[name] for name in names] if names else CASES.values():
        problem = write(case, HERE / case.name)
        if problem:
            wrong += 1
            print(f"{case.name}: {problem}", file=sys.stderr)  # noqa: T201
    print(f"{len(names) or len(CASES)} cases, {wrong} of them wrong")  # noqa: T201
    return 1 if wrong else 0


def write(case: Case, folder: Path) -> str | None:
    """Write one case's files; return what the verifier says differently, or None."""
    files = case.build()
    code, report = answer(files.evidence, _json(files.trust), chain_view(files.chain))
    expected = _expected(case, code, report)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "evidence.json").write_bytes(files.evidence)
    (folder / "trust.json").write_bytes(_json(files.trust))
    (folder / "chain.json").write_bytes(_json(files.chain))
    (folder / "expected.json").write_bytes(_json(expected))
    (folder / "README.md").write_text(f"{case.says}\n", encoding="utf-8")
    return compare(expected, code, report)


def _expected(case: Case, code: int, report: dict[str, Any]) -> dict[str, Any]:
    wanted: dict[str, Any] = {
        "verdict": case.expected.verdict,
        "exitCode": case.expected.exit_code,
        "decidedBy": case.expected.decided_by,
        "notChecked": case.expected.not_checked,
    }
    if code == 0:
        wanted["notices"] = case.expected.notices
        wanted |= {name: from_report(report)[name] for name in ("subject", "total", "coverage")}
    return wanted


def _json(value: Any) -> bytes:
    """Return JSON for people; bytes stand for themselves."""
    if isinstance(value, bytes):
        return value
    return json.dumps(value, indent=1, sort_keys=True).encode() + b"\n"


__all__ = ["Files", "main", "write"]

if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
