"""What a verifier's answer to a case is compared by: exit code, and a few members of its JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
CASES = HERE / "cases"
POLICY = "policy.json"
# Another verifier may not be as far as ours in these; what it gives must be right.
OPTIONAL = ("notices", "coverage", "assurance", "caveats")
# Partitions that are compared where a case names them.
NAMED = ("takenOff", "bodies", "standing", "takenOffStanding")

Json = dict[str, Any]


def folders() -> list[Path]:
    """Return the committed cases' folders, by name."""
    return sorted(path for path in CASES.iterdir() if path.is_dir()) if CASES.is_dir() else []


def expected(folder: Path) -> Json:
    """Return a case's ``expected.json``."""
    value: Json = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    return value


def policy_of(folder: Path) -> Path:
    """Return the file of what a case's reader requires: its own, or the one with every default."""
    own = folder / POLICY
    return own if own.exists() else HERE / POLICY


def from_report(report: Json) -> Json:
    """Return of a report what ``expected.json`` names."""
    decided, totals = report.get("decidedBy"), report.get("totals") or {}
    statements = report.get("statements", [])
    checks = [check for statement in statements for check in statement["checks"]]
    return {
        "verdict": report.get("verdict"),
        "decidedBy": decided["number"] if decided else None,
        "notChecked": {check["number"] for check in checks if check["state"] == "not_checked"},
        "subject": report.get("subject"),
        "total": totals.get("pcfExcludingBiogenicUptake"),
        "coverage": report.get("coverage"),
        "assurance": report.get("assurance"),
        "caveats": report.get("caveats"),
        "notices": sum(len(statement.get("notices", [])) for statement in statements),
    }


def compare(wanted: Json, code: int, report: Json) -> str | None:
    """Return what differs from ``expected.json``, in one line, or None."""
    if code != wanted["exitCode"]:
        return f"exit code {code}, expected {wanted['exitCode']}"
    said = from_report(report)
    if wanted.get("coverage") and said["coverage"]:
        left = {name for name in NAMED if name not in wanted["coverage"]}
        said["coverage"] = {k: v for k, v in said["coverage"].items() if k not in left}
    for name in ("verdict", "decidedBy", "subject", "total", *OPTIONAL):
        absent = name in OPTIONAL and name not in report and "statements" not in report
        if name in wanted and not absent and said[name] != wanted[name]:
            return f"{name} {said[name]!r}, expected {wanted[name]!r}"
    number = wanted["notChecked"]
    if number is not None and number not in said["notChecked"]:
        return f"check {number} is not among those not checked, {sorted(said['notChecked'])}"
    return None
