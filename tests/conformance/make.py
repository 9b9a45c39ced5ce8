"""Write the cases: ``python -m tests.conformance.make [--answers] [NAME …]``. Run by hand, commit.

Keys, salts and ids are random, so a case that is written again has other bytes and the same
meaning. Without names the whole folder is replaced. Each case is verified before it is kept, and
``expected.json`` says what the casebook says, plus the total, coverage and assurance that come out:
look at the difference before committing. ``--answers`` leaves a case's files as they are and writes
``expected.json`` alone: what changed is then what a verifier says, and nothing else.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

from tests.conformance import catalogue
from tests.conformance.casebook import CASES, Case, Files
from tests.conformance.chain_file import chain_view, read_chain
from tests.conformance.contract import POLICY, compare, from_report, policy_of
from tests.conformance.verifier import answer

COMPUTED = ("subject", "total", "coverage", "assurance", "caveats")
HERE = Path(__file__).resolve().parent / "cases"


def main(names: list[str]) -> int:
    """Write the named cases, or all of them; 1 if one of them does not do what it should."""
    assert catalogue.__all__
    again = names[:1] == ["--answers"]
    if again and not names[1:]:
        print("name the cases that are answered again", file=sys.stderr)  # noqa: T201
        return 2
    names = names[1:] if again else names
    if not names:
        shutil.rmtree(HERE, ignore_errors=True)
    wrong = 0
    for case in [CASES[name] for name in names] if names else CASES.values():
        problem = (answered if again else write)(case, HERE / case.name)
        if problem:
            wrong += 1
            print(f"{case.name}: {problem}", file=sys.stderr)  # noqa: T201
    print(f"{len(names) or len(CASES)} cases, {wrong} of them wrong")  # noqa: T201
    return 1 if wrong else 0


def write(case: Case, folder: Path) -> str | None:
    """Write one case's files; return what the verifier says differently, or None."""
    files = case.build()
    policy = None if files.policy is None else _json(files.policy)
    code, report = answer(files.evidence, _json(files.trust), chain_view(files.chain), policy)
    expected = _expected(case, code, report)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "evidence.gz").write_bytes(files.evidence)
    (folder / "trust.json").write_bytes(_json(files.trust))
    (folder / "chain.json").write_bytes(_json(files.chain))
    (folder / POLICY).unlink(missing_ok=True)
    if policy is not None:
        (folder / POLICY).write_bytes(policy)
    (folder / "expected.json").write_bytes(_json(expected))
    (folder / "README.md").write_text(f"{case.says}\n", encoding="utf-8")
    return compare(expected, code, report)


def answered(case: Case, folder: Path) -> str | None:
    """Write one case's answer from its files; return what is said differently, or None."""
    evidence, trust = ((folder / name).read_bytes() for name in ("evidence.gz", "trust.json"))
    chain = read_chain(folder / "chain.json")
    code, report = answer(evidence, trust, chain, policy_of(folder).read_bytes())
    expected = _expected(case, code, report)
    (folder / "expected.json").write_bytes(_json(expected))
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
        wanted |= {name: from_report(report)[name] for name in COMPUTED}
    return wanted


def _json(value: Any) -> bytes:
    """Return JSON for people; bytes stand for themselves."""
    if isinstance(value, bytes):
        return value
    return json.dumps(value, indent=1, sort_keys=True).encode() + b"\n"


__all__ = ["Files", "main", "write"]

if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
