"""Laws 7 and 8 of the lines that are composed: refused where broken, told where not said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.calc.laws import Weight
from rootprint.ledger import figures

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rootprint.calc.compatibility import Terms
    from rootprint.calc.laws import Finding
    from rootprint.ledger.intake.linefaults import LineFaults

    Lines = Mapping[int, tuple[Mapping[str, Any], Terms | None]]


def check_line(
    own: Terms, number: int, line: Mapping[str, Any], cited: Terms | None, faults: LineFaults
) -> None:
    """Note what of one line breaks law 7, whatever else is wrong with it."""
    if "stage" not in line or not faults.sound(number, "stage"):
        return
    for finding in figures.stage_findings(own, {number: (line, cited)}):
        if finding.weight is Weight.BROKEN:
            _note(finding, {number: (line, cited)}, faults)


def check_lines(own: Terms, lines: Lines, faults: LineFaults, *, whole: bool) -> None:
    """Note what of the lines breaks laws 7 and 8, and find what they leave unsaid.

    ``lines`` are those that could be composed, ``whole`` says that these are all.
    """
    found: list[Finding] = [
        *figures.stage_findings(own, lines),
        *figures.quantity_findings(lines),
    ]
    if whole:
        found += figures.transmission_findings(lines)
    _note_all(found, lines, faults)


def _note_all(found: Iterable[Finding], lines: Lines, faults: LineFaults) -> None:
    for finding in found:
        if finding.weight is Weight.BROKEN:
            _note(finding, lines, faults)
        else:
            for number in finding.lines:
                member = _member(finding, lines[number][0])
                faults.find(number, member, finding.what, finding.remedy)


def _note(finding: Finding, lines: Lines, faults: LineFaults) -> None:
    number = finding.lines[0]
    faults.add(number, _member(finding, lines[number][0]), finding.what, finding.remedy)


def _member(finding: Finding, line: Mapping[str, Any]) -> tuple[str, ...]:
    """Return where in the file's line the member stands that a finding is about."""
    if finding.member != "source":
        return (finding.member,)
    source = line["source"]
    if "statement" in source:  # as it will be signed; the file calls it its input
        return ("source", "input")
    named = ("input", "factor", "gas", "published")
    return ("source", next((name for name in named if name in source), "source"))
