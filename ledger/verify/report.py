"""What a verifier says: states, checks, verdict, and the whole report as JSON.

There is no boolean and no default. A verdict is computed from the list of checks, and a list with
nothing in it is an error.
"""

from __future__ import annotations

from dataclasses import InitVar, dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.core.encoding import digest_text, time_text
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema.kinds import FOOTPRINT
from rootprint.ledger.verify.explain import EXPLANATIONS
from rootprint.ledger.verify.frame import frame, rows
from rootprint.ledger.verify.laws import DECIDED_BY, LawState, breaches, states
from rootprint.ledger.verify.values import Coverage, Total

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rootprint.ledger.core.keys import PublicKey
    from rootprint.ledger.core.logproof import LogProof
    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify.laws import Ruling

REPORT_VERSION: Final = 2
NAMES: Final = {
    0: "readable",
    1: "envelope",
    2: "issuer",
    3: "inclusion",
    4: "anchor",
    5: "status",
    6: "disclosure",
    7: "inputs",
    8: "arithmetic",
    9: "assurance",
}


NOT_APPLICABLE: Final = "not applicable"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: 1 tier, 2 tiers."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


class State(StrEnum):
    """Unknown is not bad and not good."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_CHECKED = "not_checked"
    NOT_APPLICABLE = "not_applicable"


class Verdict(StrEnum):
    """``incomplete``: nothing failed, something required could not be checked."""

    VERIFIED = "verified"
    FAILED = "failed"
    INCOMPLETE = "incomplete"


EXIT_CODES: Final = {Verdict.VERIFIED: 0, Verdict.FAILED: 1, Verdict.INCOMPLETE: 3}


@dataclass(frozen=True)
class Found:
    """What a check found beside its state; each member is one check's. None: it did not get there.

    1 finds ``statement`` and ``key``, 3 ``proof`` and ``index``, 4 ``row`` and ``t``, 2
    ``legal_name``, 5 whether it was ``ended`` or ``superseded``, 8 the lines it ``recomputed``.
    """

    statement: Statement | None = None
    key: PublicKey | None = None
    proof: LogProof | None = None
    index: int | None = None
    row: int | None = None
    t: int | None = None
    legal_name: str | None = None
    ended: bool | None = None
    superseded: bool | None = None
    recomputed: frozenset[int] | None = None


NOTHING_FOUND: Final = Found()
_MADE_HERE: Final = object()


@dataclass(frozen=True)
class Check:
    """One numbered check of one statement (or of the file, number 0).

    Made by ``passed``, ``failed``, ``not_checked`` and ``not_applicable``, and by nothing else.
    ``reason`` is there unless it passed plainly; ``compared`` gives both values, claimed and found
    (``ledger.verify.explain`` says where each comes from). ``laws`` is what it found of the
    accounting laws that it decides; ``with_laws`` sets it. ``notices`` are what a reader should
    know beside, ``found`` what later checks build on.
    """

    number: int
    state: State
    reason: str | None = None
    compared: tuple[str, str] | None = None
    laws: Mapping[int, LawState] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    found: Found = NOTHING_FOUND
    by: InitVar[object] = None

    def __post_init__(self, by: object) -> None:
        """Refuse what no function of this module makes."""
        if by is not _MADE_HERE:
            message = "a check is made by passed, failed, not_checked or not_applicable"
            raise TypeError(message)

    def json(self) -> dict[str, Any]:
        """Return the report's JSON of it."""
        value: dict[str, Any] = {
            "number": self.number,
            "name": NAMES[self.number],
            "state": str(self.state),
        }
        if self.reason is not None:
            value["reason"] = self.reason
        if self.compared is not None:
            how, (claimed, found) = EXPLANATIONS[self.number], self.compared
            value["compared"] = {
                "claimed": {"value": claimed, "from": how.claimed},
                "found": {"value": found, "from": how.found},
                "repeat": how.repeat,
            }
        return value


def passed(
    number: int, reason: str | None = None, compared: tuple[str, str] | None = None
) -> Check:
    """The check passed."""
    return Check(number, State.PASSED, reason, compared, by=_MADE_HERE)


def failed(number: int, reason: str, compared: tuple[str, str] | None = None) -> Check:
    """The check failed, for this reason."""
    return Check(number, State.FAILED, reason, compared, by=_MADE_HERE)


def not_checked(number: int, reason: str) -> Check:
    """The check could not be made, for this reason."""
    return Check(number, State.NOT_CHECKED, reason, by=_MADE_HERE)


def not_applicable(number: int, reason: str) -> Check:
    """There is nothing to check here."""
    return Check(number, State.NOT_APPLICABLE, reason, by=_MADE_HERE)


def with_found(check: Check, found: Found, notices: Sequence[str] = ()) -> Check:
    """Return the check with what it found, and with these notices after its own."""
    said = (*check.notices, *notices)
    # Not by replace, which costs more than many a check.
    return Check(
        check.number, check.state, check.reason, check.compared, check.laws, said, found, _MADE_HERE
    )


def with_laws(check: Check, rulings: Sequence[Ruling]) -> Check:
    """Return the check with what it found of its laws; the first broken one fails it.

    A check that failed by itself keeps its reason. The rulings' notices come after its own.
    """
    state, reason, compared = check.state, check.reason, check.compared
    if state is not State.FAILED:
        for breach in breaches(rulings):
            state, reason = State.FAILED, f"law {breach.law}: {breach.reason}"
            compared = breach.compared
            break
    said = (*check.notices, *(notice for one in rulings for notice in one.notices))
    laws = states(rulings)
    return Check(check.number, state, reason, compared, laws, said, check.found, _MADE_HERE)


