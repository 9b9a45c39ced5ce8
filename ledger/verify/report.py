"""What a verifier says: states, checks, verdict, and the whole report as JSON.

There is no boolean and no default. A verdict is computed from the list of checks, and a list with
nothing in it is an error.
"""

from __future__ import annotations

from dataclasses import InitVar, dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.core.encoding import digest_text, time_text
from rootprint.ledger.core.errors import NotReadable, Refused
from rootprint.ledger.core.schema.kinds import FOOTPRINT
from rootprint.ledger.verify.explain import EXPLANATIONS
from rootprint.ledger.verify.found import NOTHING_FOUND, Found
from rootprint.ledger.verify.frame import frame, lines_frame, rows
from rootprint.ledger.verify.laws import DECIDED_BY, LawState, breaches, states, unseen_of
from rootprint.ledger.verify.values import Assurance, Caveats, Coverage, NoLonger, Total
from rootprint.ledger.verify.verdict import EXIT_CODES, Verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from rootprint.ledger.verify.conformed import Conformity
    from rootprint.ledger.verify.laws import Ruling, Unseen
    from rootprint.ledger.verify.linetable import LineTable

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
    10: "conformity",
}


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: 1 tier, 2 tiers."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


class State(StrEnum):
    """Unknown is not bad and not good."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_CHECKED = "not_checked"
    NOT_APPLICABLE = "not_applicable"


_DECIDING: Final = (LawState.BROKEN, LawState.NOT_CHECKABLE)
_MADE_HERE: Final = object()
_NO_LAWS: Final[Mapping[int, LawState]] = {}  # of most checks, and changed by no caller


@dataclass(frozen=True, slots=True)
class Check:
    """One numbered check of one statement (or of the file, number 0).

    Made by ``passed``, ``failed``, ``not_checked`` and ``not_applicable``, and by nothing else.
    ``reason`` is there unless it passed plainly; ``compared`` gives both values, claimed and found
    (``ledger.verify.explain`` says where each comes from). ``laws`` is what it found of the
    accounting laws that it decides, ``law`` the one that made it fail or not checked, ``unseen``
    why that one could not be checked; ``with_laws`` sets them. ``notices`` are what a reader should
    know beside, ``found`` what later checks build on.
    """

    number: int
    state: State
    reason: str | None = None
    compared: tuple[str, str] | None = None
    laws: Mapping[int, LawState] = field(default_factory=lambda: _NO_LAWS)
    notices: tuple[str, ...] = ()
    found: Found = NOTHING_FOUND
    law: int | None = None
    unseen: Unseen | None = None
    by: InitVar[object] = None

    def __post_init__(self, by: object) -> None:
        """Refuse what no function of this module makes."""
        if by is not _MADE_HERE:
            raise TypeError("a check is made by passed, failed, not_checked or not_applicable")

    def json(self) -> dict[str, Any]:
        """Return the report's JSON of it."""
        value: dict[str, Any] = {
            "number": self.number,
            "name": NAMES[self.number],
            "state": str(self.state),
        }
        if self.reason is not None:
            value["reason"] = self.reason
        if self.law is not None:
            value["law"] = self.law
        if self.unseen is not None:
            value["unseen"] = str(self.unseen)
        if self.compared is not None:
            how, (claimed, found) = EXPLANATIONS[self.number], self.compared
            value["compared"] = {
                "claimed": {"value": claimed, "from": how.claimed},
                "found": {"value": found, "from": how.found},
                "repeat": how.repeat,
            }
        return value


def passed(
    number: int,
    reason: str | None = None,
    compared: tuple[str, str] | None = None,
    *,
    found: Found = NOTHING_FOUND,
    notices: Sequence[str] = (),
) -> Check:
    """The check passed, with what it found and with these notices."""
    return Check(
        number, State.PASSED, reason, compared, _NO_LAWS, tuple(notices), found, by=_MADE_HERE
    )


def failed(number: int, reason: str, compared: tuple[str, str] | None = None) -> Check:
    """The check failed, for this reason."""
    return Check(number, State.FAILED, reason, compared, by=_MADE_HERE)


def not_checked(number: int, reason: str, unseen: Unseen | None = None) -> Check:
    """The check could not be made, for this reason; ``unseen`` says of which kind it is."""
    return Check(number, State.NOT_CHECKED, reason, unseen=unseen, by=_MADE_HERE)


def not_applicable(number: int, reason: str) -> Check:
    """There is nothing to check here."""
    return Check(number, State.NOT_APPLICABLE, reason, by=_MADE_HERE)


def with_found(check: Check, found: Found, notices: Sequence[str] = ()) -> Check:
    """Return the check with what it found, and with these notices after its own."""
    said = (*check.notices, *notices) if notices else check.notices
    # Not by replace, which costs more than many a check.
    return Check(
        check.number, check.state, check.reason, check.compared, check.laws, said, found,
        check.law, check.unseen, _MADE_HERE,
    )  # fmt: skip


