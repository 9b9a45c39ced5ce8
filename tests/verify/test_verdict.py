"""From checks to a verdict: what decides, what is required, and that nothing has no verdict."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from rootprint.api.cli.render import report_text
from rootprint.ledger.core.encoding import digest_text, time_text
from rootprint.ledger.evidence import read, write
from rootprint.ledger.verify import (
    EXIT_CODES,
    Check,
    Policy,
    Report,
    StatementReport,
    Verdict,
    failed,
    not_applicable,
    not_checked,
    passed,
)
from rootprint.ledger.verify.rulings.lawful import named
from tests.support.world import World
from tests.verify.chains import Chain, chained, gas, published


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
    assert EXIT_CODES == {
        Verdict.VERIFIED: 0,
        Verdict.FAILED: 1,
        Verdict.INCOMPLETE: 3,
        Verdict.NOT_READABLE: 5,
    }


@pytest.mark.parametrize(
    ("arithmetic", "verdict"),
    [("recomputed-or-assured", Verdict.VERIFIED), ("recomputed", Verdict.INCOMPLETE)],
)
def test_an_assured_recipe_is_enough_unless_recomputing_is_demanded(
    assured: Chain, arithmetic: str, verdict: Verdict
) -> None:
    keep: dict[bytes, set[str]] = {assured.part.digest: set()}
    report = assured.report(keep, Policy(arithmetic=arithmetic))
    assert report.verdict is verdict
    assert report.json()["required"]["arithmetic"] == arithmetic
    lacking = [text.partition(": ")[2].partition(":")[0] for text in report.unmet]
    unsigned = "15.82 % of the gross is unsigned, 0 % is the most where recomputed is required"
    wanted = ["check 7", "check 8", "check 10", unsigned]
    assert lacking == ([] if verdict is Verdict.VERIFIED else wanted)


def test_an_open_recipe_satisfies_those_who_demand_recomputing(assured: Chain) -> None:
    """Of the part everything is signed; the module takes a published figure beside it."""
    policy = Policy(arithmetic="recomputed")
    world, part = assured.world, assured.part
    report = world.verifier(part, policy=policy).verify(world.evidence(part))
    assert report.verdict is Verdict.VERIFIED
    [unmet] = assured.report(policy=policy).unmet
    assert unmet.startswith("mostUnsigned: 15.82 % of the gross is unsigned, 0 % is the most")


def test_a_shell_of_published_figures_is_not_recomputed() -> None:
    """Bug: with recomputed required, a number of nothing but invented figures was verified."""
    world = World()
    subject = world.publish(world.product("module", [published("0.0001", "30")]))
    world.anchor()
    verifier = world.verifier(subject, policy=Policy(arithmetic="recomputed"))
    report = verifier.verify(world.evidence(subject))
    assert report.verdict is Verdict.INCOMPLETE
    assert report.unmet[0].startswith("mostUnsigned: 100 % of the gross is unsigned")


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
    report = made.report(policy=Policy(assurance=demanded))
    assert report.verdict is verdict
    if verdict is Verdict.INCOMPLETE:
        has = given or "none"
        assert report.unmet == [f"assurance: {demanded} is required, the subject has {has}"]


@pytest.mark.parametrize(
    ("changes", "has"),
    [
        ([{"laws": [9], "includesInventory": False}], "none"),
        ([{"includesInventory": False}], "none"),
        ([{"laws": [1, 2, 3]}], "none"),
        ([{}], "reasonable"),
        ([{}, {"level": "limited", "laws": [1]}], "reasonable"),
        ([{"laws": [1, 3]}, {"level": "limited", "laws": [2, 4, 5, 6, 7, 8]}], "limited"),
        ([{"laws": [1, 3]}, {"laws": [2, 4, 5, 6, 7, 8]}], "reasonable"),
        ([{"includesInventory": False}, {"level": "limited"}], "limited"),
    ],
)
def test_a_level_is_of_those_who_saw_the_inventory_and_name_each_law(
    changes: list[dict[str, Any]], has: str
) -> None:
    """Bug: a reasonable assurance of nothing that is checked met what was required."""
    made = chained(None)
    for change in changes:
        made.world.publish(made.world.assurance(made.module, **{"level": "reasonable", **change}))
    made.world.anchor()
    report = made.report(policy=Policy(assurance="reasonable"))
    assert report.assurance.level == has
    wanted = [] if has == "reasonable" else [has]
    assert report.unmet == [
        f"assurance: reasonable is required, the subject has {one}" for one in wanted
    ]


def test_an_assured_part_does_not_make_its_buyer_assured(assured: Chain) -> None:
    report = assured.report(policy=Policy(assurance="limited"))
    assert report.verdict is Verdict.INCOMPLETE


def test_the_report_has_every_check_of_every_statement_in_order(assured: Chain) -> None:
    report = assured.report().json()
    assert {entry["digest"] for entry in report["statements"]} >= {
        digest_text(statement.digest) for statement in (assured.fuel, assured.part, assured.module)
    }
    assert len(report["statements"]) == 4
    for statement in report["statements"]:
        assert [check["number"] for check in statement["checks"]] == list(range(1, 11))
    assert report["statements"][0]["path"] == ["module"]
    assert report["chain"]["test"] is True


def test_a_hidden_recipe_says_when_an_auditor_last_saw_it(assured: Chain) -> None:
    report = assured.report({assured.part.digest: set()})
    part = next(entry for entry in report.statements if entry.product == "part")
    assert part.checks[7].reason == "inventory hidden; an auditor saw it on 2026-01-01"


def test_what_an_issuer_says_of_its_own_recipe_is_no_auditors_sight() -> None:
    """Bug: any assurance that names the inventory was listed, whoever signed it."""
    world = World()
    part = world.publish(world.product("part", [gas("10")]))
    world.publish({**world.assurance(part), "issuer": part.issuer})
    world.anchor()
    evidence = world.evidence(part, {part.digest: set()})
    report = world.verifier(part).verify(evidence)
    assert report.statements[0].checks[8].reason == "inventory hidden"
    assert report.statements[0].notices == []
    assert report.statements[1].notices == [
        f"the assurance of part by {part.issuer} does not count: its own checks did not all pass"
    ]


def test_below_an_assured_part_its_buyer_has_none_of_its_own(assured: Chain) -> None:
    report = assured.report()
    assert report.statements[0].checks[9].reason == "none of this statement itself"
    late = assured.report(policy=Policy(oldest_assurance=1), asOf=time_text(assured.world.now))
    part = next(entry for entry in late.statements if entry.product == "part")
    assert part.checks[9].reason == "none of this statement itself is in force"


def test_a_report_that_failed_has_no_assurance(assured: Chain) -> None:
    """Bug: a file with one broken proof was said to be assured, 0 % of the total."""
    report = assured.report(policy=Policy(oldest_status=0))
    report = replace(report, file_check=failed(0, "broken"))
    assert report.verdict is Verdict.FAILED
    assert report.json()["assurance"] is None
    assert report.json()["coverage"] is None
    assert "Coverage   not applicable" in report_text(report.json())  # and it can be printed


def test_lines_that_lack_the_same_are_reported_once() -> None:
    """Bug: each line was shown with the one reason that all of them had."""
    world = World()
    factors = [world.publish(world.factor(name)) for name in ("coal", "oil", "wood")]
    part = world.publish(
        world.product("part", [world.line(factor, "200", "gram") for factor in factors])
    )
    world.anchor()
    bundle = read(world.evidence(part))
    del bundle.places[part.digest]
    evidence = write(bundle, made=world.now)
    report = world.verifier(part).verify(evidence)
    reason = report.statements[0].checks[7].reason
    assert reason is not None
    lines, unknown = reason.split(": ")
    assert unknown == "without both log entries their order is unknown"
    assert re.fullmatch(r"lines \d+( to \d+)?(, \d+( to \d+)?)*", lines)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([4], "line 4"),
        ([0, 1, 2], "lines 0 to 2"),
        ([0, 1, 2, 5, 8, 9], "lines 0 to 2, 5, 8 to 9"),
        (list(range(0, 40, 2)), "lines 0, 2, 4, 6, 8, 10, 12, 14 and 12 more"),
    ],
)
def test_lines_are_named_as_runs(lines: list[int], said: str) -> None:
    assert named(lines) == said


def test_one_is_shown_as_one() -> None:
    world = World()
    fuel = world.publish(world.factor("fuel"))
    part = world.publish(world.product("part", [world.line(fuel, "200", "gram")]))
    world.publish(world.assurance(part, level="limited"))
    world.anchor()
    report = world.verifier(part).verify(world.evidence(part))
    checks = report.statements[0].checks
    assert checks[7].reason == "1 input, earlier and compatible"
    assert checks[8].reason == "1 line recomputes"
    assert (report.assurance.assured, report.assurance.footprints) == (1, 2)
