"""The model's operations on the real contracts, done with the functions that a ledger uses.

A ``Ledger`` never changes: an operation returns the next one. Accounts, keys and what was signed
are made once, in ``Cast``, and shared; a ledger is a branch of the chain and the log's few entries.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from rootprint.ledger import registry
from rootprint.ledger.anchor import open_log
from rootprint.ledger.anchor.calls import anchor_data
from rootprint.ledger.core.canonical import Json, encode
from rootprint.ledger.core.chain import ChainReader, StatusState, log_id, organisation_id
from rootprint.ledger.core.encoding import hex_text, sha256, time_text
from rootprint.ledger.core.entry import entry_of
from rootprint.ledger.core.keys import SigningKey
from rootprint.ledger.core.merkle import completed_by, consistency_proof, leaf_hash, subtree_root
from rootprint.ledger.core.possession import possession_digest, possession_message
from rootprint.ledger.core.standing import REASONS, Role
from rootprint.ledger.registry import Call
from rootprint.ledger.verify import LogPlace
from tests.sequences.chain import Branch, Reverted, Signed, address
from tests.sequences.model import ACCREDITOR, AGO, BODY, MAKER, STEP
from tests.support.memory_chain import GENESIS_TIME
from tests.support.world import AUDITOR, AUTHORITY, SUPPLIER, VALID, World

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.core.standing import KeyRow
    from rootprint.ledger.core.statement import Statement

DIDS = {MAKER: SUPPLIER, BODY: AUDITOR, ACCREDITOR: "did:web:accreditor.example"}
_ROLES = {
    AUTHORITY: Role.AUTHORITY,
    SUPPLIER: Role.SUPPLIER,
    AUDITOR: Role.AUDITOR,
    DIDS[ACCREDITOR]: Role.ACCREDITOR,
}
_DECISION, _LONG = b"\xde" * 32, 10**8
BEGUN = GENESIS_TIME + AGO
_GAS = {
    "stage": "manufacturing",
    "description": "measured at the stack",
    "amount": {"value": "40", "unit": "gram"},
    "source": {"gas": "CH4_fossil", "set": "AR6"},
    "primary": True,
}


class Cast:
    """Accounts, keys, and what was signed with them: each made once, when first asked."""

    def __init__(self) -> None:
        self.drafts = World()
        self._keys: dict[tuple[str, int], SigningKey] = {}
        self._proofs: dict[tuple[str, int, bytes], bytes] = {}
        self._signed: dict[tuple[object, ...], Statement] = {}
        self.sent: Signed = {}
        names = ("registrar", "operator", *_ROLES)
        self.accounts = {name: sha256(f"account of {name}".encode()) for name in names}

    def key(self, did: str, number: int) -> SigningKey:
        """Return an organisation's signing key with this number, from 0."""
        return self._keys.setdefault((did, number), SigningKey.generate())

    def proof(self, did: str, number: int, message: bytes) -> bytes:
        """Return a key's proof of possession: its signature over ``message``."""
        place = (did, number, message)
        if place not in self._proofs:
            self._proofs[place] = self.key(did, number).sign(message)
        return self._proofs[place]

    def statement(
        self, did: str, key: int, name: tuple[object, ...], draft: Callable[[], dict[str, Any]]
    ) -> Statement:
        """Return what an organisation signed with one of its keys, by a name of its own."""
        place = (did, key, *name)
        if place not in self._signed:
            self._signed[place] = self.drafts.sign(draft(), self.key(did, key))
        return self._signed[place]


