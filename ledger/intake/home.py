"""The ledger at home: store, log and chain together, serving the walk's sources from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.chain import ChainReader
from rootprint.ledger.core.errors import NotFound
from rootprint.ledger.evidence import export
from rootprint.ledger.verify import Context, ProofText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rootprint.ledger.core.canonical import Json
    from rootprint.ledger.core.chain import Block, ProvingChain
    from rootprint.ledger.evidence import Bundle
    from rootprint.ledger.log import LogReader
    from rootprint.ledger.store import Store
    from rootprint.ledger.verify import Report, Trust


@dataclass(frozen=True)
class Home:
    """A ledger's rooms, wired by the composition root. ``trust`` is the ledger's own."""

    store: Store
    log: LogReader
    view: ProvingChain
    trust: Trust

    def reader(self, block: Block | None = None) -> ChainReader:
        """Return the contracts at a block, the newest by default."""
        return ChainReader(self.view, self.trust.contracts, block or self.view.block())

    def sources(self) -> HomeSources:
        """Return what the walk reads through, as of the newest block."""
        return HomeSources(self)

    def context(self, *, as_of: int | None = None, rules: frozenset[str] = frozenset()) -> Context:
        """Return what checks ask, at the newest block; as of its time unless said otherwise."""
        block = self.view.block()
        time = block.time if as_of is None else as_of
        return Context(self.trust, self.view, self.sources(), block, time, rules)

    def export(self, digest: bytes, **asked: Any) -> tuple[Bundle, Report]:
        """Walk from a statement of this ledger; see ``ledger.evidence.export``.

        Raises NotFound for a statement that is not here: a walk of nothing has no verdict.
        """
        with self.store.read() as tx:
            tx.statements.get(digest)
        return export(digest, self.sources(), self.view, self.trust, **asked)


class HomeSources:
    """``ledger.verify.Sources`` over store, log and chain."""

    def __init__(self, home: Home) -> None:
        self._home, self._reader = home, home.reader()

    def statement(self, digest: bytes) -> str | None:
        """Return the statement with the disclosures kept here."""
        with self._home.store.read() as tx:
            try:
                return tx.statements.get(digest).text
            except NotFound:
                return None

    def proof(self, digest: bytes) -> ProofText | None:
        """Return the proof under the first anchored checkpoint that covers the entry.

        Before there is one, under the newest checkpoint: the entry is then still pending.
        """
        log = self._home.log
        try:
            index = log.index_of(digest)
            found = self._reader.first_covering(self._home.trust.log_id, index)
            return ProofText(log.proof(digest, None if found is None else found[1].size).text())
        except NotFound:
            return None

    def key(self, kid: str) -> Json | None:
        """Return a key that was registered here."""
        with self._home.store.read() as tx:
            try:
                return tx.directory.key(kid).jwk()
            except NotFound:
                return None

    def record(self, did: str, digest: bytes) -> bytes | None:  # noqa: ARG002 - the protocol's
        """Return an organisation's record."""
        with self._home.store.read() as tx:
            try:
                return tx.directory.record(digest)
            except NotFound:
                return None

    def concerning(self, digest: bytes) -> Sequence[bytes]:
        """Return assurance and status statements about a statement."""
        with self._home.store.read() as tx:
            return tx.statements.concerning(digest)
