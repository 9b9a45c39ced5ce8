"""Laws 7 and 8 of the lines that are composed: refused where broken, reported where not said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.laws import Weight
from rootprint.ledger import figures

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rootprint.calc.compatibility import Terms
    from rootprint.calc.laws import Finding
    from rootprint.ledger.intake.linefaults import LineFaults

    Lines = Mapping[int, tuple[Mapping[str, Any], Terms | None]]

_LOSSES: Final = re.compile(
    r"\bloss(es)?\b|transmission|T\s*&\s*D\b|线损|網損|网损|输配电|輸配電", re.IGNORECASE
)
_PUBLISHED_LOSSES: Final = (
    "seems to be of transmission losses: a published figure doesn't say whether the"
    " electricity beside it has them already"
)
_CITE_LOSSES: Final = (
    "cite a factor of losses (urn:rootprint:class:electricity-transmission), or leave the line out"
    " where the electricity includes transmission"
)


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
        *figures.stage_findings(own, lines, whole=whole),
        *figures.quantity_findings(lines),
    ]
    if whole:
        found += figures.transmission_findings(lines)
    _note_all(found, lines, faults)
    _find_published_losses(lines, faults)


def _find_published_losses(lines: Lines, faults: LineFaults) -> None:
    """Say of a published figure that it seems to be of losses, which law 8 compares by citation."""
    units, beside = figures.unit_table(), any(map(_is_power, lines.values()))
    for number, (line, _) in lines.items():
        source = line["source"]
        if not beside or "published" not in source or not units.knows(line["amount"]["unit"]):
            continue
        words = f"{line['description']} {source['reference']}"
        if units.base(line["amount"]["unit"])[0] == "energy" and _LOSSES.search(words):
            faults.find(number, ("source", "published"), _PUBLISHED_LOSSES, _CITE_LOSSES)


def _is_power(line: tuple[Mapping[str, Any], Terms | None]) -> bool:
    """Whether a line is of electricity."""
    value, cited = line
    return "electricity" in value or (
        cited is not None and cited.includes_transmission is not None and not cited.quantity
    )


def _note_all(found: Iterable[Finding], lines: Lines, faults: LineFaults) -> None:
    for finding in found:
        if finding.weight is Weight.BROKEN:
            _note(finding, lines, faults)
        elif not finding.lines:
            faults.find_in((finding.member,), finding.what, finding.remedy)
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
