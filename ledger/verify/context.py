"""What every check needs: trust, the chain at one block, the sources, the time."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.chain import WORD, ChainReader, organisation_id
from rootprint.ledger.core.encoding import hex_text, time_text
from rootprint.ledger.core.errors import Unavailable
from rootprint.ledger.core.history import History
from rootprint.ledger.core.keccak import OF_NOTHING
from rootprint.ledger.core.keys import PublicKey
from rootprint.ledger.core.standing import Role, lapse_at, why_not_admitted
from rootprint.ledger.core.tables import tables
from rootprint.ledger.rules import library
from rootprint.ledger.verify.policy import Policy
from rootprint.ledger.verify.sharing import in_turn, none_ahead
from rootprint.ledger.verify.sources import tree_nodes

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.core.chain import Block, ChainView, CheckpointRow
    from rootprint.ledger.core.checkpoint import SignedCheckpoint
    from rootprint.ledger.core.merkle import Nodes
    from rootprint.ledger.core.standing import AccreditationRow, KeyRow, Lapse, OrganisationRow
    from rootprint.ledger.rules import Library
    from rootprint.ledger.verify.found import Found
    from rootprint.ledger.verify.sharing import Share, Signed
    from rootprint.ledger.verify.sources import LogPlace, Sources
    from rootprint.ledger.verify.trust import Trust


# An account that is not there, and one without code.
_NO_CODE = frozenset({bytes(WORD), OF_NOTHING})


class _RowsOnce(ChainReader):
    """Reads each row of a log's history, and each key, once: what stands at a block stays."""

    def __init__(self, view: ChainView, trust: Trust, block: Block) -> None:
        super().__init__(view, trust.contracts, block)
        self._counts: dict[bytes, int] = {}
        self._history: dict[tuple[bytes, int], CheckpointRow] = {}
        self._sizes: dict[tuple[bytes, int], int] = {}
        self._keys: dict[tuple[bytes, bytes], KeyRow] = {}

    def checkpoint_count(self, log_id: bytes) -> int:
        if log_id not in self._counts:
            self._counts[log_id] = super().checkpoint_count(log_id)
        return self._counts[log_id]

    def checkpoint(self, log_id: bytes, number: int) -> CheckpointRow:
        if (log_id, number) not in self._history:
            self._history[log_id, number] = super().checkpoint(log_id, number)
        return self._history[log_id, number]

    def checkpoint_size(self, log_id: bytes, number: int) -> int:
        if (log_id, number) not in self._sizes:
            self._sizes[log_id, number] = super().checkpoint_size(log_id, number)
        return self._sizes[log_id, number]

    def key(self, organisation: bytes, thumbprint: bytes) -> KeyRow:
        if (organisation, thumbprint) not in self._keys:
            self._keys[organisation, thumbprint] = super().key(organisation, thumbprint)
        return self._keys[organisation, thumbprint]


