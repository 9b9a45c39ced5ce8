"""``Verifier``: verify an evidence file, make one, pass it on with less, bring it up to date.

Making walks twice. The first walk, over a ledger or another file, finds what a receiver needs; the
second, over what was found, finds which words of the chain the receiver will read. Passing on walks
once more before: what was given is judged with all it shows, since hiding must hide no failure.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import KW_ONLY, dataclass, field, replace
from typing import TYPE_CHECKING, Final, cast

from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.errors import NotFound, NotReadable, Refused, Unavailable
from rootprint.ledger.core.files import read_file
from rootprint.ledger.core.keccak import keccak
from rootprint.ledger.evidence import (
    MAX_BYTES,
    Noting,
    Recording,
    Redacting,
    Renewing,
    StateProof,
    chain_seen,
    read,
)
from rootprint.ledger.rules import library
from rootprint.ledger.verifier.ahead import signatures_ahead
from rootprint.ledger.verifier.chains import named_chain
from rootprint.ledger.verifier.collection import collection_held
from rootprint.ledger.verifier.file_check import NUMBER, as_expected, with_nothing_left
from rootprint.ledger.verifier.made import Made, require, require_no_less, rows_noted
from rootprint.ledger.verifier.slices import share
from rootprint.ledger.verify import (
    Context,
    Policy,
    Report,
    Watch,
    block_asked,
    failed,
    line_table,
    none_ahead,
    not_checked,
    passed,
    unseen,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from rootprint.ledger.core.chain import ChainView, ProvingChain
    from rootprint.ledger.core.files import FileName
    from rootprint.ledger.evidence import Evidence
    from rootprint.ledger.rules import Library
    from rootprint.ledger.verify import Judged, LineTable, Look, Sources, Trust

MAX_SECONDS: Final = 3600.0


def _now() -> int:
    return int(time.time())


def _silent(_read: int, _of: int | None) -> None:
    pass


def _all(_given: Evidence) -> Mapping[bytes, set[str]]:
    return {}


@dataclass(frozen=True)
class Verifier:
    """What a reader has decided before any evidence arrives; ``replace`` gives another.

    ``chain`` is how the chain is seen, as ``trust`` names it unless given; ``packs`` are the rule
    packs held, those of this version unless given. ``clock`` gives the time in Unix seconds, which
    counts unless ``trust`` says ``asOf``; each method takes ``seconds`` at most. ``progress`` is
    called with the number of statements read, and of how many, None where that is not known.
    Statements are judged in ``processes``; None: one for each processor, where there are many
    statements and this process has one thread.
    """

    trust: Trust
    chain: ChainView | None = None
    _: KW_ONLY
    policy: Policy = field(default_factory=Policy)
    packs: Library | None = None
    clock: Callable[[], int] = _now
    seconds: float = MAX_SECONDS
    progress: Callable[[int, int | None], None] = _silent
    processes: int | None = None

    def verify(
        self, evidence: bytes | FileName, *, looked: Look = unseen, lines: bool = False
    ) -> Report:
        """Return the report on an evidence file, given by name or as bytes.

        With ``lines`` it has the line table too, one row an open line of the walk.

        A file that is cut, saved again or of another kind is not readable; one that holds something
        wrong fails check 0. A chain that can't be read makes the
        report incomplete, never failed; so does time that ran out. Raises NothingExpected if the
        trust file does not say whose statement it should be, ChainNotNamed if it names no chain,
        NotFound where there is no file.
        """
        self.trust.expect.require()
        data = _bytes(evidence)
        tables: list[LineTable] = []

        def both(judged: Judged) -> None:
            looked(judged)
            if lines:
                tables.append(line_table(judged))

        with self._seeing() as view:
            report = self._verify(data, view, both)
        return replace(report, lines=tables[0].within(report)) if tables else report

    def export(
        self,
        subject: bytes,
        sources: Sources,
        *,
        keep: Mapping[bytes, set[str]] | None = None,
        looked: Look = unseen,
    ) -> Made:
        """Return what a verifier of ``subject`` needs of ``sources``, and the report it would get.

        ``keep`` gives the places that stay open of statements that are to be redacted; a redaction
        only takes away, so what ``sources`` don't show is never shown. Raises NotFound if such a
        statement is not reached from ``subject``, and what ``walk`` raises.
        """
        with self._seeing() as view:
            return self._export(subject, sources, view, keep or {}, looked)

    def prove(self, made: Made) -> Made:
        """Return it with the chain's state proven at the newest final block when it was made.

        Whoever trusts that block's hash needs no chain. Raises Refused where this chain's headers
        or accounts can't be proven, Unavailable where it can't be asked.
        """
        with self._seeing() as view:
            return self._prove(made, view)

    def forward(
        self,
        evidence: bytes | FileName,
        *,
        keeping: Callable[[Evidence], Mapping[bytes, set[str]]] = _all,
        proven: bool = True,
    ) -> Made:
        """Return a file with what ``keeping`` leaves open of one that was given.

        The chain's state is in it if it is to be ``proven``. Raises Refused where the file as given
        or what is left of it fails, and what ``export`` and ``prove`` raise.
        """
        data = _bytes(evidence)
        with self._seeing() as view:
            given = self._sound(data, view)
            seen, counting = chain_seen(given, self.trust, view)
            mine = replace(self, trust=counting)
            made = mine._export(given.subject, given, seen, keeping(given), unseen)  # noqa: SLF001
            made.require()
            return mine._prove(made, seen) if proven else made  # noqa: SLF001

    def renew(self, evidence: bytes | FileName, fresh: Sources | None = None) -> Made:
        """Return a file with the proofs of today, which shows the same and no more.

        Log proofs and statements about others come from ``fresh`` where it is given, and the chain
        alone is asked anew where it is not; then the file itself must verify. Raises Refused where
        it fails today, or where it would say less than before: with fewer statements, or of an
        earlier block; and what ``export`` and ``prove`` raise.
        """
        data = _bytes(evidence)
        with self._seeing() as view:
            old = read(data) if fresh is not None else self._sound(data, view)
            sources = old if fresh is None else Renewing(old, fresh)
            made = self._export(old.subject, sources, view, {}, unseen)
            made.require()
            made = self._prove(made, view)
        require_no_less(old, made)
        return made

    def _verify(self, data: bytes, view: ChainView, looked: Look) -> Report:
        now, watch = self.clock(), Watch(self.seconds, self.progress)
        as_of, check = self._as_of(self.trust, now), passed(NUMBER)
        try:
            evidence = read(data)
            watch.of = len(evidence.statements)
            check = as_expected(evidence, self.trust)
            seen, counting = chain_seen(evidence, self.trust, view)
            context = self._context(evidence, seen, counting, now)
            with signatures_ahead(evidence, self.processes) as signed:
                context.signed = signed or none_ahead
                report = walk(evidence.subject, context, check, watch=watch, looked=looked)
        except NotReadable as error:
            return Report(as_of=as_of, subject=None, file_check=not_checked(NUMBER, str(error)))
        except Refused as error:
            return Report(as_of=as_of, subject=None, file_check=failed(NUMBER, str(error)))
        except (Unavailable, NotFound) as error:
            unmet = [f"the walk could not be finished: {error}"]
            return Report(as_of=as_of, subject=None, file_check=check, unmet=unmet)
        if evidence.proven and report.chain is not None:
            report = replace(report, chain={**report.chain, "proven": True})
        return with_nothing_left(report, evidence)

    def _sound(self, data: bytes, view: ChainView) -> Evidence:
        """Return what a file holds; raise Refused if it fails.

        One that is incomplete is no failure: its report says what could not be checked.
        """
        self.trust.expect.require()
        require(self._verify(data, view, unseen))
        return read(data)

    def _export(
        self,
        subject: bytes,
        sources: Sources,
        view: ChainView,
        keep: Mapping[bytes, set[str]],
        looked: Look,
    ) -> Made:
        now, watch = self.clock(), Watch(self.seconds, self.progress)
        recording = Recording(Redacting(sources, keep), subject)
        context = self._context(recording, view, self.trust, now)
        check = passed(NUMBER, f"the statement {digest_text(subject)}")
        look = rows_noted(recording.evidence, looked)
        report = walk(subject, context, check, watch=watch, looked=look)
        if others := set(keep) - {one.digest for one in report.statements}:
            listed = ", ".join(digest_text(one) for one in sorted(others))
            message = f"{listed} is not reached from the subject, so there is nothing to hide"
            raise NotFound(message)
        return Made(recording.evidence, report, now)

    def _prove(self, made: Made, view: ChainView) -> Made:
        chain = _proving(view)
        block = block_asked(view, self.trust, self._as_of(self.trust, made.at))
        noting, content = Noting(view, block), read(made.data)
        final = replace(self.trust, confirmations=0)
        walk(content.subject, self._context(content, noting, final, made.at), passed(NUMBER))
        nodes = {
            keccak(node): node
            for contract, slots in noting.words.items()
            for node in chain.proof(contract, sorted(slots), block.number)
        }
        content.state = StateProof(chain.header(block.number), nodes)
        return replace(made, evidence=content, block=block)

    def _context(self, sources: Sources, view: ChainView, trust: Trust, now: int) -> Context:
        as_of = self._as_of(trust, now)
        packs = library() if self.packs is None else self.packs
        block = block_asked(view, trust, as_of)
        shared = share(self.processes, packs)
        return Context(trust, view, sources, block, as_of, packs, self.policy, shared)

    @staticmethod
    def _as_of(trust: Trust, now: int) -> int:
        return now if trust.as_of is None else trust.as_of

    @contextmanager
    def _seeing(self) -> Iterator[ChainView]:
        """Open the chain for one verification, and hold garbage collection for its length."""
        with collection_held():
            if self.chain is not None:
                yield self.chain
                return
            with named_chain(self.trust) as view:
                yield view


def _proving(view: ChainView) -> ProvingChain:
    """Return a chain that proves what it answers; raise Refused for one that only answers."""
    if hasattr(view, "header") and hasattr(view, "proof"):
        return cast("ProvingChain", view)
    message = "this chain answers and proves nothing"
    raise Refused(message, remedy="give one with header and proof (ledger.core.chain.ProvingChain)")


def _bytes(evidence: bytes | FileName) -> bytes:
    return evidence if isinstance(evidence, bytes) else read_file(evidence, MAX_BYTES)
