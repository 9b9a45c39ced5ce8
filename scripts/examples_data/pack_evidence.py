"""What the makers' meters showed: a file of monthly readings a site, and its members in a draft.

The readings are fictional. They add up to the figures of the year, so that whoever is given a
file can compare it with the lines; a statement carries its digest and each meter's calibration.
"""

from __future__ import annotations

import hashlib
from fractions import Fraction
from typing import TYPE_CHECKING

from yamltext import decimal_text, quoted

if TYPE_CHECKING:
    from pack_table import Figure, Figures

# Shares of a year in permille; February has the holiday of spring.
MONTHS = (84, 66, 86, 84, 85, 83, 86, 86, 84, 85, 85, 86)
WHOLE = 1000
VALID_UNTIL = "2025-06-30T00:00:00Z"
LABORATORY = "-L"
COUNTED = "-N"


def metered(figures: Figures, subject: str) -> list[Figure]:
    """The rows of a site that a meter, a laboratory or a count gives, one for each of them."""
    found = (row for row in figures.rows if row.subject == subject and row.meter)
    return list({row.meter: row for row in found}.values())


def readings(figures: Figures, subject: str) -> str:
    """A site's file: meter, month, reading, unit."""
    lines = ["meter,month,reading,unit"]
    for row in metered(figures, subject):
        if LABORATORY in row.meter:
            name = next(iter(figures.of(subject, "carbon")))
            carbon = figures(subject, f"carbon {name}").text
            found = [(carbon, f"kg of carbon per kg of {name.rpartition(' ')[0]}")] * len(MONTHS)
        else:
            found = [(part, row.unit) for part in monthly(row)]
        lines += [f"{row.meter},2024-{n:02},{v},{unit}" for n, (v, unit) in enumerate(found, 1)]
    return "\n".join(lines) + "\n"


def monthly(row: Figure) -> list[str]:
    """Twelve readings that add up to the year exactly; a count is of whole pieces."""
    parts = [row.value * share / WHOLE for share in MONTHS]
    if COUNTED in row.meter:
        parts = [Fraction(int(part)) for part in parts]
        parts[-1] += row.value - sum(parts)
    return [decimal_text(part, 20) for part in parts]


def digest_of(figures: Figures, subject: str) -> str:
    """The digest of a site's file."""
    return "sha256:" + hashlib.sha256(readings(figures, subject).encode()).hexdigest()


def evidence_members(figures: Figures, subject: str, only: str = "") -> str:
    """The ``evidence`` of a draft: the file once for each meter, with its calibration."""
    digest, text = digest_of(figures, subject), "evidence:\n"
    for row in metered(figures, subject):
        if only and row.meter != only:
            continue
        text += f"  - digest: {quoted(digest)}\n"
        if COUNTED in row.meter:
            text += f"    type: {quoted(f'count {row.meter}, by month')}\n"
            continue
        text += (
            f"    type: readings of 2024, by month\n    instrument:\n      id: {row.meter}\n"
            f"      calibrationCertificate: {quoted(f'CAL-2024-{row.meter} (fictional)')}\n"
            f"      calibrationValidUntil: {quoted(VALID_UNTIL)}\n"
            f"      expandedUncertaintyPercent: {quoted(row.percent)}\n"
        )
    return text
