"""One statement on the walk, with what reading it has shown so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from rootprint.ledger import figures
from rootprint.ledger.core.encoding import digest_bytes
from rootprint.ledger.core.schema.kinds import (
    ACCREDITATION,
    ASSURANCE,
    CLAIM,
    FOOTPRINT,
    POOL,
    PROCESS,
    RETIREMENT,
    STATUS,
)
from rootprint.ledger.verify.found import FOUND_BY, NOTHING_FOUND
from rootprint.ledger.verify.report import Check, State, with_found

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rootprint.calc.compatibility import Terms
    from rootprint.calc.lines import Cited
    from rootprint.ledger.core.canonical import Json
    from rootprint.ledger.core.keys import PublicKey
    from rootprint.ledger.core.logproof import LogProof
    from rootprint.ledger.core.standing import AccreditationRow, Lapse
    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify.conformed import Conformity


MAX_PATH: Final = 16
LEFT_OUT: Final = "…"
MAX_NAME_SHOWN: Final = 64
_JUDGED_AT_INTAKE: Final = frozenset({1, 6})
RECORDS: Final = frozenset({PROCESS, RETIREMENT, CLAIM, POOL})


class Citation(NamedTuple):
    """What one disclosed line says of the statement it takes."""

    line: int
    digest: bytes
    issuer: str
    product: str
    emission: bool


@dataclass(frozen=True, eq=False, slots=True)
class Node:
    """A statement on the walk. There is one of each digest, so a node equals itself only.

    Nothing in it is assigned: what is known grows only by ``set``, from what a check found.

    ``text`` is what the sources have under its digest, ``statement`` is None until its envelope was
    well-formed. ``index`` is its proven place in the log. ``row`` is the number of the first
    anchored row that includes it and ``t`` that row's block time. ``about`` is the node that an
    assurance, a status statement or a claim concerns; ``superseded`` says that its own issuer
    replaced it (an assurance), ``ended`` that it was superseded or withdrawn as of the block asked,
    whenever it was used. ``recomputed`` are the open lines whose results check 8 has recomputed,
    ``assured`` the assurances of it that count. ``registered`` are the issuer's numbers as
    (register, number), ``group`` the DID of its group's head, both as its record declares them.
    ``lapse`` is since when the issuer is no longer admitted, in the role that the statement needs,
    as of the block asked.
    ``retired_too`` names the live retirement records of others that retire what this one does,
    ``allocated_by`` the earliest process record in use that allocates what this one does.
    ``conformity`` is what each rule pack came to (check 10).
    ``accredited_by`` are the accreditations of an assurance's body that were in force at its t.
    ``logged`` says that this ledger judged its envelope and disclosures when it took it in.
    """

    digest: bytes
    depth: int
    above: tuple[str, ...]
    text: str | None = None
    statement: Statement | None = None
    key: PublicKey | None = None
    proof: LogProof | None = None
    index: int | None = None
    row: int | None = None
    t: int | None = None
    legal_name: str | None = None
    registered: frozenset[tuple[str, str]] = frozenset()
    group: str | None = None
    lapse: Lapse | None = None
    about: Node | None = None
    superseded: bool = False
    ended: bool = False
    retired_too: tuple[str, ...] = ()
    allocated_by: bytes | None = None
    recomputed: frozenset[int] = frozenset()
    conformity: tuple[Conformity, ...] = ()
    assured: tuple[Statement, ...] = ()
    logged: bool = False
    checks: dict[int, Check] = field(default_factory=dict)
    cited_by: list[Node] = field(default_factory=list)
    concerned_by: list[Node] = field(default_factory=list)
    accredited_by: list[tuple[AccreditationRow, Node]] = field(default_factory=list)
    # Made when they are first asked for. In slots, a node takes a fifth of what a dictionary does.
    _cited: Cited | None = field(default=None, init=False, repr=False)
    _terms: Terms | None = field(default=None, init=False, repr=False)
    _claimed: Mapping[bytes, Mapping[int, dict[str, Any]]] | None = field(
        default=None, init=False, repr=False
    )
    _citations: Sequence[Citation] | None = field(default=None, init=False, repr=False)

    def give(self, text: str) -> None:
        """Give it its text, which check 1 judges."""
        if self.text is not None:
            message = "a statement has one text"
            raise RuntimeError(message)
        object.__setattr__(self, "text", text)

    def set(self, check: Check) -> None:
        """Record a check and what it found; each number is decided once, by the walk alone."""
        if check.number in self.checks:
            message = f"check {check.number} was decided twice"
            raise RuntimeError(message)
        if check.found is NOTHING_FOUND:
            self.checks[check.number] = check
        else:  # it is the node's now: a report that is kept holds no statement by its checks
            self.checks[check.number] = with_found(check, NOTHING_FOUND)
            for name in FOUND_BY[check.number]:
                value = getattr(check.found, name)
                if value is not None:
                    object.__setattr__(self, name, value)

    @property
    def path(self) -> tuple[str, ...]:
        """The names from the subject down to it, as many as are listed."""
        return (
            self.above if self.text is None else bounded((*self.above, self.name[:MAX_NAME_SHOWN]))
        )

    @property
    def notices(self) -> Sequence[str]:
        """What its checks say that a reader should know beside, in the order they were made."""
        return [notice for check in self.checks.values() for notice in check.notices]

    def passed(self, number: int) -> bool:
        """Whether that check was made and passed; 1 and 6 by the ledger that took it in, too."""
        check = self.checks.get(number)
        if check is None:
            return self.logged and number in _JUDGED_AT_INTAKE
        return check.state is State.PASSED

    @property
    def failed(self) -> bool:
        """Whether a check of it failed."""
        return any(check.state is State.FAILED for check in self.checks.values())

    @property
    def counts(self) -> bool:
        """Whether what fails here fails the walk.

        A statement about another one is somebody else's. That its key was retired before the
        anchor, or that it was withdrawn, says nothing of what it is about: it just does not count
        (ADR 0013).
        """
        return self.about is None or not self.failed

    @property
    def is_footprint(self) -> bool:
        """Whether it is a footprint (and not an assurance or a status statement)."""
        return self.statement is not None and self.statement.kind == FOOTPRINT

    @property
    def is_status(self) -> bool:
        """Whether it withdraws or supersedes another statement."""
        return self.statement is not None and self.statement.kind == STATUS

    @property
    def is_assurance(self) -> bool:
        """Whether it is a body's conclusion on a footprint."""
        return self.statement is not None and self.statement.kind == ASSURANCE

    @property
    def is_accreditation(self) -> bool:
        """Whether it says what a body is accredited for."""
        return self.statement is not None and self.statement.kind == ACCREDITATION

    @property
    def is_record(self) -> bool:
        """Whether footprints rest on it: a process, a retirement, a claim or a pool."""
        return self.statement is not None and self.statement.kind in RECORDS

    @property
    def readable(self) -> Statement | None:
        """The statement, if its signature is true and its disclosures fit."""
        fits = self.checks.get(6)
        known = self.logged if fits is None else fits.state is not State.FAILED
        return self.statement if known and self.passed(1) else None

    @property
    def name(self) -> str:
        """A short name for paths: the product's or the process's, else the digest's beginning."""
        if self.statement is not None and self.is_footprint:
            return str(self.statement.subject["productNameCompany"])
        if self.statement is not None and self.statement.kind == PROCESS:
            return str(self.statement.subject["process"])
        return self.digest.hex()[:12]

    @property
    def cited(self) -> Cited:
        """What a line that cites this footprint sees of it; every line sees the same."""
        if self._cited is None:
            object.__setattr__(self, "_cited", made := figures.cited(self._subject))
            return made
        return self._cited

    @property
    def terms(self) -> Terms:
        """What decides which footprints this one may be added to."""
        if self._terms is None:
            object.__setattr__(self, "_terms", made := figures.terms(self._subject))
            return made
        return self._terms

    @property
    def _subject(self) -> dict[str, Json]:
        if self.statement is None:
            message = "a statement that was not read has no figures"
            raise RuntimeError(message)
        return self.statement.subject

    def records(self) -> Sequence[bytes]:
        """Return the records that it rests on beside its inputs, each once.

        A footprint's variant pool, its process record and the claims of its open lines; a pool's
        base number; a claim's retirement.
        """
        statement = self.readable
        if statement is None:
            return ()
        named: list[str] = []
        if statement.kind == POOL:
            named.append(statement.subject["base"])
        if statement.kind == CLAIM and "retirement" in statement.subject:
            named.append(statement.subject["retirement"])
        if statement.kind == FOOTPRINT:
            if "pool" in statement.subject.get("variant", {}):
                named.append(statement.subject["variant"]["pool"])
            if "process" in statement.subject:
                named.append(statement.subject["process"]["record"])
            certificates = (line.get("certificate", {}) for line in statement.opened.lines.values())
            named += [one["claim"] for one in certificates if "claim" in one]
        return [digest_bytes(text) for text in dict.fromkeys(named)]

    def citations(self) -> Sequence[Citation]:
        """Return what the disclosed lines cite, in line order; nothing of an unreadable node."""
        statement = self.readable
        if statement is None or statement.kind != FOOTPRINT:
            return ()
        if self._citations is None:
            lines = statement.opened.lines.items()
            found = (_citation(number, line["source"]) for number, line in lines)
            made = tuple(citation for citation in found if citation is not None)
            object.__setattr__(self, "_citations", made)
            return made
        return self._citations

    @property
    def claimed(self) -> Mapping[bytes, Mapping[int, dict[str, Any]]]:
        """The open lines of a footprint by the claim that their certificate rests on."""
        if self._claimed is None:
            object.__setattr__(self, "_claimed", made := self._find_claimed())
            return made
        return self._claimed

    def _find_claimed(self) -> Mapping[bytes, Mapping[int, dict[str, Any]]]:
        found: dict[bytes, dict[int, dict[str, Any]]] = {}
        statement = self.readable
        if statement is not None and statement.kind == FOOTPRINT:
            for index, line in statement.opened.lines.items():
                if "claim" in line.get("certificate", {}):
                    claim = digest_bytes(line["certificate"]["claim"])
                    found.setdefault(claim, {})[index] = line
        return found


def _citation(line: int, source: Mapping[str, Any]) -> Citation | None:
    cited: Json = source.get("statement") or source.get("factor")
    if cited is None:
        return None
    issuer, product = source["issuer"], source["productId"]
    return Citation(line, digest_bytes(cited), issuer, product, "emission" in source)


def bounded(path: tuple[str, ...]) -> tuple[str, ...]:
    """Return a path of at most MAX_PATH names: each statement has one, however deep it is."""
    if len(path) <= MAX_PATH:
        return path
    return (*path[: MAX_PATH // 2], LEFT_OUT, *path[1 - MAX_PATH // 2 :])