def laws_of(checks: Mapping[int, Check]) -> dict[int, LawState]:
    """Return what a footprint's checks say of each law.

    A check that did not get as far as a law leaves it not checkable.
    """
    found: dict[int, LawState] = {}
    for law, number in DECIDED_BY.items():
        check = checks.get(number)
        if check is None:
            continue
        if law in check.laws:
            found[law] = check.laws[law]
        elif check.state is State.NOT_APPLICABLE:
            found[law] = LawState.NOT_APPLICABLE
        elif check.state is not State.PASSED:
            found[law] = LawState.NOT_CHECKABLE
    return found


@dataclass(frozen=True)
class StatementReport:
    """One statement on the walk. ``path`` leads to it from the subject, by product name.

    ``counts`` is False for a statement about another one whose checks did not all pass: what fails
    there says nothing of what it is about, for or against.
    """

    digest: bytes
    kind: str | None
    issuer: str | None
    legal_name: str | None
    product: str | None
    depth: int
    path: tuple[str, ...]
    checks: Mapping[int, Check]
    notices: Sequence[str]
    counts: bool = True
    entry: int | None = None
    valid_as_of: int | None = None

    @property
    def laws(self) -> dict[int, LawState]:
        """What the checks say of each law of a footprint; other kinds have none."""
        return laws_of(self.checks) if self.kind == FOOTPRINT else {}

    def json(self) -> dict[str, Any]:
        """Return the report's JSON of it."""
        return {
            "digest": digest_text(self.digest),
            "kind": self.kind,
            "issuer": self.issuer,
            "legalName": self.legal_name,
            "product": self.product,
            "depth": self.depth,
            "path": list(self.path),
            "entry": self.entry,
            "signedBefore": None if self.valid_as_of is None else time_text(self.valid_as_of),
            "checks": [self.checks[number].json() for number in sorted(self.checks)],
            "laws": {str(law): str(state) for law, state in self.laws.items()},
            "notices": list(self.notices),
        }


@dataclass(frozen=True)
class Report:
    """The whole answer. ``unmet`` lists what was required and could not be checked.

    Nothing in it changes once it is made, and a verdict is computed each time it is asked.
    A report that failed has no ``assurance``: what contradicts itself was not assured.
    """

    as_of: int
    subject: bytes | None
    file_check: Check
    statements: Sequence[StatementReport] = ()
    status_as_of: int | None = None
    chain: Mapping[str, Any] | None = None
    totals: Mapping[str, Any] | None = None
    coverage: Coverage | None = None
    assurance: str = "none"
    required: Mapping[str, str] = field(default_factory=dict)
    unmet: Sequence[str] = ()

    @property
    def deciding(self) -> tuple[StatementReport | None, Check] | None:
        """The check that decided a failure: the first failed one that counts, in walk order."""
        if self.file_check.state is State.FAILED:
            return None, self.file_check
        for statement in self.statements:
            if not statement.counts:
                continue
            for number in sorted(statement.checks):
                if statement.checks[number].state is State.FAILED:
                    return statement, statement.checks[number]
        return None

    @property
    def verdict(self) -> Verdict:
        """Computed from the checks; a report without any check of a statement is an error."""
        if self.deciding is not None:
            return Verdict.FAILED
        if self.unmet:
            return Verdict.INCOMPLETE
        if not any(statement.checks for statement in self.statements):
            message = "a report in which nothing was checked has no verdict"
            raise RuntimeError(message)
        return Verdict.VERIFIED

    @property
    def total(self) -> Total | None:
        """What the subject's issuer signed, whatever the verdict; None where it can't be read."""
        return None if self.totals is None else Total.of_totals(self.totals)

    def require(self) -> Report:
        """Return the report if it is verified; raise Refused with what decided it if it is not."""
        if self.verdict is Verdict.VERIFIED:
            return self
        if self.deciding is None:
            message = f"the answer is incomplete: {self.unmet[0]}"
            raise Refused(message, remedy="ask for what is missing, or take report.unmet as it is")
        statement, check = self.deciding
        where = "the file" if statement is None else " > ".join(statement.path)
        message = f"check {check.number} of {where} failed: {check.reason}"
        raise Refused(message, remedy="tell whoever gave the evidence")

    def rows(self) -> list[dict[str, Any]]:
        """Return a row for each statement, with its checks and laws as columns."""
        return rows(self.statements)

    def to_frame(self, library: str | None = None) -> Any:
        """Return the rows as a DataFrame of pandas or polars, whichever is installed.

        Raises Unavailable where neither is, or the one that is asked for is not.
        """
        return frame(self.statements, library)

    @property
    def exit_code(self) -> int:
        """0 verified, 1 failed, 3 incomplete."""
        return EXIT_CODES[self.verdict]

    def json(self) -> dict[str, Any]:
        """Return the report as JSON (schema: docs/report.schema.json)."""
        deciding = self.deciding
        return {
            "version": REPORT_VERSION,
            "verdict": str(self.verdict),
            "asOf": time_text(self.as_of),
            "statusAsOf": None if self.status_as_of is None else time_text(self.status_as_of),
            "chain": self.chain,
            "required": dict(self.required),
            "subject": None if self.subject is None else digest_text(self.subject),
            "totals": self.totals,
            "coverage": None if self.coverage is None else self.coverage.json(),
            "assurance": self.assurance if deciding is None else NOT_APPLICABLE,
            "decidedBy": None if deciding is None else _decided(*deciding),
            "checks": [self.file_check.json()],
            "statements": [statement.json() for statement in self.statements],
            "notChecked": list(self.unmet),
        }


def _decided(statement: StatementReport | None, check: Check) -> dict[str, Any]:
    return {
        **check.json(),
        "statement": None if statement is None else digest_text(statement.digest),
        "path": [] if statement is None else list(statement.path),
    }
