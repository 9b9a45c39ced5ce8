"""What every check needs: trust, the chain at one block, the sources, the time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rootprint.ledger.core.chain import ChainReader, organisation_id
from rootprint.ledger.core.encoding import hex_text
from rootprint.ledger.core.keys import PublicKey
from rootprint.ledger.core.standing import Role, why_not_admitted
from rootprint.ledger.verify.policy import Policy

if TYPE_CHECKING:
    from rootprint.ledger.core.chain import Block, ChainView, CheckpointRow
    from rootprint.ledger.core.checkpoint import SignedCheckpoint
    from rootprint.ledger.core.standing import OrganisationRow
    from rootprint.ledger.verify.sources import Sources
    from rootprint.ledger.verify.trust import Trust


class _RowsOnce(ChainReader):
    """Reads each row of a log's history once: what stands at a block does not change."""

    def __init__(self, view: ChainView, trust: Trust, block: Block) -> None:
        super().__init__(view, trust.contracts, block)
        self._counts: dict[bytes, int] = {}
        self._history: dict[tuple[bytes, int], CheckpointRow] = {}

    def checkpoint_count(self, log_id: bytes) -> int:
        if log_id not in self._counts:
            self._counts[log_id] = super().checkpoint_count(log_id)
        return self._counts[log_id]

    def checkpoint(self, log_id: bytes, number: int) -> CheckpointRow:
        if (log_id, number) not in self._history:
            self._history[log_id, number] = super().checkpoint(log_id, number)
        return self._history[log_id, number]


@dataclass(eq=False)
class Context:
    """One verification: everything is read at one block, and each contract is vetted once.

    What many statements share is looked at once too: rows, keys, a checkpoint's signatures.
    ``as_of`` in Unix seconds; ``rules`` are the digests of the rule packs that are held beside the
    base table; ``policy`` is what the reader requires.
    """

    trust: Trust
    view: ChainView
    sources: Sources
    block: Block
    as_of: int
    rules: frozenset[str] = frozenset()
    policy: Policy = field(default_factory=Policy)
    reader: ChainReader = field(init=False, repr=False)
    _faults: dict[bytes, str | None] = field(default_factory=dict, init=False, repr=False)
    _rows: dict[str, list[OrganisationRow]] = field(default_factory=dict, init=False, repr=False)
    _keys: dict[str, PublicKey] = field(default_factory=dict, init=False, repr=False)
    _signed: set[str] = field(default_factory=set, init=False, repr=False)

    def __post_init__(self) -> None:
        """Read the chain at the block asked."""
        self.reader = _RowsOnce(self.view, self.trust, self.block)

    def fault(self, contract: bytes) -> str | None:
        """Return why this contract is not the trusted one at the block asked, or None."""
        if contract not in self._faults:
            self._faults[contract] = self._find_fault(contract)
        return self._faults[contract]

    def rows(self, did: str) -> list[OrganisationRow]:
        """Return an organisation's rows, read once."""
        if did not in self._rows:
            self._rows[did] = self.reader.organisation_rows(organisation_id(did))
        return self._rows[did]

    def key(self, kid: str) -> PublicKey | None:
        """Return the key given for ``kid``, parsed once; whether it is that key, its use says.

        Raises Refused if it is no key.
        """
        if kid not in self._keys:
            jwk = self.sources.key(kid)
            if jwk is None:
                return None
            self._keys[kid] = PublicKey.from_jwk(jwk)
        return self._keys[kid]

    def check_signatures(self, point: SignedCheckpoint) -> None:
        """Return if the log, and witnesses enough, signed this checkpoint; raise Refused if not.

        The same text has the same signatures, so each text is verified once.
        """
        if point.text in self._signed:
            return
        point.verify(self.trust.log_key)
        if self.trust.threshold:
            point.verify_quorum(self.trust.witnesses, self.trust.threshold)
        self._signed.add(point.text)

    def _find_fault(self, contract: bytes) -> str | None:
        trust = self.trust
        if self.view.chain_id != trust.chain_id:
            return f"the chain is {self.view.chain_id}, the trust file's is {trust.chain_id}"
        code = self.view.code_hash(contract, self.block.number)
        if code != trust.code_hashes[contract]:
            return f"the code at {hex_text(contract)} is not the code the trust file pins"
        if contract == trust.contracts.organization_registry:
            if self.reader.registrar() != trust.registrar:
                return "the organisation registry's registrar is not the trust file's"
            return None
        if contract == trust.contracts.status_registry:
            return self._status_fault()
        return None

    def _status_fault(self) -> str | None:
        trust = self.trust
        if self.reader.status_organizations() != trust.contracts.organization_registry:
            return "the status registry asks another organisation registry for accounts"
        why = why_not_admitted(self.rows(trust.authority), self.block.time, Role.AUTHORITY)
        return None if why is None else f"{trust.authority} is no authority here: {why}"