@dataclass(frozen=True)
class Ledger:
    """A state that operations reached; ``Sources`` of the verifier, and what its driver names.

    ``keys`` counts each organisation's keys, ``log`` are the entries, ``anchored`` the sizes that
    were; of the maker's footprints ``published`` are in the log, and ``accredited`` counts rows.
    """

    cast: Cast
    chain: Branch
    keys: dict[str, int]
    footprints: tuple[Statement, ...] = ()
    published: int = 0
    log: tuple[Statement, ...] = ()
    anchored: tuple[int, ...] = ()
    accredited: int = 0
    nodes: dict[tuple[int, int], bytes] = field(default_factory=dict)

    @classmethod
    def begun(cls, cast: Cast) -> Ledger:
        """Deploy the contracts, open the log, admit the organisations with a key each."""
        accounts = cast.accounts
        chain = Branch.deployed(accounts["registrar"], GENESIS_TIME - 2, cast.sent)
        contracts = chain.contracts
        vkey = cast.drafts.log_key.note_key.vkey
        calls = [
            (accounts["operator"], Call(*open_log(contracts.checkpoint_registry, vkey))),
        ]
        for did, role in _ROLES.items():
            its = address(accounts[did])
            call = registry.admit(contracts, did, its, sha256(record_of(did)), role)
            calls.append((accounts["registrar"], call))
        begun = cls(cast, chain.mined(calls, GENESIS_TIME - 1), {})
        added = [(accounts[did], begun._adding(did, 0)) for did in DIDS.values()]
        keys = dict.fromkeys(DIDS.values(), 1)
        return replace(begun, chain=begun.chain.mined(added, GENESIS_TIME), keys=keys)

    # Operations. Each raises Reverted where a contract refuses it.

    def apply(self, operation: str, now: int) -> Ledger | None:
        """Do what the model's ``apply`` does, in a block of time ``now``; None if refused."""
        verb, _, who = operation.partition(" ")
        its = DIDS[who or MAKER]
        own: dict[str, Callable[[], Ledger | None]] = {
            "sign": self._sign,
            "publish": self._publish,
            "anchor": lambda: self._anchor(now),
            "withdraw": lambda: self._withdraw(now),
            "contest": lambda: self._contest(now),
            "accredit": lambda: self._accredit(now),
            "end": lambda: self._end(now),
            "rotate": lambda: self._rotate(its, now),
            "retire": lambda: self._send(its, self._retiring(its), now),
            "compromise": lambda: self._send(its, self._reporting(its, now), now),
            "backdate": lambda: self._send("registrar", self._backdating(its), now),
        }
        try:
            if verb in own:
                return own[verb]()
            return self._send("registrar", self._deciding(verb, its, now), now)
        except Reverted:
            return None

    def _sign(self) -> Ledger:
        number, key = len(self.footprints), self.keys[SUPPLIER] - 1
        draft = self.cast.drafts.product
        made = self.cast.statement(
            SUPPLIER, key, ("footprint", number), lambda: draft(f"part-{number}", [_GAS])
        )
        return replace(self, footprints=(*self.footprints, made))

    def _publish(self) -> Ledger | None:
        logged = self
        for footprint in self.footprints[self.published :]:
            logged = logged._logged(footprint)._logged(self.assurance(footprint))
        published = len(self.footprints)
        return None if logged is self else replace(logged, published=published)

    def assurance(self, footprint: Statement) -> Statement:
        """Return the body's word for a footprint, signed with the key it has in use."""
        key, draft = self.keys[AUDITOR] - 1, self.cast.drafts.assurance
        name = ("assurance", footprint.digest)
        return self.cast.statement(AUDITOR, key, name, lambda: draft(footprint))

    def _anchor(self, now: int) -> Ledger:
        size, old = len(self.log), self.anchored[-1] if self.anchored else 0
        root = subtree_root(0, size, self._node) if size else bytes(32)
        proof = consistency_proof(old, size, self._node) if 0 < old < size else []
        to = self.chain.contracts.checkpoint_registry
        call = Call(to, anchor_data(self.log_id, size, root, proof))
        sent = self._send("operator", call, now)
        return replace(sent, anchored=(*self.anchored, size))

    def _withdraw(self, now: int) -> Ledger | None:
        draft, key = self.cast.drafts.about, self.keys[SUPPLIER] - 1
        return self._say(
            (SUPPLIER, key),
            StatusState.WITHDRAWN,
            lambda its: draft("StatusStatement", its, state="withdrawn", reason="It was wrong."),
            now,
        )

    def _contest(self, now: int) -> Ledger | None:
        draft, key = self.cast.drafts.assurance, self.keys[AUDITOR] - 1
        return self._say(
            (AUDITOR, key), StatusState.ADVERSE, lambda its: draft(its, outcome="adverse"), now
        )

    def _say(
        self,
        by: tuple[str, int],
        state: StatusState,
        draft: Callable[[Statement], dict[str, Any]],
        now: int,
    ) -> Ledger | None:
        """Sign something about the last published footprint, write its row, and log it."""
        if not self.published:
            return None
        its = self.footprints[self.published - 1]
        said = self.cast.statement(*by, (state.name, its.digest), lambda: draft(its))
        contracts = self.chain.contracts
        call = registry.set_status(contracts, by[0], its.digest, state, said.digest)
        return self._send(by[0], call, now)._logged(said)

    def _accredit(self, now: int) -> Ledger:
        by, valid = DIDS[ACCREDITOR], (BEGUN - AGO, BEGUN + _LONG)
        said = self.cast.statement(
            by,
            self.keys[by] - 1,
            ("accreditation", self.accredited),
            lambda: _accreditation(by, self.accredited, valid),
        )
        call = registry.accredit(self.chain.contracts, by, AUDITOR, said.digest, valid)
        sent = self._send(by, call, now)._logged(said)
        return replace(sent, accredited=self.accredited + 1)

    def _end(self, now: int) -> Ledger:
        last = max(self.accredited - 1, 0)
        call = registry.end_accreditation(self.chain.contracts, AUDITOR, last)
        return self._send(DIDS[ACCREDITOR], call, now)

    def _rotate(self, did: str, now: int) -> Ledger:
        contracts, count = self.chain.contracts, self.keys[did]
        last = self.cast.key(did, count - 1).public.thumbprint
        account = self.cast.accounts[did]
        calls = [(account, self._adding(did, count))]
        if not self._key(did, count - 1).retired:
            calls.append((account, registry.retire_key(contracts, did, last)))
        return replace(self, chain=self.chain.mined(calls, now), keys={**self.keys, did: count + 1})

    def _adding(self, did: str, number: int) -> Call:
        thumbprint = self.cast.key(did, number).public.thumbprint
        proof = possession_digest(self._proof(did, number))
        return registry.add_key(self.chain.contracts, did, thumbprint, proof)

    def _proof(self, did: str, number: int) -> bytes:
        contract = self.chain.contracts.organization_registry
        message = possession_message(organisation_id(did), self.chain.chain_id, contract)
        return self.cast.proof(did, number, message)

    def _retiring(self, did: str) -> Call:
        in_use = self.cast.key(did, self.keys[did] - 1).public.thumbprint
        return registry.retire_key(self.chain.contracts, did, in_use)

    def _reporting(self, did: str, now: int) -> Call:
        suspect = self.cast.key(did, self._suspect(did)).public.thumbprint
        return registry.report_compromise(self.chain.contracts, did, suspect, now - STEP)

    def _backdating(self, did: str) -> Call:
        number = self._suspect(did)
        suspect = self.cast.key(did, number).public.thumbprint
        since = self._key(did, number).added
        return registry.back_date_compromise(self.chain.contracts, did, suspect, since, _DECISION)

    def _suspect(self, did: str) -> int:
        """Return which key is reported: of the maker's last footprint, or in use."""
        if did == SUPPLIER and self.footprints:
            kid = self.footprints[-1].kid
            return next(n for n in range(self.keys[did]) if self.cast.key(did, n).public.kid == kid)
        return self.keys[did] - 1

    def _deciding(self, verb: str, did: str, now: int) -> Call:
        contracts = self.chain.contracts
        match verb:
            case "suspend":
                return registry.suspend(contracts, did, REASONS["inquiry"], _DECISION)
            case "expel":
                return registry.expel(contracts, did, REASONS["ceased"], _DECISION)
            case "void":
                window = (now - 3 * STEP, now - STEP)
                return registry.expel(contracts, did, REASONS["fraud"], _DECISION, window)
            case "readmit" | "uphold":
                return registry.admit(
                    contracts,
                    did,
                    address(self.cast.accounts[did]),
                    sha256(record_of(did)),
                    _ROLES[did],
                    decision=_DECISION,
                    reason=REASONS["appeal-upheld"] if verb == "uphold" else 0,
                )
        raise ValueError(verb)

    def _send(self, who: str, call: Call, now: int) -> Ledger:
        return replace(self, chain=self.chain.mined([(self.cast.accounts[who], call)], now))

    def _key(self, did: str, number: int) -> KeyRow:
        reader = ChainReader(self.chain, self.chain.contracts, self.chain.block())
        return reader.key(organisation_id(did), self.cast.key(did, number).public.thumbprint)

    # The log.

    @property
    def log_id(self) -> bytes:
        """The log's id: of its operator and its key."""
        operator = address(self.cast.accounts["operator"])
        return log_id(operator, self.cast.drafts.log_key.note_key.vkey)

    def _logged(self, statement: Statement) -> Ledger:
        leaf = leaf_hash(entry_of(statement))
        made = completed_by(len(self.log), leaf, self._node)
        nodes = {**self.nodes, **{(level, place): node for level, place, node in made}}
        return replace(self, log=(*self.log, statement), nodes=nodes)

    def _node(self, level: int, index: int) -> bytes:
        return self.nodes[level, index]

    # Sources.

    def statement(self, digest: bytes) -> str | None:
        """See ``ledger.verify.Sources``."""
        held = (one.text for one in (*self.footprints, *self.log) if one.digest == digest)
        return next(held, None)

    def place(self, digest: bytes) -> LogPlace | None:
        """Return the place under the first anchored size that covers the entry, or the newest."""
        for index, held in enumerate(self.log):
            if held.digest == digest:
                size = next((size for size in self.anchored if size > index), len(self.log))
                return LogPlace(index, self._checkpoint(size))
        return None

    def _checkpoint(self, size: int) -> str:
        root = subtree_root(0, size, self._node)
        return self.cast.drafts.log_key.sign(size, root).text

    def tree_node(self, level: int, index: int) -> bytes | None:
        """See ``ledger.verify.Sources``."""
        return self.nodes.get((level, index))

    def key(self, kid: str) -> Json | None:
        """See ``ledger.verify.Sources``."""
        for did, count in self.keys.items():
            for number in range(count):
                public = self.cast.key(did, number).public
                if public.kid == kid:
                    return public.jwk()
        return None

    def possession(self, did: str, kid: str) -> bytes | None:
        """See ``ledger.verify.Sources``."""
        for number in range(self.keys.get(did, 0)):
            if self.cast.key(did, number).public.kid == kid:
                return self._proof(did, number)
        return None

    def record(self, did: str, digest: bytes) -> bytes | None:
        """See ``ledger.verify.Sources``."""
        its = record_of(did)
        return its if sha256(its) == digest else None

    def concerning(self, digest: bytes) -> list[bytes]:
        """See ``ledger.verify.Sources``."""
        return [held.digest for held in self.log if held.concerns == digest]

    def trust(self, footprint: Statement) -> dict[str, Any]:
        """Return the trust file's content of one who expects this footprint."""
        written = self.cast.drafts.trust_json(footprint)
        addresses = {
            "checkpointRegistry": self.chain.contracts.checkpoint_registry,
            "organizationRegistry": self.chain.contracts.organization_registry,
            "statusRegistry": self.chain.contracts.status_registry,
        }
        return {
            **written,
            "contracts": {
                name: {**written["contracts"][name], "address": hex_text(address)}
                for name, address in addresses.items()
            },
            "logId": hex_text(self.log_id),
            "registrar": hex_text(address(self.cast.accounts["registrar"])),
            "accreditors": [DIDS[ACCREDITOR]],
        }


def record_of(did: str) -> bytes:
    """Return an organisation's record."""
    return encode({"country": "CN", "did": did, "legalName": f"{did} (fictional)"})


def _accreditation(by: str, number: int, valid: tuple[int, int]) -> dict[str, Any]:
    subject = {
        "body": AUDITOR,
        "standard": "ISO 14064-3:2019",
        "scope": ["*"],
        "levels": ["limited"],
        "from": time_text(valid[0]),
        "until": time_text(valid[1] - number),
    }
    return {"type": "AccreditationRecord", "issuer": by, **VALID, "credentialSubject": subject}
