"""The verdict line: of one report both verifiers make the same."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from rootprint.ledger.verify.line import verdict_line
from tests.web.node import VERIFIER, node

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.reports import Reports

LINES = """
const { readFileSync } = await import('node:fs');
const { SEPARATOR, verdictLine } = await import(%s);
for (const report of JSON.parse(readFileSync(process.argv[1], 'utf8'))) {
  const { word, parts } = verdictLine(report);
  console.log(JSON.stringify(`${word} ${parts.join(SEPARATOR)}`));
}
"""


def test_both_verifiers_say_every_report_in_the_same_line(
    python_reports: Reports, tmp_path: Path
) -> None:
    reports = [report for _, report in python_reports.values() if report["verdict"] is not None]
    kept = tmp_path / "reports.json"
    kept.write_text(json.dumps(reports), encoding="utf-8")
    script = LINES % json.dumps((VERIFIER / "walk" / "line.js").as_uri())
    done = node("--input-type=module", "--eval", script, kept)
    assert done.stderr == ""
    assert [json.loads(line) for line in done.stdout.splitlines()] == list(
        map(verdict_line, reports)
    )
    assert {verdict_line(one).split(" ")[0] for one in reports} == {
        "VERIFIED",
        "FAILED",
        "INCOMPLETE",
        "NOT",
    }


REPORT = {
    "verdict": "verified",
    "statusAsOf": "2026-11-30T07:00:59Z",
    "witnesses": 0,
    "statements": [
        {
            "conformity": [
                {
                    "id": "base",
                    "version": "4",
                    "held": 31,
                    "broken": {"error": 0, "warning": 0, "info": 0},
                    "notCheckable": 0,
                }
            ],
            "notices": [],
        }
    ],
    "chain": {"test": True},
    "assurance": {
        "level": "none",
        "assured": 1,
        "footprints": 3,
        "bodies": [{"did": "did:web:auditor.example", "accreditation": "not checked"}],
    },
    "coverage": {
        "checked": {
            "recomputed": "84.00",
            "assured": "16.00",
            "signed": "0.00",
            "unsigned": "0.00",
        },
        "data": {"primary": "0.00", "secondary": "100.00"},
        "assurance": {"none": "84.00", "limited": "16.00", "reasonable": "0.00"},
        "bodies": {"none": "84.00", "admitted": "16.00", "noLongerAdmitted": "0.00"},
        "standing": {"admitted": "100.00", "noLongerAdmitted": "0.00", "notSeen": "0.00"},
        "takenOff": None,
        "takenOffStanding": None,
    },
    "noLongerAdmitted": {"issuers": [], "bodies": []},
    "caveats": {"exempted": None, "materiality": None, "superseded": 0},
    "totals": {
        "declaredUnitAmount": "1",
        "declaredUnitOfMeasurement": "square meter",
        "pcfExcludingBiogenicUptake": "99.951",
        "unit": "kg CO2e",
        "gross": "99.951",
        "removals": "0",
        "captured": "0",
        "credits": "0",
        "qualifiers": [],
    },
}


def test_the_line_names_what_was_verified_with_its_shares() -> None:
    assert verdict_line(REPORT) == (
        "VERIFIED 99.951 kg CO2e per m² · recomputed 84 %, assured 16 % (limited, 1 body,"
        " accreditation not checked), unsigned 0 % · rules base 4: 31 of 31 · primary data 0 %"
        " · status 2026-11-30T07:00Z · witnesses 0 · TEST CHAIN"
    )


def test_a_rule_that_is_broken_or_hidden_did_not_hold() -> None:
    base = {"id": "base", "version": "4", "held": 20, "notCheckable": 3}
    own = {"id": "metals", "version": "2", "held": 5, "notCheckable": 0}
    run = [
        {**own, "broken": {"error": 0, "warning": 1, "info": 0}},
        {**base, "broken": {"error": 0, "warning": 0, "info": 0}},
    ]
    line = verdict_line({**REPORT, "statements": [{"conformity": run, "notices": []}]})
    assert " · rules metals 2: 5 of 6, base 4: 20 of 23 · " in line


@pytest.mark.parametrize(
    ("totals", "said"),
    [
        (
            {"removals": "-10", "captured": "-20", "credits": "-5", "gross": "100"},
            "removals −10 % · captured and stored −20 % · credits −5 % of the gross · status",
        ),
        (
            {"removals": "-120", "gross": "100", "pcfExcludingBiogenicUptake": "-20"},
            "removals −120 % of the gross · net negative · status",
        ),
        ({"removals": "-1", "gross": "3"}, "removals −33.33 % of the gross · status"),
        ({"captured": "-1", "gross": "10"}, "captured and stored −10 % of the gross · status"),
        ({"removals": "-0.001", "gross": "100"}, "removals −<0.01 % of the gross"),
        (
            {"credits": "-1000", "gross": "1", "pcfExcludingBiogenicUptake": "-999"},
            "credits −100000 % of the gross · net negative · status",
        ),
        ({"removals": "-3", "gross": "0"}, "removals −3.00 kg CO2e, gross not above zero"),
        (
            {"qualifiers": ["prospective", "variant B (customer)"]},
            "prospective · variant B (customer) · status",
        ),
        ({"declaredUnitAmount": "12", "declaredUnitOfMeasurement": "bottle"}, "per 12 bottle ·"),
    ],
)
def test_what_a_reader_must_know_is_in_the_line(totals: dict[str, object], said: str) -> None:
    assert said in verdict_line({**REPORT, "totals": {**REPORT["totals"], **totals}})  # type: ignore[dict-item]


def test_what_rests_on_issuers_no_longer_admitted_is_in_its_place() -> None:
    """After what is taken off, before what kind of number it is; of bodies beside what they saw."""
    gone = {"did": "did:web:gone.example", "status": "expelled", "since": "2026-11-30T06:50:00Z"}
    other = {**gone, "did": "did:web:other.example"}
    coverage = {
        **REPORT["coverage"],  # type: ignore[dict-item]
        "bodies": {"none": "84.00", "admitted": "5.00", "noLongerAdmitted": "11.00"},
        "standing": {"admitted": "87.00", "noLongerAdmitted": "8.00", "notSeen": "5.00"},
    }
    totals = {
        **REPORT["totals"],  # type: ignore[dict-item]
        "removals": "-9.9951",
        "qualifiers": ["variant B (customer)"],
    }
    lapsed = {"issuers": [gone, other], "bodies": [gone]}
    report = {**REPORT, "noLongerAdmitted": lapsed, "coverage": coverage, "totals": totals}
    line = verdict_line(report)
    assert "accreditation not checked, 11 % of the gross by 1 body no longer admitted)" in line
    assert " · removals −10 % of the gross · 2 issuers no longer admitted (8 %, 5 % not" in line
    assert " admitted (8 %, 5 % not seen) · variant B" in line
    off = {"admitted": "60.00", "noLongerAdmitted": "30.00", "notSeen": "10.00"}
    taken = {**report, "coverage": {**coverage, "takenOffStanding": off}}
    assert " (8 %, 5 % not seen; of what is taken off 30 %, 10 % not seen) " in verdict_line(taken)
    # Without a gross there is no share, and a record has none: they are counted all the same.
    assert " · 2 issuers no longer admitted · status" in verdict_line(
        {**report, "totals": None, "coverage": None}
    )
    bare = verdict_line({**report, "coverage": None})
    assert "accreditation not checked, 1 body no longer admitted) · " in bare
    assert " · 2 issuers no longer admitted · variant B" in bare


def test_who_assured_what_is_open_is_said_beside_what_is_recomputed() -> None:
    """A number may be recomputed to the last line and assured besides."""
    coverage = {
        **REPORT["coverage"],  # type: ignore[dict-item]
        "checked": {
            "recomputed": "90.00",
            "assured": "0.00",
            "signed": "0.00",
            "unsigned": "10.00",
        },
        "assurance": {"none": "60.00", "limited": "30.00", "reasonable": "10.00"},
    }
    line = verdict_line({**REPORT, "coverage": coverage})
    assert (
        "recomputed 90 %, unsigned 10 % · third-party assurance 40 % (limited and reasonable,"
        " 1 body, accreditation not checked) · rules base 4"
    ) in line


def test_how_what_is_taken_off_was_checked_is_said_unless_all_was_recomputed() -> None:
    """The shares of the gross say nothing of it: a net may rest on a credit that no one signed."""
    totals = {**REPORT["totals"], "credits": "-90"}  # type: ignore[dict-item]
    off = {"recomputed": "20.00", "assured": "0.00", "signed": "5.00", "unsigned": "75.00"}
    coverage = {**REPORT["coverage"], "takenOff": off}  # type: ignore[dict-item]
    report = {**REPORT, "totals": totals, "coverage": coverage}
    said = " of the gross (recomputed 20 %, only signed 5 %, unsigned 75 %) · status"
    assert said in verdict_line(report)
    all_ = {"recomputed": "100.00", "assured": "0.00", "signed": "0.00", "unsigned": "0.00"}
    assert " of the gross · status" in verdict_line(
        {**report, "coverage": {**coverage, "takenOff": all_}}
    )


def test_makers_that_are_not_seen_are_said_without_an_issuer_that_lapsed_too() -> None:
    unseen = {"admitted": "84.00", "noLongerAdmitted": "0.00", "notSeen": "16.00"}
    coverage = {**REPORT["coverage"], "standing": unseen}  # type: ignore[dict-item]
    assert " · makers not seen 16 % · status" in verdict_line({**REPORT, "coverage": coverage})
    off = {**coverage, "takenOffStanding": {**unseen, "notSeen": "7.50"}}
    line = verdict_line({**REPORT, "coverage": off})
    assert " · makers not seen 16 %; of what is taken off 7.5 % · status" in line


def test_what_no_share_says_is_said() -> None:
    caveats = {"exempted": "49.0", "materiality": "95.50", "superseded": 2}
    line = verdict_line({**REPORT, "caveats": caveats})
    assert "assured 16 % (limited, 1 body, materiality 95.5 %, accreditation not checked)" in line
    assert " · leaves out up to 49 % · 2 statements superseded since · status" in line


def test_how_many_notices_there_are_is_said() -> None:
    """Each is something that a reader should know, and the line has no place for its words."""
    own = REPORT["statements"][0]  # type: ignore[index]
    given = [{**own, "notices": ["one"]}, {"notices": []}, {"notices": ["two", "three"]}]
    assert " · 3 notices · status" in verdict_line({**REPORT, "statements": given})
    assert " · 1 notice · status" in verdict_line({**REPORT, "statements": given[:2]})