def with_laws(
    check: Check, rulings: Sequence[Ruling], needed: Collection[int] = frozenset()
) -> Check:
    """Return the check with what it found of its laws; the first broken one fails it.

    A check that failed by itself keeps its reason. One that passed was not checked where one of the
    laws ``needed``, which rest on records, could not be. The rulings' notices come after its own.
    """
    state, reason, compared = check.state, check.reason, check.compared
    decided: Ruling | None = None
    law, why = check.law, check.unseen
    if any(one.state in _DECIDING for one in rulings):
        breach = next(breaches(rulings), None)
        unseen = next(unseen_of(rulings, needed), None)
        if state is not State.FAILED and breach is not None:
            decided, state, compared = breach, State.FAILED, breach.compared
        elif state is State.PASSED and unseen is not None:
            decided, state, compared = unseen, State.NOT_CHECKED, None
    if decided is not None:
        law, why, reason = decided.law, decided.unseen, f"law {decided.law}: {decided.reason}"
    said = check.notices
    for one in rulings:
        if one.notices:
            said = (*said, *one.notices)
    laws = states(rulings)
    return Check(
        check.number, state, reason, compared, laws, said, check.found, law, why, _MADE_HERE
    )


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


@dataclass(frozen=True, slots=True)
class StatementReport:
    """One statement on the walk. ``path`` leads to it from the subject, by product name.

    ``counts`` is False for a statement about another one whose checks did not all pass: what fails
    there says nothing of what it is about, for or against. ``auditors`` are who assured it, its
    inventory included, by assurances in force.
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
    auditors: Sequence[str] = ()
    entry: int | None = None
    valid_as_of: int | None = None
    conformity: Sequence[Conformity] = ()

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
            "auditors": list(self.auditors),
            "laws": {str(law): str(state) for law, state in self.laws.items()},
            "conformity": [one.json() for one in self.conformity],
            "notices": list(self.notices),
        }


@dataclass(frozen=True)
class Report:
    """The whole answer. ``unmet`` lists what was required and could not be checked.

    Nothing in it changes once made; a verdict is computed each time it is asked. One that failed
    has no ``assurance``: what contradicts itself was not assured, and rests on nobody's standing.
    ``lines``: where asked for.
    """

    as_of: int
    subject: bytes | None
    file_check: Check
    statements: Sequence[StatementReport] = ()
    status_as_of: int | None = None
    chain: Mapping[str, Any] | None = None
    totals: Mapping[str, Any] | None = None
    coverage: Coverage | None = None
    assurance: Assurance = field(default_factory=Assurance)
    no_longer_admitted: NoLonger = field(default_factory=NoLonger)
    caveats: Caveats = field(default_factory=Caveats)
    required: Mapping[str, Any] = field(default_factory=dict)
    unmet: Sequence[str] = ()
    witnesses: int | None = None
    lines: LineTable | None = None

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
        if self.file_check.state is State.NOT_CHECKED:
            return Verdict.NOT_READABLE
        if self.deciding is not None:
            return Verdict.FAILED
        if self.unmet:
            return Verdict.INCOMPLETE
        if not any(statement.checks for statement in self.statements):
            raise RuntimeError("a report in which nothing was checked has no verdict")
        return Verdict.VERIFIED

    @property
    def total(self) -> Total | None:
        """What the subject's issuer signed, whatever the verdict; None where it can't be read."""
        return None if self.totals is None else Total.of_totals(self.totals)

    def require(self) -> Report:
        """Return the report if it is verified; raise Refused with what decided it if it is not."""
        if self.verdict is Verdict.VERIFIED:
            return self
        if self.verdict is Verdict.NOT_READABLE:
            raise NotReadable(f"the file is not readable: {self.file_check.reason}")
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
        """Return the rows as a DataFrame of pandas or polars; Unavailable where it is missing."""
        return frame(self.rows(), library)

    def lines_frame(self, library: str | None = None) -> Any:
        """Return ``lines`` as a DataFrame; raises as ``to_frame``, Refused where there are none."""
        return lines_frame(self.lines, library)

    @property
    def exit_code(self) -> int:
        """0 verified, 1 failed, 3 incomplete, 5 not readable."""
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
            "witnesses": self.witnesses,
            "required": dict(self.required),
            "subject": None if self.subject is None else digest_text(self.subject),
            "totals": self.totals,
            "coverage": self.coverage.json() if self.coverage and not deciding else None,
            "assurance": self.assurance.json() if deciding is None else None,
            "noLongerAdmitted": self.no_longer_admitted.json() if deciding is None else None,
            "caveats": self.caveats.json() if deciding is None else None,
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
