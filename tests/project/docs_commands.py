"""The commands that README and the guides show, as a reader would type them.

A fenced block marked ``console`` shows commands behind ``$`` and what they answer; one marked
``sh`` holds commands only. A command that goes on ends its line with a backslash. One that is
shown because it must fail says so at its end: ``# exit 1``. A block that can't be run here stands
under ``<!-- not run: REASON -->``; there is no other way out.

A block marked ``output`` shows lines that the document's commands print, ``…`` for those left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.project.pyproject import ROOT

if TYPE_CHECKING:
    from pathlib import Path

_FENCE = re.compile(
    r"(?:^<!-- not run: (?P<reason>[^\n]+?) -->\n\s*)?"
    r"^```(?P<language>\S*)[^\n]*\n(?P<body>.*?)^```\s*?$",
    re.MULTILINE | re.DOTALL,
)
_EXIT = re.compile(r"\s# exit (\d+)$")
_VERDICT = re.compile(r"^(VERIFIED|FAILED|INCOMPLETE|PASS|FAIL|\?{4}) ")
# What another run prints otherwise: times, digests and keys, the place of a line (lines stand in
# random order), and an interval of samples (draws are keyed by digests).
_OTHERWISE = (
    re.compile(r"^\[ *\d+\.\d s\]"),
    re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?Z"),
    re.compile(r"(?<=saw it on )\d{4}-\d\d-\d\d"),
    re.compile(r"(?<=sha256:)[0-9a-f]{64}"),
    re.compile(r"(?<=ES256 by key )[\w-]{43}$"),
    re.compile(r"(?<=, line )\d+"),
    re.compile(r"(?<=samples between )[\d.]+ and [\d.]+"),
)
_OURS = re.compile(r"^\s*(?:\$ )?(?:\./scripts/|(?:\S*/)?rootprint )")


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its text, the status it must end with, why it is not run (or "")."""

    text: str
    status: int = 0
    not_run: str = ""


def documents() -> list[Path]:
    """Return every document with commands in it: those at the top and the guides, README first."""
    top = sorted(ROOT.glob("*.md"), key=lambda path: (path.name != "README.md", path.name))
    return [*top, *sorted((ROOT / "docs").rglob("*.md"))]


def commands(document: str) -> list[Command]:
    """Return the commands of a document, in order."""
    found = []
    for block in _FENCE.finditer(document):
        for line in _lines(block["language"], block["body"].replace("\\\n", " ")):
            status = _EXIT.search(line)
            found.append(Command(line, int(status[1]) if status else 0, block["reason"] or ""))
    return found


def hidden(document: str) -> list[str]:
    """Return lines that read like our commands but stand in a block that is not run."""
    return [
        line
        for block in _FENCE.finditer(document)
        if block["language"] not in {"console", "sh"} and not block["reason"]
        for line in block["body"].splitlines()
        if _OURS.match(line)
    ]


def shown(document: str) -> list[str]:
    """Return the lines that a document says its commands print."""
    return [
        line
        for block in _FENCE.finditer(document)
        if block["language"] == "output"
        for line in block["body"].splitlines()
        if line.strip() not in {"", "…"}
    ]


def masked(line: str) -> str:
    """Return a printed line without what differs from run to run; every other digit stays."""
    for pattern in _OTHERWISE:
        line = pattern.sub("*", line)
    return line.rstrip()


def unheld(document: str) -> list[str]:
    """Return lines of a report that stand in a block which is compared with nothing."""
    return [
        line
        for block in _FENCE.finditer(document)
        if block["language"] != "output"
        for line in block["body"].splitlines()
        if _VERDICT.match(line)
    ]


def _lines(language: str, body: str) -> list[str]:
    lines = [line.strip() for line in body.splitlines()]
    if language == "console":
        return [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]
    if language == "sh":
        return [line for line in lines if line and not line.startswith("#")]
    return []
