"""Making a file from a file: what fails is not passed on, and a renewed file loses nothing.

Forwarding walks three times, over three contents: what was given is judged with all that it shows
(hiding must not hide a failure), then what stays open is walked and kept, then what was kept, to
find the words of the chain that its verifier will read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.stateproof import Header
from rootprint.ledger.evidence.bundle import read
from rootprint.ledger.evidence.exporting import export, prove
from rootprint.ledger.evidence.proven import chain_seen
from rootprint.ledger.evidence.verify import verify_evidence
from rootprint.ledger.verify import Requirements

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rootprint.ledger.core.chain import Block, ProvingChain
    from rootprint.ledger.evidence.bundle import Bundle
    from rootprint.ledger.verify import Report, Sources, Trust

ANY: Final = Requirements()


def sound(
    data: bytes, trust: Trust, view: ProvingChain, *, now: int, requirements: Requirements = ANY
) -> Bundle:
    """Return what a file holds; raise Refused if it fails under ``trust``.

    One that is incomplete is no failure: whoever gets it is told what could not be checked.
    """
    require(verify_evidence(data, trust, view, now=now, requirements=requirements))
    return read(data)


def forward(  # noqa: PLR0913 - what a holder decides
    data: bytes,
    trust: Trust,
    view: ProvingChain,
    *,
    now: int,
    keeping: Callable[[Bundle], Mapping[bytes, set[str]]],
    proven: bool,
    requirements: Requirements = ANY,
) -> tuple[Bundle, Report, Block | None]:
    """Return a file with what ``keeping`` leaves open of it, its report and its block.

    The chain's state is in it if it is to be ``proven``. Raises Refused where the file as given or
    what is left of it fails, and what ``export`` and ``prove`` raise.
    """
    given = sound(data, trust, view, now=now, requirements=requirements)
    seen, counting = chain_seen(given, trust, view)
    keep = keeping(given)
    bundle, report = export(
        given.subject, given, seen, counting, now=now, keep=keep, requirements=requirements
    )
    require(report)
    if not proven:
        return bundle, report, None
    bundle, block = prove(bundle, seen, counting, now=now)
    return bundle, report, block


def renew(  # noqa: PLR0913 - as above
    old: Bundle,
    sources: Sources,
    trust: Trust,
    view: ProvingChain,
    *,
    now: int,
    requirements: Requirements = ANY,
) -> tuple[Bundle, Report, Block]:
    """Walk again from a file's subject, through ``sources`` (the file itself, or ``Renewing``).

    Raises Refused where it fails today, or where the file would say less than before: with fewer
    statements, or of an earlier block; and what ``export`` and ``prove`` raise.
    """
    bundle, report = export(old.subject, sources, view, trust, now=now, requirements=requirements)
    require(report)
    for what, before, after in (
        ("statements", old.statements, bundle.statements),
        ("keys", old.keys, bundle.keys),
        ("records", old.records, bundle.records),
    ):
        lost = len(set(before) - set(after))
        if lost:
            message = f"{lost} of its {len(before)} {what} would no longer be in it"
            raise Refused(message, remedy="see what it lacks with: rootprint verify")
    bundle, block = prove(bundle, view, trust, now=now)
    then = None if old.state is None else Header.parse(old.state.header).block.number
    if then is not None and block.number < then:
        message = f"it is proven at block {then}, and block {block.number} is what is asked here"
        raise Refused(message, remedy="ask a chain that has come as far, without an earlier asOf")
    return bundle, report, block


def require(
    report: Report, remedy: str = "see why with: rootprint verify, or ask its giver for another"
) -> None:
    """Raise Refused if the report is of something that fails."""
    if report.deciding is None:
        return
    statement, check = report.deciding
    where = "the file" if statement is None else " > ".join(statement.path)
    message = f"it does not verify, so nothing was written: check {check.number} of {where} failed"
    raise Refused(f"{message}: {check.reason}", remedy=remedy)
