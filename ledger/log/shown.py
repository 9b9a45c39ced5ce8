"""What disclosures show may be logged once, judged in the transaction that appends (laws 2 and 4).

A product of a site stands in one live record of its time and rule pack; an issuer's uses of a
certificate, and of a claim, stay within what there is. Rows are stored only where the disclosures
are kept too. Where they are dropped they are judged twice: by themselves, which is reported in
full, and then by what the same issuer's kept statements show, of which no more is said than that
they contradict: who sends a signed statement need not be its issuer.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeVar

from rootprint.ledger.core.encoding import digest_bytes, digest_text
from rootprint.ledger.core.errors import NotFound, Refused
from rootprint.ledger.core.livenumber import of_one_number
from rootprint.ledger.core.schema.kinds import CLAIM
from rootprint.ledger.core.spelling import same_urn
from rootprint.ledger.log.contested import FREE, conflict, named, newest, overlap, require_live
from rootprint.ledger.log.drawing import in_base, product_rows, taken_once, uses
from rootprint.ledger.log.errors import contradicts_hidden

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.store import ProcessRow, ProductRow, Transaction, UseRow

K = TypeVar("K")


def enter_shown(tx: Transaction, given: Sequence[Statement], *, keep: bool) -> None:
    """Judge what statements show, and enter it if their disclosures are kept.

    ``given`` are all that were sent, and are in the tree: one that was logged before may show now
    what it did not show then. Raises InConflict for what is held already, Refused for uses beyond
    a certificate, and without ``keep`` the constant Refused of ``contradicts_hidden`` in place of
    either, where it rests on anything that was not sent now.
    """
    if keep:
        shown = _Shown(tx, given, given, stored=True)
        shown.judge()
        tx.exclusive.put(shown.products)
        tx.exclusive.put(shown.drawn)
        return
    _Shown(tx, given, given, stored=False).judge()
    for issuer in {one.issuer: None for one in given}:
        own = [one for one in given if one.issuer == issuer]
        try:
            _Shown(tx, own, given, stored=True).judge()
        except Refused:
            raise contradicts_hidden(issuer) from None


@dataclass(frozen=True)
class _Shown:
    """What ``own`` statements show, of the ``given`` ones; ``stored`` says if the store is read."""

    tx: Transaction
    own: Sequence[Statement]
    given: Sequence[Statement]
    stored: bool

    def judge(self) -> None:
        self._single_products()
        self._within_certificates()
        self._within_claims()

    @cached_property
    def products(self) -> list[ProductRow]:
        """The products of records that are not here yet, each once."""
        found: list[ProductRow] = []
        for statement in self.own:
            known = self.tx.exclusive.products_of(statement.digest) if self.stored else frozenset()
            found += [row for row in product_rows(statement) if row.product not in known]
        return found

    @cached_property
    def drawn(self) -> list[UseRow]:
        """What open lines take of certificates and is not here yet."""
        found: list[UseRow] = []
        for statement in self.own:
            known = self.tx.exclusive.used_lines(statement.digest) if self.stored else frozenset()
            rows = uses(statement, partial(self._find, statement.issuer))
            found += [row for row in rows if row.line not in known]
        return found

    @cached_property
    def _sent(self) -> dict[bytes, Statement]:
        return {one.digest: one for one in reversed(self.given)}

    def _find(self, issuer: str, digest: bytes) -> Statement | None:
        """Return a statement as it was sent or is kept; of another issuer only what is signed."""
        if digest in self._sent:
            return self._sent[digest]
        try:
            kept = self.tx.statements.get(digest)
        except NotFound:
            return None
        return kept if self.stored and kept.issuer == issuer else kept.bare

    def _single_products(self) -> None:
        """A product of a site stands in one live record of its time and rule pack."""
        before: dict[tuple[str, str], list[ProcessRow]] = {}
        by_record: dict[bytes, list[ProductRow]] = {}
        for row in self.products:
            by_record.setdefault(row.statement, []).append(row)
        for digest, rows in by_record.items():
            record = self.tx.exclusive.process(digest)
            if record is None:
                continue
            others = [
                (row, one) for row in rows for one in before.get((row.issuer, row.product), ())
            ]
            if self.stored:
                by_product = {row.product: row for row in rows}
                met = self.tx.exclusive.sharing_products(record, list(by_product))
                others += [(by_product[product], other) for product, other in met]
            for row, other in others:
                same = (record.site, record.rule) == (other.site, other.rule)
                if same and other.statement != digest and overlap(record, other):
                    raise self._twice(row, other)
            if not self.tx.exclusive.ended(digest):
                for row in rows:
                    before.setdefault((row.issuer, row.product), []).append(record)

    def _twice(self, row: ProductRow, other: ProcessRow) -> Refused:
        found = next(one for one in self.own if one.digest == row.statement)
        written = next(
            one["productId"]
            for one in found.opened.items("allocation").values()
            if same_urn(one.get("productId", "")) == row.product
        )
        return conflict(
            self.tx,
            row.statement,
            other.statement,
            f"{written} is a product of {named(self.tx, other)} for this time, too",
            f"make one record of both processes, give what differs another productId, or {FREE}",
        )

    def _within_certificates(self) -> None:
        """Uses of a certificate are no more than the least that is said of it."""
        live = _by(self._live, _certificate_key)
        for key, row in {_certificate_key(row): row for row in self.drawn}.items():
            kept = self.tx.exclusive.uses(*key) if self.stored else []
            rows = self._counted([*kept, *live.get(key, ())])
            limit = min((one.limit for one in rows), default=row.limit)
            if sum((one.used for one in rows), Fraction(0)) > limit:
                raise self._beyond(rows, self._written_certificate(row))

    def _within_claims(self) -> None:
        """Uses of a claim by its claimant are no more than it claims."""
        _, whole = in_base({"value": "1", "unit": "megawatt hour"})
        live = _by(self._live, lambda row: row.claim)
        for digest in {row.claim: None for row in self.drawn if row.claim is not None}:
            claim = self.tx.statements.get(digest)
            if claim.kind != CLAIM:
                message = f"a line's certificate names {digest_text(digest)} as its claim"
                raise Refused(f"{message}, which is a {claim.kind}", remedy="name a claim record")
            require_live(self.tx, digest, "the claim that a line's certificate names")
            kept = self.tx.exclusive.uses_of_claim(digest) if self.stored else []
            every = (*kept, *live.get(digest, ()))
            rows = self._counted([row for row in every if row.issuer == claim.issuer])
            _, claimed = in_base(claim.subject["amount"])
            if sum((row.used for row in rows), Fraction(0)) * whole > claimed:
                raise self._beyond(rows, f"claim {digest_text(digest)}")

    @cached_property
    def _live(self) -> list[UseRow]:
        """What is drawn now by statements that nothing ends, in this batch either."""
        ended = {digest for digest in self._drawing if self.tx.exclusive.ended(digest)}
        return [row for row in self.drawn if row.statement not in ended]

    @cached_property
    def _drawing(self) -> dict[bytes, None]:
        return dict.fromkeys(row.statement for row in self.drawn)

    @cached_property
    def _replaced(self) -> frozenset[bytes]:
        """What a new statement of the same number takes the place of (law 5)."""
        found: set[bytes] = set()
        for digest in self._drawing:
            new = self.tx.statements.get(digest)
            for text in new.subject.get("precedingStatements", ()):
                try:
                    old = self.tx.statements.get(digest_bytes(text))
                except NotFound:
                    continue
                if of_one_number(new, old):
                    found.add(old.digest)
        return frozenset(found)

    def _counted(self, rows: Iterable[UseRow]) -> list[UseRow]:
        """Return the uses that count: none that is replaced, of one activity the largest."""
        return list(
            taken_once([row for row in rows if row.statement not in self._replaced]).values()
        )

    def _written_certificate(self, row: UseRow) -> str:
        """Return a use's certificate as its line, which was sent now, writes it."""
        found = (one for one in self.own if one.digest == row.statement)
        sent = next(one for one in found if row.line in one.opened.lines)
        written = sent.opened.lines[row.line]["certificate"]
        return f"certificate {written['id']} of {written['registry']}"

    def _beyond(self, rows: Sequence[UseRow], what: str) -> Refused:
        others = [row.statement for row in rows if row.statement not in self._drawing]
        if not others:
            used = max(row.statement for row in rows)
            lines = ", ".join(str(row.line) for row in rows if row.statement == used)
            message = f"line {lines} of {digest_text(used)}: {what} has less than is taken of it"
            remedy = "split off what is not certified, and take it from the grid"
            return Refused(message, remedy=remedy)
        return conflict(
            self.tx,
            next(row.statement for row in rows if row.statement in self._drawing),
            newest(self.tx, others),
            f"{what} has less than is taken of it with this statement",
            "take the rest from the grid; the other uses are freed when they are withdrawn or"
            " superseded (co-products of one process record use an activity once)",
        )


def _certificate_key(row: UseRow) -> tuple[str, str, str]:
    return row.issuer, row.registry, row.certificate


def _by(rows: Iterable[UseRow], key: Callable[[UseRow], K]) -> dict[K, list[UseRow]]:
    found: dict[K, list[UseRow]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found