@dataclass(eq=False)
class Context:
    """One verification: everything is read at one block, and each contract is vetted once.

    What many statements share is looked at once too: rows, keys, a checkpoint's signatures, and
    what records declare (``declared``, by DID and digest: check 2's).
    ``as_of`` in Unix seconds; ``packs`` are the rule packs that are held beside the base table,
    those of this version unless said otherwise; ``policy`` is what the reader requires; ``share``
    judges what needs no chain, ``signed`` says whose signature was verified ahead.
    """

    trust: Trust
    view: ChainView
    sources: Sources
    block: Block
    as_of: int
    packs: Library = field(default_factory=library)
    policy: Policy = field(default_factory=Policy)
    share: Share = in_turn
    signed: Signed = none_ahead
    reader: ChainReader = field(init=False, repr=False)
    declared: dict[tuple[str, bytes], Found] = field(default_factory=dict, init=False, repr=False)
    tree: Nodes = field(init=False, repr=False)
    _faults: dict[bytes, str | None] = field(default_factory=dict, init=False, repr=False)
    _rows: dict[bytes, list[OrganisationRow]] = field(default_factory=dict, init=False, repr=False)
    _lapses: dict[tuple[str, Role], Lapse | None] = field(
        default_factory=dict, init=False, repr=False
    )
    _accreditations: dict[str, list[AccreditationRow]] = field(
        default_factory=dict, init=False, repr=False
    )
    _accounts: dict[str, bytes] = field(default_factory=dict, init=False, repr=False)
    _keys: dict[str, PublicKey] = field(default_factory=dict, init=False, repr=False)
    _places: dict[bytes, LogPlace | None] = field(default_factory=dict, init=False, repr=False)
    _signed: set[str] = field(default_factory=set, init=False, repr=False)
    _once: dict[object, Any] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        """Read the chain at the block asked."""
        self.reader = _RowsOnce(self.view, self.trust, self.block)
        self.tree = tree_nodes(self.sources)

    @cached_property
    def history(self) -> History:
        """The log's rows and those of its successors, read once; raises as ``History`` does."""
        return History(self.reader, self.trust.log_id)

    def once(self, key: object, make: Callable[[], Any]) -> Any:
        """Return what a check makes once a verification, by a key of its own."""
        if key not in self._once:
            self._once[key] = make()
        return self._once[key]

    def holds_rule(self, digest: str) -> bool:
        """Whether a rule is the base table, or a pack that is held."""
        return digest == tables().rule_digest or self.packs.holds(digest)

    def fault(self, contract: bytes) -> str | None:
        """Return why this contract is not the trusted one at the block asked, or None."""
        if contract not in self._faults:
            self._faults[contract] = self._find_fault(contract)
        return self._faults[contract]

    def rows(self, did: str) -> list[OrganisationRow]:
        """Return an organisation's rows, read once."""
        return self.rows_of(organisation_id(did))

    def rows_of(self, organisation: bytes) -> list[OrganisationRow]:
        """Return the rows of the organisation with this 32-byte id, read once."""
        if organisation not in self._rows:
            self._rows[organisation] = self.reader.organisation_rows(organisation)
        return self._rows[organisation]

    def lapse(self, did: str, roles: Role) -> Lapse | None:
        """Return since when one is no longer admitted with one of these roles, or None.

        As of the block asked; whether it was admitted at t is another question.
        """
        if (did, roles) not in self._lapses:
            self._lapses[did, roles] = lapse_at(self.rows(did), self.block.time, roles)
        return self._lapses[did, roles]

    def accreditations(self, did: str) -> list[AccreditationRow]:
        """Return what a body was accredited for, by whomever, read once."""
        if did not in self._accreditations:
            self._accreditations[did] = self.reader.accreditations(organisation_id(did))
        return self._accreditations[did]

    def account(self, did: str) -> bytes:
        """Return an organisation's 20-byte account, read once; zero where it has none."""
        if did not in self._accounts:
            self._accounts[did] = self.reader.account(organisation_id(did))
        return self._accounts[did]

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

    def place(self, digest: bytes) -> LogPlace | None:
        """Return where a statement's entry stands as its sources have it, asked for once."""
        if digest not in self._places:
            self._places[digest] = self.sources.place(digest)
        return self._places[digest]

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
            self._require_begun(contract, code)
            return f"the code at {hex_text(contract)} is not the code the trust file pins"
        if contract == trust.contracts.organization_registry:
            if self.reader.registrar() != trust.registrar:
                return "the organisation registry's registrar is not the trust file's"
            return None
        if contract == trust.contracts.status_registry:
            return self._status_fault()
        return None

    def _require_begun(self, contract: bytes, code: bytes) -> None:
        """Raise Unavailable where the trusted contract stands now and did not at the block asked.

        Nothing can be said of a time before it; that is no fault of anything that came later.
        """
        if code not in _NO_CODE:
            return
        head = self.view.block()
        if self.view.code_hash(contract, head.number) == self.trust.code_hashes[contract]:
            message = (
                f"the contract at {hex_text(contract)} did not stand yet at block "
                f"{self.block.number} of {time_text(self.block.time)}, which was asked"
            )
            raise Unavailable(message, remedy="ask about a later time")

    def _status_fault(self) -> str | None:
        trust = self.trust
        if self.reader.status_organizations() != trust.contracts.organization_registry:
            return "the status registry asks another organisation registry for accounts"
        why = why_not_admitted(self.rows(trust.authority), self.block.time, Role.AUTHORITY)
        return None if why is None else f"{trust.authority} is no authority here: {why}"
