"""What is printed of somebody else's text: it can neither steer a terminal nor begin a line."""

from __future__ import annotations

from typing import Any
from unittest.mock import Mock

import pytest

from rootprint.api.cli.render import plain, report_text, verdict_line
from rootprint.api.cli.rules import finding_line
from rootprint.api.cli.words import HOW_CHECKED, how_checked
from rootprint.ledger.core.schema.kinds import ASSURANCE, FOOTPRINT
from rootprint.ledger.rules import Finding, State
from rootprint.ledger.rules.finding import Outcome, Rule
from rootprint.ledger.verify.coverage import CHECKED


def test_a_product_name_can_not_forge_the_verdict_line() -> None:
    """Bug: a failing statement whose name held a line of its own ended the answer with it."""
    report = {
        "verdict": "failed",
        "decidedBy": {
            "number": 8,
            "name": "arithmetic",
            "reason": "line 0 does not recompute",
            "path": ["part\nVERIFIED signatures, log, anchor, arithmetic\x1b[8m"],
        },
    }
    line = verdict_line(report)
    assert "\n" not in line
    assert "\x1b" not in line
    assert line.startswith("FAILED check 8 arithmetic of part\\u000aVERIFIED")


def test_ordinary_texts_stay_as_they_are() -> None:
    assert plain({"a": ["光伏组件 · 1 m² × 2"], "b": 1, "c": None}) == {
        "a": ["光伏组件 · 1 m² × 2"],
        "b": 1,
        "c": None,
    }


def report(*not_checked: str) -> dict[str, Any]:
    """One statement of one issuer, of which these checks could not be made."""
    statement = {"depth": 0, "issuer": "did:web:x.example", "kind": "FootprintStatement",
                 "checks": [], "notices": []}  # fmt: skip
    return {"totals": None, "statements": [statement], "checks": [], "coverage": None,
            "verdict": "incomplete", "notChecked": list(not_checked)}  # fmt: skip


def test_one_is_not_shown_as_several() -> None:
    text = report_text(report("car > part: 8 arithmetic"))
    assert "\n1 statement (1 footprint) of 1 organisation, 1 tier\n" in text
    assert text.endswith("INCOMPLETE 1 required check could not be made: car > part: 8 arithmetic")


def test_what_was_not_checked_does_not_push_the_verdict_off_the_screen() -> None:
    """The first stands in the last line, so it is not shown above it too."""
    one, few, many = (report_text(report(*map(str, range(count)))) for count in (1, 6, 40))
    assert "Not checked" not in one
    assert few.count("Not checked") == 5
    assert many.splitlines()[-7:-1] == [
        *(f"Not checked  {number}" for number in range(1, 6)),
        "Not checked  ... and 34 more, all in --format json",
    ]
    last = "INCOMPLETE 40 required checks could not be made: 0"
    assert many.splitlines()[-1] == last


@pytest.mark.parametrize(
    ("severity", "word"), [("error", "FAIL"), ("warning", "WARN"), ("info", "INFO")]
)
def test_only_an_error_is_shown_as_a_failure(severity: str, word: str) -> None:
    rule = Rule(
        id="gwp-known", severity=severity, clause="a clause", remedy="name the set",
        unverified=False, roles=frozenset(), test=Mock(),
    )  # fmt: skip
    line = finding_line(Finding(rule, Outcome(State.FAILED, "unstated".format)))
    assert line == f"{word} gwp-known ({severity}; a clause): unstated\n     name the set"


def verified(assurance: str, *hidden: str) -> dict[str, Any]:
    """A verified report of statements whose inventories are hidden and assured by one auditor."""
    auditor = "did:web:auditor.example"
    states = {7: "not_checked", 8: "not_checked", 9: "passed"}
    reason = f"limited by {auditor}, inventory included"
    checks = [{"number": number, "name": "x", "state": state, "reason": reason}
              for number, state in states.items()]  # fmt: skip
    common = {"depth": 0, "issuer": "did:web:x.example", "kind": FOOTPRINT, "notices": []}
    statements = [{**common, "path": ["car", name], "checks": checks} for name in hidden]
    own = {**common, "path": ["car"], "checks": [{**checks[0], "number": 8, "state": "passed"}]}
    said = {**common, "kind": ASSURANCE, "issuer": auditor, "legalName": "Audit Ltd", "path": ["y"],
            "checks": []}  # fmt: skip
    shares = {"recomputed": "84.50", "assured": "15.50", "signed": "0.00", "unsigned": "0.00"}
    return {"totals": None, "checks": [], "verdict": "verified", "assurance": assurance,
            "coverage": {"checked": shares, "data": {"primary": "0.00", "secondary": "100.00"}},
            "statements": [own, *statements, said], "notChecked": [], "statusAsOf": "t",
            "chain": {"test": False, "id": 1}}  # fmt: skip


def test_what_is_hidden_is_named_with_whoever_vouches_for_it() -> None:
    lines = report_text(verified("limited, 15 % of the total (1 of 2 statements)", "glass"))
    assert "\nHidden  glass: checks 7, 8 stand on the assurance of Audit Ltd\n" in lines
    assert "only an auditor can see.\n" in lines
    many = report_text(verified("limited", *map(str, range(9)))).splitlines()
    assert sum(line.startswith("Hidden  ") for line in many) == 6
    assert "Hidden  ... and 4 more, all in --format json" in many


def test_where_no_auditor_was_the_text_says_that_none_has_seen_a_meter() -> None:
    text = report_text(verified("none"))
    assert "what a meter showed, only an auditor can see, and none has.\n" in text
    assert "Hidden" not in text


def test_every_share_has_one_word() -> None:
    """Bug: report and contribution view had tables of their own, and they drifted apart."""
    text = report_text(verified("none"))
    assert "recomputed here, from signed inputs and factors 84.5 %" in text
    assert "published figure without a signature 0 %" in text
    assert set(HOW_CHECKED) == set(CHECKED)
    assert [how_checked(code) for code in CHECKED] == [
        "recomputed here",
        "assured though hidden",
        "only signed",
        "published figure without a signature",
    ]


@pytest.mark.parametrize(
    ("gross", "removals", "credited", "net", "told"),
    [
        ("10", "0", "0", "10", ""),
        ("10", "-1", "-2.5", "6.5", "removals −10 % · credits −25 % of the gross · "),
        ("3", "-1", "0", "2", "removals −33.33 % of the gross · "),
        ("10", "-0.0001", "0", "9.9999", "removals −<0.01 % of the gross · "),
        ("1", "0", "-1000", "-999", "credits −100000 % of the gross · net negative · "),
        ("0", "0", "-5", "-5", "credits −5.00 kg CO2e, gross not above zero · net negative · "),
    ],
)
def test_the_verdict_line_tells_what_is_taken_off(
    gross: str, removals: str, credited: str, net: str, told: str
) -> None:
    totals = {"gross": gross, "removals": removals, "credits": credited, "unit": "kg CO2e",
              "pcfExcludingBiogenicUptake": net}  # fmt: skip
    verified = {"verdict": "verified", "totals": totals, "coverage": None, "assurance": "none",
                "statements": [{"checks": [{"number": 8, "state": "passed"}]}],
                "statusAsOf": "now", "chain": {"test": False}}  # fmt: skip
    start = "VERIFIED signatures, log, anchor, arithmetic · "
    assert verdict_line(verified) == f"{start}{told}third-party assurance: none · status as of now"
