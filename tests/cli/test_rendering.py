"""What is printed of somebody else's text: it can neither steer a terminal nor begin a line."""

from __future__ import annotations

from typing import Any

from api.cli.render import plain, report_text, verdict_line


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


def test_one_is_not_told_as_several() -> None:
    text = report_text(report("car > part: 8 arithmetic"))
    assert "All 1 statement (1 FootprintStatement) of 1 organisation, 1 tier\n" in text
    assert text.endswith("INCOMPLETE 1 required check could not be made: car > part: 8 arithmetic")


def test_what_was_not_checked_does_not_push_the_verdict_off_the_screen() -> None:
    few, many = (report_text(report(*map(str, range(count)))) for count in (5, 40))
    assert few.count("Not checked") == 5
    assert many.splitlines()[-7:-1] == [
        *(f"Not checked  {number}" for number in range(5)),
        "Not checked  ... and 35 more, all in --format json",
    ]
    assert many.splitlines()[-1].startswith("INCOMPLETE 40 required checks")
