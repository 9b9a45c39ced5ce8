"""The page through its form: files chosen as a person does, the verdict read as it stands there."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest

from rootprint.api.cli.render import verdict_line
from rootprint.ledger.evidence.container import pack
from tests.browser.conftest import fresh
from tests.conformance.contract import CASES, compare, expected

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.chromium import Page

VERIFIED = "the_chain_is_proven_at_a_trusted_block"
FAILED = "a_proven_withdrawal_fail"
INCOMPLETE = "a_proven_chain_that_has_not_anchored_it_fail"
NOBODYS = "it_is_not_said_whose_statement_is_expected_fail"
Reports = dict[str, dict[str, Any]]
LINE = "document.getElementById('verdict-line').textContent"
IS_SHOWN = "!document.getElementById('result').hidden"


def choose(page: Page, evidence: Path, trust: Path) -> None:
    page.choose("#evidence", evidence)
    page.choose("#trust", trust)


def check(page: Page, case: str) -> str:
    """Choose a case's two files, ask for the verdict, return its line."""
    choose(page, CASES / case / "evidence.gz", CASES / case / "trust.json")
    return submit(page)


def submit(page: Page) -> str:
    page.run("document.getElementById('check').click()")
    page.until(IS_SHOWN)
    line: str = page.run(LINE)
    return line


def text(page: Page, selector: str) -> str:
    """Return the text of an element as it is shown."""
    said: str = page.run(f"document.querySelector({json.dumps(selector)}).innerText")
    return said


@pytest.mark.parametrize(("case", "code"), [(VERIFIED, 0), (FAILED, 1), (INCOMPLETE, 3)])
def test_the_verdict_is_the_last_line_that_the_command_line_prints(
    either: Page, reports: Reports, case: str, code: int
) -> None:
    assert expected(CASES / case)["exitCode"] == code
    assert check(either, case) == verdict_line(reports[case])
    assert either.run("document.activeElement.id") == "verdict"


def test_a_trust_file_that_expects_no_issuer_is_not_judged(page: Page) -> None:
    assert expected(CASES / NOBODYS)["exitCode"] == 2
    assert check(page, NOBODYS).startswith("NOT JUDGED it is not said whose statement is expected")
    assert "Who can fix it" in text(page, "#verdict")


@pytest.mark.parametrize("case", [FAILED, INCOMPLETE, NOBODYS])
def test_nothing_on_the_page_says_verified_unless_it_is(page: Page, case: str) -> None:
    check(page, case)
    shown = text(page, "#result")
    assert (
        shown.lower().replace("not verified", "").replace("neither verified", "").count("verified")
        == 0
    )
    if case != NOBODYS:
        assert "Footprint as claimed, not verified" in shown


def test_a_verified_footprint_stands_with_all_that_belongs_to_it(
    page: Page, reports: Reports
) -> None:
    check(page, VERIFIED)
    shown = " ".join(text(page, "#footprint").split())
    totals = reports[VERIFIED]["totals"]
    number = f"{totals['pcfExcludingBiogenicUptake']} kg CO2e per 1 kilogram"
    for part in (number, "cradle-to-gate", "2025-01-01 to 2026-01-01"):
        assert part in shown
    for column in ("Gross emissions", "Removals", "Credits by substitution"):
        assert column in shown
    assert f"Gross emissions {totals['gross']} kg CO2e" in shown


def test_a_test_chain_is_not_said_to_be_relied_on(page: Page, reports: Reports) -> None:
    assert reports[VERIFIED]["chain"]["test"]
    check(page, VERIFIED)
    said = text(page, "#verdict")
    assert "The chain is a test chain" in said
    assert "You can rely on it" not in said


def test_what_failed_has_no_assurance(page: Page) -> None:
    check(page, FAILED)
    assert "Third-party assurance of it\nnot applicable" in text(page, "#footprint")


def test_times_are_not_broken_and_sizes_can_be_read(page: Page) -> None:
    check(page, VERIFIED)
    size = (CASES / VERIFIED / "evidence.gz").stat().st_size
    assert f", {size:,} bytes, SHA-256 " in text(page, "#basis")
    times = "[...document.querySelectorAll('#basis .whole')].map((one) => one.innerText)"
    assert {len(time) for time in page.run(times)} == {len("2026-11-20T00:00:00Z")}


def test_the_eleven_checks_and_the_table_say_each_state_in_words(page: Page) -> None:
    check(page, FAILED)
    own = page.run("[...document.querySelectorAll('#checks summary')].map((one) => one.innerText)")
    said = [" ".join(line.split()) for line in own]
    assert [line.split(" ")[1] for line in said[:5]] == ["passed"] * 5
    assert said[5].startswith("✕ failed 5 status withdrawn by")
    assert said[9].startswith("– not applicable 9 assurance")
    assert said[10].startswith("✓ passed 10 conformity")
    assert len(said) == 11
    row = page.run("document.querySelector('.listing tbody tr').textContent")
    assert "✕failed" in row
    assert "✓passed" in row


