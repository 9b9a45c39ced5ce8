"""From checks to a verdict: what decides, what is required, and that nothing has no verdict."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.core.encoding import digest_text
from ledger.walk import (
    EXIT_CODES,
    Check,
    Report,
    Requirements,
    StatementReport,
    Verdict,
    failed,
    not_applicable,
    not_checked,
    passed,
)
from tests.walk.conftest import Chain, chained


def _statement(*checks: Check, name: str = "part") -> StatementReport:
    return StatementReport(
        digest=name.encode().ljust(32, b"."),
        kind="FootprintStatement",
        issuer="did:web:maker.example",
        legal_name="Maker",
        product=name,
        depth=0,
        path=(name,),
        checks={check.number: check for check in checks},
        notices=[],
    )


def _report(*statements: StatementReport, **changes: Any) -> Report:
    given = {"as_of": 0, "subject": b"." * 32, "file_check": passed(0), **changes}
    return Report(statements=statements, **given)


def test_nothing_checked_is_an_error_and_no_verdict() -> None:
    for report in (_report(), _report(_statement())):
        with pytest.raises(RuntimeError, match="nothing was checked has no verdict"):
            _ = report.verdict


def test_the_first_failed_check_of_the_first_failing_statement_decides() -> None:
    """Lowest number first within a statement, whatever the order they were made in."""
    report = _report(
        _statement(passed(1), not_checked(7, "hidden"), name="module"),
        _statement(failed(8, "sum"), failed(2, "retired"), name="part"),
        _statement(failed(1, "signature"), name="fuel"),
    )
    decided = report.json()["decidedBy"]
    assert report.verdict is Verdict.FAILED
    assert (decided["number"], decided["reason"], decided["path"]) == (2, "retired", ["part"])


def test_the_file_decides_before_any_statement() -> None:
    report = _report(_statement(failed(1, "signature")), file_check=failed(0, "another subject"))
    decided = report.json()["decidedBy"]
    assert (decided["number"], decided["statement"], decided["path"]) == (0, None, [])


def test_a_failure_beats_what_is_missing() -> None:
    report = _report(_statement(failed(8, "sum")), unmet=["check 7: hidden"])
    assert (report.verdict, report.exit_code) == (Verdict.FAILED, 1)


def test_what_is_not_applicable_is_neither_bad_nor_missing() -> None:
    report = _report(_statement(passed(1), not_applicable(8, "a factor")))
    assert (report.verdict, report.exit_code) == (Verdict.VERIFIED, 0)


def test_every_verdict_has_an_exit_code_of_its_own() -> None:
    assert EXIT_CODES == {Verdict.VERIFIED: 0, Verdict.FAILED: 1, Verdict.INCOMPLETE: 3}


@pytest.mark.parametrize(
    ("arithmetic", "verdict"),
    [("recomputed-or-assured", Verdict.VERIFIED), ("recomputed", Verdict.INCOMPLETE)],
)
def test_an_assured_recipe_is_enough_unless_recomputing_is_demanded(
    assured: Chain, arithmetic: str, verdict: Verdict
) -> None:
    keep: dict[bytes, set[str]] = {assured.part.digest: set()}
    report = assured.report(keep, Requirements(arithmetic=arithmetic))
    assert report.verdict is verdict
    assert report.json()["required"]["arithmetic"] == arithmetic
    numbers = [text.split(": ")[1] for text in report.unmet]
    assert numbers == ([] if verdict is Verdict.VERIFIED else ["check 7", "check 8"])


def test_an_open_recipe_satisfies_those_who_demand_recomputing(assured: Chain) -> None:
    report = assured.report(requirements=Requirements(arithmetic="recomputed"))
    assert report.verdict is Verdict.VERIFIED


@pytest.mark.parametrize(
    ("given", "demanded", "verdict"),
    [
        (None, "none", Verdict.VERIFIED),
        (None, "limited", Verdict.INCOMPLETE),
        ("limited", "limited", Verdict.VERIFIED),
        ("limited", "reasonable", Verdict.INCOMPLETE),
        ("reasonable", "limited", Verdict.VERIFIED),
        ("reasonable", "reasonable", Verdict.VERIFIED),
    ],
)
def test_a_level_of_assurance_is_demanded_of_the_subject(
    given: str | None, demanded: str, verdict: Verdict
) -> None:
    made = chained(None)
    if given is not None:
        made.world.publish(made.world.assurance(made.module, level=given))
        made.world.anchor()
    report = made.report(requirements=Requirements(assurance=demanded))
    assert report.verdict is verdict
    if verdict is Verdict.INCOMPLETE:
        has = given or "none"
        assert report.unmet == [f"assurance {demanded} is required, the subject has {has}"]


def test_an_assured_part_does_not_make_its_buyer_assured(assured: Chain) -> None:
    report = assured.report(requirements=Requirements(assurance="limited"))
    assert report.verdict is Verdict.INCOMPLETE


def test_the_report_has_every_check_of_every_statement_in_order(assured: Chain) -> None:
    report = assured.report().json()
    assert {entry["digest"] for entry in report["statements"]} >= {
        digest_text(statement.digest) for statement in (assured.fuel, assured.part, assured.module)
    }
    assert len(report["statements"]) == 4
    for statement in report["statements"]:
        assert [check["number"] for check in statement["checks"]] == list(range(1, 10))
    assert report["statements"][0]["path"] == ["module"]
    assert report["chain"]["test"] is True


def test_a_hidden_recipe_says_since_when_nobody_has_seen_it(assured: Chain) -> None:
    report = assured.report({assured.part.digest: set()})
    part = next(entry for entry in report.statements if entry.product == "part")
    assert part.checks[7].reason == "inventory hidden; not seen since the assurance of 2026-01-01"
