"""What is noted while a partner's footprint is read: findings, and faults that refuse it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Note:
    """What was found at ``place`` (a path such as ``data[2].pcf.dqi``), and what to do."""

    place: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place} {self.what} — {self.remedy}"


ASK: str = "ask the partner for a corrected footprint"


@dataclass
class Noted:
    """The notes of one footprint; ``place`` is where it stands in its file, with its dot."""

    place: str
    findings: list[Note] = field(default_factory=list)
    faults: list[Note] = field(default_factory=list)

    def find(self, member: str, what: str, remedy: str) -> None:
        """Note what the receiver should know before it signs."""
        self.findings.append(Note(f"{self.place}{member}", what, remedy))

    def refuse(self, member: str, what: str, remedy: str = ASK) -> None:
        """Note what keeps the footprint from being taken in."""
        self.faults.append(Note(f"{self.place}{member}", what, remedy))
