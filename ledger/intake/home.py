"""A ledger's own store, log and chain together, serving the walk's sources from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.chain import ChainReader
from rootprint.ledger.core.history import History
from rootprint.ledger.core.statusrows import state_of
from rootprint.ledger.intake.bulk import HomeSources
from rootprint.ledger.rules import library
from rootprint.ledger.verifier import Verifier
from rootprint.ledger.verify import Context, unseen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.chain import Block, ProvingChain, StatusState
    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.log import LogReader
    from rootprint.ledger.rules import Library
    from rootprint.ledger.store import Store
    from rootprint.ledger.verifier import Made
    from rootprint.ledger.verify import Look, Trust


@dataclass(frozen=True)
class Home:
    """A ledger's parts, wired by the composition root. ``trust`` is the ledger's own.

    ``packs`` are the rule packs it holds, those of this version unless said otherwise.
    """

    store: Store
    log: LogReader
    view: ProvingChain
    trust: Trust
    packs: Library | None = None

    def reader(self, block: Block | None = None) -> ChainReader:
        """Return the contracts at a block, the newest by default."""
        return ChainReader(self.view, self.trust.contracts, block or self.view.block())

    def state_of(self, statement: Statement) -> StatusState:
        """Return whether a statement stands now, by its rows alone (check 5 reads more)."""
        digest, authority = statement.digest, self.trust.authority
        return state_of(self.reader(), digest, statement.issuer, authority)

    def history(self, block: Block | None = None) -> History:
        """Return the log's rows, and those of the logs that go on from it, at a block."""
        return History(self.reader(block), self.trust.log_id)

    def sources(self) -> HomeSources:
        """Return what the walk reads through, as of the newest block."""
        return HomeSources(self.store, self.log, self.history())

    def context(self, *, as_of: int | None = None) -> Context:
        """Return what checks ask, at the newest block; as of its time unless said otherwise."""
        block = self.view.block()
        time = block.time if as_of is None else as_of
        packs = self.packs or library()
        return Context(self.trust, self.view, self.sources(), block, time, packs)

    def verifier(self, **asked: Any) -> Verifier:
        """Return the verifier with this ledger's trust, chain and packs; ``asked`` is the rest."""
        return Verifier(self.trust, self.view, packs=self.packs, **asked)

    def export(
        self,
        digest: bytes,
        verifier: Verifier | None = None,
        *,
        keep: Mapping[bytes, set[str]] | None = None,
        looked: Look = unseen,
    ) -> Made:
        """Walk from a statement of this ledger; see ``Verifier.export``.

        Raises NotFound for a statement that is not here: a walk of nothing has no verdict.
        """
        with self.store.read() as tx:
            tx.statements.get(digest)
        one = self.verifier() if verifier is None else verifier
        return one.export(digest, self.sources(), keep=keep, looked=looked)
