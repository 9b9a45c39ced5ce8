"""What making evidence gives, and what may not be handed over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.stateproof import Header
from rootprint.ledger.evidence import write

if TYPE_CHECKING:
    from rootprint.ledger.core.chain import Block
    from rootprint.ledger.core.files import FileName
    from rootprint.ledger.evidence import Evidence
    from rootprint.ledger.verify import Judged, Look, Report

_WHY: Final = "see why with: rootprint verify, or ask its giver for another"


@dataclass(frozen=True)
class Made:
    """Evidence, the report that its receiver gets, and the block that its chain is proven at.

    ``at`` is when it was made, in Unix seconds; ``block`` is None where no chain is proven in it.
    """

    evidence: Evidence
    report: Report
    at: int
    block: Block | None = None

    @property
    def proven_at(self) -> Block:
        """The block whose hash is all that a receiver must trust; raises Refused without one."""
        if self.block is None:
            message = "the chain's state is not proven in this evidence"
            raise Refused(message, remedy="prove it first: Verifier.prove")
        return self.block

    @property
    def data(self) -> bytes:
        """The file's canonical bytes."""
        return write(self.evidence, made=self.at)

    def save(self, name: FileName) -> None:
        """Write the file."""
        Path(name).write_bytes(self.data)

    def require(self, remedy: str = _WHY) -> None:
        """Raise Refused if it fails: what fails is not handed over by mistake."""
        require(self.report, remedy)


def require(report: Report, remedy: str = _WHY) -> None:
    """Raise Refused if the report is of something that fails."""
    if report.deciding is None:
        return
    statement, check = report.deciding
    where = "the file" if statement is None else " > ".join(statement.path)
    message = f"it does not verify, so nothing was written: check {check.number} of {where} failed"
    raise Refused(f"{message}: {check.reason}", remedy=remedy)


def require_no_less(old: Evidence, made: Made) -> None:
    """Raise Refused if a renewed file would say less: fewer of anything, or an earlier block."""
    for what, before, after in (
        ("statements", old.statements, made.evidence.statements),
        ("keys", old.keys, made.evidence.keys),
        ("records", old.records, made.evidence.records),
        ("proofs of possession", old.possessions, made.evidence.possessions),
    ):
        lost = len(set(before) - set(after))
        if lost:
            message = f"{lost} of its {len(before)} {what} would no longer be in it"
            raise Refused(message, remedy="see what it lacks with: rootprint verify")
    then = None if old.state is None else Header.parse(old.state.header).block.number
    if then is not None and made.block is not None and made.block.number < then:
        message = (
            f"it is proven at block {then}, and block {made.block.number} is what is asked here"
        )
        raise Refused(message, remedy="ask a chain that has come as far, without an earlier asOf")


def rows_noted(evidence: Evidence, looked: Look) -> Look:
    """Return a look that notes in ``evidence`` which row covers each entry, then looks on."""

    def look(judged: Judged) -> None:
        for digest, one in judged.nodes.items():
            if one.row is not None:
                evidence.places[digest] = replace(evidence.places[digest], row=one.row)
        looked(judged)

    return look
