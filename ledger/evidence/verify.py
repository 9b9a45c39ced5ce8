"""Verifying a file: read it, compare whose it should be, walk it, look for what is left over."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.errors import NotFound, Refused, Unavailable
from rootprint.ledger.core.statement import parse_statement
from rootprint.ledger.evidence.bundle import Bundle, read
from rootprint.ledger.evidence.proven import chain_seen
from rootprint.ledger.verify import Check, Report, Requirements, Verdict, failed, passed, walk

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.core.chain import ChainView
    from rootprint.ledger.verify import Look, Trust

NUMBER = 0
MAX_SECONDS: Final = 3600.0


def verify_evidence(  # noqa: PLR0913 - what a verifier decides
    data: bytes,
    trust: Trust,
    view: ChainView,
    *,
    now: int,
    requirements: Requirements = Requirements(),  # noqa: B008 - frozen
    seconds: float = MAX_SECONDS,
    progress: Callable[[int], None] = lambda _count: None,
    looked: Look = lambda _subject, _nodes, _context: None,
) -> Report:
    """Return the report on an evidence file; a file that can't be read fails check 0.

    The chain is read from the file itself where it is proven at a block that ``trust`` names, else
    through ``view``. Raises NothingExpected if the trust file does not say whose statement it
    should be. A chain that can't be read makes the report incomplete, never failed; so does a walk
    that takes longer than ``seconds``.
    """
    trust.expect.require()
    as_of = trust.as_of if trust.as_of is not None else now
    check = passed(NUMBER)
    try:
        bundle = read(data)
        check = _expected(bundle, trust)
        seen, counting = chain_seen(bundle, trust, view)
        report = walk(
            bundle.subject,
            bundle,
            seen,
            counting,
            now=now,
            file_check=check,
            requirements=requirements,
            progress=progress,
            looked=looked,
            out_of_time=_clock(seconds),
        )
    except Refused as error:
        return Report(as_of=as_of, subject=None, file_check=failed(NUMBER, str(error)))
    except (Unavailable, NotFound) as error:
        return Report(
            as_of=as_of,
            subject=None,
            file_check=check,
            unmet=[f"the walk could not be finished: {error}"],
        )
    if bundle.proven and report.chain is not None:
        report.chain = {**report.chain, "proven": True}
    unneeded = bundle.unneeded()
    if unneeded is not None and report.verdict is Verdict.VERIFIED:
        report.file_check = failed(NUMBER, unneeded)
    elif unneeded is not None and report.verdict is Verdict.INCOMPLETE:
        report.unmet = [*report.unmet, f"{unneeded}, or what needs it is what is missing"]
    return report


def _clock(seconds: float) -> Callable[[], bool]:
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end


def _expected(bundle: Bundle, trust: Trust) -> Check:
    try:
        subject = parse_statement(bundle.statements[bundle.subject])
    except Refused:
        return passed(NUMBER)  # check 1 says what is wrong with it
    why, compared = trust.expect.why_not(subject), trust.expect.compared(subject)
    if why is not None:
        return failed(NUMBER, why, compared)
    count = len(bundle.statements)
    many = f"{count} statement{'' if count == 1 else 's'}"
    return passed(NUMBER, f"{many}, the subject is the one expected", compared)
