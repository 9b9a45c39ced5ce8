"""A small world in memory: organisations, a log, the three contracts' rows, evidence and trust.

It uses the real core, compose and evidence code; only the chain (``MemoryChain``) and the log's
storage are in memory. Everything is done by the same functions a ledger uses::

    world = World()
    fuel = world.publish(world.factor("fuel"))
    part = world.publish(world.product("part", [world.line(fuel, "2", "kilogram")]))
    world.anchor()
    report = world.verifier(part).verify(world.evidence(part))
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from rootprint.ledger.core.canonical import Json, encode
from rootprint.ledger.core.chain import log_id, organisation_id
from rootprint.ledger.core.checkpoint import LogKey, SignedCheckpoint
from rootprint.ledger.core.encoding import digest_text, hex_text, sha256
from rootprint.ledger.core.entry import entry_of
from rootprint.ledger.core.keys import SigningKey
from rootprint.ledger.core.merkle import completed_by, leaf_hash, subtree_root
from rootprint.ledger.core.possession import possession_digest, possession_message
from rootprint.ledger.core.seal import seal
from rootprint.ledger.core.standing import Role
from rootprint.ledger.intake.composing import compose
from rootprint.ledger.intake.inventory import Inventory
from rootprint.ledger.verifier import Verifier
from rootprint.ledger.verify import LogPlace, Trust, parse_trust
from tests.support.memory_chain import OPERATOR, REGISTRAR, MemoryChain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.store import Transaction

ORIGIN = "log.rootprint.example/conformance"
SUPPLIER = "did:web:maker.example"
PUBLISHER = "did:web:factors.example"
AUDITOR = "did:web:auditor.example"
AUTHORITY = "did:web:authority.example"
ROLES = {
    SUPPLIER: Role.SUPPLIER,
    PUBLISHER: Role.FACTOR_PUBLISHER,
    AUDITOR: Role.AUDITOR,
    AUTHORITY: Role.AUTHORITY,
}
VALID = {"validFrom": "2026-01-01T00:00:00Z", "validUntil": "2028-01-01T00:00:00Z"}


@dataclass
class World:
    """One log, one chain, four organisations (more with ``admit``).

    ``sizes`` names by digest under which checkpoint an entry is shown, if not the usual one.
    """

    chain: MemoryChain = field(default_factory=MemoryChain)
    log_key: LogKey = field(default_factory=lambda: LogKey(ORIGIN, Ed25519PrivateKey.generate()))
    keys: dict[str, SigningKey] = field(default_factory=dict)
    records: dict[bytes, bytes] = field(default_factory=dict)
    jwks: dict[str, Json] = field(default_factory=dict)
    proofs: dict[tuple[str, str], bytes] = field(default_factory=dict)
    held: dict[bytes, Statement] = field(default_factory=dict)
    indices: dict[bytes, int] = field(default_factory=dict)
    anchored: list[int] = field(default_factory=list)
    nodes: dict[tuple[int, int], bytes] = field(default_factory=dict)
    sizes: dict[bytes, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Open the log and admit the four."""
        self.log_id = log_id(OPERATOR, self.log_key.note_key.vkey)
        self.chain.open_log(self.log_id)
        for did, role in ROLES.items():
            self.admit(did, role)
        self.chain.mine()

    # Organisations.

    def admit(
        self, did: str, role: Role, *, account: bytes | None = None, **declared: Json
    ) -> None:
        """Write the organisation's row and add a fresh signing key (mined with the next block).

        ``declared`` are more members of its record; its account is one of its own unless given.
        """
        named = {"country": "CN", "did": did, "legalName": f"{did} (fictional)", **declared}
        record = encode(named)
        self.records[sha256(record)] = record
        self.chain.admit(did, account or account_of(did), sha256(record), role)
        self.keys[did] = SigningKey.generate()
        self.add_key(did, self.keys[did])

    def add_key(self, did: str, key: SigningKey, proof: bytes | None = None) -> None:
        """Add a key with its proof of possession, or with another ``proof`` (with the next block).

        The chain gets the proof's digest, and whoever reads the world the proof.
        """
        contract = self.chain.contracts.organization_registry
        message = possession_message(organisation_id(did), self.chain.chain_id, contract)
        held = self.proofs[did, key.public.kid] = proof or key.sign(message)
        self.chain.add_key(did, key.public.thumbprint, possession_digest(held))

    def keep_keys(self, tx: Transaction) -> None:
        """Keep every organisation's key and its proof in a store."""
        for key in self.keys.values():
            tx.directory.put_key(key.public)
        for (did, kid), proof in self.proofs.items():
            tx.directory.put_possession(did, kid, proof)

    # Statements.

    def factor(self, name: str, **changes: Any) -> dict[str, Any]:
        """Return a factor's draft: 2.5 kg CO2e per kilogram, life-cycle, AR6."""
        pcf = {
            **_pcf("kilogram"),
            "fossilGhgEmissions": "2.5",
            "pcfExcludingBiogenicUptake": "2.5",
            "pcfIncludingBiogenicUptake": "2.5",
            "primaryDataShare": "0",
            **changes.pop("pcf", {}),
        }
        subject = {
            "role": "factor",
            "productIds": [f"urn:example:{name}"],
            "productNameCompany": name,
            "boundary": "cradle-to-gate",
            "basis": "life-cycle",
            "reference": "An example publication, table 1",
            "licence": "CC0-1.0",
            "characterizationSets": [{"set": "AR6", "share": "100.0000"}],
            "pcf": pcf,
            **changes,
        }
        return {
            "type": "FootprintStatement",
            "issuer": PUBLISHER,
            **VALID,
            "credentialSubject": subject,
        }

    def mix(self, name: str, lines: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """Compose a factor with an inventory, as a grid mix has one."""
        subject = self.factor(name, pcf=_pcf("kilogram"))["credentialSubject"]
        inventory = Inventory(
            PUBLISHER, VALID["validFrom"], VALID["validUntil"], 12, 6, tuple(lines), subject
        )
        return compose(inventory, PUBLISHER, lambda digest: self.held[bytes.fromhex(digest)])

    def product(
        self,
        name: str,
        lines: Sequence[Mapping[str, Any]],
        issuer: str = SUPPLIER,
        **changes: Any,
    ) -> dict[str, Any]:
        """Compose a product's draft from lines made by ``line``, ``emission`` or by hand."""
        pcf = {
            **_pcf("kilogram"),
            "productMassPerDeclaredUnit": "1",
            "fossilCarbonContent": "0",
            "ipccCharacterizationFactors": ["AR6"],
            "crossSectoralStandards": ["ISO14067"],
            "exemptedEmissionsPercent": "0",
            "exemptedEmissionsDescription": "Nothing is exempted.",
            "packagingEmissionsIncluded": False,
            **changes.pop("pcf", {}),
        }
        subject = {
            "role": "product",
            "productIds": [f"urn:example:{name}"],
            "productNameCompany": name,
            "productDescription": f"One kilogram of {name}, fictional.",
            "boundary": "cradle-to-gate",
            "basis": "life-cycle",
            "pcf": pcf,
            **changes,
        }
        inventory = Inventory(
            issuer, VALID["validFrom"], VALID["validUntil"], 12, 6, tuple(lines), subject
        )
        return compose(inventory, issuer, lambda digest: self.held[bytes.fromhex(digest)])

    def line(self, cited: Statement, value: str, unit: str, **more: Any) -> dict[str, Any]:
        """Return a line that takes an amount of an upstream product or life-cycle factor."""
        return {
            "stage": "raw-material",
            "description": f"takes {cited.subject['productNameCompany']}",
            "amount": {"value": value, "unit": unit},
            "source": {"input": cited.digest.hex()},
            "primary": True,
            **more,
        }

    def about(self, kind: str, concerned: Statement, **subject: Any) -> dict[str, Any]:
        """Return the draft of an assurance or a status statement."""
        assurance = kind == "AssuranceStatement"
        return {
            "type": kind,
            "issuer": AUDITOR if assurance else concerned.issuer,
            **VALID,
            "credentialSubject": {"statement": digest_text(concerned.digest), **subject},
        }

    def assurance(self, concerned: Statement, **changes: Any) -> dict[str, Any]:
        """Return a positive, limited assurance that included the inventory."""
        subject = {
            "standard": "ISO 14064-3:2019",
            "level": "limited",
            "coverage": "product",
            "includesInventory": True,
            "materialityPercent": "5",
            "outcome": "positive",
            "examined": ["inventory", "metering records"],
            "accreditation": {"body": "Example accreditation body (fictional)", "number": "17"},
            "laws": [1, 2, 3, 4, 5, 6, 7, 8],
            **changes,
        }
        return self.about("AssuranceStatement", concerned, **subject)

    def sign(self, draft: Mapping[str, Any], key: SigningKey | None = None) -> Statement:
        """Seal a draft with its issuer's key (or another)."""
        return seal(draft, key or self.keys[draft["issuer"]], ORIGIN)

    def publish(self, draft: Mapping[str, Any], key: SigningKey | None = None) -> Statement:
        """Seal and log."""
        return self.log(self.sign(draft, key), key)

    def log(self, statement: Statement, key: SigningKey | None = None) -> Statement:
        """Append a statement's entry to the log, whatever it says."""
        index = len(self.indices)
        leaf = leaf_hash(entry_of(statement))
        for level, place, node in completed_by(index, leaf, self.node):
            self.nodes[level, place] = node
        self.indices[statement.digest] = index
        self.held[statement.digest] = statement
        signer = (key or self.keys[statement.issuer]).public
        self.jwks[signer.kid] = signer.jwk()
        return statement

    def node(self, level: int, index: int) -> bytes:
        """Serve ``ledger.core.merkle.Nodes``."""
        return self.nodes[level, index]

    def checkpoint(self, size: int | None = None) -> SignedCheckpoint:
        """Sign the log's state at ``size``, now by default."""
        size = len(self.indices) if size is None else size
        return self.log_key.sign(size, subtree_root(0, size, self.node))

    def anchor(self, *, at: int | None = None) -> None:
        """Anchor the log's state now and mine the block."""
        point = self.checkpoint().checkpoint
        self.chain.anchor(self.log_id, point.size, point.root)
        self.anchored.append(point.size)
        self.chain.mine(at)

    # Sources.

    def statement(self, digest: bytes) -> str | None:
        """See ``ledger.verify.Sources``."""
        held = self.held.get(digest)
        return None if held is None else held.text

    def place(self, digest: bytes) -> LogPlace | None:
        """Return the place under the first anchored size that covers the entry, or the newest."""
        if digest not in self.indices:
            return None
        index = self.indices[digest]
        covering = [anchored for anchored in self.anchored if anchored > index]
        size = self.sizes.get(digest) or (covering[0] if covering else len(self.indices))
        return LogPlace(index, self.checkpoint(size).text)

    def tree_node(self, level: int, index: int) -> bytes | None:
        """See ``ledger.verify.Sources``."""
        return self.nodes.get((level, index))

    def key(self, kid: str) -> Json | None:
        """See ``ledger.verify.Sources``."""
        return self.jwks.get(kid)

    def possession(self, did: str, kid: str) -> bytes | None:
        """See ``ledger.verify.Sources``."""
        return self.proofs.get((did, kid))

    def record(self, did: str, digest: bytes) -> bytes | None:  # noqa: ARG002 - the protocol's
        """See ``ledger.verify.Sources``."""
        return self.records.get(digest)

    def concerning(self, digest: bytes) -> list[bytes]:
        """See ``ledger.verify.Sources``."""
        return [held.digest for held in self.held.values() if held.concerns == digest]

    # What a verifier gets.

    @property
    def now(self) -> int:
        """A moment after the newest block."""
        return self.chain.block().time + 60

    def evidence(
        self,
        subject: Statement,
        keep: Mapping[bytes, set[str]] | None = None,
        *,
        proven: bool = False,
        trust: Trust | None = None,
    ) -> bytes:
        """Write the evidence file: what a walk with these redactions looks at.

        ``proven`` adds the chain's state at the newest block.
        """
        verifier = self.verifier(trust or subject)
        made = verifier.export(subject.digest, self, keep=keep)
        return (verifier.prove(made) if proven else made).data

    def verifier(self, subject: Statement | Trust, **asked: Any) -> Verifier:
        """Return a verifier who expects ``subject`` (or trusts as said) and sees this chain."""
        trust = subject if isinstance(subject, Trust) else self.trust(subject)
        return Verifier(trust, **{"chain": self.chain, "clock": lambda: self.now, **asked})

    def trust(self, subject: Statement, **changes: Any) -> Trust:
        """Return the parsed trust file that expects ``subject``'s issuer and product."""
        return parse_trust(encode({**self.trust_json(subject), **changes}))

    def trust_json(self, subject: Statement) -> dict[str, Any]:
        """Return the trust file's content."""
        contracts = self.chain.contracts
        addresses = {
            "checkpointRegistry": contracts.checkpoint_registry,
            "organizationRegistry": contracts.organization_registry,
            "statusRegistry": contracts.status_registry,
        }
        return {
            "version": 2,
            "chainId": self.chain.chain_id,
            "contracts": {
                name: {
                    "address": hex_text(address),
                    "codeHash": hex_text(self.chain.code_hashes[address]),
                }
                for name, address in addresses.items()
            },
            "logId": hex_text(self.log_id),
            "origin": ORIGIN,
            "vkey": self.log_key.note_key.vkey,
            "registrar": hex_text(REGISTRAR),
            "authority": AUTHORITY,
            "confirmations": 0,
            "expect": {"issuer": subject.issuer, "product": subject.subject["productIds"][0]},
        }


def account_of(did: str) -> bytes:
    """Return the account that ``World.admit`` gives an organisation."""
    return sha256(did.encode())[:20]


def _pcf(unit: str) -> dict[str, Any]:
    return {
        "declaredUnitOfMeasurement": unit,
        "declaredUnitAmount": "1",
        "referencePeriodStart": "2025-01-01T00:00:00Z",
        "referencePeriodEnd": "2026-01-01T00:00:00Z",
        "geographyCountry": "CN",
    }


__all__ = ["AUDITOR", "AUTHORITY", "PUBLISHER", "SUPPLIER", "World", "account_of"]
