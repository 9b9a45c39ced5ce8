"""What a walk reads: recorded as evidence, with less shown, or with the proofs of today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootprint.ledger.core.seal import redact
from rootprint.ledger.core.statement import parse_statement
from rootprint.ledger.evidence.bundle import Evidence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rootprint.ledger.core.canonical import Json
    from rootprint.ledger.core.chain import Block, ChainView
    from rootprint.ledger.verify import LogPlace, Sources


class Redacting:
    """Sources with fewer disclosures: ``keep`` gives, by digest, the places that stay open."""

    def __init__(self, sources: Sources, keep: Mapping[bytes, set[str]]) -> None:
        self._sources, self._keep = sources, keep

    def statement(self, digest: bytes) -> str | None:
        """See ``Sources.statement``; the digest is the same under every redaction."""
        text = self._sources.statement(digest)
        if text is None or digest not in self._keep:
            return text
        return redact(parse_statement(text), self._keep[digest]).text

    def place(self, digest: bytes) -> LogPlace | None:
        """See ``Sources.place``."""
        return self._sources.place(digest)

    def tree_node(self, level: int, index: int) -> bytes | None:
        """See ``Sources.tree_node``."""
        return self._sources.tree_node(level, index)

    def key(self, kid: str) -> Json | None:
        """See ``Sources.key``."""
        return self._sources.key(kid)

    def possession(self, did: str, kid: str) -> bytes | None:
        """See ``Sources.possession``."""
        return self._sources.possession(did, kid)

    def record(self, did: str, digest: bytes) -> bytes | None:
        """See ``Sources.record``."""
        return self._sources.record(did, digest)

    def concerning(self, digest: bytes) -> Sequence[bytes]:
        """See ``Sources.concerning``."""
        return self._sources.concerning(digest)


class Renewing:
    """A file's statements with the proofs of today: what it shows, and no more.

    Statements about others are open and may have come since, so they are taken from ``fresh`` too.
    """

    def __init__(self, shown: Evidence, fresh: Sources) -> None:
        self._shown, self._fresh = shown, fresh

    def statement(self, digest: bytes) -> str | None:
        """See ``Sources.statement``."""
        text = self._shown.statement(digest)
        if text is not None:
            return text
        text = self._fresh.statement(digest)
        return text if text is not None and parse_statement(text).concerns is not None else None

    def place(self, digest: bytes) -> LogPlace | None:
        """See ``Sources.place``."""
        return self._fresh.place(digest) or self._shown.place(digest)

    def tree_node(self, level: int, index: int) -> bytes | None:
        """See ``Sources.tree_node``."""
        return self._fresh.tree_node(level, index) or self._shown.tree_node(level, index)

    def key(self, kid: str) -> Json | None:
        """See ``Sources.key``."""
        return self._fresh.key(kid) or self._shown.key(kid)

    def possession(self, did: str, kid: str) -> bytes | None:
        """See ``Sources.possession``."""
        return self._fresh.possession(did, kid) or self._shown.possession(did, kid)

    def record(self, did: str, digest: bytes) -> bytes | None:
        """See ``Sources.record``."""
        return self._fresh.record(did, digest) or self._shown.record(did, digest)

    def concerning(self, digest: bytes) -> Sequence[bytes]:
        """See ``Sources.concerning``."""
        found = [*self._shown.concerning(digest), *self._fresh.concerning(digest)]
        return list(dict.fromkeys(found))


class Recording:
    """Sources that keep what was asked for and found, as evidence."""

    def __init__(self, sources: Sources, subject: bytes) -> None:
        self._sources = sources
        self.evidence = Evidence(subject)

    def statement(self, digest: bytes) -> str | None:
        """See ``Sources.statement``."""
        text = self._sources.statement(digest)
        if text is not None:
            self.evidence.statements[digest] = text
        return text

    def place(self, digest: bytes) -> LogPlace | None:
        """See ``Sources.place``."""
        place = self._sources.place(digest)
        if place is not None:
            self.evidence.places[digest] = place
        return place

    def tree_node(self, level: int, index: int) -> bytes | None:
        """See ``Sources.tree_node``."""
        node = self._sources.tree_node(level, index)
        if node is not None:
            self.evidence.tree.held[level, index] = node
        return node

    def key(self, kid: str) -> Json | None:
        """See ``Sources.key``."""
        jwk = self._sources.key(kid)
        if jwk is not None:
            self.evidence.keys[kid] = jwk
        return jwk

    def possession(self, did: str, kid: str) -> bytes | None:
        """See ``Sources.possession``."""
        proof = self._sources.possession(did, kid)
        if proof is not None:
            self.evidence.possessions[did, kid] = proof
        return proof

    def record(self, did: str, digest: bytes) -> bytes | None:
        """See ``Sources.record``."""
        record = self._sources.record(did, digest)
        if record is not None:
            self.evidence.records[digest] = record
        return record

    def concerning(self, digest: bytes) -> Sequence[bytes]:
        """See ``Sources.concerning``."""
        return self._sources.concerning(digest)


class Noting:
    """A chain at one block that notes which words and accounts it was asked for."""

    def __init__(self, view: ChainView, block: Block) -> None:
        self._view, self._block = view, block
        self.words: dict[bytes, set[bytes]] = {}

    @property
    def chain_id(self) -> int:
        """See ``ChainView.chain_id``."""
        return self._view.chain_id

    def block(self, number: int | None = None) -> Block:
        """Return the block, the newest there is for whoever asks."""
        return self._block if number is None else self._view.block(number)

    def slot(self, contract: bytes, key: bytes, block: int) -> bytes:
        """See ``ChainView.slot``."""
        self.words.setdefault(contract, set()).add(key)
        return self._view.slot(contract, key, block)

    def code_hash(self, contract: bytes, block: int) -> bytes:
        """See ``ChainView.code_hash``."""
        self.words.setdefault(contract, set())
        return self._view.code_hash(contract, block)