def test_a_drawer_has_both_values_where_from_and_how_to_repeat_it(
    page: Page, reports: Reports
) -> None:
    check(page, VERIFIED)
    page.run("document.querySelector('#checks [data-check=\"8\"]').open = true")
    drawer = text(page, '#checks [data-check="8"]')
    compared = next(
        one["compared"]
        for one in reports[VERIFIED]["statements"][0]["checks"]
        if one["number"] == 8
    )
    for side in ("claimed", "found"):
        assert compared[side]["value"] in drawer
        assert compared[side]["from"] in drawer
    assert compared["repeat"] in drawer


def test_each_statement_opens_to_its_own_checks(page: Page, reports: Reports) -> None:
    check(page, VERIFIED)
    statements = reports[VERIFIED]["statements"]
    assert page.run("document.querySelectorAll('.listing button').length") == len(statements)
    page.run("document.querySelector('.listing button').click()")
    assert page.run("document.querySelector('.listing button').ariaExpanded") == "true"
    assert statements[0]["digest"] in text(page, "#statement-0")
    assert page.run("document.querySelectorAll('#statement-0 [data-check]').length") == 10


def test_the_saved_report_is_the_whole_one(page: Page, reports: Reports, tmp_path: Path) -> None:
    check(page, VERIFIED)
    page.send("Page.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    page.run("document.getElementById('save').click()")
    saved = tmp_path / "rootprint-report.json"
    end = time.monotonic() + 30
    while not saved.is_file() and time.monotonic() < end:
        time.sleep(0.02)
    report = json.loads(saved.read_bytes())
    assert compare(expected(CASES / VERIFIED), 0, report) is None
    assert report == reports[VERIFIED]


def test_without_a_trust_file_nothing_is_answered(page: Page) -> None:
    page.choose("#evidence", CASES / VERIFIED / "evidence.gz")
    page.run("document.getElementById('check').click()")
    assert page.run("document.activeElement.id") == "trust"
    assert not page.run(IS_SHOWN)


def test_one_file_in_both_places_is_not_judged(page: Page) -> None:
    evidence = CASES / VERIFIED / "evidence.gz"
    choose(page, evidence, evidence)
    assert submit(page) == "NOT JUDGED Both files are the same one."


def test_swapped_files_are_reported_as_such(page: Page) -> None:
    choose(page, CASES / VERIFIED / "trust.json", CASES / VERIFIED / "evidence.gz")
    assert submit(page) == "NOT JUDGED this looks like an evidence file; were the two swapped?"


def test_another_choice_takes_the_verdict_away(page: Page) -> None:
    check(page, VERIFIED)
    page.choose("#evidence", CASES / FAILED / "evidence.gz")
    assert not page.run(IS_SHOWN)
    assert page.run("document.getElementById('result').textContent") == ""


def test_what_is_asked_beyond_the_usual_is_asked(page: Page) -> None:
    page.run("document.getElementById('assurance').value = 'reasonable'")
    assert check(page, VERIFIED).startswith("INCOMPLETE")


def test_a_policy_of_ones_own_is_asked_for(page: Page, tmp_path: Path) -> None:
    """The selects say nothing unless they are set, so the file's members hold."""
    policy = tmp_path / "policy.json"
    policy.write_text('{"version": 1, "assurance": "limited"}')
    page.choose("#policy", policy)
    line = check(page, VERIFIED)
    assert line.startswith("INCOMPLETE 1 requirement not met: assurance: limited is required")
    policy.write_text('{"version": 1, "assurence": "limited"}')
    page.choose("#policy", policy)
    assert check(page, VERIFIED).startswith("NOT JUDGED")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"no JSON at all", "NOT READABLE it is not packed as evidence files are, by gzip"),
        (pack([b"no JSON at all"]), "NOT READABLE it is not written as evidence files are: "),
        (b"{}", "NOT READABLE it is JSON, and no evidence file: "),
    ],
)
def test_a_file_that_is_no_evidence_is_said_in_words(
    page: Page, tmp_path: Path, content: bytes, said: str
) -> None:
    evidence = tmp_path / "evidence.gz"
    evidence.write_bytes(content)
    choose(page, evidence, CASES / VERIFIED / "trust.json")
    assert submit(page).startswith(said)
    assert "Who can fix it" in text(page, "#verdict")


def test_a_trust_file_that_is_none_is_not_judged(page: Page, tmp_path: Path) -> None:
    trust = tmp_path / "trust.json"
    trust.write_bytes(b"{}")
    choose(page, CASES / VERIFIED / "evidence.gz", trust)
    assert submit(page).startswith("NOT JUDGED ")


def test_a_file_that_is_gone_is_reported(page: Page, tmp_path: Path) -> None:
    gone = tmp_path / "evidence.gz"
    gone.write_bytes(b"{}")
    choose(page, gone, CASES / VERIFIED / "trust.json")
    gone.unlink()
    assert submit(page) == "NOT JUDGED The evidence file is empty or can't be read any more."


def test_data_that_does_not_come_is_no_verdict(tab: Page, api: str) -> None:
    fresh(tab, f"{api}/verifier/")
    tab.send("Network.setBlockedURLs", urls=["*/data/core/gwp.json"])
    try:
        assert check(tab, VERIFIED).startswith("NOT JUDGED The page could not finish: ")
    finally:
        tab.send("Network.setBlockedURLs", urls=[])
