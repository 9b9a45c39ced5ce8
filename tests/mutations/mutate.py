"""Change evidence and trust, verify, and say where the answer is not what it may be.

A changed file may be refused, or may still be verified with the very same subject, statements,
total and coverage; nothing else. ``scripts/mutations`` runs this over a whole evidence file.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rootprint.ledger import verifier
from rootprint.ledger.core.canonical import encode
from rootprint.ledger.core.checkpoint import NoteKey
from rootprint.ledger.core.errors import LedgerError, Refused
from rootprint.ledger.core.keys import PublicKey
from rootprint.ledger.evidence.container import pack
from rootprint.ledger.verify import Report, Trust, Verdict, parse_trust
from tests.mutations.changes import Change, byte_changes, json_changes
from tests.mutations.parts import note_changes
from tests.support.evidence_file import opened, packed, raw_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rootprint.ledger.core.chain import Block, ChainView

Json = dict[str, Any]
CHECKS = range(11)


@dataclass(frozen=True)
class Mutation:
    """A changed file: the place without indices, what was done, and how to make it."""

    place: str
    what: str
    build: Callable[[], bytes]


@dataclass(frozen=True)
class Answer:
    """What a change may not touch: whose numbers, from which statements, how well checked."""

    verdict: str
    subject: bytes | None
    statements: frozenset[bytes]
    totals: str
    coverage: str

    @classmethod
    def of(cls, report: Report) -> Answer:
        """Take these from a report."""
        return cls(
            str(report.verdict),
            report.subject,
            frozenset(statement.digest for statement in report.statements),
            repr(report.totals),
            repr(report.coverage),
        )


class Verifier:
    """One evidence file that verifies, and what becomes of its mutations."""

    def __init__(self, evidence: bytes, trust: bytes, view: ChainView, *, now: int) -> None:
        self.evidence, self.trust, self._now = evidence, trust, now
        self._view = Remembered(view)
        self._parsed = parse_trust(trust)
        self.expected = Answer.of(self._verify(evidence, self._parsed))
        if self.expected.verdict != Verdict.VERIFIED:
            message = f"the evidence does not verify as it is: {self.expected.verdict}"
            raise Refused(message)

    def violation(self, data: bytes) -> tuple[str, str | None]:
        """Return (verdict, what is wrong with this answer to changed evidence, or None)."""
        return self._judge(self._verify(data, self._parsed))

    def distrusts(self, trust: Json) -> tuple[str, str | None]:
        """Return (verdict or ``refused``, what is wrong) for an unchanged file and other trust."""
        try:
            parsed = parse_trust(encode(trust))
            parsed.expect.require()
        except LedgerError as error:
            return "refused", None if str(error) else "it was refused without a reason"
        report = self._verify(self.evidence, parsed)
        if report.verdict is Verdict.VERIFIED:
            return "verified", "verified under another trust file"
        return self._judge(report)

    def _verify(self, data: bytes, trust: Trust) -> Report:
        return verifier.Verifier(trust, self._view, clock=lambda: self._now).verify(data)

    def _judge(self, report: Report) -> tuple[str, str | None]:
        answer = Answer.of(report)
        if report.verdict is Verdict.VERIFIED:
            return answer.verdict, None if answer == self.expected else "verified as something else"
        if report.verdict is Verdict.FAILED:
            named = report.deciding is not None and report.deciding[1].number in CHECKS
            reason = report.deciding[1].reason if report.deciding is not None else None
            return answer.verdict, None if named and reason else "failed without naming a check"
        if report.verdict is Verdict.NOT_READABLE:
            said = report.file_check.reason is not None
            return answer.verdict, None if said else "not readable without a reason"
        named = bool(report.unmet) and all(report.unmet)
        return answer.verdict, None if named else "incomplete without saying what"


def systematic(evidence: bytes, *, thorough: bool) -> Iterator[Mutation]:
    """Change every JSON path and every line of each checkpoint.

    ``thorough`` also changes every path inside payloads and disclosures (not signed anew).
    """
    value = opened(evidence)
    for change in _changes(value, thorough=thorough):
        yield Mutation(change.place, change.what, lambda change=change: _written(change.to(value)))


def at_random(evidence: bytes, count: int, seed: int) -> Iterator[Mutation]:
    """Change one random byte, ``count`` times: every other time of the file as it is packed."""
    content = b"\n".join(raw_lines(evidence))
    for what, data in byte_changes(content, count - count // 2, seed):
        yield Mutation("a random byte", what, lambda data=data: pack(data.split(b"\n")))
    for what, data in byte_changes(evidence, count // 2, seed):
        yield Mutation("a random byte of the container", what, lambda data=data: data)


def trust_changes(trust: Json) -> Iterator[Change]:
    """Change each address, code hash, id, key, name and expectation of a trust file."""
    free = {
        "version",
        "confirmations",
        "asOf",
        "auditors",
        "trustedBlocks",
        "chainFile",
        "rpc",
    }
    for change in json_changes({name: trust[name] for name in trust if name not in free}):
        yield Change(change.path, change.what, change.apply)


def _changes(value: Json, *, thorough: bool) -> Iterator[Change]:
    for change in json_changes(value):
        path = change.path
        if path[:2] == ("proofs", "checkpoints") and len(path) > 2 and change.what != "null":
            continue  # its lines are changed below
        inside = len(path) > 3 and path[2] in {"payload", "disclosures"}
        if thorough or not inside:
            yield change
    for number, note in enumerate(value["proofs"]["checkpoints"]):
        yield from note_changes(note, ("proofs", "checkpoints", number))


def _written(value: Any) -> bytes:
    if not isinstance(value, dict) or not isinstance(value.get("statements", []), list):
        return b""  # a file has no such form: what is sent instead is nothing
    try:
        return packed({"statements": [], **value})
    except Refused:
        return b""  # not representable as I-JSON


class Remembered:
    """A chain view that reads each word once: a word at a block never changes."""

    def __init__(self, view: ChainView) -> None:
        self._view = view
        self._held: dict[tuple[Any, ...], Any] = {}

    @property
    def chain_id(self) -> int:
        """See ``ChainView``."""
        return self._once(("id",), lambda: self._view.chain_id)

    def block(self, number: int | None = None) -> Block:
        """See ``ChainView``."""
        return self._once(("block", number), lambda: self._view.block(number))

    def slot(self, contract: bytes, key: bytes, block: int) -> bytes:
        """See ``ChainView``."""
        return self._once((contract, key, block), lambda: self._view.slot(contract, key, block))

    def code_hash(self, contract: bytes, block: int) -> bytes:
        """See ``ChainView``."""
        return self._once((contract, block), lambda: self._view.code_hash(contract, block))

    def _once(self, place: tuple[Any, ...], read: Callable[[], Any]) -> Any:
        if place not in self._held:
            self._held[place] = read()
        return self._held[place]


@contextmanager
def remembered_signatures() -> Iterator[None]:
    """Verify each (key, message, signature) once inside: a true signature stays true.

    Only true ones are remembered, by all the bytes that went in, so that nothing can pass here
    that would not pass without it.
    """
    issuer, note = PublicKey.verify, NoteKey.check
    seen: set[tuple[Any, ...]] = set()

    def once(check: Callable[[Any, bytes, bytes], None]) -> Callable[[Any, bytes, bytes], None]:
        def verify(key: Any, message: bytes, signature: bytes) -> None:
            if (key, message, signature) not in seen:
                check(key, message, signature)
                seen.add((key, message, signature))

        return verify

    PublicKey.verify, NoteKey.check = once(issuer), once(note)  # type: ignore[method-assign]
    try:
        yield
    finally:
        PublicKey.verify, NoteKey.check = issuer, note  # type: ignore[method-assign]
