"""Check 0: the file can be read, is of the statement expected, and holds nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.statement import parse_statement
from rootprint.ledger.verify import Check, Report, Verdict, failed, passed

if TYPE_CHECKING:
    from rootprint.ledger.evidence import Evidence
    from rootprint.ledger.verify import Trust

NUMBER: Final = 0


def as_expected(evidence: Evidence, trust: Trust) -> Check:
    """Compare whose statement it is with whose it should be."""
    try:
        subject = parse_statement(evidence.statements[evidence.subject])
    except Refused:
        return passed(NUMBER)  # check 1 says what is wrong with it
    why, compared = trust.expect.why_not(subject), trust.expect.compared(subject)
    if why is not None:
        return failed(NUMBER, why, compared)
    count = len(evidence.statements)
    many = f"{count} statement{'' if count == 1 else 's'}"
    return passed(NUMBER, f"{many}, the subject is the one expected", compared)


def with_nothing_left(report: Report, evidence: Evidence) -> Report:
    """Return the report as it is when the file, all of it read, holds what nothing needs.

    What is incomplete may need it after all, so it is reported there and fails nothing.
    """
    unneeded = evidence.unneeded()
    if unneeded is None:
        return report
    if report.verdict is Verdict.VERIFIED:
        return replace(report, file_check=failed(NUMBER, unneeded))
    if report.verdict is Verdict.INCOMPLETE:
        said = f"{unneeded}, or what needs it is what is missing"
        return replace(report, unmet=[*report.unmet, said])
    return report
