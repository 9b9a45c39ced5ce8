"""Verifying a file: read it, compare whose it should be, walk it, look for what is left over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.core.errors import NotFound, Refused, Unavailable
from ledger.core.statement import parse_statement
from ledger.evidence.bundle import Bundle, read
from ledger.walk import Check, Report, Requirements, Verdict, failed, passed, walk

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledger.core.chain import ChainView
    from ledger.walk import Trust

NUMBER = 0


def verify_evidence(  # noqa: PLR0913 - what a verifier decides
    data: bytes,
    trust: Trust,
    view: ChainView,
    *,
    now: int,
    requirements: Requirements = Requirements(),  # noqa: B008 - frozen
    progress: Callable[[int], None] = lambda _count: None,
) -> Report:
    """Return the report on an evidence file; a file that can't be read fails check 0.

    Raises NothingExpected if the trust file does not say whose statement it should be. A chain
    that can't be read makes the report incomplete, never failed.
    """
    trust.expect.require()
    as_of = trust.as_of if trust.as_of is not None else now
    try:
        bundle = read(data)
        check = _expected(bundle, trust)
        report = walk(
            bundle.subject,
            bundle,
            view,
            trust,
            now=now,
            file_check=check,
            requirements=requirements,
            progress=progress,
        )
    except Refused as error:
        return Report(as_of=as_of, subject=None, file_check=failed(NUMBER, str(error)))
    except (Unavailable, NotFound) as error:
        return Report(
            as_of=as_of,
            subject=None,
            file_check=passed(NUMBER),
            unmet=[f"the chain could not be read: {error}"],
        )
    unneeded = bundle.unneeded()
    if unneeded is not None and report.verdict is Verdict.VERIFIED:
        report.file_check = failed(NUMBER, unneeded)
    elif unneeded is not None and report.verdict is Verdict.INCOMPLETE:
        report.unmet = [*report.unmet, f"{unneeded}, or what needs it is what is missing"]
    return report


def _expected(bundle: Bundle, trust: Trust) -> Check:
    try:
        subject = parse_statement(bundle.statements[bundle.subject])
    except Refused:
        return passed(NUMBER)  # check 1 says what is wrong with it
    why = trust.expect.why_not(subject)
    if why is not None:
        return failed(NUMBER, why)
    count = len(bundle.statements)
    return passed(NUMBER, f"{count} statements, the subject is the one expected")
