"""Check 10 of what is hidden: in both verifiers no rule that looks at it counts as held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.core.schema.kinds import FOOTPRINT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.reports import Reports

CASES = 50  # with a footprint whose lines are hidden


def hiding(reports: Reports) -> Iterator[tuple[str, dict[int, Any], list[dict[str, Any]]]]:
    """Yield the case, checks and conformity of each footprint that is not recomputed for hiding."""
    for name, (_, report) in reports.items():
        for statement in report.get("statements", ()):
            checks = {check["number"]: check for check in statement["checks"]}
            hidden = checks.get(8, {}).get("unseen") == "hidden"
            if statement["kind"] == FOOTPRINT and hidden and 10 in checks:
                yield name, checks, statement["conformity"]


@pytest.mark.parametrize("verifier", ["python", "javascript"])
def test_a_rule_that_looks_at_what_is_hidden_is_not_checkable(
    verifier: str, request: pytest.FixtureRequest
) -> None:
    reports: Reports = request.getfixturevalue(f"{verifier}_reports")
    found = list(hiding(reports))
    assert len({name for name, _, _ in found}) > CASES
    for name, checks, packs in found:
        assert checks[10]["state"] in {"not_checked", "failed"}, name
        assert all(pack["notCheckable"] > 0 for pack in packs if pack["held"]), name
        if checks[10]["state"] == "not_checked" and packs:
            said = (" can't be checked: ", "its rule is not one that this verifier holds")
            assert any(one in checks[10]["reason"] for one in said), name
        verdict = reports[name][1]["verdict"]
        stands_in = [one for one in reports[name][1]["statements"] if one["auditors"]]
        assert verdict != "verified" or stands_in, name
