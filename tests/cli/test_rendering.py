"""What is printed of somebody else's text: it can neither steer a terminal nor begin a line."""

from __future__ import annotations

from typing import Any

import pytest

from rootprint.api.cli.render import report_text, verdict_line
from rootprint.api.cli.rules import finding_lines
from rootprint.api.cli.terminal import plain
from rootprint.api.cli.words import HOW_CHECKED, how_checked
from rootprint.ledger.core.schema.kinds import ASSURANCE, FOOTPRINT
from rootprint.ledger.rules import compile_pack, judge
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
    assert text.endswith("INCOMPLETE 1 requirement not met: car > part: 8 arithmetic")


def test_what_was_not_checked_does_not_push_the_verdict_off_the_screen() -> None:
    """The first stands in the last line, so it is not shown above it too."""
    one, few, many = (report_text(report(*map(str, range(count)))) for count in (1, 6, 40))
    assert "Not checked" not in one
    assert few.count("Not checked") == 5
    assert many.splitlines()[-7:-1] == [
        *(f"Not checked  {number}" for number in range(1, 6)),
        "Not checked  ... and 34 more, all in --format json",
    ]
    last = "INCOMPLETE 40 requirements not met: 0"
    assert many.splitlines()[-1] == last


@pytest.mark.parametrize(
    ("severity", "word"), [("error", "FAIL"), ("warning", "WARN"), ("info", "INFO")]
)
def test_only_an_error_is_shown_as_a_failure(severity: str, word: str) -> None:
    rule = {
        "id": "gwp-known", "severity": severity, "clause": "a clause", "remedy": "name the set",
        "verified": True, "test": {"op": "present", "paths": ["subject.set"]},
    }  # fmt: skip
    at = "2026-11-20T10:00:00Z"
    pack = {"id": "p", "version": "1", "status": "group", "validFrom": at, "rules": [rule]}
    [_, finding] = judge(compile_pack(pack), {"credentialSubject": {}}, at=at)
    assert finding_lines(finding) == [
        f"{word} gwp-known ({severity}; a clause): subject.set is absent",
        "     name the set",
    ]


def verified(*hidden: str, assured: bool = True) -> dict[str, Any]:
    """A verified report of statements whose inventories are hidden and assured by one auditor."""
    auditor = "did:web:auditor.example"
    states = {7: "not_checked", 8: "not_checked", 9: "passed"}
    checks = [{"number": number, "name": "x", "state": state, "reason": "in any words"}
              for number, state in states.items()]  # fmt: skip
    common = {"depth": 0, "issuer": "did:web:x.example", "kind": FOOTPRINT, "notices": [],
              "auditors": []}  # fmt: skip
    statements = [{**common, "path": ["car", name], "checks": checks, "auditors": [auditor]}
                  for name in hidden]  # fmt: skip
    own = {**common, "path": ["car"], "checks": [{**checks[0], "number": 8, "state": "passed"}]}
    said = {**common, "kind": ASSURANCE, "issuer": auditor, "legalName": "Audit Ltd", "path": ["y"],
            "checks": []}  # fmt: skip
    shares = {"recomputed": "84.50", "assured": "15.50", "signed": "0.00", "unsigned": "0.00"}
    bodies = [{"did": auditor, "accreditation": "not checked"}] if assured else []
    levels = {"none": "84.50", "limited": "15.50", "reasonable": "0.00"}
    return {"totals": None, "checks": [], "verdict": "verified", "witnesses": 0,
            "assurance": {"level": "none", "assured": 1, "footprints": 2, "bodies": bodies},
            "noLongerAdmitted": {"issuers": [], "bodies": []},
            "caveats": {"exempted": None, "materiality": None, "superseded": 0},
            "coverage": {"checked": shares, "assurance": levels,
                         "bodies": {"none": "84.50", "admitted": "15.50",
                                    "noLongerAdmitted": "0.00"},
                         "standing": {"admitted": "84.50", "noLongerAdmitted": "0.00",
                                      "notSeen": "15.50"},
                         "data": {"primary": "0.00", "secondary": "100.00"},
                         "takenOff": None, "takenOffStanding": None},
            "statements": [own, *statements, said], "notChecked": [], "statusAsOf": "t",
            "chain": {"test": False, "id": 1}}  # fmt: skip


def test_who_is_no_longer_admitted_is_named_beside_the_shares() -> None:
    report = verified("glass")
    gone = {"did": "did:web:auditor.example", "status": "expelled",
            "since": "2026-11-30T06:50:00Z", "reason": None}  # fmt: skip
    why = {**gone, "did": "did:web:other.example", "reason": "false data"}
    report["noLongerAdmitted"] = {"issuers": [], "bodies": [gone, why]}
    report["coverage"]["bodies"] = {"none": "84.50", "admitted": "0.00",
                                    "noLongerAdmitted": "15.50"}  # fmt: skip
    lines = report_text(report)
    assert "\nAssured by   none 84.5 % · admitted 0 % · no longer admitted 15.5 %\n" in lines
    assert "\n             did:web:auditor.example, expelled since 2026-11-30T06:50:00Z\n" in lines
    assert ", expelled since 2026-11-30T06:50:00Z, false data\n" in lines


def test_what_is_hidden_is_named_with_whoever_vouches_for_it() -> None:
    lines = report_text(verified("glass"))
    assert "\nWho assured  none 84.5 % · limited 15.5 % · reasonable 0 %\n" in lines
    assert "did:web:auditor.example, accreditation not checked\n" in lines
    standing = (
        "admitted 84.5 % · no longer admitted 0 % · not seen, since it is hidden or unsigned 15.5 %"
    )
    assert f"\nStanding     {standing}\n" in lines
    assert "\nHidden  glass: checks 7, 8 stand on the assurance of Audit Ltd\n" in lines
    assert "only an auditor can see.\n" in lines
    report = verified("glass")
    status = {"number": 5, "name": "status", "state": "not_checked", "reason": "in any words"}
    report["statements"][1]["checks"].append(status)
    assert "glass: checks 7, 8 stand" in report_text(report)
    status["law"] = 5
    assert "glass: checks 7, 8, 5 stand" in report_text(report)
    conformity = {"number": 10, "name": "conformity", "state": "not_checked", "reason": "hidden"}
    report["statements"][1]["checks"].append(conformity)
    assert "glass: checks 7, 8, 5, 10 stand" in report_text(report)
    many = report_text(verified(*map(str, range(9)))).splitlines()
    assert sum(line.startswith("Hidden  ") for line in many) == 6
    assert "Hidden  ... and 4 more, all in --format json" in many


def test_where_no_auditor_was_the_text_says_that_none_has_seen_a_meter() -> None:
    text = report_text(verified(assured=False))
    assert "what a meter showed, only an auditor can see, and none has.\n" in text
    assert "Hidden" not in text


def test_every_share_has_one_word() -> None:
    """Bug: report and contribution view had tables of their own, and they drifted apart."""
    text = report_text(verified(assured=False))
    assert "recomputed here, from signed inputs and factors 84.5 %" in text
    assert "published figure without a signature 0 %" in text
    assert set(HOW_CHECKED) == set(CHECKED)
    assert [how_checked(code) for code in CHECKED] == [
        "recomputed here",
        "assured though hidden",
        "only signed",
        "published figure without a signature",
    ]
