"""What is printed of somebody else's text: it can neither steer a terminal nor begin a line."""

from __future__ import annotations

from api.cli.render import plain, verdict_line


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
